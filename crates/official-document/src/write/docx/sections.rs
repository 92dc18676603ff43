//! Sections: which way pages lie, their numbers over them, the address of the office under the first.

use super::look::twips;
use crate::ooxml::{HEAD, Package, WORDS, escaped, section};
use crate::write::form;

pub(super) struct Sections {
    /// Relations: the head with the number, an empty one, the foot with the address.
    number: String,
    empty: String,
    contact: Option<String>,
    no_contact: String,
}

impl Sections {
    pub fn of(package: &mut Package, contact: &str) -> Self {
        let half = twips(form::PAGE_NUMBER) / 10;
        let number = format!(
            "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/></w:rPr><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:rPr><w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/></w:rPr><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:rPr><w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/></w:rPr><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:rPr><w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/></w:rPr><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        );
        let part = |name: &str, inner: &str| format!("{HEAD}<w:{name} xmlns:w=\"{WORDS}\">{inner}</w:{name}>").into_bytes();
        let foot = |words: &str| {
            let half = twips(form::CONTACT) / 10;
            let words = escaped(words);
            format!(
                "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"auto\"/></w:pBdr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/></w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>"
            )
        };
        Self {
            number: package.part("header1.xml", "header", Some("header"), part("hdr", &number)),
            empty: package.part("header2.xml", "header", Some("header"), part("hdr", "<w:p/>")),
            no_contact: package.part("footer2.xml", "footer", Some("footer"), part("ftr", "<w:p/>")),
            contact: (!contact.is_empty())
                .then(|| package.part("footer1.xml", "footer", Some("footer"), part("ftr", &foot(contact)))),
        }
    }

    /// `begins`: pages are counted from 1 here, and the first shows no number. `is_main`: the address stands under its first page.
    pub fn section(&self, is_wide: bool, begins: bool, is_main: bool) -> String {
        let (number, empty) = (&self.number, &self.empty);
        let mut first = format!("<w:headerReference w:type=\"default\" r:id=\"{number}\"/>");
        if begins {
            first.push_str(&format!("<w:headerReference w:type=\"first\" r:id=\"{empty}\"/>"));
        }
        // A section that does not say what stands under its first page takes it from the one before.
        if begins {
            let foot = self.contact.as_ref().filter(|_| is_main).unwrap_or(&self.no_contact);
            first.push_str(&format!("<w:footerReference w:type=\"first\" r:id=\"{foot}\"/>"));
        }
        first.push_str("<w:type w:val=\"nextPage\"/>");
        section(is_wide, &first, if begins { "<w:pgNumType w:start=\"1\"/><w:titlePg/>" } else { "" })
    }
}

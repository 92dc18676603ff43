//! The form of an article: what it offers to choose from, and what came back refused. It works without script.

use askama::Template;
use uuid::Uuid;

use super::given::Given;
use crate::base::{App, Who};
use crate::duties::held;
use crate::news::article::writing::{LINE_LETTERS_MAX, SUMMARY_LETTERS_MAX, TITLE_LETTERS_MAX};
use crate::news::article::{Article, Language, Translated};
use crate::news::kind::{Kind, Tag};
use crate::news::section::Section;
use crate::news::{clean, figures};
use crate::people::agency::brief::Known;
use crate::web::{Locale, Mistakes, Obstacle, Result, Shell, cut};

/// As much of a duty as a choice shows.
const DUTY_LETTERS: usize = 110;

/// One thing to choose.
pub struct Choice {
    pub value: String,
    pub label: String,
}

#[derive(Template)]
#[template(path = "news/staff/form.html")]
pub struct ArticleForm {
    pub l: Locale,
    pub shell: Shell,
    /// None while it is begun.
    pub article: Option<Article>,
    pub given: Given,
    /// The article it will be the translation of.
    pub original: Option<Article>,
    /// The text in that language that there is already: to be opened rather than begun again.
    pub existing: Option<Article>,
    pub sections: Vec<Choice>,
    pub agencies: Vec<Choice>,
    pub duties: Vec<Choice>,
    pub errors: Mistakes,
    /// Somebody else was quicker, or is writing: what to do.
    pub conflict: String,
    /// Who is writing, when it is somebody else.
    pub locked_by: String,
    /// When what was being written was kept.
    pub kept: String,
    /// What is remarked on the text as it was saved.
    pub remarks: Vec<Obstacle>,
}

impl ArticleForm {
    /// The form with what there is to choose, for an article of that agency.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, shell: Shell, agency: Uuid, article: Option<Article>, given: Given) -> Result<Self> {
        let l = shell.l;
        let known = Known::now(app).await?;
        let sections = Section::of_agency(&app.db, agency).await?;
        let day = crate::base::time::local_date(app.clock.now());
        let mut open: Vec<_> = known.values().filter(|body| body.id != agency && body.is_open_on(day)).collect();
        open.sort_by_key(|body| known.rank(body.id));
        let duty = |duty: crate::duties::Duty| Choice {
            value: duty.id.to_string(),
            label: if duty.path.is_empty() {
                cut(&duty.title, DUTY_LETTERS)
            } else {
                format!("{} {}", duty.path, cut(&duty.title, DUTY_LETTERS))
            },
        };
        Ok(Self {
            sections: in_order(l, &sections),
            agencies: open.into_iter().map(|body| Choice { value: body.id.to_string(), label: body.name.clone() }).collect(),
            duties: held::of_agency(&app.db, agency).await?.into_iter().map(duty).collect(),
            remarks: article.as_ref().map(|article| crate::news::checks::of(&article.body)).unwrap_or_default(),
            article,
            given,
            original: None,
            existing: None,
            errors: Mistakes::default(),
            conflict: String::new(),
            locked_by: String::new(),
            kept: String::new(),
            l,
            shell,
        })
    }

    fn words(&self, one: &Obstacle) -> String {
        one.text(self.l)
    }

    fn heading(&self) -> String {
        match (&self.article, &self.original) {
            (Some(_), _) => self.l.t("article-write"),
            (None, Some(_)) => self.l.t("article-translate"),
            (None, None) => self.l.t("article-new"),
        }
    }

    /// The text as the editor takes it.
    fn html(&self) -> String {
        editable(&self.given.text, self.article.as_ref())
    }

    fn original_href(&self) -> String {
        self.original.as_ref().map(|article| Article::desk_path(article.id)).unwrap_or_default()
    }

    fn action(&self) -> String {
        self.article.as_ref().map_or_else(|| "/desk/news".into(), |article| format!("{}/text", Article::desk_path(article.id)))
    }

    fn back(&self) -> String {
        self.article.as_ref().map_or_else(|| "/desk/news".into(), |article| Article::desk_path(article.id))
    }

    fn autosave(&self) -> String {
        self.article.as_ref().map(|article| format!("{}/draft", Article::desk_path(article.id))).unwrap_or_default()
    }

    fn kinds(&self) -> Vec<Choice> {
        Kind::all().iter().map(|kind| Choice { value: kind.code.clone(), label: kind.name(self.l).to_owned() }).collect()
    }

    fn tags(&self, field: &str) -> Vec<Choice> {
        let list = if field == "audiences" { Tag::audiences() } else { Tag::messages() };
        list.iter().map(|tag| Choice { value: tag.code.clone(), label: tag.name(self.l).to_owned() }).collect()
    }

    /// Whether it is asked how the text was translated.
    fn is_translation(&self) -> bool {
        self.original.is_some() || self.article.as_ref().is_some_and(Article::is_translation)
    }

    fn ways(&self) -> Vec<Choice> {
        Translated::ALL.into_iter().map(|one| Choice { value: one.code().into(), label: self.l.t(&one.key()) }).collect()
    }

    fn languages(&self) -> Vec<Choice> {
        [Language::Vi, Language::En]
            .into_iter()
            .map(|one| Choice { value: one.tag().into(), label: self.l.t(&one.key()) })
            .collect()
    }

    /// What is chosen of a list is shown open.
    fn is_used(&self, list: &[String]) -> bool {
        !list.is_empty()
    }

    fn has_times(&self) -> bool {
        let given = &self.given;
        [&given.schedule_at, &given.embargo_until, &given.expires_on].iter().any(|field| !field.is_empty())
    }

    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }

    fn summary_max(&self) -> usize {
        SUMMARY_LETTERS_MAX
    }

    fn line_max(&self) -> usize {
        LINE_LETTERS_MAX
    }
}

/// The person's agency, when they write articles there.
///
/// # Errors
/// Forbidden to others.
pub fn own_agency(who: &Who) -> Result<Uuid> {
    use crate::news::rights::{Verb, may};
    who.agency.filter(|own| may(who, Verb::Write, *own)).ok_or(crate::web::Error::Forbidden)
}

/// A text as the editor takes it: who edits an article sees its pictures as its reader on the desk, and new ones as they see
/// the library.
#[must_use]
pub fn editable(text: &str, article: Option<&Article>) -> String {
    let used = article.map(|article| (article.id, article.assets()));
    figures::below(&clean::body(text), |asset| match &used {
        Some((id, used)) if used.contains(&asset) => format!("{}/pictures/{asset}", Article::desk_path(*id)),
        _ => format!("{}/pictures", crate::library::Asset::desk_path(asset)),
    })
}

/// Sections with those that stand within another behind it.
#[must_use]
pub fn in_order(l: Locale, sections: &[Section]) -> Vec<Choice> {
    let mut choices = Vec::new();
    for section in sections.iter().filter(|one| one.parent.is_none()) {
        choices.push(Choice { value: section.id.to_string(), label: section.label(l).to_owned() });
        for child in sections.iter().filter(|one| one.parent == Some(section.id)) {
            choices.push(Choice { value: child.id.to_string(), label: format!("{} › {}", section.label(l), child.label(l)) });
        }
    }
    choices
}

//! Whatever bytes come, nothing panics; whatever text is given, a letter's lines stay its own.

use letters::{Address, Issue, Personal, Report, Sender, Template};
use proptest::prelude::*;

fn composed(name: &str, subject: &str, text: &str, value: &str) -> Vec<u8> {
    let from = Sender { name: name.into(), address: Address::read("tin@lantoa.example.vn").expect("an address") };
    let date = "2026-06-20T07:00:00+07:00".parse().expect("a date");
    let issue = Issue {
        from: &from,
        reply_to: None,
        subject,
        list: name,
        list_id: "tin.lantoa.example.vn",
        language: "vi",
        date,
        text,
        html: text,
        marks: &["[[UNSUBSCRIBE]]"],
    };
    let address = Address::read("an@example.vn").expect("an address");
    let personal = Personal { name, address: &address, message_id: "a.b@c.vn", unsubscribe: "https://c.vn/x", values: &[value] };
    Template::new(&issue).letter(&personal)
}

/// Fields of the head, unfolded.
fn fields(letter: &[u8]) -> Vec<String> {
    let text = String::from_utf8(letter.to_vec()).expect("ASCII");
    let head = text.split("\r\n\r\n").next().expect("a head").replace("\r\n ", " ");
    head.split("\r\n").map(|line| line.split(':').next().expect("a name").to_owned()).collect()
}

fn decoded(part: &str) -> String {
    let mut out = Vec::new();
    let bytes = part.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at..].starts_with(b"=\r\n") {
            at += 3;
        } else if bytes[at] == b'=' {
            out.push(u8::from_str_radix(std::str::from_utf8(&bytes[at + 1..at + 3]).expect("hex"), 16).expect("hex"));
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).expect("UTF-8")
}

proptest! {
    #[test]
    fn any_bytes_may_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = Report::read(&bytes);
        let _ = Address::read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_damaged_report_may_be_read(cut in 0_usize..700, at in 0_usize..700, byte in any::<u8>()) {
        let mut bytes = b"Content-Type: multipart/report; boundary=\"b\"\r\nTo: <a@b.vn>\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\
            Content-Transfer-Encoding: base64\r\n\r\nRmluYWwtUmVjaXBpZW50OiByZmM4MjI7IGFAYi52bgpBY3Rpb246IGZhaWxlZAo=\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <a>\r\n--b--".to_vec();
        let len = bytes.len();
        bytes[at % len] = byte;
        bytes.truncate(cut.min(len));
        let _ = Report::read(&bytes);
    }

    #[test]
    fn no_text_becomes_a_line_of_the_head(name in "(?s).{0,80}", subject in "(?s).{0,200}") {
        let letter = composed(&name, &subject, "x", "https://c.vn");
        prop_assert!(letter.is_ascii());
        let known = ["To", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "From", "Subject", "Date", "List-Id", "Precedence",
            "Auto-Submitted", "MIME-Version", "Content-Language", "Content-Type"];
        prop_assert_eq!(fields(&letter), known);
        for line in String::from_utf8(letter).expect("ASCII").split("\r\n") {
            prop_assert!(line.len() <= 200, "{}", line);
        }
    }

    #[test]
    fn a_body_comes_out_as_it_went_in(text in "[ -~àĐễ\n.=F]{0,400}", value in "https://[a-z0-9./?=&]{1,80}") {
        let letter = String::from_utf8(composed("Tin", "Tin", &format!("{text}[[UNSUBSCRIBE]]{text}"), &value)).expect("ASCII");
        let part = letter.split("text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n").nth(1).expect("a part");
        let part = part.split("\r\n--=_lan").next().expect("its end");
        prop_assert!(part.split("\r\n").all(|line| line.len() <= 76 && !line.starts_with('.')));
        prop_assert_eq!(decoded(part).replace("\r\n", "\n"), format!("{text}{value}{text}"));
    }

    #[test]
    fn an_address_reads_as_itself(local in "[a-zA-Z0-9.+_-]{1,20}", host in "[a-z0-9-]{1,12}\\.(vn|com)") {
        if let Ok(address) = Address::read(&format!("{local}@{host}")) {
            let again = Address::read(&address.to_string()).expect("the same");
            prop_assert_eq!(again.key(), address.key());
            prop_assert_eq!(Address::read(&address.key()).expect("the key is one, too").key(), address.key());
            prop_assert!(!address.to_string().contains(['\r', '\n', '<', '>', ' ']));
        }
    }
}

use super::*;

/// A numbering part around the given definitions and lists.
fn numbering(inner: &str) -> Numbering {
    let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    Numbering::read(&format!("<w:numbering xmlns:w=\"{namespace}\">{inner}</w:numbering>")).expect("numbering")
}

fn level(at: usize, format: &str, text: &str) -> String {
    format!("<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>")
}

fn plan() -> String {
    let levels = level(0, "upperRoman", "%1.") + &level(1, "decimal", "%2.") + &level(2, "lowerLetter", "%3)");
    format!("<w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum>")
}

fn counted(numbering: &mut Numbering, paragraphs: &[(u32, usize)]) -> Vec<String> {
    paragraphs.iter().map(|(list, level)| numbering.count(*list, *level)).collect()
}

#[test]
fn levels_count_and_begin_again() {
    let mut lists = numbering(&(plan() + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"));
    let read = counted(&mut lists, &[(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)]);
    assert_eq!(read, ["I.", "1.", "2.", "a)", "b)", "3.", "a)", "II.", "1."]);
}

#[test]
fn lists_of_one_definition_count_on_unless_one_starts_anew() {
    let lists = "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
        <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/></w:num>\
        <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/>\
        <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>";
    let mut lists = numbering(&(plan() + lists));
    assert_eq!(counted(&mut lists, &[(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)]), ["I.", "II.", "I.", "II.", "III."]);
}

#[test]
fn several_levels_in_one_number() {
    let levels = level(0, "decimal", "Điều %1.") + &level(1, "decimal", "%1.%2.") + &level(2, "bullet", "\u{f0b7}");
    let lists = format!(
        "<w:abstractNum w:abstractNumId=\"7\">{levels}</w:abstractNum><w:num w:numId=\"4\"><w:abstractNumId w:val=\"7\"/></w:num>"
    );
    let mut lists = numbering(&lists);
    assert_eq!(
        counted(&mut lists, &[(4, 0), (4, 1), (4, 1), (4, 2), (4, 0), (4, 1)]),
        ["Điều 1.", "1.1.", "1.2.", "•", "Điều 2.", "2.1."]
    );
}

#[test]
fn a_level_that_never_begins_again() {
    let second = "<w:lvl w:ilvl=\"1\"><w:start w:val=\"5\"/><w:numFmt w:val=\"decimalZero\"/>\
        <w:lvlRestart w:val=\"0\"/><w:lvlText w:val=\"%2\"/></w:lvl>";
    let lists = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{}{second}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        level(0, "upperLetter", "%1.")
    );
    let mut lists = numbering(&lists);
    assert_eq!(counted(&mut lists, &[(1, 0), (1, 1), (1, 0), (1, 1)]), ["A.", "05", "B.", "06"]);
}

#[test]
fn an_unknown_list_shows_nothing() {
    assert_eq!(numbering("").count(9, 0), "");
    assert_eq!(letters(27), "AA");
}

//! What platforms' names mean in our words. A name that is not known is its own figure: it is kept and shown, and counts in no range.

/// A figure: our word for it, and whether it counts people at most once each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure<'a> {
    /// The Fluent key of its name is `metric-` and this, where there is one.
    pub code: &'a str,
    pub people: bool,
}

/// How often it was shown or played: the upper bound of people, where people are not counted.
pub const VIEWS: &str = "views";
const PEOPLE: &str = "people";

/// Platform, its name, our word. Several names with the same word follow each other: what was renamed goes on, and is marked.
const KNOWN: [(&str, &str, &str); 22] = [
    ("facebook", "post_media_view", VIEWS),
    ("facebook", "post_impressions", VIEWS),
    ("facebook", "total_video_views", VIEWS),
    ("facebook", "post_total_media_view_unique", PEOPLE),
    ("facebook", "post_impressions_unique", PEOPLE),
    ("facebook", "total_video_views_unique", PEOPLE),
    ("facebook", "post_clicks", "clicks"),
    ("facebook", "post_reactions_like_total", "likes"),
    ("facebook", "reactions", "reactions"),
    ("facebook", "comments", "comments"),
    ("facebook", "shares", "shares"),
    ("zalo", "total_view", VIEWS),
    ("zalo", "total_share", "shares"),
    ("youtube", "viewCount", VIEWS),
    ("youtube", "likeCount", "likes"),
    ("youtube", "commentCount", "comments"),
    ("tiktok", "view_count", VIEWS),
    ("tiktok", "like_count", "likes"),
    ("tiktok", "comment_count", "comments"),
    ("tiktok", "share_count", "shares"),
    ("activitypub", "likes", "likes"),
    ("activitypub", "shares", "shares"),
];

/// What a platform's name means.
#[must_use]
pub fn of<'a>(platform: &str, name: &'a str) -> Figure<'a> {
    let found = KNOWN.iter().find(|(on, known, _)| *on == platform && *known == name);
    let code = found.map_or(name, |(_, _, code)| code);
    Figure { code, people: code == PEOPLE && found.is_some() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_figure_goes_on_and_an_unknown_one_stands_by_itself() {
        assert_eq!(of("facebook", "post_impressions"), of("facebook", "post_media_view"));
        assert!(of("facebook", "post_impressions_unique").people);
        assert_eq!(of("facebook", "post_dreams"), Figure { code: "post_dreams", people: false });
        assert_eq!(of("elsewhere", "people"), Figure { code: "people", people: false });
    }
}

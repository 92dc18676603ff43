use std::collections::BTreeSet;

use super::*;
use crate::base::Role;
use crate::base::fact::Change;
use crate::web::Lang;

fn change(field: &str, from: &str, to: &str) -> Change {
    Change { field: field.into(), from: from.into(), to: to.into() }
}

#[expect(clippy::too_many_lines, reason = "one of each fact")]
fn samples() -> Vec<Fact> {
    let id = Uuid::from_u128(7);
    let text = || "vị trí".to_owned();
    let day = || "2026-06-20".to_owned();
    let mut facts = vec![
        Fact::AgencyOpened { name: text() },
        Fact::AgencyEdited { changes: vec![change("open_from", "2026-06-20", "2026-07-01")] },
        Fact::AgencyRenamed { from: text(), to: text(), on: day() },
        Fact::AgencyClosed { on: day(), successors: vec![id] },
        Fact::AgencySucceeded { on: day(), predecessors: vec![id] },
        Fact::AgencyConfirmed,
        Fact::LoudStationAdded { name: text() },
        Fact::LoudStationChanged {
            name: text(),
            changes: vec![
                change("name", "Đài A", "Đài B"),
                change("hamlets", "", "Ấp 1\nẤp 2"),
                change("slots", "", "05:00-05:30 Sáng"),
                change("quiet", "22:00-05:00", ""),
                change("reair", "propose", "automatic"),
                change("reair_max", "1", "2"),
                change("reair_within_min", "60", "90"),
            ],
        },
        Fact::LoudClustersImported { name: text(), created: 3, changed: 1 },
        Fact::LoudClusterAdded { name: text(), device: "860".into() },
        Fact::LoudClusterChanged {
            name: text(),
            changes: vec![
                change("device", "860", "861"),
                change("name", "Cụm A", "Cụm B"),
                change("kind", "speaker", "board"),
                change("hamlet", "", "Ấp 1"),
                change("volume", "70", "80"),
                change("latitude", "", "10.4"),
                change("longitude", "", "106.1"),
                change("state", "active", "stopped"),
            ],
        },
        Fact::LoudClusterKeyMade { name: text() },
        Fact::LoudClusterTroubled { name: text(), cause: "clock-unset".into() },
        Fact::LoudClusterTroubled { name: text(), cause: String::new() },
        Fact::LoudClusterPower { name: text(), lost: true },
        Fact::LoudClusterPower { name: text(), lost: false },
        Fact::LoudTermSet { written: text(), said: text() },
        Fact::LoudTermRemoved { written: text() },
        Fact::BulletinDrafted { title: text() },
        Fact::BulletinEdited { title: text(), what: String::new() },
        Fact::BulletinEdited { title: text(), what: "sound".into() },
        Fact::BulletinEdited { title: text(), what: text() },
        Fact::BulletinSoundSet { title: text(), origin: "espeak".into() },
        Fact::BulletinSoundRefused { title: text(), cause: text() },
        Fact::BulletinSubmitted { title: text() },
        Fact::BulletinReturned { title: text() },
        Fact::BulletinApproved { title: text() },
        Fact::BulletinVoided { title: text() },
        Fact::BulletinWithdrawn { title: text(), stopped: 1 },
        Fact::AiringPlanned { title: text(), at: "2026-06-20T05:00:00+07:00".into(), clusters: 15 },
        Fact::AiringStopped { title: text(), clusters: 15 },
        Fact::AiringSettled { title: text(), played: 12, expected: 15 },
        Fact::AiringRepeated { title: text(), at: "2026-06-20T05:30:00+07:00".into(), clusters: 3, attempt: 1 },
        Fact::EmergencyProposed { title: text(), clusters: 15 },
        Fact::EmergencyReleased { title: text(), clusters: 15 },
        Fact::EmergencyRefused { title: text() },
        Fact::ChannelAccountAdded { name: text(), platform: "telegram".into() },
        Fact::ChannelAccountChanged {
            name: text(),
            changes: ["name", "missed_after_min", "per_minute", "settings"].map(|field| change(field, "a", "b")).into(),
        },
        Fact::ChannelAccountChanged {
            name: text(),
            changes: vec![change("state", "dead", "active"), change("missed", "ask", "drop"), change("secrets", "", "")],
        },
        Fact::ChannelAccountDead { name: text(), cause: "401".into() },
        Fact::PieceDrafted { title: text() },
        Fact::PieceEdited { title: text(), channel: text() },
        Fact::PieceEdited { title: text(), channel: String::new() },
        Fact::PieceSubmitted { title: text() },
        Fact::PieceReturned { title: text() },
        Fact::PieceApproved { title: text(), channels: 6, at: "2026-06-20T07:00:00+07:00".into() },
        Fact::PieceWithdrawn { title: text(), stopped: 2 },
        Fact::DeliveryConfirmed { title: text(), channel: text(), address: "https://t.me/a/1".into() },
        Fact::DeliveryFailed { title: text(), channel: text(), cause: "account_dead".into() },
        Fact::DeliveryUnknown { title: text(), channel: text() },
        Fact::DeliveryRetracted { title: text(), channel: text() },
        Fact::DatabaseRestored { as_of: "2026-06-20T07:00:00+07:00".into() },
        Fact::DatabaseRestored { as_of: String::new() },
        Fact::NewsletterMade { name: text() },
        Fact::NewsletterChanged {
            name: text(),
            changes: ["name", "about", "purpose", "sender_name", "language", "sections", "kinds", "hour", "weekday"]
                .map(|field| change(field, "a", "b"))
                .into(),
        },
        Fact::NewsletterChanged {
            name: text(),
            changes: vec![
                change("scope", "agency", "province"),
                change("rhythm", "by_hand", "immediate"),
                change("rhythm", "daily", "weekly"),
                change("state", "open", "closed"),
                change("by_itself", "false", "true"),
            ],
        },
        Fact::SubscriberAsked { name: text() },
        Fact::SubscriberJoined { name: text() },
        Fact::SubscriberErased { name: text() },
        Fact::SubscribersImported { name: text(), created: 3, known: 2, refused: 1 },
        Fact::SubscribersExported { name: text(), count: 3 },
        Fact::IssueDrafted { title: text() },
        Fact::IssueEdited { title: text() },
        Fact::IssueSubmitted { title: text() },
        Fact::IssueReturned { title: text() },
        Fact::IssueRecalled { title: text() },
        Fact::IssueApproved { title: text(), at: "2026-06-20T07:00:00+07:00".into(), by_itself: false },
        Fact::IssueApproved { title: text(), at: "2026-06-20T07:00:00+07:00".into(), by_itself: true },
        Fact::IssueBegan { title: text(), recipients: 3 },
        Fact::IssuePaused { title: text() },
        Fact::IssueResumed { title: text() },
        Fact::IssueCancelled { title: text(), stopped: 3 },
        Fact::IssueEnded { title: text(), sent: 3, failed: 2, unknown: 1 },
        Fact::LettersUnknown { title: text(), count: 3 },
        Fact::IssueTested { title: text() },
        Fact::ActorSwitched { name: text(), on: true },
        Fact::ActorSwitched { name: text(), on: false },
        Fact::ActorChanged { name: text(), changes: vec![Change { field: "summary".into(), from: text(), to: text() }] },
        Fact::HostBlocked { name: text(), host: "xau.example".into(), followers: 3 },
        Fact::HostUnblocked { name: text(), host: "xau.example".into() },
        Fact::HostReleased { host: "im-lang.example".into(), followers: 3, subscriptions: 1 },
        Fact::ArticleSyndicated { title: text(), what: "create".into(), inboxes: 3 },
        Fact::ArticleSyndicated { title: text(), what: "update".into(), inboxes: 3 },
        Fact::ArticleSyndicated { title: text(), what: "delete".into(), inboxes: 3 },
        Fact::PodcastOpened { name: text() },
        Fact::PodcastChanged { name: text(), changes: vec![Change { field: "owner_email".into(), from: text(), to: text() }] },
        Fact::PushKeyMade,
        Fact::PushSubscribed { host: text(), topics: 2 },
        Fact::PushInterestsChanged { topics: 2 },
        Fact::PushEnded { host: text(), gone: true },
        Fact::PushEnded { host: text(), gone: false },
        Fact::PushSwitched { section: text(), mode: "every".into() },
        Fact::PushRuleSet {
            changes: vec![change("daily", "3", "5"), change("from", "21:00", "22:00"), change("until", "6", "7")],
        },
        Fact::PushOrdered { title: text(), correction: false, at: "2026-03-03T07:00:00+07:00".into() },
        Fact::PushOrdered { title: text(), correction: true, at: "2026-03-03T07:00:00+07:00".into() },
        Fact::PushBuilt { title: text(), subscriptions: 2 },
        Fact::PushStopped { title: text(), stopped: 2 },
        Fact::PushFinished { title: text(), confirmed: 3, gone: 1, failed: 0, unknown: 1 },
        Fact::RetractionOpened { title: text(), cause: "taken_down".into(), copies: 3, unsettled: 2 },
        Fact::RetractionJoined { title: text(), cause: "request_removal".into(), article: id },
        Fact::RetractionLooked { title: text(), new: 1, moved: 2, unsettled: 1 },
        Fact::RetractionCopyLeft { title: text(), channel: "facebook".into(), place: text() },
        Fact::RetractionCopyTakenUp { title: text(), channel: "facebook".into(), place: text() },
        Fact::RetractionAssigned { title: text(), person: Some(id), name: text() },
        Fact::RetractionAssigned { title: text(), person: None, name: String::new() },
        Fact::RetractionDueSet {
            title: text(),
            from: "2026-03-03T07:00:00+07:00".into(),
            to: "2026-03-04T07:00:00+07:00".into(),
        },
        Fact::RetractionClosed { title: text(), left: 1 },
        Fact::RetractionReopened { title: text(), place: text() },
        Fact::RetractionReminded { title: text(), overdue: false, unsettled: 1 },
        Fact::RetractionReminded { title: text(), overdue: true, unsettled: 1 },
        Fact::RetractionTermSet {
            cause: "corrected".into(),
            changes: vec![change("hours", "48", "24"), change("counting", "real", "working"), change("source", "", "a")],
        },
        Fact::ReachSettled { day: day(), copies: 3, readings: 42, sha256: "ab".into() },
        Fact::ReachCleared { count: 500, before: day() },
        Fact::CampaignDrafted { title: text() },
        Fact::CampaignEdited {
            title: text(),
            changes: ["title", "objective", "starts_on", "ends_on", "audiences", "messages", "channels", "budget", "agencies"]
                .map(|field| change(field, "", "b"))
                .into(),
        },
        Fact::CampaignStarted { title: text(), agencies: 40 },
        Fact::CampaignDropped { title: text() },
        Fact::CampaignItemClaimed { title: text(), item: text() },
        Fact::CampaignItemReleased { title: text(), item: text() },
        Fact::CampaignAsked { title: text(), agencies: 40, due: day() },
        Fact::CampaignClosed { title: text(), items: 12, sha256: "ab".into() },
        Fact::AgenciesImported { created: 2, changed: 3 },
        Fact::BoundariesImported { matched: 2, unmatched: 1 },
        Fact::PersonAdded { name: text() },
        Fact::PersonEdited { changes: vec![change("agency", "", &id.to_string())] },
        Fact::PersonDisabled,
        Fact::PersonEnabled,
        Fact::SignedOut,
        Fact::SessionRevoked { session: id },
        Fact::PasswordChanged,
        Fact::TotpEnabled,
        Fact::TotpDisabled,
        Fact::RecoveryCodesMade,
        Fact::RecoveryCodeUsed { left: 3 },
        Fact::PasskeyAdded { label: text() },
        Fact::PasskeyRemoved { label: text() },
        Fact::PasskeyRenamed { from: text(), to: text() },
        Fact::SignOnLinked { provider: text() },
        Fact::SignOnUnlinked { provider: text() },
        Fact::AccessRefused { path: "/desk/plans/7".into() },
        Fact::PlanRead { file: text(), provisions: 81 },
        Fact::PlanEdited { changes: vec![change("issued_on", "1/1/2026", "2/1/2026")] },
        Fact::ProvisionAdded { path: text() },
        Fact::ProvisionCorrected { path: text(), changes: vec![change("kind", "task", "target"), change("party", "", "Sở")] },
        Fact::ProvisionConfirmed { path: text() },
        Fact::ProvisionsConfirmed { paths: vec!["I.1".into(), "II.2.a".into()] },
        Fact::AmendmentConfirmed { amends: id },
        Fact::ProvisionRemoved { path: text() },
        Fact::PlanAdopted { provisions: 81, amends: None },
        Fact::PlanAdopted { provisions: 81, amends: Some(id) },
        Fact::PlanReplaced { by: id },
        Fact::PlanDiscarded,
        Fact::ProgressPublished,
        Fact::ProgressWithdrawn,
        Fact::CalendarFeedMade,
        Fact::CalendarFeedRevoked,
        Fact::DutiesSettled { duties: 58, opened: 29_500, voided: 3 },
        Fact::DaysOffSettled { days: 72 },
        Fact::DayOffNoted { day: day(), name: text(), worked: false },
        Fact::DayOffNoted { day: day(), name: text(), worked: true },
        Fact::DayOffRemoved { day: day(), name: text() },
        Fact::ProofAdded { name: text(), sha256: "00ff".into() },
        Fact::ProofTakenBack { name: text() },
        Fact::ProofLinkLost { host: text() },
        Fact::ProofLinkFound { host: text() },
        Fact::AnswerSubmitted { version: 1 },
        Fact::AnswerAccepted { version: 2 },
        Fact::AnswerReturned { version: 1 },
        Fact::SlotUnlocked { until: day() },
        Fact::UnlockRequested,
        Fact::AnswerPresented,
        Fact::AnswerCleared { version: 1, alone: false },
        Fact::AnswerCleared { version: 1, alone: true },
        Fact::PresentationReturned { presenter: id },
        Fact::PresentationWithdrawn,
        Fact::ClearanceSet { from: "automatic".into(), to: "always".into() },
        Fact::OversightChanged { changes: vec![change("reviewers", "a", "b")], named: vec![id] },
        Fact::SlotAssigned { person: None, name: String::new() },
        Fact::SlotAssigned { person: Some(Uuid::nil()), name: "Chuyên viên Sở KH&CN".into() },
        Fact::WorkAssigned { slots: 3 },
        Fact::DutyChanged { changes: vec![change("rule", "a", "b")], opened: 2, voided: 1, moved: 3 },
        Fact::RequestMade { title: text(), agencies: 7, due: day() },
        Fact::RequestWithdrawn { title: text(), voided: 7 },
        Fact::PeriodClosed { period: text(), version: 2, present: 119, absent: 3 },
        Fact::FormChanged { version: 2, fields: 11 },
        Fact::DocumentBound { version: 1, number: "12/BC-SXD".into(), sha256: "00ff".into() },
        Fact::AgencyReminded { owed: 12, late: 1 },
        Fact::AgencyPlanDrafted { name: text() },
        Fact::AgencyPlanEdited { name: text() },
        Fact::AgencyPlanRemoved { name: text() },
        Fact::AgencyPlanIssued { name: text(), duties: 12 },
        Fact::AgencyPlanReplaced { name: text(), by: text() },
        Fact::EstimateBegun { year: 2027 },
        Fact::EstimateEdited { lines: 3, total: 1_500_000 },
        Fact::EstimateSubmitted { version: 1, total: 1_500_000 },
        Fact::EstimateReturned { version: 1 },
        Fact::EstimateAppraised { asked: 1_500_000, total: 1_200_000 },
        Fact::EstimateApproved { decision: text(), total: 1_200_000 },
        Fact::EstimateSpent { total: 900_000, whole: false },
        Fact::EstimateSpent { total: 1_200_000, whole: true },
        Fact::FundingSourceRenamed { from: text(), to: text() },
        Fact::CaseRaised { title: text(), holder: id },
        Fact::CaseTaken { holder: id },
        Fact::CaseQuestioned { holder: id },
        Fact::CaseReplied { holder: id },
        Fact::CaseAnswered { holder: id },
        Fact::CasePassedUp { from: id, to: id },
        Fact::CasePassedOn { from: id, to: id },
        Fact::CaseSolved { holder: id },
        Fact::CaseReopened { holder: id },
        Fact::CaseWithdrawn { holder: id },
        Fact::CaseLapsed { holder: id },
        Fact::CaseReminded { holder: id, next: None, overdue: false },
        Fact::CaseReminded { holder: id, next: Some(id), overdue: true },
        Fact::CaseReplyReminded { raiser: id, days: 2 },
        Fact::CaseLadderSettled { ladder: "difficulty".into(), agencies: vec![id] },
        Fact::InspectionPlanned { title: text(), agencies: vec![id] },
        Fact::InspectionWithdrawn { title: text(), agencies: vec![id] },
        Fact::VisitChecked { agency: id },
        Fact::FindingAdded { agency: id },
        Fact::FindingTakenBack { agency: id },
        Fact::ConclusionPublished { agency: id, findings: 2 },
        Fact::FindingAnswered { agency: id },
        Fact::FindingRemedied { agency: id },
        Fact::FindingNotRemedied { agency: id, until: day() },
        Fact::FindingsReminded { agency: id, count: 2, overdue: 1 },
        Fact::ApiTokenMade { label: text(), scopes: vec!["answers:write".into()], until: day() },
        Fact::ApiTokenRevoked { label: text() },
        Fact::AssetUploaded { name: text(), sha256: "00ff".into(), size_bytes: 12 },
        Fact::AssetReferenced { name: text(), original: id },
        Fact::UploadRefused { name: text(), cause: text() },
        Fact::AssetDescribed {
            name: text(),
            changes: vec![change("alt", "", "a"), change("decorative", "no", "yes"), change("sharing", "own", "province")],
        },
        Fact::AssetUsed { name: text(), place: text() },
        Fact::AssetReleased { name: text(), place: text() },
        Fact::AssetDeleted { name: text() },
        Fact::AssetRestored { name: text() },
        Fact::AssetCleared { name: text() },
        Fact::WebhookAdded { host: text(), events: vec!["plan.adopted".into()] },
        Fact::WebhookChanged { host: text(), changes: vec![change("paused", "off", "on"), change("events", "a", "b")] },
        Fact::WebhookRemoved { host: text() },
        Fact::WebhookFailed { host: text(), event: "plan.adopted".into(), cause: "status 500".into() },
        Fact::ArticleDrafted { title: text() },
        Fact::ArticleEdited { title: text(), revision: 2 },
        Fact::ArticleRestored { from: 1, revision: 3 },
        Fact::ArticleSubmitted { title: text() },
        Fact::ArticlePassed { title: text(), step: 1 },
        Fact::ArticleReturned { title: text() },
        Fact::ArticleRecalled { title: text() },
        Fact::ArticleApproved { title: text(), means: "account".into() },
        Fact::ArticleApproved { title: text(), means: "link".into() },
        Fact::ApprovalOverridden { title: text(), steps: 2 },
        Fact::OwnApprovalRefused { title: text() },
        Fact::ArticleScheduled { title: text(), at: "2026-03-03T07:00:00+07:00".into() },
        Fact::ArticleUnscheduled { title: text() },
        Fact::ArticleMissed { title: text(), at: "2026-03-03T07:00:00+07:00".into(), cause: text() },
        Fact::ArticlePublished { title: text(), slug: text() },
        Fact::ArticleCorrected { title: text(), revision: 2 },
        Fact::ArticleWithdrawn { title: text() },
        Fact::ArticleTakenDown { title: text() },
        Fact::ArticleLockTaken { title: text(), from: id },
        Fact::ArticleLinkMade { step: 1, until: "2026-03-03T07:00:00+07:00".into() },
        Fact::SectionMade { name: text() },
        Fact::EnglishItemNamed { item: text(), title: text() },
        Fact::EmbedHostAdded { host: text() },
        Fact::EmbedHostRemoved { host: text() },
        Fact::SectionChanged { name: text(), changes: vec![change("name", "a", "b"), change("steps", "[]", "[1]")] },
        Fact::ArticlesImported { created: 3, changed: 1, articles: vec![id] },
        Fact::PublicationDrafted { title: text() },
        Fact::PublicationEdited { title: text(), what: String::new() },
        Fact::PublicationEdited { title: text(), what: text() },
        Fact::PublicationSubmitted { title: text() },
        Fact::PublicationApproved { title: text() },
        Fact::PublicationReturned { title: text() },
        Fact::PublicationRecalled { title: text() },
        Fact::PublicationPublished { title: text(), slug: text(), edition: 2 },
        Fact::PublicationWithdrawn { title: text() },
        Fact::PublicationLockTaken { title: text(), what: text(), from: id },
        Fact::SiteFactsChanged { changes: vec![change("owner", "", "b")] },
    ];
    for topic in ["invitation", "password", "reminder", "newsletter-confirm"] {
        let (topic, to) = (topic.to_owned(), text());
        facts.push(Fact::MailPlanned { topic: topic.clone(), to: to.clone() });
        facts.push(Fact::MailSent { topic: topic.clone(), to: to.clone() });
        facts.push(Fact::MailUnknown { topic: topic.clone(), to: to.clone() });
        for cause in ["replaced", "withdrawn", "expired", "550 no such mailbox"] {
            facts.push(Fact::MailFailed { topic: topic.clone(), to: to.clone(), cause: cause.into() });
        }
    }
    for purpose in ["administrator", "invitation", "password"] {
        facts.push(Fact::InvitationMade { purpose: purpose.into() });
        facts.push(Fact::InvitationUsed { purpose: purpose.into() });
    }
    for role in Role::ALL {
        facts.push(Fact::RoleGranted { role, agency: Some(id) });
        facts.push(Fact::RoleRevoked { role, agency: None });
    }
    for how in ["there", "not-there", "send", "drop", "retract", "removed", "edit", "stand"] {
        facts.push(Fact::DeliveryResolved { title: text(), channel: text(), how: how.into() });
    }
    for cause in ["corrected", "withdrawn", "restored"] {
        facts.push(Fact::IssueHeld { title: text(), cause: cause.into() });
    }
    for how in ["leave", "again"] {
        facts.push(Fact::LettersResolved { title: text(), how: how.into(), count: 2 });
    }
    for how in ["one-click", "page", "choice"] {
        facts.push(Fact::SubscriberLeft { name: text(), how: how.into() });
    }
    for cause in ["hard", "soft", "complaint"] {
        facts.push(Fact::SubscriberSuppressed { name: text(), cause: cause.into(), status: "5.1.1".into() });
    }
    for cause in ["empty", "not-ours", "no-such-letter"] {
        facts.push(Fact::BounceIgnored { cause: cause.into() });
    }
    for means in ["password", "password+totp", "password+recovery", "passkey", "oidc:vneid", "invitation", "demo"] {
        facts.push(Fact::SignedIn { means: means.into() });
    }
    for cause in ["password", "disabled", "paused", "code", "passkey", "token", "oidc:vneid:expired", "oidc:vneid:no-token"] {
        facts.push(Fact::SignInRefused { cause: cause.into() });
    }
    facts
}

/// The kinds of facts as `base/fact.rs` has them.
fn kinds() -> BTreeSet<String> {
    let source = include_str!("../../base/fact.rs");
    let body = source.split("pub enum Fact {").nth(1).and_then(|rest| rest.split("\n}").next()).expect("the facts");
    let variants = body.lines().filter_map(|line| line.strip_prefix("    "));
    let variants = variants.filter(|line| line.starts_with(|letter: char| letter.is_ascii_uppercase()));
    variants.map(|line| line.split([' ', ',', '{']).next().unwrap_or_default().to_owned()).collect()
}

fn kind(fact: &Fact) -> String {
    serde_json::to_value(fact).expect("JSON")["kind"].as_str().expect("a kind").to_owned()
}

#[test]
fn every_fact_has_words_in_both_languages() {
    let told: BTreeSet<String> = samples().iter().map(kind).collect();
    assert_eq!(told, kinds(), "give the new fact a sample here");
    for l in [Locale(Lang::Vi), Locale(Lang::En)] {
        for fact in samples() {
            let telling = super::told(l, &fact);
            for line in std::iter::once(&telling.title).chain(&telling.details) {
                assert!(!line.contains("nknown localization") && !line.contains('{'), "{fact:?}: {line}");
            }
            assert_ne!(telling.title, l.t("agency-fact-other"), "{fact:?} has no words of its own");
        }
    }
}

#[test]
fn changes_are_told_field_by_field() {
    let l = Locale::default();
    let changes = vec![
        change("name", "Sở cũ", "Sở mới"),
        change("kind", "department", "committee_body"),
        change("open_from", "2025-07-01", ""),
        change("forgotten", "a", "b"),
    ];
    let telling = told(l, &Fact::AgencyEdited { changes });
    assert_eq!(telling.details[0], "Tên đầy đủ: Sở cũ → Sở mới");
    assert!(telling.details[1].starts_with("Loại: Sở → "), "{}", telling.details[1]);
    assert_eq!(telling.details[2], "Hoạt động từ ngày: 1/7/2025 → (để trống)");
    assert_eq!(telling.details[3], "forgotten: a → b");
    let long = "ẵ".repeat(5_000);
    let telling = told(l, &Fact::ProvisionCorrected { path: "I.1".into(), changes: vec![change("text", &long, "x")] });
    assert!(telling.details[0].chars().count() < 400, "a long text is cut");
}

#[test]
fn agencies_are_called_by_name_where_known() {
    let l = Locale::default();
    let id = Uuid::from_u128(7);
    let fact = Fact::RoleGranted { role: Role::Officer, agency: Some(id) };
    assert_eq!(told(l, &fact).title, "Giao vai trò Chuyên viên ở một cơ quan");
    let brief = Brief {
        id,
        slug: "so".into(),
        code: "S".into(),
        name: "Sở Thử nghiệm".into(),
        short_name: "Sở TN".into(),
        kind: crate::people::agency::Kind::Department,
        open_from: chrono::NaiveDate::default(),
        closed_on: None,
    };
    let agencies = Agencies::from([(id, brief)]);
    assert_eq!(told_among(l, &fact, &agencies).title, "Giao vai trò Chuyên viên ở Sở TN");
    let closed = Fact::AgencyClosed { on: "2026-06-30".into(), successors: vec![id] };
    assert_eq!(told_among(l, &closed, &agencies).details, ["Chuyển sang: Sở TN"]);
}

//! What happened. One append-only table is outbox, audit trail, activity feed, source of notices and the
//! evidence that measures count. A fact is written in the transaction that makes it true.

mod by;
mod change;
mod row;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::{by::By, change::Change, row::*};
use super::Role;

/// Everything that can happen, a line each. Adding a variant leads the compiler to `reactions.rs`.
#[rustfmt::skip]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Fact {
    // people: agencies (about = the agency)
    AgencyOpened { name: String },
    AgencyEdited { changes: Vec<Change> },
    AgencyRenamed { from: String, to: String, on: String },
    AgencyClosed { on: String, successors: Vec<Uuid> },
    /// Took over from others that day.
    AgencySucceeded { on: String, predecessors: Vec<Uuid> },
    /// The shipped facts about it were found right.
    AgencyConfirmed,
    AgenciesImported { created: u32, changed: u32 },
    BoundariesImported { matched: u32, unmatched: u32 },
    // people: persons (about = the person)
    PersonAdded { name: String },
    PersonEdited { changes: Vec<Change> },
    PersonDisabled,
    PersonEnabled,
    InvitationMade { purpose: String },
    InvitationUsed { purpose: String },
    RoleGranted { role: Role, agency: Option<Uuid> },
    RoleRevoked { role: Role, agency: Option<Uuid> },
    SignedIn { means: String },
    SignInRefused { cause: String },
    SignedOut,
    SessionRevoked { session: Uuid },
    PasswordChanged,
    TotpEnabled,
    TotpDisabled,
    RecoveryCodesMade,
    RecoveryCodeUsed { left: u32 },
    PasskeyAdded { label: String },
    PasskeyRemoved { label: String },
    PasskeyRenamed { from: String, to: String },
    SignOnLinked { provider: String },
    SignOnUnlinked { provider: String },
    ApiTokenMade { label: String, scopes: Vec<String>, until: String },
    ApiTokenRevoked { label: String },
    // library (about = the asset; of an upload that was refused, who brought it)
    AssetUploaded { name: String, sha256: String, size_bytes: i64 },
    /// The bytes were there already; an entry of one's own leads to them.
    AssetReferenced { name: String, original: Uuid },
    /// What arrived was not what was announced, or is not taken.
    UploadRefused { name: String, cause: String },
    AssetDescribed { name: String, changes: Vec<Change> },
    AssetUsed { name: String, place: String },
    AssetReleased { name: String, place: String },
    AssetDeleted { name: String },
    AssetRestored { name: String },
    /// Deleted so long ago that it can not be taken back; bytes that nothing else needs go with it.
    AssetCleared { name: String },
    // webhooks (about = the webhook)
    WebhookAdded { host: String, events: Vec<String> },
    WebhookChanged { host: String, changes: Vec<Change> },
    WebhookRemoved { host: String },
    /// Given up after three days.
    WebhookFailed { host: String, event: String, cause: String },
    /// Someone asked for what is not theirs to see (about = what they asked for, or themselves).
    AccessRefused { path: String },
    // mail (about = whom it is for)
    MailPlanned { topic: String, to: String },
    /// The relay took it.
    MailSent { topic: String, to: String },
    /// It will not go: refused, or nobody needs it any more.
    MailFailed { topic: String, to: String, cause: String },
    /// The line broke after the body had gone: it may have arrived.
    MailUnknown { topic: String, to: String },
    // plans (about = the plan)
    PlanRead { file: String, provisions: u32 },
    PlanEdited { changes: Vec<Change> },
    ProvisionAdded { path: String },
    ProvisionCorrected { path: String, changes: Vec<Change> },
    ProvisionConfirmed { path: String },
    /// All that were in doubt, at once.
    ProvisionsConfirmed { paths: Vec<String> },
    ProvisionRemoved { path: String },
    PlanAdopted { provisions: u32, amends: Option<Uuid> },
    /// It does amend that plan, though little of it is carried over.
    AmendmentConfirmed { amends: Uuid },
    PlanReplaced { by: Uuid },
    PlanDiscarded,
    /// Everyone may read how far it got.
    ProgressPublished,
    ProgressWithdrawn,
    // duties (about = the plan for settling, the day for the calendar, else the slot)
    DutiesSettled { duties: u32, opened: u32, voided: u32 },
    DaysOffSettled { days: u32 },
    DayOffNoted { day: String, name: String, worked: bool },
    DayOffRemoved { day: String, name: String },
    ProofAdded { name: String, sha256: String },
    ProofTakenBack { name: String },
    /// An address that proves something opens no more (three attempts on different days).
    ProofLinkLost { host: String },
    /// It opens again.
    ProofLinkFound { host: String },
    AnswerSubmitted { version: u32 },
    AnswerAccepted { version: u32 },
    AnswerReturned { version: u32 },
    SlotUnlocked { until: String },
    /// The agency asks for an unlock; why is with the fact.
    UnlockRequested,
    /// Put before the agency's own approver.
    AnswerPresented,
    /// Let out of the agency; alone: by the one who wrote it, because nobody else of the agency may.
    AnswerCleared { version: u32, alone: bool },
    /// Sent back within the agency; why is with the fact.
    PresentationReturned { presenter: Uuid },
    /// Taken back, or changed after it was presented.
    PresentationWithdrawn,
    /// Whether answers leave the agency only with its approver's word (about = the agency): `automatic`, `always`, `never`.
    ClearanceSet { from: String, to: String },
    /// Who else reviews what is answered to a duty, and whether it needs the agencies' approvers (about = the duty); named: new.
    OversightChanged { changes: Vec<Change>, named: Vec<Uuid> },
    /// Who of the agency works on it; None when it lies on nobody's desk in particular.
    SlotAssigned { person: Option<Uuid>, name: String },
    /// Was given so many slots at once (about = the person).
    WorkAssigned { slots: u32 },
    /// A person gave a duty its rule, stretch or holders (about = the duty); in words, as they were then.
    DutyChanged { changes: Vec<Change>, opened: u32, voided: u32, moved: u32 },
    /// Asked chosen agencies for something by a day (about = the request's duty).
    RequestMade { title: String, agencies: u32, due: String },
    /// Taken back; why is with the fact (about = the request's duty).
    RequestWithdrawn { title: String, voided: u32 },
    /// Who is in and who is absent of a period was written down (about = the duty).
    PeriodClosed { period: String, version: u32, present: u32, absent: u32 },
    /// Someone made themselves a secret address of the agency's calendar; an earlier one of theirs holds no more
    /// (about = the agency).
    CalendarFeedMade,
    CalendarFeedRevoked,
    /// A duty has a form of so many fields from now on, none of 0 (about = the duty).
    FormChanged { version: u32, fields: u32 },
    /// A signed paper certifies the data of that version.
    DocumentBound { version: u32, number: String, sha256: String },
    /// Called to mind what it owes (about = the agency).
    AgencyReminded { owed: u32, late: u32 },
    // agency_plans (about = the agency's plan)
    AgencyPlanDrafted { name: String },
    AgencyPlanEdited { name: String },
    AgencyPlanRemoved { name: String },
    AgencyPlanIssued { name: String, duties: u32 },
    AgencyPlanReplaced { name: String, by: String },
    // estimates (about = the estimate, or the funding source); sums in đồng
    EstimateBegun { year: i32 },
    EstimateEdited { lines: u32, total: i64 },
    EstimateSubmitted { version: i32, total: i64 },
    EstimateReturned { version: i32 },
    EstimateAppraised { asked: i64, total: i64 },
    EstimateApproved { decision: String, total: i64 },
    /// Whole: every line has its figure.
    EstimateSpent { total: i64, whole: bool },
    FundingSourceRenamed { from: String, to: String },
    // cases (about = the case; holder = the body it stands with)
    CaseRaised { title: String, holder: Uuid },
    CaseTaken { holder: Uuid },
    CaseQuestioned { holder: Uuid },
    CaseReplied { holder: Uuid },
    CaseAnswered { holder: Uuid },
    /// Beyond the competence of the one: to the next above.
    CasePassedUp { from: Uuid, to: Uuid },
    CasePassedOn { from: Uuid, to: Uuid },
    CaseSolved { holder: Uuid },
    CaseReopened { holder: Uuid },
    CaseWithdrawn { holder: Uuid },
    /// Closed by the body it stood with: what it asked for was not supplied.
    CaseLapsed { holder: Uuid },
    /// The clock is near its end, or past it; then `next` above is told too.
    CaseReminded { holder: Uuid, next: Option<Uuid>, overdue: bool },
    /// Who raised it was asked for more so many working days ago and has not replied.
    CaseReplyReminded { raiser: Uuid, days: u32 },
    /// Which bodies cases of that kind come to, lowest first.
    CaseLadderSettled { ladder: String, agencies: Vec<Uuid> },
    // inspections (about = the inspection; agency = the inspected one)
    InspectionPlanned { title: String, agencies: Vec<Uuid> },
    /// Taken back, why is with the fact; agencies: those that had seen a conclusion.
    InspectionWithdrawn { title: String, agencies: Vec<Uuid> },
    VisitChecked { agency: Uuid },
    FindingAdded { agency: Uuid },
    /// Before anybody else had seen it.
    FindingTakenBack { agency: Uuid },
    ConclusionPublished { agency: Uuid, findings: u32 },
    /// The agency says that it remedied one.
    FindingAnswered { agency: Uuid },
    /// The inspector saw that it did.
    FindingRemedied { agency: Uuid },
    /// The inspector saw that it did not; a new date.
    FindingNotRemedied { agency: Uuid, until: String },
    FindingsReminded { agency: Uuid, count: u32, overdue: u32 },
    // news (about = the article, the section, or nothing for imports and the facts of the site)
    ArticleDrafted { title: String },
    ArticleEdited { title: String, revision: i32 },
    /// The text of an earlier revision is the newest one again.
    ArticleRestored { from: i32, revision: i32 },
    ArticleSubmitted { title: String },
    /// A step before the last one was passed.
    ArticlePassed { title: String, step: i32 },
    ArticleReturned { title: String },
    /// Taken back to the draft by those who wrote it, without a verdict.
    ArticleRecalled { title: String },
    /// `means`: account or link.
    ArticleApproved { title: String, means: String },
    /// An agency administrator stood in for the steps that were left; why is with the fact.
    ApprovalOverridden { title: String, steps: i32 },
    /// Somebody tried to approve what is their own.
    OwnApprovalRefused { title: String },
    ArticleScheduled { title: String, at: String },
    ArticleUnscheduled { title: String },
    /// Its time came and it could not go out.
    ArticleMissed { title: String, at: String, cause: String },
    ArticlePublished { title: String, slug: String },
    ArticleCorrected { title: String, revision: i32 },
    ArticleWithdrawn { title: String },
    ArticleTakenDown { title: String },
    /// The lock was with somebody else.
    ArticleLockTaken { title: String, from: Uuid },
    ArticleLinkMade { step: i32, until: String },
    SectionMade { name: String },
    /// An article was named as what must be there in English.
    EnglishItemNamed { item: String, title: String },
    EmbedHostAdded { host: String },
    EmbedHostRemoved { host: String },
    SectionChanged { name: String, changes: Vec<Change> },
    ArticlesImported { created: u32, changed: u32, #[serde(default)] articles: Vec<Uuid> },
    /// Owner, address, telephone, responsible person: what the law wants on every page.
    SiteFactsChanged { changes: Vec<Change> },
    // publications (about = the publication)
    PublicationDrafted { title: String },
    /// `what`: the section, or empty for title, summary, cover and order.
    PublicationEdited { title: String, what: String },
    PublicationSubmitted { title: String },
    PublicationApproved { title: String },
    PublicationReturned { title: String },
    PublicationRecalled { title: String },
    /// The edition is frozen for ever.
    PublicationPublished { title: String, slug: String, edition: i32 },
    PublicationWithdrawn { title: String },
    /// Somebody took over the writing of a section from a colleague.
    PublicationLockTaken { title: String, what: String, from: Uuid },
    // channels (about = the account)
    ChannelAccountAdded { name: String, platform: String },
    ChannelAccountChanged { name: String, changes: Vec<Change> },
    /// The platform lets it in no more; cause: the platform's words.
    ChannelAccountDead { name: String, cause: String },
    // channels (about = the piece; channel: the account's name then)
    PieceDrafted { title: String },
    /// `channel`: whose variant, or empty for title, time and channels.
    PieceEdited { title: String, channel: String },
    PieceSubmitted { title: String },
    PieceReturned { title: String },
    /// All its deliveries are queued, to go out at that time.
    PieceApproved { title: String, channels: u32, at: String },
    /// So many deliveries that had not gone do not go; why is with the fact.
    PieceWithdrawn { title: String, stopped: u32 },
    DeliveryConfirmed { title: String, channel: String, address: String },
    /// Certainly not there; cause: a word of `channels::delivery::Why`.
    DeliveryFailed { title: String, channel: String, cause: String },
    /// It may be there; it is not sent again by itself.
    DeliveryUnknown { title: String, channel: String },
    /// A person decided: `there`, `not-there`, `send`, `drop`, `retract`, `removed`, `edit`, `stand`; why is with the fact.
    DeliveryResolved { title: String, channel: String, how: String },
    DeliveryRetracted { title: String, channel: String },
    // the ground (about = nothing)
    /// The database is older than what was worked with last: restored from a backup. `as_of`: its last beat, or empty.
    DatabaseRestored { as_of: String },
    // newsletters (about = the newsletter; none of them names an address)
    NewsletterMade { name: String },
    NewsletterChanged { name: String, changes: Vec<Change> },
    SubscriberAsked { name: String },
    /// From the mailbox itself.
    SubscriberJoined { name: String },
    /// `one-click`, `page`, `choice`
    SubscriberLeft { name: String, how: String },
    SubscriberErased { name: String },
    /// Is not written to any more; cause: `hard`, `soft`, `complaint`.
    SubscriberSuppressed { name: String, cause: String, status: String },
    /// What the agency stated about their agreement is the reason.
    SubscribersImported { name: String, created: u32, known: u32, refused: u32 },
    SubscribersExported { name: String, count: u32 },
    /// A report came back that changes nothing (about = nothing); cause: `empty`, `not-ours`, `no-such-letter`.
    BounceIgnored { cause: String },
    // newsletters (about = the issue)
    IssueDrafted { title: String },
    IssueEdited { title: String },
    IssueSubmitted { title: String },
    IssueReturned { title: String },
    IssueRecalled { title: String },
    /// by_itself: nobody was asked, as the newsletter says.
    IssueApproved { title: String, at: String, by_itself: bool },
    IssueBegan { title: String, recipients: u64 },
    IssuePaused { title: String },
    IssueResumed { title: String },
    /// Cause: `corrected`, `withdrawn`, `restored`.
    IssueHeld { title: String, cause: String },
    IssueCancelled { title: String, stopped: u64 },
    IssueEnded { title: String, sent: u64, failed: u64, unknown: u64 },
    /// So many may be out; they are not sent again by themselves.
    LettersUnknown { title: String, count: u32 },
    /// A person decided, `leave` or `again`; why is with the fact.
    LettersResolved { title: String, how: String, count: u32 },
    /// A letter to who asked, to look at.
    IssueTested { title: String },
    // syndication (about = the actor, the podcast, or nothing for a host)
    ActorSwitched { name: String, on: bool },
    ActorChanged { name: String, changes: Vec<Change> },
    /// So many who followed from there were let go; why is with the fact.
    HostBlocked { name: String, host: String, followers: u64 },
    HostUnblocked { name: String, host: String },
    /// It did not answer for two weeks: who followed and subscribed from there is let go.
    HostReleased { host: String, followers: u64, subscriptions: u64 },
    /// On its way to so many inboxes; `what`: `create`, `update`, `delete`.
    ArticleSyndicated { title: String, what: String, inboxes: u32 },
    PodcastOpened { name: String },
    PodcastChanged { name: String, changes: Vec<Change> },
    // loudspeakers (about = the station)
    LoudStationAdded { name: String },
    LoudStationChanged { name: String, changes: Vec<Change> },
    /// From a file.
    LoudClustersImported { name: String, created: u32, changed: u32 },
    // loudspeakers (about = the cluster)
    LoudClusterAdded { name: String, device: String },
    LoudClusterChanged { name: String, changes: Vec<Change> },
    LoudClusterKeyMade { name: String },
    /// Something new is wrong with it; cause: a word of `loudspeakers::heard::Refusal`, `lies`, or empty when it is believed again.
    LoudClusterTroubled { name: String, cause: String },
    /// Power went, or came back.
    LoudClusterPower { name: String, lost: bool },
    // loudspeakers (about = the word)
    LoudTermSet { written: String, said: String },
    LoudTermRemoved { written: String },
    // loudspeakers (about = the bulletin)
    BulletinDrafted { title: String },
    /// `what`: the doubt that was settled, `sound`, `picture`, or empty.
    BulletinEdited { title: String, what: String },
    /// Origin: `recorded`, `espeak`, `endpoint`.
    BulletinSoundSet { title: String, origin: String },
    BulletinSoundRefused { title: String, cause: String },
    BulletinSubmitted { title: String },
    BulletinReturned { title: String },
    BulletinApproved { title: String },
    /// Text or sound changed after the approval: it holds no more.
    BulletinVoided { title: String },
    BulletinWithdrawn { title: String, stopped: u32 },
    // loudspeakers (about = the airing)
    AiringPlanned { title: String, at: String, clusters: u32 },
    /// On so many clusters that had not finished; why is with the fact.
    AiringStopped { title: String, clusters: u32 },
    /// Over and judged.
    AiringSettled { title: String, played: u32, expected: u32 },
    /// Aired again for those that missed it.
    AiringRepeated { title: String, at: String, clusters: u32, attempt: u32 },
    EmergencyProposed { title: String, clusters: u32 },
    EmergencyReleased { title: String, clusters: u32 },
    EmergencyRefused { title: String },
    // push (about = the order, the subscription, the agency of a switch, nothing for the rule); no address of anybody's is in them
    PushKeyMade,
    PushSubscribed { host: String, topics: u32 },
    PushInterestsChanged { topics: u32 },
    /// Gone: its push service said so; otherwise the person stopped it.
    PushEnded { host: String, gone: bool },
    PushSwitched { section: String, mode: String },
    PushRuleSet { changes: Vec<Change> },
    PushOrdered { title: String, correction: bool, at: String },
    PushBuilt { title: String, subscriptions: u32 },
    PushStopped { title: String, stopped: u32 },
    PushFinished { title: String, confirmed: u32, gone: u32, failed: u32, unknown: u32 },
    // retractions (about = the case, nothing for terms; cause: a word of `retractions::case::Cause`)
    /// So many copies are known, and so many of them are not settled.
    RetractionOpened { title: String, cause: String, copies: u32, unsettled: u32 },
    /// The article was changed once more, or somebody asked, while the case was open.
    RetractionJoined { title: String, cause: String, article: Uuid },
    /// Copies were found, or stand elsewhere than they did.
    RetractionLooked { title: String, new: u32, moved: u32, unsettled: u32 },
    /// A person left a copy as it stands; why is with the fact.
    RetractionCopyLeft { title: String, channel: String, place: String },
    RetractionCopyTakenUp { title: String, channel: String, place: String },
    RetractionAssigned { title: String, person: Option<Uuid>, name: String },
    /// Moments as RFC 3339; why is with the fact.
    RetractionDueSet { title: String, from: String, to: String },
    /// So many copies were left with a reason.
    RetractionClosed { title: String, left: u32 },
    /// A copy turned up after the end.
    RetractionReopened { title: String, place: String },
    RetractionReminded { title: String, overdue: bool, unsettled: u32 },
    RetractionTermSet { cause: String, changes: Vec<Change> },
    // reach (about = the agency; nothing for the clearing)
    /// All readings of a day that is over, with their digest (see `reach::digest`).
    ReachSettled { day: String, copies: u32, readings: u32, sha256: String },
    /// What platforms said word for word before that day was emptied; the readings stay.
    ReachCleared { count: u32, before: String },
    // campaigns (about = the campaign)
    CampaignDrafted { title: String },
    CampaignEdited { title: String, changes: Vec<Change> },
    CampaignStarted { title: String, agencies: u32 },
    CampaignDropped { title: String },
    /// A work, or a piece, counts for it from now on.
    CampaignItemClaimed { title: String, item: String },
    CampaignItemReleased { title: String, item: String },
    /// Its agencies were asked for something by that day.
    CampaignAsked { title: String, agencies: u32, due: String },
    /// The count is frozen; the digest is that of what was kept.
    CampaignClosed { title: String, items: u32, sha256: String },
    /// Anybody may read it from now on.
    CampaignShown { title: String },
    CampaignHidden { title: String },
    // registers (about = the record; an import's and a count's agency). Neither title nor code of a record: it may turn out to be secret
    RegisterDrafted { register: String },
    RegisterChanged { register: String, fields: Vec<String> },
    RegisterConfirmed { register: String, version: u32 },
    RegisterReturned { register: String },
    RegisterWithdrawn { register: String },
    RegisterEvidenceAdded { register: String },
    RegisterEvidenceRemoved { register: String },
    RegisterImported { register: String, created: u32, changed: u32 },
    /// Its content is gone, also from so many files that wait, and the year's count one higher.
    RegisterMadeSecret { register: String, year: i32, #[serde(default)] files: u32 },
    SecretCountSaved { year: i32, count: u32 },
    SecretCountSigned { year: i32, count: u32, document: String },
    // measures (about = the measure; of a pass or a closing, nothing)
    MeasureSuggested { code: String, title: String },
    MeasureDefined { code: String, title: String },
    MeasureRedefined { code: String, title: String, version: u32, changes: Vec<Change> },
    MeasureConfirmed { code: String, title: String },
    MeasureRetired { code: String, title: String },
    /// Values of a year were counted anew; the digest is that of what they were made of.
    MeasuresSettled { year: i32, measures: u32, rows: u32, sha256: String },
    /// A period was closed: so many rows stay as they are.
    MeasuresFrozen { period: String, duty: Uuid, rows: u32 },
    // criteria (about = the set, or the sheet of an agency where `name` is the agency's)
    CriteriaDrafted { title: String, year: i32 },
    /// `what`: the group, criterion, bonus or penalty; empty for ceilings and ties.
    CriteriaEdited { title: String, what: String },
    CriteriaSubmitted { title: String },
    CriteriaReturned { title: String },
    CriteriaIssued { title: String, edition: i32, sha256: String },
    CriteriaDropped { title: String },
    /// Name: of the other body that appraises; why is with the fact.
    CriteriaAppraiserNamed { title: String, name: String },
    CriteriaScoringOpened { title: String, agencies: u32, until: String },
    /// Agencies got until another day; why is with the fact.
    CriteriaExtended { title: String, until: String },
    /// So many agencies had handed nothing in.
    CriteriaAppraisalBegan { title: String, absent: u32 },
    CriteriaAppealsOpened { title: String, until: String },
    /// Changed: what is another than in the publication before.
    CriteriaPublished { title: String, number: i32, agencies: u32, changed: u32, sha256: String },
    /// Counted again from the publication alone.
    CriteriaRecounted { title: String, number: i32, same: bool },
    CriteriaReminded { title: String, name: String, until: String },
    CriteriaScored { title: String, name: String, number: i32 },
    CriteriaEvidenceAdded { name: String, code: String, what: String },
    CriteriaEvidenceRemoved { name: String, code: String, what: String },
    /// As files write it: `12.5`, `yes`, `no`, `n/a`, or nothing; why is with the fact.
    CriteriaAppraised { name: String, criterion: String, from: String, to: String },
    /// With so many answers at once.
    CriteriaAgreed { name: String, count: u32 },
    CriteriaAppealed { name: String, criterion: String },
    /// Kept: what was appraised stays; the answer is with the fact.
    CriteriaAppealAnswered { name: String, kept: bool },
    // reports (about = the document; nothing for templates, regimes and numbers of what was written elsewhere)
    ReportTemplateSaved { name: String, version: u32 },
    ReportRegimeSet { name: String, changes: Vec<Change> },
    /// Nobody did it: a chore, or a closing.
    ReportDrafted { title: String },
    ReportEdited { title: String },
    /// Frozen: the digest is that of what was kept.
    ReportSubmitted { title: String, sha256: String },
    ReportRecalled { title: String },
    /// Why is with the fact.
    ReportReturned { title: String },
    ReportSigned { title: String, sha256: String },
    ReportDropped { title: String },
    ReportIssued { title: String, number: String, sha256: String },
    /// By the document with that number.
    ReportReplaced { title: String, number: String },
    ReportShown { title: String },
    ReportHidden { title: String },
    /// For a document that was written elsewhere.
    ReportNumberTaken { number: u32, subject: String },
    /// Why is with the fact; it is never given again.
    ReportNumberCancelled { number: u32, subject: String },
    // questions (about = the question; holder = the body it stands with). No word of it: it may turn out to be for the protected channel
    QuestionAsked { channel: String },
    QuestionRouted { to: Uuid },
    /// The coordinating body took it back from the one it had routed it to, to route it anew.
    QuestionTakenBack { from: Uuid },
    /// The one said that it is not competent.
    QuestionPassedOn { from: Uuid, to: Uuid },
    QuestionMoreAsked { holder: Uuid },
    QuestionReplied { holder: Uuid },
    QuestionAnswerPresented { holder: Uuid },
    QuestionAnswerReturned { holder: Uuid },
    /// Alone: by the one who wrote it, because nobody else of the agency may.
    QuestionAnswered { holder: Uuid, version: u32, alone: bool },
    QuestionShown,
    QuestionHidden,
    /// Whoever has its code says that the answer does not solve it; cause: `not-solved`, `low-mark`.
    QuestionReopened { holder: Uuid, cause: String },
    /// 1 to 5.
    QuestionMarked { mark: u32 },
    QuestionJoined { to: Uuid },
    QuestionParted,
    QuestionDropped,
    QuestionRestored,
    QuestionLapsed { holder: Uuid },
    QuestionWithdrawn { holder: Uuid },
    /// The clock is near its end, or past it; then `next` is told too.
    QuestionReminded { holder: Uuid, next: Option<Uuid>, overdue: bool },
    /// Somebody read it as it was written.
    QuestionOriginalRead,
    /// It is none of the questions any more.
    QuestionRemoved,
    // questions (about = nothing)
    QuestionSettingsChanged { changes: Vec<Change> },
    // questions (about = the person)
    ProtectedReaderNamed,
    ProtectedReaderRemoved,
    // open_data (about = the import)
    OutsideValuesImported { source: String, taken_on: String, rows: u32, sha256: String },
    /// Why is with the fact.
    OutsideValuesWithdrawn { source: String, rows: u32 },
    // assistant (about = the written answer)
    CuratedDrafted { title: String },
    CuratedEdited { title: String },
    CuratedApproved { title: String },
    /// Its first day has come.
    CuratedBegan { title: String },
    /// Why is with the fact.
    CuratedReturned { title: String },
    CuratedWithdrawn { title: String },
    /// Its last day is over.
    CuratedExpired { title: String },
    // assistant (about = the question that was not answered; no word of it), the run, the portal
    /// It had come so often.
    AssistantGapSettled { count: u32 },
    AssistantEvaluated { name: String, questions: u32, right: u32, wrong: u32 },
    AssistantOriginAdded { origin: String },
    AssistantOriginRemoved { origin: String },
}

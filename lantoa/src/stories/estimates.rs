//! Stories of estimates, over HTTP, on both engines.

mod files;
mod stages;
mod summary;
mod writing;

use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::base::Role;
use crate::duties::held;
use crate::estimates::estimate::{self, Line};
use crate::people::Agency;
use crate::stories::duties::{adopted, agency, at, officer};
use crate::testing::{House, Visitor};

/// A house on 10 March 2026 with the plan adopted, and an agency that holds duties.
pub async fn prepared(house: &House) -> (Uuid, Agency) {
    at(house, "2026-03-10T09:00:00");
    let plan = adopted(house).await.id;
    (plan, agency(house, "so-xay-dung").await)
}

/// The duties that an agency holds in 2026.
pub async fn duties(house: &House, plan: Uuid, of: &Agency) -> Vec<held::Held> {
    held::by(&house.app.db, plan, of.id, Some(2026)).await.expect("duties")
}

/// Begins the estimate of 2026; its id.
pub async fn begun(who: &Visitor<'_>, plan: Uuid) -> String {
    let plan = plan.to_string();
    let begun = who.post("/desk/estimates", &[("plan", &plan), ("year", "2026")]).await.expect(303);
    begun.location().trim_start_matches("/desk/estimates/").to_owned()
}

/// A line as the form sends it: duty, source, narrative, sum.
pub type Given<'a> = (&'a str, &'a str, &'a str, &'a str);

/// The form of these lines.
pub fn form<'a>(seen: &'a str, lines: &[Given<'a>]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("seen", seen)];
    for (duty, source, narrative, amount) in lines {
        fields.extend([("duty", *duty), ("source", *source), ("narrative", *narrative), ("amount", *amount)]);
        fields.extend([("unit", ""), ("quantity", ""), ("unit_price", "")]);
    }
    fields
}

/// An estimate of these sums, submitted by an officer of the agency; its id. All from the budget.
pub async fn submitted(house: &House, plan: Uuid, of: &Agency, sums: &[&str]) -> String {
    let who = officer(house, of).await;
    let duty = duties(house, plan, of).await[0].duty.to_string();
    let here = begun(&who, plan).await;
    let lines: Vec<Given<'_>> = sums.iter().map(|sum| (duty.as_str(), "budget", "In tờ rơi", *sum)).collect();
    who.post(&format!("/desk/estimates/{here}"), &form("1", &lines)).await.expect(303);
    who.post(&format!("/desk/estimates/{here}/submission"), &[("seen", "2")]).await.expect(303);
    here
}

/// Somebody of the finance department.
pub async fn finance(house: &House) -> Visitor<'_> {
    house.someone(Role::Finance, Some(&agency(house, "so-tai-chinh").await)).await
}

/// Who decides.
pub async fn leader(house: &House) -> Visitor<'_> {
    house.someone(Role::Leader, Some(&agency(house, "so-khoa-hoc-va-cong-nghe").await)).await
}

pub async fn lines(house: &House) -> Vec<Line> {
    let mut lines = estimate::line::Entity::find().all(&house.app.db).await.expect("lines");
    lines.sort_by_key(|line| line.position);
    lines
}

/// The form of a stage: each line with its sum and words, and further fields.
pub fn stage<'a>(
    seen: &'a str,
    lines: &'a [(String, &'a str, &'a str)],
    further: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("seen", seen)];
    for (line, amount, words) in lines {
        fields.extend([("line", line.as_str()), ("amount", *amount), ("words", *words)]);
    }
    fields.extend(further);
    fields
}

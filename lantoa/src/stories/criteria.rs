//! Stories of criteria, over HTTP, on both engines.

mod appraising;
mod demo;
mod issuing;
mod measured;
mod publishing;
mod scoring;
mod wrong;

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;

use crate::base::{Role, new_id};
use crate::criteria::appraisal::Appraisal;
use crate::criteria::edition::Edition;
use crate::criteria::publication::Publication;
use crate::criteria::set::{self, CriteriaSet, State};
use crate::criteria::sheet::{self, Sheet};
use crate::people::Agency;
use crate::people::agency::Kind;
use crate::story;
use crate::testing::{Answer, House, Visitor};

const TITLE: &str = "Truyền thông cấp xã 2026";

/// Who is in a story: the keeping body with two people, and three communes with an officer each.
struct Cast<'a> {
    house: &'a House,
    coordinator: Visitor<'a>,
    approver: Visitor<'a>,
    communes: Vec<Agency>,
    officers: Vec<Visitor<'a>>,
}

impl<'a> Cast<'a> {
    async fn of(house: &'a House) -> Self {
        let keeper = house.agency("Sở Minh Họa", Kind::Department).await;
        let (mut communes, mut officers) = (Vec::new(), Vec::new());
        for name in ["Xã Ao Sen", "Xã Bến Tre Cũ", "Xã Cồn Nổi"] {
            let commune = house.agency(name, Kind::Commune).await;
            officers.push(house.someone(Role::Officer, Some(&commune)).await);
            communes.push(commune);
        }
        Self {
            house,
            coordinator: house.someone(Role::Coordinator, Some(&keeper)).await,
            approver: house.someone(Role::Approver, Some(&keeper)).await,
            communes,
            officers,
        }
    }

    async fn set(&self, id: Uuid) -> CriteriaSet {
        CriteriaSet::find(&self.house.app.db, id).await.expect("a set")
    }

    async fn sheet(&self, id: Uuid, commune: usize) -> Sheet {
        let own = sheet::Entity::find().filter(sheet::Column::CriteriaSet.eq(id));
        let own = own.filter(sheet::Column::Agency.eq(self.communes[commune].id)).one(&self.house.app.db).await;
        own.expect("rows").expect("a sheet")
    }

    async fn begun(&self) -> Uuid {
        let id = new_id();
        let text = id.to_string();
        let fields = [("id", text.as_str()), ("title", TITLE), ("year", "2026"), ("class", "localities")];
        self.coordinator.post("/desk/criteria", &fields).await.expect(303);
        id
    }

    /// One change of the tree.
    async fn edit(&self, id: Uuid, fields: &[(&str, &str)]) -> Answer {
        let version = self.set(id).await.version.to_string();
        let mut all = vec![("version", version.as_str())];
        all.extend(fields);
        self.coordinator.post(&format!("/desk/criteria/{id}/tree"), &all).await
    }

    async fn press(&self, who: &Visitor<'_>, id: Uuid, act: &str, more: &[(&str, &str)]) -> Answer {
        let version = self.set(id).await.version.to_string();
        let mut all = vec![("version", version.as_str())];
        all.extend(more);
        who.post(&format!("/desk/criteria/{id}/acts/{act}"), &all).await
    }

    /// Two groups of 60 and 40: `tc1` a percentage, `tc2` yes or no, `tc3` points; a bonus, and late reports; ties by the second group.
    async fn written(&self, last: &str) -> Uuid {
        let id = self.begun().await;
        let group = |name: &'static str, points: &'static str| [("act", "add"), ("name", name), ("points", points)];
        self.edit(id, &group("Tin bài", "60")).await.expect(303);
        self.edit(id, &group("Báo cáo", "40")).await.expect(303);
        let line =
            [("act", "add"), ("group", "n1"), ("name", "Tin có nguồn"), ("points", "40"), ("rule", "linear"), ("unit", "%")];
        let line = [line.as_slice(), &[("none_at", "0"), ("all_at", "100"), ("source", "own"), ("may_not_apply", "on")]].concat();
        self.edit(id, &line).await.expect(303);
        let yes = [("act", "add"), ("group", "n1"), ("name", "Có chuyên mục"), ("points", "20"), ("rule", "yes_no")];
        self.edit(id, &[yes.as_slice(), &[("source", "own"), ("may_not_apply", "on")]].concat()).await.expect(303);
        let points = [("act", "add"), ("group", "n2"), ("name", "Chất lượng báo cáo"), ("points", last), ("rule", "points")];
        self.edit(id, &[points.as_slice(), &[("source", "own"), ("may_not_apply", "on")]].concat()).await.expect(303);
        let bonus =
            [("act", "add-extra"), ("name", "Sáng kiến"), ("sign", "bonus"), ("each", "1"), ("most", "2"), ("source", "own")];
        self.edit(id, &bonus).await.expect(303);
        let late = [("act", "add-extra"), ("name", "Báo cáo muộn"), ("sign", "penalty"), ("each", "0,5"), ("most", "2")];
        self.edit(id, &[late.as_slice(), &[("source", "late")]].concat()).await.expect(303);
        self.edit(id, &[("act", "rules"), ("bonus", "2"), ("penalty", "2"), ("ties", "2")]).await.expect(303);
        id
    }

    async fn issued(&self) -> Uuid {
        let id = self.written("40").await;
        self.press(&self.coordinator, id, "submit", &[]).await.expect(303);
        self.press(&self.approver, id, "issue", &[]).await.expect(303);
        id
    }

    async fn opened(&self) -> Uuid {
        let id = self.issued().await;
        self.press(&self.coordinator, id, "open", &[("until", "2026-03-20")]).await.expect(303);
        id
    }

    /// Hands in what is given: percentage, yes or no, points; `na` for what does not apply.
    async fn hand_in(&self, id: Uuid, commune: usize, values: [&str; 3]) -> Answer {
        let sheet = self.sheet(id, commune).await;
        let draft = sheet.draft_version.to_string();
        let mut fields = vec![("draft".to_owned(), draft)];
        for (code, value) in ["tc1", "tc2", "tc3"].into_iter().zip(values) {
            let name = if value == "na" { format!("x-{code}") } else { format!("v-{code}") };
            fields.push((name, if value == "na" { "on".into() } else { value.to_owned() }));
            fields.push((format!("n-{code}"), "Có sổ theo dõi".into()));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.officers[commune].post(&Sheet::path(sheet.id), &fields).await
    }

    /// All three hand in and are agreed with; appeals were open until yesterday.
    async fn ready(&self, values: [[&str; 3]; 3]) -> Uuid {
        let id = self.opened().await;
        for (commune, values) in values.into_iter().enumerate() {
            self.hand_in(id, commune, values).await.expect(303);
        }
        self.press(&self.coordinator, id, "appraisal", &[]).await.expect(303);
        for commune in 0..3 {
            let sheet = self.sheet(id, commune).await;
            self.approver.post(&format!("/desk/criteria/sheets/{}/agreement", sheet.id), &[]).await.expect(303);
        }
        self.press(&self.coordinator, id, "appeals", &[("until", "2026-03-25")]).await.expect(303);
        self.house.on("2026-03-26T09:00:00").await;
        id
    }

    async fn publish(&self, id: Uuid, why: &str) -> Answer {
        let version = self.set(id).await.version.to_string();
        let fields = [("version", version.as_str()), ("why", why)];
        self.coordinator.post(&format!("/desk/criteria/{id}/publication"), &fields).await
    }

    async fn publications(&self, id: Uuid) -> Vec<Publication> {
        Publication::of(&self.house.app.db, id).await.expect("rows")
    }

    async fn appraise(&self, who: &Visitor<'_>, sheet: Uuid, code: &str, fields: &[(&str, &str)]) -> Answer {
        who.post(&format!("/desk/criteria/sheets/{sheet}/of/{code}/appraisal"), fields).await
    }
}

story!(anybody_at_work_finds_the_sets_and_a_visitor_what_is_published, |house| {
    let cast = Cast::of(&house).await;
    cast.coordinator.get("/desk/criteria").await.expect(200).says("Chưa có bộ tiêu chí nào");
    cast.coordinator.get("/desk/criteria/new").await.expect(200).says("Nhóm cơ quan");
    cast.officers[0].get("/desk/criteria/new").await.expect(403);
    let id = cast.begun().await;
    // A draft is for those who keep it.
    cast.officers[0].get(&format!("/desk/criteria/{id}")).await.expect(404);
    cast.coordinator.get(&format!("/desk/criteria/{id}")).await.expect(200).says(TITLE).says("Chưa có tiêu chí nào");
    let visitor = house.visitor();
    visitor.get("/bo-tieu-chi").await.expect(200).says("Chưa có kết quả nào được công bố");
    visitor.get("/bo-tieu-chi/2026").await.expect(200).says("Chưa có kết quả nào được công bố");
    visitor.get("/bo-tieu-chi/nam-nay").await.expect(404);
    visitor.get(&format!("/bo-tieu-chi/2026/{id}")).await.expect(404);
    visitor.get("/api/v1/criteria").await.expect(200).says("\"items\":[]");
    cast.press(&cast.coordinator, id, "drop", &[]).await.expect(303);
    assert_eq!(cast.set(id).await.state, State::Dropped);
});

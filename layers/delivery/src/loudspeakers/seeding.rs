//! Stations and clusters that the demo province starts with: in the first communes, marked as made up.

use loudspeakers::schedule::Programme;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::cluster::{self, Cluster, Kind, State};
use super::station::{self, Reair, Station, usual_programme};
use crate::base::{App, By, Fact, new_id};
use crate::people::agency;

const COMMUNES: u64 = 3;
const SPEAKERS: usize = 5;
const HAMLETS: [&str; 4] = ["Ấp 1", "Ấp 2", "Ấp 3", "Ấp 4"];

/// Fills an empty table; later starts find nothing to do.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    if station::Entity::find().one(&app.db).await?.is_some() {
        return Ok(());
    }
    let communes = agency::Entity::find()
        .filter(agency::Column::Kind.is_in([agency::Kind::Commune, agency::Kind::Ward]))
        .filter(agency::Column::ClosedOn.is_null())
        .order_by_asc(agency::Column::Code)
        .limit(COMMUNES)
        .all(&app.db)
        .await?;
    let transaction = app.begin().await?;
    for (at, commune) in communes.iter().enumerate() {
        let one = demo_station(app, commune, usual_programme())?;
        let (id, name) = (one.id, one.name.clone());
        station::Entity::insert(station::ActiveModel::from(one.clone())).exec_without_returning(&transaction).await?;
        app.record(&transaction, id, Fact::LoudStationAdded { name: name.clone() }, &By::system()).await?;
        let rows = (0..=SPEAKERS).map(|number| demo_cluster(app, &one, (at, number)));
        let rows = rows.map(cluster::ActiveModel::from);
        cluster::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
        let fact = Fact::LoudClustersImported { name, created: u32::try_from(SPEAKERS + 1)?, changed: 0 };
        app.record(&transaction, id, fact, &By::system()).await?;
    }
    app.commit(transaction).await?;
    Ok(())
}

fn demo_station(app: &App, commune: &agency::Agency, programme: Programme) -> anyhow::Result<Station> {
    Ok(Station {
        id: new_id(),
        agency: commune.id,
        name: format!("Đài truyền thanh {} (minh họa)", commune.short_name),
        hamlets: serde_json::to_string(&HAMLETS)?,
        programme: serde_json::to_string(&programme)?,
        reair: Reair::Propose,
        reair_max: 2,
        reair_within_min: 120,
        demo: true,
        made_at: app.clock.now(),
        version: 1,
    })
}

/// The last of each station is a notice board. One hamlet has no loudspeaker, so that coverage shows it.
fn demo_cluster(app: &App, station: &Station, (at, number): (usize, usize)) -> Cluster {
    let board = number == SPEAKERS;
    let hamlet = HAMLETS[number % (HAMLETS.len() - 1)];
    let name = if board {
        "Bảng tin trước trụ sở (minh họa)".to_owned()
    } else {
        format!("Cụm loa {} {hamlet} (minh họa)", number + 1)
    };
    Cluster {
        id: new_id(),
        station: station.id,
        agency: station.agency,
        device: format!("8600000{at:02}{number:06}"),
        name,
        kind: if board { Kind::Board } else { Kind::Speaker },
        hamlet: hamlet.into(),
        volume: 70,
        latitude: None,
        longitude: None,
        screen: if board { "192x96".into() } else { String::new() },
        credentials: String::new(),
        state: State::Active,
        demo: true,
        made_at: app.clock.now(),
        version: 1,
        last_seen: None,
        speaks: None,
        power_lost_at: None,
        playing: String::new(),
        said_volume: None,
        connection: String::new(),
        firmware: String::new(),
        trouble: String::new(),
        trouble_at: None,
        airtime: String::new(),
        airtime_version: 1,
        wakes_at: None,
    }
}

//! What the platform publishes as data: each set with whose it is, how often it changes and the files it comes in. The capabilities above
//! are asked by their front doors; this is the one list from which the page, the API and DCAT are made.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::{adx, sdmx};
use crate::base::{App, time};
use crate::campaigns::{campaign, showing as campaigns_shown};
use crate::criteria::Publication;
use crate::measures::Measure;
use crate::measures::kept;
use crate::news::article;
use crate::people::agency::brief::Known;
use crate::plans::Plan;
use crate::registers::kind::ST_TASK;
use crate::registers::{evidence, record};
use crate::reports::report::showing as reports_shown;
use crate::web::download::{CSV, DOCX, GEOJSON, XLSX};
use crate::web::{Locale, Result};

/// Documents in the catalogue; `/bao-cao` has all of them.
const REPORTS_MAX: u64 = 200;
pub const JSON: &str = "application/json";

/// How often a set changes, with the code of the Publications Office's authority table "Frequency", which DCAT-AP wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    Continuous,
    Daily,
    Never,
    Irregular,
}

impl Frequency {
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Continuous => "CONT",
            Self::Daily => "DAILY",
            Self::Never => "NEVER",
            Self::Irregular => "IRREG",
        }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Continuous => "open-data-often-continuous",
            Self::Daily => "open-data-often-daily",
            Self::Never => "open-data-often-never",
            Self::Irregular => "open-data-often-irregular",
        }
    }
}

/// A file that a set comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// As a person calls the format: `CSV`.
    pub format: &'static str,
    /// The path on this site.
    pub path: String,
    pub media_type: &'static str,
}

/// Whose a set is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    pub name: String,
    /// The path of its page; the site itself where it has none.
    pub path: String,
}

/// A set of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// Its name in addresses, the same for ever.
    pub id: String,
    pub title: String,
    pub description: String,
    pub publisher: Publisher,
    pub frequency: Frequency,
    /// None where nothing says so: it is made when it is asked for.
    pub modified: Option<DateTime<Utc>>,
    /// The page on which a person reads the same.
    pub page: String,
    pub files: Vec<File>,
}

impl File {
    fn new(format: &'static str, path: impl Into<String>, media_type: &'static str) -> Self {
        Self { format, path: path.into(), media_type }
    }
}

/// What is common to all sets while they are gathered.
struct Shelf<'a> {
    app: &'a App,
    l: Locale,
    known: std::sync::Arc<Known>,
}

impl Shelf<'_> {
    /// Whoever runs the site.
    fn owner(&self) -> Publisher {
        let site = self.app.site();
        Publisher { name: if site.owner.is_empty() { site.name } else { site.owner }, path: "/".into() }
    }

    fn body(&self, agency: Uuid) -> Publisher {
        match self.known.get(&agency) {
            Some(body) => Publisher { name: body.name.clone(), path: body.public_path() },
            None => self.owner(),
        }
    }

    /// A set of the whole platform, with its words under `open-data-set-…`.
    fn common(&self, id: &str, frequency: Frequency, page: &str, files: Vec<File>) -> Dataset {
        Dataset {
            id: id.to_owned(),
            title: self.l.t(&format!("open-data-set-{id}")),
            description: self.l.t(&format!("open-data-set-{id}-about")),
            publisher: self.owner(),
            frequency,
            modified: None,
            page: page.to_owned(),
            files,
        }
    }
}

/// Every set, the whole platform's first.
///
/// # Errors
/// The database failed.
pub async fn all(app: &App, l: Locale) -> Result<Vec<Dataset>> {
    let shelf = Shelf { app, l, known: Known::now(app).await? };
    let mut sets = measures(&shelf).await?;
    sets.extend(plans(&shelf).await?);
    sets.extend(criteria(&shelf).await?);
    sets.extend(common(&shelf).await?);
    sets.extend(reports(&shelf).await?);
    Ok(sets)
}

async fn measures(shelf: &Shelf<'_>) -> Result<Vec<Dataset>> {
    let measures = Measure::public(&shelf.app.db).await?;
    let ids: Vec<Uuid> = measures.iter().map(|one| one.id).collect();
    let year = time::local_date(shelf.app.clock.now()).year();
    let rows = kept::of(&shelf.app.db, &ids, &[year], Some(kept::PROVINCE)).await?;
    let counted = |id: Uuid| rows.iter().find(|row| row.measure == id).map(|row| row.counted_at);
    let feed = vec![
        File::new("SDMX-CSV", "/du-lieu-mo/sdmx/data.csv", sdmx::CSV),
        File::new("SDMX-JSON", "/du-lieu-mo/sdmx/data.json", sdmx::JSON),
        File::new("SDMX", "/du-lieu-mo/sdmx/structure.json", sdmx::STRUCTURE),
        File::new("ADX", "/du-lieu-mo/adx.xml", adx::MEDIA_TYPE),
        File::new("CSV", "/chi-so.csv", CSV),
        File::new("JSON", "/chi-so.json", JSON),
    ];
    let whole = shelf.common("measures", Frequency::Continuous, "/chi-so", feed);
    let mut sets = vec![Dataset { modified: rows.iter().map(|row| row.counted_at).max(), ..whole }];
    sets.extend(measures.iter().map(|one| Dataset {
        id: format!("measure-{}", one.code),
        title: one.title.clone(),
        description: one.meaning.clone(),
        publisher: shelf.owner(),
        frequency: Frequency::Continuous,
        modified: counted(one.id),
        page: one.public_path(),
        files: ["csv", "json"].map(|ending| file(ending, &format!("{}.{ending}", one.public_path()))).into(),
    }));
    Ok(sets)
}

/// A file of one of the usual formats.
fn file(ending: &str, path: &str) -> File {
    match ending {
        "csv" => File::new("CSV", path, CSV),
        "xlsx" => File::new("XLSX", path, XLSX),
        "docx" => File::new("DOCX", path, DOCX),
        "pdf" => File::new("PDF", path, "application/pdf"),
        _ => File::new("JSON", path, JSON),
    }
}

async fn plans(shelf: &Shelf<'_>) -> Result<Vec<Dataset>> {
    let mut plans = Plan::adopted(&shelf.app.db).await?;
    plans.retain(|plan| plan.progress_public);
    let set = |plan: &Plan| Dataset {
        id: format!("progress-{}", plan.slug),
        title: shelf.l.t1("open-data-set-progress", "name", plan.title()),
        description: shelf.l.t("open-data-set-progress-about"),
        publisher: Publisher { name: plan.issuer.clone(), path: plan.public_path() },
        frequency: Frequency::Continuous,
        modified: None,
        page: plan.progress_path(),
        files: ["csv", "json"].map(|ending| file(ending, &format!("{}.{ending}", plan.progress_path()))).into(),
    };
    Ok(plans.iter().map(set).collect())
}

async fn criteria(shelf: &Shelf<'_>) -> Result<Vec<Dataset>> {
    let newest = Publication::addresses(&shelf.app.db).await?;
    let ids: Vec<Uuid> = newest.iter().map(|(_, id, _)| *id).collect();
    let titles = Publication::titles(shelf.app, &ids).await?;
    let set = |(year, id, at): (i32, Uuid, DateTime<Utc>)| {
        let page = Publication::path_of(year, id);
        Dataset {
            id: format!("criteria-{id}"),
            title: titles.get(&id).cloned().unwrap_or_default(),
            description: shelf.l.t1("open-data-set-criteria-about", "year", year),
            publisher: shelf.owner(),
            // It is frozen; a correction is another publication.
            frequency: Frequency::Never,
            modified: Some(at),
            files: ["json", "csv", "xlsx"].map(|ending| file(ending, &format!("{page}/du-lieu/{ending}"))).into(),
            page,
        }
    };
    Ok(newest.into_iter().map(set).collect())
}

async fn reports(shelf: &Shelf<'_>) -> Result<Vec<Dataset>> {
    let reports = reports_shown::shown().limit(REPORTS_MAX).all(&shelf.app.db).await?;
    let set = |one: &crate::reports::Report| Dataset {
        id: format!("report-{}", one.id),
        title: format!("{} · {}", one.number_shown(), one.subject),
        description: shelf.l.t1("open-data-set-report-about", "name", shelf.l.t(&one.kind.key())),
        publisher: shelf.body(one.agency),
        frequency: Frequency::Never,
        modified: one.issued_on.map(|day: NaiveDate| time::begins(day)),
        page: one.public_path(),
        files: ["docx", "pdf", "json"].map(|ending| file(ending, &format!("{}/{ending}", one.public_path()))).into(),
    };
    Ok(reports.iter().map(set).collect())
}

/// Lists of the whole platform.
async fn common(shelf: &Shelf<'_>) -> Result<Vec<Dataset>> {
    let db = &shelf.app.db;
    let task = evidence::shown(ST_TASK).order_by_desc(record::Column::ChangedAt).one(db).await?;
    let campaign = campaigns_shown::shown().all(db).await?.iter().map(|one: &campaign::Model| one.changed_at).max();
    let out = [article::State::Published, article::State::Corrected];
    let articles = article::Entity::find().select_only().column(article::Column::PublishedAt);
    let articles = articles.filter(article::Column::State.is_in(out)).order_by_desc(article::Column::PublishedAt);
    let article: Option<Option<DateTime<Utc>>> = articles.into_tuple().one(db).await?;
    let tasks = shelf.common("tasks", Frequency::Daily, "/nhiem-vu-khcn", vec![file("csv", "/nhiem-vu-khcn.csv")]);
    let campaigns =
        shelf.common("campaigns", Frequency::Irregular, "/chien-dich", vec![file("csv", "/du-lieu-mo/chien-dich.csv")]);
    let agencies = vec![
        file("csv", "/co-quan/du-lieu/csv"),
        file("xlsx", "/co-quan/du-lieu/xlsx"),
        File::new("GeoJSON", "/co-quan/du-lieu/geojson", GEOJSON),
    ];
    let feeds = vec![
        File::new("RSS", "/tin-tuc/rss.xml", "application/rss+xml"),
        File::new("Atom", "/tin-tuc/atom.xml", "application/atom+xml"),
        File::new("JSON Feed", "/tin-tuc/feed.json", "application/feed+json"),
    ];
    Ok(vec![
        Dataset { modified: task.map(|one| one.changed_at), ..tasks },
        Dataset { modified: campaign, ..campaigns },
        shelf.common("agencies", Frequency::Irregular, "/co-quan", agencies),
        Dataset { modified: article.flatten(), ..shelf.common("articles", Frequency::Continuous, "/tin-tuc", feeds) },
    ])
}

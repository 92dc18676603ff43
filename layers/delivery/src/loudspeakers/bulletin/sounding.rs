//! The sound of a bulletin: recorded and brought to the library, or read out by machine. Whatever it is, it is looked into before it is
//! taken: three hours, silence, a rate that no device plays and the like are refused with the reason.

use std::fs::File;
use std::io::BufReader;

use bytes::Bytes;
use futures_util::{Stream, stream};
use loudspeakers::audio::{Finding, Limits, Refusal, inspect};
use sea_orm::entity::prelude::Uuid;

use super::{Bulletin, reading_out};
use crate::base::{App, By, Fact, Who};
use crate::library::blob::Blob;
use crate::library::describing::Described;
use crate::library::reach::Reach;
use crate::library::rendering::alone;
use crate::library::spool::Spool;
use crate::library::storage::Store;
use crate::library::upload::Upload;
use crate::library::{Asset, Kind};
use crate::people::agency::brief::Known;
use crate::web::{Error, Lang, Locale, Obstacle};

/// Who reads it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Recorded,
    Espeak,
    Endpoint,
}

impl Origin {
    /// The word kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Espeak => "espeak",
            Self::Endpoint => "endpoint",
        }
    }
}

impl Bulletin {
    /// Takes a sound of the library.
    ///
    /// # Errors
    /// Forbidden to others; refused when it is no sound or may not go on air, each reason by itself; stale when somebody was quicker
    /// or it was handed in; or store or database failed.
    pub async fn take_sound(app: &App, who: &Who, id: Uuid, asset: Uuid, seen: i32) -> Result<(), Error> {
        let bulletin = Self::find_to_write(app, who, id, seen).await?;
        bulletin.attach(app, who, asset, Origin::Recorded, seen).await
    }

    /// Brings a recording to the library and takes it.
    ///
    /// # Errors
    /// As [`Bulletin::take_sound`], and what the library refuses.
    pub async fn bring_sound<E: Send>(
        app: &App,
        who: &Who,
        id: Uuid,
        (name, body): (&str, impl Stream<Item = Result<Bytes, E>> + Send),
        seen: i32,
    ) -> Result<(), Error> {
        let bulletin = Self::find_to_write(app, who, id, seen).await?;
        let asset = bulletin.to_library(app, who, (name, body), Origin::Recorded).await?;
        bulletin.attach(app, who, asset, Origin::Recorded, seen).await
    }

    /// Has the script read out by machine and takes that.
    ///
    /// # Errors
    /// As [`Bulletin::take_sound`]; refused when there are no words or nobody who reads.
    pub async fn read_out(app: &App, who: &Who, id: Uuid, origin: Origin, seen: i32) -> Result<(), Error> {
        let bulletin = Self::find_to_write(app, who, id, seen).await?;
        if bulletin.script.trim().is_empty() {
            return Err(Error::refused("loud-obstacle-no-script"));
        }
        let (name, bytes) = match origin {
            Origin::Espeak => ("loi-doc.wav", reading_out::by_espeak(app, &bulletin.script).await?),
            _ => ("loi-doc.mp3", reading_out::by_endpoint(app, &bulletin.script).await?),
        };
        let body = stream::iter([Ok::<_, std::convert::Infallible>(Bytes::from(bytes))]);
        let asset = bulletin.to_library(app, who, (name, body), origin).await?;
        bulletin.attach(app, who, asset, origin, seen).await
    }

    /// Says that the sound says what the script says, though the script was changed since: a comma, a spelling.
    ///
    /// # Errors
    /// Forbidden to others; stale when somebody was quicker or it was handed in; or the database failed.
    pub async fn sound_fits(app: &App, who: &Who, id: Uuid, seen: i32) -> Result<(), Error> {
        let bulletin = Self::find_to_write(app, who, id, seen).await?;
        let sound_of = bulletin.script_digest();
        Self { sound_of, ..bulletin }.change(app, who, seen, "sound").await
    }

    async fn to_library<E: Send>(
        &self,
        app: &App,
        who: &Who,
        (name, body): (&str, impl Stream<Item = Result<Bytes, E>> + Send),
        origin: Origin,
    ) -> Result<Uuid, Error> {
        let reach = Reach::of(app, who, &*Known::now(app).await?);
        let upload = Upload::begin(app, who, reach.keeper()?, None, name).await?;
        let brought = match upload.append(app, 0, body).await {
            Ok(reached) if reached.broken => return Err(Error::bad("upload-broken")),
            Ok(_) => upload.finish(app, who).await,
            Err(error) => Err(error),
        };
        let asset = match brought {
            Ok(finished) => finished.asset,
            Err(Error::Refused(found)) => {
                // What the library takes no file of is refused as a sound, beside the field.
                let found = found.into_iter().map(|one| Obstacle { field: "file", ..one }).collect();
                return Err(Error::Refused(found));
            }
            Err(error) => return Err(error),
        };
        self.describe(app, who, &reach, asset, origin).await?;
        Ok(asset)
    }

    /// What the library wants to know of a file that is used: what is said in it, whose it is, and whether a machine made it.
    async fn describe(&self, app: &App, who: &Who, reach: &Reach, asset: Uuid, origin: Origin) -> Result<(), Error> {
        let asset = Asset::find_for(app, reach, asset).await?;
        if asset.kind != Kind::Audio || asset.obstacles_to_use().is_empty() {
            return Ok(());
        }
        let known = Known::now(app).await?;
        let agency = known.get(&self.agency).map(|body| body.name.clone()).unwrap_or_default();
        let said = Described::of(&asset);
        let or = |there: String, else_: String| if there.trim().is_empty() { else_ } else { there };
        let given = Described {
            title: or(said.title, self.title.clone()),
            alt: or(said.alt, self.script.chars().take(3_000).collect()),
            credit: or(said.credit, agency),
            source: if origin == Origin::Recorded { said.source } else { "trainedAlgorithmicMedia".into() },
            ..said
        };
        asset.describe(app, who, &given).await
    }

    async fn attach(self, app: &App, who: &Who, asset: Uuid, origin: Origin, seen: i32) -> Result<(), Error> {
        let reach = Reach::of(app, who, &*Known::now(app).await?);
        let asset = Asset::find_for(app, &reach, asset).await?;
        let finding = looked_into(app, &asset).await?;
        let by = By::from(who);
        if !finding.is_taken() {
            let found: Vec<Obstacle> = finding.refusals.iter().map(|one| obstacle(one).at("sound")).collect();
            let cause = found.iter().map(|one| one.text(Locale(Lang::Vi))).collect::<Vec<_>>().join(" ");
            let transaction = app.begin().await?;
            app.record(&transaction, self.id, Fact::BulletinSoundRefused { title: self.title.clone(), cause }, &by).await?;
            app.commit(transaction).await?;
            return Err(Error::Refused(found));
        }
        let ms = finding.audio.map_or(0, |audio| audio.duration_ms);
        let changed = Self {
            sound: Some(asset.id),
            sound_sha256: asset.sha256.clone(),
            sound_origin: origin.code().into(),
            sound_ms: i32::try_from(ms).unwrap_or(i32::MAX),
            sound_of: self.script_digest(),
            ..self
        };
        let transaction = app.begin().await?;
        changed.note_use(app, &transaction, false, &by).await?;
        let fact = Fact::BulletinSoundSet { title: changed.title.clone(), origin: origin.code().into() };
        changed.change_in(app, &transaction, who, seen, fact).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// Decodes it once from beginning to end, on a thread of its own.
async fn looked_into(app: &App, asset: &Asset) -> Result<Finding, Error> {
    if asset.kind != Kind::Audio {
        return Ok(Finding { audio: None, refusals: vec![Refusal::NotAudio] });
    }
    let store = Store::of(app)?;
    let spool = Spool::of_object(app, &store, Blob::object(&asset.sha256)).await?;
    let found = alone(move || {
        let file = File::open(spool.path())?;
        Ok::<_, std::io::Error>(inspect(BufReader::new(file), &Limits::default()))
    });
    Ok(found.await??)
}

/// Why a sound does not go on air, and what to do.
#[must_use]
pub fn obstacle(refusal: &Refusal) -> Obstacle {
    let minutes = |ms: &u64| ms.div_ceil(60_000);
    let percent = |share: &f64| (share * 100.0).round() as i64;
    match refusal {
        Refusal::NotAudio => Obstacle::new("loud-sound-not-audio"),
        Refusal::NotDecodable { .. } => Obstacle::new("loud-sound-not-decodable"),
        Refusal::Unreadable { .. } | Refusal::Broken { .. } => Obstacle::new("loud-sound-broken"),
        Refusal::Truncated => Obstacle::new("loud-sound-truncated"),
        Refusal::Empty => Obstacle::new("loud-sound-empty"),
        Refusal::Large { max, .. } => Obstacle::new("loud-sound-large").with("n", max >> 20),
        Refusal::Short { ms, min } => Obstacle::new("loud-sound-short").with("count", ms / 1000).with("n", min / 1000),
        Refusal::Long { ms, max } => Obstacle::new("loud-sound-long").with("count", minutes(ms)).with("n", minutes(max)),
        Refusal::SampleRate { hz } => Obstacle::new("loud-sound-rate").with("count", hz),
        Refusal::Channels { count, max } => Obstacle::new("loud-sound-channels").with("count", count).with("n", max),
        Refusal::Silent => Obstacle::new("loud-sound-silent"),
        Refusal::MostlySilent { share, max } => {
            Obstacle::new("loud-sound-mostly-silent").with("count", percent(share)).with("n", percent(max))
        }
        Refusal::Gap { ms, max } => Obstacle::new("loud-sound-gap").with("count", ms / 1000).with("n", max / 1000),
        Refusal::Clipped { share, max } => {
            Obstacle::new("loud-sound-clipped").with("count", percent(share)).with("n", percent(max))
        }
        Refusal::Quiet { lufs, min } => {
            Obstacle::new("loud-sound-quiet").with("count", lufs.round() as i64).with("n", min.round() as i64)
        }
    }
}

//! What others say to our inbox. Only of use after [`super::believe`] with the key of the very actor that is named here.

use serde_json::Value;

/// What a call says, as far as a portal listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// `actor` wants to follow `object`; `activity` is what [`super::accept`] names.
    Follow { actor: String, object: String, activity: Value },
    /// `actor` follows `object` no longer.
    Unfollow { actor: String, object: String },
    /// An account is closed and deletes itself.
    Leave { actor: String },
    /// Likes, shares, answers and everything else: not listened to.
    Other { kind: String, actor: String },
    /// Not an activity, or one in another's name.
    Nonsense,
}

/// Reads an activity. `signer` is the owner of the key that signed: nobody speaks for another.
#[must_use]
pub fn hear(activity: &Value, signer: &str) -> Heard {
    let Some((kind, actor)) = activity["type"].as_str().zip(id(&activity["actor"])) else { return Heard::Nonsense };
    if actor != signer {
        return Heard::Nonsense;
    }
    let (object, actor) = (&activity["object"], actor.to_owned());
    match kind {
        "Follow" => match id(object) {
            Some(object) => Heard::Follow { actor, object: object.to_owned(), activity: activity.clone() },
            None => Heard::Nonsense,
        },
        "Undo" if object["type"] == "Follow" => match id(&object["object"]) {
            Some(followed) if id(&object["actor"]) == Some(signer) => Heard::Unfollow { actor, object: followed.to_owned() },
            _ => Heard::Nonsense,
        },
        "Delete" if id(object) == Some(signer) => Heard::Leave { actor },
        kind => Heard::Other { kind: kind.to_owned(), actor },
    }
}

/// A thing is named by its id, or is there itself and has one.
fn id(thing: &Value) -> Option<&str> {
    thing.as_str().or_else(|| thing["id"].as_str())
}

//! What happened to the files of the library, in words.

use super::changes::of_asset;
use super::{Teller, Telling};
use crate::base::Fact;

impl Teller<'_> {
    pub(super) fn asset(&self, fact: &Fact) -> Telling {
        let l = self.l;
        Telling::new(match fact {
            Fact::AssetUploaded { name, sha256, .. } => {
                return Telling::new(l.t1("ledger-asset-uploaded", "name", name)).with(vec![format!("SHA-256 {sha256}")]);
            }
            Fact::AssetReferenced { name, .. } => l.t1("ledger-asset-referenced", "name", name),
            Fact::UploadRefused { name, cause } => {
                return Telling::new(l.t1("ledger-upload-refused", "name", name)).with(vec![cause.clone()]);
            }
            Fact::AssetDescribed { name, changes } => {
                return Telling::new(l.t1("ledger-asset-described", "name", name)).with(self.each(changes, of_asset));
            }
            Fact::AssetUsed { name, place } => l.t2("ledger-asset-used", "name", name, "place", place),
            Fact::AssetReleased { name, place } => l.t2("ledger-asset-released", "name", name, "place", place),
            Fact::AssetDeleted { name } => l.t1("ledger-asset-deleted", "name", name),
            Fact::AssetRestored { name } => l.t1("ledger-asset-restored", "name", name),
            Fact::AssetCleared { name } => l.t1("ledger-asset-cleared", "name", name),
            _ => return self.unknown(),
        })
    }
}

//! Leads and partners told apart inside one value: by a bracket, or by the word that ends a piece.

use super::super::gazetteer::Gazetteer;
use super::super::parties::whole_list;
use super::super::roles::doers_at;
use super::super::words::Words;
use super::Roles;

/// "Trạm Y tế xã; các thôn phối hợp": the pieces that end so name partners.
pub(super) fn helped(gazetteer: &Gazetteer, value: &str) -> Option<Roles> {
    let helps = |piece: &str| {
        let piece = piece.trim().trim_end_matches('.');
        piece.strip_suffix("phối hợp thực hiện").or_else(|| piece.strip_suffix("phối hợp")).map(str::to_owned)
    };
    let pieces: Vec<&str> = value.split([';', '\n']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let led = |piece: &str| doers_at(gazetteer, &Words::new(piece), 0).map(|doers| doers.names);
    let plain = pieces.first().is_some_and(|first| helps(first).is_none() && !first.contains("phối hợp"));
    if !plain || !pieces.iter().any(|piece| helps(piece).is_some_and(|names| !names.trim().is_empty())) {
        return None;
    }
    let mut roles = Roles::default();
    for piece in pieces {
        match helps(piece) {
            Some(names) => roles.cooperates.extend(whole_list(gazetteer, &names)),
            None => roles.leads.extend(led(piece).unwrap_or_else(|| whole_list(gazetteer, piece))),
        }
    }
    Some(roles)
}

/// "Phòng A (chủ trì), các cơ sở B (phối hợp)".
pub(super) fn bracketed_roles(gazetteer: &Gazetteer, value: &str) -> Option<Roles> {
    let lower = value.to_lowercase();
    if !lower.contains("(chủ trì)") && !lower.contains("(phối hợp)") {
        return None;
    }
    let mut roles = Roles::default();
    let mut rest = value;
    while let Some(open) = rest.find('(') {
        let close = rest[open..].find(')').map_or(rest.len(), |close| open + close + 1);
        let names = whole_list(gazetteer, rest[..open].trim_start_matches([',', ';', ' ']).trim_start_matches("và "));
        if rest[open..close].to_lowercase().contains("phối hợp") {
            roles.cooperates.extend(names);
        } else {
            roles.leads.extend(names);
        }
        rest = &rest[close..];
    }
    Some(roles)
}

#[cfg(test)]
mod tests {
    use super::super::split_roles;
    use super::*;

    #[test]
    fn pieces_of_a_value_have_their_roles() {
        for (value, leads, partners) in [
            ("Trạm Y tế xã; các thôn phối hợp", vec!["Trạm Y tế xã"], vec!["các thôn"]),
            (
                "Phòng Kinh tế chủ trì; Công an xã, Đoàn xã phối hợp thực hiện.",
                vec!["Phòng Kinh tế"],
                vec!["Công an xã", "Đoàn xã"],
            ),
            ("Sở Y tế; phối hợp: Sở Nội vụ", vec!["Sở Y tế"], vec!["Sở Nội vụ"]),
            ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ", vec!["Sở Y tế"], vec!["Sở Nội vụ"]),
        ] {
            let found = split_roles(Gazetteer::standard(), value, false);
            assert_eq!(
                (found.leads, found.cooperates),
                (leads.into_iter().map(str::to_owned).collect(), partners.into_iter().map(str::to_owned).collect()),
                "{value}"
            );
        }
    }
}

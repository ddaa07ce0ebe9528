//! Places in a document: what a reader's words name, and what stands near where they name nothing.

use super::cite::name_of;
use crate::{Error, ErrorCode};
use shelf_law::citation::parse_place;
use shelf_law::{DocumentText, ProvisionId};
use shelf_store::CatalogRow;

/// Near provisions that are offered for one that does not exist.
const MOST: usize = 4;

/// A place as somebody wrote it after `#`: an id, or words.
pub(super) struct Wanted {
    /// What it may mean, the best first, all equally deep.
    pub(super) readings: Vec<ProvisionId>,
    /// An id was written: then it is that one or none.
    exact: bool,
}

impl Wanted {
    /// `None` where the text names no place.
    pub(super) fn parse(text: &str) -> Option<Wanted> {
        let text = text.trim();
        if let Ok(id) = text.parse::<ProvisionId>()
            && (id.as_str().contains('_') || parse_place(text).is_none())
        {
            let readings = vec![id];
            return Some(Wanted {
                readings,
                exact: true,
            });
        }
        let readings = deepest(&parse_place(text)?.candidates());
        (!readings.is_empty()).then_some(Wanted {
            readings,
            exact: false,
        })
    }

    /// The provision that is meant.
    pub(super) fn find(&self, text: &DocumentText) -> Option<ProvisionId> {
        match self.exact {
            true => self
                .readings
                .iter()
                .find(|id| text.find(id).is_some())
                .cloned(),
            false => find(text, &self.readings, false),
        }
    }
}

/// Only what was named counts, in one of its readings; what it stands in is something else.
pub(super) fn deepest(candidates: &[ProvisionId]) -> Vec<ProvisionId> {
    let depth = |id: &ProvisionId| id.as_str().split('.').count();
    let deepest = candidates.first().map_or(0, depth);
    let mut readings = candidates.to_vec();
    readings.retain(|id| depth(id) == deepest);
    readings
}

/// The provision that one of these readings names: in the act itself, else in what was issued with
/// it; the other way round where the citation says so.
pub(super) fn find(
    text: &DocumentText,
    readings: &[ProvisionId],
    in_attachment: bool,
) -> Option<ProvisionId> {
    let ids = || text.blocks.iter().filter_map(|block| block.id.as_ref());
    let in_act = || readings.iter().find(|id| text.find(id).is_some()).cloned();
    let attached = || {
        let ends_with = |id: &&ProvisionId| {
            in_attached(id)
                .is_some_and(|rest| readings.iter().any(|wanted| rest == wanted.as_str()))
        };
        ids().filter(ends_with).min().cloned()
    };
    // `mục 2.4` of a plan, as people cite it, without its phần: where only one has the number.
    let in_some_part = || {
        let ends_with = |id: &&ProvisionId| {
            let id = id.as_str();
            readings.iter().any(|wanted| {
                wanted.as_str().starts_with("muc_")
                    && id
                        .strip_suffix(wanted.as_str())
                        .is_some_and(|rest| rest.ends_with('.'))
            })
        };
        let mut ids = ids();
        let first = ids.find(ends_with)?;
        ids.find(ends_with).is_none().then(|| first.clone())
    };
    match in_attachment {
        true => attached().or_else(in_act),
        false => in_act().or_else(attached).or_else(in_some_part),
    }
}

/// The id within an attachment: `dieu_12a` of `kemtheo_1.dieu_12a`.
fn in_attached(id: &ProvisionId) -> Option<&str> {
    let (first, rest) = id.as_str().split_once('.')?;
    first.starts_with("kemtheo_").then_some(rest)
}

/// What stands near a provision that does not exist: the same in what was issued with the act, then
/// those of the same level around its number, there or in the act, then what it would stand in.
pub(super) fn near(text: &DocumentText, wanted: &ProvisionId) -> Vec<ProvisionId> {
    let ids: Vec<&ProvisionId> = text
        .blocks
        .iter()
        .filter_map(|block| block.id.as_ref())
        .collect();
    // Attachments restart at Điều 1, so the same place without its attachment is near as well.
    let bare = in_attached(wanted).unwrap_or(wanted.as_str());
    let bare_of = |id: &ProvisionId| in_attached(id).unwrap_or(id.as_str()).to_string();
    let mut near: Vec<ProvisionId> = Vec::new();
    near.extend(
        ids.iter()
            .filter(|id| bare_of(id) == bare)
            .map(|id| (*id).clone()),
    );
    let (above, last) = bare.rsplit_once('.').unwrap_or(("", bare));
    let (level, number) = last.split_once('_').unwrap_or((last, ""));
    let mut siblings: Vec<(u64, &ProvisionId)> = ids
        .iter()
        .filter_map(|id| {
            let bare = in_attached(id).unwrap_or(id.as_str());
            let (parent, last) = bare.rsplit_once('.').unwrap_or(("", bare));
            let (its_level, its_number) = last.split_once('_')?;
            (parent == above && its_level == level)
                .then(|| (position(its_number).abs_diff(position(number)), *id))
        })
        .collect();
    siblings.sort_by_key(|(distance, _)| *distance);
    let mut nearest: Vec<ProvisionId> = siblings
        .into_iter()
        .take(3)
        .map(|(_, id)| id.clone())
        .collect();
    nearest.sort_by_key(|id| text.find(id));
    near.extend(nearest);
    let mut parent = wanted
        .as_str()
        .rsplit_once('.')
        .map_or("", |(above, _)| above);
    while !parent.is_empty() {
        if let Some(id) = ids.iter().find(|id| id.as_str() == parent) {
            near.push((*id).clone());
            break;
        }
        parent = parent.rsplit_once('.').map_or("", |(parent, _)| parent);
    }
    let mut seen = std::collections::HashSet::new();
    near.retain(|id| seen.insert(id.clone()));
    near.truncate(MOST);
    near
}

/// Where a number or letter stands in its order: `12a` after 12 and before 13.
fn position(number: &str) -> u64 {
    let end = number.bytes().take_while(u8::is_ascii_digit).count();
    let digits: u64 = number[..end].parse().unwrap_or(0);
    let letter = number[end..].bytes().next().map_or(0, u64::from);
    digits.saturating_mul(256).saturating_add(letter)
}

/// How a reader says an id: `điểm đ khoản 1 Điều 12`. For provisions that exist, the text knows better.
pub(super) fn spoken(id: &ProvisionId) -> String {
    let segments: Vec<String> = id.as_str().split('.').rev().map(spoken_segment).collect();
    segments.join(" ")
}

fn spoken_segment(segment: &str) -> String {
    let Some((level, number)) = segment.split_once('_') else {
        return segment.to_string();
    };
    let letter = match number {
        "dd" => "đ".to_string(),
        _ => number.replace("dd", "đ"),
    };
    match level {
        "dieu" => format!("Điều {letter}"),
        "khoan" => format!("khoản {letter}"),
        "diem" => format!("điểm {letter}"),
        "muc" => format!("mục {}", number.replace('_', ".")),
        "phan" => format!("phần {}", number.replace('_', ".")),
        "phuluc" => format!("phụ lục {}", number.replace('_', ".")),
        "kemtheo" => format!("phần kèm theo {}", number.replace('_', ".")),
        _ => segment.to_string(),
    }
}

/// A name and the place after `#`, where one stands there.
pub(super) fn split_place(what: &str) -> Result<(&str, Option<Wanted>), Error> {
    let Some((name, place)) = what.rsplit_once('#') else {
        return Ok((what.trim(), None));
    };
    let wanted = Wanted::parse(place).ok_or_else(|| {
        let detail = format!("{what}: {place:?} names no provision; write it like dieu_5.khoan_1");
        Error::new(ErrorCode::NotFound, detail).saying(
            &format!(
                "“{place}” không phải điều, khoản, điểm. Hãy viết như: Điều 5, hoặc dieu_5.khoan_1."
            ),
            &format!("“{place}” names no provision. Write it like: Điều 5, or dieu_5.khoan_1."),
        )
    })?;
    Ok((name.trim(), Some(wanted)))
}

/// Says that a document has no such provision, and which near ones it has.
pub(super) fn no_such_place(
    name: &str,
    row: &CatalogRow,
    text: &DocumentText,
    wanted: &Wanted,
) -> Error {
    let id = wanted.readings.first();
    let spoken = id.map(spoken).unwrap_or_default();
    let act = name_of(row);
    let near = id.map_or_else(Vec::new, |id| near(text, id));
    let near: Vec<String> = near
        .iter()
        .filter_map(|id| {
            let index = text.find(id)?;
            let label = text.citation_label(index);
            let attached = id.as_str().starts_with("kemtheo_");
            let of = if attached {
                " (ban hành kèm theo)"
            } else {
                ""
            };
            Some(format!("{label}{of} (#{id})"))
        })
        .collect();
    let ids = id.map_or_else(String::new, ToString::to_string);
    let detail = format!("{name}: has no provision {ids}; shelf show {name} --outline lists them");
    let (offered, offered_english) = match near.is_empty() {
        true => (String::new(), String::new()),
        false => (
            format!(" Gần đó có: {}.", near.join("; ")),
            format!(" Near it are: {}.", near.join("; ")),
        ),
    };
    Error::new(ErrorCode::NotFound, detail).saying(
        &format!("Không có {spoken} trong {act}.{offered} Xem đủ mã bằng --outline."),
        &format!("There is no {spoken} in {act}.{offered_english} --outline lists all ids."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use shelf_law::{Block, Level};

    fn text(ids: &[&str]) -> DocumentText {
        let block = |id: &&str| Block {
            id: Some(id.parse().unwrap()),
            ..Block::new(Level::Article, 0)
        };
        DocumentText {
            blocks: ids.iter().map(block).collect(),
        }
    }

    fn found(text: &DocumentText, wanted: &str) -> Option<String> {
        Some(Wanted::parse(wanted)?.find(text)?.to_string())
    }

    #[test]
    fn words_are_looked_up_in_the_act_and_then_in_what_came_with_it() {
        let text = text(&[
            "dieu_2",
            "dieu_2.khoan_1",
            "kemtheo_1.dieu_2",
            "kemtheo_1.dieu_12a",
        ]);
        assert_eq!(found(&text, "Điều 2").unwrap(), "dieu_2");
        assert_eq!(found(&text, "dieu 2").unwrap(), "dieu_2");
        assert_eq!(found(&text, "khoản 1 Điều 2").unwrap(), "dieu_2.khoan_1");
        assert_eq!(found(&text, "Điều 12a").unwrap(), "kemtheo_1.dieu_12a");
        assert_eq!(found(&text, "dieu_12a"), None, "an id is that one or none");
        assert_eq!(found(&text, "Điều 3"), None);
        assert!(Wanted::parse("nghĩa trang").is_none());
    }

    #[test]
    fn near_a_missing_place_stand_its_twin_its_neighbours_and_what_it_would_stand_in() {
        let text = text(&[
            "dieu_1",
            "dieu_2",
            "dieu_2.khoan_1",
            "dieu_2.khoan_2",
            "dieu_3",
            "dieu_9",
            "kemtheo_1.dieu_12a",
        ]);
        let near = |id: &str| -> Vec<String> {
            let near = super::near(&text, &id.parse().unwrap());
            near.iter().map(ToString::to_string).collect()
        };
        assert_eq!(near("dieu_12a")[0], "kemtheo_1.dieu_12a");
        assert!(near("dieu_12").contains(&"kemtheo_1.dieu_12a".to_string()));
        assert_eq!(near("dieu_8"), ["dieu_3", "dieu_9", "kemtheo_1.dieu_12a"]);
        assert_eq!(
            near("dieu_2.khoan_7"),
            ["dieu_2.khoan_1", "dieu_2.khoan_2", "dieu_2"]
        );
    }

    #[test]
    fn an_id_is_said_as_a_reader_cites_it() {
        let spoken = |id: &str| super::spoken(&id.parse().unwrap());
        assert_eq!(spoken("dieu_12.khoan_1.diem_dd"), "điểm đ khoản 1 Điều 12");
        assert_eq!(spoken("phan_3.muc_2_4"), "mục 2.4 phần 3");
        assert_eq!(spoken("dieu_12dd"), "Điều 12đ");
    }
}

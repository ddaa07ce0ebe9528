//! Administrative units and authorities, old and new. Since 1 July 2025 there is no district level, and
//! provinces and communes are others than before; texts of the time before name the old ones. The text
//! of the law is never rewritten: what is found here is a hint, and words to search besides.

use super::phrases::{Accents, Phrases, Word};
use crate::Date;
use crate::tables::Faults;
use serde_json::Value;
use std::sync::LazyLock;

/// New units that a hint names before it counts the rest.
const MOST_NAMED: usize = 8;
/// Units that one name may stand for and that are told.
const MOST_MEANT: usize = 4;

/// Words for a unit, with the letters that stand for them, by level.
const KINDS: &[(&str, &[&str])] = &[
    ("Tỉnh", &["tỉnh"]),
    ("Thành phố", &["thành phố", "tp", "t p"]),
    ("Thị xã", &["thị xã", "tx"]),
    ("Huyện", &["huyện"]),
    ("Quận", &["quận"]),
    ("Thị trấn", &["thị trấn", "tt"]),
    ("Phường", &["phường"]),
    ("Xã", &["xã"]),
];

/// The table of units and authorities.
#[derive(Clone, Debug, Default)]
pub struct Units {
    since: Option<Date>,
    provinces: Phrases<Province>,
    /// Provinces by name alone: `hòa bình` is peace, `Hòa Bình` the province.
    named: Phrases<Province>,
    /// By kind and name (`Huyện Chư Prông`), each with what people write for the kind.
    units: Phrases<OldUnit>,
    /// Communes of today, by kind and name, with the old ones that they are made of.
    today: Phrases<Vec<String>>,
    authorities: Phrases<Authority>,
    /// Provinces of today, by kind and name, and by name alone.
    current: Phrases<()>,
    bare: Phrases<()>,
}

/// Words by which people say that they ask for what is said in their own place.
const HERE: [&str; 14] = [
    "của tỉnh",
    "tỉnh ta",
    "tỉnh mình",
    "tỉnh nhà",
    "xã ta",
    "xã mình",
    "phường mình",
    "làng mình",
    "địa phương mình",
    "ubnd tỉnh",
    "ủy ban nhân dân tỉnh",
    "hđnd tỉnh",
    "hội đồng nhân dân tỉnh",
    "sở tư pháp",
];

#[derive(Clone, PartialEq, Eq, Debug)]
struct Province {
    old: String,
    now: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct OldUnit {
    name: String,
    /// `huyện Chư Prông`, and for a district its province.
    within: String,
    now: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Authority {
    now: String,
    since: Option<Date>,
    basis: Option<String>,
}

/// What a unit or an authority in a question is today.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Today {
    /// Words of the question that name it.
    pub(crate) count: usize,
    /// What to tell.
    pub(crate) says: String,
    /// Today's name, where there is one alone.
    pub(crate) name: Option<String>,
}

impl Units {
    /// Reads `{"since":"2025-07-01","provinces":{"Tỉnh Bình Định":"Tỉnh Gia Lai"},
    /// "districts":{"Tỉnh Gia Lai":{"Huyện Chư Prông":{"Xã Bình Giáo":"Xã Bàu Cạn"}}},
    /// "authorities":{"Công an cấp huyện":{"typed":["công an huyện"],"now":"…","since":"…","basis":"…"}}}`.
    pub(crate) fn read(table: &Value, faults: &mut Faults) -> Units {
        let mut units = Units {
            since: date(table.get("since"), "since", faults),
            ..Units::default()
        };
        for (old, value) in faults.entries(table, "provinces") {
            units.add_province(old, value, faults);
        }
        let mut made_of: Vec<(String, Vec<String>)> = Vec::new();
        for (province, value) in faults.entries(table, "districts") {
            let Some(province) = faults.short("districts", province) else {
                continue;
            };
            for (district, communes) in faults.entries(&value_map(&province, value), &province) {
                units.add_district(&province, district, communes, &mut made_of, faults);
            }
        }
        for (now, old) in made_of {
            for spelt in spellings(&now) {
                units.today.add(&spelt, old.clone());
            }
        }
        for (name, value) in faults.entries(table, "authorities") {
            units.add_authority(name, value, faults);
        }
        units
    }

    fn add_province(&mut self, old: &str, value: &Value, faults: &mut Faults) {
        let Some(old) = faults.short("provinces", old) else {
            return;
        };
        let now = faults.meanings(&format!("provinces › {old}"), value);
        let [now] = &now[..] else {
            faults.add(format!("provinces › {old}"), "needs one province of today");
            return;
        };
        let province = Province {
            old: old.clone(),
            now: now.clone(),
        };
        let bare = old.strip_prefix("Tỉnh ").unwrap_or(&old);
        for name in [&old, now] {
            for phrase in spellings(name) {
                self.current.add(&phrase, ());
            }
            let kinds = ["Tỉnh ", "Thành phố "];
            let bare = kinds.iter().find_map(|kind| name.strip_prefix(kind));
            self.bare.add(bare.unwrap_or(name), ());
        }
        for phrase in spellings(&old) {
            self.provinces.add(&phrase, province.clone());
        }
        self.named.add(bare, province);
    }

    fn add_district(
        &mut self,
        province: &str,
        district: &str,
        communes: &Value,
        made_of: &mut Vec<(String, Vec<String>)>,
        faults: &mut Faults,
    ) {
        let Some(district) = faults.short(province, district) else {
            return;
        };
        let mut all = Vec::new();
        for (commune, value) in faults.entries(&value_map(&district, communes), &district) {
            let Some(commune) = faults.short(&district, commune) else {
                continue;
            };
            let now = faults.meanings(&format!("{district} › {commune}"), value);
            for new in &now {
                if !all.contains(new) {
                    all.push(new.clone());
                }
                let from = format!("{} ({})", lower_kind(&commune), lower_kind(&district));
                match made_of.iter_mut().find(|(name, _)| name == new) {
                    Some((_, old)) => old.push(from),
                    None => made_of.push((new.clone(), vec![from])),
                }
            }
            let unit = OldUnit {
                name: commune.clone(),
                within: lower_kind(&district),
                now,
            };
            for spelt in spellings(&commune) {
                self.units.add(&spelt, unit.clone());
            }
        }
        let unit = OldUnit {
            name: district.clone(),
            within: lower_kind(province),
            now: all,
        };
        for spelt in spellings(&district) {
            self.units.add(&spelt, unit.clone());
        }
    }

    fn add_authority(&mut self, name: &str, value: &Value, faults: &mut Faults) {
        let Some(name) = faults.short("authorities", name) else {
            return;
        };
        let entry = format!("authorities › {name}");
        let empty = Value::Null;
        let now = faults.meanings(&entry, value.get("now").unwrap_or(&empty));
        let typed = faults.meanings(&entry, value.get("typed").unwrap_or(&empty));
        let Some(now) = now.into_iter().next() else {
            return;
        };
        let basis = value.get("basis").and_then(Value::as_str);
        let authority = Authority {
            now,
            since: date(value.get("since"), &entry, faults),
            basis: basis.filter(|basis| basis.len() <= 200).map(str::to_string),
        };
        for phrase in std::iter::once(name).chain(typed) {
            self.authorities.add(&phrase, authority.clone());
        }
    }

    /// The old unit, or the new one, whose name opens these words.
    pub(crate) fn unit_at(&self, words: &[Word], accented: bool) -> Option<Today> {
        let old = self.units.at_start(words, Accents::None, accented);
        let today = self.today.at_start(words, Accents::None, accented);
        let named = || {
            let found = self.named.at_start(words, Accents::OfQuestion, accented);
            found.filter(|(_, count)| words[..*count].iter().all(|word| word.is_named))
        };
        let province = self
            .provinces
            .at_start(words, Accents::OfQuestion, accented)
            .or_else(named);
        let longest = [
            old.as_ref().map_or(0, |(_, count)| *count),
            today.as_ref().map_or(0, |(_, count)| *count),
            province.as_ref().map_or(0, |(_, count)| *count),
        ];
        let count = longest.into_iter().max().filter(|count| *count > 0)?;
        if let Some((meant, _)) = old.filter(|(_, own)| *own == count)
            && let Some(found) = self.old_unit(&meant, words, count, accented)
        {
            return Some(found);
        }
        if let Some((meant, _)) = today.filter(|(_, own)| *own == count) {
            let old = meant.first()?;
            return Some(Today {
                count,
                says: format!("gồm {} (cũ)", listed(old)),
                name: None,
            });
        }
        let (meant, _) = province.filter(|(_, own)| *own == count)?;
        let province = meant.first()?;
        Some(Today {
            count,
            says: format!(
                "{}{} nay thuộc {}",
                lower_kind(&province.old),
                self.before(),
                lower_kind(&province.now)
            ),
            name: Some(province.now.clone()),
        })
    }

    fn old_unit(
        &self,
        meant: &[&OldUnit],
        words: &[Word],
        count: usize,
        accented: bool,
    ) -> Option<Today> {
        // `xã Tân An, huyện Đak Pơ`: the district named next says which one is meant.
        let next = self
            .units
            .at_start(words.get(count..)?, Accents::None, accented);
        let district = next.map(|(units, _)| lower_kind(&units[0].name));
        let of_district = |unit: &&&OldUnit| Some(&unit.within) == district.as_ref();
        let mut chosen: Vec<&OldUnit> = meant.iter().filter(of_district).copied().collect();
        if chosen.is_empty() {
            chosen = meant.to_vec();
        }
        // One that goes on under its name needs no word.
        chosen.retain(|unit| unit.now != [unit.name.clone()]);
        let first = *chosen.first()?;
        let told: Vec<String> = chosen
            .iter()
            .take(MOST_MEANT)
            .map(|unit| {
                format!(
                    "{} thuộc {}{} nay là {}",
                    lower_kind(&unit.name),
                    unit.within,
                    self.before(),
                    listed(&unit.now)
                )
            })
            .collect();
        let alone = chosen
            .iter()
            .all(|unit| unit.now.len() == 1 && unit.now == first.now);
        Some(Today {
            count,
            says: told.join("; "),
            name: first.now.first().filter(|_| alone).cloned(),
        })
    }

    /// Whether a place opens these words: a province, a district, a commune, of before or of today, or
    /// words for one's own place.
    pub(crate) fn place_at(&self, words: &[Word], accented: bool) -> bool {
        static OWN: LazyLock<Phrases<()>> = LazyLock::new(|| {
            let mut phrases = Phrases::default();
            HERE.iter().for_each(|words| phrases.add(words, ()));
            phrases
        });
        let opens = |phrases: &Phrases<()>| {
            let found = phrases.at_start(words, Accents::OfQuestion, accented);
            found.map(|(_, count)| &words[..count])
        };
        // `hòa bình` is peace, `Hòa Bình` a province; without accents a name is taken for one.
        let is_name =
            |words: &[Word]| words.iter().all(|word| word.is_named) || !accented && words.len() > 1;
        let of_old = || {
            self.units
                .at_start(words, Accents::None, accented)
                .is_some()
        };
        let of_today = || {
            self.today
                .at_start(words, Accents::None, accented)
                .is_some()
        };
        opens(&OWN).is_some()
            || opens(&self.current).is_some()
            || opens(&self.bare).is_some_and(is_name)
            || of_old()
            || of_today()
    }

    /// The authority that opens these words, as it is today.
    pub(crate) fn authority_at(&self, words: &[Word], accented: bool) -> Option<Today> {
        let (found, count) = self
            .authorities
            .at_start(words, Accents::OfQuestion, accented)?;
        let authority = found.first()?;
        let since = authority
            .since
            .map(|day| format!("từ {} ", day.vietnamese()));
        let basis = authority.basis.as_ref().map(|basis| format!(" ({basis})"));
        Some(Today {
            count,
            says: format!(
                "{}là {}{}",
                since.unwrap_or_else(|| "nay ".to_string()),
                authority.now,
                basis.unwrap_or_default()
            ),
            name: None,
        })
    }

    fn before(&self) -> String {
        self.since
            .map_or_else(String::new, |day| format!(" trước {}", day.vietnamese()))
    }

    #[cfg(test)]
    pub(crate) fn communes_of_today(&self) -> usize {
        self.today.len()
    }
}

/// A part of a part of a table, for [`Faults::entries`].
fn value_map(name: &str, value: &Value) -> Value {
    let mut map = serde_json::Map::new();
    map.insert(name.to_string(), value.clone());
    Value::Object(map)
}

fn date(value: Option<&Value>, entry: &str, faults: &mut Faults) -> Option<Date> {
    let value = value?;
    let day = value.as_str().and_then(|text| text.parse().ok());
    if day.is_none() {
        faults.add(
            format!("{entry} › since"),
            "must be a day as \"2025-07-01\"",
        );
    }
    day
}

/// The ways in which a unit's name is written: with each word for its kind.
fn spellings(name: &str) -> Vec<String> {
    for (kind, written) in KINDS {
        if let Some(rest) = name
            .strip_prefix(kind)
            .and_then(|rest| rest.strip_prefix(' '))
        {
            return written
                .iter()
                .map(|kind| format!("{kind} {rest}"))
                .collect();
        }
    }
    vec![name.to_string()]
}

/// `Huyện Chư Prông` in a sentence: `huyện Chư Prông`.
fn lower_kind(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(MOST_NAMED)
        .map(|name| lower_kind(name))
        .collect();
    match names.len().saturating_sub(MOST_NAMED) {
        0 => shown.join(", "),
        more => format!("{} và {more} đơn vị khác", shown.join(", ")),
    }
}

//! Laws by what people call them.

use super::super::Library;
use crate::Error;
use shelf_law::kind::{DocumentKind, kind_from_wording};
use shelf_law::tokens::folded_terms;
use std::collections::HashMap;

/// Acts by their folded names. A name also stands here without `và`, and its words as their initials.
pub(crate) struct Titles(HashMap<String, Vec<u64>>);

impl Titles {
    /// Reads the names of all laws of the catalogue.
    pub(super) fn read(library: &Library) -> Result<Titles, Error> {
        let mut titles: HashMap<String, Vec<u64>> = HashMap::new();
        library.catalog.for_each_browse(|row| {
            if row.withdrawn.is_some() || row.product.is_some() {
                return Ok::<_, Error>(());
            }
            // Most acts are known by their number alone, and folding their titles takes time.
            let kind = row.kind.as_deref().and_then(kind_from_wording);
            if kind.is_some_and(|kind| !is_called_by_name(kind)) {
                return Ok(());
            }
            let number = row.number.as_deref().map(folded_terms);
            let names = names_of(&folded_terms(&row.title), number.as_deref());
            let mut keys: Vec<String> = names.iter().flat_map(|name| loose(name)).collect();
            keys.extend(names);
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                titles.entry(key).or_default().push(row.id.key());
            }
            Ok(())
        })?;
        Ok(Titles(titles))
    }

    /// The acts of this folded name; else those whose name is this but for `và`; else those whose
    /// initials it has.
    pub(super) fn named(&self, name: &str) -> &[u64] {
        let exact = self.0.get(name);
        let found = exact.or_else(|| {
            let mut keys = vec![format!("~{}", without_and(name))];
            keys.extend(name.rsplit_once(' ').and_then(|(kind, letters)| {
                let initials = (2..=12).contains(&letters.len());
                initials.then(|| format!("#{kind} {letters}"))
            }));
            keys.iter().find_map(|key| self.0.get(key))
        });
        found.map_or(&[], Vec::as_slice)
    }
}

fn is_called_by_name(kind: DocumentKind) -> bool {
    use DocumentKind::{Code, Consolidation, Constitution, Law, Ordinance};
    matches!(kind, Code | Constitution | Consolidation | Law | Ordinance)
}

fn without_and(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').filter(|word| *word != "va").collect();
    words.join(" ")
}

/// The keys under which a name is also found.
fn loose(name: &str) -> Vec<String> {
    let without = without_and(name);
    let mut keys = vec![format!("~{without}")];
    let kind = KINDS.iter().find(|kind| name.starts_with(**kind));
    if let Some(kind) = kind {
        for words in [name, &without] {
            let initials: String = words[kind.len()..]
                .split(' ')
                .filter_map(|word| word.chars().next())
                .collect();
            if initials.len() > 1 {
                keys.push(format!("#{kind}{initials}"));
            }
        }
    }
    keys
}

const KINDS: [&str; 4] = ["luat ", "bo luat ", "phap lenh ", "hien phap "];

/// What stands between the kind and the name in some titles.
const FILLERS: [&str; 7] = [
    "cua quoc hoi nuoc cong hoa xa hoi chu nghia viet nam ",
    "cua quoc hoi ",
    "cua uy ban thuong vu quoc hoi ",
    "khong so ",
    "so ",
    "ve viec ",
    "ve ",
];

/// What an act with this folded title is called: the title from the words that name its kind on,
/// without its number, with and without a year at the end. `luat 57 2020 qh14 luat thanh nien` is
/// `luat thanh nien`.
fn names_of(title: &str, number: Option<&str>) -> Vec<String> {
    let title = without_number(title, number);
    let mut starts: Vec<usize> = std::iter::once(0)
        .chain(title.match_indices(' ').map(|(at, _)| at + 1))
        .filter(|at| {
            let rest = &title[*at..];
            rest == "hien phap" || KINDS.iter().any(|kind| rest.starts_with(kind))
        })
        .collect();
    // `bo luat lao dong` is no `luat lao dong`; and of `luat sua doi luat dat dai` only the whole
    // counts, unless what stands before the inner kind is a number.
    starts.retain(|at| !title[..*at].ends_with("bo "));
    let mut names = Vec::new();
    for (index, start) in starts.iter().enumerate() {
        let between = if index == 0 {
            &title[..*start]
        } else {
            &title[starts[0]..*start]
        };
        let only_number = between
            .split(' ')
            .filter(|term| !term.is_empty())
            .all(|term| {
                term.bytes().any(|b| b.is_ascii_digit())
                    || ["luat", "bo", "phap", "lenh", "so", "hien"].contains(&term)
            });
        if only_number {
            push_name(&mut names, &title[*start..]);
        }
    }
    names
}

fn push_name(names: &mut Vec<String>, name: &str) {
    let mut push = |name: &str| {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_string());
        }
    };
    push(name);
    let kind = KINDS.iter().find(|kind| name.starts_with(**kind));
    let kind = kind.copied().unwrap_or("");
    let mut rest = &name[kind.len()..];
    while let Some(after) = FILLERS.iter().find_map(|filler| rest.strip_prefix(filler)) {
        rest = after;
    }
    for _ in 0..3 {
        let (before, last) = rest.rsplit_once(' ').unwrap_or(("", rest));
        let year = last.len() == 4 && last.bytes().all(|b| b.is_ascii_digit());
        rest = match () {
            () if year => before.trim_end_matches(" nam"),
            () if last == "so" => before,
            () => rest.strip_suffix(" sua doi").unwrap_or(rest),
        };
    }
    if !rest.is_empty() || kind == "hien phap " {
        push(format!("{kind}{rest}").trim_end());
    }
}

/// The title without the terms of the number, where it holds them.
fn without_number(title: &str, number: Option<&str>) -> String {
    let Some(number) = number.filter(|number| !number.is_empty()) else {
        return title.to_string();
    };
    let padded = format!(" {title} ");
    let Some(at) = padded.find(&format!(" {number} ")) else {
        return title.to_string();
    };
    let rest = &padded[at + number.len() + 1..];
    format!("{}{rest}", &padded[..at]).trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::names_of;

    fn called(title: &str, number: Option<&str>, name: &str) -> bool {
        names_of(title, number).iter().any(|own| own == name)
    }

    #[test]
    fn an_act_is_called_by_what_follows_its_number() {
        let number = Some("57 2020 qh14");
        let title = "luat 57 2020 qh14 luat thanh nien";
        assert!(called(title, number, "luat thanh nien"));
        assert!(called(title, None, "luat thanh nien"));
        let title = "bo luat 100 2015 qh13 hinh su";
        assert!(called(title, Some("100 2015 qh13"), "bo luat hinh su"));
        let title = "luat hoat dong giam sat so 121 2025 qh15";
        let number = Some("121 2025 qh15");
        assert!(called(title, number, "luat hoat dong giam sat"));
        let title = "luat cua quoc hoi nuoc cong hoa xa hoi chu nghia viet nam so 27 2001 qh10 ve \
                     phong chay va chua chay";
        let number = Some("27 2001 qh10");
        assert!(called(title, number, "luat phong chay va chua chay"));
        assert!(called("hien phap 2013", None, "hien phap"));
    }

    #[test]
    fn a_year_at_the_end_may_be_left_out() {
        assert_eq!(
            names_of("bo luat lao dong 2019", None),
            ["bo luat lao dong 2019", "bo luat lao dong"]
        );
        assert_eq!(names_of("luat dat dai", None), ["luat dat dai"]);
    }

    #[test]
    fn an_amending_act_is_not_the_act_that_it_amends() {
        assert_eq!(
            names_of("luat sua doi bo sung mot so dieu cua luat dat dai", None),
            ["luat sua doi bo sung mot so dieu cua luat dat dai"]
        );
        let guiding = "nghi dinh quy dinh chi tiet luat dat dai";
        assert!(names_of(guiding, None).is_empty());
    }
}

//! What a citation means on this shelf. A citation that names nothing here gives nothing: the list
//! below it says what is near, and nothing pretends to be what was asked for.

use super::hit::SearchCitation;
use super::{Library, place};
use crate::Error;
use shelf_law::ProvisionId;
use shelf_law::citation::{ActMention, NameMention, NumberMention, QueryCitation};
use shelf_law::number::DocumentNumber;
use shelf_law::tokens::folded_terms;
use shelf_law::{Date, ValidityState};
use shelf_store::CatalogRow;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Acts that one citation may offer for a choice.
const MOST: usize = 10;

/// A document, and the provision in it, that a query cites.
pub(crate) struct Cited {
    pub(crate) row: CatalogRow,
    pub(crate) provision: Option<ProvisionId>,
}

/// Acts by their folded names: what stands in a title after the kind and number are taken off.
pub(crate) struct Titles(HashMap<String, Vec<u64>>);

impl Library {
    /// The documents and provisions that a citation means, the likeliest first; and the place named
    /// where the likeliest document has none such, and no other one has it.
    pub(super) fn resolved(
        &mut self,
        citation: &QueryCitation,
    ) -> Result<(Vec<Cited>, Option<SearchCitation>), Error> {
        let Some(act) = &citation.act else {
            return Ok((Vec::new(), None));
        };
        let mut rows = match act {
            ActMention::Number(number) => self.by_number(number)?,
            ActMention::Name(name) => self.by_name(name, citation)?,
            ActMention::Abbreviation(act) => {
                self.by_titles(std::iter::once(act.folded()), act.year)?
            }
        };
        rows.retain(|row| row.browse.withdrawn.is_none());
        self.likeliest_first(&mut rows);
        rows.truncate(MOST);
        let candidates = citation.provision_candidates();
        let mut cited: Vec<Cited> = Vec::new();
        let mut missing = None;
        for row in rows {
            let place = self.provision_in(&row, citation, &candidates)?;
            if let (Place::Nowhere, Some(id)) = (&place, candidates.first()) {
                missing.get_or_insert_with(|| SearchCitation {
                    document: row.browse.id.clone(),
                    name: name_of(&row),
                    missing: place::spoken(id),
                });
            }
            match place {
                Place::Whole => cited.push(Cited {
                    row,
                    provision: None,
                }),
                Place::Provision(id) => cited.push(Cited {
                    row,
                    provision: Some(id),
                }),
                // The act is meant beyond doubt; where in it, is not known, and nothing is pretended.
                Place::Nowhere | Place::Unknown if matches!(act, ActMention::Number(_)) => {
                    cited.push(Cited {
                        row,
                        provision: None,
                    });
                }
                Place::Nowhere | Place::Unknown => {}
            }
        }
        let placed = cited.iter().any(|cited| cited.provision.is_some());
        Ok((cited, missing.filter(|_| !placed)))
    }

    fn by_number(&self, typed: &NumberMention) -> Result<Vec<CatalogRow>, Error> {
        let mut rows = self.catalog.by_sequence(&typed.sequence)?;
        rows.retain(|row| {
            let number = row.browse.number.as_deref().and_then(DocumentNumber::parse);
            number.is_some_and(|number| typed.matches(&number) && kind_agrees(typed, row))
        });
        if let Some(day) = typed.issued {
            rows.retain(|row| row.browse.issued.is_none_or(|issued| issued == day));
        }
        if let Some(year) = typed.year {
            let carries = |row: &CatalogRow| number_year(row) == Some(year);
            if rows.iter().any(carries) {
                rows.retain(carries);
            } else {
                // A number without a year of its own: the year typed is that of issue or, often the
                // next one, of first effect.
                rows.retain(|row| {
                    let years = [row.browse.issued, row.browse.validity.effective];
                    years
                        .into_iter()
                        .flatten()
                        .any(|day| day.year() == year.cast_signed())
                });
            }
        }
        Ok(rows)
    }

    fn by_name(
        &mut self,
        name: &NameMention,
        citation: &QueryCitation,
    ) -> Result<Vec<CatalogRow>, Error> {
        let full = name.terms.len();
        for (count, title) in name.titles() {
            // A year counts only after the whole of the words.
            let year = name.year.filter(|_| count == full);
            let rows = self.by_titles(std::iter::once(title), year)?;
            if rows.is_empty() {
                continue;
            }
            // Words that are left over make it a question about the act, not a citation of it,
            // unless a provision is named too.
            let cites = count == full || citation.provision.is_some();
            return Ok(if cites { rows } else { Vec::new() });
        }
        Ok(Vec::new())
    }

    pub(super) fn by_titles(
        &mut self,
        titles: impl Iterator<Item = String>,
        year: Option<u16>,
    ) -> Result<Vec<CatalogRow>, Error> {
        if self.titles.is_none() {
            self.titles = Some(Titles::read(self)?);
        }
        let known = self.titles.as_ref().map(|titles| &titles.0);
        let mut rows = Vec::new();
        for title in titles {
            for key in known
                .and_then(|known| known.get(&title))
                .into_iter()
                .flatten()
            {
                rows.extend(self.catalog.by_key(*key)?);
            }
        }
        if let Some(year) = year {
            rows.retain(|row| {
                let years = [row.browse.issued, row.browse.validity.effective];
                number_year(row) == Some(year)
                    || years
                        .into_iter()
                        .flatten()
                        .any(|day| day.year() == year.cast_signed())
                    || folded_terms(&row.browse.title).ends_with(&format!(" {year}"))
            });
        }
        Ok(rows)
    }

    /// In force before dead, an original before its consolidation, newest first.
    pub(super) fn likeliest_first(&self, rows: &mut [CatalogRow]) {
        let today = self.today();
        rows.sort_by_key(|row| {
            let dead = matches!(
                row.browse.validity.on(today),
                ValidityState::Expired | ValidityState::NoLongerSuitable
            );
            let product = row.browse.product.is_some();
            let consolidated = row.browse.number.as_deref().is_some_and(is_consolidation);
            (
                product,
                dead,
                consolidated,
                Reverse(day_of(row)),
                row.browse.id.clone(),
            )
        });
    }

    fn provision_in(
        &mut self,
        row: &CatalogRow,
        citation: &QueryCitation,
        candidates: &[ProvisionId],
    ) -> Result<Place, Error> {
        if citation.provision.is_none() {
            return Ok(Place::Whole);
        }
        let readings = place::deepest(candidates);
        if readings.is_empty() {
            return Ok(Place::Unknown);
        }
        if let Ok(file) = self.text_of(row) {
            let id = place::find(&file.text, &readings, citation.in_attachment);
            return Ok(id.map_or(Place::Nowhere, Place::Provision));
        }
        let headings = self.catalog.headings(&row.browse.id)?;
        let known = headings
            .into_iter()
            .flat_map(|row| row.headings)
            .map(|(id, _)| id);
        Ok(known
            .filter(|id| readings.contains(id))
            .min()
            .map_or(Place::Unknown, Place::Provision))
    }
}

enum Place {
    Whole,
    Provision(ProvisionId),
    /// The text is here and has no such place.
    Nowhere,
    /// Only its headings are here, and they do not name the place.
    Unknown,
}

impl Titles {
    fn read(library: &Library) -> Result<Titles, Error> {
        let mut titles: HashMap<String, Vec<u64>> = HashMap::new();
        library.catalog.for_each(|row| {
            let browse = &row.browse;
            if browse.withdrawn.is_none() && browse.product.is_none() {
                for name in names_of(&folded_terms(&browse.title)) {
                    titles.entry(name).or_default().push(browse.id.key());
                }
            }
            Ok::<_, Error>(())
        })?;
        Ok(Titles(titles))
    }
}

/// What an act with this folded title is called: the title from the words that name its kind on,
/// with and without a year at the end. `luat 57 2020 qh14 luat thanh nien` is `luat thanh nien`.
fn names_of(title: &str) -> Vec<String> {
    const KINDS: [&str; 4] = ["luat ", "bo luat ", "phap lenh ", "hien phap"];
    let mut starts: Vec<usize> = std::iter::once(0)
        .chain(title.match_indices(' ').map(|(at, _)| at + 1))
        .filter(|at| KINDS.iter().any(|kind| title[*at..].starts_with(kind)))
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
            let name = &title[*start..];
            names.push(name.to_string());
            if let Some((rest, last)) = name.rsplit_once(' ')
                && last.len() == 4
                && last.bytes().all(|b| b.is_ascii_digit())
            {
                names.push(rest.trim_end_matches(" nam").to_string());
            }
        }
    }
    names
}

/// How a document is called in a sentence: by its number, else by its title.
pub(super) fn name_of(row: &CatalogRow) -> String {
    let number = row.browse.number.clone();
    number.unwrap_or_else(|| row.browse.title.clone())
}

fn number_year(row: &CatalogRow) -> Option<u16> {
    row.browse
        .number
        .as_deref()
        .and_then(DocumentNumber::parse)?
        .year()
}

/// A kind that was typed agrees with that of the document, where both are known.
fn kind_agrees(typed: &NumberMention, row: &CatalogRow) -> bool {
    let own = row
        .browse
        .kind
        .as_deref()
        .and_then(shelf_law::kind::kind_from_wording);
    match (typed.kind, own) {
        (Some(typed), Some(own)) => typed == own,
        _ => true,
    }
}

fn is_consolidation(number: &str) -> bool {
    shelf_law::fold::fold(number).contains("vbhn")
}

fn day_of(row: &CatalogRow) -> Option<Date> {
    row.browse.issued.or(row.browse.validity.effective)
}

#[cfg(test)]
mod tests {
    use super::names_of;

    #[test]
    fn an_act_is_called_by_what_follows_its_number() {
        assert!(
            names_of("luat 57 2020 qh14 luat thanh nien").contains(&"luat thanh nien".to_string())
        );
        assert_eq!(
            names_of("bo luat lao dong 2019"),
            ["bo luat lao dong 2019", "bo luat lao dong"]
        );
        assert_eq!(names_of("luat dat dai"), ["luat dat dai"]);
        assert_eq!(
            names_of("luat sua doi bo sung mot so dieu cua luat dat dai"),
            ["luat sua doi bo sung mot so dieu cua luat dat dai"],
            "an amending act is not the act that it amends"
        );
        assert!(names_of("nghi dinh quy dinh chi tiet luat dat dai").is_empty());
    }
}

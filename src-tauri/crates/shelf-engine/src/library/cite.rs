//! What a citation means on this shelf. A citation that names nothing here gives nothing: the list
//! below it says what is near, and nothing pretends to be what was asked for.

mod leftover;
mod number;
mod titles;

use super::hit::{CitationChoice, SearchCitation};
use super::texts::structure;
use super::{Library, place};
use crate::Error;
use shelf_law::citation::{ActMention, NameMention, QueryCitation};
use shelf_law::number::DocumentNumber;
use shelf_law::tokens::folded_terms;
use shelf_law::{Date, ProvisionId, ValidityState};
use shelf_store::CatalogRow;
use std::cmp::Reverse;
pub(crate) use titles::Titles;

/// Cited acts that stand above the list.
const MOST: usize = 10;
/// Acts that one citation may offer for a choice: `tt 3` alone names about a hundred.
const MOST_CHOICES: usize = 120;
/// Texts that are read to see whether they have the place; beyond, headings must do.
const MOST_READ: usize = 60;

/// A document, and the provision in it, that a query cites.
pub(crate) struct Cited {
    pub(crate) row: CatalogRow,
    pub(crate) provision: Option<ProvisionId>,
    /// Whether it has what was cited; else only the act is meant beyond doubt.
    pub(crate) resolves: bool,
}

impl Library {
    /// The documents and provisions that a citation means, the likeliest first; and what is to be said
    /// of them: the place named where no document has it, the choice where several do.
    pub(super) fn resolved(
        &mut self,
        citation: &QueryCitation,
    ) -> Result<(Vec<Cited>, Option<SearchCitation>), Error> {
        let Some(act) = &citation.act else {
            return Ok((Vec::new(), None));
        };
        let readings = match act {
            ActMention::Number(number) => self.by_number(number)?,
            ActMention::Name(name) => vec![self.by_name(name, citation)?],
            ActMention::Abbreviation(act) => {
                vec![self.by_titles(std::iter::once(act.folded()), act.year)?]
            }
        };
        let mut placed = Placed::default();
        for rows in readings {
            let other = self.placed(rows, citation)?;
            let better = other.cited.iter().any(|cited| cited.resolves);
            if better || placed.is_empty() {
                placed = other;
            }
            if better {
                break;
            }
        }
        let Placed { mut cited, without } = placed;
        let by_number = matches!(act, ActMention::Number(_));
        // The act is meant beyond doubt; where in it, is not known, and nothing is pretended.
        cited.retain(|cited| cited.resolves || by_number);
        let candidates = citation.provision_candidates();
        let missing = without.first().filter(|_| cited.is_empty());
        let missing = missing.zip(candidates.first());
        let missing = missing.map(|(row, id)| SearchCitation {
            document: row.browse.id.clone(),
            name: name_of(row),
            missing: Some(place::spoken(id)),
            choices: Vec::new(),
        });
        if missing.is_some() && by_number {
            let acts = without.into_iter().take(MOST);
            cited.extend(acts.map(|row| Cited {
                row,
                provision: None,
                resolves: false,
            }));
        }
        let said = missing.or_else(|| self.choice(&cited));
        cited.truncate(MOST);
        Ok((cited, said))
    }

    /// Which of the acts have the place cited, the likeliest first; those after them, of which that
    /// is not known.
    fn placed(
        &mut self,
        mut rows: Vec<CatalogRow>,
        citation: &QueryCitation,
    ) -> Result<Placed, Error> {
        rows.retain(|row| row.browse.withdrawn.is_none());
        self.likeliest_first(&mut rows);
        rows.dedup_by(|one, other| one.browse.id == other.browse.id);
        let candidates = citation.provision_candidates();
        let named = self.named_in_headings(&rows, &candidates)?;
        let mut spare = MOST_READ.saturating_sub(named.iter().filter(|named| **named).count());
        let mut to_read = MOST_READ;
        let other = other_article(citation);
        let mut placed = Placed::default();
        let mut unknown = Vec::new();
        for (row, named) in rows.into_iter().zip(named) {
            let budget = if named { &mut to_read } else { &mut spare };
            let place = self.provision_in(&row, citation, &candidates, budget)?;
            let found = |provision, resolves, row| Cited {
                row,
                provision,
                resolves,
            };
            match place {
                Place::Whole => placed.cited.push(found(None, true, row)),
                Place::Provision(id) => {
                    let also = self.also_in(&row, other.as_ref(), &id, budget)?;
                    placed.cited.push(found(Some(id), true, row.clone()));
                    placed
                        .cited
                        .extend(also.map(|id| found(Some(id), true, row)));
                }
                Place::Unknown => unknown.push(found(None, false, row)),
                Place::Nowhere => placed.without.push(row),
            }
        }
        placed.cited.append(&mut unknown);
        Ok(placed)
    }

    /// The place under the other reading of its Điều, where an act that has one has both.
    fn also_in(
        &mut self,
        row: &CatalogRow,
        other: Option<&QueryCitation>,
        known: &ProvisionId,
        to_read: &mut usize,
    ) -> Result<Option<ProvisionId>, Error> {
        let Some(other) = other else { return Ok(None) };
        let candidates = other.provision_candidates();
        let place = self.provision_in(row, other, &candidates, to_read)?;
        Ok(match place {
            Place::Provision(id) if id != *known => Some(id),
            _ => None,
        })
    }

    /// Of each act whether its text comes first to be read: where they are too many, those whose
    /// headings have the Điều.
    fn named_in_headings(
        &self,
        rows: &[CatalogRow],
        candidates: &[ProvisionId],
    ) -> Result<Vec<bool>, Error> {
        let Some(outer) = candidates.last().filter(|_| rows.len() > MOST_READ) else {
            return Ok(vec![true; rows.len()]);
        };
        let mut named = Vec::with_capacity(rows.len());
        for row in rows {
            let headings = self.catalog.headings(&row.browse.id)?;
            let mut headings = headings.into_iter().flat_map(|row| row.headings);
            named.push(headings.any(|(id, _)| id == *outer));
        }
        Ok(named)
    }

    /// The choice that several acts of one citation leave.
    fn choice(&self, cited: &[Cited]) -> Option<SearchCitation> {
        let [first, _, ..] = cited else { return None };
        let today = self.today();
        let choices = cited
            .iter()
            .take(MOST_CHOICES)
            .map(|cited| CitationChoice::of(&cited.row.browse, cited.provision.clone(), today));
        Some(SearchCitation {
            document: first.row.browse.id.clone(),
            name: name_of(&first.row),
            missing: None,
            choices: choices.collect(),
        })
    }

    fn by_name(
        &mut self,
        name: &NameMention,
        citation: &QueryCitation,
    ) -> Result<Vec<CatalogRow>, Error> {
        let full = name.terms.len();
        for (count, title) in name.titles() {
            // A year counts only after the whole of the words, or of those that are no question.
            let asked = leftover::only_asks(&name.terms[count..]);
            let year = name.year.filter(|_| count == full || asked);
            let rows = self.by_titles(std::iter::once(title), year)?;
            if rows.is_empty() {
                continue;
            }
            // Words that are left over make it a question about the act, not a citation of it,
            // unless a provision is named too.
            if count == full {
                return Ok(rows);
            }
            if citation.provision.is_none() {
                return Ok(Vec::new());
            }
            if asked || name.commas.contains(&count) {
                return Ok(rows);
            }
            if !name.asks {
                return Ok(Vec::new());
            }
            return self.that_speak_of(rows, citation, &name.terms[count..]);
        }
        Ok(Vec::new())
    }

    /// Those acts in whose cited provision the words stand that follow their name in a question.
    /// Where no question goes on, `luật thư viện` with other words is a law that is not here.
    fn that_speak_of(
        &mut self,
        mut rows: Vec<CatalogRow>,
        citation: &QueryCitation,
        words: &[String],
    ) -> Result<Vec<CatalogRow>, Error> {
        self.likeliest_first(&mut rows);
        let candidates = citation.provision_candidates();
        let mut kept = Vec::new();
        for row in rows.into_iter().take(MOST) {
            let mut to_read = 1;
            let place = self.provision_in(&row, citation, &candidates, &mut to_read)?;
            if let (Place::Provision(id), Ok(file)) = (place, self.text_of(&row))
                && leftover::speaks_of(&file.text, &id, words)
            {
                kept.push(row);
            }
        }
        Ok(kept)
    }

    pub(super) fn by_titles(
        &mut self,
        titles: impl Iterator<Item = String>,
        year: Option<u16>,
    ) -> Result<Vec<CatalogRow>, Error> {
        if self.titles.is_none() {
            self.titles = Some(Titles::read(self)?);
        }
        let mut rows = Vec::new();
        for title in titles {
            let keys = self
                .titles
                .as_ref()
                .map_or(&[][..], |known| known.named(&title));
            for key in keys {
                rows.extend(self.catalog.by_key(*key)?);
            }
        }
        if let Some(year) = year {
            // The year of issue before that of first effect.
            let own = |row: &CatalogRow| {
                number_year(row) == Some(year)
                    || row
                        .browse
                        .issued
                        .is_some_and(|day| day.year() == year.cast_signed())
                    || folded_terms(&row.browse.title).ends_with(&format!(" {year}"))
            };
            match rows.iter().any(own) {
                true => rows.retain(own),
                false => rows.retain(|row| is_of_year(row, year)),
            }
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
        to_read: &mut usize,
    ) -> Result<Place, Error> {
        if citation.provision.is_none() {
            return Ok(Place::Whole);
        }
        let readings = place::deepest(candidates);
        if readings.is_empty() {
            return Ok(Place::Unknown);
        }
        // A heading shows that an Điều is there without reading its text.
        let headings = self.catalog.headings(&row.browse.id)?;
        let known = headings
            .into_iter()
            .flat_map(|row| row.headings)
            .map(|(id, _)| id);
        let known: Vec<ProvisionId> = known.filter(|id| readings.contains(id)).collect();
        let first = readings.iter().find(|id| known.contains(id)).cloned();
        if let Some(id) = first.filter(|_| !citation.in_attachment) {
            return Ok(Place::Provision(id));
        }
        if *to_read == 0 {
            return Ok(Place::Unknown);
        }
        *to_read -= 1;
        let json = self.json_of(row).unwrap_or_default();
        if let Some(mut structure) = structure(&json, &row.browse.id)
            && structure.fill_ids().is_ok()
        {
            let id = place::find(structure.text(), &readings, citation.in_attachment);
            return Ok(id.map_or(Place::Nowhere, Place::Provision));
        }
        Ok(known
            .into_iter()
            .min()
            .map_or(Place::Unknown, Place::Provision))
    }
}

/// The citation under the other reading of its Điều: `12d` without accents may be 12đ.
fn other_article(citation: &QueryCitation) -> Option<QueryCitation> {
    let place = citation.provision.as_ref()?.with_other_article()?;
    Some(QueryCitation {
        provision: Some(place),
        ..citation.clone()
    })
}

/// Acts that a citation may mean.
#[derive(Default)]
struct Placed {
    /// Those that have the place, or may have it.
    cited: Vec<Cited>,
    /// Those that do not have it.
    without: Vec<CatalogRow>,
}

impl Placed {
    fn is_empty(&self) -> bool {
        self.cited.is_empty() && self.without.is_empty()
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

/// Whether an act was issued in a year or took effect in it. Where no day of effect is known, the
/// year after that of issue may be meant.
fn is_of_year(row: &CatalogRow, year: u16) -> bool {
    let of = |day: Date| day.year() == year.cast_signed();
    match (row.browse.issued, row.browse.validity.effective) {
        (issued, Some(effective)) => of(effective) || issued.is_some_and(of),
        (Some(issued), None) => of(issued) || issued.year() + 1 == year.cast_signed(),
        (None, None) => false,
    }
}

fn is_consolidation(number: &str) -> bool {
    shelf_law::fold::fold(number).contains("vbhn")
}

fn day_of(row: &CatalogRow) -> Option<Date> {
    row.browse.issued.or(row.browse.validity.effective)
}

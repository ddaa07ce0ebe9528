//! Acts by their numbers.

use super::super::Library;
use super::{is_of_year, number_year};
use crate::Error;
use shelf_law::citation::NumberMention;
use shelf_law::kind::{DocumentKind, kind_from_wording, kind_of_number_code};
use shelf_law::number::{DocumentNumber, code_key};
use shelf_law::tokens::folded_terms;
use shelf_store::CatalogRow;

impl Library {
    /// The acts that a number means, and those that it means where none of the former has the
    /// place cited.
    pub(super) fn by_number(&self, typed: &NumberMention) -> Result<Vec<Vec<CatalogRow>>, Error> {
        let mut rows = self.catalog.by_sequence(&typed.sequence)?;
        rows.retain(|row| {
            let number = row.browse.number.as_deref().and_then(DocumentNumber::parse);
            number.is_some_and(|number| {
                typed.matches_but_for_year(&number) && kind_agrees(typed, row)
            })
        });
        if let Some(day) = typed.issued {
            rows.retain(|row| row.browse.issued.is_none_or(|issued| issued == day));
        }
        let mut readings = match typed.year {
            Some(year) => of_year(rows, year, typed),
            None => vec![rows],
        };
        // `thông tư 1/2010` is a joint one only where no other is of that number.
        let exact = |row: &CatalogRow| kind_of(row) == typed.kind;
        if typed.kind.is_some() && readings.iter().flatten().any(exact) {
            readings.iter_mut().for_each(|rows| rows.retain(exact));
            readings.retain(|rows| !rows.is_empty());
        }
        for rows in &mut readings {
            keep_of_issuer(rows, &typed.issuer);
        }
        Ok(readings)
    }
}

/// The acts of a year: those whose number carries it; else those without a year in their number
/// that were issued or took effect in it; else, where no code was typed, those that took effect in
/// it: people say `nghị định 100 năm 2020` for 100/2019. Where the year was said in that way, these
/// may be meant as well.
fn of_year(rows: Vec<CatalogRow>, year: u16, typed: &NumberMention) -> Vec<Vec<CatalogRow>> {
    let (carrying, others): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| number_year(row) == Some(year));
    let (took_effect, without): (Vec<_>, Vec<_>) = others
        .into_iter()
        .filter(|row| is_of_year(row, year))
        .partition(|row| number_year(row).is_some());
    let mut readings = vec![carrying, without];
    if typed.code.is_none() {
        readings.push(took_effect);
    }
    readings.retain(|rows| !rows.is_empty());
    if !typed.year_named {
        readings.truncate(1);
    }
    readings
}

/// A kind that was typed agrees with that of the document, where both are known.
fn kind_agrees(typed: &NumberMention, row: &CatalogRow) -> bool {
    // A code that was typed agrees already; lists call 26/VBHN-VPQH by the law that it consolidates.
    let by_code = typed.code.as_deref().and_then(kind_of_number_code);
    if by_code.is_some() && by_code == typed.kind {
        return true;
    }
    match (typed.kind, kind_of(row)) {
        (Some(typed), Some(own)) => typed.broad() == own.broad(),
        _ => true,
    }
}

fn kind_of(row: &CatalogRow) -> Option<DocumentKind> {
    row.browse.kind.as_deref().and_then(kind_from_wording)
}

/// Keeps the rows that have something, where any has it.
fn keep_if_any(rows: &mut Vec<CatalogRow>, has: impl Fn(&CatalogRow) -> bool) {
    if rows.iter().any(&has) {
        rows.retain(has);
    }
}

/// Keeps the acts of the issuer that words begin with: those of its name, among which count those
/// whose issuer is not known but whose number has its letters; else all that have the letters.
fn keep_of_issuer(rows: &mut Vec<CatalogRow>, typed: &[String]) {
    // `Bộ trưởng Bộ Công an` issues for the Bộ.
    let typed = match typed {
        [one, two, rest @ ..] if one == "bo" && two == "truong" => rest,
        typed => typed,
    };
    if typed.is_empty() {
        return;
    }
    let words = in_full(&typed.join(" "));
    let named = |row: &CatalogRow| match &row.browse.issuer {
        Some(issuer) => starts_with(&words, &in_full(&folded_terms(issuer))),
        None => has_letters(typed, row),
    };
    if rows.iter().any(named) {
        rows.retain(named);
    } else {
        keep_if_any(rows, |row| has_letters(typed, row));
    }
}

/// The folded name of an issuer with its abbreviated first word written out.
fn in_full(name: &str) -> String {
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    let first = match first {
        "ubnd" => "uy ban nhan dan",
        "hdnd" => "hoi dong nhan dan",
        first => first,
    };
    format!("{first} {rest}").trim_end().to_string()
}

/// Whether words begin with a name.
fn starts_with(words: &str, name: &str) -> bool {
    let rest = words.strip_prefix(name).filter(|_| !name.is_empty());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether the code of an act's number has the letters of an issuer: `btc` for Bộ Tài chính.
fn has_letters(typed: &[String], row: &CatalogRow) -> bool {
    let number = row.browse.number.as_deref().and_then(DocumentNumber::parse);
    let code = number.map_or_else(String::new, |number| code_key(number.code()));
    let words = typed.iter().filter(|word| word.as_str() != "va");
    let initials: String = words.filter_map(|word| word.chars().next()).collect();
    code.split('-').any(|part| {
        part.len() > 1
            && (typed.first().is_some_and(|first| first == part) || initials.starts_with(part))
            || part == "ttg" && starts_with(&typed.join(" "), "thu tuong")
    })
}

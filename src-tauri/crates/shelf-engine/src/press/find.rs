//! Finding the document that a person names.

use super::Press;
use crate::{Error, ErrorCode};
use shelf_law::fold::normalise;
use shelf_law::{DocumentId, DocumentNumber};
use shelf_store::EntrySummary;
use std::path::Path;

/// Ids that an error lists; more help nobody.
const MOST_LISTED: usize = 20;

impl Press {
    /// The documents that people name so: by id, source key, file name or number.
    ///
    /// # Errors
    /// `not_found` and `ambiguous`, both with what to do; the latter lists the ids.
    pub(super) fn find(&self, names: &[String]) -> Result<Vec<DocumentId>, Error> {
        let entries = self.entries()?;
        names.iter().map(|name| find(&entries, name)).collect()
    }
}

fn find(entries: &[EntrySummary], name: &str) -> Result<DocumentId, Error> {
    let wanted = Wanted::new(name);
    if let Some(entry) = entries
        .iter()
        .find(|entry| entry.id.as_str() == wanted.name)
    {
        return Ok(entry.id.clone());
    }
    let found: Vec<&EntrySummary> = entries.iter().filter(|entry| wanted.is(entry)).collect();
    match found.as_slice() {
        [entry] => Ok(entry.id.clone()),
        [] => Err(Error::new(
            ErrorCode::NotFound,
            format!(
                "{name}: no id, source key, file name or number of this workspace; shelf review lists what is there"
            ),
        )),
        several => {
            let ids = several.iter().take(MOST_LISTED).map(|e| e.id.as_str());
            let ids = ids.collect::<Vec<_>>().join(" ");
            let more = match several.len().saturating_sub(MOST_LISTED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            Err(Error::new(
                ErrorCode::Ambiguous,
                format!("{name}: several documents have it, name one by id: {ids}{more}"),
            ))
        }
    }
}

/// A name in the forms in which it is compared.
struct Wanted {
    name: String,
    /// The last part, where it is a path.
    file: Option<String>,
    number: Option<DocumentNumber>,
}

impl Wanted {
    fn new(name: &str) -> Wanted {
        let name = normalise(name.trim());
        let file = Path::new(&name).file_name();
        Wanted {
            file: file.map(|file| file.to_string_lossy().into_owned()),
            number: DocumentNumber::parse(&name),
            name,
        }
    }

    fn is(&self, entry: &EntrySummary) -> bool {
        let number = entry.facts.number.as_deref();
        entry.facts.source_key == self.name
            || entry.file == self.name
            || Some(&entry.file) == self.file.as_ref()
            || (self.number.is_some() && number.and_then(DocumentNumber::parse) == self.number)
    }
}

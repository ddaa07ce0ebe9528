//! What was said about a file before: what a person once wrote in a list or a sidecar holds until
//! somebody says otherwise, also when the file is read again without them.

use crate::{Error, ErrorCode};
use serde::{Deserialize, Serialize};
use shelf_ingest::{Candidate, Said};
use shelf_law::{DocumentNumber, FieldName, Fields};

/// What is remembered of one origin.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Remembered {
    /// What its list and sidecar said last, column by column.
    said: Said,
    /// The number that stood in the file itself, in the form for comparing.
    read_number: Option<String>,
    /// The title that stood in the file itself.
    read_title: Option<String>,
}

impl Remembered {
    /// What was remembered, as [`Remembered::to_json`] wrote it; nothing where that is `None`.
    pub(super) fn parse(json: Option<&str>) -> Result<Option<Remembered>, Error> {
        json.map(serde_json::from_str).transpose().map_err(|error| {
            let words = "workspace.db: what a list said about a file cannot be read";
            Error::new(
                ErrorCode::Damaged,
                format!("{words} ({error}); restore the workspace from its last backup"),
            )
        })
    }

    /// What is to be remembered of this reading; `None` where nobody says anything about it.
    pub(super) fn of(candidate: &Candidate) -> Option<Remembered> {
        if candidate.said.is_empty() {
            return None;
        }
        let read = candidate.read_fields();
        Some(Remembered {
            said: candidate.said.values(),
            read_number: number_key(&read),
            read_title: read.value(FieldName::Title).map(str::to_string),
        })
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("claims are plain data")
    }

    /// Whether the file holds another document than the one that was spoken of: it names another
    /// number, and nobody gives it one now. `known` is the number under which the document is kept.
    pub(super) fn is_of_another(&self, candidate: &Candidate, known: Option<&str>) -> bool {
        let given = candidate
            .said
            .merged()
            .fields
            .value(FieldName::Number)
            .is_some();
        match (&self.read_number, number_key(&candidate.read_fields())) {
            (Some(then), Some(now)) => !given && *then != now && known != Some(now.as_str()),
            _ => false,
        }
    }

    /// The title that stood in the file and the one that stands there now, where they differ and
    /// nothing else says that it is the same document still.
    pub(super) fn renamed(&self, candidate: &Candidate, now: &Said) -> Option<(String, String)> {
        let now = now.merged().fields;
        let told = [FieldName::Title, FieldName::Number]
            .iter()
            .any(|name| now.value(*name).is_some());
        let read = candidate.read_fields();
        if told || (self.read_number.is_some() && number_key(&read).is_some()) {
            return None;
        }
        let (then, now) = (self.read_title.clone()?, read.value(FieldName::Title)?);
        (then != now).then(|| (then, now.to_string()))
    }

    /// Says again what was said before and is not said now; whether that was anything. What a person
    /// should look at because of it is added to the doubts.
    pub(super) fn apply(&self, candidate: &mut Candidate) -> bool {
        let now = candidate.said.clone();
        let mut kept = self.said.clone();
        let mut doubt = None;
        if !now.merged().fields.0.contains_key(&FieldName::Status) {
            doubt = yield_to_newer_check(&mut kept, &candidate.read_fields());
        }
        let said = kept.renewed_by(now.clone());
        let keeps = said.values() != now.values();
        candidate.say(said);
        candidate.doubts.extend(doubt);
        keeps
    }
}

/// Where the file itself states another state: the one that was checked later holds. A person is told
/// where that is not known: a day in the file alone outweighs none, otherwise the list holds, as ever.
fn yield_to_newer_check(kept: &mut Said, read: &Fields) -> Option<String> {
    let said = kept.merged().fields;
    let (listed, now) = (
        said.value(FieldName::Status)?,
        read.value(FieldName::Status)?,
    );
    if listed == now {
        return None;
    }
    // ISO days sort as text.
    let day = read.value(FieldName::StatusAsOf);
    let listed_day = said.value(FieldName::StatusAsOf);
    if day.is_some() && day > listed_day {
        for claims in [&mut kept.sidecar, &mut kept.list] {
            claims.fields.0.remove(&FieldName::Status);
            claims.fields.0.remove(&FieldName::StatusAsOf);
        }
        return day.filter(|_| listed_day.is_none()).map(|day| {
            format!(
                "status: the file says {now} as of {day}, a list said {listed} before and no day; \
                 the file holds"
            )
        });
    }
    Some(format!(
        "status: the file says {now}, a list said {listed} before; the list holds"
    ))
}

/// The number of a document in the form for comparing.
pub(super) fn number_key(fields: &Fields) -> Option<String> {
    let number = DocumentNumber::parse(fields.value(FieldName::Number)?)?;
    Some(number.key().to_string())
}

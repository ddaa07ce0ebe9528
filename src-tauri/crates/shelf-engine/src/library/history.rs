//! The syncs of a data folder: when, from where, and how they ended.

use super::{Home, Library, SyncOptions, SyncReport};
use crate::{Clock, Error, ErrorCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shelf_repo::object::ObjectFolder;
use shelf_store::{Catalog, State};
use std::collections::HashSet;
use std::path::Path;

const HISTORY: &str = "sync.history";
/// Runs that are remembered.
const MOST_RUNS: usize = 50;

/// One sync.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SyncRun {
    /// When it ended.
    pub at: Timestamp,
    /// What carried the shelf.
    pub from: Carrier,
    /// The web address or folder.
    pub source: String,
    /// Bytes that came.
    pub bytes: u64,
    /// Whether it ended well.
    pub ok: bool,
    /// The code of the error otherwise.
    pub code: Option<String>,
    /// What the error said.
    pub detail: Option<String>,
    /// The sequence in use after a sync that ended well.
    pub seq: Option<u64>,
}

/// What carries a shelf.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    /// A web address.
    Network,
    /// A folder: a stick, a share.
    Folder,
}

impl Carrier {
    /// What a source is.
    pub fn of(source: &str) -> Carrier {
        let source = source.trim();
        match source.starts_with("http://") || source.starts_with("https://") {
            true => Carrier::Network,
            false => Carrier::Folder,
        }
    }
}

impl Library {
    /// The syncs of a data folder, the last one first; none where there was none.
    pub fn sync_history(home: &Path) -> Result<Vec<SyncRun>, Error> {
        match open_state(home)? {
            Some(state) => read(&state),
            None => Ok(Vec::new()),
        }
    }

    /// Bytes that an unfinished sync left here and that the next one need not ask for again.
    pub fn kept_bytes(home: &Path) -> Result<u64, Error> {
        let home = Home::new(home);
        let mut kept = 0;
        for entry in std::fs::read_dir(home.partial())
            .into_iter()
            .flatten()
            .flatten()
        {
            kept += entry.metadata().map_or(0, |file| file.len());
        }
        let Some(state) = open_state(home.folder())? else {
            return Ok(kept);
        };
        let ended_well = read(&state)?.first().is_none_or(|run| run.ok);
        let active = state.active()?;
        if active.is_some() && ended_well {
            return Ok(kept);
        }
        // Whole objects that the shelf in use does not need belong to the one on its way.
        let mut needed = HashSet::new();
        if let Some(active) = &active
            && let Ok(catalog) = Catalog::open(&home.catalog(&active.file))
        {
            super::sync::note_needed(&catalog, &mut needed)?;
        }
        let objects = ObjectFolder::new(home.folder()).list();
        for (hash, size) in objects.map_err(super::object_error)? {
            if !needed.contains(&hash) {
                kept += size;
            }
        }
        Ok(kept)
    }
}

fn open_state(home: &Path) -> Result<Option<State>, Error> {
    let path = Home::new(home).state();
    match path.is_file() {
        true => Ok(Some(State::open_for_reading(&path)?)),
        false => Ok(None),
    }
}

pub(super) fn read(state: &State) -> Result<Vec<SyncRun>, Error> {
    let text = state.setting(HISTORY)?;
    Ok(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}

/// Notes how a sync ended. That this cannot be written is not what went wrong with a sync.
pub(super) fn note(
    home: &Home,
    options: &SyncOptions,
    clock: Clock,
    bytes: u64,
    outcome: &Result<SyncReport, Error>,
) {
    let busy = matches!(outcome, Err(error) if error.code == ErrorCode::Busy);
    if busy || !home.state().is_file() {
        return;
    }
    let failure = outcome.as_ref().err();
    let noted = State::open(&home.state())
        .map_err(Error::from)
        .and_then(|mut state| {
            let run = SyncRun {
                at: clock.effective(state.confirmed_at()?),
                from: Carrier::of(&options.source),
                source: options.source.trim().to_string(),
                bytes,
                ok: failure.is_none(),
                code: failure.map(|error| error.code.as_str().to_string()),
                detail: failure.map(|error| error.words.clone()),
                seq: outcome.as_ref().ok().map(|report| report.seq),
            };
            let runs = with(read(&state)?, run);
            let text = serde_json::to_string(&runs).expect("runs are plain data");
            Ok(state.set_setting(HISTORY, &text)?)
        });
    if let Err(error) = noted {
        tracing::warn!(%error, "the end of a sync cannot be noted");
    }
}

/// The runs with a new one. The last that ended well is never forgotten: the shelf came with it.
fn with(mut runs: Vec<SyncRun>, run: SyncRun) -> Vec<SyncRun> {
    runs.insert(0, run);
    if let Some(good) = runs.iter().position(|run| run.ok)
        && good >= MOST_RUNS
    {
        runs.swap(good, MOST_RUNS - 1);
    }
    runs.truncate(MOST_RUNS);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sync_that_brought_the_shelf_is_remembered_behind_many_failures() {
        let run = |ok: bool, bytes: u64| SyncRun {
            at: Timestamp::UNIX_EPOCH,
            from: Carrier::Network,
            source: "http://x/".into(),
            bytes,
            ok,
            code: None,
            detail: None,
            seq: None,
        };
        let mut runs = vec![run(true, 7)];
        for bytes in 100..200 {
            runs = with(runs, run(false, bytes));
        }
        assert_eq!(runs.len(), MOST_RUNS);
        assert_eq!(runs[0].bytes, 199);
        assert_eq!(runs.iter().find(|run| run.ok).unwrap().bytes, 7);
    }
}

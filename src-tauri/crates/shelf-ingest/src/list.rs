//! Lists (`--list`): one row of a CSV file or workbook describes one file.

mod rows;

use crate::claims::Claims;
use crate::words::{key, one_line};
use crate::{Column, Reason};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};

/// A list, ready to be asked about files.
#[derive(Debug)]
pub struct List {
    path: PathBuf,
    entries: HashMap<PathBuf, Claims>,
    posters: HashSet<PathBuf>,
    /// What is wrong with single rows and values; the rest of the list holds.
    pub warnings: Vec<ListWarning>,
}

/// Something wrong with one row of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListWarning {
    /// The row as a person counts it: the headers are row 1.
    pub row: usize,
    /// The column, by its header.
    pub column: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for ListWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "row {}, column “{}”: {}",
            self.row, self.column, self.what
        )
    }
}

/// A list that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// It cannot be opened or parsed.
    #[error("{file}: {reason}")]
    Unreadable {
        /// The list.
        file: String,
        /// Why.
        reason: Reason,
    },
    /// A column that must be there is not.
    #[error(
        "{file}: column “{column}” is missing; name the files in it; the first row holds: {found}"
    )]
    MissingColumn {
        /// The list.
        file: String,
        /// The column.
        column: &'static str,
        /// The headers that it has.
        found: String,
    },
    /// Two columns mean the same.
    #[error("{file}: columns “{first}” and “{second}” mean the same; keep one")]
    TwoColumns {
        /// The list.
        file: String,
        /// The header of the first.
        first: String,
        /// The header of the second.
        second: String,
    },
}

impl List {
    /// Reads a list. Its files are looked for beside it, then under each of `inputs`.
    ///
    /// # Errors
    /// Where the list cannot be read or has no column for files. What is wrong with single rows
    /// stands in [`List::warnings`].
    pub fn load(path: &Path, inputs: &[PathBuf]) -> Result<List, ListError> {
        let file = path.display().to_string();
        let rows = rows::read(path).map_err(|reason| ListError::Unreadable {
            file: file.clone(),
            reason,
        })?;
        let mut rows = rows.into_iter();
        let (first_row, headers) = rows.next().unwrap_or_default();
        let headers: Vec<String> = headers.iter().map(|header| one_line(header)).collect();
        let columns: Vec<Option<Column>> = headers.iter().map(|h| Column::from_name(h)).collect();
        for (index, column) in columns.iter().enumerate() {
            let first = columns[..index]
                .iter()
                .position(|c| c.is_some() && c == column);
            if let Some(first) = first {
                return Err(ListError::TwoColumns {
                    file,
                    first: headers[first].clone(),
                    second: headers[index].clone(),
                });
            }
        }
        let Some(file_column) = columns.iter().position(|c| *c == Some(Column::File)) else {
            return Err(ListError::MissingColumn {
                file,
                column: "file (tệp)",
                found: headers.join(", "),
            });
        };
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        let mut list = List {
            path: canonical(path),
            entries: HashMap::new(),
            posters: HashSet::new(),
            warnings: Vec::new(),
        };
        list.warnings = unknown_columns(first_row, &headers, &columns);
        let own_name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut named: HashMap<PathBuf, usize> = HashMap::new();
        for (row, cells) in rows {
            let cell = |at: usize| one_line(cells.get(at).map_or("", String::as_str));
            if (0..cells.len()).all(|at| cell(at).is_empty()) {
                continue;
            }
            let mut warn = |at: usize, what: String| {
                list.warnings.push(ListWarning {
                    row,
                    column: headers.get(at).cloned().unwrap_or_default(),
                    what,
                });
            };
            let name = cell(file_column);
            if name.is_empty() {
                warn(file_column, "no file is named".into());
                continue;
            }
            let Some(target) = find(&name, &folder, inputs) else {
                warn(file_column, format!("there is no file “{name}”"));
                continue;
            };
            if let Some(first) = named.get(&target) {
                warn(
                    file_column,
                    format!("“{name}” is named in row {first} too; that row holds"),
                );
                continue;
            }
            named.insert(target.clone(), row);
            let mut claims = Claims::default();
            for (at, column) in columns.iter().enumerate() {
                let text = cell(at);
                match column {
                    _ if text.is_empty() => {}
                    Some(Column::File) => {}
                    Some(Column::Poster) => {
                        let beside = target.parent().unwrap_or(Path::new(""));
                        match find(&text, &folder, inputs).or_else(|| find(&text, beside, &[])) {
                            Some(poster) => {
                                list.posters.insert(poster.clone());
                                claims.poster = Some(poster);
                            }
                            None => warn(at, format!("there is no file “{text}”")),
                        }
                    }
                    Some(column) => {
                        let known = claims.problems.len();
                        claims.put(*column, &text);
                        for problem in &mut claims.problems[known..] {
                            warn(at, problem.what.clone());
                            let header = &headers[at];
                            problem.place =
                                Some(format!("{own_name}, row {row}, column “{header}”"));
                        }
                    }
                    None if headers[at].is_empty() => {}
                    None => claims.keep(&headers[at], Value::String(text)),
                }
            }
            claims.drop_unread();
            list.entries.insert(target, claims);
        }
        Ok(list)
    }

    /// What the list says about a file.
    pub(crate) fn of(&self, file: &Path) -> Option<&Claims> {
        self.entries.get(&canonical(file))
    }

    /// Whether the list names the file as the poster of another.
    pub(crate) fn is_poster(&self, file: &Path) -> bool {
        self.posters.contains(&canonical(file))
    }

    /// Whether the file is the list itself.
    pub(crate) fn is(&self, file: &Path) -> bool {
        self.path == canonical(file)
    }

    /// How many files it describes.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it describes none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// A warning for each column of a name that is not known; the first also says which names are.
fn unknown_columns(row: usize, headers: &[String], columns: &[Option<Column>]) -> Vec<ListWarning> {
    let unknown = headers.iter().zip(columns).filter(|(header, column)| {
        column.is_none() && !header.is_empty() && !is_running_number(header)
    });
    let warning = |(at, (header, _)): (usize, (&String, _))| {
        let what = "no column of this name is known, so it sets nothing and its cells are only kept beside the documents";
        ListWarning {
            row,
            column: header.clone(),
            what: match at {
                0 => format!("{what}; known are: {}", Column::offered()),
                _ => what.to_string(),
            },
        }
    };
    unknown.enumerate().map(warning).collect()
}

/// Columns that only number the rows.
fn is_running_number(header: &str) -> bool {
    ["stt", "tt", "sothutu", "no", "thutu"].contains(&key(header).as_str())
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// The file that a row names. Names are compared in NFC: some systems store them decomposed.
fn find(name: &str, folder: &Path, inputs: &[PathBuf]) -> Option<PathBuf> {
    let name = name.replace('\\', "/");
    std::iter::once(folder)
        .chain(inputs.iter().map(PathBuf::as_path))
        .find_map(|base| {
            let direct = base.join(&name);
            if direct.is_file() {
                return Some(canonical(&direct));
            }
            if base.is_file()
                && base
                    .file_name()
                    .is_some_and(|own| own.to_string_lossy() == name)
            {
                return Some(canonical(base));
            }
            let parent = direct.parent()?;
            let wanted = one_line(&direct.file_name()?.to_string_lossy());
            let entries = std::fs::read_dir(parent).ok()?;
            entries
                .flatten()
                .map(|entry| entry.path())
                .find(|path| {
                    let own = path.file_name().unwrap_or_default().to_string_lossy();
                    path.is_file() && one_line(&own) == wanted
                })
                .map(|path| canonical(&path))
        })
}

//! The acts of a corpus as its rows give them, read without any help from the shelf's own parser.

use anyhow::{Context, Result};
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use unicode_normalization::UnicodeNormalization as _;

/// One act.
pub(super) struct Act {
    /// Its key in the corpus.
    pub(super) key: String,
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) number: Option<Number>,
    /// `yyyy-mm-dd`.
    pub(super) issued: Option<String>,
    pub(super) effective: Option<String>,
    pub(super) articles: Vec<(String, String)>,
}

/// The parts of a number.
#[derive(Clone)]
pub(super) struct Number {
    /// As written, zeros included.
    pub(super) sequence: String,
    pub(super) year: Option<String>,
    /// As written.
    pub(super) code: String,
}

impl Act {
    /// What the act is called after the words of its kind: `thanh niên`; only laws have such a name.
    pub(super) fn name(&self) -> Option<String> {
        let kinds = ["Bộ luật", "Luật", "Pháp lệnh"];
        if !kinds.contains(&self.kind.as_str()) {
            return None;
        }
        let mut words: Vec<&str> = self.title.split_whitespace().collect();
        loop {
            let first = plain(words.first()?);
            let numbered = first.contains(|c: char| c.is_ascii_digit());
            if numbered || ["bo", "luat", "phap", "lenh", "so", "ve"].contains(&first.as_str()) {
                words.remove(0);
            } else {
                break;
            }
        }
        let name = words.join(" ");
        let sound = name
            .chars()
            .all(|c| c.is_alphabetic() || c == ' ' || c == ',');
        (sound && (2..=9).contains(&words.len())).then(|| name.to_lowercase())
    }

    /// The day that decides which of two is newer.
    pub(super) fn day(&self) -> &str {
        self.issued
            .as_deref()
            .or(self.effective.as_deref())
            .unwrap_or("")
    }

    /// Years that people name it by.
    pub(super) fn years(&self) -> Vec<String> {
        let own = self.number.as_ref().and_then(|number| number.year.clone());
        let days = [&self.issued, &self.effective];
        let days = days.into_iter().flatten().map(|day| day[..4].to_string());
        own.into_iter().chain(days).collect()
    }

    /// Whether no article id comes twice, so that an id names one place.
    pub(super) fn is_plain(&self) -> bool {
        let mut ids: Vec<&str> = self.articles.iter().map(|(id, _)| id.as_str()).collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        all == ids.len() && all > 0
    }
}

/// Reads a corpus, `.jsonl.zst`.
pub(super) fn read(file: &Path) -> Result<Vec<Act>> {
    let shown = || format!("reading {}", file.display());
    let rows = std::fs::File::open(file).with_context(shown)?;
    let rows = BufReader::new(zstd::Decoder::new(rows).with_context(shown)?);
    let mut acts = Vec::new();
    for line in rows.lines() {
        let row: Value = serde_json::from_str(&line.with_context(shown)?).with_context(shown)?;
        let text = |field: &str| {
            row[field]
                .as_str()
                .map(|text| text.nfc().collect::<String>())
        };
        let key = text("law_id").unwrap_or_default();
        let title = text("title").unwrap_or_default();
        let written = text("number").unwrap_or_else(|| key.clone());
        let articles = row["articles"].as_array().map_or(&[][..], Vec::as_slice);
        let articles = articles.iter().map(|article| {
            let field = |name: &str| article[name].as_str().unwrap_or_default().nfc().collect();
            (field("id"), field("text"))
        });
        acts.push(Act {
            number: number(&written).or_else(|| number_in(&title)),
            kind: text("type").unwrap_or_default(),
            issued: text("date").or(text("issued")).and_then(|day| iso(&day)),
            effective: text("effective").and_then(|day| iso(&day)),
            articles: articles.collect(),
            key,
            title,
        });
    }
    Ok(acts)
}

/// `16/06/2020` and `2020-06-16`, as the latter.
fn iso(day: &str) -> Option<String> {
    let parts: Vec<&str> = day.split(['/', '-']).collect();
    match parts[..] {
        [y, m, d] if y.len() == 4 => Some(format!("{y}-{m:0>2}-{d:0>2}")),
        [d, m, y] if y.len() == 4 => Some(format!("{y}-{m:0>2}-{d:0>2}")),
        _ => None,
    }
}

/// `100/2019/NĐ-CP`, `471/QĐ-TTg`, `8-CP`, read whole.
fn number(text: &str) -> Option<Number> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if digits == 0 || digits > 6 {
        return None;
    }
    let mut end = digits;
    let mut after = text[end..].chars();
    if let (Some(letter), Some('/' | '-')) = (after.next(), after.next())
        && letter.is_ascii_alphabetic()
    {
        end += 1;
    }
    let sequence = text[..end].to_string();
    let rest = text[end..].strip_prefix(['/', '-'])?;
    let (year, code) = match rest.split_once(['/', '-']) {
        Some((year, code)) if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => {
            (Some(year.to_string()), code)
        }
        _ => (None, rest),
    };
    code.starts_with(char::is_alphabetic).then(|| Number {
        sequence,
        year,
        code: code.to_string(),
    })
}

/// The number in a title, whose spaces around slashes are dirt.
fn number_in(title: &str) -> Option<Number> {
    let close = title.replace(" /", "/").replace("/ ", "/");
    close
        .split_whitespace()
        .take(8)
        .find_map(|word| number(word).filter(|n| n.year.is_some()))
}

/// A place in an act, and the words that stand there.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) article: String,
    pub(super) clause: Option<String>,
    pub(super) point: Option<String>,
}

impl Place {
    /// The id that the shelf gives it.
    pub(super) fn id(&self) -> String {
        let mut id = format!("dieu_{}", crossed(&self.article));
        if let Some(clause) = &self.clause {
            id.push_str(&format!(".khoan_{}", crossed(clause)));
        }
        if let Some(point) = &self.point {
            id.push_str(&format!(".diem_{}", crossed(point)));
        }
        id
    }

    /// Whether a query leaves open which Điều is meant: `12d` without accents is 12d or 12đ.
    pub(super) fn is_open_in(&self, text: &str) -> bool {
        text.is_ascii() && self.article.ends_with('đ')
    }

    pub(super) fn is_in(&self, act: &Act) -> bool {
        let mut articles = act.articles.iter().filter(|(id, _)| *id == self.article);
        articles.any(|(_, text)| {
            let Some(clause) = &self.clause else {
                return match &self.point {
                    Some(point) => points(text).contains(point),
                    None => true,
                };
            };
            let clauses = clauses(text);
            clauses.iter().any(|(number, text)| {
                number == clause
                    && self
                        .point
                        .as_ref()
                        .is_none_or(|point| points(text).contains(point))
            })
        })
    }
}

fn crossed(number: &str) -> String {
    number.replace('đ', "dd")
}

/// The khoản of an article whose numbers run 1, 2, 3 without a break; none where they do not.
pub(super) fn clauses(text: &str) -> Vec<(String, String)> {
    let mut clauses: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let next = (clauses.len() + 1).to_string();
        let opens = line
            .strip_prefix(&next)
            .and_then(|rest| rest.strip_prefix('.'))
            .is_some_and(|rest| rest.starts_with(' '));
        if opens {
            clauses.push((next, line.to_string()));
        } else if let Some((_, words)) = clauses.last_mut() {
            words.push('\n');
            words.push_str(line);
        }
    }
    clauses
}

/// The điểm of a khoản whose letters run a, b, c, d, đ without a break.
pub(super) fn points(text: &str) -> Vec<String> {
    let mut letters = [
        "a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n",
    ]
    .iter();
    let mut next = letters.next();
    let mut points = Vec::new();
    for line in text.lines() {
        if let Some(letter) = next
            && line
                .trim()
                .strip_prefix(letter)
                .is_some_and(|rest| rest.starts_with(") "))
        {
            points.push((*letter).to_string());
            next = letters.next();
        }
    }
    points
}

/// Without accents, lower case.
pub(super) fn plain(text: &str) -> String {
    let marks = |c: &char| !matches!(c, '\u{300}'..='\u{36f}');
    let folded = text.to_lowercase().nfd().filter(marks).collect::<String>();
    folded.replace('đ', "d")
}

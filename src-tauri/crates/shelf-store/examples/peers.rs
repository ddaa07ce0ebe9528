//! What SQLite FTS5 makes of the acts and questions of a corpus, and their folded terms for other
//! engines; `cargo xtask bench search` drives it:
//!
//! - `peers fts5 build plain|folded CORPUS DATABASE`: `plain` leaves folding to FTS5
//! - `peers fts5 ask plain|folded DATABASE QUESTIONS FIELD`: JSON Lines like those of `shelf search --queries`
//! - `peers articles CORPUS`: act, tab, folded terms, one article a line
//! - `peers questions QUESTIONS FIELD`: folded terms, JSON Lines

#![allow(clippy::print_stdout, reason = "a report is what it is for")]

use rusqlite::{Connection, OpenFlags, params};
use serde_json::{Value, json};
use shelf_law::tokens::for_each_term;
use std::collections::BTreeSet;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write as _};
use std::path::Path;
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// A term that more articles than this share have is left out of a question, as ours leaves it out.
const COMMON: f64 = 0.3;
/// Terms that a question keeps at least, as ours does.
const KEEP: usize = 3;
/// Rows among which the ten best acts are looked for: many articles of one act may stand first.
const ROWS: usize = 500;
/// The articles of one act have the row numbers from `act << ARTICLE_BITS` on.
const ARTICLE_BITS: u32 = 16;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["fts5", "build", sort, corpus, database] => {
            build(Sort::named(sort)?, corpus.as_ref(), database.as_ref())
        }
        ["fts5", "ask", sort, database, questions, field] => ask(
            Sort::named(sort)?,
            database.as_ref(),
            questions.as_ref(),
            field,
        ),
        ["articles", corpus] => articles(corpus.as_ref()),
        ["questions", questions, field] => terms_of_questions(questions.as_ref(), field),
        _ => Err("see the first lines of this file".into()),
    }
}

/// What is indexed, in two columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Heading and text as they are; the tokenizer folds accents, but not đ.
    Plain,
    /// Our folded syllables, and pairs of them.
    Folded,
}

impl Sort {
    fn named(name: &str) -> Outcome<Sort> {
        match name {
            "plain" => Ok(Sort::Plain),
            "folded" => Ok(Sort::Folded),
            other => Err(format!("{other}: plain or folded").into()),
        }
    }

    fn tokenizer(self) -> &'static str {
        match self {
            Sort::Plain => "unicode61 remove_diacritics 2",
            Sort::Folded => "ascii tokenchars _",
        }
    }

    /// What a term of each column counts. Chosen on questions that are not asked in the end.
    fn weights(self) -> &'static str {
        match self {
            Sort::Plain => "2.0, 1.0",
            Sort::Folded => "1.0, 2.0",
        }
    }
}

fn rows(path: &Path) -> Outcome<impl Iterator<Item = Outcome<Value>>> {
    let file = File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let reader: Box<dyn BufRead> = match path.extension().is_some_and(|e| e == "zst") {
        true => Box::new(BufReader::new(zstd::Decoder::new(file)?)),
        false => Box::new(BufReader::new(file)),
    };
    Ok(reader.lines().map(|line| Ok(serde_json::from_str(&line?)?)))
}

fn text<'r>(row: &'r Value, name: &str) -> &'r str {
    row[name].as_str().unwrap_or_default()
}

/// Heading and text of the preamble, which has no heading, and of each article.
fn units(row: &Value) -> impl Iterator<Item = (&str, &str)> {
    let articles = row["articles"].as_array().map_or(&[][..], Vec::as_slice);
    let articles = articles
        .iter()
        .map(|article| (text(article, "title"), text(article, "text")));
    std::iter::once(("", text(row, "preamble"))).chain(articles)
}

/// Folded terms, each kind joined by spaces.
#[derive(Default)]
struct Terms {
    syllables: String,
    pairs: String,
}

impl Terms {
    /// Those of a question.
    fn of(text: &str) -> Terms {
        let mut terms = Terms::default();
        terms.add(text);
        terms
    }

    /// Takes those of a unit in place of what was there, the title of its act among them: measured, it
    /// helps each article that can be found.
    fn take(&mut self, heading: &str, title: &str, body: &str) {
        self.syllables.clear();
        self.pairs.clear();
        for text in [heading, title, body] {
            self.add(text);
        }
    }

    fn add(&mut self, text: &str) {
        for_each_term(text, |syllable, pair| {
            self.syllables.push_str(syllable);
            self.syllables.push(' ');
            if let Some(pair) = pair {
                self.pairs.push_str(pair);
                self.pairs.push(' ');
            }
        });
    }
}

fn articles(corpus: &Path) -> Outcome<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut terms = Terms::default();
    for row in rows(corpus)? {
        let row = row?;
        let (act, title) = (text(&row, "law_id"), text(&row, "title"));
        for (heading, body) in units(&row) {
            terms.take(heading, title, body);
            writeln!(out, "{act}\t{}{}", terms.syllables, terms.pairs)?;
        }
    }
    Ok(out.flush()?)
}

fn terms_of_questions(questions: &Path, field: &str) -> Outcome<()> {
    for row in rows(questions)? {
        let row = row?;
        let terms = Terms::of(text(&row, field));
        let syllables: Vec<&str> = terms.syllables.split_whitespace().collect();
        let pairs: Vec<&str> = terms.pairs.split_whitespace().collect();
        let line = json!({"qid": row["qid"], "syllables": syllables, "pairs": pairs});
        println!("{line}");
    }
    Ok(())
}

/// No text is kept (`content = ''`), as ours keeps none beside the index. BM25 needs frequencies and
/// lengths, which such a table has only with `detail = full` and `columnsize = 1`, the defaults.
fn build(sort: Sort, corpus: &Path, database: &Path) -> Outcome<()> {
    let db = Connection::open(database)?;
    db.execute_batch(&format!(
        "PRAGMA journal_mode = OFF;
         PRAGMA synchronous = OFF;
         PRAGMA cache_size = -32000;
         CREATE TABLE act(id INTEGER PRIMARY KEY, key TEXT NOT NULL);
         CREATE TABLE common(term TEXT PRIMARY KEY) WITHOUT ROWID;
         CREATE VIRTUAL TABLE article USING fts5(a, b, content = '', contentless_delete = 1,
             tokenize = \"{}\");
         INSERT INTO article(article, rank) VALUES('hashsize', 64000000);
         BEGIN;",
        sort.tokenizer()
    ))?;
    let mut count = 0_u32;
    let mut terms = Terms::default();
    let mut act = db.prepare("INSERT INTO act VALUES(?1, ?2)")?;
    let mut article = db.prepare("INSERT INTO article(rowid, a, b) VALUES(?1, ?2, ?3)")?;
    for (row, id) in rows(corpus)?.zip(0_i64..) {
        let row = row?;
        act.execute(params![id, text(&row, "law_id")])?;
        for ((heading, body), at) in units(&row).zip(id << ARTICLE_BITS..) {
            count += 1;
            if sort == Sort::Plain {
                article.execute(params![at, heading, body])?;
                continue;
            }
            terms.take(heading, text(&row, "title"), body);
            article.execute(params![at, terms.syllables, terms.pairs])?;
        }
    }
    drop((act, article));
    db.execute_batch("COMMIT; INSERT INTO article(article) VALUES('optimize');")?;
    if sort == Sort::Folded {
        db.execute_batch("CREATE VIRTUAL TABLE temp.term USING fts5vocab(main, article, row)")?;
        db.execute(
            "INSERT INTO common SELECT term FROM temp.term WHERE doc > ?1",
            [COMMON * f64::from(count)],
        )?;
    }
    db.execute_batch("VACUUM")?;
    let said = json!({"articles": count, "version": rusqlite::version()});
    println!("{said}");
    Ok(())
}

/// Of the ways tried, a limit on `bm25()` itself was the fastest; `ORDER BY rank` and looking at all rows
/// took up to half as long again, mapping the file and a larger cache changed nothing.
fn ask(sort: Sort, database: &Path, questions: &Path, field: &str) -> Outcome<()> {
    let db = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let common: BTreeSet<String> = db
        .prepare("SELECT term FROM common")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut search = db.prepare(&format!(
        "SELECT rowid, bm25(article, {}) AS score FROM article
         WHERE article MATCH ?1 ORDER BY score LIMIT {ROWS}",
        sort.weights()
    ))?;
    let mut key = db.prepare("SELECT key FROM act WHERE id = ?1")?;
    for row in rows(questions)? {
        let row = row?;
        let begun = Instant::now();
        let query = match sort {
            Sort::Plain => plain_query(text(&row, field)),
            Sort::Folded => folded_query(text(&row, field), &common),
        };
        let mut acts: Vec<i64> = Vec::new();
        let mut hits = search.query([&query])?;
        while acts.len() < 10
            && let Some(hit) = hits.next()?
        {
            let act = hit.get::<_, i64>(0)? >> ARTICLE_BITS;
            if !acts.contains(&act) {
                acts.push(act);
            }
        }
        drop(hits);
        let keys: Vec<String> = acts
            .iter()
            .map(|id| key.query_row([id], |row| row.get(0)))
            .collect::<Result<_, _>>()?;
        let took = u64::try_from(begun.elapsed().as_micros())?;
        let hits: Vec<Value> = keys
            .iter()
            .map(|key| json!({"document": {"source_key": key}}))
            .collect();
        let line = json!({"qid": row["qid"], "took_us": took, "hits": hits});
        println!("{line}");
    }
    Ok(())
}

/// Any of the words of a question.
fn plain_query(question: &str) -> String {
    let words: BTreeSet<String> = question
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    any_of(words.iter().map(String::as_str))
}

/// Any of the terms of a question, without the common ones.
fn folded_query(question: &str, common: &BTreeSet<String>) -> String {
    let terms = Terms::of(question);
    let all: BTreeSet<&str> = terms
        .syllables
        .split_whitespace()
        .chain(terms.pairs.split_whitespace())
        .collect();
    let rare = || all.iter().copied().filter(|term| !common.contains(*term));
    match rare().count() >= KEEP {
        true => any_of(rare()),
        false => any_of(all.into_iter()),
    }
}

fn any_of<'t>(terms: impl Iterator<Item = &'t str>) -> String {
    let quoted: Vec<String> = terms.map(|term| format!("\"{term}\"")).collect();
    quoted.join(" OR ")
}

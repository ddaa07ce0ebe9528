//! Documents whose articles came already cut.

use super::line::{Cut, Line, clean, split_into};
use super::marker;
use super::{CONTENTS_CUT, Piece, Reading, read, read_lines};
use crate::Level;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// One article of a source that cut them itself.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ArticleRow<'a> {
    /// Its number in the source: `5`, `12a`.
    pub id: &'a str,
    /// Its heading, without "Điều 5."; may be empty, or hold the whole text of a short article.
    pub title: &'a str,
    /// Its text, a paragraph a line.
    pub text: &'a str,
    /// The headings it stands under, joined by " — ", where the source knows them.
    pub chapter: Option<&'a str>,
    /// Its other fields, kept on the block.
    pub extra: Map<String, Value>,
}

/// Reads a document from what stands before its articles, and the articles.
///
/// The cut of the source is taken as evidence, not as truth: articles that a source listed but that
/// are quoted, attached or broken off a sentence get the place they have in the act. Headings of
/// chapters left at the end of the article before them are found. Chapters that the source names
/// become headings only where they run I, II, III through a complete act; otherwise they stay in the
/// article's `extra`. A list without a preamble and without repetitions is put in order.
pub fn from_articles(preamble: &str, articles: &[ArticleRow<'_>]) -> Reading {
    if articles.is_empty() {
        return read(&Piece::lines(preamble));
    }
    let (kept, page_outline) = without_page_outline(articles);
    let mut order: Vec<&ArticleRow<'_>> = articles[..kept].iter().collect();
    let ids: HashSet<&str> = order.iter().map(|row| row.id).collect();
    if preamble.trim().is_empty() && ids.len() == order.len() {
        let number = |row: &&ArticleRow<'_>| number(row.id);
        if order.iter().all(|row| number(row).is_some()) {
            order.sort_by_key(number);
        }
    }
    let chapters = chapters(&order);
    let mut lines = Vec::new();
    split_into(&mut lines, preamble, None, None);
    for (i, row) in order.iter().enumerate() {
        if let Some(headings) = chapters.as_ref().map(|chapters| &chapters[i]) {
            lines.extend(
                headings
                    .iter()
                    .map(|heading| Line::new(heading.as_str(), None)),
            );
        }
        lines.push(cut_line(row, chapters.is_some()));
        let last = page_outline && i + 1 == order.len();
        split_into(
            &mut lines,
            if last {
                before_contents(row.text)
            } else {
                row.text
            },
            None,
            None,
        );
    }
    let mut reading = read_lines(lines);
    if page_outline {
        reading.doubts.push(CONTENTS_CUT.to_string());
    }
    reading
}

fn number(id: &str) -> Option<marker::Number> {
    let heading = format!("Điều {id}.");
    marker::article(&heading).map(|mark| mark.number)
}

fn cut_line(row: &ArticleRow<'_>, chapter_shown: bool) -> Line {
    let title = clean(row.title);
    let text = match number(row.id) {
        Some(number) if title.is_empty() => format!("Điều {}.", number.text()),
        Some(number) => format!("Điều {}. {title}", number.text()),
        None => title.clone(),
    };
    let mut extra = row.extra.clone();
    if let Some(chapter) = row.chapter.filter(|_| !chapter_shown) {
        extra.insert("chapter".to_string(), Value::String(chapter.to_string()));
    }
    Line {
        apart: true,
        cut: Some(Box::new(Cut {
            id: row.id.to_string(),
            title,
            extra,
        })),
        ..Line::new(text, None)
    }
}

/// The headings to write before each article, or `None` where the source's chapters are not the
/// act's own: the codification, for one, files the articles of decrees under the chapters of the law.
fn chapters(order: &[&ArticleRow<'_>]) -> Option<Vec<Vec<String>>> {
    let complete = order
        .iter()
        .enumerate()
        .all(|(i, row)| row.chapter.is_some() && row.id.parse() == Ok(i + 1));
    if !complete {
        return None;
    }
    let mut last: Vec<String> = Vec::new();
    let mut out = Vec::with_capacity(order.len());
    let mut number = 0;
    for row in order {
        let path = path(row.chapter.unwrap_or_default());
        let same = path.iter().zip(&last).take_while(|(a, b)| a == b).count();
        for heading in &path[same..] {
            let mark = marker::upper(heading)?;
            if mark.level == Level::Chapter {
                number += 1;
                let printed = mark.label.rsplit(' ').next().unwrap_or("");
                let value = marker::roman(printed).or_else(|| printed.parse().ok());
                if value != Some(number) {
                    return None;
                }
            }
        }
        let fresh = path[same..].iter().flat_map(|heading| {
            let (mark, title) = heading.split_once('\n').unwrap_or((heading, ""));
            [mark.to_string(), title.to_string()]
        });
        out.push(fresh.filter(|line| !line.is_empty()).collect());
        last = path;
    }
    (number >= 2).then_some(out)
}

/// `Chương I — QUY ĐỊNH CHUNG — Mục 1 — A` as headings with their titles, a line break between.
fn path(chapter: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in chapter.split(" — ").map(clean) {
        match out.last_mut() {
            Some(last) if marker::upper(&part).is_none_or(|mark| !mark.rest.is_empty()) => {
                last.push('\n');
                last.push_str(&part);
            }
            _ => out.push(part),
        }
    }
    out
}

/// How many articles come before the outline of its own page that the national database's pages
/// repeat below the text ("Khoản 1 / Điểm a"), and whether there is one.
fn without_page_outline(articles: &[ArticleRow<'_>]) -> (usize, bool) {
    let all = (articles.len(), false);
    let Some(first) = articles.first() else {
        return all;
    };
    let Some(again) = articles
        .iter()
        .rposition(|row| row.id == first.id)
        .filter(|at| *at > 0)
    else {
        return all;
    };
    let known: HashSet<String> = articles[..again]
        .iter()
        .flat_map(|row| row.text.lines().chain([row.title]))
        .map(clean)
        .collect();
    let outline_only = articles[again..].iter().all(|row| {
        row.text
            .lines()
            .map(clean)
            .filter(|line| !line.is_empty())
            .all(|line| {
                ["Khoản ", "Điểm "]
                    .iter()
                    .any(|word| line.starts_with(word))
                    && line.chars().count() <= 12
                    || marker::upper(&line).is_some()
                    || known.contains(&line)
            })
    });
    let says_so = articles[again..].iter().any(|row| {
        row.text
            .lines()
            .any(|line| line.trim().starts_with("Khoản "))
    });
    let same = articles[again..]
        .iter()
        .filter(|row| {
            articles[..again]
                .iter()
                .any(|a| a.id == row.id && a.title == row.title)
        })
        .count();
    let repeats = same * 10 >= (articles.len() - again) * 9;
    let contents = articles[again - 1]
        .text
        .lines()
        .any(|line| line.trim() == "Mục lục");
    if outline_only && repeats && (says_so || contents) {
        (again, true)
    } else {
        all
    }
}

/// The text without the first lines of that outline.
fn before_contents(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim() == "Mục lục" {
            return &text[..at];
        }
        at += line.len();
    }
    text
}

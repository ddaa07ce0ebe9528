//! Whether local documents are found beside the law: the questions of `tests/questions/local.jsonl`,
//! asked of one shelf that holds the sample shelf and the largest corpus.

use crate::{
    journey::{Journey, Material},
    project::Project,
    say,
};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

/// See `tests/questions/README.md`: the questions do not change with the ranking.
const FILE: &str = "tests/questions/local.jsonl";

const CORPUS: &str = "corpus/dsc2026_docs.jsonl.zst";

/// A question and the local documents that answer it.
#[derive(Deserialize)]
struct Question {
    qid: String,
    text: String,
    asked_by: String,
    relevant: Vec<Relevant>,
}

#[derive(Deserialize)]
struct Relevant {
    /// The source key of a document.
    law_id: String,
}

/// What the search answered to one of them.
#[derive(Deserialize)]
struct Answer {
    qid: String,
    hits: Vec<Value>,
}

/// Asks all questions and prints how many are answered first, and what stands before the others.
pub(super) fn run(project: &Project, shelf: &Path, data: &Path) -> Result<()> {
    let folder = project.made("bench/local");
    let journey = Journey::new(project, shelf.to_path_buf(), folder)?;
    let material = Material::sample(project).with(&data.join(CORPUS))?;
    journey.prepare(&material)?;
    answers_exist(project, &journey)?;
    let questions = questions(project)?;
    let answers: Vec<Answer> = lines(&journey.answers(&project.path(FILE), "text")?)?;
    ensure!(
        answers.len() == questions.len(),
        "{} questions, {} answers",
        questions.len(),
        answers.len()
    );
    let asked: Vec<Asked<'_>> = questions
        .iter()
        .zip(&answers)
        .map(|(question, answer)| Asked::of(question, answer))
        .collect::<Result<_>>()?;
    say::line(&table(&asked));
    say::line(&not_first(&asked));
    Ok(())
}

/// Fails where an answer is not on the shelf that a journey has published.
pub(crate) fn answers_exist(project: &Project, journey: &Journey<'_>) -> Result<()> {
    let documents = journey.documents()?;
    let keys: BTreeSet<&str> = documents
        .iter()
        .filter_map(|document| document["source_key"].as_str())
        .collect();
    let questions = questions(project)?;
    for question in &questions {
        for Relevant { law_id } in &question.relevant {
            ensure!(
                keys.contains(law_id.as_str()),
                "{FILE}, {}: the shelf has no document '{law_id}'",
                question.qid
            );
        }
    }
    say::detail(&format!(
        "the answers to {} questions are on the shelf",
        questions.len()
    ));
    Ok(())
}

/// A question, where its answer stands among the first ten hits (from 1), and what stands first.
struct Asked<'a> {
    question: &'a Question,
    rank: Option<usize>,
    first: String,
}

impl<'a> Asked<'a> {
    fn of(question: &'a Question, answer: &Answer) -> Result<Self> {
        ensure!(
            answer.qid == question.qid,
            "the answer to {} came in place of {}",
            answer.qid,
            question.qid
        );
        let key = |hit: &Value| hit["document"]["source_key"].as_str().map(str::to_owned);
        let right = |hit: &Value| {
            key(hit).is_some_and(|key| question.relevant.iter().any(|one| one.law_id == key))
        };
        Ok(Self {
            question,
            rank: answer.hits.iter().position(right).map(|at| at + 1),
            first: answer
                .hits
                .first()
                .and_then(key)
                .unwrap_or_else(|| "nothing".to_owned()),
        })
    }
}

/// The figures of all questions, and of each kind of people and way of typing.
fn table(asked: &[Asked<'_>]) -> String {
    let mut text = String::from(
        "\n| local questions | number | R@1 | R@3 | R@10 | MRR@10 |\n|---|---|---|---|---|---|\n",
    );
    let mut row = |name: &str, counts: &dyn Fn(&Question) -> bool| {
        let ranks: Vec<Option<usize>> = asked
            .iter()
            .filter(|asked| counts(asked.question))
            .map(|asked| asked.rank)
            .collect();
        let [at_1, at_3, at_10] = [1, 3, 10].map(|depth| recall(&ranks, depth));
        let mrr = mrr(&ranks);
        let number = ranks.len();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {name} | {number} | {at_1:.3} | {at_3:.3} | {at_10:.3} | {mrr:.3} |"
        );
    };
    row("all", &|_| true);
    let people: BTreeSet<&str> = asked
        .iter()
        .map(|asked| asked.question.asked_by.as_str())
        .collect();
    for who in people {
        row(who, &|question| question.asked_by == who);
    }
    row("typed with accents", &|question| !question.text.is_ascii());
    row("typed without accents", &|question| {
        question.text.is_ascii()
    });
    text
}

/// The share of questions with an answer among the first `depth` hits.
#[allow(clippy::cast_precision_loss)]
fn recall(ranks: &[Option<usize>], depth: usize) -> f64 {
    let found = ranks.iter().flatten().filter(|rank| **rank <= depth);
    found.count() as f64 / ranks.len().max(1) as f64
}

/// The mean of 1 / rank; nothing for a question without an answer among the hits.
#[allow(clippy::cast_precision_loss)]
fn mrr(ranks: &[Option<usize>]) -> f64 {
    let sum: f64 = ranks.iter().flatten().map(|rank| 1.0 / *rank as f64).sum();
    sum / ranks.len().max(1) as f64
}

/// One line for each question whose answer does not stand first.
fn not_first(asked: &[Asked<'_>]) -> String {
    let mut text = String::from("Not first: rank, question, what stands first (what should)\n");
    for asked in asked.iter().filter(|asked| asked.rank != Some(1)) {
        let rank = asked.rank.map_or("-".to_owned(), |rank| rank.to_string());
        let question = asked.question;
        let wanted: Vec<&str> = question
            .relevant
            .iter()
            .map(|one| one.law_id.as_str())
            .collect();
        let _ = writeln!(
            text,
            "  {rank:>2}  {} {} → {} ({})",
            question.qid,
            question.text,
            asked.first,
            wanted.join(", ")
        );
    }
    text
}

fn questions(project: &Project) -> Result<Vec<Question>> {
    let file = project.path(FILE);
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    lines(&text).with_context(|| file.display().to_string())
}

fn lines<T: serde::de::DeserializeOwned>(text: &str) -> Result<Vec<T>> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).with_context(|| format!("not understood: {line}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn question(text: &str, asked_by: &str) -> Question {
        serde_json::from_value(json!({
            "qid": "q", "text": text, "asked_by": asked_by,
            "relevant": [{"law_id": "a.txt"}, {"law_id": "2/QĐ"}]
        }))
        .unwrap()
    }

    fn answer(qid: &str, keys: &[&str]) -> Answer {
        let hits = keys
            .iter()
            .map(|key| json!({"document": {"source_key": key}}))
            .collect();
        Answer {
            qid: qid.to_owned(),
            hits,
        }
    }

    #[test]
    fn the_first_of_several_right_documents_counts() {
        let question = question("tờ gấp", "báo cáo viên");
        let asked = Asked::of(&question, &answer("q", &["1/L", "2/QĐ", "a.txt"])).unwrap();
        assert_eq!((asked.rank, asked.first.as_str()), (Some(2), "1/L"));
        let asked = Asked::of(&question, &answer("q", &[])).unwrap();
        assert_eq!((asked.rank, asked.first.as_str()), (None, "nothing"));
        assert!(Asked::of(&question, &answer("other", &[])).is_err());
    }

    #[test]
    fn the_table_counts_people_and_ways_of_typing_apart() {
        let (accented, plain) = (
            question("tờ gấp", "báo cáo viên"),
            question("to gap", "người dân"),
        );
        let asked = [
            Asked::of(&accented, &answer("q", &["a.txt"])).unwrap(),
            Asked::of(&plain, &answer("q", &["1/L", "3/L", "4/L", "a.txt"])).unwrap(),
        ];
        let text = table(&asked);
        assert!(
            text.contains("| all | 2 | 0.500 | 0.500 | 1.000 | 0.625 |"),
            "{text}"
        );
        assert!(text.contains("| người dân | 1 | 0.000 | 0.000 | 1.000 | 0.250 |"));
        assert!(text.contains("| typed with accents | 1 | 1.000 |"));
        assert!(not_first(&asked).contains("   4  q to gap → 1/L (a.txt, 2/QĐ)"));
    }

    #[test]
    fn every_question_has_its_own_name_a_text_and_an_answer() {
        let questions = questions(&Project::find().unwrap()).unwrap();
        assert!(questions.len() >= 80);
        let names: BTreeSet<&str> = questions.iter().map(|one| one.qid.as_str()).collect();
        assert_eq!(names.len(), questions.len());
        for question in &questions {
            assert!(!question.text.trim().is_empty(), "{}", question.qid);
            assert!(!question.relevant.is_empty(), "{}", question.qid);
        }
    }
}

//! The questions of the sample shelf, each with the document that must be among the first ten hits.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::{journey::Journey, project::Project, say};

const FILE: &str = "assets/checks/queries.jsonl";

/// The fields that hold the same question, typed with and without accents.
const TYPINGS: [&str; 2] = ["text", "text_khong_dau"];

/// Asks all of them of a shelf that has been synced.
pub(crate) fn check(project: &Project, journey: &Journey<'_>) -> Result<()> {
    let file = project.path(FILE);
    let questions = json_lines(&read(&file)?)?;
    let mut missed = Vec::new();
    for field in TYPINGS {
        let answers = json_lines(&journey.answers(&file, field)?)?;
        ensure!(
            answers.len() == questions.len(),
            "{} questions, {} answers",
            questions.len(),
            answers.len()
        );
        let ranks: Vec<Option<usize>> = questions
            .iter()
            .zip(&answers)
            .map(|(question, answer)| rank(question, answer))
            .collect();
        let first = ranks.iter().filter(|rank| **rank == Some(1)).count();
        let found = ranks.iter().flatten().count();
        say::detail(&format!(
            "{field}: {found} of {} found, {first} at rank 1",
            ranks.len()
        ));
        let lost = questions
            .iter()
            .zip(&ranks)
            .filter(|(_, rank)| rank.is_none());
        missed.extend(lost.map(|(question, _)| format!("{} ({field})", question["qid"])));
    }
    ensure!(
        missed.is_empty(),
        "not among the first ten hits: {}",
        missed.join(", ")
    );
    Ok(())
}

/// Where the expected document stands among the hits, from 1.
fn rank(question: &Value, answer: &Value) -> Option<usize> {
    let expected = question["expect"]["number"].as_str()?;
    let hits = answer["hits"].as_array()?;
    let at = hits
        .iter()
        .position(|hit| hit["document"]["number"] == expected)?;
    (answer["qid"] == question["qid"]).then_some(at + 1)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn json_lines(text: &str) -> Result<Vec<Value>> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).with_context(|| format!("not JSON: {line}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_rank_is_that_of_the_expected_document_in_the_answer_to_the_same_question() {
        let question = json!({"qid": "q1", "expect": {"number": "2/QĐ"}});
        let hits = json!([{"document": {"number": "1/QĐ"}}, {"document": {"number": "2/QĐ"}}]);
        assert_eq!(
            rank(&question, &json!({"qid": "q1", "hits": hits})),
            Some(2)
        );
        assert_eq!(rank(&question, &json!({"qid": "q2", "hits": hits})), None);
        assert_eq!(rank(&question, &json!({"qid": "q1", "hits": []})), None);
    }

    #[test]
    fn every_sample_question_names_what_it_expects_in_both_typings() {
        let project = Project::find().unwrap();
        for question in json_lines(&read(&project.path(FILE)).unwrap()).unwrap() {
            assert!(question["expect"]["number"].is_string(), "{question}");
            assert!(
                TYPINGS.iter().all(|field| question[*field].is_string()),
                "{question}"
            );
        }
    }
}

//! What a reader's data folder answers, in a form that can be compared.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{Faults, shelf::Outcome};

/// Questions with and without accents, by words, by number, by citation; none too rare.
const QUESTIONS: [&str; 8] = [
    "tủ sách pháp luật ở cơ sở",
    "ho so dang ky khai sinh",
    "trách nhiệm của Ủy ban nhân dân cấp xã",
    "hiệu lực thi hành",
    "105/2005/QĐ-UBND",
    "Điều 3 Quyết định 110/2010/QĐ-UBND",
    "khoản 2 Điều 12 Quyết định 9001/2026/QĐ-UBND",
    "hoà giải ở cơ sở",
];

impl Faults<'_> {
    fn questions(&self) -> Result<PathBuf> {
        let path = self.path("questions.jsonl");
        if !path.exists() {
            let rows = QUESTIONS.iter().enumerate();
            let lines: Vec<String> = rows
                .map(|(n, text)| json!({ "qid": n, "text": text }).to_string())
                .collect();
            std::fs::write(&path, lines.join("\n"))?;
        }
        Ok(path)
    }

    /// Asks all questions, however that ends.
    pub(super) fn ask(&self, home: &Path) -> Result<Outcome> {
        let mut command = self.shelf.command(["search", "--limit", "5", "--queries"]);
        command.arg(self.questions()?).arg("--home").arg(home);
        let outcome = self.shelf.run(&mut command)?;
        outcome.orderly()?;
        Ok(outcome)
    }

    /// The answers to all questions, without what differs from run to run.
    pub(super) fn answers(&self, home: &Path) -> Result<Vec<Value>> {
        answers_of(&self.ask(home)?)
    }

    /// What a reader has after a fault: either no shelf yet, or answers. Nothing else.
    pub(super) fn answers_or_no_shelf(&self, home: &Path) -> Result<Option<Vec<Value>>> {
        let outcome = self.ask(home)?;
        if outcome.code == Some(0) {
            return answers_of(&outcome).map(Some);
        }
        outcome.fails_with(&["no_shelf"])?;
        Ok(None)
    }

    /// Fails where anything in a data folder has other bytes than were signed. What has not arrived
    /// yet may be missing, if `missing` says so.
    pub(super) fn nothing_unverified(&self, home: &Path, missing: bool) -> Result<()> {
        let outcome = self.shelf.run(&mut self.shelf.verify(home))?;
        outcome.orderly()?;
        if outcome.code == Some(0) {
            return Ok(());
        }
        if missing && matches!(outcome.error_code(), Some("no_shelf" | "not_a_shelf")) {
            return Ok(());
        }
        let faults = outcome
            .value()
            .with_context(|| outcome.last_line().to_owned())?;
        let faults = faults["faults"].as_array().context("no list of faults")?;
        let other = faults.iter().find(|fault| {
            let reason = fault["reason"].as_str().unwrap_or_default();
            !(missing && reason.contains("missing"))
        });
        ensure!(
            other.is_none(),
            "{} is unsound: {}",
            home.display(),
            other.unwrap_or(&Value::Null)
        );
        Ok(())
    }
}

fn answers_of(outcome: &Outcome) -> Result<Vec<Value>> {
    ensure!(
        outcome.code == Some(0),
        "the search ended with {}",
        outcome.last_line()
    );
    let mut answers = Vec::new();
    for line in outcome.stdout.lines() {
        let mut answer: Value = serde_json::from_str(line).context("an answer is no JSON")?;
        ensure!(
            answer["error"].is_null(),
            "a question was answered with {}",
            answer["error"]
        );
        if let Some(answer) = answer.as_object_mut() {
            answer.remove("took_us");
        }
        answers.push(answer);
    }
    ensure!(
        answers.len() == QUESTIONS.len(),
        "{} answers to {} questions",
        answers.len(),
        QUESTIONS.len()
    );
    Ok(answers)
}

/// Fails where two sets of answers differ in documents, provisions, their order or their words.
pub(super) fn same(found: &[Value], expected: &[Value]) -> Result<()> {
    for (found, expected) in found.iter().zip(expected) {
        let hits = |answer: &Value| answer["hits"].as_array().cloned().unwrap_or_default();
        let (found_hits, expected_hits) = (hits(found), hits(expected));
        ensure!(
            found_hits.len() == expected_hits.len(),
            "question {}: {} hits, expected {}",
            found["qid"],
            found_hits.len(),
            expected_hits.len()
        );
        for (found_hit, expected_hit) in found_hits.iter().zip(&expected_hits) {
            ensure!(
                found_hit == expected_hit,
                "question {}: found {found_hit}, expected {expected_hit}",
                found["qid"]
            );
        }
    }
    Ok(())
}

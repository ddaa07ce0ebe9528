//! A corpus of invented acts of real size, in the words of the sample shelf.

use std::{fs, io::Write as _, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::random::Random;
use crate::project::Project;

/// Acts that can be told to change.
pub(super) struct Corpus {
    words: Vec<String>,
    seed: u64,
    /// How often each act was changed; the length is the number of acts.
    editions: Vec<u32>,
}

impl Corpus {
    /// `acts` acts in the words of the sample shelf.
    pub(super) fn new(project: &Project, acts: usize, seed: u64) -> Result<Self> {
        let folder = project.path("assets/sample-shelf/van-ban");
        let mut names: Vec<_> = fs::read_dir(&folder)
            .with_context(|| format!("cannot read {}", folder.display()))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        names.sort();
        let mut words = Vec::new();
        for name in names
            .iter()
            .filter(|name| name.extension().is_some_and(|e| e == "txt"))
        {
            let text = fs::read_to_string(name)?;
            let plain = text.split_whitespace().filter(|word| {
                let letters = word.trim_end_matches([',', ';', '.']);
                !letters.is_empty() && letters.chars().all(char::is_alphabetic)
            });
            words.extend(plain.map(|word| word.trim_end_matches([';', '.']).to_lowercase()));
        }
        ensure!(
            words.len() > 1000,
            "{} holds too few words",
            folder.display()
        );
        Ok(Self {
            words,
            seed,
            editions: vec![0; acts],
        })
    }

    pub(super) fn len(&self) -> usize {
        self.editions.len()
    }

    /// The next edition of `count` acts picked at random, and `new` more acts.
    pub(super) fn change(&mut self, random: &mut Random, count: usize, new: usize) {
        for _ in 0..count {
            let at = random.below(self.editions.len());
            self.editions[at] += 1;
        }
        self.editions.extend(std::iter::repeat_n(0, new));
    }

    /// The key of an act.
    pub(super) fn key(at: usize) -> String {
        format!("gia-dinh-{at}")
    }

    /// Writes the acts as an import.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let file =
            fs::File::create(path).with_context(|| format!("cannot make {}", path.display()))?;
        let mut out = std::io::BufWriter::new(file);
        for at in 0..self.editions.len() {
            writeln!(out, "{}", self.row(at))?;
        }
        out.flush()
            .with_context(|| format!("cannot write {}", path.display()))
    }

    fn row(&self, at: usize) -> Value {
        // The act is the same in every edition, but for the article that was changed.
        let mut random = Random::new(self.seed ^ (at as u64) << 20);
        let count = 6 + random.below(30);
        let changed = random.below(count);
        let articles: Vec<Value> = (0..count)
            .map(|article| {
                let title = self.sentence(&mut random, 8);
                let mut text: Vec<String> = (1..2 + random.below(5))
                    .map(|clause| format!("{clause}. {}", self.sentence(&mut random, 60)))
                    .collect();
                if article == changed {
                    text.push(format!(
                        "Lần sửa thứ {} của văn bản này.",
                        self.editions[at]
                    ));
                }
                json!({ "id": (article + 1).to_string(), "title": title, "text": text.join("\n") })
            })
            .collect();
        json!({
            "law_id": Self::key(at),
            "number": format!("{}/{}/QĐ-UBND", 100 + at, 2000 + at % 25),
            "type": "Quyết định",
            "title": format!("Quyết định về {}", self.sentence(&mut random, 12)),
            "date": format!("{}-0{}-1{}", 2000 + at % 25, 1 + at % 9, at % 10),
            "articles": articles,
        })
    }

    /// Up to twice `length` words, in runs as they stand in the sample shelf.
    fn sentence(&self, random: &mut Random, length: usize) -> String {
        let wanted = length / 2 + random.below(length);
        let mut sentence: Vec<&str> = Vec::new();
        while sentence.len() <= wanted {
            let from = random.below(self.words.len() - 8);
            let run = 2 + random.below(6);
            sentence.extend(self.words[from..from + run].iter().map(String::as_str));
        }
        sentence.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_act_differs_in_one_article_alone() {
        let project = Project::find().unwrap();
        let mut corpus = Corpus::new(&project, 3, 1).unwrap();
        let before = corpus.row(0);
        assert_eq!(before, corpus.row(0), "the same act is the same row");
        corpus.editions[0] = 1;
        let after = corpus.row(0);
        let differ = before["articles"]
            .as_array()
            .unwrap()
            .iter()
            .zip(after["articles"].as_array().unwrap())
            .filter(|(one, other)| one != other)
            .count();
        assert_eq!(differ, 1);
        assert_ne!(corpus.row(1), corpus.row(2));
    }
}

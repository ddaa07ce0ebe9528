//! The tables against real texts: the legal side of each lay word is what acts say, and letters of the
//! highland languages never tear a word.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test says what it measured"
)]

use shelf_law::Tables;
use shelf_law::tokens::{folded_terms, syllables};
use std::collections::BTreeSet;
use std::io::BufRead;
use std::path::PathBuf;
use unicode_normalization::UnicodeNormalization;

fn data() -> Option<PathBuf> {
    let path = std::env::var_os("SHELF_DATA").map_or_else(
        || concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/data").into(),
        PathBuf::from,
    );
    path.is_dir().then_some(path)
}

/// Lines of a corpus; none where it is not here.
fn lines(file: &str) -> Option<impl Iterator<Item = String> + use<>> {
    let file = std::fs::File::open(data()?.join(file)).ok()?;
    let reader = std::io::BufReader::new(zstd::Decoder::new(file).ok()?);
    Some(reader.lines().map_while(Result::ok))
}

#[test]
fn every_legal_word_stands_in_an_act() {
    let words = &Tables::builtin().words;
    let legal: BTreeSet<String> = words.iter().flat_map(|lay| lay.legal.clone()).collect();
    // A sentence may begin with them.
    let capital = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().map(|c| c.to_uppercase().to_string());
        first.unwrap_or_default() + chars.as_str()
    };
    let mut missing: Vec<(String, String)> = legal
        .into_iter()
        .map(|word| (capital(&word), word))
        .collect();
    for (corpus, decrees) in [
        ("dsc2026_docs", true),
        ("dsc_small_docs", false),
        ("phapdien_laws", false),
        ("tvpl_laws_2024", false),
    ] {
        let Some(lines) = lines(&format!("corpus/{corpus}.jsonl.zst")) else {
            eprintln!("skipped: {corpus} is not here");
            return;
        };
        for line in lines {
            if missing.is_empty() {
                break;
            }
            // What is punished stands in the decrees on it; the rest of the large corpus is not read.
            let head: String = line
                .chars()
                .take(400)
                .flat_map(char::to_lowercase)
                .collect();
            if !decrees || head.contains("xử phạt vi phạm") {
                missing.retain(|(one, two)| {
                    !line.contains(one.as_str()) && !line.contains(two.as_str())
                });
            }
        }
        eprintln!("{} left after {corpus}", missing.len());
    }
    assert!(missing.is_empty(), "no act says {missing:?}");
}

#[test]
fn bahnar_words_stay_whole_and_read_alike_with_and_without_their_letters() {
    let Some(text) = data()
        .map(|data| data.join("minority/bahnar_law_parallel.tsv"))
        .and_then(|path| std::fs::read_to_string(path).ok())
    else {
        eprintln!("skipped: the Bahnar texts are not here");
        return;
    };
    let (mut words, mut marked) = (0, 0);
    for line in text.lines() {
        let bahnar = line.split('\t').next().unwrap_or_default();
        // As one types who has no such letters.
        let plain: String = bahnar
            .nfd()
            .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
            .map(|c| match c {
                'ƀ' | 'Ƀ' => 'b',
                'đ' | 'Đ' => 'd',
                other => other,
            })
            .collect();
        assert_eq!(folded_terms(bahnar), folded_terms(&plain), "{bahnar}");
        let composed: String = bahnar.nfc().collect();
        let decomposed: String = bahnar.nfd().collect();
        let tokens = syllables(&composed);
        assert_eq!(tokens.len(), syllables(&decomposed).len(), "{bahnar}");
        for token in &tokens {
            let typed = &composed[token.range.clone()];
            let before = composed[..token.range.start].chars().next_back();
            let after = composed[token.range.end..].chars().next();
            for beside in [before, after].into_iter().flatten() {
                assert!(
                    !beside.is_alphabetic(),
                    "{typed:?} is torn off {beside:?} in {bahnar}"
                );
                assert!(beside != '\u{306}', "{typed:?} lost its breve in {bahnar}");
            }
            words += 1;
            marked += usize::from(typed.contains('\u{306}'));
        }
    }
    eprintln!("{words} words, {marked} of them with a combining breve");
    assert!(
        words > 20_000 && marked > 500,
        "{words} words, {marked} with a breve"
    );
}

//! Words as the index takes them: folded once, by the tokenizer that queries use as well.

use shelf_law::tokens::for_each_syllable;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// What stands between syllables in prepared words.
const GAP: u8 = b' ';
/// Stands where no pair may reach across: between heading and text.
const WALL: u8 = b'\n';

/// Appends the folded syllables of `text` to prepared words, behind a wall where words stand already.
pub(crate) fn append_prepared(words: &mut String, text: &str) {
    let mut separator = (!words.is_empty()).then_some(WALL);
    for_each_syllable(text, |_, folded| {
        if let Some(separator) = separator {
            words.push(char::from(separator));
        }
        words.push_str(folded);
        separator = Some(GAP);
    });
}

/// Reads prepared words as syllables, or as pairs: folding was done once, so that both fields of a
/// unit share its words.
#[derive(Clone, Default)]
pub(crate) struct PreparedTokenizer {
    pairs: bool,
    token: Token,
}

impl PreparedTokenizer {
    pub(crate) fn syllables() -> PreparedTokenizer {
        PreparedTokenizer::default()
    }

    pub(crate) fn pairs() -> PreparedTokenizer {
        PreparedTokenizer {
            pairs: true,
            ..PreparedTokenizer::default()
        }
    }
}

impl Tokenizer for PreparedTokenizer {
    type TokenStream<'a> = PreparedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PreparedStream<'a> {
        self.token.reset();
        // Positions are not indexed, but tantivy adds to them.
        self.token.position = 0;
        PreparedStream {
            pairs: self.pairs,
            rest: text,
            previous: None,
            token: &mut self.token,
        }
    }
}

pub(crate) struct PreparedStream<'a> {
    pairs: bool,
    rest: &'a str,
    previous: Option<&'a str>,
    token: &'a mut Token,
}

impl TokenStream for PreparedStream<'_> {
    fn advance(&mut self) -> bool {
        while !self.rest.is_empty() {
            let bytes = self.rest.as_bytes();
            let end = bytes
                .iter()
                .position(|b| *b == GAP || *b == WALL)
                .unwrap_or(bytes.len());
            let syllable = &self.rest[..end];
            let walled = bytes.get(end) == Some(&WALL);
            self.rest = self.rest.get(end + 1..).unwrap_or("");
            let next = (!walled).then_some(syllable);
            let previous = std::mem::replace(&mut self.previous, next);
            if !self.pairs {
                self.token.text.clear();
                self.token.text.push_str(syllable);
                return true;
            }
            if let Some(previous) = previous {
                self.token.text.clear();
                self.token.text.push_str(previous);
                self.token.text.push('_');
                self.token.text.push_str(syllable);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(mut tokenizer: PreparedTokenizer, words: &str) -> Vec<String> {
        let mut found = Vec::new();
        tokenizer
            .token_stream(words)
            .process(&mut |token| found.push(token.text.clone()));
        found
    }

    #[test]
    fn pairs_do_not_reach_from_the_heading_into_the_text() {
        let mut words = String::new();
        append_prepared(&mut words, "Phạm vi");
        append_prepared(&mut words, "Luật Đất đai 45/2019.");
        assert_eq!(words, "pham vi\nluat dat dai 45 2019");
        assert_eq!(
            tokens(PreparedTokenizer::syllables(), &words),
            ["pham", "vi", "luat", "dat", "dai", "45", "2019"]
        );
        assert_eq!(
            tokens(PreparedTokenizer::pairs(), &words),
            ["pham_vi", "luat_dat", "dat_dai", "dai_45", "45_2019"]
        );
    }

    #[test]
    fn text_without_letters_adds_nothing_and_a_page_long_run_is_short() {
        let mut words = String::new();
        append_prepared(&mut words, &"ø".repeat(70_000));
        let length = words.len();
        assert!(length <= shelf_law::tokens::MAX_TERM);
        append_prepared(&mut words, " .,;-\n\u{0}");
        assert_eq!(words.len(), length);
    }
}

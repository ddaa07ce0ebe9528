//! The inside of one Điều: heading, khoản, điểm, and what it quotes for another act.

use super::build::{Builder, is_heading, words};
use super::chain::{Candidate, INSIDE_QUOTE, OWN_QUOTE, best_chain};
use super::line::{Line, fold, longer_than, opens_with_quote, quote_balance, unquoted};
use super::marker::{self, Number, ascii_letter, letter_position};
use super::outline;
use crate::{Block, Level, ProvisionId, Role};

/// What an amending khoản begins with, once it names what it changes.
const AMENDS: [&str; 16] = [
    "sua doi", "bo sung", "bai bo", "thay the", "thay cum", "thay", "khoan", "diem", "dieu",
    "doan", "ten", "tai ", "muc", "chuong", "bo cum", "huy bo",
];

/// An amending khoản is likelier than a quoted one where both have the number that comes next.
const AMENDING: f32 = 0.3;

/// Where lines are being written.
#[derive(Clone)]
struct Place {
    id: Option<ProvisionId>,
    depth: usize,
}

/// Heading and text of what follows the marker `Điều 5.`: a heading ends no sentence, or is short
/// and has text below it.
pub(super) fn heading_and_text(rest: &str, has_more: bool) -> (String, String) {
    let short = !longer_than(rest, 80);
    let opens_changes = rest.ends_with(':')
        && !longer_than(rest, 300)
        && AMENDS
            .iter()
            .take(5)
            .any(|word| fold(rest).starts_with(word));
    let heads = is_heading(rest)
        || (has_more && (opens_changes || (short && rest.ends_with('.') && !rest.ends_with("/."))));
    if heads {
        (rest.to_string(), String::new())
    } else {
        (String::new(), rest.to_string())
    }
}

/// Writes what stands in an article: `lines` without its heading line.
pub(super) fn emit(
    out: &mut Builder,
    lines: &[Line],
    depth: usize,
    id: Option<&ProvisionId>,
    role: Role,
) {
    if outline::roman_headings(lines) >= 2 {
        outline::emit(out, lines, depth, id, role);
        return;
    }
    let own = own_clauses(lines);
    let top = Place {
        id: id.cloned(),
        depth,
    };
    let mut inner = Inner {
        out,
        role,
        top: top.clone(),
        clause: top,
        letter: 0,
        in_point: false,
        dotted: false,
        open: false,
        quoted: None,
        quotes: 0,
    };
    for (i, line) in lines.iter().enumerate() {
        if line.is_table() {
            let depth = inner.text_depth();
            inner.out.line(line, depth, role);
        } else if own[i] {
            inner.clause(line);
        } else {
            let letters = lines.get(i + 1..).unwrap_or_default();
            inner.line(line, letters);
        }
    }
}

/// Which lines are the article's own khoản.
fn own_clauses(lines: &[Line]) -> Vec<bool> {
    let mut open = false;
    let mut places = Vec::new();
    let mut candidates = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let text = line.text.as_str();
        if line.furniture || line.is_table() {
            continue;
        }
        let opens = opens_with_quote(text);
        if let Some((number, _, rest)) = marker::clause(unquoted(text)) {
            let folded = fold(&rest.chars().take(20).collect::<String>());
            let amending = !opens && AMENDS.iter().any(|word| folded.starts_with(word));
            let mut penalty = if opens {
                OWN_QUOTE
            } else if open {
                INSIDE_QUOTE
            } else {
                0.0
            };
            if amending && open {
                penalty -= AMENDING;
            }
            places.push(i);
            candidates.push(Candidate {
                number,
                penalty,
                restart: None,
            });
        }
        match quote_balance(text) {
            0 => {}
            balance => open = balance > 0,
        }
    }
    let mut own = vec![false; lines.len()];
    for link in best_chain(&candidates) {
        own[places[link.candidate]] = true;
    }
    own
}

/// A quoted Điều that lines are being written into.
struct Quoted {
    place: Place,
    clause: Place,
    letter: u8,
}

struct Inner<'a> {
    out: &'a mut Builder,
    role: Role,
    top: Place,
    /// The open khoản, or the article.
    clause: Place,
    /// Position of the last điểm, 0 before the first.
    letter: u8,
    in_point: bool,
    /// Điểm are written `a.` here.
    dotted: bool,
    /// A quotation is open.
    open: bool,
    quoted: Option<Quoted>,
    quotes: usize,
}

impl Inner<'_> {
    fn text_depth(&self) -> usize {
        match &self.quoted {
            Some(quoted) => quoted.clause.depth + usize::from(quoted.letter > 0),
            None => self.clause.depth + usize::from(self.in_point),
        }
    }

    fn clause(&mut self, line: &Line) {
        let Some((number, _, rest)) = marker::clause(unquoted(&line.text)) else {
            return;
        };
        let marker = line.text[..line.text.len() - rest.len()].trim_end();
        self.quoted = None;
        self.letter = 0;
        self.in_point = false;
        self.open = quote_balance(&line.text) > 0;
        let id = self.push_clause(number, marker, rest, line, self.top.clone(), self.role);
        self.clause = Place {
            id,
            depth: self.top.depth + 1,
        };
    }

    /// Writes a khoản; a điểm a) that stands on its line becomes a line of its own.
    fn push_clause(
        &mut self,
        number: Number,
        marker: &str,
        rest: &str,
        line: &Line,
        place: Place,
        role: Role,
    ) -> Option<ProvisionId> {
        let (id, repeated) = self
            .out
            .id(place.id.as_ref(), &format!("khoan_{}", number.ascii()));
        self.out.push(
            Block {
                id: id.clone(),
                marker: marker.to_string(),
                label: format!("khoản {}", number.text()),
                text: words(rest),
                role,
                doubtful: repeated && role == Role::Own,
                page: line.page,
                extra: line.extra(),
                ..Block::new(Level::Clause, 0)
            },
            place.depth,
        );
        id
    }

    fn line(&mut self, line: &Line, below: &[Line]) {
        let text = line.text.as_str();
        let balance = quote_balance(text);
        let opens = opens_with_quote(text);
        let was_open = self.open;
        if balance != 0 {
            self.open = balance > 0;
        }
        let quotes = was_open || (opens && (balance > 0 || whole_quote(text)));
        if let Some(mark) = marker::article(text) {
            self.quoted_article(line, &mark, opens);
        } else if self.quoted.is_some() && (quotes || was_open) {
            self.quoted_line(line);
        } else if quotes {
            let depth = self.text_depth();
            self.out.line(line, depth, Role::Quoted);
        } else if !self.point(line, below) {
            let depth = self.text_depth();
            self.out.line(line, depth, self.role);
        }
        if !self.open {
            self.quoted = None;
        }
    }

    /// A whole Điều quoted for another act. Each quotation counts its own: `trich_1.dieu_5`.
    fn quoted_article(&mut self, line: &Line, mark: &marker::ArticleMark<'_>, opens: bool) {
        if opens || self.quotes == 0 {
            self.quotes += 1;
        }
        let depth = self.clause.depth;
        let segment = format!("trich_{}.dieu_{}", self.quotes, mark.number.ascii());
        let (id, _) = self.out.id(self.clause.id.as_ref(), &segment);
        let (heading, text) = heading_and_text(mark.rest, true);
        self.out.push(
            Block {
                id: id.clone(),
                marker: line.text[..line.text.len() - mark.rest.len()]
                    .trim_end()
                    .to_string(),
                label: format!("Điều {}", mark.number.text()),
                heading,
                text,
                role: Role::Quoted,
                page: line.page,
                extra: line.extra(),
                ..Block::new(Level::Article, 0)
            },
            depth,
        );
        let place = Place {
            id,
            depth: depth + 1,
        };
        self.quoted = Some(Quoted {
            clause: place.clone(),
            place,
            letter: 0,
        });
        // A quotation that was never opened still holds until its own next khoản.
        self.open = quote_balance(&line.text) >= 0 && !line.text.ends_with(['”', '"']) || self.open;
    }

    fn quoted_line(&mut self, line: &Line) {
        let text = line.text.as_str();
        let Some(mut quoted) = self.quoted.take() else {
            return;
        };
        if let Some((number, marker, rest)) = marker::clause(text) {
            let id = self.push_clause(
                number,
                marker,
                rest,
                line,
                quoted.place.clone(),
                Role::Quoted,
            );
            quoted.letter = 0;
            quoted.clause = Place {
                id,
                depth: quoted.place.depth + 1,
            };
        } else if let Some((letter, inserted, marker, rest)) = marker::point(text) {
            quoted.letter = letter_position(letter).unwrap_or(1);
            self.push_point(
                letter,
                inserted,
                marker,
                rest,
                line,
                &quoted.clause,
                Role::Quoted,
            );
        } else {
            let depth = quoted.clause.depth + usize::from(quoted.letter > 0);
            self.out.line(line, depth, Role::Quoted);
        }
        self.quoted = Some(quoted);
    }

    /// Writes the line as a điểm where its letter is the next one.
    fn point(&mut self, line: &Line, below: &[Line]) -> bool {
        let Some((letter, inserted, marker, rest)) = marker::point(&line.text) else {
            return false;
        };
        let Some(position) = letter_position(letter) else {
            return false;
        };
        let dotted = !marker.ends_with(')');
        let begins = position == 1;
        let follows = self.letter > 0
            && (position > self.letter && position <= self.letter + 4
                || position == self.letter && inserted.is_some());
        if !begins && !follows || (inserted.is_some() && self.letter == 0) {
            return false;
        }
        // `a.` is a điểm only where `b.` follows in the same khoản.
        if dotted && begins && !second_dotted(below) || dotted != self.dotted && follows {
            return false;
        }
        self.dotted = dotted;
        self.letter = position;
        self.in_point = true;
        let place = self.clause.clone();
        self.push_point(letter, inserted, marker, rest, line, &place, self.role);
        true
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one marker and where it goes"
    )]
    fn push_point(
        &mut self,
        letter: char,
        inserted: Option<u32>,
        marker: &str,
        rest: &str,
        line: &Line,
        place: &Place,
        role: Role,
    ) {
        let number = inserted.map(|n| n.to_string()).unwrap_or_default();
        let segment = format!("diem_{}{number}", ascii_letter(letter));
        let (id, repeated) = self.out.id(place.id.as_ref(), &segment);
        self.out.push(
            Block {
                id,
                marker: marker.to_string(),
                label: format!("điểm {letter}{number}"),
                text: words(rest),
                role,
                doubtful: repeated && role == Role::Own,
                page: line.page,
                extra: line.extra(),
                ..Block::new(Level::Point, 0)
            },
            place.depth,
        );
    }
}

fn second_dotted(below: &[Line]) -> bool {
    below
        .iter()
        .take_while(|line| marker::clause(&line.text).is_none())
        .take(30)
        .any(|line| line.text.starts_with("b. ") || line.text.starts_with("b/ "))
}

/// A line that is one quotation from its first letter to its last.
fn whole_quote(text: &str) -> bool {
    let end = text.trim_end_matches(['.', ';', ',', ' ']);
    end.ends_with(['”', '"', '»'])
        && unquoted(text).find(['”', '"']).is_some_and(|at| {
            let offset = text.len() - unquoted(text).len();
            offset + at + 4 >= end.len()
        })
}

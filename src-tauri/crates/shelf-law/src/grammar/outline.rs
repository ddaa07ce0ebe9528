//! The outline of administrative documents: `A.` `I.` `1.` `1.1.` `a)` `-` `+`.

use super::build::{Builder, is_heading};
use super::line::{Line, longer_than};
use super::marker::{self, ascii_letter, letter_position};
use crate::{Block, Level, ProvisionId, Role};

/// An item that is open: what comes next may stand in it.
#[derive(Clone, Debug)]
struct Open {
    rank: Rank,
    id: Option<ProvisionId>,
    depth: usize,
}

/// The nesting of items; a number nests by how many parts it has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rank {
    Capital,
    Roman,
    Number(usize),
    Letter,
    Dash,
    Plus,
}

/// One item as the line gives it.
struct Item<'a> {
    rank: Rank,
    segment: String,
    label: String,
    marker: &'a str,
    rest: &'a str,
}

struct Outline<'a> {
    out: &'a mut Builder,
    parent: Option<&'a ProvisionId>,
    base: usize,
    open: Vec<Open>,
    capital: u8,
    roman: u32,
    numbers: Vec<u32>,
    letter: u8,
    dashes: u32,
    pluses: u32,
}

/// How many numbers may be missing before a number is taken for a figure in the text.
const SLACK: u32 = 2;

/// Writes the lines as an outline at `base`, below `parent`; gives how many items it found.
pub(super) fn emit(
    out: &mut Builder,
    lines: &[Line],
    base: usize,
    parent: Option<&ProvisionId>,
    role: Role,
) -> usize {
    let mut outline = Outline {
        out,
        parent,
        base,
        open: Vec::new(),
        capital: 0,
        roman: 0,
        numbers: Vec::new(),
        letter: 0,
        dashes: 0,
        pluses: 0,
    };
    let mut found = 0;
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        if line.furniture {
            outline.reset();
            outline.out.furniture(line, base);
            at += 1;
            continue;
        }
        let item = if line.is_table() {
            None
        } else {
            outline.item(&line.text)
        };
        match item {
            Some(item) => {
                found += 1;
                let next = lines[at + 1..].iter().find(|line| !line.is_table());
                outline.push(&item, line, next, role);
            }
            None => {
                let depth = outline.open.last().map_or(base, |open| open.depth + 1);
                outline.out.line(line, depth, role);
            }
        }
        at += 1;
    }
    found
}

/// How many items of a heading kind (Roman or Arabic) an outline of these lines would open in order:
/// what decides whether a text is one.
pub(super) fn headings(lines: &[Line]) -> usize {
    let mut roman = 0;
    let mut number = 0;
    let mut count = 0;
    for line in lines.iter().filter(|line| !line.furniture) {
        if let Some((n, ..)) = marker::roman_item(&line.text)
            && n == roman + 1
        {
            (roman, number) = (n, 0);
            count += 1;
        } else if let Some((parts, ..)) = marker::decimal(&line.text)
            && parts.len() == 1
            && parts[0] == number + 1
        {
            number += 1;
            count += 1;
        }
    }
    count
}

/// How many Roman headings stand in order in the lines, from I.
pub(super) fn roman_headings(lines: &[Line]) -> u32 {
    lines
        .iter()
        .fold(0, |last, line| match marker::roman_item(&line.text) {
            Some((n, ..)) if n == last + 1 => n,
            _ => last,
        })
}

impl Outline<'_> {
    fn reset(&mut self) {
        self.open.clear();
        self.numbers.clear();
        (self.capital, self.roman) = (0, 0);
        (self.letter, self.dashes, self.pluses) = (0, 0, 0);
    }

    fn is_open(&self, test: impl Fn(Rank) -> bool) -> bool {
        self.open.iter().any(|open| test(open.rank))
    }

    /// The item that the line opens, where its number goes on with what came before.
    fn item<'t>(&mut self, text: &'t str) -> Option<Item<'t>> {
        self.roman_item(text)
            .or_else(|| self.capital_item(text))
            .or_else(|| self.number_item(text))
            .or_else(|| self.letter_item(text))
            .or_else(|| self.dash_item(text))
    }

    fn roman_item<'t>(&mut self, text: &'t str) -> Option<Item<'t>> {
        let (number, marker, rest) = marker::roman_item(text)?;
        let follows = number > self.roman && number <= self.roman + SLACK
            || number == 1 && (self.roman == 0 || self.is_open(|rank| rank == Rank::Capital));
        // "C. TÌNH HÌNH" after "B." is a letter, though C is a numeral too.
        if !follows || (number > 1 && self.roman == 0 && self.capital > 0) {
            return None;
        }
        self.roman = number;
        self.numbers.clear();
        self.below_number();
        Some(Item {
            rank: Rank::Roman,
            segment: format!("phan_{number}"),
            label: format!("phần {}", roman_text(marker)),
            marker,
            rest,
        })
    }

    fn capital_item<'t>(&mut self, text: &'t str) -> Option<Item<'t>> {
        let (letter, marker, rest) = marker::capital_item(text)?;
        let position = u8::try_from(u32::from(letter) - u32::from('A') + 1).ok()?;
        if position != self.capital + 1 {
            return None;
        }
        self.capital = position;
        self.roman = 0;
        self.numbers.clear();
        self.below_number();
        Some(Item {
            rank: Rank::Capital,
            segment: format!("phan_{}", letter.to_ascii_lowercase()),
            label: format!("phần {letter}"),
            marker,
            rest,
        })
    }

    fn number_item<'t>(&mut self, text: &'t str) -> Option<Item<'t>> {
        let (parts, marker, rest) = marker::decimal(text)?;
        let follows = match parts.as_slice() {
            [only] => {
                let last = self.numbers.first().copied().unwrap_or(0);
                *only > last && *only <= last + SLACK
            }
            [above @ .., last] => {
                let known = self.numbers.get(..above.len());
                let before = self.numbers.get(above.len()).copied().unwrap_or(0);
                let goes_on = known == Some(above) && *last > before && *last <= before + SLACK;
                // "1.1." below "I." without a "1." above it.
                goes_on || (*last == 1 && known != Some(above))
            }
            [] => false,
        };
        if !follows || parts.iter().any(|n| *n > 200) {
            return None;
        }
        self.numbers.clone_from(&parts);
        self.below_number();
        let printed: Vec<String> = parts.iter().map(u32::to_string).collect();
        Some(Item {
            rank: Rank::Number(parts.len()),
            segment: format!("muc_{}", printed.join("_")),
            label: format!("mục {}", printed.join(".")),
            marker,
            rest,
        })
    }

    fn letter_item<'t>(&mut self, text: &'t str) -> Option<Item<'t>> {
        let (letter, inserted, marker, rest) = marker::point(text)?;
        let position = letter_position(letter)?;
        let follows = position > self.letter && position <= self.letter + 3
            || inserted.is_some() && position == self.letter;
        if !follows || (self.letter == 0 && position != 1) {
            return None;
        }
        self.letter = position;
        (self.dashes, self.pluses) = (0, 0);
        let number = inserted.map(|n| n.to_string()).unwrap_or_default();
        Some(Item {
            rank: Rank::Letter,
            segment: format!("diem_{}{number}", ascii_letter(letter)),
            label: format!("điểm {letter}{number}"),
            marker,
            rest,
        })
    }

    fn dash_item<'t>(&mut self, text: &'t str) -> Option<Item<'t>> {
        let (sign, rest) = marker::dash(text)?;
        let marker = &text[..sign.len_utf8()];
        if sign == '+' {
            self.pluses += 1;
            return Some(Item {
                rank: Rank::Plus,
                segment: format!("cong_{}", self.pluses),
                label: format!("dấu cộng thứ {}", self.pluses),
                marker,
                rest,
            });
        }
        self.dashes += 1;
        self.pluses = 0;
        Some(Item {
            rank: Rank::Dash,
            segment: format!("gach_{}", self.dashes),
            label: format!("gạch đầu dòng thứ {}", self.dashes),
            marker,
            rest,
        })
    }

    fn below_number(&mut self) {
        (self.letter, self.dashes, self.pluses) = (0, 0, 0);
    }

    fn push(&mut self, item: &Item<'_>, line: &Line, next: Option<&Line>, role: Role) {
        while self.open.last().is_some_and(|open| open.rank >= item.rank) {
            self.open.pop();
        }
        let depth = self.open.last().map_or(self.base, |open| open.depth + 1);
        // 1.1. is named by all its numbers, so that its id hangs below the Roman part.
        let holder = match item.rank {
            Rank::Number(_) => self
                .open
                .iter()
                .rev()
                .find(|open| open.rank < Rank::Number(0))
                .and_then(|open| open.id.as_ref()),
            _ => self.open.last().and_then(|open| open.id.as_ref()),
        };
        let (id, repeated) = self.out.id(holder.or(self.parent), &item.segment);
        let titled = !matches!(item.rank, Rank::Dash | Rank::Plus)
            && (is_heading(item.rest) || self.leads(item, next));
        let (heading, text) = if titled {
            (item.rest.to_string(), String::new())
        } else {
            (String::new(), item.rest.to_string())
        };
        self.out.push(
            Block {
                id: id.clone(),
                marker: item.marker.to_string(),
                label: item.label.clone(),
                heading,
                text,
                role,
                doubtful: repeated,
                page: line.page,
                extra: line.extra(),
                ..Block::new(Level::Item, 0)
            },
            depth,
        );
        self.open.push(Open {
            rank: item.rank,
            id,
            depth,
        });
    }

    /// Whether the next line opens a deeper item, so that this one is its heading.
    fn leads(&self, item: &Item<'_>, next: Option<&Line>) -> bool {
        if longer_than(item.rest, 300) || item.rest.ends_with(['.', ';']) {
            return false;
        }
        let Some(text) = next.map(|line| line.text.as_str()) else {
            return false;
        };
        let deeper = if let Some((parts, ..)) = marker::decimal(text) {
            Rank::Number(parts.len())
        } else if marker::point(text).is_some() {
            Rank::Letter
        } else if marker::dash(text).is_some() {
            Rank::Dash
        } else {
            return false;
        };
        deeper > item.rank
    }
}

fn roman_text(marker: &str) -> &str {
    let end = marker
        .find(|c: char| !c.is_ascii_uppercase())
        .unwrap_or(marker.len());
    &marker[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DocumentText;
    use crate::grammar::line::split_into;

    fn outline(text: &str) -> DocumentText {
        let mut lines = Vec::new();
        split_into(&mut lines, text, None, None);
        let mut out = Builder::default();
        emit(&mut out, &lines, 0, None, Role::Own);
        DocumentText { blocks: out.blocks }
    }

    fn ids(text: &DocumentText) -> Vec<String> {
        text.blocks
            .iter()
            .map(|block| block.id.as_ref().map_or("-".into(), ToString::to_string))
            .collect()
    }

    #[test]
    fn items_nest_and_their_ids_name_the_way_to_them() {
        let text = outline(
            "I. MỤC ĐÍCH\n1. Mục đích\n- Một;\n- Hai.\nIII. NHIỆM VỤ\n1. Công tác\n1.1. Xây dựng\n\
            a) Kế hoạch:\n- Thời gian:\n+ Tỉnh.\n+ Xã.\nb) Văn bản\n1.2. Đánh giá\nĐoạn văn.",
        );
        assert_eq!(
            ids(&text),
            [
                "phan_1",
                "phan_1.muc_1",
                "phan_1.muc_1.gach_1",
                "phan_1.muc_1.gach_2",
                "phan_3",
                "phan_3.muc_1",
                "phan_3.muc_1_1",
                "phan_3.muc_1_1.diem_a",
                "phan_3.muc_1_1.diem_a.gach_1",
                "phan_3.muc_1_1.diem_a.gach_1.cong_1",
                "phan_3.muc_1_1.diem_a.gach_1.cong_2",
                "phan_3.muc_1_1.diem_b",
                "phan_3.muc_1_2",
                "-"
            ]
        );
        let depths: Vec<u8> = text.blocks.iter().map(|block| block.depth).collect();
        assert_eq!(depths, [0, 1, 2, 2, 0, 1, 2, 3, 4, 5, 5, 3, 2, 3]);
        assert_eq!(text.citation_label(7), "điểm a mục 1.1 mục 1 phần III");
        assert_eq!(text.blocks[7].heading, "Kế hoạch:");
    }

    #[test]
    fn figures_and_capital_letters_are_told_from_markers() {
        let text = outline(
            "A. TÌNH HÌNH\nI. Kết quả\n1. Số liệu\n20. Không phải mục.\nB. NHIỆM VỤ\nC. TỔ CHỨC",
        );
        assert_eq!(
            ids(&text),
            [
                "phan_a",
                "phan_a.phan_1",
                "phan_a.phan_1.muc_1",
                "-",
                "phan_b",
                "phan_c"
            ]
        );
    }
}

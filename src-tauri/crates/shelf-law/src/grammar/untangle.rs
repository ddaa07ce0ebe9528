//! Takes apart what the columns and soft breaks of a header ran together.

use super::basis::is_basis;
use super::header::{LONGEST, MOTTO, MOTTO_SECOND, PARTY};
use super::header_lines::number_line;
use super::line::{Line, find_folded, fold, is_mostly_caps, longer_than};
use super::marker;

/// Takes apart what columns and soft breaks ran together in the first lines of a source: cells,
/// the motto, drawn rules, number beside day, one Căn cứ after another.
pub(super) fn untangle(lines: Vec<Line>) -> Vec<Line> {
    let body = lines
        .iter()
        .take(LONGEST)
        .position(opens_body)
        .unwrap_or(lines.len().min(LONGEST));
    let mut out: Vec<Line> = Vec::with_capacity(lines.len() + 8);
    for (i, line) in lines.into_iter().enumerate() {
        if i >= body || line.is_table() || line.cut.is_some() {
            out.push(line);
            continue;
        }
        // "Hà Nội, ngày" and the day below it.
        if let Some(last) = out.last_mut()
            && last.text.ends_with("ngày")
            && line.text.starts_with(|c: char| c.is_ascii_digit())
            && line.text.contains("tháng")
        {
            last.text.push(' ');
            last.text.push_str(&line.text);
            continue;
        }
        let mut apart = line.apart;
        for part in pieces(&line.text, is_blank(&line.text, out.last())) {
            let mut piece = line.with_text(part);
            piece.hint.clone_from(&line.hint);
            piece.apart = apart;
            apart = true;
            out.push(piece);
        }
    }
    out
}

pub(super) fn opens_body(line: &Line) -> bool {
    line.cut.is_some()
        || marker::article(&line.text).is_some()
        || marker::upper(&line.text).is_some()
        || marker::roman_item(&line.text).is_some_and(|(n, ..)| n == 1)
}

/// Whether this line, when it only draws, is there to be written on and no rule: dots, except below a
/// heading; low lines below words that ask for something, or below another blank.
fn is_blank(text: &str, above: Option<&Line>) -> bool {
    let Some(above) = above.map(|line| line.text.as_str()) else {
        return false;
    };
    let heading = is_mostly_caps(above) || above.ends_with(MOTTO_END);
    let asks = above.ends_with(':')
        || above
            .split(' ')
            .next_back()
            .is_some_and(|word| Drawn::of(word) == Some(Drawn::Leader));
    asks || (!heading && !text.starts_with('_'))
}

fn pieces(text: &str, blank: bool) -> Vec<String> {
    let mut out = Vec::new();
    for cell in text.split('\t') {
        for stretch in without_rules(cell, blank) {
            let mut rest = stretch.as_str();
            for motto in [MOTTO, MOTTO_SECOND, PARTY] {
                if rest.len() < 400
                    && let Some(range) = find_folded(rest, motto)
                    && !fold(&rest[..range.start]).trim_end().ends_with("nuoc")
                    && is_mostly_caps(&rest[range.clone()]) | (motto == MOTTO_SECOND)
                {
                    push(&mut out, &rest[..range.start]);
                    push(&mut out, &rest[range.clone()]);
                    rest = &rest[range.end..];
                }
            }
            split_bases(rest, &mut out);
        }
    }
    out
}

fn push(out: &mut Vec<String>, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        out.push(text.to_string());
    }
}

/// The stretches between drawn rules. Of a cell that only draws nothing is left, unless its dots or low
/// lines are a `blank` to write on.
fn without_rules(text: &str, blank: bool) -> Vec<String> {
    let mut out = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    let whole: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    if let [only] = whole[..] {
        let kept = match Drawn::of(only) {
            Some(Drawn::Rule) => false,
            Some(Drawn::Leader) => blank,
            None => true,
        };
        return if kept { vec![only.to_string()] } else { out };
    }
    for word in whole {
        // Rules stand below or beside what heads a page. Elsewhere three dashes are punctuation, and
        // dots and low lines a blank.
        let heads = || {
            let before = words.join(" ");
            before.is_empty() || is_mostly_caps(&before) || before.ends_with(MOTTO_END)
        };
        let drawn = match Drawn::of(word) {
            Some(Drawn::Rule) => longer_than(word, LONGEST_DASH) || heads(),
            Some(Drawn::Leader) => !words.is_empty() && heads(),
            None => false,
        };
        if drawn {
            push(&mut out, &words.join(" "));
            words.clear();
        } else {
            words.push(word);
        }
    }
    push(&mut out, &words.join(" "));
    out
}

/// The last word of the Quốc hiệu, below which a rule is drawn.
const MOTTO_END: &str = "phúc";
/// Dashes in running text are no longer than this.
const LONGEST_DASH: usize = 4;

/// What a word without letters draws.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Drawn {
    /// `---`, `***`, `═══`.
    Rule,
    /// `____`, `......`, `………`: below a heading a rule, elsewhere a blank.
    Leader,
}

impl Drawn {
    fn of(word: &str) -> Option<Drawn> {
        let first = word.chars().next()?;
        let (drawn, least) = match first {
            '-' | '–' | '—' | '―' | '=' | '*' | '~' | '═' | '─' | '━' => {
                (Drawn::Rule, 3)
            }
            '_' | '…' | '‗' => (Drawn::Leader, 3),
            '.' => (Drawn::Leader, 6),
            _ => return None,
        };
        let same = |c: char| match first {
            '-' | '–' | '—' => matches!(c, '-' | '–' | '—'),
            '.' | '…' => matches!(c, '.' | '…'),
            _ => c == first,
        };
        (word.chars().count() >= least && word.chars().all(same)).then_some(drawn)
    }
}

/// `Căn cứ A; Căn cứ B; Theo đề nghị của C;` as lines of their own; a number and the day beside it too.
fn split_bases(text: &str, out: &mut Vec<String>) {
    if number_line(text).is_some()
        && let Some(at) = text.find(", ngày")
        && let Some((_, end)) = number_line(text)
        && end < at
    {
        push(out, &text[..end]);
        push(out, &text[end..]);
        return;
    }
    // "TỔNG CỤC THUẾ Số: 5184/TCT-TVQT".
    if is_mostly_caps(text)
        && let Some(at) = [" Số:", " Số ", " SỐ:"]
            .iter()
            .find_map(|word| text.find(word))
        && number_line(text[at..].trim_start()).is_some()
    {
        push(out, &text[..at]);
        push(out, &text[at..]);
        return;
    }
    let mut rest = text;
    while is_basis(rest) {
        let next = [
            "; Căn cứ ",
            "; Theo đề nghị",
            "; Xét đề nghị",
            ", Căn cứ ",
            ". Căn cứ ",
        ]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min();
        let Some(at) = next else {
            break;
        };
        push(out, &rest[..at + 1]);
        rest = rest[at + 1..].trim_start();
    }
    push(out, rest);
}

#[cfg(test)]
mod tests {
    use super::super::line::split_into;
    use super::*;

    fn apart(text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        split_into(&mut lines, text, None, None);
        untangle(lines).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_dash_in_running_text_is_no_rule() {
        for text in [
            "Dữ liệu mẫu – tài liệu minh họa",
            "Việt – Ba Na — hai thứ tiếng",
            "Người dân --- nhất là người già --- được giúp",
            "Năm 2020 – 2025",
            "–",
            "và ...",
        ] {
            assert_eq!(apart(text), [text]);
        }
    }

    #[test]
    fn drawn_rules_vanish_and_part_what_they_stand_between() {
        for rule in ["---", "___", "***", "………", "═══", "–––––", "----------"]
        {
            let text = format!("ỦY BAN NHÂN DÂN\n{rule}\nTIN");
            assert_eq!(apart(&text), ["ỦY BAN NHÂN DÂN", "TIN"], "{rule}");
            let text = format!("Độc lập - Tự do - Hạnh phúc {rule}");
            assert_eq!(apart(&text), ["Độc lập - Tự do - Hạnh phúc"], "{rule}");
            let text = format!("BỘ TÀI CHÍNH {rule} Số: 5/TT-BTC");
            assert_eq!(apart(&text), ["BỘ TÀI CHÍNH", "Số: 5/TT-BTC"], "{rule}");
        }
    }

    #[test]
    fn blanks_of_a_form_stay_in_their_line() {
        for text in [
            "Tên tôi là ________ sinh năm ____",
            "Kính gửi: ………………",
            "............, ngày ..... tháng ..... năm .....",
        ] {
            assert_eq!(apart(text), [text]);
        }
        let text = "Nội dung đề nghị:\n………………\n________";
        assert_eq!(apart(text).len(), 3);
    }

    #[test]
    fn a_number_named_in_a_sentence_does_not_cut_it() {
        let text = "Quyết định số 12/2026/QĐ-UBND của Ủy ban nhân dân tỉnh, ngày 20 tháng 7, quy định như sau";
        assert_eq!(apart(text), [text]);
    }
}

//! Which acts a text cites by number. How often an act is cited says how much it is worth asking for.

use shelf_law::kind_of_number_code;

/// Calls `f` with a mark for every number of an act in prepared words: `100 2019 nd cp`, `45 2019 qh14`.
/// The same number gives the same mark, in a text as in the act's own field.
pub(crate) fn for_each_number(words: &str, mut f: impl FnMut(u32)) {
    let mut words = words.split([' ', '\n']).peekable();
    let mut number = words.next();
    while let Some(first) = number {
        number = words.next();
        let Some(year) = number.filter(|word| is_number(first) && is_year(word)) else {
            continue;
        };
        let Some(code) = words.peek().copied() else {
            return;
        };
        let is_assembly = code.starts_with("qh") && code[2..].parse::<u8>().is_ok();
        if is_assembly {
            f(mark([first.trim_start_matches('0'), year, code, ""]));
        } else if kind_of_number_code(code).is_some() {
            words.next();
            let issuer = words.peek().copied().unwrap_or("");
            f(mark([first.trim_start_matches('0'), year, code, issuer]));
            number = words.next();
        }
    }
}

fn is_number(word: &str) -> bool {
    word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && word
            .parse::<u16>()
            .is_ok_and(|year| (1945..2100).contains(&year))
}

/// FNV-1a; 0 stands for no number.
fn mark(parts: [&str; 4]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for part in parts {
        for byte in part.bytes().chain([b'/']) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    hash.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::append_prepared;

    fn marks(text: &str) -> Vec<u32> {
        let mut words = String::new();
        append_prepared(&mut words, text);
        let mut marks = Vec::new();
        for_each_number(&words, |mark| marks.push(mark));
        marks
    }

    #[test]
    fn a_number_has_the_same_mark_in_a_text_as_in_its_own_field() {
        let own = marks("100/2019/NĐ-CP");
        assert_eq!(own.len(), 1);
        assert_eq!(
            marks("theo Nghị định số 100/2019/NĐ-CP ngày 30/12/2019 và Luật số 45/2019/QH14;"),
            [own[0], marks("45/2019/QH14")[0]]
        );
        assert_eq!(marks("02/2020/TT-BTC"), marks("2/2020/tt-btc"));
        assert_ne!(marks("02/2020/TT-BTC"), marks("02/2020/TT-BTP"));
        assert!(marks("ngày 30/12/2019 có 2019 người, 5 2020 và").is_empty());
    }
}

//! Texts for tests of what must hold for every text: the same ones on every run.

use unicode_normalization::UnicodeNormalization;

/// Pieces that the rules of this crate look for, and pieces that break naive ones.
const PIECES: &[&str] = &[
    "điều",
    "Điều",
    "khoản",
    "điểm",
    "dieu",
    "k",
    "d",
    "đ",
    "a",
    "b1",
    "12a",
    "luật",
    "Luật",
    "bộ luật",
    "nghị định",
    "nd",
    "qd",
    "TT",
    "-",
    "/",
    ".",
    ",",
    " ",
    " ",
    " ",
    "\n",
    "năm",
    "2019",
    "2024",
    "14",
    "0100",
    "QĐ-TTg",
    "NĐ-СР",
    "QH14",
    "blhs",
    "lđđ",
    "hp",
    "số",
    "mục 2.4",
    "phần III",
    "phụ lục",
    "và",
    "của",
    "?",
    "“",
    "”",
    "–",
    "dơ\u{306}ng",
    "ƣ",
    "Ð",
    "\u{301}",
    "\u{306}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{a0}",
    "\0",
    "😀",
    "가",
    "ß",
    "İ",
    "ﬁ",
    "Ω",
    "я",
    "५",
    "中文",
    "\u{1f1fb}\u{1f1f3}",
    "(",
    ")",
    "1/2/2023",
    "66.9/2025",
    "99999999999999999999",
];

/// `count` texts made of pieces and random characters, every third one decomposed.
pub(crate) fn texts(count: usize) -> impl Iterator<Item = String> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..count).map(move |i| {
        let mut text = String::new();
        for _ in 0..next() % 24 {
            if next() % 4 == 0 {
                let limit = if next() % 2 == 0 { 0x2100 } else { 0x11_0000 };
                text.extend(u32::try_from(next() % limit).ok().and_then(char::from_u32));
            } else {
                let choice = usize::try_from(next() % PIECES.len() as u64).unwrap();
                text.push_str(PIECES[choice]);
                if next() % 2 == 0 {
                    text.push(' ');
                }
            }
        }
        if i % 3 == 0 {
            text.nfd().collect()
        } else {
            text
        }
    })
}

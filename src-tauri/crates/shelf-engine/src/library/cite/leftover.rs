//! Words that follow the name of an act and are none of it.

use shelf_law::tokens::folded_terms;
use shelf_law::{DocumentText, ProvisionId};
use std::collections::HashSet;

/// Folded words that ask about an act, whatever the act is.
const ASKING: &[&str] = &[
    "quy", "dinh", "noi", "ve", "van", "de", "gi", "nao", "the", "sao", "ra", "nhu", "la", "thi",
    "co", "con", "hieu", "luc", "khong", "chua", "bi", "duoc", "phai", "muc", "phat", "tien",
    "bao", "nhieu", "ap", "dung", "cho", "ai", "doi", "tuong", "xem", "tim", "doc", "cua", "quoc",
    "hoi", "hien", "hanh", "moi", "nhat", "da", "thay", "sua", "bo", "sung", "xin", "hoi", "toi",
    "muon", "biet", "can", "cu", "theo", "trong", "tai", "nay", "do", "hay", "giai", "thich",
    "noi", "dung", "chi", "tiet", "huong", "dan", "may", "khoan", "dieu", "diem", "neu", "thuc",
    "hien", "a", "nhe", "voi", "a", "vay", "ha", "u",
];

/// Whether words only ask, and name nothing.
pub(super) fn only_asks(words: &[String]) -> bool {
    words.iter().all(|word| ASKING.contains(&word.as_str()))
}

/// Whether at least two thirds of what the words name stands in the Điều of a provision, where
/// adjacent words must stand together.
pub(super) fn speaks_of(text: &DocumentText, provision: &ProvisionId, words: &[String]) -> bool {
    let id = provision.as_str();
    let article: Vec<&str> = id
        .split_inclusive('.')
        .scan(false, |found, segment| {
            let before = std::mem::replace(found, *found || segment.starts_with("dieu_"));
            (!before).then_some(segment)
        })
        .collect();
    let article = article.concat();
    let article = article.trim_end_matches('.').parse().ok();
    let Some(index) = article
        .and_then(|id| text.find(&id))
        .or_else(|| text.find(provision))
    else {
        return false;
    };
    let folded = folded_terms(&text.plain_text(text.subtree(index)));
    let said: Vec<&str> = folded.split(' ').collect();
    let singles: HashSet<&str> = said.iter().copied().collect();
    let pairs: HashSet<(&str, &str)> = said.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let (mut named, mut found) = (0, 0);
    for (at, word) in words.iter().enumerate() {
        if ASKING.contains(&word.as_str()) {
            continue;
        }
        let other = words
            .get(at + 1)
            .filter(|other| !ASKING.contains(&other.as_str()));
        named += 1;
        found += usize::from(match other {
            Some(other) => pairs.contains(&(word.as_str(), other.as_str())),
            None => singles.contains(word.as_str()),
        });
    }
    found * 3 >= named * 2
}

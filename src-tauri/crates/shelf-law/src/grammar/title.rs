//! The title below the kind, and the body above it.

use super::basis::is_basis;
use super::header_lines::is_body;
use super::line::{Line, fold, is_mostly_caps, is_rule, longer_than};
use super::marker;
use super::readable::{capitalised, mixed_form, readable};
use crate::{Field, FieldName, Fields};

/// Reads the title below the kind; gives the line after the header.
pub(super) fn title(
    lines: &[Line],
    limit: usize,
    (at, kind, rest): (usize, &'static str, &str),
    issuer: &str,
    fields: &mut Fields,
) -> usize {
    let mut parts: Vec<&str> = Vec::new();
    if !rest.is_empty() {
        parts.push(rest);
    }
    let mut end = at + 1;
    while end < limit {
        let text = lines[end].text.as_str();
        if is_rule(text) {
            end += 1;
            continue;
        }
        if lines[end].is_table() || is_basis(text) || text.trim_end().ends_with(':') {
            break;
        }
        if is_mostly_caps(text) {
            let below = lines[end + 1..limit]
                .iter()
                .find(|line| !is_rule(&line.text));
            let leads = below.is_none_or(|line| !is_mostly_caps(&line.text));
            let authority =
                is_body(text) && (fold(text) == fold(issuer) || (leads && !parts.is_empty()));
            if authority {
                break;
            }
            parts.push(text);
            end += 1;
            continue;
        }
        let fits = parts.is_empty()
            && !text.ends_with(['.', ';'])
            && !longer_than(text, 600)
            && marker::decimal(text).is_none()
            && !text.starts_with('(')
            && !fold(text).starts_with("kinh gui");
        if fits {
            parts.push(text);
            end += 1;
        }
        break;
    }
    if !parts.is_empty() {
        let raw = parts.join(" ");
        let later = lines[end..].iter().map(|line| line.text.as_str()).take(60);
        fields.set(
            FieldName::Title,
            Field::read(full_title(kind, &raw, later), raw),
        );
    }
    end
}

/// Kind and subject as one readable line: `Nghị định quy định chi tiết …`, `Luật Đất đai`.
fn full_title<'a>(kind: &str, raw: &str, later: impl Iterator<Item = &'a str>) -> String {
    let printed_in_caps = is_mostly_caps(raw);
    let subject = if printed_in_caps {
        mixed_form(raw, later).unwrap_or_else(|| readable(raw))
    } else {
        raw.to_string()
    };
    if fold(&subject).starts_with(&fold(kind)) {
        return capitalised(&subject);
    }
    let law = matches!(kind, "Luật" | "Bộ luật" | "Pháp lệnh");
    let lowered = !law && (printed_in_caps || subject.starts_with("Về "));
    let subject = if law {
        capitalised(&subject)
    } else if lowered {
        let first_word = subject.split(' ').next().unwrap_or("");
        let proper = ["Ủy", "Bộ", "Chính", "Quốc", "Thủ"].contains(&first_word);
        if proper {
            subject
        } else {
            let mut letters = subject.chars();
            letters
                .next()
                .map(|c| c.to_lowercase().chain(letters).collect())
                .unwrap_or_default()
        }
    } else {
        subject
    };
    format!("{kind} {subject}")
}

/// The body that issues: the last one named, with the lines that go on with its name.
pub(super) fn issuing_body(lines: &[&str]) -> Option<String> {
    let mut body = String::new();
    for line in lines {
        let line = lowest_body(line);
        let line = line.trim_end_matches([' ', '-', '–']);
        let goes_on = fold(&body) == "uy ban thuong vu" || body.ends_with(['-', '–', ',']);
        if is_body(line) && !body.is_empty() && !goes_on {
            // Several bodies that issue together stand one below the other with a dash between.
            if line.starts_with(['-', '–']) {
                body.push_str(" - ");
                body.push_str(line.trim_start_matches(['-', '–', ' ']));
            } else {
                body = line.to_string();
            }
        } else {
            if !body.is_empty() {
                body.push(' ');
            }
            body.push_str(line);
        }
    }
    // "BỘ NỘI VỤ-BỘ TÀI CHÍNH", "BÀ RỊA-VŨNG TÀU".
    if body.contains(['-', '–']) {
        let parts: Vec<&str> = body.split(['-', '–']).map(str::trim).collect();
        body = parts.join(" - ");
    }
    if fold(&body).starts_with("quoc hoi nuoc") {
        body = body.split(' ').take(2).collect::<Vec<_>>().join(" ");
    }
    (!body.is_empty()).then_some(body)
}

/// The body that a line names last: `BỘ TÀI CHÍNH TỔNG CỤC THUẾ` is the general department's.
fn lowest_body(line: &str) -> &str {
    let inner = [" TỔNG CỤC ", " CHI CỤC ", " CỤC ", " SỞ "]
        .iter()
        .filter_map(|word| {
            let at = line.rfind(word)?;
            let before = &line[..at];
            let own = !before.ends_with(['-', '–', ','])
                && !["TỔNG", "CHI", "CÁC", "VÀ", "PHÓ"]
                    .iter()
                    .any(|w| before.ends_with(w))
                && !line[at + word.len()..].starts_with("HỮU")
                && !line[at + word.len()..].starts_with("TRƯỞNG");
            own.then_some(at)
        });
    inner.max().map_or(line, |at| line[at..].trim_start())
}

//! Subtitles (SRT, WebVTT): their cues are the words of a video or sound piece.

use crate::Reason;
use crate::encoding::decode;
use crate::words::one_line;
use shelf_law::{Block, Level, ProvisionId};

/// What a subtitle file gives.
pub(crate) struct Cues {
    pub(crate) blocks: Vec<Block>,
    pub(crate) doubt: Option<String>,
}

/// Reads the cues. A cue whose times cannot be read is passed over.
pub(crate) fn read(bytes: &[u8]) -> Result<Cues, Reason> {
    let decoded = decode(bytes)?;
    let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    let mut blocks: Vec<Block> = Vec::new();
    for part in text.split("\n\n") {
        let lines: Vec<&str> = part.lines().map(str::trim).collect();
        let Some(at) = lines.iter().position(|line| line.contains("-->")) else {
            continue;
        };
        let Some(time_ms) = times(lines[at]) else {
            continue;
        };
        let words: Vec<String> = lines[at + 1..]
            .iter()
            .map(|line| plain(line))
            .filter(|line| !line.is_empty())
            .collect();
        if words.is_empty() {
            continue;
        }
        let number = blocks.len() + 1;
        let id = format!("doan_{number}").parse::<ProvisionId>().ok();
        blocks.push(Block {
            id,
            label: format!("đoạn {}", clock(time_ms.0)),
            text: words.join(" "),
            time_ms: Some(time_ms),
            ..Block::new(Level::Cue, 0)
        });
    }
    match blocks.is_empty() {
        true => Err(Reason::Damaged("it holds no cue that can be read".into())),
        false => Ok(Cues {
            blocks,
            doubt: decoded.doubt,
        }),
    }
}

/// `00:01:02,500 --> 00:01:04.000 align:start`, hours optional.
fn times(line: &str) -> Option<(u64, u64)> {
    let (from, to) = line.split_once("-->")?;
    let from = milliseconds(from.split_whitespace().next_back()?)?;
    let to = milliseconds(to.split_whitespace().next()?)?;
    (from <= to).then_some((from, to))
}

fn milliseconds(text: &str) -> Option<u64> {
    let (clock, fraction) = match text.split_once([',', '.']) {
        Some((clock, fraction)) => (clock, fraction),
        None => (text, "0"),
    };
    let mut seconds: u64 = 0;
    for part in clock.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    seconds
        .checked_mul(1000)?
        .checked_add(fraction.parse().ok()?)
}

/// A line without its marks (`<i>`, `{\an8}`).
fn plain(line: &str) -> String {
    let mut out = String::new();
    let mut inside = 0usize;
    for c in line.chars() {
        match c {
            '<' | '{' => inside += 1,
            '>' | '}' if inside > 0 => inside -= 1,
            _ if inside == 0 => out.push(c),
            _ => {}
        }
    }
    one_line(&out.replace("&amp;", "&").replace("&nbsp;", " "))
}

fn clock(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_give_the_same_cues() {
        let srt = "1\r\n00:00:01,500 --> 00:00:03,000\r\n<i>Xin chào</i>\r\nbà con\r\n\r\n2\r\n00:01:02,5 --> 00:01:04,000\r\nHai\r\n";
        let vtt = "WEBVTT\n\n00:01.500 --> 00:03.000 align:start\nXin chào\nbà con\n\n1:02.5 --> 1:04.000\nHai\n";
        let srt = read(srt.as_bytes()).unwrap().blocks;
        assert_eq!(srt, read(vtt.as_bytes()).unwrap().blocks);
        assert_eq!(srt[0].text, "Xin chào bà con");
        assert_eq!(srt[1].time_ms, Some((62_500, 64_000)));
        assert_eq!(srt[1].label, "đoạn 1:02");
    }

    #[test]
    fn a_file_without_cues_is_damaged_and_absurd_times_are_passed_over() {
        let absurd = "99999999999999999999:00:00,000 --> 1,0\nA\n\n00:02,0 --> 00:01,0\nB";
        assert!(read(absurd.as_bytes()).is_err());
        assert!(read(b"khong co gi").is_err());
    }
}

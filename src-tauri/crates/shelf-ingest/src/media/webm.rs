//! What a WebM file says about itself at its start (EBML, RFC 8794; Matroska, RFC 9559).

use crate::Reason;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How much of the file is looked at: what is sought stands before the first frames.
const HEAD: u64 = 1 << 20;
/// Elements that are looked through before giving up.
const MOST_ELEMENTS: usize = 10_000;

const EBML: u32 = 0x1a45_dfa3;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_a966;
const SCALE: u32 = 0x2a_d7b1;
const DURATION: u32 = 0x4489;
const TRACKS: u32 = 0x1654_ae6b;
const TRACK: u32 = 0xae;
const TRACK_TYPE: u32 = 0x83;
const CLUSTER: u32 = 0x1f43_b675;
/// A track of pictures.
const VIDEO: u64 = 1;
const USUAL_SCALE: u64 = 1_000_000;

/// What is known of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Facts {
    /// Seconds that it lasts, where it says so; what a browser recorded does not.
    pub(super) seconds: Option<u64>,
    /// It has sound only.
    pub(super) sound_only: bool,
}

/// Reads the start of the file.
pub(super) fn facts(path: &Path) -> Result<Facts, Reason> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head)?;
    of_head(&head, length)
        .ok_or_else(|| Reason::Damaged("the video breaks off before its frames".into()))
}

fn of_head(head: &[u8], length: u64) -> Option<Facts> {
    let first = element(head, 0)?;
    let segment = (first.id == EBML)
        .then(|| element(head, first.end?))
        .flatten()
        .filter(|found| found.id == SEGMENT)?;
    if segment.end.is_some_and(|end| end as u64 > length) {
        return None;
    }
    let mut facts = Facts::default();
    let mut types: Vec<u64> = Vec::new();
    for child in children(head, segment) {
        match child.id {
            INFO => facts.seconds = seconds(head, child),
            TRACKS => {
                let tracks = children(head, child).filter(|track| track.id == TRACK);
                types.extend(tracks.filter_map(|track| {
                    children(head, track)
                        .find(|field| field.id == TRACK_TYPE)
                        .map(|field| number(field.body(head)))
                }));
            }
            CLUSTER => break,
            _ => {}
        }
    }
    facts.sound_only = !types.is_empty() && !types.contains(&VIDEO);
    Some(facts)
}

fn seconds(head: &[u8], info: Element) -> Option<u64> {
    let mut scale = USUAL_SCALE;
    let mut ticks = None;
    for field in children(head, info) {
        let body = field.body(head);
        match field.id {
            SCALE => scale = number(body),
            DURATION => {
                ticks = match body.len() {
                    4 => Some(f64::from(f32::from_be_bytes(body.try_into().ok()?))),
                    8 => Some(f64::from_be_bytes(body.try_into().ok()?)),
                    _ => None,
                }
            }
            _ => {}
        }
    }
    let seconds = ticks? * scale as f64 / 1e9;
    (0.0..1e6).contains(&seconds).then_some(seconds as u64)
}

fn number(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .take(8)
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// An element: where its body begins, and where it ends where it says so.
#[derive(Clone, Copy)]
struct Element {
    id: u32,
    from: usize,
    end: Option<usize>,
}

impl Element {
    fn body(self, head: &[u8]) -> &[u8] {
        let end = self.end.unwrap_or(head.len()).min(head.len());
        head.get(self.from..end).unwrap_or_default()
    }
}

fn children(head: &[u8], parent: Element) -> impl Iterator<Item = Element> + '_ {
    let end = parent.end.unwrap_or(head.len()).min(head.len());
    let mut at = Some(parent.from);
    std::iter::from_fn(move || {
        let child = element(head, at.filter(|at| *at < end)?)?;
        at = child.end;
        Some(child)
    })
    .take(MOST_ELEMENTS)
}

fn element(head: &[u8], at: usize) -> Option<Element> {
    let (id, at) = variable(head, at, 4, false)?;
    let (size, from) = variable(head, at, 8, true)?;
    let unknown = size == (1 << (7 * (from - at))) - 1;
    let end = usize::try_from(size)
        .ok()
        .and_then(|size| from.checked_add(size));
    Some(Element {
        id: u32::try_from(id).ok()?,
        from,
        end: end.filter(|_| !unknown),
    })
}

/// A number whose leading zero bits say how long it is; the bit after them is no part of a size.
fn variable(head: &[u8], at: usize, most: u32, bare: bool) -> Option<(u64, usize)> {
    let first = *head.get(at)?;
    let length = first.leading_zeros() + 1;
    if length > most {
        return None;
    }
    let bytes = head.get(at..at + length as usize)?;
    let mark = if bare { 1 << (7 * length) } else { 0 };
    Some((number(bytes) & !mark, at + length as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(id: &[u8], body: &[u8]) -> Vec<u8> {
        [
            id,
            &[0x40 | (body.len() >> 8) as u8, body.len() as u8],
            body,
        ]
        .concat()
    }

    fn file(kind: u8) -> Vec<u8> {
        let info = put(
            b"\x15\x49\xa9\x66",
            &[
                put(b"\x2a\xd7\xb1", &[0x0f, 0x42, 0x40]),
                put(b"\x44\x89", &90_500f64.to_be_bytes()),
            ]
            .concat(),
        );
        let track = put(b"\xae", &put(b"\x83", &[kind]));
        let tracks = put(b"\x16\x54\xae\x6b", &track);
        let header = put(b"\x1a\x45\xdf\xa3", &put(b"\x42\x82", b"webm"));
        [header, put(b"\x18\x53\x80\x67", &[info, tracks].concat())].concat()
    }

    #[test]
    fn duration_and_tracks_are_read_from_the_start() {
        let facts = |bytes: &[u8]| of_head(bytes, bytes.len() as u64);
        let expected = |sound_only| Facts {
            seconds: Some(90),
            sound_only,
        };
        assert_eq!(facts(&file(1)), Some(expected(false)));
        assert_eq!(facts(&file(2)), Some(expected(true)));
    }

    #[test]
    fn a_file_that_breaks_off_is_told_and_one_of_unknown_length_is_not() {
        let whole = file(1);
        for end in [3, 12, whole.len() - 1] {
            assert_eq!(of_head(&whole[..end], end as u64), None, "{end}");
        }
        let mut endless = whole[..14].to_vec();
        endless.extend(b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff\x1f\x43\xb6\x75\xff");
        assert_eq!(of_head(&endless, 1 << 20), Some(Facts::default()));
    }
}

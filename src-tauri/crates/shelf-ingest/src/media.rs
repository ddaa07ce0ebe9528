//! Videos, sound pieces and pictures: files with a title and, where subtitles stand beside them, words.

pub(crate) mod poster;
mod webm;

use crate::draft::Draft;
use crate::sniff::{self, FileType};
use crate::{CandidateObject, Content, ObjectRole, Reason, subtitle};
use shelf_law::Product;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Reads a video or sound piece with the subtitles beside it.
pub(crate) fn read(path: &Path, kind: FileType) -> Result<Draft, Reason> {
    let facts = match kind {
        FileType::WebM => Some(webm::facts(path)?),
        _ => None,
    };
    let video = kind == FileType::Mp4 || facts.is_some_and(|facts| !facts.sound_only);
    let (role, product) = match video {
        true => (ObjectRole::Video, Product::Video),
        false => (ObjectRole::Audio, Product::Audio),
    };
    let mut draft = Draft {
        role: Some(role),
        product: Some(product),
        ..Draft::default()
    };
    let duration = match kind {
        FileType::Mp4 | FileType::M4a => mp4_duration(path)?,
        _ => facts.and_then(|facts| facts.seconds),
    };
    if let Some(seconds) = duration {
        draft.claims.keep("duration_s", seconds.into());
    }
    draft.claims.poster = poster::beside(path);
    for beside in subtitles_of(path) {
        let bytes = std::fs::read(&beside)?;
        match subtitle::read(&bytes) {
            Ok(cues) if draft.blocks.is_empty() => {
                draft.blocks = cues.blocks;
                draft.doubts.extend(cues.doubt);
            }
            Ok(_) => {}
            Err(reason) => {
                let name = beside.file_name().unwrap_or_default().to_string_lossy();
                draft
                    .doubts
                    .push(format!("phụ đề {name} không đọc được: {reason}"));
                continue;
            }
        }
        draft.objects.push(CandidateObject {
            role: ObjectRole::Subtitles,
            name: beside
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            media_type: match sniff::extension(&beside).as_str() {
                "vtt" => "text/vtt",
                _ => "application/x-subrip",
            },
            content: Content::File(beside),
        });
    }
    if draft.blocks.is_empty() {
        draft
            .doubts
            .push("chưa có phụ đề, nên không tìm được theo lời".into());
    }
    Ok(draft)
}

/// Subtitles whose stem is that of the media file: `bai.srt`, `bai.vtt`, `bai.vi.vtt` beside `bai.mp4`.
fn subtitles_of(path: &Path) -> Vec<PathBuf> {
    let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = ["vtt", "srt", "vi.vtt", "vi.srt", "VTT", "SRT"]
        .iter()
        .map(|extension| path.with_file_name(format!("{stem}.{extension}")))
        .filter(|path| path.is_file())
        .collect();
    // On systems that do not tell case apart, one file answers to two names.
    found.dedup_by_key(|path| path.to_string_lossy().to_lowercase());
    found
}

/// Whether a subtitle file belongs to a media file beside it.
pub(crate) fn belongs_to_media(path: &Path) -> bool {
    let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else {
        return false;
    };
    let stems = [stem, stem.strip_suffix(".vi").unwrap_or(stem)];
    stems.iter().any(|stem| is_beside(path, stem))
}

/// Whether a media file of this stem stands beside `path`.
fn is_beside(path: &Path, stem: &str) -> bool {
    ["mp4", "webm", "mp3", "m4a", "m4v", "MP4", "WEBM", "MP3"]
        .iter()
        .any(|extension| path.with_file_name(format!("{stem}.{extension}")).is_file())
}

/// Subtitles by themselves: the words of a piece that is not here.
pub(crate) fn read_subtitles(bytes: &[u8]) -> Result<Draft, Reason> {
    let cues = subtitle::read(bytes)?;
    let mut doubts = vec!["phụ đề không có video hay bản ghi âm cùng tên".to_string()];
    doubts.extend(cues.doubt);
    Ok(Draft {
        blocks: cues.blocks,
        role: Some(ObjectRole::Subtitles),
        doubts,
        ..Draft::default()
    })
}

/// A picture: a leaflet, or the photo of a page.
pub(crate) fn read_image(path: &Path, kind: FileType) -> Result<Draft, Reason> {
    let mut head = Vec::new();
    File::open(path)?.take(1 << 20).read_to_end(&mut head)?;
    let size = match kind {
        FileType::Png => png_size(&head),
        _ => jpeg_size(&head),
    };
    let Some((width, height)) = size else {
        return Err(Reason::Damaged("the picture has no size".into()));
    };
    let mut draft = Draft {
        role: Some(ObjectRole::Image),
        product: Some(Product::Leaflet),
        doubts: vec!["ảnh, chưa có chữ; loại sản phẩm đoán là tờ gấp".into()],
        notes: vec!["bản ảnh, chưa có chữ".into()],
        ..Draft::default()
    };
    draft.claims.keep("pixels", vec![width, height].into());
    Ok(draft)
}

fn png_size(head: &[u8]) -> Option<(u32, u32)> {
    if head.get(12..16)? != b"IHDR" {
        return None;
    }
    let number = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
    Some((number(16)?, number(20)?)).filter(|(w, h)| *w > 0 && *h > 0)
}

fn jpeg_size(head: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        if *head.get(at)? != 0xff {
            return None;
        }
        let marker = *head.get(at + 1)?;
        if marker == 0xff || (0xd0..=0xd9).contains(&marker) || marker == 0x01 {
            at += if marker == 0xff { 1 } else { 2 };
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*head.get(at + 2)?, *head.get(at + 3)?]));
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            let number = |at: usize| {
                Some(u32::from(u16::from_be_bytes([
                    *head.get(at)?,
                    *head.get(at + 1)?,
                ])))
            };
            return Some((number(at + 7)?, number(at + 5)?)).filter(|(w, h)| *w > 0 && *h > 0);
        }
        at += 2 + length.max(2);
    }
}

/// Boxes that are looked through before giving up.
const MOST_BOXES: usize = 10_000;

/// Seconds that an MP4 lasts, from its `moov/mvhd`; `None` where it does not say. A file without a
/// `moov` was cut off while it was copied or recorded: nothing can play it.
fn mp4_duration(path: &Path) -> Result<Option<u64>, Reason> {
    let mut file = File::open(path)?;
    let end = file.metadata()?.len();
    let cut = || Reason::Damaged("the video breaks off: it has no index (moov)".into());
    let mut at = 0;
    for _ in 0..MOST_BOXES {
        let Some((kind, body, next)) = mp4_box(&mut file, at, end)? else {
            return Err(cut());
        };
        if &kind == b"moov" {
            if next > end {
                return Err(cut());
            }
            return Ok(movie_duration(&mut file, body, next)?);
        }
        at = next;
    }
    Err(cut())
}

fn movie_duration(file: &mut File, from: u64, end: u64) -> std::io::Result<Option<u64>> {
    let mut at = from;
    for _ in 0..MOST_BOXES {
        let Some((kind, body, next)) = mp4_box(file, at, end)? else {
            return Ok(None);
        };
        if &kind == b"mvhd" {
            let mut head = [0u8; 32];
            file.seek(SeekFrom::Start(body))?;
            if file.read_exact(&mut head).is_err() {
                return Ok(None);
            }
            let small = |at: usize| {
                u64::from(u32::from_be_bytes([
                    head[at],
                    head[at + 1],
                    head[at + 2],
                    head[at + 3],
                ]))
            };
            let (scale, length) = match head[0] {
                1 => (small(20), small(24) << 32 | small(28)),
                _ => (small(12), small(16)),
            };
            return Ok(length
                .checked_div(scale)
                .filter(|seconds| *seconds < 1_000_000));
        }
        at = next;
    }
    Ok(None)
}

/// The box at `at`: its kind, where its body begins and where the next box does.
fn mp4_box(file: &mut File, at: u64, end: u64) -> std::io::Result<Option<([u8; 4], u64, u64)>> {
    if at.saturating_add(8) > end {
        return Ok(None);
    }
    let mut head = [0u8; 16];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut head[..8])?;
    let kind = [head[4], head[5], head[6], head[7]];
    let small = u64::from(u32::from_be_bytes([head[0], head[1], head[2], head[3]]));
    let (body, size) = match small {
        0 => (8, end - at),
        1 if at.saturating_add(16) <= end => {
            file.read_exact(&mut head[8..])?;
            let mut large = [0u8; 8];
            large.copy_from_slice(&head[8..]);
            (16, u64::from_be_bytes(large))
        }
        size => (8, size),
    };
    if size < body {
        return Ok(None);
    }
    Ok(Some((kind, at + body, at.saturating_add(size))))
}

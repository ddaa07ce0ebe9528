//! The picture that stands for a video before it plays.

use crate::sniff::{self, FileType};
use crate::{CandidateObject, Content, ObjectRole};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

const MARK: &str = ".poster";

/// The poster whose stem is that of the media file: `bai.poster.jpg` beside `bai.mp4`.
pub(crate) fn beside(path: &Path) -> Option<PathBuf> {
    let stem = path.file_stem()?.to_str()?;
    ["jpg", "jpeg", "png", "JPG", "JPEG", "PNG"]
        .iter()
        .map(|extension| path.with_file_name(format!("{stem}{MARK}.{extension}")))
        .find(|path| path.is_file())
}

/// Whether a picture is the poster of a media file beside it, by its name.
pub(crate) fn is_beside(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    stem.and_then(|stem| stem.strip_suffix(MARK))
        .is_some_and(|stem| super::is_beside(path, stem))
}

/// The poster as an object; an error says what a person has to look at.
pub(crate) fn object(path: &Path) -> Result<CandidateObject, String> {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut head));
    let kind = match read {
        Ok(_) => sniff::file_type(path, &head).ok(),
        Err(error) => return Err(format!("ảnh bìa {name} không đọc được: {error}")),
    };
    match kind {
        Some(kind @ (FileType::Png | FileType::Jpeg)) => Ok(CandidateObject {
            role: ObjectRole::Poster,
            name,
            media_type: kind.media_type(),
            content: Content::File(path.to_path_buf()),
        }),
        _ => Err(format!("ảnh bìa {name} không phải ảnh JPEG hay PNG")),
    }
}

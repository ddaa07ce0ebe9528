//! The type of a file, from its first bytes; the name only helps where bytes say "some text".

use crate::Reason;
use std::path::Path;

/// Types that are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FileType {
    Jsonl,
    JsonlZst,
    Text,
    Html,
    Docx,
    Pdf,
    Png,
    Jpeg,
    Mp4,
    M4a,
    Mp3,
    /// WebM with a picture, or with sound alone.
    WebM,
    Subtitles,
}

impl FileType {
    /// IANA media type.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            FileType::Jsonl => "application/jsonl",
            FileType::JsonlZst => "application/zstd",
            FileType::Text => "text/plain",
            FileType::Html => "text/html",
            FileType::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            FileType::Pdf => "application/pdf",
            FileType::Png => "image/png",
            FileType::Jpeg => "image/jpeg",
            FileType::Mp4 => "video/mp4",
            FileType::M4a => "audio/mp4",
            FileType::Mp3 => "audio/mpeg",
            FileType::WebM => "video/webm",
            FileType::Subtitles => "text/vtt",
        }
    }
}

/// How many first bytes [`file_type`] wants to see.
pub(crate) const HEAD: usize = 64 << 10;

/// The type of a file that begins with `head`.
pub(crate) fn file_type(path: &Path, head: &[u8]) -> Result<FileType, Reason> {
    let extension = extension(path);
    let extension = extension.as_str();
    if head.is_empty() {
        return Err(Reason::Empty);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        // The entries of a package may come in any order: its reader says whether it is a document.
        let other = [
            "xlsx", "pptx", "odt", "ods", "odp", "epub", "zip", "jar", "xlsm",
        ];
        return match other.contains(&extension) {
            true => Err(Reason::UnknownType),
            false => Ok(FileType::Docx),
        };
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(match extension {
            "doc" | "dot" => Reason::Word97,
            "docx" | "docm" => Reason::Encrypted,
            _ => Reason::UnknownType,
        });
    }
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(FileType::Png);
    }
    if head.starts_with(b"\xff\xd8\xff") {
        return Ok(FileType::Jpeg);
    }
    if head.get(4..8) == Some(b"ftyp") {
        let audio = head.get(8..11) == Some(b"M4A") || extension == "m4a";
        return Ok(if audio { FileType::M4a } else { FileType::Mp4 });
    }
    let mpeg_frame = matches!(head, [0xff, second, ..] if second & 0xe6 == 0xe2);
    if head.starts_with(b"ID3") || (mpeg_frame && extension == "mp3") {
        return Ok(FileType::Mp3);
    }
    if head.starts_with(b"\x1a\x45\xdf\xa3") {
        // Of the formats that share this head, browsers play the one named “webm”.
        let header = &head[..head.len().min(64)];
        return match header.windows(7).any(|w| w == b"\x42\x82\x84webm") {
            true => Ok(FileType::WebM),
            false => Err(Reason::UnknownVideo),
        };
    }
    if head.starts_with(b"\x28\xb5\x2f\xfd") {
        return match path
            .file_stem()
            .map(Path::new)
            .map(self::extension)
            .as_deref()
        {
            Some("jsonl" | "ndjson") => Ok(FileType::JsonlZst),
            _ => Err(Reason::UnknownType),
        };
    }
    let start = &head[..head.len().min(1024)];
    if start.windows(5).any(|w| w == b"%PDF-") {
        return Ok(FileType::Pdf);
    }
    text_type(extension, head)
}

fn text_type(extension: &str, head: &[u8]) -> Result<FileType, Reason> {
    if head.starts_with(b"{\\rtf") {
        return Err(Reason::UnknownType);
    }
    let start = String::from_utf8_lossy(&head[..head.len().min(4096)]).to_lowercase();
    let start = start.replace('\0', "");
    let is_html = start.contains("<!doctype html") || start.contains("<html");
    match extension {
        "jsonl" | "ndjson" => Ok(FileType::Jsonl),
        "srt" | "vtt" => Ok(FileType::Subtitles),
        "html" | "htm" | "xhtml" => Ok(FileType::Html),
        "doc" | "docx" | "pdf" | "aspx" | "php" if is_html => Ok(FileType::Html),
        "txt" | "text" | "md" | "" if is_html => Ok(FileType::Html),
        "txt" | "text" | "md" | "" => Ok(FileType::Text),
        "docx" | "pdf" | "mp4" | "mp3" | "webm" | "png" | "jpg" | "jpeg" => {
            Err(Reason::Damaged(format!(
                "its first bytes are not those of a {} file",
                extension.to_uppercase()
            )))
        }
        "doc" => Err(Reason::Word97),
        _ => Err(Reason::UnknownType),
    }
}

/// The extension in lower case, empty where there is none.
pub(crate) fn extension(path: &Path) -> String {
    path.extension()
        .map(|extension| extension.to_string_lossy().to_lowercase())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, head: &[u8]) -> String {
        match file_type(Path::new(name), head) {
            Ok(found) => format!("{found:?}"),
            Err(reason) => reason.to_string(),
        }
    }

    #[test]
    fn bytes_tell_the_type_and_not_the_name() {
        assert_eq!(of("a.docx", b"%PDF-1.7\n"), "Pdf");
        assert_eq!(of("a.pdf", b"PK\x03\x04"), "Docx");
        assert_eq!(of("a.bin", b"\0\0\0\x18ftypmp42"), "Mp4");
        assert_eq!(
            of("a.doc", b"<html><body>"),
            "Html",
            "pages saved under Word's name"
        );
        assert_eq!(of("a.jsonl.zst", b"\x28\xb5\x2f\xfd"), "JsonlZst");
        assert_eq!(of("a.doc.docx", b"PK\x03\x04"), "Docx");
        let webm = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87\x81\x04";
        assert_eq!(of("a.mp4", webm), "WebM");
    }

    #[test]
    fn what_is_not_read_is_told_with_what_to_do() {
        let word = of("a.DOC", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        assert!(word.contains("save it as DOCX"), "{word}");
        let locked = of("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        assert!(locked.contains("password"), "{locked}");
        let matroska = b"\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska";
        assert!(of("a.mkv", matroska).contains("MP4"));
        assert!(of("video.mp4", b"").contains("empty"));
        assert!(of("a.mp4", b"plain words").contains("damaged"));
        assert!(of("a.xlsx", b"PK\x03\x04").contains("not read"));
    }
}

//! What the tests share: where things are, and PDF files made by hand.
#![allow(dead_code, unreachable_pub)]

use shelf_pdf::find_library;
use std::path::{Path, PathBuf};

pub const WORKER: &str = env!("CARGO_BIN_EXE_shelf-pdf-worker");

pub fn library() -> Option<PathBuf> {
    let found = find_library();
    if found.is_none() {
        eprintln!("skipped: libpdfium is absent (set SHELF_PDFIUM)");
    }
    found
}

pub fn data(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("SHELF_DATA").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../../shared/data"
            ))
        },
        PathBuf::from,
    );
    let path = root.join(name);
    if !path.exists() {
        eprintln!("skipped: {} is absent (set SHELF_DATA)", path.display());
        return None;
    }
    Some(path)
}

/// A PDF of one page that draws these words with a standard font.
pub fn pdf(words: &str, extra: &str) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 700 Td ({words}) Tj ET");
    pages(&[Page::of(&content)], &[], extra)
}

/// A page to be written.
pub struct Page {
    pub media_box: &'static str,
    pub more: &'static str,
    pub content: String,
}

impl Page {
    pub fn of(content: &str) -> Page {
        Page {
            media_box: "0 0 595 842",
            more: "",
            content: content.to_string(),
        }
    }
}

/// A PDF of these pages, whose forms `/X0`, `/X1` … have these contents.
pub fn pages(pages: &[Page], forms: &[String], extra: &str) -> Vec<u8> {
    let (font, first_form) = (3, 4);
    let first_page = first_form + forms.len();
    let kids: Vec<String> = (0..pages.len())
        .map(|at| format!("{} 0 R", first_page + 2 * at))
        .collect();
    let names: Vec<String> = (0..forms.len())
        .map(|at| format!("/X{at} {} 0 R", first_form + at))
        .collect();
    let resources = format!(
        "/Resources << /Font << /F1 {font} 0 R >> /XObject << {} >> >>",
        names.join(" ")
    );
    let stream = |head: &str, content: &str| {
        format!(
            "<< {head} /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} >>",
            kids.join(" "),
            pages.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_string(),
    ];
    for form in forms {
        let head = format!("/Type /XObject /Subtype /Form /BBox [0 0 595 842] {resources}");
        objects.push(stream(&head, form));
    }
    for page in pages {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [{}] {} /Contents {} 0 R {resources} >>",
            page.media_box,
            page.more,
            objects.len() + 2
        ));
        objects.push(stream("", &page.content));
    }
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = places.len() + 1;
    out.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n")
            .bytes(),
    );
    out
}

/// Words on the first and third page; the second draws itself ten thousand million times over.
pub fn with_a_bomb() -> Vec<u8> {
    let mut forms = vec!["0 0 m 595 842 l S".to_string()];
    forms.extend((0..10).map(|at| format!("/X{at} Do ").repeat(10)));
    let sound = "BT /F1 12 Tf 72 700 Td (Dieu 1) Tj ET";
    pages(
        &[Page::of(sound), Page::of("/X10 Do"), Page::of(sound)],
        &forms,
        "",
    )
}

pub fn saved(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tệp có dấu.pdf");
    std::fs::write(&file, bytes).unwrap();
    (folder, file)
}

#[cfg(unix)]
pub fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
pub fn make_executable(_: &Path) {}

/// The processes on this machine whose arguments name the file.
#[cfg(target_os = "linux")]
pub fn processes_with(file: &Path) -> Vec<u32> {
    use std::os::unix::ffi::OsStrExt;
    let named = |id: &u32| {
        let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0)
            .any(|argument| argument == file.as_os_str().as_bytes())
    };
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(named)
        .collect()
}

//! What a worker needs from this machine: libpdfium, and little of the environment.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The library's file name on this system.
const NAME: &str = if cfg!(windows) {
    "pdfium.dll"
} else if cfg!(target_os = "macos") {
    "libpdfium.dylib"
} else {
    "libpdfium.so"
};

/// What a worker inherits: where shared libraries are, and what Windows programs cannot start without.
const KEPT: &[&str] = if cfg!(windows) {
    &["PATH", "SystemRoot", "windir", "TEMP", "TMP"]
} else {
    &["LD_LIBRARY_PATH"]
};

/// The environment of a worker.
pub(crate) fn worker_environment() -> impl Iterator<Item = (&'static str, OsString)> {
    KEPT.iter()
        .filter_map(|name| Some((*name, std::env::var_os(name)?)))
}

/// Where the Linux package puts it, from the folder of its programs: `/usr/bin`.
const PACKAGED: &str = "../lib/tu-sach-phap-luat/lib";

/// libpdfium: the file that `SHELF_PDFIUM` names, else `lib/` beside the executable or the folder of the
/// Linux package, else `target/pdfium/` of the source tree that the executable was built in.
pub fn find_library() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("SHELF_PDFIUM") {
        let named = PathBuf::from(named);
        let file = if named.is_dir() {
            named.join(NAME)
        } else {
            named
        };
        return file.is_file().then_some(file);
    }
    let executable = std::env::current_exe().ok()?;
    let beside = executable.ancestors().skip(1).take(1);
    let beside = beside.flat_map(|folder| {
        let packaged = folder.join(PACKAGED).join(NAME);
        [folder.join("lib").join(NAME), folder.join(NAME), packaged]
    });
    let built = executable
        .ancestors()
        .filter(|folder| folder.file_name().is_some_and(|name| name == "target"))
        .map(|folder: &Path| folder.join("pdfium").join(NAME));
    beside.chain(built).find(|file| file.is_file())
}

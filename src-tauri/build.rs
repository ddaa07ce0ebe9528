//! Hands Tauri its configuration from the places where this repository keeps it.

use std::{fs, io, path::Path};

const PLACEHOLDER: &str = "<!doctype html>\n<html lang=\"vi\">\n<meta charset=\"utf-8\">\n\
    <title>Tủ sách pháp luật</title>\n\
    <p>Giao diện chưa được dựng. Chạy <code>cargo xtask setup</code> rồi dựng lại ứng dụng.</p>\n\
    </html>\n";

fn main() {
    if let Err(error) = page_or_placeholder(Path::new("ui/dist")) {
        panic!("cannot write ui/dist/index.html: {error}; check that the folder can be written to");
    }
    // Tauri's own watch is on ./capabilities and ./permissions, which this repository does not have.
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");

    let manifest =
        tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*");
    let windows =
        tauri_build::WindowsAttributes::new().window_icon_path("src-tauri/icons/icon.ico");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(manifest)
        .windows_attributes(windows);
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("the Tauri configuration is not usable: {error:#}");
    }
}

/// The pages are embedded at compile time, so that a plain `cargo build` needs some page to embed.
fn page_or_placeholder(dist: &Path) -> io::Result<()> {
    let page = dist.join("index.html");
    if page.exists() {
        return Ok(());
    }
    fs::create_dir_all(dist)?;
    fs::write(page, PLACEHOLDER)
}

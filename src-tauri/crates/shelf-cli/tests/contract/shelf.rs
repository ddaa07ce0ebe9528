//! Running the program, and a small shelf to run it on.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// A workspace, a repository and a reader's home in one folder that goes away.
pub(crate) struct Shelf {
    folder: TempDir,
}

impl Shelf {
    /// A shelf whose keys are made.
    pub(crate) fn new() -> Shelf {
        let shelf = Shelf {
            folder: tempfile::tempdir().unwrap(),
        };
        shelf.json(&["keys", "init", "--workspace", &shelf.workspace(), "--json"]);
        shelf
    }

    /// A shelf with these rows published and synced.
    pub(crate) fn with(rows: &[Value]) -> Shelf {
        let shelf = Shelf::new();
        shelf.ingest(rows);
        shelf.publish();
        shelf.sync();
        shelf
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_string()
    }

    pub(crate) fn workspace(&self) -> String {
        self.path("workspace")
    }

    pub(crate) fn repository(&self) -> String {
        self.path("repository")
    }

    pub(crate) fn home(&self) -> String {
        self.path("home")
    }

    pub(crate) fn root(&self) -> String {
        self.path("workspace/root.json")
    }

    /// Reads rows in and approves them; always the same file, as an export that is run again.
    pub(crate) fn ingest(&self, rows: &[Value]) -> Value {
        let file = self.path("export.jsonl");
        let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
        std::fs::write(&file, lines.join("\n")).unwrap();
        self.json(&[
            "ingest",
            &file,
            "--workspace",
            &self.workspace(),
            "--approve",
            "--json",
        ])
    }

    pub(crate) fn publish(&self) -> Value {
        self.json(&[
            "publish",
            "--workspace",
            &self.workspace(),
            "--to",
            &self.repository(),
            "--json",
        ])
    }

    pub(crate) fn sync(&self) -> Value {
        self.json(&[
            "sync",
            &self.repository(),
            "--home",
            &self.home(),
            "--root",
            &self.root(),
            "--json",
        ])
    }

    pub(crate) fn search(&self, query: &str) -> Value {
        self.json(&["search", query, "--home", &self.home(), "--json"])
    }

    pub(crate) fn show(&self, what: &str) -> Value {
        self.json(&["show", what, "--home", &self.home(), "--json"])
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_shelf"))
            .args(args)
            .env_remove("SHELF_LANG")
            .output()
            .unwrap()
    }

    /// The one JSON value of a command that succeeds.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let output = self.run(args);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "shelf {args:?} failed: {stderr}");
        let stdout = String::from_utf8(output.stdout).unwrap();
        serde_json::from_str(&stdout).unwrap_or_else(|e| panic!("shelf {args:?}: {e}: {stdout}"))
    }

    /// What a command that succeeds tells a person.
    pub(crate) fn say(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "shelf {args:?} failed");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The last line of a command that fails.
    pub(crate) fn last_line(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(!output.status.success(), "shelf {args:?} did not fail");
        let stderr = String::from_utf8(output.stderr).unwrap();
        stderr.lines().last().unwrap_or_default().to_string()
    }

    /// The code of a command that fails as the contract says: exit 1, last line `error[code]: …`.
    pub(crate) fn error(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "shelf {args:?}: {stderr}");
        let last = stderr.lines().last().unwrap_or_default();
        let code = last
            .strip_prefix("error[")
            .and_then(|rest| rest.split_once("]: "));
        let (code, words) = code.unwrap_or_else(|| panic!("not an error line: {last:?}"));
        assert!(
            !words.is_empty(),
            "an error says what, where and what to do"
        );
        code.to_string()
    }

    /// Serves the repository until the returned value is dropped.
    pub(crate) fn serve(&self) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_shelf"))
            .args(["serve", &self.repository()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut url)
            .unwrap();
        Server {
            url: url.trim().to_string(),
            child,
        }
    }

    /// The files below a folder, with their bytes.
    pub(crate) fn files(&self, folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        walk(&self.folder.path().join(folder), &mut files);
        files.sort();
        files
    }
}

fn walk(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
}

/// A server that ends when this value is dropped.
pub(crate) struct Server {
    pub(crate) url: String,
    child: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An act of an export, with these articles (number, heading, text).
pub(crate) fn act(
    law_id: &str,
    number: &str,
    title: &str,
    articles: &[(&str, &str, &str)],
) -> Value {
    let articles: Vec<Value> = articles
        .iter()
        .map(|(id, title, text)| json!({ "id": id, "title": title, "text": text }))
        .collect();
    json!({
        "law_id": law_id, "number": number, "type": "Nghị định", "title": title,
        "date": "2024-05-06", "status": "Còn hiệu lực", "updated": "07/04/2026",
        "preamble": "", "articles": articles, "link": "https://example.invalid/1",
    })
}

/// Two acts that are enough for most facts.
pub(crate) fn two_acts() -> Vec<Value> {
    vec![
        act(
            "k1",
            "12/2024/NĐ-CP",
            "Nghị định về quản lý nghĩa trang",
            &[
                (
                    "1",
                    "Phạm vi điều chỉnh",
                    "Nghị định này quy định về nghĩa trang.",
                ),
                (
                    "2",
                    "Diện tích mộ",
                    "1. Diện tích mỗi mộ hung táng không quá 5 m2.\n2. Trường hợp khác:\na) Mộ cát táng;\nđ) Mộ chôn cất một lần không quá 5 m2.",
                ),
            ],
        ),
        act(
            "k2",
            "100/2019/NĐ-CP",
            "Nghị định xử phạt vi phạm giao thông đường bộ",
            &[
                (
                    "5",
                    "Xử phạt người điều khiển xe ô tô",
                    "Phạt tiền từ 200.000 đồng.",
                ),
                (
                    "6",
                    "Xử phạt người điều khiển xe mô tô",
                    "Phạt tiền người không đội mũ bảo hiểm.",
                ),
            ],
        ),
    ]
}

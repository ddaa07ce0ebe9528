//! Real acts, where they are at hand.

use super::*;
use shelf_law::{
    Block, CollectionId, Document, DocumentFile, DocumentText, Field, FieldName, Fields, Level,
    Validity,
};
use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::PathBuf;
use std::time::Instant;

/// Rows of an imported corpus, each turned into a document as it is asked for. Not the real import:
/// just enough of it to have real words, headings and sizes.
struct Corpus(BTreeMap<DocumentId, String>);

impl Corpus {
    fn open(file: &Path) -> Corpus {
        let stream = zstd::stream::read::Decoder::new(std::fs::File::open(file).unwrap()).unwrap();
        let lines = std::io::BufReader::new(stream).lines().enumerate();
        let rows = lines.map(|(n, line)| {
            let id = DocumentId::from_identity(&["corpus", &n.to_string()]);
            (id, line.unwrap())
        });
        Corpus(rows.collect())
    }
}

impl ShelfContents for Corpus {
    fn shelf_name(&self) -> String {
        "Văn bản thật".into()
    }
    fn collections(&self) -> Vec<(CollectionId, String)> {
        Vec::new()
    }
    fn ids(&self) -> Result<Vec<DocumentId>, OutsideError> {
        Ok(self.0.keys().cloned().collect())
    }
    fn load(&self, id: &DocumentId) -> Result<Staged, OutsideError> {
        let row: serde_json::Value = serde_json::from_str(&self.0[id])?;
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_string();
        let paragraphs = |value: &serde_json::Value, depth| {
            let text = text(value);
            let parts = text.split("\n\n").map(|part| Block::paragraph(depth, part));
            parts.collect::<Vec<_>>()
        };
        let mut fields = Fields::default();
        for (name, key) in [
            (FieldName::Number, "number"),
            (FieldName::Kind, "type"),
            (FieldName::Title, "title"),
            (FieldName::Issued, "date"),
        ] {
            fields.set(name, Field::plain(text(&row[key])));
        }
        let mut blocks = paragraphs(&row["preamble"], 0);
        for (n, article) in row["articles"].as_array().into_iter().flatten().enumerate() {
            let number = text(&article["id"]);
            blocks.push(Block {
                id: format!("dieu_{}", n + 1).parse().ok(),
                marker: format!("Điều {number}."),
                label: format!("Điều {number}"),
                heading: text(&article["title"]),
                ..Block::new(Level::Article, 0)
            });
            blocks.extend(paragraphs(&article["text"], 1));
        }
        Ok(Staged {
            file: DocumentFile {
                document: Document {
                    id: id.clone(),
                    source: "corpus".into(),
                    source_key: text(&row["law_id"]),
                    fields,
                    validity: Validity::default(),
                    collection: "chung".parse()?,
                    product: None,
                    applies_in: Vec::new(),
                    relations: Vec::new(),
                    notes: Vec::new(),
                    extra: serde_json::Map::new(),
                },
                text: DocumentText { blocks },
            },
            objects: Vec::new(),
        })
    }
    fn withdrawn(&self, _: &DocumentId) -> Result<Option<Withdrawn>, OutsideError> {
        Ok(None)
    }
    fn data_files(&self) -> Result<Vec<(String, Vec<u8>)>, OutsideError> {
        Ok(Vec::new())
    }
}

#[test]
fn real_acts_become_a_sixth_of_their_size_and_publish_twice_without_a_change() {
    let near = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/data");
    let data = std::env::var_os("SHELF_DATA").map_or_else(|| PathBuf::from(near), PathBuf::from);
    let corpus = std::env::var("SHELF_CORPUS").unwrap_or_else(|_| "dsc_small_docs".into());
    let file = data.join(format!("corpus/{corpus}.jsonl.zst"));
    if !file.is_file() {
        println!("skipped: {} is not there", file.display());
        return;
    }
    let contents = Corpus::open(&file);
    let folder = TempDir::new().unwrap();
    let dest = FolderDestination::new(folder.path());
    let run = |day: &str| {
        let options = PublishOptions {
            min_app: "0.1.0".into(),
            last_seq: 0,
            rebuild: false,
        };
        let start = Instant::now();
        let now = format!("2026-07-{day}T00:00:00Z").parse().unwrap();
        let cancel = AtomicBool::new(false);
        let report = publish(&contents, &dest, &Unsigned, &options, now, &|_| {}, &cancel).unwrap();
        println!("{report:?} in {:?}", start.elapsed());
        report
    };
    let first = run("01");
    assert_eq!(first.documents, contents.0.len() as u64);
    assert!(!run("02").changed);

    let start = Instant::now();
    verified(folder.path());
    println!("verified in {:?}", start.elapsed());
    let head = head(folder.path());
    for shard in &head.shards {
        println!(
            "{:?}: {} rows, {} bytes",
            shard.kind, shard.rows, shard.blob.size
        );
    }
    let state = state_in(folder.path(), &head);
    let texts = || {
        state
            .values()
            .map(|rows| &rows.objects.as_ref().unwrap().0.text)
    };
    let json: u64 = texts().map(|text| text.size).sum();
    let frames: u64 = texts().map(|text| text.length).sum();
    println!("{json} bytes of JSON in {frames} bytes of frames");
    assert!(
        frames * 6 < json,
        "{:.2} times",
        json as f64 / frames as f64
    );
}

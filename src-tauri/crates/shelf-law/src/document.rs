//! A document: what is known about it. Its words are in [`crate::text`].

use crate::text::DocumentText;
use crate::{CollectionId, DocumentId, ProvisionId, Validity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One field of a document: the value that programs use, and the words of the source. "Đang cập
/// nhật" is a real raw text whose value is `None`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Field {
    /// Normalised: NFC, ISO dates, identifiers for states.
    pub value: Option<String>,
    /// As the source wrote it.
    pub raw: Option<String>,
}

impl Field {
    /// A field whose value is what the source wrote.
    pub fn plain(text: impl Into<String>) -> Field {
        let text = text.into();
        Field {
            value: Some(text.clone()),
            raw: Some(text),
        }
    }

    /// A field whose value was made from other words.
    pub fn read(value: impl Into<String>, raw: impl Into<String>) -> Field {
        Field {
            value: Some(value.into()),
            raw: Some(raw.into()),
        }
    }

    /// A field that the source names without giving a value.
    pub fn unstated(raw: impl Into<String>) -> Field {
        Field {
            value: None,
            raw: Some(raw.into()),
        }
    }
}

/// The fields that documents have. The identifiers are those of the field's own table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// Số, ký hiệu (Số hiệu).
    Number,
    /// Loại văn bản.
    Kind,
    /// Trích yếu, tên.
    Title,
    /// Cơ quan ban hành (Nơi ban hành).
    Issuer,
    /// Địa danh before the day in the header.
    Place,
    /// Ngày ban hành, ISO.
    Issued,
    /// Ngày có hiệu lực, ISO.
    Effective,
    /// Ngày hết hiệu lực, ISO.
    Expires,
    /// Người ký.
    Signer,
    /// Chức danh người ký.
    SignerTitle,
    /// Ngày công báo, ISO.
    GazetteDate,
    /// Số công báo.
    GazetteNumber,
    /// Tình trạng hiệu lực; its value is the code of a validity state.
    Status,
    /// Day on which the status was last checked, ISO.
    StatusAsOf,
    /// Lĩnh vực.
    Topic,
    /// Ngôn ngữ.
    Language,
    /// Đối tượng.
    Audience,
    /// Where to file a form (nơi nộp).
    FileAt,
    /// Fee of a form (lệ phí).
    Fee,
    /// Days that a form takes (thời hạn giải quyết).
    Days,
    /// Web address of the source.
    Link,
    /// Who made a product (biên soạn).
    Author,
}

impl FieldName {
    /// All fields, in the order in which a reader expects them.
    pub const ALL: [FieldName; 22] = [
        FieldName::Number,
        FieldName::Kind,
        FieldName::Title,
        FieldName::Issuer,
        FieldName::Place,
        FieldName::Issued,
        FieldName::Effective,
        FieldName::Expires,
        FieldName::Signer,
        FieldName::SignerTitle,
        FieldName::GazetteDate,
        FieldName::GazetteNumber,
        FieldName::Status,
        FieldName::StatusAsOf,
        FieldName::Topic,
        FieldName::Language,
        FieldName::Audience,
        FieldName::FileAt,
        FieldName::Fee,
        FieldName::Days,
        FieldName::Link,
        FieldName::Author,
    ];
}

/// The fields of a document, by name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub BTreeMap<FieldName, Field>);

impl Fields {
    /// The value of a field, where it has one.
    pub fn value(&self, name: FieldName) -> Option<&str> {
        self.0.get(&name)?.value.as_deref()
    }

    /// The words of the source, where it has any.
    pub fn raw(&self, name: FieldName) -> Option<&str> {
        self.0.get(&name)?.raw.as_deref()
    }

    /// Sets a field, replacing what was there.
    pub fn set(&mut self, name: FieldName, field: Field) {
        self.0.insert(name, field);
    }

    /// Takes every field of `other`, which wins over what was there.
    pub fn override_with(&mut self, other: Fields) {
        self.0.extend(other.0);
    }
}

/// Kinds of product that a department makes to spread the law (mục 2.4, 2.5 of the plan, and forms).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Product {
    /// Đề cương giới thiệu văn bản mới.
    Outline,
    /// Sách.
    Book,
    /// Cẩm nang.
    Handbook,
    /// Tờ gấp, tờ rơi.
    Leaflet,
    /// Câu chuyện pháp luật.
    LegalStory,
    /// Tiểu phẩm.
    Skit,
    /// Video.
    Video,
    /// Bài giảng điện tử.
    ELecture,
    /// Tin.
    News,
    /// Bài.
    Feature,
    /// Hỏi đáp pháp luật.
    Qa,
    /// Truyền thanh.
    Loudspeaker,
    /// Biểu mẫu, tờ khai.
    Form,
    /// Âm thanh khác.
    Audio,
}

impl Product {
    /// All products with the words for them.
    pub const ALL: [(Product, &'static str, &'static str); 14] = [
        (Product::Outline, "outline", "Đề cương"),
        (Product::Book, "book", "Sách"),
        (Product::Handbook, "handbook", "Cẩm nang"),
        (Product::Leaflet, "leaflet", "Tờ gấp"),
        (Product::LegalStory, "legal_story", "Câu chuyện pháp luật"),
        (Product::Skit, "skit", "Tiểu phẩm"),
        (Product::Video, "video", "Video"),
        (Product::ELecture, "e_lecture", "Bài giảng điện tử"),
        (Product::News, "news", "Tin"),
        (Product::Feature, "feature", "Bài"),
        (Product::Qa, "qa", "Hỏi đáp pháp luật"),
        (Product::Loudspeaker, "loudspeaker", "Truyền thanh"),
        (Product::Form, "form", "Biểu mẫu"),
        (Product::Audio, "audio", "Âm thanh"),
    ];

    /// The product that an identifier or a Vietnamese name means.
    pub fn from_wording(wording: &str) -> Option<Product> {
        let wording = wording.trim().to_lowercase();
        Product::ALL
            .into_iter()
            .find(|(_, code, name)| *code == wording || name.to_lowercase() == wording)
            .map(|(product, ..)| product)
    }

    /// The Vietnamese name.
    pub fn vietnamese(self) -> &'static str {
        Product::ALL
            .iter()
            .find(|(p, ..)| *p == self)
            .map_or("", |(_, _, name)| name)
    }
}

/// How one document stands to another. Each has an inverse, which is computed, not stored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// Căn cứ ban hành; for a product: the provision it rests on.
    Basis,
    /// Hướng dẫn, quy định chi tiết.
    Guides,
    /// Sửa đổi, bổ sung.
    Amends,
    /// Thay thế.
    Replaces,
    /// Bãi bỏ.
    Repeals,
    /// Đính chính.
    Corrects,
    /// Hợp nhất.
    Consolidates,
    /// Dẫn chiếu.
    Cites,
    /// Giải thích.
    Interprets,
    /// Đình chỉ, tạm ngưng.
    Suspends,
    /// Phân định, chuyển thẩm quyền.
    MovesPower,
    /// Liên quan.
    Related,
}

/// The far end of a relation: an act by what people call it. It may not be on the shelf.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Reference {
    /// The document, where the publisher joined it to one on the shelf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// Its number (`82/2020/NĐ-CP`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The provision meant, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provision: Option<ProvisionId>,
}

/// One relation of a document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Relation {
    /// How the document stands to the other one.
    pub kind: RelationKind,
    /// The provision of this document that says so, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<ProvisionId>,
    /// The other end.
    pub to: Reference,
    /// The words of this document that prove it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// Everything known about a document except its words.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Document {
    /// Its id on the shelf, the same for as long as it is the same document.
    pub id: DocumentId,
    /// The source it came from: the stem of an imported file, or the folder of single files.
    pub source: String,
    /// Its key in that source: the `law_id` of an imported row, else the number, else the file name.
    pub source_key: String,
    /// Its fields.
    pub fields: Fields,
    /// Its validity as recorded.
    pub validity: Validity,
    /// The collection (bộ) in which it travels.
    pub collection: CollectionId,
    /// The product it is, for material made to spread the law; `None` for an act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Product>,
    /// Units in which it holds; empty means everywhere its issuer's word goes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applies_in: Vec<String>,
    /// Its relations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Things a person should look at before trusting this document ("đã chuyển mã tự động" …).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Fields of the source that have no name here, kept as they were.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Document {
    /// The title to show: the title field, else the kind and number, else the source's key.
    pub fn display_title(&self) -> String {
        if let Some(title) = self.fields.value(FieldName::Title) {
            return title.to_string();
        }
        match (
            self.fields.value(FieldName::Kind),
            self.fields.value(FieldName::Number),
        ) {
            (Some(kind), Some(number)) => format!("{kind} {number}"),
            (None, Some(number)) => number.to_string(),
            _ => self.source_key.clone(),
        }
    }
}

/// A document with its words: what one frame of a pack holds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DocumentFile {
    /// What is known about it.
    pub document: Document,
    /// Its words.
    pub text: DocumentText,
}

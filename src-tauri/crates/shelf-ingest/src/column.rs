//! The names under which a row, a sidecar or a list tells something about a document.

use crate::words::key;
use shelf_law::{FieldName, RelationKind};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What one column of a list, or one key of a sidecar or row, tells.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Column {
    /// The file that the row is about.
    File,
    /// A field.
    Field(FieldName),
    /// The product it is.
    Product,
    /// Its collection.
    Collection,
    /// Units in which it holds, separated by `;`.
    AppliesIn,
    /// The picture that stands for a video or sound piece before it plays: a file beside it.
    Poster,
    /// Documents it relates to: `NUMBER` or `NUMBER#provision_id`, separated by `;`.
    Relation(RelationKind),
}

/// Each column: the identifier first, then the names that people give it.
const NAMES: &[(Column, &[&str])] = &[
    (
        Column::File,
        &[
            "file",
            "tệp",
            "tên tệp",
            "tệp tin",
            "tập tin",
            "tên tập tin",
            "tên file",
            "file name",
        ],
    ),
    (
        Column::Field(FieldName::Number),
        &[
            "number",
            "số hiệu",
            "số, ký hiệu",
            "số, kí hiệu",
            "ký hiệu",
            "số ký hiệu văn bản",
            "số văn bản",
        ],
    ),
    (
        Column::Field(FieldName::Kind),
        &["kind", "type", "loại văn bản", "loại"],
    ),
    (
        Column::Field(FieldName::Title),
        &[
            "title",
            "trích yếu",
            "tên",
            "tên văn bản",
            "trích yếu nội dung",
            "tiêu đề",
        ],
    ),
    (
        Column::Field(FieldName::Issuer),
        &["issuer", "cơ quan ban hành", "nơi ban hành"],
    ),
    (Column::Field(FieldName::Place), &["place", "địa danh"]),
    (
        Column::Field(FieldName::Issued),
        &["issued", "date", "ngày ban hành"],
    ),
    (
        Column::Field(FieldName::Effective),
        &["effective", "ngày hiệu lực", "ngày có hiệu lực"],
    ),
    (
        Column::Field(FieldName::Expires),
        &["expires", "ngày hết hiệu lực"],
    ),
    (
        Column::Field(FieldName::Status),
        &[
            "status",
            "tình trạng hiệu lực",
            "tình trạng",
            "tình trạng HL",
            "tình trạng văn bản",
            "tình trạng hiệu lực văn bản",
            "trạng thái",
            "trạng thái hiệu lực",
            "hiệu lực",
        ],
    ),
    (
        Column::Field(FieldName::StatusAsOf),
        &[
            "status_as_of",
            "as_of",
            "updated",
            "ngày kiểm tra",
            "ngày kiểm tra hiệu lực",
            "ngày kiểm tra tình trạng",
            "ngày rà soát",
        ],
    ),
    (Column::Field(FieldName::Signer), &["signer", "người ký"]),
    (
        Column::Field(FieldName::SignerTitle),
        &["signer_title", "chức danh", "chức vụ", "chức danh người ký"],
    ),
    (
        Column::Field(FieldName::GazetteDate),
        &["gazette_date", "ngày công báo", "ngày đăng công báo"],
    ),
    (
        Column::Field(FieldName::GazetteNumber),
        &["gazette_number", "số công báo"],
    ),
    (
        Column::Field(FieldName::Topic),
        &["topic", "lĩnh vực", "chủ đề"],
    ),
    (
        Column::Field(FieldName::Language),
        &["language", "ngôn ngữ", "tiếng"],
    ),
    (
        Column::Field(FieldName::Audience),
        &["audience", "đối tượng"],
    ),
    (Column::Field(FieldName::FileAt), &["file_at", "nơi nộp"]),
    (Column::Field(FieldName::Fee), &["fee", "lệ phí", "phí"]),
    (
        Column::Field(FieldName::Days),
        &["days", "thời hạn giải quyết", "số ngày", "thời hạn"],
    ),
    (
        Column::Field(FieldName::Link),
        &["link", "url", "liên kết", "đường dẫn", "nguồn"],
    ),
    (
        Column::Field(FieldName::Author),
        &["author", "biên soạn", "tác giả", "đơn vị biên soạn"],
    ),
    (Column::Product, &["product", "sản phẩm", "loại sản phẩm"]),
    (Column::Collection, &["collection", "bộ sưu tập", "bộ"]),
    (
        Column::AppliesIn,
        &["applies_in", "áp dụng tại", "địa bàn", "địa bàn áp dụng"],
    ),
    (
        Column::Poster,
        &["poster", "ảnh đại diện", "ảnh bìa", "hình đại diện"],
    ),
    (
        Column::Relation(RelationKind::Basis),
        &["basis", "căn cứ", "căn cứ ban hành"],
    ),
    (
        Column::Relation(RelationKind::Amends),
        &["amends", "sửa đổi", "sửa đổi, bổ sung"],
    ),
    (
        Column::Relation(RelationKind::Replaces),
        &["replaces", "thay thế"],
    ),
    (
        Column::Relation(RelationKind::Repeals),
        &["repeals", "bãi bỏ"],
    ),
    (
        Column::Relation(RelationKind::Consolidates),
        &["consolidates", "hợp nhất"],
    ),
    (
        Column::Relation(RelationKind::Guides),
        &["guides", "hướng dẫn", "quy định chi tiết"],
    ),
    (
        Column::Relation(RelationKind::Suspends),
        &["suspends", "đình chỉ", "tạm ngưng", "ngưng hiệu lực"],
    ),
    (
        Column::Relation(RelationKind::Corrects),
        &["corrects", "đính chính"],
    ),
    (
        Column::Relation(RelationKind::Cites),
        &["cites", "dẫn chiếu"],
    ),
    (
        Column::Relation(RelationKind::Interprets),
        &["interprets", "giải thích"],
    ),
    (
        Column::Relation(RelationKind::MovesPower),
        &["moves_power", "chuyển thẩm quyền"],
    ),
    (
        Column::Relation(RelationKind::Related),
        &["related", "liên quan", "văn bản liên quan"],
    ),
];

impl Column {
    /// The column that a header or key names, in any case, with or without accents and spaces.
    pub fn from_name(name: &str) -> Option<Column> {
        static BY_KEY: OnceLock<HashMap<String, Column>> = OnceLock::new();
        let by_key = BY_KEY.get_or_init(|| {
            let names = NAMES.iter();
            names
                .flat_map(|(column, names)| names.iter().map(|name| (key(name), *column)))
                .collect()
        });
        by_key.get(&key(name)).copied()
    }

    /// The names that a person is offered: of each column its identifier and its first Vietnamese name.
    pub(crate) fn offered() -> String {
        let names = NAMES.iter().map(|(column, names)| {
            let vietnamese = names.iter().find(|name| !name.is_ascii());
            match vietnamese {
                Some(vietnamese) => format!("{} ({vietnamese})", column.name()),
                None => column.name().to_string(),
            }
        });
        names.collect::<Vec<_>>().join(", ")
    }

    /// Its identifier.
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(column, _)| *column == self)
            .map_or("", |(_, names)| names[0])
    }

    /// Whether its values are days.
    pub(crate) fn is_date(self) -> bool {
        matches!(
            self,
            Column::Field(
                FieldName::Issued
                    | FieldName::Effective
                    | FieldName::Expires
                    | FieldName::StatusAsOf
                    | FieldName::GazetteDate
            )
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_name_means_two_columns() {
        let mut seen = HashSet::new();
        for (_, names) in NAMES {
            for name in *names {
                assert!(seen.insert(key(name)), "{name}");
            }
        }
    }

    #[test]
    fn identifiers_and_vietnamese_names_mean_the_same_column() {
        assert_eq!(Column::from_name("Số hiệu"), Column::from_name("number"));
        assert_eq!(
            Column::from_name("NGÀY BAN HÀNH"),
            Column::from_name("issued")
        );
        assert_eq!(
            Column::from_name("ngay_ban_hanh"),
            Column::from_name("issued")
        );
        assert_eq!(Column::from_name("saved_at"), None);
    }
}

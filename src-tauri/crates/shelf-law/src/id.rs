//! Names that come from outside are parsed once, here, and are types from then on.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// A text is not a well-formed id of its kind.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a valid {kind}: {text:?}")]
pub struct IdError {
    /// The kind of id that was expected.
    pub kind: &'static str,
    /// What was given instead.
    pub text: String,
}

impl IdError {
    fn new(kind: &'static str, text: &str) -> IdError {
        IdError {
            kind,
            text: text.chars().take(200).collect(),
        }
    }
}

macro_rules! string_id {
    ($name:ident) => {
        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    };
}

/// A document on the shelf: `d` and 24 lower-case hexadecimal digits, made from its identity.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentId(String);
string_id!(DocumentId);

impl DocumentId {
    /// The id of the document with this identity. The parts are what tells two documents apart:
    /// kind + number + issuer + day, or source + key + ordinal where one of those is missing.
    pub fn from_identity(parts: &[&str]) -> DocumentId {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part.as_bytes());
            hasher.update([0x1f]);
        }
        DocumentId(format!("d{}", &hex::encode(hasher.finalize())[..24]))
    }

    /// A 64-bit key for compact tables: the first eight bytes of the id. The publisher refuses a
    /// shelf on which two documents share one.
    pub fn key(&self) -> u64 {
        u64::from_str_radix(&self.0[1..17], 16).expect("a parsed id holds hexadecimal digits")
    }
}

impl FromStr for DocumentId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let hex = text.strip_prefix('d').filter(|h| h.len() == 24);
        match hex {
            Some(h)
                if h.bytes()
                    .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) =>
            {
                Ok(DocumentId(text.to_string()))
            }
            _ => Err(IdError::new("document id", text)),
        }
    }
}

/// A provision within a document, as a dotted path in ASCII: `dieu_5.khoan_1.diem_dd`,
/// `dieu_12a`, `kemtheo_1.dieu_5`. Free of chapters, which sources often lack.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProvisionId(String);
string_id!(ProvisionId);

impl ProvisionId {
    /// The id of a child of this provision, or of a top-level provision where `parent` is `None`.
    pub fn child(parent: Option<&ProvisionId>, segment: &str) -> Result<ProvisionId, IdError> {
        match parent {
            Some(parent) => format!("{parent}.{segment}").parse(),
            None => segment.parse(),
        }
    }
}

impl FromStr for ProvisionId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let well_formed = text.len() <= 200
            && text.split('.').all(|segment| {
                !segment.is_empty()
                    && segment
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            });
        if well_formed {
            Ok(ProvisionId(text.to_string()))
        } else {
            Err(IdError::new("provision id", text))
        }
    }
}

/// A collection (bộ) of the shelf: 1 to 40 of `a-z 0-9 _ -`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CollectionId(String);
string_id!(CollectionId);

impl FromStr for CollectionId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let allowed =
            |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
        if (1..=40).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(CollectionId(text.to_string()))
        } else {
            Err(IdError::new("collection id", text))
        }
    }
}

/// The SHA-256 of some bytes; written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> ContentHash {
        ContentHash(Sha256::digest(bytes).into())
    }

    /// A hash from its 32 bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> ContentHash {
        ContentHash(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

impl FromStr for ContentHash {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let fail = || IdError::new("content hash", text);
        if text.bytes().any(|b| b.is_ascii_uppercase()) {
            return Err(fail());
        }
        let bytes = hex::decode(text).map_err(|_| fail())?;
        Ok(ContentHash(bytes.try_into().map_err(|_| fail())?))
    }
}

impl TryFrom<String> for ContentHash {
    type Error = IdError;
    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<ContentHash> for String {
    fn from(hash: ContentHash) -> String {
        hash.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_gives_the_same_id_every_time_and_no_two_share_one() {
        let a = DocumentId::from_identity(&["Luật", "18/2008/QH12", "Quốc hội", "2008-06-03"]);
        let b =
            DocumentId::from_identity(&["Nghị quyết", "18/2008/QH12", "Quốc hội", "2008-06-03"]);
        assert_ne!(a, b, "the same number and day, but another kind");
        assert_eq!(a, a.to_string().parse().unwrap());
        assert_ne!(
            DocumentId::from_identity(&["ab", "c"]),
            DocumentId::from_identity(&["a", "bc"]),
            "parts do not run into each other"
        );
    }

    #[test]
    fn names_from_outside_are_refused_when_malformed() {
        assert!("d123".parse::<DocumentId>().is_err());
        assert!("../etc".parse::<ProvisionId>().is_err());
        assert!("dieu_5..khoan_1".parse::<ProvisionId>().is_err());
        assert!("dieu_5.khoan_1.diem_dd".parse::<ProvisionId>().is_ok());
        assert!("Luật".parse::<CollectionId>().is_err());
        assert!(
            "AB".repeat(32).parse::<ContentHash>().is_err(),
            "one spelling only"
        );
    }
}

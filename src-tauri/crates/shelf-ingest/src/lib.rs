//! Files of a department turned into documents: JSON Lines, text, HTML, DOCX, PDF, images and media.
//!
//! [`read_input`] walks a file or a folder and hands every document, and every file that gave none
//! with the reason, to the caller, in order. A document here is a [`Candidate`]: it has no id and
//! nobody has approved it. The grammars of `shelf_law` read the structure; this crate only gets the
//! words out of the files, and puts together what the file, its sidecar and the list say about it.

mod candidate;
mod claims;
mod column;
mod docx;
mod draft;
mod encoding;
mod finish;
mod html;
mod jsonl;
mod kind;
mod list;
mod media;
mod number;
mod pdf;
mod read;
mod restricted;
mod said;
mod sidecar;
mod sniff;
mod status;
mod subtitle;
mod tables;
mod text;
mod words;

pub use candidate::{Candidate, CandidateObject, Content, Failure, ObjectRole, Reason};
pub use claims::{Claims, Problem};
pub use column::Column;
pub use finish::Unsaid;
pub use list::{List, ListError, ListWarning};
pub use pdf::{PdfFailure, PdfPage, PdfPages};
pub use read::{Options, Progress, Summary, read_input};
pub use said::Said;

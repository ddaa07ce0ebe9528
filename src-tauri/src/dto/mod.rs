//! What crosses to the page, and nothing else: the engine's own types stay on this side.

use serde::Serialize;

/// Versions, for the page's foot and for a report of a fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct About {
    /// Version of the app and of the engine in it: the workspace has one version.
    pub(crate) version: String,
}

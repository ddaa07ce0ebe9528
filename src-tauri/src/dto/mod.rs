//! What crosses to the page, and nothing else: the engine's own types stay on this side.
//!
//! Dates are ISO `yyyy-mm-dd`, instants ISO UTC, sizes bytes, ids strings. The TypeScript of all of it
//! is `ui/src/lib/host/types.ts`, which a test writes and compares.

/// Values that go to the page.
macro_rules! sent {
    ($($item:item)*) => { $(
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(test, derive(ts_rs::TS))]
        $item
    )* };
}

/// Values that come from the page.
macro_rules! received {
    ($($item:item)*) => { $(
        #[derive(Debug, Clone, PartialEq, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(test, derive(ts_rs::TS))]
        $item
    )* };
}

/// Values that go both ways.
macro_rules! both {
    ($($item:item)*) => { $(
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(test, derive(ts_rs::TS))]
        $item
    )* };
}

/// Closed lists of codes.
macro_rules! codes {
    ($($item:item)*) => { $(
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(test, derive(ts_rs::TS))]
        $item
    )* };
}

mod document;
mod failure;
mod home;
mod law;
mod marks;
mod objects;
mod requests;
mod search;
mod start;
mod sync;
#[cfg(test)]
mod typescript;

pub(crate) use document::*;
pub(crate) use failure::*;
pub(crate) use home::*;
pub(crate) use law::*;
pub(crate) use marks::*;
pub(crate) use objects::*;
pub(crate) use requests::*;
pub(crate) use search::*;
pub(crate) use start::*;
pub(crate) use sync::*;

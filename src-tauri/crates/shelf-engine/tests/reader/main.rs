//! A reader's shelf, from the sample shelf of this repository: published, synced, searched.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod absent;
mod citing;
mod finding;
mod ranking;
mod shelf;
mod syncing;
mod typing;
mod understanding;

//! A reader's shelf, from the sample shelf of this repository: published, synced, searched.

mod finding;
mod shelf;
mod syncing;
mod typing;

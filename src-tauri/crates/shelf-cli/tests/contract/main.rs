//! The command line's contract, on the program itself: from a department's files to an offline answer.
#![allow(clippy::unwrap_used)]

mod citations;
mod errors;
mod journey;
mod places;
mod shelf;

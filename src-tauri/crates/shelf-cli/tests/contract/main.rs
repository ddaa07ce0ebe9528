//! The command line's contract, on the program itself: from a department's files to an offline answer.

mod errors;
mod journey;
mod shelf;

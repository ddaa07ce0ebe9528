//! The `shelf` command line.

fn main() {}

//! Full-text search over provisions: index, ranking and snippets.

//! What a reader of a repository never takes more of, whatever the bytes say [F-7].

/// Bytes of a head.
pub const MAX_HEAD: u64 = 4 << 20;
/// Bytes of a shard or a segment as it travels.
pub const MAX_SHARD: u64 = 64 << 20;
/// Bytes of a shard or a segment after decompression.
pub const MAX_SHARD_LINES: u64 = 512 << 20;
/// Bytes of one line of them.
pub const MAX_LINE: usize = 8 << 20;
/// Bytes of all headings in one heading row; the publisher leaves out what is beyond.
pub const MAX_HEADINGS: usize = 1 << 20;
/// Characters of one heading in a heading row; the publisher cuts what is longer.
pub const MAX_HEADING_CHARS: usize = 300;
/// Bytes of one document as JSON.
pub const MAX_TEXT: u64 = 64 << 20;
/// Bytes of a pack.
pub const MAX_PACK: u64 = 80 << 20;
/// Bytes of a dictionary.
pub const MAX_DICTIONARY: u64 = 1 << 20;
/// Bytes of a file of signed data.
pub const MAX_DATA: u64 = 16 << 20;
/// Bytes of an original or a media file.
pub const MAX_OBJECT: u64 = 64 << 30;
/// Largest zstd window, as a power of two: what a decoder must hold in memory.
pub const MAX_WINDOW_LOG: u32 = 24;
/// Bytes of a piece; what is larger has a piece list [F-6].
pub const PIECE: u64 = 256 << 10;

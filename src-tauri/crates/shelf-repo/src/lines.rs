//! zstd-compressed JSON lines, read in a stream with every size capped [F-16].

use crate::error::RepoError;
use crate::limits;
use std::io::{BufRead, BufReader, Read};

/// Compression of shards and segments: they are made once and read by thousands.
const LEVEL: i32 = 19;

/// Compresses lines, each of which ends in a line feed.
pub(crate) fn compress(lines: &[u8]) -> std::io::Result<Vec<u8>> {
    zstd::bulk::compress(lines, LEVEL)
}

/// Gives one line after the other, never holding more than one.
pub(crate) struct Lines<'a> {
    name: String,
    stream: BufReader<std::io::Take<zstd::stream::read::Decoder<'a, &'a [u8]>>>,
    line: Vec<u8>,
    taken: u64,
}

impl<'a> Lines<'a> {
    pub(crate) fn open(name: String, compressed: &'a [u8]) -> Result<Lines<'a>, RepoError> {
        let decoder = zstd::stream::read::Decoder::with_buffer(compressed).and_then(|mut it| {
            // [F-7] A frame may not ask for more memory than this.
            it.window_log_max(limits::MAX_WINDOW_LOG)?;
            Ok(it)
        });
        let decoder = decoder.map_err(|error| RepoError::refused(&name, "F-16", error))?;
        Ok(Lines {
            name,
            // [F-7] A few bytes that unfold into very many are stopped here.
            stream: BufReader::new(decoder.take(limits::MAX_SHARD_LINES + 1)),
            line: Vec::new(),
            taken: 0,
        })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The next line without its line feed; `None` after the last one.
    pub(crate) fn next(&mut self) -> Result<Option<&[u8]>, RepoError> {
        self.line.clear();
        let mut capped = self.stream.by_ref().take(limits::MAX_LINE as u64 + 1);
        capped
            .read_until(b'\n', &mut self.line)
            .map_err(|error| RepoError::refused(&self.name, "F-16", error))?;
        self.taken += self.line.len() as u64;
        let refuse = |rule, reason| Err(RepoError::refused(&self.name, rule, reason));
        if self.taken > limits::MAX_SHARD_LINES {
            return refuse("F-7", "it unfolds into too many bytes");
        }
        match self.line.pop() {
            None => Ok(None),
            Some(b'\n') if self.line.is_empty() => refuse("F-16", "an empty line"),
            Some(b'\n') => Ok(Some(&self.line)),
            Some(_) if self.line.len() >= limits::MAX_LINE => refuse("F-7", "a line is too long"),
            Some(_) => refuse("F-16", "its last line has no end"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(compressed: &[u8]) -> Result<Vec<Vec<u8>>, RepoError> {
        let mut lines = Lines::open("test".into(), compressed)?;
        let mut all = Vec::new();
        while let Some(line) = lines.next()? {
            all.push(line.to_vec());
        }
        Ok(all)
    }

    #[test]
    fn lines_come_back_byte_for_byte() {
        let packed = compress(b"{\"a\":1}\n{ \"b\": 2 }\n").unwrap();
        assert_eq!(read(&packed).unwrap(), [&b"{\"a\":1}"[..], b"{ \"b\": 2 }"]);
        assert!(read(&compress(b"").unwrap()).unwrap().is_empty());
    }

    #[test]
    fn dirt_is_refused() {
        assert!(read(b"not zstd").is_err());
        assert!(
            read(&compress(b"a\n\nb\n").unwrap()).is_err(),
            "an empty line"
        );
        assert!(read(&compress(b"a\nb").unwrap()).is_err(), "cut off");
        let packed = compress(&b"abcdefgh\n".repeat(9999)).unwrap();
        assert!(read(&packed[..packed.len() / 2]).is_err(), "half a file");
    }

    #[test]
    fn a_giant_line_and_a_bomb_are_stopped_early() {
        let line = vec![b'x'; limits::MAX_LINE + 5];
        let error = read(&zstd::bulk::compress(&line, 1).unwrap()).unwrap_err();
        assert!(error.to_string().contains("too long"), "{error}");

        let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
        let block = [b'y'; 1023].into_iter().chain([b'\n']).collect::<Vec<_>>();
        let block = block.repeat(1024);
        for _ in 0..limits::MAX_SHARD_LINES / block.len() as u64 + 1 {
            std::io::Write::write_all(&mut encoder, &block).unwrap();
        }
        let bomb = encoder.finish().unwrap();
        assert!(bomb.len() < 1 << 20, "it is small as it travels");
        let mut lines = Lines::open("bomb".into(), &bomb).unwrap();
        let error = loop {
            match lines.next() {
                Ok(Some(_)) => {}
                Ok(None) => panic!("the bomb went off"),
                Err(error) => break error,
            }
        };
        assert!(error.to_string().contains("too many bytes"), "{error}");
    }

    #[test]
    fn a_frame_that_asks_for_a_huge_window_is_refused() {
        let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
        encoder.window_log(27).unwrap();
        std::io::Write::write_all(&mut encoder, b"{}\n").unwrap();
        assert!(read(&encoder.finish().unwrap()).is_err());
    }
}

//! The pictures of pages that were shown last.

use crate::PageImage;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Page and the width that was asked for.
type Key = (u32, u32);

/// Pictures by document, page and width, up to so many bytes. Where they are more, those that were
/// not looked at for longest go.
pub(crate) struct Cache {
    documents: HashMap<PathBuf, HashMap<Key, Entry>>,
    bytes: usize,
    most: usize,
    clock: u64,
}

struct Entry {
    image: Arc<PageImage>,
    used: u64,
}

impl Cache {
    pub(crate) fn new(most: usize) -> Cache {
        Cache {
            documents: HashMap::new(),
            bytes: 0,
            most,
            clock: 0,
        }
    }

    pub(crate) fn get(&mut self, file: &Path, page: u32, width: u32) -> Option<Arc<PageImage>> {
        self.clock += 1;
        let entry = self.documents.get_mut(file)?.get_mut(&(page, width))?;
        entry.used = self.clock;
        Some(Arc::clone(&entry.image))
    }

    pub(crate) fn insert(&mut self, file: &Path, page: u32, width: u32, image: Arc<PageImage>) {
        self.clock += 1;
        self.bytes += image.bytes.len();
        let entry = Entry {
            image,
            used: self.clock,
        };
        let pages = self.documents.entry(file.to_path_buf()).or_default();
        if let Some(before) = pages.insert((page, width), entry) {
            self.bytes -= before.image.bytes.len();
        }
        while self.bytes > self.most && self.drop_oldest() {}
    }

    pub(crate) fn forget(&mut self, file: &Path) {
        for (_, entry) in self.documents.remove(file).into_iter().flatten() {
            self.bytes -= entry.image.bytes.len();
        }
    }

    pub(crate) fn clear(&mut self) {
        self.documents.clear();
        self.bytes = 0;
    }

    fn drop_oldest(&mut self) -> bool {
        let all = self.documents.iter_mut();
        let oldest = all
            .flat_map(|(_, pages)| {
                let oldest = pages.iter().min_by_key(|(_, entry)| entry.used);
                oldest
                    .map(|(key, entry)| (entry.used, *key))
                    .map(|(used, key)| (used, key, pages))
            })
            .min_by_key(|(used, ..)| *used);
        let Some((_, key, pages)) = oldest else {
            return false;
        };
        if let Some(entry) = pages.remove(&key) {
            self.bytes -= entry.image.bytes.len();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ImageFormat;

    fn image(bytes: usize) -> Arc<PageImage> {
        Arc::new(PageImage {
            format: ImageFormat::Png,
            width: 1,
            height: 1,
            bytes: vec![0; bytes],
        })
    }

    #[test]
    fn what_was_looked_at_last_stays() {
        let (a, b) = (Path::new("a"), Path::new("b"));
        let mut cache = Cache::new(100);
        cache.insert(a, 0, 893, image(40));
        cache.insert(b, 0, 893, image(40));
        assert!(cache.get(a, 0, 893).is_some());
        cache.insert(a, 1, 893, image(40));
        assert!(cache.get(b, 0, 893).is_none(), "the oldest went");
        assert!(cache.get(a, 0, 893).is_some());
        assert!(cache.get(a, 0, 1240).is_none(), "another width");
        cache.insert(a, 1, 893, image(30));
        assert_eq!(cache.bytes, 70, "replaced");
        cache.insert(b, 5, 893, image(101));
        assert_eq!(cache.bytes, 0, "one that is too large is not kept");
    }

    #[test]
    fn a_document_is_forgotten_whole() {
        let (a, b) = (Path::new("a"), Path::new("b"));
        let mut cache = Cache::new(100);
        cache.insert(a, 0, 1, image(10));
        cache.insert(a, 1, 1, image(10));
        cache.insert(b, 0, 1, image(10));
        cache.forget(a);
        cache.forget(a);
        assert_eq!(cache.bytes, 10);
        assert!(cache.get(a, 0, 1).is_none());
        assert!(cache.get(b, 0, 1).is_some());
    }
}

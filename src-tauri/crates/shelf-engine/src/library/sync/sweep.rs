//! Removing what no reader needs any more.

use super::object_error;
use crate::Error;
use crate::library::Home;
use crate::library::wanted::objects_of;
use shelf_law::ContentHash;
use shelf_repo::Blob;
use shelf_repo::object::ObjectFolder;
use shelf_store::{ActiveCatalog, Catalog};
use std::collections::HashSet;

/// Hashes everything that stands here and removes what is not what it is named for.
pub(super) fn remove_unsound(objects: &ObjectFolder) -> Result<(), Error> {
    objects.remove_unfinished().map_err(object_error)?;
    for (hash, _) in objects.list().map_err(object_error)? {
        if objects.is_sound(&hash).map_err(object_error)? == Some(false) {
            objects.remove(&hash).map_err(object_error)?;
        }
    }
    Ok(())
}

/// Removes what neither the active catalogue nor the one before it needs: a reader that still has
/// the old one open goes on reading.
pub(super) fn sweep(
    home: &Home,
    active: &ActiveCatalog,
    before: Option<&ActiveCatalog>,
    catalog: &Catalog,
    objects: &ObjectFolder,
) -> Result<(), Error> {
    let keep: Vec<&str> = std::iter::once(active)
        .chain(before)
        .map(|a| a.file.as_str())
        .collect();
    let mut needed = HashSet::new();
    note_needed(catalog, &mut needed)?;
    if let Some(before) = before
        && let Ok(previous) = Catalog::open(&home.catalog(&before.file))
        && let Err(error) = note_needed(&previous, &mut needed)
    {
        // Nobody reads a damaged catalogue: that is why it was made again.
        tracing::warn!(%error, "the catalogue before cannot be read");
    }
    let listed = std::fs::read_dir(home.folder()).map_err(Error::io(home.folder()))?;
    for entry in listed.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("catalog-") && name.ends_with(".db") && !keep.contains(&name.as_str()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
    for (hash, _) in objects.list().map_err(object_error)? {
        if !needed.contains(&hash) {
            objects.remove(&hash).map_err(object_error)?;
        }
    }
    let _ = std::fs::remove_dir_all(home.partial());
    Ok(())
}

/// Notes every object that readers of a catalogue need.
pub(in crate::library) fn note_needed(
    catalog: &Catalog,
    needed: &mut HashSet<ContentHash>,
) -> Result<(), Error> {
    let note = |blob: &Blob, needed: &mut HashSet<ContentHash>| {
        needed.insert(blob.sha256);
        needed.extend(blob.pieces);
    };
    let head = catalog.head();
    let data = head.data.iter().map(|file| &file.blob);
    let shards = head.shards.iter().map(|shard| &shard.blob);
    let always = head.dictionaries.iter().chain(data).chain(shards);
    always.for_each(|blob| note(blob, needed));
    catalog.for_each(|row| {
        if let Some(objects) = &row.objects {
            match row.single {
                true => {
                    needed.insert(objects.text.sha256);
                }
                false => note(&objects.text.pack, needed),
            }
            objects_of(objects, row.single).for_each(|object| note(&object.blob, needed));
        }
        Ok(())
    })
}

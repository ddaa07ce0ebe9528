//! The tables of `user.db`, as a list of migrations that only ever grows. A migration that was
//! released is never edited: `frozen/schema-<n>.sql` holds what each one led to, and a test compares.

/// Instants are microseconds since 1970, UTC. `folded` columns hold what is compared or searched.
/// `meta.changes` counts writes, since clocks cannot tell which of two copies is the later.
pub(super) const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE meta(
        one INTEGER PRIMARY KEY CHECK (one = 1),
        changes INTEGER NOT NULL,
        copied_at INTEGER
    ) STRICT;
    INSERT INTO meta(one, changes) VALUES (1, 0);
    CREATE TABLE folder(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        position INTEGER NOT NULL,
        deleted_at INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX folder_name ON folder(folded) WHERE deleted_at IS NULL;
    CREATE TABLE mark(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document TEXT NOT NULL,
        provision TEXT,
        object TEXT,
        page INTEGER,
        time_ms INTEGER,
        quote TEXT NOT NULL,
        title TEXT NOT NULL,
        label TEXT NOT NULL,
        note TEXT NOT NULL,
        colour INTEGER NOT NULL CHECK (colour BETWEEN 0 AND 3),
        folder INTEGER REFERENCES folder(id) ON DELETE SET NULL,
        revision TEXT NOT NULL,
        folded TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        deleted_at INTEGER
    ) STRICT;
    CREATE INDEX mark_document ON mark(document, deleted_at);
    CREATE INDEX mark_folder ON mark(folder) WHERE folder IS NOT NULL;
    CREATE INDEX mark_deleted ON mark(deleted_at) WHERE deleted_at IS NOT NULL;
    CREATE TABLE position(
        document TEXT PRIMARY KEY,
        place TEXT NOT NULL,
        fraction REAL NOT NULL,
        opened_at INTEGER NOT NULL,
        opens INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE recent_search(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        text TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
",
    "
    CREATE TABLE request(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        question TEXT NOT NULL,
        field TEXT,
        searched TEXT,
        made_at INTEGER NOT NULL,
        deleted_at INTEGER
    ) STRICT;
    CREATE INDEX request_deleted ON request(deleted_at) WHERE deleted_at IS NOT NULL;
",
];

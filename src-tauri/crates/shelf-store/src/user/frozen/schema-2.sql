-- user.db as the first release left it. Never edit this file: add schema-2.sql beside it.
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
-- What a person of this release may have had.
CREATE TABLE request(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    question TEXT NOT NULL,
    field TEXT,
    searched TEXT,
    made_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX request_deleted ON request(deleted_at) WHERE deleted_at IS NOT NULL;
UPDATE meta SET changes = 7;
INSERT INTO folder(id, name, folded, position, deleted_at) VALUES
    (1, 'Hòa giải', 'hoa giai', 0, NULL),
    (2, 'Cũ', 'cu', 1, 1767225600000000);
INSERT INTO mark(id, document, provision, object, page, time_ms, quote, title, label, note, colour,
    folder, revision, folded, created_at, changed_at, deleted_at) VALUES
    (1, 'd000000000000000000000001', 'dieu_12.khoan_2', NULL, NULL, NULL, 'Người sử dụng đất',
        'Luật Đất đai', 'khoản 2 Điều 12', 'Hỏi lại địa chính xã', 1, 1, 'r1',
        'luat dat dai khoan 2 dieu 12 nguoi su dung dat hoi lai dia chinh xa',
        1767225600000000, 1767225600500000, NULL),
    (2, 'd000000000000000000000002', NULL,
        'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 3, NULL, '', 'Tờ gấp',
        'trang 3', '', 0, 2, 'r2', 'to gap trang 3', 1767225600000000, 1767225600000000, NULL),
    (5, 'd000000000000000000000002', NULL, NULL, NULL, 192000, '', 'Tờ gấp', '03:12', '', 0, NULL,
        'r2', 'to gap 03:12', 1767225600000000, 1767225600000000, 1767225600000000);
INSERT INTO position(document, place, fraction, opened_at, opens) VALUES
    ('d000000000000000000000001', '{"provision":"dieu_12"}', 0.25, 1767225600000000, 3);
INSERT INTO recent_search(text, folded, at) VALUES ('đất đai', 'dat dai', 1767225600000000);
INSERT INTO setting(key, value) VALUES ('theme', 'dark'), ('of_a_later_release', 'kept');
INSERT INTO request(id, question, field, searched, made_at, deleted_at) VALUES
    (1, 'Mua máy cày thì có được hỗ trợ không?', 'Chính sách dân tộc',
        '{"words":"hỗ trợ máy cày","filters":{"topic":["Đất đai"]}}', 1767225600000000, NULL),
    (2, 'Đã bỏ', NULL, NULL, 1767225600000000, 1767225600000000);
PRAGMA user_version = 2;

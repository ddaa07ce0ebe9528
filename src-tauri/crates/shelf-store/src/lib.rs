//! SQLite: the catalogue, trust state and transfers of a client, and a publisher's workspace.

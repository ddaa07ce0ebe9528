//! Sources (HTTP, folder) and resumable, verified transfer.

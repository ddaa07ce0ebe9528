//! The one door: the client's Library and the publisher's Press.

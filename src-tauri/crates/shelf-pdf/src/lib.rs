//! PDF text and pages through pdfium, in a process of its own.

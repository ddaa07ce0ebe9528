//! Files of a department turned into documents: JSON Lines, text, HTML, DOCX, PDF, images and media.

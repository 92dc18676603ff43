//! How JSON answers are held against the document.

//! Lan Tỏa.

//! Keeping stations.

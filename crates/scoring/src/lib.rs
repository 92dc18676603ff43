//! Points for what was done, from trees of criteria.

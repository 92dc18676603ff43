//! Stories of webhooks.

//! What the adapters and the doubles of video platforms, gateways, push services and other servers agree on.

mod activitypub;
mod attempt;
mod loopback;
mod sms;
mod tiktok;
mod webpush;
mod websub;
mod youtube;

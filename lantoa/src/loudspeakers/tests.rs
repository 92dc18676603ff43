//! Stories of loudspeakers, over HTTP, on both engines.

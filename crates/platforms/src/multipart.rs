//! Files in a form: `multipart/form-data` (RFC 7578).

use bytes::{Bytes, BytesMut};
use sha2::{Digest, Sha256};

use crate::Media;
use crate::signature::hex;

/// A form being filled in.
#[derive(Default)]
pub(crate) struct Form {
    parts: Vec<(String, Bytes)>,
}

impl Form {
    pub(crate) fn field(&mut self, name: &str, value: impl Into<String>) {
        let head = format!("Content-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        self.parts.push((head, Bytes::from(value.into())));
    }

    pub(crate) fn file(&mut self, name: &str, media: &Media) {
        let ending = media.mime.rsplit('/').next().unwrap_or("bin");
        let head = format!(
            "Content-Disposition: form-data; name=\"{name}\"; filename=\"{name}.{ending}\"\r\nContent-Type: {}\r\n\r\n",
            media.mime
        );
        self.parts.push((head, media.bytes.clone()));
    }

    /// The type to name in the header, and the body. The boundary is a checksum of the parts, so it stands in none of them.
    pub(crate) fn finish(self) -> (String, Bytes) {
        let mut sum = Sha256::new();
        self.parts.iter().for_each(|(head, value)| {
            sum.update(head);
            sum.update(value);
        });
        let boundary = hex(&sum.finalize());
        let size = self.parts.iter().map(|(head, value)| head.len() + value.len() + boundary.len() + 8).sum();
        let mut body = BytesMut::with_capacity(size);
        for (head, value) in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{head}").as_bytes());
            body.extend_from_slice(value);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body.freeze())
    }
}

//! Why a file can not be read, in words for the person who chose it.

use std::time::Duration;

use vietnamese::legacy::LegacyEncoding;

/// What stops the reader. `Display` says in Vietnamese what is wrong and what to do about it; what the reader met is for
/// logs ([`ReadError::detail`]), since it is in the words of a program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file is larger than [`crate::Limits::bytes`].
    #[error("Tệp lớn {} MB, quá mức {} MB. Hãy bỏ bớt hình ảnh hoặc tách tệp rồi thử lại.", mega(*.bytes), mega(*.limit))]
    TooLarge {
        /// Bytes of the file.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// The text has more paragraphs than [`crate::Limits::paragraphs`].
    #[error("Tệp có hơn {limit} đoạn, không giống một văn bản hành chính. Hãy kiểm tra lại nội dung tệp hoặc tách nhỏ.")]
    TooManyParts {
        /// Paragraphs allowed.
        limit: usize,
    },
    /// The PDF has more pages than [`crate::Limits::pages`].
    #[error("Tệp có {pages} trang, quá mức {limit} trang. Hãy tách tệp rồi thử lại.")]
    TooManyPages {
        /// Pages of the file.
        pages: u32,
        /// Pages allowed.
        limit: u32,
    },
    /// Neither text nor DOCX nor PDF nor a picture.
    #[error("Không nhận ra định dạng của tệp “{name}”. Hãy dùng tệp .docx, .pdf hoặc .txt.")]
    UnknownFormat {
        /// Name of the file.
        name: String,
    },
    /// A Word 97–2003 file.
    #[error("Đây là tệp .doc của Word 97–2003. Hãy mở bằng Word hoặc LibreOffice, lưu lại thành .docx rồi thử lại.")]
    LegacyDoc,
    /// Not Unicode: the encoding that the bytes look like.
    #[error(
        "Tệp dùng bảng mã {encoding}, không phải Unicode. Hãy chuyển sang Unicode (TCVN 6909:2001), lưu dạng UTF-8 rồi thử lại."
    )]
    LegacyEncoding {
        /// The encoding, as it is known in Vietnam.
        encoding: LegacyEncoding,
    },
    /// Neither UTF-8 nor UTF-16 nor an encoding that is known.
    #[error("Không nhận ra bảng mã của tệp. Hãy mở tệp bằng trình soạn thảo đã tạo ra nó, lưu dạng UTF-8 rồi thử lại.")]
    UnknownEncoding,
    /// The PDF holds pictures of pages only, or the file is a picture.
    #[error("Tệp {pages} trang chỉ có ảnh chụp, không có lớp văn bản. Hãy dùng nhận dạng chữ (OCR) hoặc xin bản .docx.")]
    NoTextLayer {
        /// Pages of the file.
        pages: u32,
    },
    /// The file asks for a password.
    #[error("Tệp có mật khẩu bảo vệ. Hãy bỏ mật khẩu rồi thử lại.")]
    Encrypted,
    /// The file is damaged.
    #[error("Tệp bị hỏng hoặc thiếu dữ liệu. Hãy tải lại hoặc lưu lại tệp từ bản gốc rồi thử lại.")]
    Corrupt {
        /// What the reader met.
        detail: String,
    },
    /// Unpacking would take far more than the file is worth.
    #[error("Tệp nén bung ra quá lớn (hơn {} MB), có dấu hiệu phá hoại. Hãy không mở tệp này và báo người gửi.", mega(*.limit))]
    ZipBomb {
        /// Unpacked bytes allowed.
        limit: usize,
    },
    /// Reading took longer than [`crate::Limits::time`].
    #[error("Đọc tệp quá {} giây mà chưa xong. Hãy tách tệp hoặc lưu lại dưới dạng .docx rồi thử lại.", .limit.as_secs())]
    TimedOut {
        /// Time allowed.
        limit: Duration,
    },
    /// `tesseract` with Vietnamese, or `pdftoppm`, is not installed.
    #[error("Máy chủ chưa cài bộ nhận dạng chữ. Hãy cài tesseract-ocr-vie và poppler-utils, hoặc xin bản .docx.")]
    OcrUnavailable,
    /// Recognition of characters failed.
    #[error("Nhận dạng chữ không thành. Hãy thử lại với bản quét rõ hơn hoặc xin bản .docx.")]
    OcrFailed {
        /// What went wrong.
        detail: String,
    },
    /// Nothing to read.
    #[error("Tệp không có chữ nào. Hãy kiểm tra lại tệp đã chọn.")]
    Empty,
}

impl ReadError {
    /// A stable name for machines, in kebab-case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too-large",
            Self::TooManyParts { .. } => "too-many-parts",
            Self::TooManyPages { .. } => "too-many-pages",
            Self::UnknownFormat { .. } => "unknown-format",
            Self::LegacyDoc => "legacy-doc",
            Self::LegacyEncoding { .. } => "legacy-encoding",
            Self::UnknownEncoding => "unknown-encoding",
            Self::NoTextLayer { .. } => "no-text-layer",
            Self::Encrypted => "encrypted",
            Self::Corrupt { .. } => "corrupt",
            Self::ZipBomb { .. } => "zip-bomb",
            Self::TimedOut { .. } => "timed-out",
            Self::OcrUnavailable => "ocr-unavailable",
            Self::OcrFailed { .. } => "ocr-failed",
            Self::Empty => "empty",
        }
    }

    /// What the reader met, for whoever reads logs.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Corrupt { detail } | Self::OcrFailed { detail } => Some(detail),
            _ => None,
        }
    }

    pub(crate) fn ocr(detail: impl ToString) -> Self {
        Self::OcrFailed { detail: detail.to_string() }
    }

    pub(crate) fn corrupt(detail: impl ToString) -> Self {
        Self::Corrupt { detail: detail.to_string() }
    }
}

fn mega(bytes: usize) -> usize {
    bytes.div_ceil(1024 * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_names_cause_and_remedy() {
        let errors = [
            ReadError::TooLarge { bytes: 60 << 20, limit: 32 << 20 },
            ReadError::TooManyParts { limit: 10 },
            ReadError::TooManyPages { pages: 9, limit: 3 },
            ReadError::UnknownFormat { name: "a.exe".into() },
            ReadError::LegacyDoc,
            ReadError::LegacyEncoding { encoding: LegacyEncoding::Tcvn3 },
            ReadError::UnknownEncoding,
            ReadError::NoTextLayer { pages: 4 },
            ReadError::Encrypted,
            ReadError::corrupt("could not find EOCD"),
            ReadError::ZipBomb { limit: 1 << 28 },
            ReadError::TimedOut { limit: Duration::from_secs(30) },
            ReadError::OcrUnavailable,
            ReadError::ocr("killed by signal 9"),
            ReadError::Empty,
        ];
        let mut codes: Vec<&str> = errors.iter().map(ReadError::code).collect();
        for error in &errors {
            let words = error.to_string();
            assert!(words.contains("Hãy") && words.ends_with('.'), "{words}");
            assert!(error.detail().is_none_or(|detail| !words.contains(detail)), "what a program says is for logs: {words}");
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), errors.len());
        assert_eq!(errors[0].to_string().split(',').next(), Some("Tệp lớn 60 MB"));
    }
}

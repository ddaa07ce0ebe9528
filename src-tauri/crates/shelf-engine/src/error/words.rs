//! What each code says to a person: what happened and what to do, without any of the details.

use super::ErrorCode;
use crate::Lang;

impl ErrorCode {
    /// Every code.
    pub const ALL: [ErrorCode; 20] = [
        ErrorCode::RootMissing,
        ErrorCode::RootDiffers,
        ErrorCode::NotAShelf,
        ErrorCode::WebPage,
        ErrorCode::SourceUnreachable,
        ErrorCode::Damaged,
        ErrorCode::Rollback,
        ErrorCode::DiskFull,
        ErrorCode::NotFound,
        ErrorCode::Ambiguous,
        ErrorCode::NoShelf,
        ErrorCode::NotOnThisMachine,
        ErrorCode::Busy,
        ErrorCode::Newer,
        ErrorCode::BadInput,
        ErrorCode::KeysExist,
        ErrorCode::KeysMissing,
        ErrorCode::NothingApproved,
        ErrorCode::Cancelled,
        ErrorCode::Io,
    ];

    /// One plain sentence or two: what happened and what to do.
    pub fn words(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vietnamese(),
            Lang::En => self.english(),
        }
    }

    fn vietnamese(self) -> &'static str {
        match self {
            ErrorCode::Diverged => {
                "Kho này đã có bản do một bản sao khác của thư mục làm việc phát hành. Hãy phát hành từ bản sao đó; chỉ khi nó đã mất hẳn thì mới thêm --take-over."
            }
            ErrorCode::RootMissing => {
                "Máy này chưa có tệp gốc để kiểm tra chữ ký. Hãy chỉ tệp root.json nhận từ Sở Tư pháp bằng --root."
            }
            ErrorCode::RootDiffers => {
                "Tệp gốc không khớp: đây là tủ sách của nơi phát hành khác. Hãy kiểm tra lại địa chỉ và tệp root.json."
            }
            ErrorCode::NotAShelf => {
                "Nơi này không phải tủ sách. Hãy kiểm tra lại địa chỉ hoặc thư mục."
            }
            ErrorCode::WebPage => {
                "Mạng trả về một trang web thay cho dữ liệu, có thể là trang đăng nhập. Hãy đăng nhập mạng rồi đồng bộ lại."
            }
            ErrorCode::SourceUnreachable => {
                "Không tới được nguồn đồng bộ. Hãy kiểm tra mạng hoặc USB rồi đồng bộ lại; dữ liệu đã có vẫn đọc được."
            }
            ErrorCode::Damaged => {
                "Có dữ liệu bị hỏng hoặc sai chữ ký. Trên máy đọc, hãy đồng bộ lại, hoặc đồng bộ từ nguồn khác."
            }
            ErrorCode::Rollback => {
                "Nguồn này cũ hơn dữ liệu đang có nên không dùng. Hãy đồng bộ từ nguồn mới hơn."
            }
            ErrorCode::DiskFull => {
                "Không đủ chỗ trên ổ đĩa. Hãy giải phóng bớt rồi làm lại; dữ liệu đã có không mất."
            }
            ErrorCode::NotFound => {
                "Không tìm thấy. Hãy kiểm tra lại tên, hoặc tìm bằng shelf search."
            }
            ErrorCode::Ambiguous => {
                "Có nhiều văn bản cùng tên gọi này. Hãy chỉ một văn bản bằng mã của nó."
            }
            ErrorCode::NoShelf => "Thư mục này chưa có tủ sách. Hãy đồng bộ trước bằng shelf sync.",
            ErrorCode::NotOnThisMachine => "Nội dung này chưa có trên máy. Hãy đồng bộ để nhận về.",
            ErrorCode::Busy => {
                "Một chương trình khác đang làm việc trong thư mục này. Hãy đợi xong rồi làm lại."
            }
            ErrorCode::Newer => "Dữ liệu do phiên bản mới hơn ghi. Hãy cập nhật chương trình.",
            ErrorCode::BadInput => {
                "Không đọc được dữ liệu đưa vào, hoặc dữ liệu chưa đúng. Hãy xem chi tiết và sửa lại."
            }
            ErrorCode::KeysExist => {
                "Thư mục này đã có khóa. Khóa cũ được giữ nguyên; hãy dùng thư mục khác nếu cần tủ sách mới."
            }
            ErrorCode::KeysMissing => {
                "Không có khóa để ký. Hãy dùng đúng thư mục làm việc, hoặc tạo khóa bằng shelf keys init."
            }
            ErrorCode::NothingApproved => {
                "Chưa có tài liệu nào được duyệt. Hãy duyệt bằng shelf review, hoặc nạp với --approve."
            }
            ErrorCode::Cancelled => "Đã dừng theo yêu cầu. Lần sau làm tiếp từ chỗ dừng.",
            ErrorCode::Io => {
                "Máy không cho đọc hoặc ghi tệp. Hãy kiểm tra quyền của thư mục và ổ đĩa."
            }
        }
    }

    fn english(self) -> &'static str {
        match self {
            ErrorCode::Diverged => {
                "Another copy of this workspace has published to this repository. Publish from that copy; add --take-over only where it is gone for good."
            }
            ErrorCode::RootMissing => {
                "This machine has no root to check signatures with. Name the publisher's root.json with --root."
            }
            ErrorCode::RootDiffers => {
                "The root does not match: this is another publisher's shelf. Check the address and root.json."
            }
            ErrorCode::NotAShelf => "There is no shelf here. Check the address or the folder.",
            ErrorCode::WebPage => {
                "A web page came instead of data, perhaps to log in. Log in to the network and sync again."
            }
            ErrorCode::SourceUnreachable => {
                "The source cannot be reached. Check the link or the stick and sync again; what is here stays readable."
            }
            ErrorCode::Damaged => {
                "Some data is damaged or wrongly signed. On a reader's machine sync again, or from another source."
            }
            ErrorCode::Rollback => {
                "The source is older than what is here and was not used. Sync from a newer one."
            }
            ErrorCode::DiskFull => {
                "The disk is full. Free some space and try again; nothing that was here is lost."
            }
            ErrorCode::NotFound => "Not found. Check the name, or look for it with shelf search.",
            ErrorCode::Ambiguous => "Several documents have this name. Name one by its id.",
            ErrorCode::NoShelf => "This folder holds no shelf yet. Run shelf sync first.",
            ErrorCode::NotOnThisMachine => "This is not on this machine yet. Sync to receive it.",
            ErrorCode::Busy => {
                "Another program is at work in this folder. Wait until it is done and try again."
            }
            ErrorCode::Newer => "The data was written by a newer version. Update the program.",
            ErrorCode::BadInput => {
                "The input cannot be read or is not right. See the details and mend it."
            }
            ErrorCode::KeysExist => {
                "This folder has keys already, which stay. Take another folder for a new shelf."
            }
            ErrorCode::KeysMissing => {
                "There is no key to sign with. Name the right workspace, or make keys with shelf keys init."
            }
            ErrorCode::NothingApproved => {
                "Nothing is approved yet. Approve with shelf review, or ingest with --approve."
            }
            ErrorCode::Cancelled => "Stopped as asked. It goes on from there next time.",
            ErrorCode::Io => {
                "The system refused to read or write a file. Check the folder's rights and the disk."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_line_in_both_languages() {
        for code in ErrorCode::ALL {
            for lang in [Lang::Vi, Lang::En] {
                let words = code.words(lang);
                assert!(words.ends_with('.') && !words.contains('\n'), "{words}");
                assert!(!words.contains('!'), "no blame, no shouting: {words}");
            }
            assert!(!code.vietnamese().is_ascii(), "{}", code.as_str());
        }
        let codes: std::collections::BTreeSet<_> =
            ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), ErrorCode::ALL.len(), "none is listed twice");
    }
}

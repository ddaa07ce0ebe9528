//! What can be typed. Other programs rely on these names: grow them, don't rename them. The doc
//! comments are the Vietnamese help; the English one stands in `english.rs`.

use clap::{Args, Parser, Subcommand};
use shelf_engine::Lang;
use std::path::PathBuf;

/// Tủ sách pháp luật: phát hành, đồng bộ, tìm và đọc văn bản không cần mạng
#[derive(Parser, Debug)]
#[command(name = "shelf", version, propagate_version = true)]
pub(crate) struct Cli {
    /// Ngôn ngữ: vi (mặc định) hoặc en; hoặc đặt biến SHELF_LANG
    #[arg(long, global = true, value_name = "vi|en", display_order = 100)]
    pub(crate) lang: Option<Lang>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Khóa của nơi phát hành
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Nạp tệp, thư mục, .jsonl[.zst] vào thư mục làm việc; nạp lại không làm thay đổi gì
    Ingest(IngestArgs),
    /// Liệt kê tài liệu đã nạp; duyệt hoặc rút
    Review(ReviewArgs),
    /// Phát hành những gì đã duyệt
    Publish(PublishArgs),
    /// Lưu thư mục làm việc vào một tệp, hoặc khôi phục từ tệp đó
    #[command(subcommand)]
    Workspace(WorkspaceCommand),
    /// Phục vụ một kho đã phát hành trên máy này; dừng bằng Ctrl+C
    Serve(ServeArgs),
    /// Đồng bộ tủ sách từ địa chỉ web hoặc thư mục (USB)
    Sync(SyncArgs),
    /// Tìm điều, khoản, điểm; không cần mạng
    Search(SearchArgs),
    /// Đọc một văn bản, hoặc một điều, khoản, điểm của nó
    Show(ShowArgs),
    /// Ghi một văn bản chưa có trên máy để lần đồng bộ tới tải về
    Want(WantArgs),
    /// Kiểm tra mọi chữ ký và mã băm của một kho hoặc của thư mục dữ liệu
    Verify(VerifyArgs),
}

#[derive(Subcommand, Debug)]
pub(crate) enum KeysCommand {
    /// Tạo ba khóa gốc và khóa ký cho một tủ sách mới
    Init {
        /// Thư mục làm việc; được tạo mới, không bao giờ ghi đè
        #[arg(long)]
        workspace: PathBuf,
        /// Tệp có dòng đầu là mật khẩu để mã hóa các khóa gốc
        #[arg(long)]
        passphrase_file: Option<PathBuf>,
        /// Tên tủ sách mà người đọc thấy
        #[arg(long)]
        shelf_name: Option<String>,
        /// Chỉ in một giá trị JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum WorkspaceCommand {
    /// Lưu tài liệu, việc đã duyệt, bản gốc và khóa ký; không lưu khóa gốc
    Backup {
        /// Thư mục làm việc
        #[arg(long)]
        workspace: PathBuf,
        /// Tệp sẽ ghi; không bao giờ ghi đè
        #[arg(long)]
        to: PathBuf,
        /// Chỉ in một giá trị JSON
        #[arg(long)]
        json: bool,
    },
    /// Khôi phục thư mục làm việc từ bản lưu, vào một thư mục mới
    Restore {
        /// Bản lưu
        #[arg(long)]
        from: PathBuf,
        /// Thư mục làm việc sẽ tạo
        #[arg(long)]
        workspace: PathBuf,
        /// Chỉ in một giá trị JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args, Debug)]
pub(crate) struct IngestArgs {
    /// Tệp, thư mục, .jsonl hoặc .jsonl.zst
    #[arg(required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// Thư mục làm việc
    #[arg(long)]
    pub(crate) workspace: PathBuf,
    /// Danh mục (CSV hoặc XLSX): mỗi dòng ghi thông tin của một tệp
    #[arg(long)]
    pub(crate) list: Option<PathBuf>,
    /// Bộ sưu tập của tài liệu không tự ghi bộ nào
    #[arg(long)]
    pub(crate) collection: Option<String>,
    /// Duyệt ngay những gì đã nạp
    #[arg(long)]
    pub(crate) approve: bool,
    /// Chỉ in một giá trị JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ReviewArgs {
    /// Thư mục làm việc
    #[arg(long)]
    pub(crate) workspace: PathBuf,
    /// Tài liệu cần duyệt: mã, số hiệu, khóa nguồn hoặc tên tệp
    #[arg(long, num_args = 1.., conflicts_with = "withdraw")]
    pub(crate) approve: Vec<String>,
    /// Duyệt tất cả những gì đang chờ
    #[arg(long, conflicts_with_all = ["approve", "withdraw"])]
    pub(crate) approve_all: bool,
    /// Tài liệu cần rút khỏi tủ sách: mã, số hiệu, khóa nguồn hoặc tên tệp
    #[arg(long, requires = "reason")]
    pub(crate) withdraw: Option<String>,
    /// Lý do rút, người đọc sẽ thấy; chỉ dùng cùng --withdraw
    #[arg(long, requires = "withdraw")]
    pub(crate) reason: Option<String>,
    /// Chỉ in một giá trị JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PublishArgs {
    /// Thư mục làm việc
    #[arg(long)]
    pub(crate) workspace: PathBuf,
    /// Thư mục của kho
    #[arg(long)]
    pub(crate) to: String,
    /// Ghi lại toàn bộ: dùng khi tệp trong kho bị hỏng
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Phát hành đè lên bản do một bản sao khác của thư mục làm việc này phát hành: chỉ dùng cho thư
    /// mục khôi phục mà bản sao kia đã mất hẳn
    #[arg(long)]
    pub(crate) take_over: bool,
    /// Chỉ in một giá trị JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ServeArgs {
    /// Thư mục của kho
    pub(crate) folder: PathBuf,
    /// Cổng trên máy này; không ghi thì lấy một cổng còn trống
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) port: u16,
}

#[derive(Args, Debug)]
pub(crate) struct SyncArgs {
    /// Địa chỉ web hoặc thư mục
    pub(crate) source: String,
    /// Thư mục dữ liệu; không ghi thì dùng thư mục riêng của tài khoản
    #[arg(long)]
    pub(crate) home: Option<PathBuf>,
    /// Tệp root.json nhận từ Sở Tư pháp; chỉ cần ở lần đồng bộ đầu
    #[arg(long)]
    pub(crate) root: Option<PathBuf>,
    /// Bộ sưu tập giữ trên máy này; không ghi thì giữ tất cả
    #[arg(long)]
    pub(crate) collection: Vec<String>,
    /// Chỉ in một giá trị JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SearchArgs {
    /// Câu cần tìm: từ ngữ có dấu hay không dấu, số hiệu, trích dẫn
    #[arg(required_unless_present = "queries", conflicts_with = "queries", value_parser = not_blank)]
    pub(crate) query: Option<String>,
    /// Tệp .jsonl, mỗi dòng một câu cần tìm
    #[arg(long)]
    pub(crate) queries: Option<PathBuf>,
    /// Trường chứa câu cần tìm trong mỗi dòng; mặc định: text
    #[arg(long, default_value = "text", hide_default_value = true)]
    pub(crate) field: String,
    /// Thư mục dữ liệu; không ghi thì dùng thư mục riêng của tài khoản
    #[arg(long)]
    pub(crate) home: Option<PathBuf>,
    /// Số kết quả nhiều nhất, từ 1; mặc định: 10
    #[arg(long, default_value_t = 10, hide_default_value = true, value_parser = at_least_one)]
    pub(crate) limit: usize,
    /// Liệt kê từng điều, mục thay cho từng văn bản
    #[arg(long)]
    pub(crate) provisions: bool,
    /// Tìm đúng chữ đã gõ: không hiểu thêm từ nào, không coi là trích dẫn
    #[arg(long)]
    pub(crate) exactly: bool,
    /// Chỉ in một giá trị JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ShowArgs {
    /// Mã, khóa nguồn, số hiệu hoặc tên tệp; thêm #dieu_5.khoan_1 hoặc '#khoản 1 Điều 5' nếu chỉ cần chỗ đó
    pub(crate) document: String,
    /// Thư mục dữ liệu; không ghi thì dùng thư mục riêng của tài khoản
    #[arg(long)]
    pub(crate) home: Option<PathBuf>,
    /// Chỉ liệt kê các điều, khoản, điểm với mã của chúng
    #[arg(long)]
    pub(crate) outline: bool,
    /// Chỉ in một giá trị JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct WantArgs {
    /// Mã, khóa nguồn hoặc số hiệu; không ghi thì liệt kê những văn bản đang chờ
    #[arg(required_if_eq("remove", "true"))]
    pub(crate) document: Option<String>,
    /// Thư mục dữ liệu; không ghi thì dùng thư mục riêng của tài khoản
    #[arg(long)]
    pub(crate) home: Option<PathBuf>,
    /// Bỏ, không chờ nữa
    #[arg(long)]
    pub(crate) remove: bool,
    /// Chỉ in một giá trị JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct VerifyArgs {
    /// Thư mục của kho hoặc thư mục dữ liệu
    pub(crate) folder: PathBuf,
    /// Tệp root.json để đối chiếu nơi phát hành
    #[arg(long)]
    pub(crate) root: Option<PathBuf>,
    /// Chỉ in một giá trị JSON
    #[arg(long)]
    pub(crate) json: bool,
}

fn not_blank(text: &str) -> Result<String, &'static str> {
    match text.trim().is_empty() {
        true => Err("empty"),
        false => Ok(text.to_string()),
    }
}

fn at_least_one(text: &str) -> Result<usize, &'static str> {
    match text.parse() {
        Ok(number) if number >= 1 => Ok(number),
        _ => Err("not a number from 1"),
    }
}

//! The PDF worker as a program of its own.

fn main() -> std::process::ExitCode {
    shelf_pdf::worker_main()
}

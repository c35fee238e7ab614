//! Sandtable's course tool. All of it is in the library, so that tests reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    sandtable_cli::run()
}

//! The program `crier`: everything is in the library, the command line in `cli`.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    crier::cli::main().await
}

//! The process in which an uploaded workbook is read: this binary again, with limits on memory and time, and nothing but two pipes.

use crate::{error::internal, grid::Sheet};
use kakunin_api::{FieldProblem, PortalError};
use std::{process::Stdio, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
    sync::Semaphore,
};

/// Largest file, in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The subcommand of this binary that reads.
pub const COMMAND: &str = "read-workbook";
/// How long the child may live.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is read of its output, in bytes.
const MAX_OUTPUT: u64 = 64 * 1024 * 1024;
/// So many workbooks are read at once.
static PLACES: Semaphore = Semaphore::const_new(2);

/// The sheets of an uploaded workbook.
///
/// # Errors
/// Invalid with what is wrong with the file, for the field `file`.
pub async fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, PortalError> {
    if bytes.len() > MAX_BYTES {
        return Err(PortalError::invalid("file", FieldProblem::FileTooLarge));
    }
    let _place = PLACES.acquire().await.map_err(internal)?;
    let output = tokio::time::timeout(PATIENCE, output(bytes)).await;
    // A child that was stopped, by us or by its limits, had more to unpack than any questionnaire.
    let read: Result<Vec<Sheet>, FieldProblem> = match output {
        Ok(Ok(output)) => serde_json::from_slice(&output).unwrap_or(Err(FieldProblem::WorkbookTooLarge)),
        Ok(Err(error)) => return Err(internal(error)),
        Err(_) => Err(FieldProblem::WorkbookTooLarge),
    };
    read.map_err(|problem| PortalError::invalid("file", problem))
}

async fn output(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg(COMMAND)
        .env_clear()
        // The allocator would take a gigabyte of addresses at once, and the limit counts addresses.
        .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let writing = async {
        if let Some(mut stdin) = stdin {
            // A child that ends early closes the pipe; what it said counts.
            let _ = stdin.write_all(bytes).await;
        }
    };
    let reading = async {
        let mut output = Vec::new();
        if let Some(stdout) = stdout {
            stdout.take(MAX_OUTPUT).read_to_end(&mut output).await?;
        }
        std::io::Result::Ok(output)
    };
    let ((), output) = tokio::join!(writing, reading);
    child.wait().await?;
    output
}

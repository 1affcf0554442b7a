//! The process in which an uploaded workbook is read: this binary again, with limits on memory and time, and nothing but two pipes.

use crate::{
    child,
    error::internal,
    grid::{Grid, Sheet},
};
use kakunin_api::{FieldProblem, PortalError};
use std::time::Duration;
use tokio::{process::Command, sync::Semaphore};

/// Largest file, in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The subcommand of this binary that reads.
pub const COMMAND: &str = "read-workbook";
/// How long the child may live.
const PATIENCE: Duration = Duration::from_secs(5);
/// What is read of its output, in bytes.
const MAX_OUTPUT: u64 = 64 * 1024 * 1024;
/// So many workbooks are read at once.
static PLACES: Semaphore = Semaphore::const_new(2);

/// What stands in an uploaded workbook, to be gone through row by row.
///
/// # Errors
/// Invalid with what is wrong with the file, for the field `file`.
pub async fn grid(bytes: &[u8]) -> Result<Grid, PortalError> {
    if bytes.len() > MAX_BYTES {
        return Err(PortalError::invalid("file", FieldProblem::FileTooLarge));
    }
    let _place = PLACES.acquire().await.map_err(internal)?;
    let mut command = Command::new(std::env::current_exe().map_err(internal)?);
    // The allocator would take a gigabyte of addresses at once, and the limit counts addresses.
    command.arg(COMMAND).env_clear().env("MIMALLOC_ARENA_EAGER_COMMIT", "0");
    let read = match tokio::time::timeout(PATIENCE, child::feed(&mut command, bytes, MAX_OUTPUT)).await {
        // A child that was stopped, by us or by its limits, had more to unpack than any list.
        Ok(Ok(said)) => Grid::of_output(said.output).unwrap_or(Err(FieldProblem::WorkbookTooLarge)),
        Ok(Err(error)) => return Err(internal(error)),
        Err(_) => Err(FieldProblem::WorkbookTooLarge),
    };
    read.map_err(|problem| PortalError::invalid("file", problem))
}

/// The same, all of it at once.
///
/// # Errors
/// As for [`grid`].
pub async fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, PortalError> {
    Ok(grid(bytes).await?.sheets())
}

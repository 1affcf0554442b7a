//! Workbooks. An edge: calls services, and no service calls it.

mod cell;
pub mod coverage_book;
pub mod evidence_book;
mod inspect;
pub mod officers_book;
pub mod questionnaire_book;
pub mod read;
pub mod register_book;
pub mod register_template;
pub mod sandbox;
pub mod what_if_book;

use crate::error::internal;
use kakunin_api::PortalError;
use rust_xlsxwriter::Workbook;
use std::{
    fs::File,
    io::{Seek, Write},
};

/// A workbook as a file without a name, from its beginning. It and the file are gone when nobody holds it.
async fn saved(mut book: Workbook) -> Result<File, PortalError> {
    let save = move || {
        let mut file = tempfile::tempfile().map_err(internal)?;
        book.save_to_writer(&mut file).map_err(internal)?;
        from_the_beginning(file)
    };
    // Packing it takes its time.
    tokio::task::spawn_blocking(save).await.map_err(internal)?
}

fn from_the_beginning(mut file: File) -> Result<File, PortalError> {
    file.flush().map_err(internal)?;
    file.rewind().map_err(internal)?;
    Ok(file)
}

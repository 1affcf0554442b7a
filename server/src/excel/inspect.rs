//! A look at the parts of an uploaded file before they are read as a workbook: what Excel never writes is not read at all.
//!
//! An .xlsx file is a zip of XML parts (ECMA-376, part 2). The reader behind this one trusts them; here nothing is trusted, not
//! even the sizes that the zip itself declares.

use kakunin_api::FieldProblem;
use std::io::{Cursor, Read};
use zip::{ZipArchive, result::ZipError};

/// Most parts; a workbook of thirty sheets has about a hundred.
const MAX_PARTS: usize = 2_000;
/// Most bytes that all XML parts may unpack to.
const MAX_UNPACKED: u64 = 160 * 1024 * 1024;
/// Longest tag with its attributes, in bytes.
const MAX_TAG: usize = 64 * 1024;
/// How much of a part is looked at for a document type: it stands before the first element.
const HEAD: usize = 4 * 1024;

/// Looks at every part that a reader of workbooks would read.
///
/// # Errors
/// What is wrong with the file.
pub fn inspect(bytes: &[u8]) -> Result<(), FieldProblem> {
    // Excel before 2007, and any workbook behind a password, is an OLE file.
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(FieldProblem::WorkbookLocked);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(FieldProblem::WorkbookOther);
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FieldProblem::WorkbookBroken)?;
    if zip.len() > MAX_PARTS {
        return Err(FieldProblem::WorkbookTooLarge);
    }
    if zip.index_for_name("xl/workbook.xml").is_none() || zip.index_for_name("[Content_Types].xml").is_none() {
        return Err(FieldProblem::WorkbookOther);
    }
    let mut left = MAX_UNPACKED;
    for index in 0..zip.len() {
        let part = match zip.by_index(index) {
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(_)) => return Err(FieldProblem::WorkbookStrange),
            Err(_) => return Err(FieldProblem::WorkbookBroken),
        };
        let name = part.name().map_err(|_| FieldProblem::WorkbookBroken)?.to_ascii_lowercase();
        if name.ends_with(".xml") || name.ends_with(".rels") {
            xml(part, &mut left)?;
        }
    }
    Ok(())
}

/// Reads a part to its end: `left` counts down over all of them.
fn xml(part: impl Read, left: &mut u64) -> Result<(), FieldProblem> {
    let mut part = part.take(*left + 1);
    let (mut buffer, mut head, mut tag, mut read) = (vec![0_u8; 64 * 1024], Vec::new(), 0_usize, 0_u64);
    let mut inside = false;
    loop {
        let count = part.read(&mut buffer).map_err(|_| FieldProblem::WorkbookBroken)?;
        if count == 0 {
            break;
        }
        read += u64::try_from(count).unwrap_or(u64::MAX);
        if read > *left {
            return Err(FieldProblem::WorkbookTooLarge);
        }
        let piece = buffer.get(..count).unwrap_or_default();
        if head.len() < HEAD {
            head.extend_from_slice(piece.get(..count.min(HEAD)).unwrap_or_default());
        }
        for byte in piece {
            match byte {
                b'<' => (inside, tag) = (true, 0),
                b'>' => inside = false,
                _ if inside => tag += 1,
                _ => {}
            }
            if tag > MAX_TAG {
                return Err(FieldProblem::WorkbookStrange);
            }
        }
    }
    *left -= read;
    // In UTF-16 every letter has a zero beside it; Excel writes UTF-8.
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || head.contains(&0);
    let text = String::from_utf8_lossy(&head);
    if wide || text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err(FieldProblem::WorkbookStrange);
    }
    Ok(())
}

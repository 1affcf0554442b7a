//! Programs that are given bytes and say something about them: a child with two pipes, and nothing else of ours.

use std::{io, process::Stdio};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
};

/// What a child said and how it ended; no code where a signal ended it.
#[derive(Debug)]
pub struct Said {
    /// Its standard output, as far as it was read.
    pub output: Vec<u8>,
    /// Its exit code.
    pub code: Option<i32>,
}

/// Feeds `bytes` to a child and reads at most `max_output` bytes of what it says. Dropped, the child is ended.
///
/// # Errors
/// Where it cannot be started or read from.
pub async fn feed(command: &mut Command, bytes: &[u8], max_output: u64) -> io::Result<Said> {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true).spawn()?;
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
            stdout.take(max_output).read_to_end(&mut output).await?;
        }
        io::Result::Ok(output)
    };
    let ((), output) = tokio::join!(writing, reading);
    let code = child.wait().await?.code();
    Ok(Said { output: output?, code })
}

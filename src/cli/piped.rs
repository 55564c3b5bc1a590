//! Bytes on standard input that no flag asks for: a body that was piped in and would be ignored.

use std::fs::File;
use std::io::Seek;

use super::exit::Failure;
use crate::request::{Draft, MainlineTurn};

/// How a command reads a request or a reply from standard input.
pub(super) const REQUEST: &str = "give - as FILE to price the requests or replies in it, or --request - or --usage - to say what it holds";

/// How a command reads a budget from standard input.
pub(super) const BUDGET: &str =
    "give `-` as FILE to forecast it as a budget file or a spreadsheet of volumes";

/// Stops where no flag says what is asked for and standard input holds what may be one; `how` says what reads it.
///
/// # Errors
/// What to write, so that it is read.
pub(super) fn refuse_unasked(flags: &Draft, how: &str) -> Result<(), Failure> {
    if says_a_request(flags) || !holds_bytes() {
        return Ok(());
    }
    let message = "standard input holds data, and no flag says what it is";
    let help = format!(
        "{how}, or say the request in flags, such as --quality high; < /dev/null leaves standard input out"
    );
    Err(Failure::usage(message, help))
}

/// Whether flags say what is asked for. Those that go with a reply or a body as well, such as --model, leave it to what is
/// piped in.
fn says_a_request(flags: &Draft) -> bool {
    let beside = Draft {
        model: flags.model.clone(),
        processing: flags.processing,
        cached_text_tokens: flags.cached_text_tokens,
        cached_image_tokens: flags.cached_image_tokens,
        mainline: MainlineTurn { model: flags.mainline.model.clone(), ..MainlineTurn::default() },
        ..Draft::default()
    };
    *flags != beside
}

/// Whether standard input is a file, or a pipe in which bytes arrive at once. Nothing is read from it, and a pipe
/// that someone holds open without a word, as many build servers do, is not waited for.
fn holds_bytes() -> bool {
    let Some(mut file) = standard_input() else { return false };
    let Ok(metadata) = file.metadata() else { return false };
    if metadata.is_file() {
        return file.stream_position().is_ok_and(|at| at < metadata.len());
    }
    is_pipe_with_bytes(&file)
}

#[cfg(unix)]
fn standard_input() -> Option<File> {
    use std::os::fd::AsFd;
    std::io::stdin().as_fd().try_clone_to_owned().ok().map(File::from)
}

#[cfg(windows)]
fn standard_input() -> Option<File> {
    use std::os::windows::io::AsHandle;
    std::io::stdin().as_handle().try_clone_to_owned().ok().map(File::from)
}

#[cfg(not(any(unix, windows)))]
fn standard_input() -> Option<File> {
    None
}

#[cfg(unix)]
fn is_pipe_with_bytes(file: &File) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use std::os::unix::fs::FileTypeExt;

    /// As long as the writer of a pipe takes to begin, and no longer than anyone notices.
    const PATIENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

    if !file.metadata().is_ok_and(|metadata| metadata.file_type().is_fifo()) {
        return false;
    }
    let mut descriptors = [PollFd::new(file, PollFlags::IN)];
    // A pipe that was closed without a byte hangs up, and has nothing to read.
    poll(&mut descriptors, Some(&PATIENCE)).is_ok()
        && descriptors[0].revents().contains(PollFlags::IN)
}

#[cfg(not(unix))]
fn is_pipe_with_bytes(_: &File) -> bool {
    false
}

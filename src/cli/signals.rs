//! What the machine would end the program for, and what is better told in words.

/// From here on, a file that grows above the limit of the shell (`ulimit -f`) is an error of writing like a full disk, not
/// the end of the program without a word.
#[cfg(unix)]
pub(super) fn take() {
    // That a write beyond the limit sends the signal is POSIX (write, RLIMIT_FSIZE); with a handler it fails with EFBIG.
    let noted = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    // Without the handler, the system's own message stands.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, noted);
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub(super) fn take() {}

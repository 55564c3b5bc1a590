//! LibreOffice, for the tests that open with it what was written.

use std::io::Write;
use std::process::Command;

/// Whether it is here; a test that goes on without says so, and that it is skipped. `IMGCOST_LIBREOFFICE=required` makes
/// its absence a fault.
pub fn is_there(to_do: &str) -> bool {
    let found =
        Command::new("soffice").arg("--version").output().is_ok_and(|it| it.status.success());
    let required = std::env::var("IMGCOST_LIBREOFFICE").is_ok_and(|it| it == "required");
    assert!(found || !required, "LibreOffice is required, and there is no `soffice`");
    if !found {
        // Past the test runner, which keeps what a passing test prints to itself.
        let why = format!("skipped: there is no LibreOffice (`soffice`) to {to_do}");
        let _ = writeln!(std::io::stderr(), "{why}");
    }
    found
}

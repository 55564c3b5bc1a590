//! The pages in a browser without a window: no fault of its console, nothing fetched, two sheets of paper, nothing wider than
//! a telephone, and nothing serious that axe-core finds, light and dark.
//!
//! Needs `chromium`; without it the test says so and passes, unless IMGCOST_CHROMIUM=required. IMGCOST_AXE names the
//! file axe.min.js of axe-core.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::alike::CHARTED;
use crate::reader::plain;
use crate::sums::{BUDGETS, page};

fn say(why: &str) {
    // Past the test runner, which keeps what a passing test prints to itself.
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

fn is_there() -> bool {
    let found = Command::new("chromium").arg("--version").output();
    let found = found.is_ok_and(|it| it.status.success());
    let required = std::env::var("IMGCOST_CHROMIUM").is_ok_and(|it| it == "required");
    assert!(found || !required, "Chromium is required, and there is no `chromium`");
    if !found {
        say("there is no Chromium (`chromium`) to open the pages with");
    }
    found
}

/// The source of axe-core, where it is.
fn axe() -> Option<String> {
    let file = std::env::var_os("IMGCOST_AXE")?;
    Some(fs::read_to_string(file).expect("the file of IMGCOST_AXE"))
}

/// What the browser prints of a file, and what it says besides.
fn opened(folder: &Path, args: &[&str], file: &str) -> (String, String) {
    let run = Command::new("chromium")
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update"])
        .args(["--enable-logging=stderr", "--virtual-time-budget=20000"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(args)
        .arg(format!("file://{}", folder.join(file).display()))
        .output()
        .expect("chromium runs");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (text(run.stdout), text(run.stderr))
}

fn pages() -> impl Iterator<Item = String> {
    let budgets = BUDGETS.map(|budget| page(&["budget", "forecast", budget]));
    budgets.into_iter().chain(CHARTED[1..].iter().map(|command| page(command)))
}

#[test]
fn the_console_has_no_fault() {
    if !is_there() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for page in pages() {
        fs::write(folder.path().join("page.html"), &page).expect("the page");
        let (shown, said) = opened(folder.path(), &["--dump-dom"], "page.html");
        assert!(shown.contains("<footer>"), "{said}");
        let faults: Vec<&str> = said.lines().filter(|line| line.contains("CONSOLE")).collect();
        assert_eq!(faults, [""; 0]);
    }
}

/// How many sheets of paper a PDF has, where `pdfinfo` (Debian: poppler-utils) is there to say so.
fn sheets(pdf: &Path) -> Option<u32> {
    let said = Command::new("pdfinfo").arg(pdf).output().ok()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    said.lines().find_map(|line| line.strip_prefix("Pages:"))?.trim().parse().ok()
}

#[test]
fn a_plan_is_two_sheets_of_paper() {
    if !is_there() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let paper = folder.path().join("page.pdf");
    for budget in &BUDGETS[..3] {
        fs::write(folder.path().join("page.html"), page(&["budget", "forecast", budget]))
            .expect("the page");
        let to = format!("--print-to-pdf={}", paper.display());
        opened(folder.path(), &["--no-pdf-header-footer", &to], "page.html");
        assert!(fs::metadata(&paper).is_ok_and(|it| it.len() > 10_000), "a PDF");
        let Some(sheets) = sheets(&paper) else {
            return say("there is no `pdfinfo` to count the sheets of a PDF with");
        };
        assert!((1..=2).contains(&sheets), "{budget}: {sheets} sheets");
    }
}

/// A script that looks at a page after all is there, and puts what it finds in place of the page.
const LOOK: &str = "
const found = await axe.run();
const serious = found.violations.filter(it => ['serious', 'critical'].includes(it.impact));
document.body.textContent = JSON.stringify({
  serious: serious.map(it => it.id + ': ' + it.nodes[0].html),
  fetched: performance.getEntriesByType('resource').map(it => it.name),
  rules: found.passes.length,
});";

/// The page with a script of the test's, which its own policy would not run.
fn with_script(page: &str, scripts: &[&str]) -> String {
    let (before, policy) = page.split_once("<meta http-equiv").expect("a policy");
    let (_, after) = policy.split_once('>').expect("its end");
    let scripts: String =
        scripts.iter().map(|script| format!("<script type=\"module\">{script}</script>")).collect();
    format!("{before}{after}{scripts}")
}

fn found(shown: &str) -> Value {
    let body = shown.split("<body>").nth(1).and_then(|it| it.split("</body>").next());
    serde_json::from_str(&plain(body.expect("a body"))).unwrap_or_else(|_| panic!("{shown}"))
}

#[test]
fn axe_finds_nothing_serious_and_nothing_is_fetched() {
    if !is_there() {
        return;
    }
    let Some(axe) = axe() else {
        return say("IMGCOST_AXE names no axe.min.js of axe-core");
    };
    let folder = tempfile::tempdir().expect("a folder");
    for page in pages() {
        // What is folded is looked at as well.
        let page = page.replace("<details", "<details open");
        fs::write(folder.path().join("page.html"), with_script(&page, &[&axe, LOOK]))
            .expect("the page");
        for scheme in ["0", "1"] {
            let scheme = format!("--blink-settings=preferredColorScheme={scheme}");
            let (shown, _) = opened(folder.path(), &["--dump-dom", &scheme], "page.html");
            let found = found(&shown);
            assert_eq!(found["serious"], serde_json::json!([]), "{scheme}");
            assert_eq!(found["fetched"], serde_json::json!([]));
            assert!(found["rules"].as_u64() > Some(10), "{found}");
        }
    }
}

#[test]
fn nothing_is_wider_than_a_telephone() {
    if !is_there() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let measure = "parent.postMessage([document.documentElement.clientWidth, document.documentElement.scrollWidth], '*')";
    let frame = "<!DOCTYPE html><body><iframe width=360 height=800 style='border:0' src=page.html></iframe>\
                 <script>onmessage = it => document.body.textContent = JSON.stringify(it.data)</script></body>";
    fs::write(folder.path().join("frame.html"), frame).expect("the frame");
    for page in pages() {
        fs::write(folder.path().join("page.html"), with_script(&page, &[measure]))
            .expect("the page");
        let (shown, _) = opened(folder.path(), &["--dump-dom"], "frame.html");
        // A bar for scrolling takes some of the 360.
        let [room, width] = [0, 1].map(|at| found(&shown)[at].as_u64().expect("a width"));
        assert!((330..=360).contains(&room) && width <= room, "{width} in {room}");
    }
}

//! The recipes for CI in docs/ci/: their shell is taken out of the YAML and run as the runner would, with the program
//! of this build. `pip`, `gh`, `git` and `curl` are stand-ins that write down what they were asked.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::shell::program;

/// Of at most $2,712.24 a month.
const POSTERS: &str = "fixtures/budgets/posters.yaml";

/// A folder as a runner has it.
struct Runner {
    folder: TempDir,
    variables: Vec<(&'static str, String)>,
}

impl Runner {
    /// With the budget of the change, and the variables of the service.
    fn new(budget: &str, variables: &[(&'static str, &str)]) -> Runner {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("budget.yaml"), budget).expect("a file");
        let bin = folder.path().join("bin");
        let calls = "printf '%s\\n' \"${0##*/} $*\" >> \"$CALLS\"\n";
        // Those of the machine would reach the network.
        for name in ["python3", "gh", "curl"] {
            program(&bin, name, &format!("#!/bin/sh\n{calls}"));
        }
        let base = "[ \"$1\" = fetch ] || cat base-of-the-target.yaml";
        program(&bin, "git", &format!("#!/bin/sh\n{calls}{base}\n"));
        let real = env!("CARGO_BIN_EXE_imgcost");
        program(
            &bin,
            "imgcost",
            &format!("#!/bin/sh\nexec \"{real}\" \"$@\" --as-of 2026-11-21\n"),
        );
        let variables =
            variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Runner { folder, variables }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_default()
    }

    /// Runs the steps until one fails, as a runner does.
    fn run(&self, steps: &[String]) -> Output {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut last = None;
        for step in steps {
            let run = Command::new("sh")
                .args(["-e", "-c", step])
                .current_dir(self.folder.path())
                .env("PATH", format!("{}:{path}", self.at("bin").display()))
                .env("CALLS", self.at("calls"))
                .env("IMGCOST_CONFIG", "")
                .env("GITHUB_STEP_SUMMARY", self.at("summary.md"))
                .envs(self.variables.iter().map(|(name, value)| (name, value)))
                .stdin(Stdio::null())
                .output()
                .expect("sh runs");
            let failed = !run.status.success();
            last = Some(run);
            if failed {
                break;
            }
        }
        last.expect("a step")
    }
}

fn recipe(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci").join(name);
    let text = fs::read_to_string(path).expect("a recipe");
    serde_saphyr::from_str(&text).expect("YAML")
}

fn texts<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<String> {
    values.map(|it| it.as_str().expect("a text").to_owned()).collect()
}

/// The steps of the job for GitHub, in `sh`.
fn of_github() -> Vec<String> {
    let job = &recipe("github.yml")["jobs"]["budget"];
    assert_eq!(job["env"]["BUDGET"], "budget.yaml");
    let steps = job["steps"].as_array().expect("steps");
    texts(steps.iter().filter_map(|step| step.get("run")))
}

/// The script of the job for GitLab.
fn of_gitlab() -> Vec<String> {
    let job = &recipe("gitlab.yml")["budget"];
    assert_eq!(job["variables"]["BUDGET"], "budget.yaml");
    texts(job["script"].as_array().expect("a script").iter())
}

const GITHUB: &[(&str, &str)] =
    &[("BUDGET", "budget.yaml"), ("IMGCOST", "imgcost.whl"), ("PULL_REQUEST", "7")];

const GITLAB: &[(&str, &str)] = &[
    ("BUDGET", "budget.yaml"),
    ("IMGCOST", "imgcost.whl"),
    ("BUDGET_TOKEN", "secret"),
    ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
    ("CI_API_V4_URL", "https://gitlab.example/api/v4"),
    ("CI_PROJECT_ID", "12"),
    ("CI_MERGE_REQUEST_IID", "7"),
];

/// The budget with a limit for each month.
fn budget(limit: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(POSTERS);
    let text = fs::read_to_string(path).expect("a fixture");
    assert!(text.contains("\"2600\""), "the limit of the fixture");
    text.replace("\"2600\"", &format!("\"{limit}\""))
}

#[track_caller]
fn assert_code(run: &Output, code: i32) {
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(code), "{said}");
}

#[test]
fn the_recipe_for_github_posts_the_check_and_ends_as_it_does() {
    // Another budget, and none before it: nothing to compare it with.
    let runner = Runner::new(&budget("9000"), GITHUB);
    assert_code(&runner.run(&of_github()), 0);
    let calls = runner.text("calls");
    assert!(calls.contains("python3 -m pip install --quiet imgcost.whl\n"), "{calls}");
    assert!(calls.contains("gh pr comment 7 --body-file check.md"), "{calls}");
    let check = runner.text("check.md");
    assert!(check.contains("Budget check passed") && !check.contains("Baseline"), "{check}");
    assert_eq!(runner.text("summary.md"), check);

    // Above its limit: posted, and the job fails.
    let runner = Runner::new(&budget("1"), GITHUB);
    fs::create_dir(runner.at("base")).expect("a folder");
    fs::write(runner.at("base/budget.yaml"), budget("9000")).expect("a file");
    assert_code(&runner.run(&of_github()), 1);
    assert!(runner.text("calls").contains("gh pr comment"), "{}", runner.text("calls"));
    assert!(runner.text("check.md").contains("Baseline"), "{}", runner.text("check.md"));
}

#[test]
fn the_recipe_for_gitlab_posts_the_check_and_ends_as_it_does() {
    let runner = Runner::new(&budget("1"), GITLAB);
    fs::write(runner.at("base-of-the-target.yaml"), budget("9000")).expect("a file");
    assert_code(&runner.run(&of_gitlab()), 1);
    let calls = runner.text("calls");
    assert!(calls.contains("git fetch --quiet --depth 1 origin main\n"), "{calls}");
    assert!(calls.contains("git show FETCH_HEAD:budget.yaml\n"), "{calls}");
    let address = "https://gitlab.example/api/v4/projects/12/merge_requests/7/notes";
    let posted = calls.contains("--data-urlencode body@check.md") && calls.contains(address);
    assert!(posted, "{calls}");
    assert!(runner.text("check.md").contains("Baseline"), "{}", runner.text("check.md"));

    // Without a token, and without a budget on the target branch.
    let without: Vec<_> = GITLAB.iter().copied().filter(|it| it.0 != "BUDGET_TOKEN").collect();
    let runner = Runner::new(&budget("9000"), &without);
    let run = runner.run(&of_gitlab());
    assert_code(&run, 0);
    assert!(String::from_utf8_lossy(&run.stdout).contains("for want of BUDGET_TOKEN"));
    assert!(!runner.text("calls").contains("curl"), "{}", runner.text("calls"));
    assert!(!runner.text("check.md").is_empty(), "the check is there");
}

#[test]
fn a_wrong_budget_is_no_check_to_post() {
    for (steps, variables) in [(of_github(), GITHUB), (of_gitlab(), GITLAB)] {
        let runner = Runner::new("workloads: []\n", variables);
        assert_code(&runner.run(&steps), 3);
        let calls = runner.text("calls");
        assert!(!calls.contains("gh ") && !calls.contains("curl "), "{calls}");
    }
}

//! What SECURITY.md promises of the program's own source and of all that it is built from.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => sources(&path, found),
            path if path.extension().is_some_and(|it| it == "rs") => found.push(path),
            _ => {}
        }
    }
}

#[test]
fn the_source_has_no_way_to_the_network_or_to_another_program() {
    let mut paths = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    assert!(paths.len() > 100, "the source is looked at");
    for path in paths {
        let text = fs::read_to_string(&path).expect("a file");
        for way in ["std::net", "process::Command", "os::unix::net", "TcpListener", "TcpStream"] {
            assert!(!text.contains(way), "{}: {way}", path.display());
        }
    }
}

#[test]
fn the_environment_is_asked_for_two_names() {
    let mut paths = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    let asked: usize = paths
        .iter()
        .map(|path| fs::read_to_string(path).expect("a file").matches("env::var").count())
        .sum();
    // IMGCOST_CONFIG and COLUMNS; those of colours are read by what writes them.
    assert_eq!(asked, 2, "SECURITY.md names what is read of the environment");
}

#[test]
fn nothing_that_it_is_built_from_speaks_to_a_network() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"));
    let lock = lock.expect("the lock file");
    for name in [
        "reqwest",
        "hyper",
        "ureq",
        "curl",
        "isahc",
        "attohttpc",
        "native-tls",
        "rustls",
        "openssl",
        "tokio",
        "mio",
        "socket2",
        "async-std",
        "smol",
    ] {
        assert!(!lock.contains(&format!("name = \"{name}\"\n")), "{name} is built in");
    }
}

//! A whole catalogue in place of the shipped one: a folder or a .tar.gz, told by its stamp.

mod common;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, EntryType, Header};
use tempfile::TempDir;

use common::cli::{Run, estimate, run};
use common::{TODAY, copy_tables};

const FILE: &str = "catalog.yaml";

/// A copy of the shipped tables, stamped.
fn stamped() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy_tables(&folder.path().join("prices"));
    stamp(&folder, &[]);
    folder
}

fn tables(folder: &TempDir) -> PathBuf {
    folder.path().join("prices")
}

fn stamp(folder: &TempDir, more: &[&str]) {
    let path = tables(folder).display().to_string();
    let stamped = run(&[&["prices", "pin", &path, "--stamp"], more].concat());
    assert_eq!(stamped.code, 0, "{}", stamped.stderr);
}

fn with(pricing: &Path, more: &[&str]) -> Run {
    let path = pricing.display().to_string();
    estimate(&[&["--quality", "high", "--prompt-tokens", "60", "--pricing", &path], more].concat())
}

fn digest(run: &Run) -> String {
    run.json()["catalog_digest"].as_str().expect("a digest").to_owned()
}

/// An archive of one folder, as `tar -czf prices.tar.gz prices` makes it.
fn packed(folder: &TempDir, within: &str) -> PathBuf {
    let path = folder.path().join("prices.tar.gz");
    let file = GzEncoder::new(File::create(&path).expect("a file"), Compression::fast());
    let mut archive = Builder::new(file);
    archive.append_dir_all(within, tables(folder)).expect("it is packed");
    archive.into_inner().and_then(GzEncoder::finish).expect("it is written");
    path
}

#[test]
fn the_same_tables_have_the_same_digest_wherever_they_are() {
    let folder = stamped();
    let json = ["--format", "json"];
    let shipped = estimate(&["--prompt-tokens", "60", "--format", "json"]);
    let stamp = fs::read_to_string(tables(&folder).join(FILE)).expect("the stamp");
    assert!(stamp.contains(&digest(&shipped)), "{stamp}");
    assert_eq!(digest(&with(&tables(&folder), &json)), digest(&shipped));
    for within in ["", "prices"] {
        let archive = packed(&folder, within);
        assert_eq!(digest(&with(&archive, &json)), digest(&shipped), "packed in `{within}`");
    }
}

#[test]
fn prices_move_without_a_new_program() {
    let folder = stamped();
    let route = tables(&folder).join("official/openai/gpt-image-2.yaml");
    let text = fs::read_to_string(&route).expect("a table");
    assert!(text.contains("\"30.00\""), "the rate of an image token");
    fs::write(&route, text.replace("\"30.00\"", "\"60.00\"")).expect("a table");
    let changed = with(&tables(&folder), &[]);
    assert_eq!(changed.code, 3);
    assert!(changed.stderr.contains("catalogue-changed"), "{}", changed.stderr);
    stamp(&folder, &["--corrected", "official/openai/gpt-image-2"]);
    // (60 + 6) × 5 ÷ 1,000,000 + 7,024 × 60 ÷ 1,000,000 = 0.00033 + 0.42144 = 0.42177
    let moved = with(&packed(&folder, "prices"), &["--format", "json"]);
    let json = moved.json();
    assert_eq!(json["cost_high_usd"], "0.42177");
    assert_ne!(digest(&moved), digest(&estimate(&["--prompt-tokens", "60", "--format", "json"])));
}

#[test]
fn own_tables_stand_beside_it_and_are_not_part_of_it() {
    let folder = stamped();
    let ours = ["--pricing", "fixtures/pricing/amended", "--route", "gpt-image-2@ours"];
    let found = with(&tables(&folder), &ours);
    assert!(found.stdout.contains("your own contract"), "{}{}", found.stdout, found.stderr);
    let twice = tables(&folder).display().to_string();
    let twice = with(&tables(&folder), &["--pricing", &twice]);
    assert!(twice.code == 3 && twice.stderr.contains("second whole catalogue"), "{}", twice.stderr);
    // A table among the maker's would pass itself off as official.
    let own = folder.path().join("own/official/openai");
    fs::create_dir_all(&own).expect("folders");
    fs::copy(tables(&folder).join("official/openai/gpt-image-2.yaml"), own.join("zz.yaml"))
        .expect("a table");
    let own = folder.path().join("own").display().to_string();
    let own = with(&tables(&folder), &["--pricing", &own]);
    assert!(own.code == 3 && own.stderr.contains("shipped-already"), "{}", own.stderr);
}

#[test]
fn what_is_not_stamped_or_of_another_format_is_refused() {
    let folder = stamped();
    let stamp = tables(&folder).join(FILE);
    let text = fs::read_to_string(&stamp).expect("the stamp");
    fs::write(&stamp, text.replace("format: 1", "format: 2")).expect("a file");
    let other = with(&tables(&folder), &[]);
    assert!(other.code == 3 && other.stderr.contains("catalog.yaml:3:9"), "{}", other.stderr);
    fs::remove_file(&stamp).expect("the stamp");
    let without = with(&tables(&folder), &[]);
    assert!(
        without.code == 3 && without.stderr.contains("imgcost prices pin"),
        "{}",
        without.stderr
    );
    let without = with(&packed(&folder, "prices"), &[]);
    assert!(without.code == 3 && without.stderr.contains("no catalog.yaml"), "{}", without.stderr);
}

/// An archive of entries that no honest program packs.
struct Hostile {
    folder: TempDir,
}

impl Hostile {
    fn packed(fill: impl FnOnce(&mut Builder<GzEncoder<File>>)) -> Hostile {
        let folder = tempfile::tempdir().expect("a folder");
        let file = File::create(folder.path().join("hostile.tar.gz")).expect("a file");
        let mut archive = Builder::new(GzEncoder::new(file, Compression::fast()));
        let stamp = "format: 1\ndate: 2026-11-21\ndigest: \"0\"\n";
        entry(&mut archive, FILE, EntryType::Regular, stamp.len() as u64, stamp.as_bytes());
        fill(&mut archive);
        archive.into_inner().and_then(GzEncoder::finish).expect("it is written");
        Hostile { folder }
    }

    /// Refused with this reason, and with nothing written beside it.
    #[track_caller]
    fn refused(&self, why: &str) {
        let found = with(&self.folder.path().join("hostile.tar.gz"), &[]);
        assert_eq!((found.code, found.stdout.as_str()), (3, ""), "{}", found.stderr);
        assert!(found.stderr.contains(why), "{why}: {}", found.stderr);
        assert_eq!(fs::read_dir(self.folder.path()).expect("a folder").count(), 1);
    }
}

/// An entry whose path is written as it is: the builder itself refuses some.
fn entry(
    archive: &mut Builder<GzEncoder<File>>,
    path: &str,
    kind: EntryType,
    size: u64,
    content: impl io::Read,
) {
    let mut header = Header::new_gnu();
    header.as_gnu_mut().expect("a header").name[..path.len()].copy_from_slice(path.as_bytes());
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    archive.append(&header, content).expect("an entry");
}

fn file(path: &'static str) -> Hostile {
    Hostile::packed(|archive| entry(archive, path, EntryType::Regular, 2, &b"a\n"[..]))
}

#[test]
fn paths_that_lead_out_are_refused() {
    for path in [
        "../models/x.yaml",
        "/etc/x.yaml",
        "models/../../x.yaml",
        "models\\x.yaml",
        "c:/x.yaml",
        "models//x.yaml",
    ] {
        file(path).refused("leads out of the archive");
    }
}

#[test]
fn links_devices_and_copies_are_refused() {
    let of =
        |kind| Hostile::packed(|archive| entry(archive, "models/x.yaml", kind, 0, io::empty()));
    of(EntryType::Symlink).refused("is a link");
    of(EntryType::Link).refused("is a link");
    of(EntryType::Fifo).refused("neither a file nor a folder");
    of(EntryType::Char).refused("neither a file nor a folder");
    let twice = Hostile::packed(|archive| {
        for text in [&b"name: A\n"[..], &b"name: B\n"[..]] {
            entry(archive, "provider/a/owner.yaml", EntryType::Regular, 8, text);
        }
    });
    twice.refused("is in it twice");
    Hostile::packed(|archive| {
        // What stands beside the catalogue in its archive would be neither read nor missed.
        entry(archive, "a/catalog.yaml", EntryType::Regular, 2, &b"a\n"[..]);
    })
    .refused("catalog.yaml");
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let large = |path: &'static str, size: u64| {
        Hostile::packed(|archive| {
            entry(archive, path, EntryType::Regular, size, io::Read::take(io::repeat(b' '), size));
        })
    };
    large("models/x.yaml", 1_000_001).refused("more than 1,000,000 bytes in a table");
    large("picture.png", 110_000_000).refused("more than 100,000,000 bytes when unpacked");
    let name = Hostile::packed(|archive| {
        let size = 110_000_000;
        let name = io::Read::take(io::repeat(b'n'), size);
        entry(archive, "././@LongLink", EntryType::GNULongName, size, name);
    });
    name.refused("more than 100,000,000 bytes when unpacked");
    let many = Hostile::packed(|archive| {
        for _ in 0..10_001 {
            entry(archive, "a.txt", EntryType::Regular, 0, io::empty());
        }
    });
    many.refused("more than 10,000 files and folders");
}

#[test]
fn what_is_no_archive_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("prices.tar.gz");
    for content in [&b""[..], b"not packed", &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]] {
        File::create(&path).and_then(|mut it| it.write_all(content)).expect("a file");
        assert_eq!(with(&path, &[]).code, 3, "{content:?}");
    }
    let good = stamped();
    let whole = fs::read(packed(&good, "prices")).expect("an archive");
    fs::write(&path, &whole[..whole.len() / 2]).expect("a file");
    let cut = with(&path, &[]);
    assert!(cut.code == 3 && cut.stderr.contains("cannot be read"), "{}", cut.stderr);
    fs::write(folder.path().join("prices.zip"), whole).expect("a file");
    assert!(with(&folder.path().join("prices.zip"), &[]).stderr.contains("no .tar.gz"));
    let day = ["prices", "check", "fixtures/pricing/invalid/catalogue-changed", "--as-of", TODAY];
    assert_eq!(run(&day).code, 3);
}

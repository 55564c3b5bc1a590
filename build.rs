//! Rebuilds the program when a table is added to or removed from `pricing/`.

fn main() {
    println!("cargo:rerun-if-changed=pricing");
}

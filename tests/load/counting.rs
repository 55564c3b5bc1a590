//! How much a piece of work allocates: an allocator that counts, for each thread by itself.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static BYTES: Cell<u64> = const { Cell::new(0) };
    static LIVE: Cell<i64> = const { Cell::new(0) };
    static MOST: Cell<i64> = const { Cell::new(0) };
}

struct Counting;

fn took(bytes: usize) {
    let _ = BYTES.try_with(|all| all.set(all.get() + bytes as u64));
    let _ = LIVE.try_with(|live| {
        live.set(live.get() + bytes as i64);
        let _ = MOST.try_with(|most| most.set(most.get().max(live.get())));
    });
}

fn gave_back(bytes: usize) {
    let _ = LIVE.try_with(|live| live.set(live.get() - bytes as i64));
}

// SAFETY: every call is handed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        gave_back(layout.size());
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        gave_back(layout.size());
        took(size);
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// The bytes that a piece of work allocates in all, and the most that it holds at once.
pub fn allocated(work: impl FnOnce()) -> (u64, u64) {
    let (before, live) = (BYTES.get(), LIVE.get());
    MOST.set(live);
    work();
    (BYTES.get() - before, u64::try_from(MOST.get() - live).unwrap_or(0))
}

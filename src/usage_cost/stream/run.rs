//! Blocks → workers → what they found, in the order of the log: the same whoever worked on which block.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};

use super::blocks::{Block, Blocks};
use super::found::BlockFound;
use crate::usage_cost::not_taken::NotTaken;

/// What works on blocks.
pub(super) trait Worker: Send {
    /// Takes the rows of a block.
    fn take(&mut self, block: &Block) -> Result<BlockFound, NotTaken>;
}

/// Why reading a log ended before its end.
#[derive(Debug)]
pub enum StreamError {
    /// What was found could not be written.
    Write(io::Error),
    /// A price table is wrong, or a sum cannot be kept exact.
    NotTaken(NotTaken),
}

/// Takes what was found in a block, in the order of the log.
pub(super) type Deliver<'a> = dyn FnMut(BlockFound) -> io::Result<()> + 'a;

/// Has all blocks worked on.
pub(super) fn run<W: Worker>(
    blocks: Blocks<impl Read + Send>,
    workers: &mut [W],
    deliver: &mut Deliver,
) -> Result<(), StreamError> {
    match workers {
        [] => Ok(()),
        [alone] => run_alone(blocks, alone, deliver),
        many => run_together(blocks, many, deliver),
    }
}

fn run_alone<W: Worker>(
    mut blocks: Blocks<impl Read>,
    worker: &mut W,
    deliver: &mut Deliver,
) -> Result<(), StreamError> {
    let mut buffer = Vec::new();
    while let Some(block) = blocks.next(buffer) {
        deliver(worker.take(&block).map_err(StreamError::NotTaken)?).map_err(StreamError::Write)?;
        buffer = block.bytes;
    }
    Ok(())
}

/// How far workers are ahead of what was delivered, so that what waits for its turn is bounded.
struct Ahead {
    delivered: Mutex<u64>,
    moved: Condvar,
    most: u64,
}

impl Ahead {
    fn wait_for(&self, block: u64) {
        let delivered = self.delivered.lock().unwrap_or_else(PoisonError::into_inner);
        let is_far = |delivered: &mut u64| block >= delivered.saturating_add(self.most);
        drop(self.moved.wait_while(delivered, is_far));
    }

    fn move_to(&self, block: u64) {
        *self.delivered.lock().unwrap_or_else(PoisonError::into_inner) = block;
        self.moved.notify_all();
    }
}

fn run_together<W: Worker>(
    blocks: Blocks<impl Read + Send>,
    workers: &mut [W],
    deliver: &mut Deliver,
) -> Result<(), StreamError> {
    let most = 4 * workers.len();
    let ahead = Ahead { delivered: Mutex::new(0), moved: Condvar::new(), most: most as u64 };
    let (send, receive) = sync_channel(most);
    let blocks = Mutex::new(blocks);
    std::thread::scope(|scope| {
        for worker in workers {
            let (send, ahead, blocks) = (send.clone(), &ahead, &blocks);
            scope.spawn(move || work(worker, blocks, ahead, &send));
        }
        drop(send);
        let outcome = in_order(receive.iter(), &ahead, deliver);
        // Whoever waits goes on, finds nobody who receives, and ends.
        ahead.move_to(u64::MAX);
        drop(receive);
        outcome
    })
}

fn in_order(
    found: impl Iterator<Item = Result<BlockFound, StreamError>>,
    ahead: &Ahead,
    deliver: &mut Deliver,
) -> Result<(), StreamError> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for one in found {
        let one = one?;
        waiting.insert(one.number, one);
        while let Some(one) = waiting.remove(&next) {
            deliver(one).map_err(StreamError::Write)?;
            next += 1;
            ahead.move_to(next);
        }
    }
    Ok(())
}

fn work<W: Worker>(
    worker: &mut W,
    blocks: &Mutex<Blocks<impl Read>>,
    ahead: &Ahead,
    send: &SyncSender<Result<BlockFound, StreamError>>,
) {
    let mut buffer = Vec::new();
    loop {
        let next = blocks.lock().unwrap_or_else(PoisonError::into_inner).next(buffer);
        let Some(block) = next else { return };
        ahead.wait_for(block.number);
        let found = worker.take(&block).map_err(StreamError::NotTaken);
        let is_last = found.is_err();
        if send.send(found).is_err() || is_last {
            return;
        }
        buffer = block.bytes;
    }
}

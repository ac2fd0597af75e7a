//! Work on all cores, with results in the order of the inputs.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;

use rayon::ThreadPool;

/// Inputs handed to a thread at a time: enough that a hand-over costs little beside opening the files.
const BATCH: usize = 16;
/// Batches for each thread that may wait for their turn to be delivered. This bounds the memory.
const BATCHES_PER_THREAD: usize = 4;

/// Runs `work` on batches of `inputs` in the pool, and `deliver` on the results, in order, on this thread.
///
/// Stops at the first error of `deliver`.
pub(crate) fn in_order<T: Send, R: Send, E>(
    pool: &ThreadPool,
    mut inputs: impl Iterator<Item = T>,
    work: impl Fn(Vec<T>) -> R + Sync,
    mut deliver: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let window = BATCHES_PER_THREAD * pool.current_num_threads();
    let work = &work;
    pool.in_place_scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        // The batches that are not delivered yet; `first` is the number of the one in front.
        let mut pending: VecDeque<Option<R>> = VecDeque::with_capacity(window);
        let mut first = 0;
        loop {
            while pending.len() < window {
                let batch: Vec<T> = inputs.by_ref().take(BATCH).collect();
                if batch.is_empty() {
                    break;
                }
                let (sender, number) = (sender.clone(), first + pending.len());
                scope.spawn(move |_| {
                    // A panic is sent on like a result: this thread would wait for the result forever.
                    let result = catch_unwind(AssertUnwindSafe(|| work(batch)));
                    // The receiver is gone if `deliver` failed.
                    let _ = sender.send((number, result));
                });
                pending.push_back(None);
            }
            if pending.is_empty() {
                return Ok(());
            }
            // This thread holds a sender, so that there is always one.
            let Ok((number, result)) = receiver.recv() else { return Ok(()) };
            pending[number - first] = Some(result.unwrap_or_else(|panic| resume_unwind(panic)));
            while let Some(Some(_)) = pending.front() {
                if let Some(Some(result)) = pending.pop_front() {
                    first += 1;
                    deliver(result)?;
                }
            }
        }
    })
}

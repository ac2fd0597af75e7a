//! Work on all cores, with results in the order of the inputs.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;

use rayon::ThreadPool;

/// Batches for each thread that may wait for their turn to be delivered. This bounds the memory.
const BATCHES_PER_THREAD: usize = 4;

/// Runs `work` on batches in the pool, and `deliver` on the results, in order, on this thread.
///
/// Stops at the first error of `deliver`, or when all that came before an error in `batches` is delivered.
pub(crate) fn in_order<T: Send, R: Send, E>(
    pool: &ThreadPool,
    mut batches: impl Iterator<Item = Result<T, E>>,
    work: impl Fn(T) -> R + Sync,
    mut deliver: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let window = BATCHES_PER_THREAD * pool.current_num_threads();
    let work = &work;
    pool.in_place_scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        // The batches that are not delivered yet; `first` is the number of the one in front.
        let mut pending: VecDeque<Option<R>> = VecDeque::with_capacity(window);
        let mut first = 0;
        let mut end = None;
        loop {
            while end.is_none() && pending.len() < window {
                let batch = match batches.next().transpose() {
                    Ok(Some(batch)) => batch,
                    ended => {
                        end = Some(ended.map(drop));
                        break;
                    }
                };
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
                return end.unwrap_or(Ok(()));
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

//! Work on all cores, with results in the order of the inputs.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rayon::ThreadPool;

/// Batches for each thread that may be taken and wait for their delivery. This bounds the memory.
const BATCHES_PER_THREAD: usize = 4;

/// Runs `work` on batches in the pool, and `deliver` on the results, in order.
///
/// Each thread takes a batch, works on it, and delivers what is ready by then, unless another thread is
/// delivering: so no thread waits for another as long as there is work, and results are mostly delivered by
/// the thread whose cache they are in.
///
/// Stops at the first error of `deliver`, or when all that came before an error in `batches` is delivered.
pub(crate) fn in_order<T, R: Send, E: Send>(
    pool: &ThreadPool,
    batches: impl Iterator<Item = Result<T, E>> + Send,
    work: impl Fn(T) -> R + Sync,
    deliver: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E> {
    let line = Line {
        batches: Mutex::new(batches),
        deliver: Mutex::new(deliver),
        state: Mutex::new(State { pending: VecDeque::new(), first: 0, is_delivering: false, end: None }),
        moved: Condvar::new(),
        window: BATCHES_PER_THREAD * pool.current_num_threads(),
    };
    // A panic of one thread is passed on when all have ended.
    pool.broadcast(|_| line.work_off(&work));
    lock(&line.state).end.take().unwrap_or(Ok(()))
}

/// The batches in their order, and what is done to them.
struct Line<I, D, R, E> {
    batches: Mutex<I>,
    deliver: Mutex<D>,
    state: Mutex<State<R, E>>,
    /// Told when there is room for another batch, and at the end.
    moved: Condvar,
    /// How many batches may be pending.
    window: usize,
}

/// How far the work is.
struct State<R, E> {
    /// The batches that are taken and not delivered yet; `None` are worked on.
    pending: VecDeque<Option<R>>,
    /// The number of the batch in front of them.
    first: usize,
    is_delivering: bool,
    /// Set when no more batches are to be taken.
    end: Option<Result<(), E>>,
}

impl<I, D, T, R, E> Line<I, D, R, E>
where
    I: Iterator<Item = Result<T, E>>,
    D: FnMut(R) -> Result<(), E>,
{
    /// What each thread does, until all is done.
    fn work_off(&self, work: impl Fn(T) -> R) {
        let _stops = StopAtPanic(self);
        while let Some((number, batch)) = self.take() {
            self.hand_over(number, work(batch));
        }
    }

    /// The next batch and its number, if there is one more.
    fn take(&self) -> Option<(usize, T)> {
        let mut batches = lock(&self.batches);
        let number = {
            let mut state = lock(&self.state);
            while state.end.is_none() && state.pending.len() == self.window {
                state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            if state.end.is_some() {
                return None;
            }
            state.pending.push_back(None);
            state.first + state.pending.len() - 1
        };
        // This may take its time, as when another program makes the input.
        let ended = match batches.next().transpose() {
            Ok(Some(batch)) => return Some((number, batch)),
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        let mut state = lock(&self.state);
        // Nobody has taken another batch meanwhile.
        state.pending.pop_back();
        state.end.get_or_insert(ended);
        None
    }

    /// Keeps a result until its turn, and delivers all whose turn it is unless another thread does that.
    fn hand_over(&self, number: usize, result: R) {
        let mut state = lock(&self.state);
        let place = number - state.first;
        state.pending[place] = Some(result);
        if state.is_delivering {
            return;
        }
        state.is_delivering = true;
        while let Some(result) = state.next_to_deliver() {
            // One thread at most waits for room: that which has the lock of the batches.
            if state.pending.len() + 1 == self.window {
                self.moved.notify_one();
            }
            drop(state);
            let delivered = (*lock(&self.deliver))(result);
            state = lock(&self.state);
            if let Err(error) = delivered {
                state.end = Some(Err(error));
                self.moved.notify_one();
                // Nothing is delivered any more.
                return;
            }
        }
        state.is_delivering = false;
    }
}

impl<R, E> State<R, E> {
    /// The result in front, if it is there.
    fn next_to_deliver(&mut self) -> Option<R> {
        let result = self.pending.front_mut()?.take()?;
        self.pending.pop_front();
        self.first += 1;
        Some(result)
    }
}

/// Ends the work of all threads if this one panics: they would wait forever for what it does not hand over.
struct StopAtPanic<'l, I, D, R, E>(&'l Line<I, D, R, E>);

impl<I, D, R, E> Drop for StopAtPanic<'_, I, D, R, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let mut state = lock(&self.0.state);
            state.end.get_or_insert(Ok(()));
            state.is_delivering = true;
            self.0.moved.notify_one();
        }
    }
}

/// What the mutex holds. A thread that panicked with it has ended the work of all.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::time::Duration;

    use rayon::ThreadPoolBuilder;

    use super::*;

    fn pool(threads: usize) -> ThreadPool {
        ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    /// Delivers the squares of numbers, some of which take longer.
    fn squares(
        threads: usize,
        numbers: impl Iterator<Item = Result<u64, String>> + Send,
        mut deliver: impl FnMut(u64) -> Result<(), String> + Send,
    ) -> (Vec<u64>, Result<(), String>) {
        let mut delivered = Vec::new();
        let work = |number: u64| {
            if number % 7 == 3 {
                std::thread::sleep(Duration::from_millis(2));
            }
            number * number
        };
        let end = in_order(&pool(threads), numbers, work, |square| {
            deliver(square)?;
            delivered.push(square);
            Ok(())
        });
        (delivered, end)
    }

    #[test]
    fn results_come_in_order() {
        for threads in [1, 2, 5] {
            for length in [0, 1, 3, 100] {
                let (delivered, end) = squares(threads, (0..length).map(Ok), |_| Ok(()));
                assert_eq!(delivered, (0..length).map(|number| number * number).collect::<Vec<_>>());
                assert_eq!(end, Ok(()));
            }
        }
    }

    #[test]
    fn what_came_before_an_error_is_delivered() {
        for threads in [1, 2, 5] {
            let numbers =
                (0..50).map(|number| if number == 30 { Err("no input".into()) } else { Ok(number) });
            let (delivered, end) = squares(threads, numbers, |_| Ok(()));
            assert_eq!((delivered.len(), end), (30, Err("no input".into())));
        }
    }

    #[test]
    fn nothing_is_delivered_after_an_error() {
        for threads in [1, 2, 5] {
            let deliver = |square| if square == 100 { Err("full".into()) } else { Ok(()) };
            let (delivered, end) = squares(threads, (0..).map(Ok), deliver);
            assert_eq!((delivered.len(), end), (10, Err("full".into())));
        }
    }

    #[test]
    fn a_panic_ends_all() {
        for threads in [1, 2, 5] {
            for place in 0..3 {
                let panic_at = |at: i32| assert!(at != place, "as wanted");
                let numbers = (0..).map(|number| {
                    panic_at(if number == 20 { 0 } else { -1 });
                    Ok::<i32, ()>(number)
                });
                let work = |number| panic_at(if number == 20 { 1 } else { -1 });
                let mut rest = 20;
                let deliver = |()| {
                    rest -= 1;
                    panic_at(if rest == 0 { 2 } else { -1 });
                    Ok(())
                };
                let run = AssertUnwindSafe(|| in_order(&pool(threads), numbers, work, deliver));
                assert!(catch_unwind(run).is_err(), "{threads} {place}");
            }
        }
    }
}

//! Memory that is used again: for the bytes of posts that are read, and for what is made of posts.

use std::io::{self, ErrorKind, Read};
use std::sync::{Mutex, PoisonError};

/// The first room for what is read, if nothing is known of its length.
const LEAST_BYTES: usize = 8 << 10;
/// What is larger than that is not kept. Few posts are, and they would fill the memory.
const MOST_KEPT: usize = 4 << 20;

/// Room for the bytes of one post after the other.
#[derive(Default)]
pub(crate) struct Room {
    /// What is not read yet is left over from other posts, so that no byte is set twice for each post.
    bytes: Vec<u8>,
    length: usize,
}

impl Room {
    /// Reads to the end, but no more than `most` bytes. `expected` is the length of a file that is read; 0 if
    /// it has none, or is no file.
    pub(crate) fn fill(&mut self, mut from: impl Read, expected: u64, most: usize) -> io::Result<()> {
        self.length = 0;
        let expected = usize::try_from(expected).unwrap_or(most);
        // One more, for the end to be seen.
        let mut wanted = expected.saturating_add(1).max(LEAST_BYTES).min(most);
        while self.length < most {
            if self.bytes.len() < wanted {
                self.bytes.resize(wanted, 0);
            }
            let end = self.bytes.len().min(most);
            match from.read(&mut self.bytes[self.length..end]) {
                Ok(0) => break,
                Ok(read) => {
                    self.length += read;
                    // There was room for more, and the file has no more bytes than these.
                    if self.length < end && self.length == expected {
                        break;
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
            if self.length == self.bytes.len() {
                wanted = self.length.saturating_mul(2).min(most);
            }
        }
        Ok(())
    }

    /// Forgets what was read.
    pub(crate) fn clear(&mut self) {
        self.length = 0;
    }

    /// What was read.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// What was used and can be used again, by any thread.
#[derive(Default)]
pub(crate) struct Spare {
    rooms: Mutex<Vec<Room>>,
    outputs: Mutex<Vec<Vec<u8>>>,
}

impl Spare {
    pub(crate) fn take_room(&self) -> Room {
        take(&self.rooms)
    }

    pub(crate) fn give_room(&self, room: Room) {
        if room.bytes.len() <= MOST_KEPT {
            give(&self.rooms, room);
        }
    }

    /// An empty vector.
    pub(crate) fn take_output(&self) -> Vec<u8> {
        take(&self.outputs)
    }

    pub(crate) fn give_output(&self, mut output: Vec<u8>) {
        if output.capacity() <= MOST_KEPT {
            output.clear();
            give(&self.outputs, output);
        }
    }
}

// A list of things to be used again is whole at any time, whatever a thread has panicked at.

fn take<T: Default>(list: &Mutex<Vec<T>>) -> T {
    list.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
}

fn give<T>(list: &Mutex<Vec<T>>, used: T) {
    list.lock().unwrap_or_else(PoisonError::into_inner).push(used);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time.
    struct Slowly<'s>(&'s [u8], usize);

    impl Read for Slowly<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let most = self.1.min(out.len());
            self.0.read(&mut out[..most])
        }
    }

    #[test]
    fn all_is_read_up_to_the_limit_whatever_was_expected() {
        let bytes: Vec<u8> = (0..=250).cycle().take(40_000).collect();
        let mut room = Room::default();
        for length in [0, 1, 100, 8191, 8192, 8193, 20_000, 40_000] {
            for expected in [0, 7, length, length + 7, 100_000, u64::MAX] {
                for most in [1, 100, 8192, 20_000, 40_001] {
                    for step in [1000, 8192, 100_000] {
                        let source = &bytes[..usize::try_from(length).unwrap()];
                        room.fill(Slowly(source, step), expected, most).unwrap();
                        assert_eq!(room.bytes(), &source[..source.len().min(most)]);
                    }
                }
            }
        }
    }
}

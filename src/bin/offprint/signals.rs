//! What ends a run from outside.

use std::io;
use std::process;
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::aside;

/// From now on, a signal that asks the command to end removes the files that are not whole, and the exit
/// status is 128 and the number of the signal.
pub(crate) fn watch() -> io::Result<()> {
    let ignored = ignored();
    let wanted = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
    let mut signals = Signals::new(wanted)?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        if let Some(signal) = signals.forever().next() {
            aside::remove_all_and(|| process::exit(128 + signal));
        }
    })?;
    Ok(())
}

/// The signals that whoever started the command wants it to ignore, as `nohup` does: bit 0 is signal 1.
///
/// Only Linux tells. Elsewhere a hang-up ends the command under `nohup` too.
fn ignored() -> u64 {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return 0 };
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

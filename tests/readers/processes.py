"""Processes that a test starts: which there are, on which addresses they listen, and their end."""

import contextlib
import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

LISTENING = "0A"
# 127.0.0.1, as such and as an IPv6 address, and ::1, as the tables of Linux write them.
LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}


def all_processes() -> Iterator[tuple[int, int]]:
    """Each process that runs, with its parent."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            # The name stands in parentheses and may hold any character.
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z":
            yield int(folder.name), int(parent)


def descendants(root: int) -> list[int]:
    """The processes that `root` started, and those that they started."""
    parents = list(all_processes())
    found = [root]
    for known in found:
        found += [process for process, parent in parents if parent == known]
    return found[1:]


def arguments(process: int) -> list[str]:
    """The arguments that a process was started with; none if it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text().split("\0")
    except OSError:
        return []


def listeners(processes: Iterable[int]) -> dict[str, list[str]]:
    """The addresses on which the processes accept TCP connections, as Linux writes them, with their ports."""
    addresses = {}
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if not os.path.exists(table):
            continue
        for line in Path(table).read_text().splitlines()[1:]:
            _, local, _, state, _, _, _, _, _, inode = line.split()[:10]
            if state == LISTENING:
                addresses[f"socket:[{inode}]"] = local
    found: dict[str, list[str]] = {}
    for process in processes:
        try:
            files = [os.readlink(file) for file in Path(f"/proc/{process}/fd").iterdir()]
        except OSError:
            continue
        for file in files:
            if file in addresses:
                address, port = addresses[file].split(":")
                found.setdefault(address, []).append(str(int(port, 16)))
    return found


def wait_for(what: str, condition, seconds: float = 60):
    """The first true value of `condition()`."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:.0f} seconds for {what}")
        time.sleep(0.02)
    return value


def running(processes: Iterable[int]) -> set[int]:
    """Those of the processes that still run."""
    return set(processes) & {process for process, _ in all_processes()}


def end(processes: Iterable[int]) -> None:
    """Kills those of the processes that still run, and waits for their end."""
    left = running(processes)
    for process in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    wait_for("processes to end", lambda: not running(left))

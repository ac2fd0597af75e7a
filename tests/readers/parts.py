"""Converts posts in three parts, as plain processes, of which one is killed midway and started again.

usage: parts.py OFFPRINT FOLDER

The posts, and their tables, are below FOLDER, which must not exist. The files have to be those of an
undisturbed run, byte by byte, and their rows together are the posts.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from copies import copy_posts

PARTS = 3
COPIES = 100
# Small, so that there are many: the process that is killed has written some and has others to write.
SHARD_BYTES = 50_000


def start(offprint: str, part: int, posts: Path, table: Path) -> subprocess.Popen:
    options = [f"--part={part}/{PARTS}", f"--shard-bytes={SHARD_BYTES}", "--jobs=1", "--format=parquet"]
    # Each post that fails is a message.
    return subprocess.Popen(
        [offprint, "convert", posts, *options, "--output", table], stderr=subprocess.DEVNULL
    )


def finish(process: subprocess.Popen) -> None:
    # Some posts of each part fail.
    if process.wait() != 1:
        sys.exit(f"{process.args} ended with {process.returncode}")


def shards(table: Path) -> list[str]:
    return sorted(path.name for path in table.glob("*.parquet"))


def whole_shards(manifest: Path) -> set[str]:
    """The names of the shards that a manifest, if it is there, says are whole."""
    return (
        {shard["file"] for shard in json.loads(manifest.read_text())["shards"]}
        if manifest.exists()
        else set()
    )


def kill_and_start_again(offprint: str, part: int, posts: Path, table: Path) -> None:
    process = start(offprint, part, posts, table)
    manifest = table / f"manifest-{part}-of-{PARTS}.json"
    while process.poll() is None and len(whole_shards(manifest)) < 3:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    if process.wait() != -signal.SIGKILL:
        sys.exit(f"part {part} ended with {process.returncode} before it was killed")
    whole = whole_shards(manifest)
    written = {name: (table / name).stat().st_mtime_ns for name in whole}
    finish(start(offprint, part, posts, table))
    all_shards = whole_shards(manifest)
    print(f"part {part} is killed when {len(whole)} of its {len(all_shards)} shards are whole")
    if not whole < all_shards:
        sys.exit(f"it was not killed midway: {whole - all_shards}")
    written_again = [name for name, time in written.items() if (table / name).stat().st_mtime_ns != time]
    if written_again:
        sys.exit(f"these were whole: {written_again}")


def main() -> None:
    offprint, folder = os.path.realpath(sys.argv[1]), Path(sys.argv[2]).resolve()
    posts = folder / "posts"
    count = copy_posts(posts, COPIES)

    expected, table = folder / "undisturbed", folder / "killed"
    for part in range(1, PARTS + 1):
        finish(start(offprint, part, posts, expected))
    others = [start(offprint, part, posts, table) for part in (1, 3)]
    try:
        kill_and_start_again(offprint, 2, posts, table)
    finally:
        for process in others:
            finish(process)

    names = shards(expected)
    if shards(table) != names:
        sys.exit(f"only one of the runs has the shards {set(names) ^ set(shards(table))}")
    different = [name for name in names if (table / name).read_bytes() != (expected / name).read_bytes()]
    if different:
        sys.exit(f"the bytes of {len(different)} shards differ, first those of {different[0]}")
    manifests = [json.loads(path.read_text()) for path in table.glob("manifest-*.json")]
    listed = [shard for manifest in manifests for shard in manifest["shards"]]
    if sorted(shard["file"] for shard in listed) != names:
        sys.exit("the manifests list other shards than there are")
    # What a process that is killed leaves is named so that no reader takes it.
    left = {path.name for path in table.iterdir()} - {*names, *(path.name for path in expected.iterdir())}
    if not all(name.startswith(".") and name.endswith(".tmp") for name in left):
        sys.exit(f"nobody needs {left}")
    rows, failed = (sum(shard[key] for shard in listed) for key in ("rows", "failed"))
    if rows != count or failed == 0:
        sys.exit(f"{count} posts are {rows} rows, of which {failed} failed")
    print(f"{rows} posts, of which {failed} failed, in {len(names)} shards: the bytes of an undisturbed run")


if __name__ == "__main__":
    main()

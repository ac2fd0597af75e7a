"""Converts posts in Spark, also while a worker is killed, and compares the rows with those of a plain run.

usage: spark.py OFFPRINT FOLDER

A standalone master and two workers run on 127.0.0.1, below FOLDER, which must not exist.
"""

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow.parquet as pq
import pyspark
from pyspark.sql import DataFrame, SparkSession, functions as f

import processes
from spark_table import offprint_table

SOURCES = [Path(__file__).parent.parent / "data", Path(__file__).parent / "posts"]
# Each file of posts is a task of Spark.
FILES = 24
COPIES_IN_FILE = 8


class Cluster:
    """A standalone cluster of a master and two workers, each with one core."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "SPARK_WORKER_DIR": str(folder / "work"),
            "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
            "SPARK_DAEMON_MEMORY": "256m",
        }
        # The master, and then the workers.
        self.started: list[subprocess.Popen] = []

    def start(self, name: str, *arguments: str) -> tuple[subprocess.Popen, Path]:
        log = self.folder / f"{name}.log"
        command = [Path(pyspark.__file__).parent / "bin/spark-class", *arguments]
        with log.open("wb") as out:
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=self.environment)
        self.started.append(process)
        return process, log

    def __enter__(self) -> "Cluster":
        try:
            local = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
            _, log = self.start("master", "org.apache.spark.deploy.master.Master", *local)
            self.url = self.logged(log, r"Starting Spark master at (spark://\S+)")
            limits = ["--cores", "1", "--memory", "1g"]
            for name in ("worker-1", "worker-2"):
                _, log = self.start(name, "org.apache.spark.deploy.worker.Worker", *local, *limits, self.url)
                self.logged(log, "(Successfully registered with master)")
        except BaseException:
            self.__exit__()
            raise
        return self

    def logged(self, log: Path, pattern: str) -> str:
        """What the first group of the pattern is in a line of the log, when it is there."""
        return processes.wait_for(f"{pattern} in {log}", lambda: re.search(pattern, log.read_text()))[1]

    @property
    def workers(self) -> list[subprocess.Popen]:
        return self.started[1:]

    def __exit__(self, *_: object) -> None:
        for process in self.started:
            # What a process started has to be known before it ends.
            children = processes.descendants(process.pid)
            process.kill()
            process.wait()
            processes.end(children)


def make_posts(offprint: str, folder: Path) -> int:
    """Packs copies of the project's posts, each with a text of its own, into files; returns how many posts."""
    sources = [(path, path.read_bytes()) for root in SOURCES for path in sorted(root.rglob("*.md"))]
    (folder / "packed").mkdir()
    for number in range(FILES):
        posts = folder / f"posts/{number:02}"
        for copy in range(COPIES_IN_FILE):
            for index, (path, source) in enumerate(sources):
                post = posts / f"{copy}/{index:03}-{path.name}"
                post.parent.mkdir(parents=True, exist_ok=True)
                post.write_bytes(source + f"\n\n<p>Copy {copy} in {number}</p>\n".encode())
        subprocess.run([offprint, "pack", posts, "-o", folder / f"packed/{number:02}.parquet"], check=True)
    return FILES * COPIES_IN_FILE * len(sources)


def session(cluster: Cluster) -> SparkSession:
    options = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "512m",
        "spark.executor.memory": "512m",
        "spark.ui.enabled": "false",
        "spark.log.level": "ERROR",
        # A task for each file.
        "spark.sql.files.maxPartitionBytes": "1m",
        "spark.sql.files.openCostInBytes": "1m",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    }
    builder = SparkSession.builder.master(cluster.url).appName("offprint")
    return builder.config(map=options).getOrCreate()


def check_listeners(cluster: Cluster) -> None:
    """The master, the workers, the driver and all that they started listen on no address but those of loopback."""
    roots = [os.getpid(), *(process.pid for process in cluster.started)]
    running = {process for root in roots for process in [root, *processes.descendants(root)]}
    found = processes.listeners(running)
    outside = {address: ports for address, ports in found.items() if address not in processes.LOOPBACK}
    if outside or not found:
        raise AssertionError(f"these processes listen on {found}")
    print(f"{len(running)} processes listen on {sum(map(len, found.values()))} ports, all of loopback")


def running_command(command: str, worker: int) -> int | None:
    """The executor of the worker, if at this moment a process of the command works for it."""
    for process in processes.descendants(worker):
        if "org.apache.spark.executor.CoarseGrainedExecutorBackend" in processes.arguments(process):
            if any(processes.program(child) == command for child in processes.descendants(process)):
                return process
    return None


def convert(spark: SparkSession, cluster: Cluster, offprint: str, packed: Path, output: Path, is_killed: bool) -> None:
    """Writes the table of the packed posts; a worker with its executor is killed midway, if so asked."""
    table = offprint_table(spark.read.parquet(str(packed)), offprint)
    tracker = spark.sparkContext.statusTracker()

    def done() -> int:
        """How many tasks of the job are done."""
        return sum(tracker.getStageInfo(stage).numCompletedTasks for stage in tracker.getActiveStageIds())

    begun = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(table.write.parquet, str(output))
        if is_killed:
            processes.wait_for("a fourth of the tasks", lambda: done() >= FILES // 4)
            worker = cluster.workers[1].pid
            executor = processes.wait_for("a command to kill", lambda: running_command(offprint, worker))
            os.kill(worker, signal.SIGKILL)
            os.kill(executor, signal.SIGKILL)
            killed_at = done()
            if job.done() or not 0 < killed_at < FILES:
                raise AssertionError(f"killed when {killed_at} of {FILES} tasks were done")
            print(f"a worker and its executor killed after {killed_at} of {FILES} tasks")
        job.result()
        check_listeners(cluster)
    print(f"{output.name}: {time.monotonic() - begun:.1f} s")


def row_hash(table: DataFrame) -> tuple[int, int]:
    """How many rows there are, and the sum of their hashes, whatever their order."""
    hash_of_row = f.xxhash64(*table.columns).cast("decimal(38, 0)")
    return table.agg(f.count("*"), f.sum(hash_of_row)).first()[:]


def main() -> None:
    for name in [name for name in os.environ if name.startswith(("SPARK_", "PYSPARK_"))]:
        del os.environ[name]
    # For this process, which is the driver, and those that it starts.
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    offprint, folder = os.path.realpath(sys.argv[1]), Path(sys.argv[2]).resolve()
    folder.mkdir(parents=True)
    posts = make_posts(offprint, folder)
    packed, plain = folder / "packed", folder / "plain"
    subprocess.run(
        [offprint, "convert", packed, "--input-format=parquet", "--format=parquet", "--output", plain],
        stderr=subprocess.DEVNULL,
    )
    with Cluster(folder) as cluster:
        spark = session(cluster)
        try:
            convert(spark, cluster, offprint, packed, folder / "spark", is_killed=False)
            convert(spark, cluster, offprint, packed, folder / "killed", is_killed=True)
        finally:
            spark.stop()


if __name__ == "__main__":
    main()

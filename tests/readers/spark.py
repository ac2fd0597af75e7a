"""Converts posts in Spark, also while a worker is killed, and compares the rows with those of a plain run.

usage: spark.py OFFPRINT FOLDER

A standalone master and two workers run on 127.0.0.1, below FOLDER, which must not exist.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyarrow.parquet as pq
import pyspark
from pyspark.errors import PythonException
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

import processes
from copies import copy_posts
from spark_table import offprint_table

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
    """Packs copies of the project's posts into files; returns how many posts they are."""
    count = 0
    (folder / "packed").mkdir()
    for number in range(FILES):
        posts = folder / f"posts/{number:02}"
        count += copy_posts(posts, COPIES_IN_FILE)
        subprocess.run([offprint, "pack", posts, "-o", folder / f"packed/{number:02}.parquet"], check=True)
    return count


def session(cluster: Cluster) -> SparkSession:
    options = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "512m",
        "spark.executor.memory": "512m",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
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
    """The master, the workers, the driver and all that they started listen on loopback alone."""
    roots = [os.getpid(), *(process.pid for process in cluster.started)]
    running = {process for root in roots for process in [root, *processes.descendants(root)]}
    found = processes.listeners(running)
    outside = {address: ports for address, ports in found.items() if address not in processes.LOOPBACK}
    if outside or not found:
        raise AssertionError(f"these processes listen on {found}")
    print(f"{len(running)} processes listen on {sum(map(len, found.values()))} ports, all of loopback")


def executor_at_work(command: str, worker: int) -> int | None:
    """The executor of the worker, if at this moment a process of the command works for it."""
    for process in processes.descendants(worker):
        if "org.apache.spark.executor.CoarseGrainedExecutorBackend" in processes.arguments(process):
            if any(command in processes.arguments(child) for child in processes.descendants(process)):
                return process
    return None


def kill_worker(spark: SparkSession, cluster: Cluster, command: str, job: Future) -> None:
    """Kills the second worker and its executor, when some posts are converted and it works on others."""
    tracker = spark.sparkContext.statusTracker()

    def tasks_done() -> int:
        stages = map(tracker.getStageInfo, tracker.getActiveStageIds())
        return sum(stage.numCompletedTasks for stage in stages if stage)

    processes.wait_for("a fourth of the tasks", lambda: job.done() or tasks_done() >= FILES // 4)
    worker = cluster.workers[1].pid
    executor = processes.wait_for(
        "a command at work", lambda: job.done() or executor_at_work(command, worker)
    )
    if job.done():
        raise AssertionError("the job ended before a worker was killed")
    # Its Python processes and those of the command are left to themselves, and have to end.
    left = processes.descendants(executor)
    done = tasks_done()
    os.kill(worker, signal.SIGKILL)
    os.kill(executor, signal.SIGKILL)
    print(f"a worker and its executor are killed when {done} of {FILES} tasks are done")
    processes.wait_for("the processes of the killed executor to end", lambda: not processes.running(left))


def convert(spark: SparkSession, packed: Path, output: Path, offprint: str, while_it_runs: Callable) -> None:
    """Writes the table of the packed posts as Parquet."""
    table = offprint_table(spark.read.parquet(str(packed)), offprint)
    begun = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(table.write.parquet, str(output))
        while_it_runs(job)
        job.result()
    print(f"{output.name}: {time.monotonic() - begun:.1f} s")


def compare(spark: SparkSession, posts: int, plain: Path, output: Path) -> None:
    """Compares rows that Spark wrote with those of a plain run."""
    for folder in (plain, output):
        # By their names, as engines read all files of a folder, and the manifest is none of the table.
        table = spark.read.parquet(f"{folder}/*.parquet")
        hash_of_row = f.xxhash64(*table.columns).cast("decimal(38, 0)")
        is_hash_of_text = f.col("text_hash").eqNullSafe(f.when(f.col("text").isNotNull(), f.xxhash64("text")))
        rows, row_hash, hashes = table.agg(
            f.count("*"), f.sum(hash_of_row), f.count_if(is_hash_of_text)
        ).first()
        print(
            f"{folder.name}: {rows} rows, their hash is {row_hash}, {hashes} `text_hash` are xxhash64(text)"
        )
        if (rows, hashes) != (posts, posts):
            raise AssertionError(f"there are {posts} posts")
    # Equal hashes may still have missed something, such as a null that is another.
    expected, found = (
        pq.read_table(sorted(folder.glob("*.parquet"))).sort_by("path") for folder in (plain, output)
    )
    if not found.equals(expected):
        raise AssertionError(f"{output} differs from {plain}: {found.schema}")


def stop_early(spark: SparkSession, cluster: Cluster, packed: Path, offprint: str) -> None:
    """A query that needs few rows leaves no command that waits for the others."""
    rows = offprint_table(spark.read.parquet(str(packed)), offprint).limit(3).collect()
    if len(rows) != 3:
        raise AssertionError(f"3 rows are {len(rows)}")
    workers = [worker.pid for worker in cluster.workers]
    processes.wait_for(
        "commands to end", lambda: not any(executor_at_work(offprint, worker) for worker in workers)
    )


def lose_rows(spark: SparkSession, folder: Path, offprint: str) -> None:
    """A command that gives fewer rows than it was given posts, in a stream that is whole, fails the job."""
    command = folder / "loses-rows"
    command.write_text(
        f"""#!/bin/sh
if [ "$1" = convert ]; then cat >/dev/null; fi
exec '{offprint}' schema --format=arrow
"""
    )
    command.chmod(0o755)
    # The failure is expected, and long in the log.
    spark.sparkContext.setLogLevel("OFF")
    try:
        offprint_table(spark.read.parquet(str(folder / "packed/00.parquet")), str(command)).count()
    except PythonException as error:
        if ": 0 rows of " not in str(error):
            raise
        print("a command that loses rows fails the job")
    else:
        raise AssertionError("rows were lost")
    finally:
        spark.sparkContext.setLogLevel("ERROR")


def check_all(spark: SparkSession, cluster: Cluster, offprint: str, posts: int) -> None:
    packed, plain = cluster.folder / "packed", cluster.folder / "plain"
    undisturbed, killed = cluster.folder / "spark", cluster.folder / "killed"
    convert(spark, packed, undisturbed, offprint, lambda _: None)
    check_listeners(cluster)
    compare(spark, posts, plain, undisturbed)
    lose_rows(spark, cluster.folder, offprint)
    stop_early(spark, cluster, packed, offprint)
    convert(spark, packed, killed, offprint, lambda job: kill_worker(spark, cluster, offprint, job))
    compare(spark, posts, plain, killed)


def main() -> None:
    # Ended by a signal, too, it ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Only what is said here: for this process, which is the driver, and those that it starts.
    for name in [name for name in os.environ if name.startswith(("SPARK_", "PYSPARK_"))]:
        del os.environ[name]
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    offprint, folder = os.path.realpath(sys.argv[1]), Path(sys.argv[2]).resolve()
    folder.mkdir(parents=True)
    posts = make_posts(offprint, folder)
    options = ["--input-format=parquet", "--format=parquet", "--output", folder / "plain"]
    command = [offprint, "convert", *sorted((folder / "packed").iterdir()), *options]
    # Each post that fails is a message.
    if (status := subprocess.run(command, stderr=subprocess.DEVNULL).returncode) != 1:
        raise AssertionError(f"{command} ended with {status}")
    try:
        with Cluster(folder) as cluster:
            spark = session(cluster)
            try:
                check_all(spark, cluster, offprint, posts)
            finally:
                spark.stop()
    finally:
        # The driver's Java, and whatever an error may have left.
        processes.end(processes.descendants(os.getpid()))


if __name__ == "__main__":
    main()

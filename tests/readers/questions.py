"""Asks ten questions of one table through four readers, and compares their answers with a direct count.

usage: questions.py OFFPRINT FOLDER

The table is made below FOLDER, which must not exist, from the project's own posts and those in `posts`. The
readers are DuckDB and DataFusion, which take the questions in SQL as `questions.sql` has them, Polars and
pyarrow. The direct count reads the same posts as JSON lines. The rows also have to reconcile with the posts,
and the columns to be of types that every engine knows.
"""

import json
import os
import re
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path

import datafusion
import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet as pq

import answers_json
import answers_polars
import answers_pyarrow

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
FOLDERS = ["tests/data", "tests/readers/posts"]
POSTS = {".md", ".markdown", ".html", ".htm"}

# What a column may hold: what every engine knows. No unsigned integers, dictionaries or views.
PLAIN_TYPES = {pa.string(), pa.int64(), pa.bool_(), pa.timestamp("us"), pa.timestamp("us", "UTC")}


def run(*arguments: str | Path) -> bytes:
    """What the command prints. That some posts fail is expected."""
    done = subprocess.run(arguments, capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{arguments}: exit status {done.returncode}\n{done.stderr.decode()}")
    return done.stdout


def questions() -> list[tuple[str, str]]:
    """Each question in words and in SQL."""
    text = (HERE / "questions.sql").read_text()
    return re.findall(r"^-- \d+\. (.*)\n([^;]*);", text, re.MULTILINE)


def plain(field: pa.Field) -> bool:
    kind = field.type
    if pa.types.is_list(kind):
        return plain(kind.value_field)
    if pa.types.is_struct(kind):
        return all(plain(child) for child in kind)
    return kind in PLAIN_TYPES


def check(what: str, is_so: bool, found: object) -> None:
    if not is_so:
        sys.exit(f"not so: {what}\n{found}")
    print(f"{what}")


def check_table(offprint: str, parquet: list[Path], posts: answers_json.Posts) -> pa.Table:
    """Checks the types of the table, and its rows against the posts; returns the table."""
    table = pa.concat_tables([pq.read_table(file) for file in parquet])
    stream = pa.ipc.open_stream(run(offprint, "convert", *FOLDERS, "--format", "arrow"))
    schema = pa.ipc.open_stream(run(offprint, "schema", "--format", "arrow")).schema
    check(
        "a stream has the schema that is printed",
        stream.schema.equals(schema, check_metadata=True),
        stream.schema,
    )
    check(
        "the Parquet files and the stream hold the same table", stream.read_all().equals(table), table.schema
    )
    odd = [field for field in schema if not plain(field)]
    check(f"the {len(schema)} columns are of plain types, and integers are signed", not odd, odd)

    inputs = sorted(
        path for folder in FOLDERS for path in map(str, Path(folder).rglob("*")) if Path(path).suffix in POSTS
    )
    paths = sorted(table["path"].to_pylist())
    counts = f"{len(inputs)} posts are {len(posts.read)} articles and {len(posts.failed)} errors"
    check(f"{counts}, and a row each", inputs == paths, set(inputs) ^ set(paths))
    known = [post["path"] for post in posts.read + posts.failed]
    check("JSON lines have the same posts", sorted(known) == paths, set(known) ^ set(paths))

    failed = [row for row in table.to_pylist() if row["error"] is not None]
    always = {"path", "error", "error_line", "error_column", "source_bytes"}
    for row in failed:
        held = {name for name, value in row.items() if value not in (None, [], False)}
        check(f"{row['path']} has {', '.join(sorted(always))}, and nothing else", held == always, row)
    return table


def main() -> None:
    offprint, folder = os.path.realpath(sys.argv[1]), Path(sys.argv[2]).resolve()
    os.chdir(PROJECT)
    run(offprint, "convert", *FOLDERS, "--format", "parquet", "--output", folder / "table")
    parquet = sorted((folder / "table").glob("*.parquet"))

    read = run(offprint, "convert", *FOLDERS, "--report", "-").splitlines()
    run(offprint, "convert", *FOLDERS, "--report", folder / "reports", "--output", folder / "posts")
    reports = [json.loads(line) for line in (folder / "reports").read_text().splitlines()]
    posts = answers_json.Posts(
        [json.loads(line) for line in read], [line for line in reports if "error" in line]
    )
    table = check_table(offprint, parquet, posts)

    files = str(folder / "table/*.parquet")
    in_duckdb = duckdb.connect()
    in_duckdb.execute(f"CREATE VIEW posts AS FROM '{files}'")
    in_datafusion = datafusion.SessionContext()
    in_datafusion.register_parquet("posts", str(folder / "table"))
    lazy = polars.scan_parquet(files)

    def by_datafusion(sql: str) -> list[tuple]:
        return answers_pyarrow.rows(pa.Table.from_batches(in_datafusion.sql(sql).collect()))

    asked = questions()
    answers = (answers_json.ANSWERS, answers_polars.ANSWERS, answers_pyarrow.ANSWERS)
    if len(asked) != 10 or any(len(each) != 10 for each in answers):
        sys.exit(f"there are {len(asked)} questions, not 10")
    differences = 0
    for (words, sql), directly, by_polars, by_pyarrow in zip(asked, *answers, strict=True):
        expected = directly(posts)
        by_reader = {
            "DuckDB": in_duckdb.sql(sql).fetchall(),
            "DataFusion": by_datafusion(sql),
            "Polars": by_polars(lazy).collect().rows(),
            "pyarrow": by_pyarrow(table),
        }
        print(f"{words} {len(expected)} rows, the first {expected[:1]}")
        if not expected:
            differences += 1
            print("    nothing to compare")
        for reader, answer in by_reader.items():
            if answer != expected:
                differences += 1
                print(f"    {reader} has {len(answer)} rows:")
                pairs = zip_longest(answer, expected)
                print(*next((pair for pair in pairs if pair[0] != pair[1]), ()), sep="\n        ")
    if differences:
        sys.exit(f"{differences} answers differ")
    print(f"{len(asked)} questions: DuckDB, DataFusion, Polars and pyarrow answer as the direct count does")


if __name__ == "__main__":
    main()

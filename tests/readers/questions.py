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


def is_plain(field: pa.Field) -> bool:
    kind = field.type
    if pa.types.is_list(kind):
        return is_plain(kind.value_field)
    if pa.types.is_struct(kind):
        return all(is_plain(child) for child in kind)
    return kind in PLAIN_TYPES


def check(what: str, is_so: bool, found: object) -> None:
    if not is_so:
        sys.exit(f"not so: {what}\n{found}")
    print(what)


def read_table(folder: Path) -> pa.Table:
    return pa.concat_tables(pq.read_table(file) for file in sorted(folder.glob("*.parquet")))


def read_posts(offprint: str, folder: Path) -> answers_json.Posts:
    """The same posts as JSON lines; those that failed are in the file of reports."""
    reports = folder / "reports.jsonl"
    run(offprint, "convert", *FOLDERS, "--report", reports, "--output", folder / "posts.jsonl")
    failed = [line for line in map(json.loads, reports.read_text().splitlines()) if "error" in line]
    read = run(offprint, "convert", *FOLDERS, "--report", "-").splitlines()
    return answers_json.Posts(list(map(json.loads, read)), failed)


def check_types(offprint: str, folder: Path, table: pa.Table) -> None:
    """Checks the types of the columns, and that the table is the same in all forms."""
    stream = pa.ipc.open_stream(run(offprint, "convert", *FOLDERS, "--format", "arrow"))
    schema = pa.ipc.open_stream(run(offprint, "schema", "--format", "arrow")).schema
    is_same = stream.schema.equals(schema, check_metadata=True)
    check("a stream has the schema that is printed", is_same, stream.schema)
    check("Parquet and the stream hold the same table", table.equals(stream.read_all()), table.schema)
    odd = [field for field in table.schema if not is_plain(field)]
    check(f"the {len(table.schema)} columns are of plain types, and integers are signed", not odd, odd)
    for part in (1, 2, 3):
        options = ["--part", f"{part}/3", "--format", "parquet", "--output", folder / "parts"]
        run(offprint, "convert", *FOLDERS, *options)
    parts = read_table(folder / "parts")
    check("three parts together are the same table", table.equals(parts), parts.num_rows)


def check_rows(table: pa.Table, posts: answers_json.Posts) -> None:
    """Checks that there is a row for each post, and what is in those of posts that failed."""
    files = [path for folder in FOLDERS for path in Path(folder).rglob("*") if path.suffix in POSTS]
    inputs, paths = sorted(map(str, files)), sorted(table["path"].to_pylist())
    counts = f"{len(inputs)} posts are {len(posts.read)} articles and {len(posts.failed)} errors"
    check(f"{counts}, and a row each", inputs == paths, set(inputs) ^ set(paths))
    known = sorted(post["path"] for post in posts.read + posts.failed)
    check("JSON lines have the same posts", known == paths, set(known) ^ set(paths))

    always = {"path", "error", "error_line", "error_column", "source_bytes"}
    failed = [row for row in table.to_pylist() if row["error"] is not None]
    check("there are posts that failed", len(failed) == len(posts.failed) > 0, failed)
    for row in failed:
        held = {name for name, value in row.items() if value not in (None, [], False)}
        check(f"{row['path']} has nothing but {', '.join(sorted(always))}", held == always, row)


def ask(folder: Path, table: pa.Table, posts: answers_json.Posts) -> int:
    """Asks the questions of the table in the folder; returns how many answers differ."""
    files = str(folder / "*.parquet")
    in_duckdb = duckdb.connect()
    in_duckdb.execute(f"CREATE VIEW posts AS FROM '{files}'")
    in_datafusion = datafusion.SessionContext()
    in_datafusion.register_parquet("posts", str(folder))
    in_polars = polars.scan_parquet(files)

    differences = 0
    answers = (answers_json.ANSWERS, answers_polars.ANSWERS, answers_pyarrow.ANSWERS)
    for (words, sql), directly, by_polars, by_pyarrow in zip(questions(), *answers, strict=True):
        expected = directly(posts)
        batches = in_datafusion.sql(sql).collect()
        by_reader = {
            "DuckDB": in_duckdb.sql(sql).fetchall(),
            "DataFusion": [row for batch in batches for row in answers_pyarrow.rows(pa.table(batch))],
            "Polars": by_polars(in_polars).collect().rows(),
            "pyarrow": by_pyarrow(table),
        }
        print(f"{words} {len(expected)} rows, the first: {', '.join(map(str, (expected or ['none'])[0]))}")
        for reader, answer in by_reader.items():
            # An answer without rows would be right whatever the table holds.
            if answer != expected or not answer:
                differences += 1
                print(f"    {reader} has {len(answer)} rows. The first that differs, and what it should be:")
                pairs = zip_longest(answer, expected)
                for row in next((pair for pair in pairs if pair[0] != pair[1]), ()):
                    print(f"        {row}")
    return differences


def main() -> None:
    offprint, folder = os.path.realpath(sys.argv[1]), Path(sys.argv[2]).resolve()
    os.chdir(PROJECT)
    run(offprint, "convert", *FOLDERS, "--format", "parquet", "--output", folder / "table")
    table, posts = read_table(folder / "table"), read_posts(offprint, folder)
    check_types(offprint, folder, table)
    check_rows(table, posts)
    check("there are ten questions", len(questions()) == 10, questions())
    if differences := ask(folder / "table", table, posts):
        sys.exit(f"{differences} answers differ")
    print("DuckDB, DataFusion, Polars and pyarrow answer as the direct count does")


if __name__ == "__main__":
    main()

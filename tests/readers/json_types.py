"""Reads JSON lines with the types that the README gives for DuckDB and Polars.

usage: json_types.py OFFPRINT FOLDER

FOLDER must not exist. It gets 40,000 lines, of which the 301st has the only stamp that is not a number, and the
30,001st the first block of code; `extra` is of another type in each line. What readers guess from the first
lines fails there.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import polars
import pyarrow as pa

import json_polars

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
LINES = 40_000
# Of a block. They hold blocks again.
NESTED = ("items", "blocks", "rows")
NAN, CODE = 301, 30_001
EXTRAS = ["calm", "7", "1.5", "true", "null", "[1, two, {three: 3}]", "{deep: {a: \\'}}", '"a\\\\b \\"c\\""']


def source(number: int) -> str:
    stamp = "NaN" if number == NAN else 1614845707000 + number
    code = "<pre><code class=language-rust>fn tea() {}</code></pre>" if number >= CODE else ""
    extra = EXTRAS[number % len(EXTRAS)]
    return (
        f"---\ntitle: Tea {number}\ndate: 2021-03-04\nmood: {extra}\n---\n<!--{stamp}-->\n"
        f"<div><p>Boil <b>fresh</b> water.</p><ul><li>green</ul>{code}</div>\n"
    )


def write_lines(offprint: str, folder: Path) -> list[dict]:
    """Writes the lines, and reads them as Python does."""
    records = folder / "records.jsonl"
    with records.open("w") as file:
        for number in range(1, LINES + 1):
            print(json.dumps({"path": f"{number}.md", "source": source(number)}), file=file)
    subprocess.run(
        [offprint, "convert", records, "--input-format=jsonl", "--report=-", f"--output={folder}/posts.jsonl"],
        check=True,
    )
    with (folder / "posts.jsonl").open() as file:
        return [json.loads(line) for line in file]


def expect(what: str, expected: object, actual: object) -> None:
    if expected != actual:
        sys.exit(f"{what}:\n  expected {str(expected)[:500]}\n  actual   {str(actual)[:500]}")


def absent_left_out(value: object) -> object:
    """A value as the lines have it: readers have null for what is absent."""
    if isinstance(value, dict):
        return {key: absent_left_out(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [absent_left_out(inner) for inner in value]
    return value


def without_nested(lines: list[dict]) -> list[dict]:
    """What the columns hold that are not JSON."""
    blocks = ([{k: v for k, v in block.items() if k not in NESTED} for block in line["blocks"]] for line in lines)
    meta = ({k: v for k, v in line["meta"].items() if k != "extra"} for line in lines)
    return [{**line, "meta": m, "blocks": b} for line, m, b in zip(lines, meta, blocks)]


def properties(schema: dict, definitions: dict) -> dict | None:
    """The properties of a value by the JSON Schema, those of all its alternatives together; None if it has none."""
    if "$ref" in schema:
        return properties(definitions[schema["$ref"].removeprefix("#/$defs/")], definitions)
    if "items" in schema:
        return properties(schema["items"], definitions)
    found = {}
    for alternative in schema.get("oneOf", []):
        found |= properties(alternative, definitions) or {}
    for name, value in schema.get("properties", {}).items():
        # They hold blocks again, and so have no end.
        nests = name in NESTED and "path" not in schema["properties"]
        found[name] = None if nests else properties(value, definitions)
    return found or None


def fields(kind: object) -> dict | None:
    """The fields of a type of Polars or Arrow."""
    while isinstance(kind, polars.List) or getattr(kind, "value_type", None) is not None:
        kind = kind.inner if isinstance(kind, polars.List) else kind.value_type
    if isinstance(kind, polars.Struct):
        return {field.name: fields(field.dtype) for field in kind.fields}
    if isinstance(kind, pa.StructType):
        return {field.name: fields(field.type) for field in kind}
    return None


def check(reader: str, lines: list[dict], rows: list[dict], extras: list[str | None]) -> None:
    expect(f"{reader}: rows", LINES, len(rows))
    for line, row in zip(without_nested(lines), rows):
        expect(f"{reader}: {line['path']}", line, absent_left_out(row))
    for line, extra in zip(lines, extras):
        expect(f"{reader}: `extra` of {line['path']}", line["meta"]["extra"], json.loads(extra))


def main() -> None:
    offprint, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True)
    lines = write_lines(offprint, folder)
    expect("lines", LINES, len(lines))
    stamps = [number for number, line in enumerate(lines, 1) if "stamp_is_nan" in line["prelude"]]
    expect("the stamps that are no numbers", [NAN], stamps)
    kinds = [Counter(block["type"] for block in line["blocks"]) for line in lines]
    expect("the first block of code", CODE - 1, next(n for n, kind in enumerate(kinds) if kind["preformatted"]))

    duck = duckdb.connect()
    sql = (HERE / "json_duckdb.sql").read_text()
    duck.sql(sql.replace("'posts.jsonl'", f"'{folder}/posts.jsonl'"))
    table = duck.sql("FROM lines").to_arrow_table()
    schema = json.loads((PROJECT / "src/bin/offprint/schema.json").read_text())
    wanted = properties(schema, schema["$defs"])
    # The marks of a caption are JSON.
    in_duckdb = {name: fields(kind) for name, kind in zip(table.schema.names, table.schema.types)}
    in_duckdb["blocks"]["caption"]["marks"] = wanted["blocks"]["caption"]["marks"]
    expect("DuckDB: the fields", wanted, in_duckdb)
    in_polars = {name: fields(kind) for name, kind in json_polars.LINE.items()}
    in_polars["meta"]["extra"] = None
    in_polars["blocks"] |= dict.fromkeys(NESTED)
    expect("Polars: the fields", wanted, in_polars)
    rows = table.to_pylist()
    extras = [row["meta"].pop("extra") for row in rows]
    items = [block.pop("items") for row in rows for block in row["blocks"]]
    expected = [block.get("items") for line in lines for block in line["blocks"]]
    expect("DuckDB: `items`", expected, [item and json.loads(item) for item in items])
    for row in rows:
        for block in row["blocks"]:
            del block["blocks"], block["rows"]
    check("DuckDB", lines, rows, extras)

    frame = json_polars.read_posts(folder / "posts.jsonl")
    extras = frame["extra"].to_list()
    check("Polars", lines, frame.drop("extra").to_dicts(), extras)
    print(f"{LINES:,} lines in DuckDB and Polars as in Python")


main()

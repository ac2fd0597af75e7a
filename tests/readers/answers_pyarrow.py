"""The answers to the ten questions by pyarrow, which groups columns; what is in lists is read row by row."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc


def inside(posts: pa.Table, column: str) -> Iterator[tuple[str, str, dict]]:
    """Each value in a column of lists, after the path and the text of its post."""
    rows = zip(*(posts[name].to_pylist() for name in ("path", "text", column)), strict=True)
    return ((path, text, value) for path, text, values in rows for value in values)


def rows(table: pa.Table) -> list[tuple]:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def count(*columns: list, names: list[str]) -> pa.Table:
    """How often each row of the columns occurs, the most frequent first."""
    counted = pa.table(list(columns), names).group_by(names).aggregate([([], "count_all")])
    return counted.sort_by([("count_all", "descending"), *((name, "ascending") for name in names)])


def sites_by_month(posts: pa.Table) -> list[tuple]:
    dated = posts.filter(pc.is_valid(posts["host"])).filter(pc.field("date_text").is_valid())
    months = pa.table({"host": dated["host"], "month": pc.utf8_slice_codeunits(dated["date_text"], 0, 7)})
    return sorted(rows(months.group_by(["host", "month"]).aggregate([([], "count_all")])))


def failed_posts(posts: pa.Table) -> list[tuple]:
    failed = posts.filter(pc.field("error").is_valid()).sort_by("path")
    return rows(failed.select(["path", "error_line", "error_column", "error"]))


def longest_posts(posts: pa.Table) -> list[tuple]:
    sorted_posts = posts.filter(pc.field("word_count") > 0).sort_by(
        [("word_count", "descending"), ("path", "ascending")]
    )
    return rows(sorted_posts.select(["path", "title", "word_count"]).slice(0, 10))


def tags(posts: pa.Table) -> list[tuple]:
    return rows(count(pc.list_flatten(posts["tags"]), names=["tag"]))


def images_without_alt(posts: pa.Table) -> list[tuple]:
    return sorted(
        (path, figure["url"])
        for path, _, figure in inside(posts, "figures")
        if figure["type"] == "image" and not figure["alt"]
    )


def linked_sites(posts: pa.Table) -> list[tuple]:
    links = [(path, link["url"].split("/")) for path, _, link in inside(posts, "links")]
    links = [(path, parts[2]) for path, parts in links if parts[0].startswith("http") and len(parts) > 2]
    table = pa.table({"path": [path for path, _ in links], "site": [site for _, site in links]})
    counted = table.group_by("site").aggregate([("path", "count"), ("path", "count_distinct")])
    order = [("path_count", "descending"), ("site", "ascending")]
    return rows(counted.sort_by(order).slice(0, 20))


def headings(posts: pa.Table) -> list[tuple]:
    return [
        (path, block["level"], text[block["start"] : block["end"]])
        for path, text, block in inside(posts.sort_by("path"), "blocks")
        if block["type"] == "heading"
    ]


def removals(posts: pa.Table) -> list[tuple]:
    removals = pc.list_flatten(posts["removals"])
    kinds, rules = pc.struct_field(removals, "kind"), pc.fill_null(pc.struct_field(removals, "rule"), "")
    return rows(count(kinds, rules, names=["kind", "rule"]))


def bodies(posts: pa.Table) -> list[tuple]:
    read = posts.filter(pc.field("error").is_null())
    table = pa.table(
        {
            "body": pc.fill_null(read["body_format"], ""),
            "engine": pc.fill_null(read["html_engine"], ""),
            "bytes": read["source_bytes"],
        }
    )
    counted = table.group_by(["body", "engine"]).aggregate([([], "count_all"), ("bytes", "sum")])
    return rows(
        counted.sort_by([("count_all", "descending"), ("body", "ascending"), ("engine", "ascending")])
    )


def captions(posts: pa.Table) -> list[tuple]:
    return sorted(
        (path, figure["url"], figure["credit"] or "", text[figure["start"] : figure["end"]])
        for path, text, figure in inside(posts, "figures")
        if figure["start"] is not None
    )


# In the order of the questions.
ANSWERS = [
    sites_by_month,
    failed_posts,
    longest_posts,
    tags,
    images_without_alt,
    linked_sites,
    headings,
    removals,
    bodies,
    captions,
]

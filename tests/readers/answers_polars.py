"""The answers to the ten questions by lazy frames of Polars."""

import polars as pl
from polars import LazyFrame, col


def inside(posts: LazyFrame, column: str) -> LazyFrame:
    """A row for each structure in a column of lists: its fields, and `of_path` and `of_text` of its post."""
    lists = posts.select(col("path").alias("of_path"), col("text").alias("of_text"), column)
    return lists.filter(col(column).list.len() > 0).explode(column).unnest(column)


def text_between() -> pl.Expr:
    """The characters of the text from `start` to `end`."""
    return col("of_text").str.slice(col("start"), col("end") - col("start"))


def count(frame: LazyFrame, *columns: str) -> LazyFrame:
    """How often each row of the columns occurs, the most frequent first."""
    counted = frame.group_by(*columns).agg(pl.len().alias("count"))
    return counted.sort("count", *columns, descending=[True, *(False for _ in columns)])


def sites_by_month(posts: LazyFrame) -> LazyFrame:
    dated = posts.filter(col("host").is_not_null() & col("date_text").is_not_null())
    return dated.group_by("host", col("date_text").str.slice(0, 7)).agg(pl.len()).sort("host", "date_text")


def failed_posts(posts: LazyFrame) -> LazyFrame:
    failed = posts.filter(col("error").is_not_null())
    return failed.select("path", "error_line", "error_column", "error").sort("path")


def longest_posts(posts: LazyFrame) -> LazyFrame:
    longest = posts.filter(col("word_count") > 0).sort("word_count", "path", descending=[True, False])
    return longest.select("path", "title", "word_count").head(10)


def tags(posts: LazyFrame) -> LazyFrame:
    return count(posts.select("tags").filter(col("tags").list.len() > 0).explode("tags"), "tags")


def images_without_alt(posts: LazyFrame) -> LazyFrame:
    images = inside(posts, "figures").filter((col("type") == "image") & (col("alt").fill_null("") == ""))
    return images.select("of_path", "url").sort("of_path", "url")


def linked_sites(posts: LazyFrame) -> LazyFrame:
    parts = col("url").str.split("/").list
    links = inside(posts, "links").filter(col("url").str.contains("^http.*://"))
    counted = links.group_by(parts.get(2).alias("site")).agg(pl.len(), col("of_path").n_unique())
    return counted.sort("len", "site", descending=[True, False]).head(20)


def headings(posts: LazyFrame) -> LazyFrame:
    found = inside(posts, "blocks").filter(col("type") == "heading").sort("of_path", "start")
    return found.select("of_path", "level", text_between())


def removals(posts: LazyFrame) -> LazyFrame:
    return count(inside(posts, "removals").with_columns(col("rule").fill_null("")), "kind", "rule")


def bodies(posts: LazyFrame) -> LazyFrame:
    read = posts.filter(col("error").is_null())
    body = [col("body_format").fill_null(""), col("html_engine").fill_null("")]
    counted = read.group_by(*body).agg(pl.len(), col("source_bytes").sum())
    return counted.sort("len", "body_format", "html_engine", descending=[True, False, False])


def captions(posts: LazyFrame) -> LazyFrame:
    found = inside(posts, "figures").filter(col("start").is_not_null()).sort("of_path", "url")
    return found.select("of_path", "url", col("credit").fill_null(""), text_between())


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

"""The answers to the ten questions, counted from the posts as JSON lines, without the table."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

# A Chinese or Japanese character, as the crate has them.
CJK = (
    "\u2e80-\u303f\u3040-\u312f\u3190-\u31ff\u3220-\u325f\u3280-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe10-\ufe1f"
    "\ufe30-\ufe6f\uff01-\uff9f\uffe0-\uffe6\U00016fe0-\U00018cff\U0001aff0-\U0001b2ff\U00020000-\U0003ffff"
)
# Each such character, and each piece between them and white space.
PIECE = re.compile(f"[{CJK}]|[^{CJK}\\s]+")


@dataclass
class Posts:
    """The objects of `offprint convert --format jsonl --report -`, and those of the posts that failed."""

    read: list[dict]
    failed: list[dict]


def walk(blocks: list[dict]) -> Iterator[dict]:
    """All blocks in the order of the article."""
    for block in blocks:
        yield block
        yield from walk(block.get("blocks", []))
        for item in block.get("items", []):
            yield from walk(item["blocks"])
        for row in block.get("rows", []):
            for cell in row:
                yield from walk(cell["blocks"])


def texts(post: dict) -> Iterator[dict]:
    """All texts, with their marks."""
    for block in walk(post["blocks"]):
        if "text" in block:
            yield block
        if "caption" in block:
            yield block["caption"]


def figures(post: dict) -> Iterator[tuple[dict, dict]]:
    """Each medium, with its figure."""
    for block in walk(post["blocks"]):
        if block["type"] == "figure":
            for medium in block["media"]:
                yield block, medium


def word_count(post: dict) -> int:
    return sum(
        any(c.isalnum() for c in piece) for text in texts(post) for piece in PIECE.findall(text["text"])
    )


def site(post: dict) -> str | None:
    url = post["meta"].get("from") or post.get("prelude", {}).get("heading", {}).get("url")
    return urlsplit(url).hostname if url else None


def sites_by_month(posts: Posts) -> list[tuple]:
    months = Counter(
        (site(post), post["meta"]["date"][:7]) for post in posts.read if site(post) and "date" in post["meta"]
    )
    return sorted((*site_and_month, count) for site_and_month, count in months.items())


def failed_posts(posts: Posts) -> list[tuple]:
    errors = [(post["path"], post["error"]) for post in posts.failed]
    return sorted((path, error["line"], error["column"], error["message"]) for path, error in errors)


def longest_posts(posts: Posts) -> list[tuple]:
    counts = [(post["path"], post["meta"].get("title"), word_count(post)) for post in posts.read]
    return sorted((row for row in counts if row[2] > 0), key=lambda row: (-row[2], row[0]))[:10]


def tags(posts: Posts) -> list[tuple]:
    return most(Counter(tag for post in posts.read for tag in post["meta"].get("tags", [])))


def images_without_alt(posts: Posts) -> list[tuple]:
    return sorted(
        (post["path"], medium["src"])
        for post in posts.read
        for _, medium in figures(post)
        if medium["type"] == "image" and not medium.get("alt")
    )


def linked_sites(posts: Posts) -> list[tuple]:
    links = [
        (mark["href"].split("/")[2], post["path"])
        for post in posts.read
        for text in texts(post)
        for mark in text.get("marks", [])
        if mark["type"] == "link" and re.match("http[^/]*://", mark["href"])
    ]
    linking = Counter(site for site, _ in set(links))
    return [(site, count, linking[site]) for site, count in most(Counter(site for site, _ in links))[:20]]


def headings(posts: Posts) -> list[tuple]:
    return [
        (post["path"], block["level"], block["text"])
        for post in sorted(posts.read, key=lambda post: post["path"])
        for block in walk(post["blocks"])
        if block["type"] == "heading"
    ]


def removals(posts: Posts) -> list[tuple]:
    found = [removal for post in posts.read for removal in post["report"].get("removals", [])]
    return most(Counter((removal["kind"], removal.get("rule", "")) for removal in found))


def bodies(posts: Posts) -> list[tuple]:
    count, size = Counter(), Counter()
    for post in posts.read:
        body = (post["report"].get("body_format", ""), post["report"].get("html_engine", ""))
        count[body] += 1
        size[body] += os.path.getsize(post["path"])
    return [(*row, size[row[:2]]) for row in most(count)]


def captions(posts: Posts) -> list[tuple]:
    return sorted(
        (post["path"], medium["src"], figure.get("credit", ""), figure["caption"]["text"])
        for post in posts.read
        for figure, medium in figures(post)
        if "caption" in figure
    )


def most(counts: Counter) -> list[tuple]:
    """What was counted, with its count, the most frequent first."""
    rows = [(*(key if isinstance(key, tuple) else (key,)), count) for key, count in counts.items()]
    return sorted(rows, key=lambda row: (-row[-1], row))


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

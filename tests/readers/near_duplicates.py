"""Tests near_duplicates.sql on made fingerprints; with a folder of Parquet files, runs it on these.

    python near_duplicates.py [FOLDER]

Needs the package `duckdb`, as in requirements.txt.
"""

import itertools
import random
import sys
import tempfile
from pathlib import Path

import duckdb

RECIPE = Path(__file__).with_name("near_duplicates.sql").read_text(encoding="utf-8")
ALL = 2**64 - 1


def run(connection):
    """Runs the recipe, and returns what it says at the end: a number for each name."""
    result = connection.execute(RECIPE)
    names = [column[0] for column in result.description]
    (numbers,) = result.fetchall()
    return dict(zip(names, numbers, strict=True))


def signed(bits):
    return bits - 2**64 if bits >> 63 else bits


def flipped(bits, places):
    for place in places:
        bits ^= 1 << place
    return bits


def made_posts():
    """Posts (path, fingerprint, text hash), and the pairs (path, path, bits) that are to be found."""
    posts, pairs = [], []
    chance = random.Random(16)

    def add(path, fingerprint, text_hash=None):
        if text_hash is None:
            text_hash = signed(chance.getrandbits(64))
        posts.append((path, None if fingerprint is None else signed(fingerprint), text_hash))

    # Two texts with each number of bits between them, at any places; at the edges of bands and of the number.
    places = [chance.sample(range(64), bits) for bits in range(12) for _ in range(50)]
    edges = [0, 12, 13, 25, 26, 38, 39, 51, 52, 63]
    places += [list(some) for bits in range(4) for some in itertools.combinations(edges, bits)]
    for n, some in enumerate(places):
        fingerprint = chance.getrandbits(64)
        add(f"pair/{n:04}/a", fingerprint)
        add(f"pair/{n:04}/b", flipped(fingerprint, some))
        if len(some) <= 3:
            pairs.append((f"pair/{n:04}/a", f"pair/{n:04}/b", len(some)))
    # All bits, and none: as signed numbers, -1 and 0, and the greatest and the least.
    for n, fingerprint in enumerate([0, ALL, 1 << 63, ALL >> 1]):
        add(f"edge/{n}", fingerprint)
    pairs += [("edge/0", "edge/2", 1), ("edge/1", "edge/3", 1)]
    # A text of a thousand posts, which crowds nothing, and one near to it. A short one, which has no fingerprint.
    text = chance.getrandbits(64)
    for n in range(1000):
        add(f"same/{n:03}", text, text_hash=1)
    add("same/near", flipped(text, [7, 30]))
    pairs.append(("same/000", "same/near", 2))
    add("short/a", None, text_hash=2)
    add("short/b", None, text_hash=2)
    # Posts that could not be read.
    posts += [(f"error/{n}", None, None) for n in range(3)]
    return posts, pairs


def crowd(chance, bits, size):
    """Fingerprints of which the lowest bits are equal, and more than three of the others differ."""
    low = chance.getrandbits(bits)
    made = []
    while len(made) < size:
        fingerprint = chance.getrandbits(64 - bits) << bits | low
        if all((fingerprint ^ other).bit_count() > 3 for other in made):
            made.append(fingerprint)
    return made


def connection_with(posts):
    connection = duckdb.connect()
    connection.execute("CREATE TABLE posts (path VARCHAR, fingerprint BIGINT, text_hash BIGINT)")
    connection.executemany("INSERT INTO posts VALUES (?, ?, ?)", posts)
    return connection


def near_duplicates(connection):
    return connection.execute("FROM near_duplicates").fetchall()


def test_all_pairs_within_three_bits_are_found():
    posts, pairs = made_posts()
    connection = connection_with(posts)
    summary = run(connection)
    assert near_duplicates(connection) == sorted(pairs)
    assert summary == {
        "posts": len(posts),
        "posts_without_fingerprint": 5,
        "texts": len(posts) - 5 - 999,
        "texts_of_several_posts": 2,
        "near_duplicates": len(pairs),
        "values_left_out": 0,
        "texts_left_out_somewhere": 0,
        "texts_left_out": 0,
    }, summary
    exact = connection.execute("SELECT text_hash, copies, paths[1] FROM exact_duplicates ORDER BY ALL").fetchall()
    assert exact == [(1, 1000, "same/000"), (2, 2, "short/a")], exact
    # Another number of bits.
    connection.execute("SET VARIABLE most_bits = 1")
    run(connection)
    assert near_duplicates(connection) == sorted(pair for pair in pairs if pair[2] <= 1)


def test_crowded_values_are_left_out_and_counted():
    chance = random.Random(17)
    posts, pairs = made_posts()

    def add(folder, fingerprints):
        for n, fingerprint in enumerate(fingerprints):
            posts.append((f"{folder}/{n:03}", signed(fingerprint), signed(chance.getrandbits(64))))

    # The lowest two bands are equal: one value is crowded. Two of the texts are near, and found by other bands.
    some = crowd(chance, 26, 150)
    add("crowd", [*some, flipped(some[0], [40])])
    pairs.append(("crowd/000", "crowd/150", 1))
    # The lowest three bands are equal: three values. As many as are allowed: none.
    add("three", crowd(chance, 39, 101))
    add("hundred", crowd(chance, 39, 100))
    # Texts that have nearly all in common, by the hundred: all ten values are crowded, and no pair is found.
    fingerprint = chance.getrandbits(64)
    add("all", [fingerprint] * 120)
    connection = connection_with(posts)
    summary = run(connection)
    assert near_duplicates(connection) == sorted(pairs)
    assert summary["values_left_out"] == 1 + 3 + 10, summary
    assert summary["texts_left_out_somewhere"] == 151 + 101 + 120, summary
    assert summary["texts_left_out"] == 120, summary
    crowded = connection.execute("SELECT texts, count(*) FROM crowded GROUP BY texts ORDER BY texts").fetchall()
    assert crowded == [(101, 3), (120, 10), (151, 1)], crowded
    # A higher number lets them in.
    connection.execute("SET VARIABLE most_texts = 1000")
    summary = run(connection)
    assert summary["values_left_out"] == summary["texts_left_out_somewhere"] == 0, summary
    assert summary["near_duplicates"] == len(pairs) + 120 * 119 // 2, summary


def test_parquet_files_are_read():
    posts, pairs = made_posts()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "it's" / "below").mkdir(parents=True)
        for n, file in enumerate(["it's/a.parquet", "it's/below/b.parquet"]):
            to = str(Path(folder) / file).replace("'", "''")
            connection_with(posts[n::2]).execute(f"COPY posts TO '{to}'")
        connection = connection_on_files(Path(folder) / "it's")
        summary = run(connection)
        assert (summary["posts"], near_duplicates(connection)) == (len(posts), sorted(pairs)), summary


def connection_on_files(folder):
    connection = duckdb.connect()
    files = str(Path(folder) / "**" / "*.parquet").replace("'", "''")
    connection.execute(f"CREATE VIEW posts AS FROM '{files}'")
    return connection


def report(folder):
    connection = connection_on_files(folder)
    for name, number in run(connection).items():
        print(f"{name.replace('_', ' '):>26} {number:>12,}")
    connection.sql("SELECT bits, count(*) AS pairs FROM near_duplicates GROUP BY bits ORDER BY bits").show()
    connection.sql("FROM near_duplicates LIMIT 20").show()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(__doc__)
    if len(sys.argv) == 2:
        report(sys.argv[1])
    else:
        test_all_pairs_within_three_bits_are_found()
        test_crowded_values_are_left_out_and_counted()
        test_parquet_files_are_read()
        print("near_duplicates: all pairs found, all that was left out counted")

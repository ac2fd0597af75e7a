"""Many posts, made of the project's own."""

from pathlib import Path

TESTS = Path(__file__).parent.parent


def copy_posts(folder: Path, copies: int) -> int:
    """Writes copies of all posts to the folder, each with a text of its own; returns how many there are."""
    files = [path for root in (TESTS / "data", TESTS / "readers/posts") for path in sorted(root.rglob("*"))]
    posts = [(path.name, path.read_bytes()) for path in files if path.suffix in (".md", ".html")]
    for copy in range(copies):
        inside = folder / f"{copy:03}"
        inside.mkdir(parents=True)
        for index, (name, source) in enumerate(posts):
            note = f"\n\n<p>Copy {copy} in {folder.name}.</p>\n".encode()
            (inside / f"{index:03}-{name}").write_bytes(source + note)
    return copies * len(posts)

//! The option `--limit`.

use crate::archive::Archive;

const KNOWN: &str = "input_bytes, metadata_bytes, depth, attributes, nodes";

#[test]
fn a_limit_can_be_lowered_and_raised() {
    let archive = Archive::new();
    archive.add("a.md", "---\ntitle: tea\n---\n<p>0123456789</p>");
    archive.convert("a.md").expect(0, "");
    for limit in ["input_bytes=10", "input-bytes=1_0", "metadata_bytes=3", "nodes=0"] {
        let arguments = format!("a.md --engine reference --limit {limit}");
        let run = archive.convert(&arguments);
        assert_eq!(run.code, Some(1), "{arguments}: {}", run.stderr);
        assert_eq!(run.stdout, "");
        let (name, number) = limit.split_once('=').unwrap();
        let number = number.replace('_', "");
        assert!(run.stderr.contains(&number), "{name}: {}", run.stderr);
    }
    archive.convert("a.md --limit input_bytes=10 --limit input_bytes=10_000").expect(0, "");
    archive.convert(&format!("a.md --limit input_bytes={}", usize::MAX)).expect(0, "");
    for limit in ["depth=1024", "depth=1", "attributes=0", "attributes=9", "nodes=5_000_000"] {
        archive.convert(&format!("a.md --limit {limit}")).expect(0, "");
    }
}

#[test]
fn as_much_of_a_post_is_read_as_the_limit_says() {
    let archive = Archive::new();
    archive.add("large.md", "x".repeat((64 << 20) + 1));
    let message = "large.md:1:67108865: too many bytes of input: the limit is 67108864";
    let run = archive.convert("large.md");
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.starts_with(message), "{}", run.stderr);
    let run = archive.convert("large.md --limit input_bytes=67_108_865 --format text").expect(0, "");
    assert_eq!(run.stdout.len(), (64 << 20) + 2);
}

#[test]
fn a_limit_that_is_not_one_is_bad_usage() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>");
    for (limit, message) in [
        ("nodes", format!("not NAME=N, in which NAME is one of {KNOWN}")),
        ("dept=3", format!("no limit is called `dept`: the limits are {KNOWN}")),
        ("=3", format!("no limit is called ``: the limits are {KNOWN}")),
        ("Depth=3", format!("no limit is called `Depth`: the limits are {KNOWN}")),
        ("nodes=", format!("`` is not a whole number, such as 1_000_000; the limits are {KNOWN}")),
        ("nodes=_", format!("`_` is not a whole number, such as 1_000_000; the limits are {KNOWN}")),
        ("nodes=+3", format!("`+3` is not a whole number, such as 1_000_000; the limits are {KNOWN}")),
        ("nodes=1e6", format!("`1e6` is not a whole number, such as 1_000_000; the limits are {KNOWN}")),
        ("nodes=-1", format!("`-1` is not a whole number, such as 1_000_000; the limits are {KNOWN}")),
        (
            "nodes=99999999999999999999999",
            format!("`99999999999999999999999` is too large a number; the limits are {KNOWN}"),
        ),
        ("depth=1025", format!("`depth` can be at most 1024; the limits are {KNOWN}")),
    ] {
        let expected = format!(
            "error: invalid value '{limit}' for '--limit <NAME=N>': {message}\n\n\
             For more information, try '--help'.\n"
        );
        archive.convert(&format!("a.md --limit {limit}")).expect(2, &expected);
    }
}

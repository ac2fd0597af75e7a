//! What is read, and in which order.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::archive::{Archive, ODD, Run};

#[test]
fn a_post_is_one_line() {
    let archive = Archive::new();
    archive.add("posts/tea.md", ODD);
    let run = archive.convert("posts/tea.md").expect(0, "");
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(run.stdout.ends_with('\n'));
    assert!(run.stdout.starts_with(r#"{"path":"posts/tea.md","meta":{"title":"Tea","#), "{}", run.stdout);
    let expected = json!({
        "path": "posts/tea.md",
        "meta": {"title": "Tea", "from": "https://example.org/tea"},
        "prelude": {"heading": {"text": "Coffee", "url": "https://example.org/tea"}},
        "blocks": [{"type": "paragraph", "text": "Boil the water."}, {"type": "paragraph", "text": "Wait."}],
    });
    assert_eq!(run.lines(), [expected]);
}

#[test]
fn lines_are_in_the_order_of_the_paths_whatever_the_number_of_jobs() {
    let archive = Archive::new();
    for number in (0..700).rev() {
        // Long and short posts, so that they end in another order than they began.
        let text = "word ".repeat(1 + (number % 7) * (number % 5) * 300);
        archive.add(&format!("{}/{number:03}.md", number % 3), format!("<p>{number} {text}</p>"));
        if number % 50 == 0 {
            archive.add(&format!("{}/{number:03}-bad.md", number % 3), "---\nno end\n");
        }
    }
    let one = archive.convert(". --jobs 1 --report reports-1.jsonl");
    assert_eq!(one.code, Some(1));
    assert_eq!((one.lines().len(), one.stderr.lines().count()), (700, 14));
    let mut sorted = one.paths();
    sorted.sort();
    assert_eq!(one.paths(), sorted);
    for jobs in [2, 8] {
        let many = archive.convert(&format!(". --jobs {jobs} --report reports.jsonl"));
        assert!(many.stdout == one.stdout, "{jobs} jobs");
        assert_eq!(many.stderr, one.stderr, "{jobs} jobs");
        assert!(archive.read("reports.jsonl") == archive.read("reports-1.jsonl"), "{jobs} jobs");
    }
}

/// Each thread opens the file that it reads, and no more: shells of some systems allow few.
#[cfg(unix)]
#[test]
fn few_files_are_open_at_a_time() {
    let archive = Archive::new();
    for number in 0..300 {
        archive.add(&format!("{number}.md"), format!("<p>{number}</p>"));
    }
    let plain = archive.command(". --jobs 4");
    let run = Command::new("sh")
        .args(["-c", "ulimit -n 32 && exec \"$0\" \"$@\""])
        .arg(plain.get_program())
        .args(plain.get_args())
        .current_dir(archive.path())
        .output()
        .unwrap();
    assert_eq!(Run::of(run).expect(0, "").lines().len(), 300);
}

#[test]
fn folders_are_walked_for_posts() {
    let archive = Archive::new();
    for path in [
        "b.md",
        "a/z.markdown",
        "a/y.HTML",
        "a/b/c/x.htm",
        "a.html",
        "a/note.txt",
        "a/md",
        ".git/h.md",
        "a/.i.md",
    ] {
        archive.add(path, "<p>x</p>");
    }
    let run = archive.convert(".").expect(0, "");
    assert_eq!(run.paths(), ["./a/b/c/x.htm", "./a/y.HTML", "./a/z.markdown", "./a.html", "./b.md"]);
    let named = archive.convert("a/note.txt a/.i.md .git").expect(0, "");
    assert_eq!(named.paths(), [".git/h.md", "a/.i.md", "a/note.txt"]);
}

#[test]
fn a_post_that_is_named_twice_is_converted_once() {
    let archive = Archive::new();
    archive
        .add("a/1.md", "<p>1</p>")
        .add("a/2.md", "<p>2</p>")
        .add("a/2.txt", "<p>t</p>")
        .add("b.md", "<p>b</p>");
    let run = archive.convert("b.md a/2.md a a/2.txt ./a/1.md a b.md a/2.md").expect(0, "");
    assert_eq!(run.lines().len(), 4);
    let texts: Vec<_> = run.lines().iter().map(|line| line["blocks"][0]["text"].clone()).collect();
    assert_eq!(texts, ["1", "2", "t", "b"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_end() {
    use std::os::unix::fs::symlink;

    let archive = Archive::new();
    archive.add("a/1.md", "<p>1</p>").add("elsewhere/2.md", "<p>2</p>");
    symlink("..", archive.path().join("a/up")).unwrap();
    symlink(".", archive.path().join("a/here")).unwrap();
    symlink("../elsewhere", archive.path().join("a/there")).unwrap();
    symlink("gone.txt", archive.path().join("a/dead")).unwrap();
    let run = archive.convert(".").expect(0, "");
    assert_eq!(run.paths(), ["./a/1.md", "./a/there/2.md", "./elsewhere/2.md"]);

    symlink("gone.md", archive.path().join("a/dead.md")).unwrap();
    let run = archive.convert(".").expect(1, "./a/dead.md: No such file or directory (os error 2)\n");
    assert_eq!(run.lines().len(), 3);
}

#[test]
fn standard_input_is_a_post() {
    let archive = Archive::new();
    archive.add("a.md", "<p>a</p>");
    let mut child = archive.command("a.md - -").stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"---\ntitle: Tea\n---\n<p>b</p>").unwrap();
    let run = Run::of(child.wait_with_output().unwrap()).expect(0, "");
    assert_eq!(run.paths(), ["-", "a.md"]);
    assert_eq!(run.lines()[0]["meta"], json!({"title": "Tea"}));
}

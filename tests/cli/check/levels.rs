//! Which findings the user wants, the exit status, and the summary.

use std::io::Write;
use std::process::Stdio;

use super::{HEAD, check};
use crate::archive::{Archive, Run};

/// A post in which two things are found, one in which nothing is, and one that cannot be read.
fn posts() -> Archive {
    let archive = Archive::new();
    archive.add("a.md", "---\ntitle: Tea\ntitle: Cup\n---\n<p>Boil water.</p>\n");
    archive.add("b.md", [HEAD, "<p>Wait.</p>\n"].concat());
    archive.add("c.md", "---\n- Tea\n---\n<p>Pour.</p>\n");
    archive
}

const DATE: &str = "a.md: warning[missing_date]: the post has no `date`\n";
const KEY: &str = "a.md:3:1: warning[duplicate_key]: the key `title` stands twice: its last value counts\n";
const LIST: &str =
    "c.md:2:1: error[not_a_mapping]: front matter is a list: expected a mapping of keys to values\n";

#[test]
fn errors_decide_the_exit_status() {
    let archive = posts();
    let run = check(&archive, "b.md").expect(0, "1 post checked, nothing found\n");
    assert_eq!(run.stdout, "");
    let warnings = "1 duplicate_key\n1 missing_date\n2 posts checked: 0 errors and 2 warnings in 1 of them\n";
    let run = check(&archive, "a.md b.md").expect(0, warnings);
    assert_eq!(run.stdout, [DATE, KEY].concat());
    let errors = "1 duplicate_key\n1 missing_date\n1 not_a_mapping\n\
                  3 posts checked: 1 error and 2 warnings in 2 of them\n";
    // A path that is named twice is one post.
    let run = check(&archive, "c.md a.md b.md c.md ./a.md").expect(1, errors);
    assert_eq!(run.stdout, [DATE, KEY, LIST].concat());
    check(&archive, "a.md --quiet").expect(0, "");
}

#[test]
fn levels_are_what_the_user_says() {
    let archive = posts();
    let error = |line: &str| line.replace("warning[", "error[");
    for (options, code, lines) in [
        ("", 1, vec![DATE.to_owned(), KEY.to_owned(), LIST.to_owned()]),
        ("--allow missing_date", 1, vec![KEY.to_owned(), LIST.to_owned()]),
        ("--allow missing-date,duplicate_key", 1, vec![LIST.to_owned()]),
        ("-A missing_date -A duplicate_key", 1, vec![LIST.to_owned()]),
        ("--allow all", 1, vec![LIST.to_owned()]),
        ("--allow all --warn missing_date", 1, vec![DATE.to_owned(), LIST.to_owned()]),
        ("--deny missing_date", 1, vec![error(DATE), KEY.to_owned(), LIST.to_owned()]),
        ("--deny missing_date,not_a_mapping", 1, vec![error(DATE), KEY.to_owned(), LIST.to_owned()]),
        ("-D all -W duplicate_key", 1, vec![error(DATE), KEY.to_owned(), LIST.to_owned()]),
        ("--deny all -A duplicate_key", 1, vec![error(DATE), LIST.to_owned()]),
        ("--require date --warn missing_date -A duplicate_key", 1, vec![DATE.to_owned(), LIST.to_owned()]),
        ("--require date --allow all", 1, vec![error(DATE), LIST.to_owned()]),
    ] {
        let run = check(&archive, format!("a.md b.md c.md -q {options}").trim_end()).expect(code, "");
        assert_eq!(run.stdout, lines.concat(), "{options}");
    }
    check(&archive, "a.md b.md -q --allow all").expect(0, "");
    check(&archive, "a.md b.md -q --deny duplicate_key --allow missing_date").expect(1, "");
}

#[test]
fn levels_that_cannot_be_are_bad_usage() {
    let archive = posts();
    for (options, message) in [
        ("--allow all --deny all", "--allow and --deny are both given for `all`"),
        ("--warn bad_date --deny bad-date", "--warn and --deny are both given for `bad_date`"),
        ("--allow invalid_yaml", "--allow is not for `invalid_yaml`: a post that cannot be read is an error"),
        ("--warn unreadable", "--warn is not for `unreadable`: a post that cannot be read is an error"),
    ] {
        let run = check(&archive, &format!("a.md {options}")).expect(2, &format!("offprint: {message}\n"));
        assert_eq!(run.stdout, "");
    }
    let list = check(&archive, "--list").expect(0, "").stdout;
    let codes: Vec<&str> = list.lines().filter_map(|line| line.split(' ').next()).collect();
    let run = check(&archive, "a.md --deny bad_dates");
    let message = format!(
        "error: invalid value 'bad_dates' for '--deny <CODE>': no finding has this code: \
         the codes are all, {}\n",
        codes.join(", ")
    );
    assert!(run.code == Some(2) && run.stderr.starts_with(&message), "{}", run.stderr);
    for usage in ["--format xml a.md", "--deny", "-q"] {
        assert_eq!(check(&archive, usage).code, Some(2), "{usage}");
    }
    let gone = "offprint: cannot read gone.md: No such file or directory (os error 2)\n";
    check(&archive, "a.md gone.md").expect(2, gone);
    archive.add("empty/notes.txt", "");
    check(&archive, "empty").expect(2, "offprint: no posts found in empty\n");
}

#[test]
fn the_list_says_what_each_code_means_and_its_level() {
    let archive = Archive::new();
    let list = check(&archive, "--list").expect(0, "").stdout;
    let default = "missing_date            warning  no date: no `date`, none in the file's name, no stamp\n";
    assert!(list.contains(default), "{list}");
    assert!(
        list.contains("\nnear_duplicate          off      nearly the article of an earlier post\n"),
        "{list}"
    );
    assert!(
        list.starts_with("unreadable              error    a file or a folder cannot be read\n"),
        "{list}"
    );
    let list = check(&archive, "--list --deny missing_date --warn near_duplicate").expect(0, "").stdout;
    assert!(list.contains(&default.replace("warning", "error  ")), "{list}");
    assert!(list.contains("\nnear_duplicate          warning  "), "{list}");
}

#[test]
fn standard_input_is_a_post() {
    let archive = Archive::new();
    let mut child = archive.offprint(&["check", "-", "-q"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"---\ntitle: Tea\n---\n<p>Boil water.</p>\n").unwrap();
    let run = Run::of(child.wait_with_output().unwrap()).expect(0, "");
    assert_eq!(run.stdout, "-: warning[missing_date]: the post has no `date`\n");
}

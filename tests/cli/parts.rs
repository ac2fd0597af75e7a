//! Parts of the input.

use std::collections::BTreeSet;
use std::fs;

use serde_json::json;

use crate::archive::Archive;
use crate::shards::{FAILED, archive, files, names, rows_of_folder};

#[test]
fn the_parts_are_the_whole() {
    let archive = archive();
    let whole = archive.convert("in");
    for count in [1, 2, 3, 7, 40, 100] {
        let runs: Vec<_> =
            (1..=count).map(|number| archive.convert(&format!("in --part {number}/{count}"))).collect();
        let all: String = runs.iter().map(|run| run.stdout.as_str()).collect();
        assert!(all == whole.stdout, "{count} parts");
        let messages: String = runs.iter().map(|run| run.stderr.as_str()).collect();
        assert_eq!(messages, whole.stderr, "{count} parts");
    }
}

#[test]
fn the_parts_have_the_same_number_of_bytes() {
    let archive = Archive::new();
    for number in 0..40 {
        archive.add(&format!("in/{number:02}.md"), "x".repeat(100));
    }
    archive.add("in/40.md", "").add("in/20.5.md", "").add("in/0.md", "");
    let posts = |part: &str| archive.convert(&format!("in --part {part}")).expect(0, "").paths().len();
    assert_eq!(["1/4", "2/4", "3/4", "4/4"].map(posts), [11, 10, 11, 11]);

    fs::remove_dir_all(archive.path().join("in")).unwrap();
    archive.add("in/a.md", "").add("in/b.md", "");
    assert_eq!(["1/3", "2/3", "3/3"].map(posts), [0, 0, 2], "posts without a byte are not lost");
}

#[test]
fn all_formats_have_parts() {
    let archive = Archive::new();
    for name in ["a", "b", "c", "d"] {
        archive.add(&format!("in/{name}.md"), format!("<p>{name}</p>"));
    }
    for number in [1, 2] {
        archive.convert(&format!("in --part {number}/2 --format text --output texts")).expect(0, "");
        let paths = archive.convert(&format!("in --part {number}/2 --report report")).expect(0, "").paths();
        assert_eq!(paths, [["in/a.md", "in/b.md"], ["in/c.md", "in/d.md"]][number - 1]);
        assert_eq!(archive.read("report").lines().count(), 2);
    }
    assert_eq!(names(&archive.path().join("texts")), ["a.txt", "b.txt", "c.txt", "d.txt"]);
}

#[test]
fn all_parts_of_a_table_go_to_one_folder() {
    let archive = archive();
    let arguments = "in --format parquet --shard-bytes 20K --output";
    archive.convert(&format!("{arguments} whole"));
    for number in [3, 1, 2] {
        archive.convert(&format!("{arguments} out --part {number}/3"));
    }
    let out = archive.path().join("out");
    let rows = rows_of_folder(&out);
    assert_eq!(rows, rows_of_folder(&archive.path().join("whole")));
    assert_eq!(rows.iter().filter(|(_, error)| error.is_some()).count(), FAILED);
    let parts: BTreeSet<String> = names(&out)
        .iter()
        .filter(|name| name.starts_with("posts-"))
        .map(|name| name[..12].to_owned())
        .collect();
    assert_eq!(parts, ["posts-1-of-3", "posts-2-of-3", "posts-3-of-3"].map(str::to_owned).into());
    let manifests: Vec<serde_json::Value> = (1..=3)
        .map(|number| {
            serde_json::from_str(&archive.read(&format!("out/manifest-{number}-of-3.json"))).unwrap()
        })
        .collect();
    assert!(manifests.iter().all(|manifest| manifest["complete"] == json!(true)));
    assert!(manifests.iter().all(|manifest| manifest["input"] == manifests[0]["input"]));

    // One part again, after a loss.
    let before = files(&out);
    fs::remove_file(out.join("posts-2-of-3-00001.parquet")).unwrap();
    archive.convert(&format!("{arguments} out --part 2/3"));
    assert!(files(&out) == before);
}

#[test]
fn other_parts_do_not_go_to_the_folder() {
    let archive = archive();
    let convert = |folder: &str, part: &str| format!("in --format parquet --output {folder}{part}");
    archive.convert(&convert("parts", " --part 1/3"));
    archive.convert(&convert("whole", ""));
    let other = |folder: &str, file: &str| {
        format!(
            "cannot write to {folder}: it holds {file}, which is of another division of the input; \
            write to another folder"
        )
    };
    archive.refuses(&convert("parts", " --part 1/4"), &other("parts", "manifest-1-of-3.json"));
    archive.refuses(&convert("parts", ""), &other("parts", "manifest-1-of-3.json"));
    archive.refuses(&convert("whole", " --part 1/3"), &other("whole", "manifest.json"));
    fs::remove_file(archive.path().join("parts/manifest-1-of-3.json")).unwrap();
    archive.refuses(
        &convert("parts", " --part 1/3"),
        "cannot write to parts: it holds posts-1-of-3-00001.parquet, which is of a run that has left no \
        manifest; write to another folder",
    );
    // It is another's to care for.
    archive.convert(&convert("parts", " --part 2/3"));
    assert!(names(&archive.path().join("parts")).contains(&"posts-2-of-3-00001.parquet".to_owned()));
}

#[test]
fn parts_of_different_tables_are_not_mixed() {
    let archive = archive();
    let convert = |options: &str| format!("in --format parquet --output out {options}");
    archive.convert(&convert("--part 1/2"));
    let refused = |options: &str, message: &str| {
        let message =
            format!("cannot go on in out: out/manifest-1-of-2.json {message}; write to another folder");
        archive.refuses(&convert(options), &message);
    };
    refused("--part 2/2 --furniture", "is of a run without --furniture, and this one is with --furniture");
    archive.add("in/00.md", "<p>another</p>");
    refused(
        "--part 2/2",
        "is of another input: files were added, taken away, written to, or named otherwise",
    );
    assert_eq!(names(&archive.path().join("out")), ["manifest-1-of-2.json", "posts-1-of-2-00001.parquet"]);
}

#[test]
fn standard_input_has_no_parts() {
    let archive = Archive::new();
    archive.add("a.md", "<p>x</p>");
    let message = "--part reads the input twice, and standard input and pipes can be read once";
    archive.refuses("a.md - --part 1/2", message);
    archive.refuses("- --input-format jsonl --part 1/2", message);
    #[cfg(unix)]
    archive.refuses("/dev/null --input-format jsonl --part 1/2", message);
}

#[test]
fn records_have_parts() {
    let archive = Archive::new();
    let record = |number: usize| {
        format!("{}\n", json!({"path": format!("{number}.md"), "source": "x".repeat(number * 7 % 50)}))
    };
    archive.add("a.jsonl", (0..20).map(record).collect::<String>());
    archive.add("b.jsonl", (20..50).map(record).collect::<String>());
    let convert = "b.jsonl a.jsonl --input-format jsonl";
    let whole = archive.convert(convert).expect(0, "").paths();
    assert_eq!((whole[0].as_str(), whole.len()), ("20.md", 50));
    for count in [2, 5, 60] {
        let parts = (1..=count).flat_map(|number| {
            archive.convert(&format!("{convert} --part {number}/{count}")).expect(0, "").paths()
        });
        assert_eq!(parts.collect::<Vec<_>>(), whole, "{count} parts");
    }
}

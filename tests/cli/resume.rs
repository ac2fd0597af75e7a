//! Runs that go on where another ended.

use std::fs;
use std::time::Duration;

use serde_json::Value;

use crate::archive::{Archive, ODD, Run, lines};
use crate::shards::{FAILED, archive, files, names};

const ARGUMENTS: &str = "in --format parquet --shard-bytes 20K --output";

#[test]
fn a_shard_that_is_missing_is_made_again() {
    let archive = archive();
    let first = archive.convert(&format!("{ARGUMENTS} out"));
    let out = archive.path().join("out");
    let before = files(&out);
    let shards: Vec<_> = names(&out).into_iter().filter(|name| name.ends_with(".parquet")).collect();
    assert!(shards.len() > 4);
    let time = |name: &str| fs::metadata(out.join(name)).unwrap().modified().unwrap();
    for lost in [&shards[..1], &shards[1..3], &shards[shards.len() - 1..], &shards[..], &[]] {
        for name in lost {
            fs::remove_file(out.join(name)).unwrap();
        }
        let kept: Vec<_> = shards.iter().filter(|name| !lost.contains(name)).collect();
        let times: Vec<_> = kept.iter().map(|name| time(name)).collect();
        let run = archive.convert(&format!("{ARGUMENTS} out --jobs 2"));
        assert_eq!(run.code, first.code);
        assert!(files(&out) == before, "{lost:?}");
        assert_eq!(kept.iter().map(|name| time(name)).collect::<Vec<_>>(), times);
        // Only the posts that are read again are told of.
        assert!(run.stderr.lines().all(|line| first.stderr.contains(line)));
        let is_told = lost.len() == shards.len();
        assert_eq!(run.stderr.lines().count() == FAILED, is_told, "{lost:?}");
    }
}

#[test]
fn what_is_not_whole_is_made_again() {
    let archive = archive();
    archive.convert(&format!("{ARGUMENTS} out"));
    let out = archive.path().join("out");
    let before = files(&out);
    let shard = out.join("posts-00002.parquet");
    let cut = fs::read(&shard).unwrap();
    fs::write(&shard, &cut[..cut.len() / 2]).unwrap();
    archive.convert(&format!("{ARGUMENTS} out"));
    assert!(files(&out) == before);

    // As a run leaves it that ended between the shard and the manifest.
    let mut manifest: Value = serde_json::from_str(&archive.read("out/manifest.json")).unwrap();
    manifest["complete"] = false.into();
    manifest["shards"].as_array_mut().unwrap().truncate(1);
    archive.add("out/manifest.json", serde_json::to_vec(&manifest).unwrap());
    archive.convert(&format!("{ARGUMENTS} out"));
    assert!(files(&out) == before);
}

#[test]
fn a_run_that_is_killed_is_gone_on_with() {
    let archive = Archive::new();
    for number in 0..2000 {
        archive.add(&format!("in/{number:04}.md"), format!("<p>{}</p>", "word ".repeat(400)));
    }
    let mut child = archive.command(&format!("{ARGUMENTS} out")).spawn().unwrap();
    let out = archive.path().join("out");
    while !out.join("posts-00003.parquet").is_file() {
        assert_eq!(child.try_wait().unwrap(), None, "the run is not at its end");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(names(&out).len() < 150);
    archive.convert(&format!("{ARGUMENTS} out")).expect(0, "");
    archive.convert(&format!("{ARGUMENTS} plain")).expect(0, "");
    // What nobody could remove is hidden.
    let whole: Vec<_> = files(&out).into_iter().filter(|(name, _)| !name.starts_with(".offprint-")).collect();
    assert!(whole == files(&archive.path().join("plain")));
}

#[test]
fn posts_in_whole_shards_count_too() {
    let archive = Archive::new();
    archive.add("in/odd.md", ODD);
    let arguments = "in --format parquet --output out";
    archive.convert(arguments).expect(0, "");
    archive.convert(&format!("{arguments} --strict")).expect(1, "");
    archive.convert(arguments).expect(0, "");
}

#[test]
fn a_report_is_of_all_posts() {
    let archive = archive();
    archive.convert(&format!("{ARGUMENTS} out"));
    let before = files(&archive.path().join("out"));
    archive.convert(&format!("{ARGUMENTS} out --report report"));
    assert_eq!(lines(&archive.read("report")).len(), 60);
    assert!(files(&archive.path().join("out")) == before);
}

#[test]
fn a_run_with_other_options_is_refused() {
    let archive = archive();
    archive.add("one.txt", "##.promo\n").add("two.txt", "##.ad\n");
    let refused = |old: &str, new: &str, difference: &str| {
        let arguments = |options: &str| format!("in{options} --format parquet --output out");
        archive.convert(&arguments(old));
        let reason = format!(
            "cannot go on in out: out/manifest.json is of a run {difference}; write to another folder"
        );
        archive.refuses(&arguments(new), &reason);
        fs::remove_dir_all(archive.path().join("out")).unwrap();
    };
    refused(" --body markdown", "", "with --body markdown, and this one is with --body auto");
    refused("", " --recover", "without --recover, and this one is with --recover");
    refused(" --no-ads", " --furniture", "without --furniture, and this one is with --furniture");
    refused(" --blocks-json", "", "with --blocks-json, and this one is without --blocks-json");
    refused("", " --shard-bytes 1K", "with --shard-bytes 268435456, and this one is with --shard-bytes 1024");
    refused("", " --templates hugo", "with --templates none, and this one is with --templates hugo");
    refused("", " --engine reference", "with --engine auto, and this one is with --engine reference");
    refused(" --rules one.txt", "", "with other --rules, and this one is without --rules");
    refused(" --rules one.txt", " --rules two.txt", "with other --rules");
    let limits = |nodes: &str| {
        let others = "input_bytes=67108864 metadata_bytes=4194304 depth=512 attributes=256";
        format!("with --limit {others} nodes={nodes}")
    };
    let difference = format!("{}, and this one is {}", limits("77"), limits("88"));
    refused(" --limit nodes=77", " --limit nodes=88", &difference);
}

#[test]
fn options_that_change_no_row_do_not_matter() {
    let archive = archive();
    archive.convert(&format!("{ARGUMENTS} out"));
    let before = files(&archive.path().join("out"));
    for options in ["--jobs 1", "--strict", "--limit nodes=77 --limit nodes=4_194_304"] {
        let run = archive.convert(&format!("{ARGUMENTS} out {options}"));
        assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""), "{options}");
        assert!(files(&archive.path().join("out")) == before, "{options}");
    }
}

#[test]
fn a_run_of_another_input_is_refused() {
    let archive = archive();
    archive.convert(&format!("{ARGUMENTS} out"));
    let other = "cannot go on in out: out/manifest.json is of another input: \
        files were added, taken away, written to, or named otherwise; write to another folder";
    let refused = || archive.refuses(&format!("{ARGUMENTS} out"), other);
    archive.add("in/new.md", "");
    refused();
    fs::remove_file(archive.path().join("in/new.md")).unwrap();
    archive.refuses("in/01.md --format parquet --shard-bytes 20K --output out", other);
    let file = fs::File::options().write(true).open(archive.path().join("in/01.md")).unwrap();
    let time = file.metadata().unwrap().modified().unwrap();
    file.set_modified(time + Duration::from_micros(1)).unwrap();
    refused();
    file.set_modified(time).unwrap();
    assert_eq!(archive.convert(&format!("{ARGUMENTS} out")).code, Some(1));
    archive.add("in/01.md", "shorter");
    fs::File::options()
        .write(true)
        .open(archive.path().join("in/01.md"))
        .unwrap()
        .set_modified(time)
        .unwrap();
    refused();
}

#[test]
fn standard_input_cannot_be_compared() {
    let archive = Archive::new();
    archive.convert("- --format parquet --output out").expect(0, "");
    let message = "cannot go on in out: out/manifest.json is of a run with standard input or a pipe, \
        which cannot be compared; write to another folder";
    archive.refuses("- --format parquet --output out", message);
}

#[test]
fn an_input_that_changes_meanwhile_is_told() {
    let archive = Archive::new();
    for number in 0..2000 {
        archive.add(&format!("in/{number:04}.md"), format!("<p>{}</p>", "word ".repeat(400)));
    }
    let mut child = archive.command(&format!("{ARGUMENTS} out")).spawn().unwrap();
    while !archive.path().join("out/posts-00003.parquet").is_file() {
        assert_eq!(child.try_wait().unwrap(), None, "the run is not at its end");
        std::thread::yield_now();
    }
    archive.add("in/new.md", "");
    let run = Run::of(child.wait_with_output().unwrap());
    run.expect(2, "offprint: the input has changed while it was read: out is not complete\n");
    assert!(archive.read("out/manifest.json").contains("\"complete\": false"));
}

#[test]
fn a_manifest_that_is_none_of_this_command_is_refused() {
    let archive = archive();
    archive.convert(&format!("{ARGUMENTS} out"));
    let manifest = archive.read("out/manifest.json");
    let refused = |manifest: &str, message: &str| {
        archive.add("out/manifest.json", manifest);
        archive.refuses(
            &format!("{ARGUMENTS} out"),
            &format!("cannot go on in out: out/manifest.json {message}"),
        );
    };
    let version = env!("CARGO_PKG_VERSION");
    refused(
        &manifest.replace(&format!("\"offprint\": \"{version}\""), "\"offprint\": \"0.0.1\""),
        &format!("is of offprint 0.0.1, and this is {version}; write to another folder"),
    );
    refused(
        &manifest.replace("\"schema_version\": 1", "\"schema_version\": 77"),
        "is of version 77 of the columns, and this run writes version 1; write to another folder",
    );
    refused(
        "{}",
        "is not that of a table: missing field `offprint` at line 1 column 2; \
        write to another folder, or delete it with its shards",
    );
    refused(
        "[",
        "is not that of a table: EOF while parsing a list at line 1 column 1; \
        write to another folder, or delete it with its shards",
    );

    fs::remove_file(archive.path().join("out/manifest.json")).unwrap();
    archive.refuses(
        &format!("{ARGUMENTS} out"),
        "cannot write to out: it holds posts-00001.parquet, which is of a run that has left no manifest; \
        write to another folder",
    );
}

#[test]
fn a_manifest_leads_to_no_other_file() {
    let archive = archive();
    archive.convert(&format!("{ARGUMENTS} out"));
    let before = files(&archive.path().join("out"));
    let manifest = archive.read("out/manifest.json");
    archive.add("out/manifest.json", manifest.replace("posts-00001", "../out/posts-00001"));
    archive.convert(&format!("{ARGUMENTS} out"));
    assert!(files(&archive.path().join("out")) == before);
}

//! Help, pages of the manual, and completions.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::archive::{Archive, Run};

const COMMANDS: [&str; 7] = ["convert", "check", "set", "pack", "schema", "completions", "man"];

fn page(arguments: &[&str]) -> String {
    Run::of(Archive::new().offprint(arguments).output().unwrap()).expect(0, "").stdout
}

#[test]
fn help_says_what_is_not_ignored() {
    let help = page(&["convert", "--help"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains("passed over; a .gitignore has no effect."), "{help}");
}

#[test]
fn each_command_has_a_page_of_the_manual() {
    let all = page(&["man"]);
    for command in COMMANDS {
        assert!(all.contains(&format!("offprint\\-{command}(1)")), "{command}");
        let page = page(&["man", command]);
        assert!(page.contains(&format!(".TH offprint-{command} 1")), "{page}");
        assert!(page.contains(&format!("\"offprint {}\"", env!("CARGO_PKG_VERSION"))), "{page}");
        // A line that begins with a point and is no request would be left out.
        for line in page.lines().filter(|line| line.starts_with('.')) {
            let request: String = line[1..].chars().take_while(|c| !c.is_whitespace()).collect();
            assert!(
                ["ie", "el", "TH", "SH", "SS", "PP", "IP", "TP", "RS", "RE", "br", "nf", "fi"]
                    .contains(&&*request),
                "{line}"
            );
        }
    }
    let known = COMMANDS.join(", ");
    let run = Run::of(Archive::new().offprint(&["man", "x"]).output().unwrap());
    run.expect(2, &format!("offprint: no command is called `x`: the commands are {known}\n"));
}

#[test]
fn shells_take_their_completions() {
    for (shell, check) in [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")] {
        let script = page(&["completions", shell]);
        for word in ["convert", "files-from", "unset"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
        let archive = Archive::new();
        archive.add("script", &script);
        let checked = Command::new(shell).arg(check).arg("script").current_dir(archive.path()).output();
        let Ok(checked) = checked else {
            eprintln!("not tested: there is no {shell}");
            continue;
        };
        assert!(checked.status.success() && checked.stderr.is_empty(), "{shell}: {checked:?}");
    }
}

#[test]
fn pages_are_formatted_without_a_warning() {
    for arguments in std::iter::once(vec!["man"]).chain(COMMANDS.map(|command| vec!["man", command])) {
        let mut groff = Command::new("groff");
        groff.args(["-man", "-Tutf8", "-ww"]);
        groff.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let Ok(mut child) = groff.spawn() else {
            eprintln!("not tested: there is no groff");
            return;
        };
        let page = page(&arguments);
        let mut stdin = child.stdin.take().unwrap();
        // Its output is as long as the page, and would wait for a reader.
        let feeder = std::thread::spawn(move || stdin.write_all(page.as_bytes()).unwrap());
        let output = child.wait_with_output().unwrap();
        feeder.join().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{arguments:?}: {output:?}");
        assert!(String::from_utf8(output.stdout).unwrap().contains("offprint"), "{arguments:?}");
    }
}

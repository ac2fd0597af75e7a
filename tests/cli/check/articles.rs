//! What the command looks for itself, in one post.

use super::{HEAD, check, finds, finds_in_body, finds_with};
use crate::archive::Archive;

#[test]
fn a_byte_order_mark_is_found() {
    let expected = ":1:1: warning[byte_order_mark]: the file begins with a byte order mark";
    finds(["\u{feff}", HEAD, "<p>Boil water.</p>\n"].concat(), &[expected]);
}

#[test]
fn the_first_line_that_ends_in_another_way_is_found() {
    let finds = |body: &str, expected: &str| {
        finds([HEAD, body].concat(), &[&format!(":{expected}")]);
    };
    let code = "warning[mixed_line_ends]";
    finds(
        "<p>Boil\r\nwater.</p>\n<p>Wait.</p>\r",
        &format!("5:8: {code}: 5 lines end in LF, 1 in CRLF, 1 in CR"),
    );
    finds(&"<p>x</p>\r\n".repeat(5), &format!("1:4: {code}: 5 lines end in CRLF, 4 in LF"));
    finds_in_body("<p>Boil water.</p>", &[]);
    finds_with("", [HEAD, "<p>x</p>\n"].concat().replace('\n', "\r\n"), 0, &[]);
}

#[test]
fn a_post_without_a_title_or_a_date_is_found() {
    let title = ": warning[missing_title]: the post has no `title`";
    let date = ": warning[missing_date]: the post has no `date`";
    finds("<p>Boil water.</p>\n", &[title, date]);
    finds("---\ntitle: ' '\ndate:\n---\n<p>Boil water.</p>\n", &[title, date]);
    finds("---\ndate: 2021-03-04\n---\n<h2>Tea</h2><p>Boil water.</p>\n", &[title]);
    // These have them elsewhere, or what is wrong with them is another finding.
    finds("---\ndate: 2021-03-04\n---\n<h1>Tea</h1><p>Boil water.</p>\n", &[]);
    finds("<!--1614845700000-->\n[Tea](https://example.org/tea)\n------\n\n<p>Boil water.</p>\n", &[]);
    finds("---\ntitle: Tea\ndate: soon\n---\n<p>x</p>\n", &[":3:7: warning[bad_date]: not a date: `soon`"]);

    let archive = Archive::new();
    let undated = "---\ntitle: Tea\n---\n<p>Boil water.</p>\n";
    for path in ["2021-03-04-tea.md", "_drafts/tea.md", "a/_index.md", "a/About.md", "a/tea.md"] {
        archive.add(path, undated);
    }
    for (path, line) in [("a/draft.md", "draft: true"), ("a/page.md", "layout: page")] {
        archive.add(path, undated.replacen('\n', &format!("\n{line}\n"), 1).replace("Boil", line));
    }
    let run = check(&archive, ". -q --allow duplicate_article").expect(0, "");
    assert_eq!(run.stdout, "./a/tea.md: warning[missing_date]: the post has no `date`\n");
}

#[test]
fn a_time_of_an_unknown_zone_is_found_if_it_is_looked_for() {
    let post =
        "---\ntitle: Tea\ndate: 2021-03-04 08:15\nlastmod: 2021-03-05 09:00\n---\n<p>Boil water.</p>\n";
    finds(post, &[]);
    let expected = [
        ":3:7: warning[unknown_time_zone]: the time of `date` has no offset from UTC",
        ":4:10: warning[unknown_time_zone]: the time of `lastmod` has no offset from UTC",
    ];
    finds_with("--warn unknown_time_zone", post, 0, &expected);
    let zoned = post.replace(":15", ":15 +0100").replace(" 09:00", "");
    finds_with("--warn unknown_time_zone", zoned, 0, &[]);
}

#[test]
fn images_without_alt_are_found() {
    let bare = |at: &str| format!(":{at}: warning[image_without_alt]: the image has no `alt`");
    finds_in_body(
        "<p>Boil water.</p>\n<p><img src='/cup.png'></p>\n<p><img src='/pot.png' alt=''></p>\n",
        &[&bare("6:4")],
    );
    // Late images and other paths; none of an advertisement's slot, a pixel, a decoration, code.
    finds(
        "---\ntitle: Tea\ndate: 2021-03-04\nfrom: https://example.org/tea\n---\n\
         <figure><img data-src='cup%20a.png' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></figure>\n\
         <div class='ad'><img src='https://ads.example/1.gif' width=1 height=1></div>\n\
         <p>Wait <img src='line.png' role='presentation'> here.</p>\n",
        &[&bare("6:9")],
    );
    finds_in_body(
        "![](/cup.png)\n\nWrite `<img src=\"cup.png\">` or\n\n```\n<img src='cup.png'>\n```\n",
        &[],
    );
    finds_in_body("![](/cup.png)\n\n<img src=\"pot.png\">\n\nSo **that** is it.\n", &[&bare("7:1")]);
}

#[test]
fn links_that_lead_nowhere_in_the_post_are_found() {
    let broken =
        |at: &str, id: &str| format!("{at}: warning[broken_fragment]: nothing in the post has the id `{id}`");
    finds_in_body(
        "<p id='hot'>Boil <a href='#cups'>water</a>, <a href='#cups'>so</a>.</p>\n\
         <p><a href='#hot'>Again</a>, <a href='#top'>up</a>, <a href='#'>on</a>,\n\
         <a href='#!/x'>go</a>.</p>\n",
        &[&broken(":5:27", "cups")],
    );
    let from = "---\ntitle: Tea\ndate: 2021-03-04\nfrom: http://example.org/tea\n---\n";
    finds(
        format!(
            "{from}<h2 id=a>Cups <a href='#a'>#</a></h2><p><a href='https://example.org/tea#y'>y</a>\n\
             <a href='/tea#z'>z</a> <a href='#w'>w</a><a name=w></a> <a href='#%E8%8C%B6'>t</a>\n\
             <a href='/cups#n'>n</a> <a href='#k:~:text=tea'>k</a></p><p id='茶'>x</p>\n"
        ),
        &[&broken(":6:73", "y"), &broken(":7:14", "z"), &broken(":8:34", "k")],
    );
}

#[test]
fn headings_of_markdown_have_ids() {
    finds_in_body(
        "## Green tea!\n\n[a](#green-tea) [b](#green-tea-1) [c](#2-cups) [d](#cups) [e](#section) [f](#x)\n\n\
         ## 2. Cups\n\n## 茶 {#k}\n\n[g](#k), [h](#茶), [i](#l) and [j][q]\n\nm\n{: .x #l}\n\n[q]: #gone\n\n\
         A note[^1].\n\n[^1]: Hot.\n",
        &[
            ":7:77: warning[broken_fragment]: nothing in the post has the id `x`",
            ":18:6: warning[broken_fragment]: nothing in the post has the id `gone`",
        ],
    );
    // Those of HTML have not.
    let expected = ":5:13: warning[broken_fragment]: nothing in the post has the id `tea`";
    finds_in_body("<p><a href='#tea'>a</a></p><h2>Tea</h2>\n", &[expected]);
}

#[test]
fn what_is_required_must_be_there() {
    let post = "---\ntitle: Tea\nauthor: Ann\nmood:\ntaste: green\ndraft: false\n---\n<p>Boil water.</p>\n";
    let error = |code: &str, key: &str| format!(": error[{code}]: the post has no `{key}`");
    finds_with(
        "--require from,tags --require mood,taste,authors,author,draft,date",
        post,
        1,
        &[
            &error("missing_date", "date"),
            &error("missing_from", "from"),
            &error("missing_tags", "tags"),
            &error("missing_key", "mood"),
        ],
    );
    let fields =
        "authors,categories,comments,description,from,image,lang,layout,modified,permalink,slug,tags";
    let all = "---\ntitle: Tea\ndate: 2021-03-04\nauthor: Ann\ncategory: hot\ncomments: true\n\
               excerpt: On tea\nfrom: https://example.org/tea\ncover: cup.png\nlocale: en\n\
               layout: post\nupdated: 2021-03-05\npermalink: /tea\nslug: tea\ntag: drink\n\
               ---\n<p>Boil water.</p>\n";
    finds_with(&format!("--require {fields}"), all, 0, &[]);
    let missing: Vec<String> =
        fields.split(',').map(|field| error(&format!("missing_{field}"), field)).collect();
    let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
    finds_with(&format!("--require {fields}"), [HEAD, "<p>x</p>\n"].concat(), 1, &missing);
    // A draft needs no date, unless it is said to.
    let draft = "---\ntitle: Tea\ndraft: true\n---\n<p>Boil water.</p>\n";
    finds_with("--deny missing_date,missing_draft", draft, 0, &[]);
    finds_with("--require date", draft, 1, &[&error("missing_date", "date")]);
    finds_with("--deny missing_draft", [HEAD, "x\n"].concat(), 1, &[&error("missing_draft", "draft")]);
}

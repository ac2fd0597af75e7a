//! What rules take out of posts, what they leave, and what is said of it.
//!
//! `OFFPRINT_CORPUS` names a folder of posts, with what a careful reader found in some of them in
//! `expected.jsonl`; without it the tests over it say so and read nothing.

#[path = "support/files.rs"]
mod files;
#[path = "rules/names.rs"]
mod names;
#[path = "support/oracle.rs"]
#[allow(dead_code, reason = "the tests of the laws use more of it")]
mod oracle;
#[path = "rules/slots.rs"]
mod slots;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use files::Failures;
use offprint::{Block, Engine, Media, Parser, Post, Removal, RemovalKind, Report, RuleEffect, Rules};
use serde_json::Value;

use RemovalKind::{Control, Pixel, Placeholder, Rule, Script};

fn parse(source: &str, rules: Rules) -> (Post<'_>, Report) {
    let parser = Parser::new().rules(rules);
    let (post, report) = parser.parse_with_report(source).expect("a post");
    let reference = parser.engine(Engine::Reference).parse_with_report(source).expect("a post");
    assert_eq!((&post, &report.removals), (&reference.0, &reference.1.removals), "{source}");
    (post, report)
}

/// The post as lines of text; a figure is the URL of its image, a cell or an item ends with a line `|`.
fn outline(post: &Post<'_>) -> Vec<String> {
    post.walk()
        .map(|(_, block)| match block {
            Block::Paragraph(paragraph) => paragraph.text.to_string(),
            Block::Heading(heading) => heading.text.to_string(),
            Block::Figure(figure) => match figure.media.first() {
                Some(Media::Image(image)) => format!("image {}", image.src),
                Some(Media::Embed(embed)) => format!("embed {}", embed.src),
                Some(_) => "player".to_owned(),
                None => String::new(),
            },
            Block::Table(table) => {
                let widths: Vec<_> = table.rows.iter().map(|row| row.len().to_string()).collect();
                format!("table {}", widths.join(","))
            }
            Block::List(list) => format!("list {}", list.items.len()),
            other => panic!("a block that no case has: {other:?}"),
        })
        .collect()
}

type Found<'s> = (&'s str, RemovalKind, &'s str);

fn found(removals: &[Removal]) -> Vec<Found<'_>> {
    removals.iter().map(|removal| (&*removal.element, removal.kind, &*removal.text)).collect()
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

#[test]
fn names_in_drawings_have_no_capitals_for_rules() {
    let rules = Rules::parse("##svg[viewBox]\n##foreignObject.ad").0;
    let (post, report) = parse("<svg viewBox='0 0 1 1'></svg><svg><foreignObject class=ad></svg>x", rules);
    assert_eq!(outline(&post), ["x"]);
    let elements: Vec<_> = report.removals.iter().map(|removal| &*removal.element).collect();
    assert_eq!(elements, ["svg", "foreignobject.ad"]);
}

#[test]
fn scopes_follow_the_host_of_from() {
    let (rules, unusable) = Rules::parse("a.com##.x\n~a.com##.y\n##.z\nb.a.com#@#.z");
    assert_eq!(unusable, []);
    for (from, removed) in [
        ("from: https://a.com/1", &["i.x", "i.z"][..]),
        ("from: http://www.a.com:80/", &["i.x", "i.z"]),
        ("from: https://A.COM", &["i.x", "i.z"]),
        ("from: https://b.a.com/", &["i.x"]),
        ("from: https://ba.com/", &["i.y", "i.z"]),
        ("from: https://b.org/a.com", &["i.y", "i.z"]),
        // No site: the rules for all sites but some.
        ("from: a.com", &["i.y", "i.z"]),
        ("from: 'https://'", &["i.y", "i.z"]),
        ("from: 'javascript:a.com'", &["i.y", "i.z"]),
        ("title: b", &["i.y", "i.z"]),
    ] {
        let source = format!("---\n{from}\n---\n<i class=x></i><i class=y></i><i class=z></i>");
        let (_, report) = parse(&source, rules.clone());
        let elements: Vec<_> = report.removals.iter().map(|removal| &*removal.element).collect();
        assert_eq!(elements, removed, "{from}");
    }
}

#[test]
fn the_base_url_is_no_site() {
    let (rules, _) = Rules::parse("a.com##.x");
    let parser = Parser::new().rules(rules).base_url("https://a.com/").unwrap();
    assert_eq!(parser.parse_with_report("<i class=x></i>").unwrap().1.removals, []);
}

#[test]
fn what_removes_takes_the_text_along() {
    let rules = || Rules::parse("##.box, p > .tag").0.removing();
    let (post, report) = parse(
        "<p>One</p><div class=box><h2>Read <b>on</b></h2><ul><li>Two<li>Three</ul><img src=a.jpg>\
         <script>x</script><button>Go</button></div><p>Four<span class=tag>new</span>five</p>",
        rules(),
    );
    assert_eq!(outline(&post), ["One", "Four five"]);
    assert_eq!(
        found(&report.removals),
        [("div.box", Rule, "Read on Two Three Go"), ("span.tag", Rule, "new")]
    );
    assert_eq!(report.removals[0].rule.as_deref(), Some("##.box, p > .tag"));
}

#[test]
fn what_removes_goes_before_what_takes_slots_out() {
    let html = "<div class='ad box'>Tea</div>";
    let removing = || Rules::parse("##.box").0.removing();
    for rules in [Rules::ads().and(removing()), removing().and(Rules::ads())] {
        let (post, report) = parse(html, rules);
        assert_eq!(
            (outline(&post), found(&report.removals)),
            (Vec::new(), vec![("div.ad.box", Rule, "Tea")])
        );
    }
}

#[test]
fn what_is_removed_does_not_keep_the_slot_around_it() {
    let rules = || Rules::ads().and(Rules::parse("##.box").0.removing());
    let (post, report) = parse("a<div class=ad>Ad<p class=box>Tea</p></div>b", rules());
    assert_eq!(
        (outline(&post), found(&report.removals)),
        (owned(&["a", "b"]), vec![("div.ad", Placeholder, "Ad Tea")])
    );
    let (post, report) = parse("<div class=ad>Cake<p class=box>Tea</p></div>", rules());
    assert_eq!((outline(&post), found(&report.removals)), (owned(&["Cake"]), vec![("p.box", Rule, "Tea")]));
}

#[test]
fn what_is_removed_parts_what_it_parted() {
    for (html, blocks) in [
        ("a<div class=box>x</div>b", &["a", "b"][..]),
        ("a<span class=box>x</span>b", &["a b"]),
        ("a<span class=box></span>b", &["ab"]),
        ("a<span class=box><img src=x></span>b", &["a", "b"]),
        ("a<img class=box src=x>b", &["a", "b"]),
        ("a<iframe class=box src=x></iframe>b", &["a", "b"]),
        ("a<br class=box>b", &["a b"]),
        ("<p>a<span class=box><br></span>b</p>", &["a b"]),
        ("<ul><li>a<li class=box>x<li>b</ul>", &["list 2", "a", "b"]),
        ("<table><tr><td>a<td class=box>x<td>b</table>", &["table 3", "a", "b"]),
        ("<table><tr><td>a<tr class=box><td>x<tr><td>b</table>", &["table 1,1", "a", "b"]),
    ] {
        let (post, report) = parse(html, Rules::parse("##.box").0.removing());
        assert_eq!((outline(&post), report.removals.len()), (owned(blocks), 1), "{html}");
    }
}

#[test]
fn an_emoji_that_goes_is_its_text() {
    let html = "<p class=box>a<img class=emoji alt=☕ src=x width=1 height=1>b</p>";
    let (_, report) = parse(html, Rules::parse("##.box").0.removing());
    assert_eq!(found(&report.removals), [("p.box", Rule, "a☕b")]);
    slots::assert_stays(&html.replace(" class=box", ""), &["a☕b"]);
}

#[test]
fn every_kind_of_removal_is_noted_with_its_rule() {
    let html = "<script id=s>x</script><img src=p width=0 height=1px><select class=c><option>One</select>\
        <div id=adslot></div><p class=box>Tea</p>";
    let rules = Rules::ads().and(Rules::parse("##.box").0.removing());
    let (_, report) = parse(html, rules);
    let removals: Vec<_> = report
        .removals
        .iter()
        .map(|Removal { rule, element, kind, text, .. }| (rule.as_deref(), &**element, *kind, &**text))
        .collect();
    assert_eq!(
        removals,
        [
            (None, "script#s", Script, ""),
            (None, "img", Pixel, ""),
            (None, "select.c", Control, "One"),
            (Some("###adslot"), "div#adslot", Placeholder, ""),
            (Some("##.box"), "p.box", Rule, "Tea"),
        ]
    );
    let json = serde_json::to_value(&report.removals[4]).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "rule": "##.box", "element": "p.box", "kind": "rule", "text": "Tea",
            "line": 1, "column": 111, "offset": 110,
        })
    );
}

#[test]
fn rules_are_listed_as_their_lists_have_them() {
    let list = "! shop\n  ##.box \nshop.example,~tea.shop.example###promo > p\n\n#@#.box\n##a:hover\n";
    let (rules, _) = Rules::parse(list);
    let listed = |rules: &Rules| -> Vec<(String, RuleEffect)> {
        rules.into_iter().map(|rule| (rule.to_string(), rule.effect())).collect()
    };
    let texts = ["##.box", "shop.example,~tea.shop.example###promo > p", "#@#.box"];
    let with = |effect| {
        let effects = [effect, effect, RuleEffect::Exempt];
        texts.iter().map(ToString::to_string).zip(effects).collect::<Vec<_>>()
    };
    assert_eq!(listed(&rules), with(RuleEffect::RemovePlaceholder));
    assert_eq!(listed(&rules.clone().removing()), with(RuleEffect::Remove));
    let both = rules.clone().and(Rules::parse("##.other").0.removing());
    assert_eq!(both.len(), 4);
    assert_eq!(listed(&both)[3], ("##.other".to_owned(), RuleEffect::Remove));

    assert_eq!(rules.iter().len(), rules.len());
    assert_eq!(Rules::none().iter().count(), 0);
    assert_eq!(format!("{rules:?}"), "Rules { len: 3, .. }");
}

/// What is listed of the built-in lists is what is in them.
#[test]
fn a_list_that_is_written_from_rules_has_the_same_rules() {
    for rules in [Rules::ads(), Rules::furniture()] {
        let written: Vec<_> = rules.iter().map(ToString::to_string).collect();
        let (read, unusable) = Rules::parse(&written.join("\n"));
        assert_eq!(unusable, []);
        assert!(read.len() > 40);
        assert!(read.iter().map(offprint::Rule::as_str).eq(rules.iter().map(offprint::Rule::as_str)));
    }
}

/// The removal of each element, with the source from its position on.
#[track_caller]
fn assert_found_at(source: &str, expected: &[(&str, &str)]) {
    let (_, report) = parse(source, Rules::parse("##.x, tbody").0.removing());
    let found: Vec<_> = report
        .removals
        .iter()
        .map(|removal| {
            let rest = removal.position.map_or("", |position| &source[position.offset..]);
            (&*removal.element, rest.split_inclusive('>').next().unwrap_or(""))
        })
        .collect();
    assert_eq!(found, expected, "{source}");
    for position in report.removals.iter().filter_map(|removal| removal.position) {
        assert_eq!(position, offprint::Position::of(source, position.offset), "{source}");
    }
}

#[test]
fn a_removal_is_where_its_start_tag_begins() {
    let front_matter = "---\ntitle: 茶\n---\n<!--1-->\n[茶](u)\n---\n";
    for body in ["<p>é\n<i class=x>1</i>\n茶<b class='x'>2</b>", "<P>\n\n<I Class=x>1</i>é<b class='x'\n>2"]
    {
        let tags: Vec<_> = body.split('<').filter(|tag| tag.contains('x')).collect();
        let tags: Vec<_> = tags.iter().map(|tag| format!("<{}>", tag.split_once('>').unwrap().0)).collect();
        let expected = [("i.x", &*tags[0]), ("b.x", &*tags[1])];
        assert_found_at(body, &expected);
        assert_found_at(&format!("{front_matter}{body}"), &expected);
        assert_found_at(&format!("\u{feff}{front_matter}{body}"), &expected);
        // What only the reference reads.
        assert_found_at(&format!("{front_matter}<svg></svg>{body}"), &expected);
        assert_found_at(
            &format!("{front_matter}<title><p class=x></title><!--<p class=x>-->{body}"),
            &expected,
        );
    }
}

#[test]
fn a_removal_without_a_start_tag_of_its_own_has_no_position() {
    assert_found_at("<table><tr><td>a</table>", &[("tbody", "")]);
    assert_found_at("<table><tbody><tr><td>a</table>", &[("tbody", "<tbody>")]);
    // It opens again in the second paragraph.
    assert_found_at("<p><b class=x>a</p><p>b", &[("b.x", "<b class=x>"), ("b.x", "")]);
    assert_found_at("<p><b class=x>a</p><p class=x>b", &[("b.x", "<b class=x>"), ("p.x", "<p class=x>")]);
    assert_found_at("<p><b class=x>a</p><i class=x>b", &[("b.x", "<b class=x>"), ("b.x", "")]);
    assert_found_at("<p><b>a</p><i class=x>b", &[("i.x", "<i class=x>")]);
    // The adoption agency gives the block a copy.
    assert_found_at("<a class=x>1<div>2</a>3</div>", &[("a.x", "<a class=x>"), ("a.x", "")]);
    // What is moved out of a table stands before the table.
    let moved = [("b.x", "<b class=x>"), ("td.x", "<td class=x>")];
    assert_found_at("<table><thead><tr><td class=x>a</td><b class=x>c</b></table>", &moved);
}

/// A list in the style of those that people subscribe to, every form in it, and what must be said of it.
#[test]
fn a_real_list_loads_with_each_unusable_line_reported() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let list = files::read(&folder.join("list.txt"));
    let expected = files::read(&folder.join("unusable.txt"));
    let (rules, unusable) = Rules::parse(&list);

    let reported: Vec<String> = unusable.iter().map(ToString::to_string).collect();
    assert_eq!(oracle::parting(expected.trim_end(), &reported.join("\n")), None);
    let is_header = |line: &str| line.starts_with('[') && line.ends_with(']');
    let is_passed_over = |line: &&str| line.is_empty() || line.starts_with('!') || is_header(line);
    let passed_over = list.lines().filter(is_passed_over).count();
    // Directives begin like comments.
    let directives = unusable.iter().filter(|rule| rule.rule.starts_with('!')).count();
    assert_eq!(rules.len() + unusable.len() + passed_over - directives, list.lines().count());
    assert!(rules.len() > 150 && unusable.len() > 80, "{} {}", rules.len(), unusable.len());
    for rule in &unusable {
        assert_eq!(list.lines().nth(rule.line - 1).map(str::trim), Some(&*rule.rule));
    }
}

fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("OFFPRINT_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("OFFPRINT_CORPUS is not set: the archive was skipped");
    }
    folder
}

fn all_rules() -> Rules {
    Rules::ads().and(Rules::furniture())
}

/// What a reader found in some posts: none of it is removed, and nothing is left that must not be there.
#[test]
fn furniture_is_what_a_careful_reader_left_out() {
    let Some(folder) = corpus() else { return };
    let mut failures = Failures::default();
    let mut posts = 0;
    for line in files::read(&folder.join("expected.jsonl")).lines() {
        let expected: Value = serde_json::from_str(line).expect("valid JSON");
        let path = folder.join(expected["file"].as_str().expect("a path"));
        let source = files::read(&path);
        let parser = Parser::new().recover(true).rules(all_rules());
        let (post, report) = parser.parse_with_report(&source).expect("a post");
        posts += 1;
        let removed: Vec<String> =
            report.removals.iter().map(|removal| oracle::squeeze(&removal.text)).collect();
        for message in differences(&expected, &post, &removed) {
            failures.add(&path, message);
        }
    }
    assert_eq!(posts, 33);
    failures.finish();
}

fn differences(expected: &Value, post: &Post<'_>, removed: &[String]) -> Vec<String> {
    let mut differences = Vec::new();
    let text = oracle::block_text(post);
    let json = serde_json::to_string(&post.blocks).expect("a post can be written");
    let texts = |key: &str| expected[key].as_array().cloned().unwrap_or_default();
    for unwanted in texts("must_not_contain") {
        let unwanted = unwanted.as_str().expect("a text");
        if text.contains(&oracle::squeeze(unwanted)) || json.contains(unwanted) {
            differences.push(format!("still has {unwanted:?}"));
        }
    }
    for key in ["first_paragraph", "last_paragraph"] {
        let wanted = oracle::squeeze(expected[key].as_str().unwrap_or_default());
        if !text.contains(&wanted) {
            let is_removed = removed.iter().any(|text| text.contains(&wanted));
            differences.push(format!("{key} is not there, removed: {is_removed}: {wanted}"));
        }
    }
    let (count, least) = (post.paragraphs().count() as u64, expected["paragraph_count_min"].as_u64());
    if least.is_none_or(|least| count < least) {
        differences.push(format!("{count} paragraphs are left, of at least {least:?}"));
    }
    let sources: Vec<&str> = post.images().map(|image| &*image.src).collect();
    for figure in texts("figures") {
        let source = figure["src"].as_str().unwrap_or_default();
        if !sources.iter().any(|found| found.ends_with(source.trim_start_matches("https:"))) {
            differences.push(format!("the figure {source} is not there"));
        }
        let caption = oracle::squeeze(figure["caption"].as_str().unwrap_or_default());
        if !text.contains(&caption) {
            differences.push(format!("the caption {caption} is not there"));
        }
    }
    differences
}

/// Form controls aside, the rules against ads take no text out of the corpus but labels.
#[test]
fn rules_against_ads_take_no_text_but_labels() {
    let Some(folder) = corpus() else { return };
    let mut texts = BTreeMap::new();
    for path in files::with_extension(&folder, "md") {
        let source = files::read(&path);
        let Ok((_, report)) = Parser::new().recover(true).parse_with_report(&source) else { continue };
        for removal in report.removals.into_iter().filter(|removal| !removal.text.is_empty()) {
            *texts.entry((format!("{:?}", removal.kind), removal.text)).or_insert(0) += 1;
        }
    }
    let controls =
        [("Follow", 1), ("View", 14)].map(|(text, times)| (("Control".to_owned(), text.to_owned()), times));
    assert_eq!(texts, BTreeMap::from(controls));
}

#[test]
fn comments_that_are_essays_stay_and_those_that_are_spam_go() {
    let Some(folder) = corpus() else { return };
    let mut with_comments = [0, 0];
    for path in files::with_extension(&folder, "md") {
        let source = files::read(&path);
        let sites = ["www.chinafile.com", "pao-pao.net"];
        let site = sites.iter().position(|site| source.contains(&format!("\nfrom: https://{site}/")));
        let (Some(site), true) = (site, source.contains("id=\"comments\"")) else { continue };
        with_comments[site] += 1;
        let (_, report) = Parser::new().rules(all_rules()).parse_with_report(&source).expect("a post");
        let removed = report.removals.iter().any(|removal| removal.element.contains("#comments"));
        assert_eq!(removed, site == 1, "{}", path.display());
        let long = report.removals.iter().filter(|removal| removal.text.len() > 1000);
        assert!(long.into_iter().all(|removal| removal.element.contains("#comments")), "{}", path.display());
    }
    assert_eq!(with_comments, [8, 22]);
}

/// HTML that was written from a post without ads and furniture has none.
#[test]
fn what_was_written_and_is_read_again_loses_nothing_more() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut failures = Failures::default();
    let folders = [Some(fixtures), corpus()];
    for path in folders.iter().flatten().flat_map(|folder| files::with_extension(folder, "md")) {
        let source = files::read(&path);
        let parser = Parser::new().recover(true).rules(all_rules());
        let Ok(post) = parser.parse(&source) else { continue };
        // The site is the same, so that its rules are.
        let site =
            post.meta.from.as_ref().map_or(String::new(), |from| format!("---\nfrom: \"{from}\"\n---\n"));
        let written = site + &post.to_html();
        let (_, report) = parser.parse_with_report(&written).expect("a post");
        if let Some(removal) = report.removals.first() {
            failures.add(&path, format!("{removal:?}"));
        }
    }
    failures.finish();
}

//! The public names, used as a dependent crate uses them.

use std::collections::BTreeMap;

use offprint::{
    Block, Decline, Diagnostic, DiagnosticKind, Engine, Error, ErrorKind, FrontMatter, Limits, Media, Meta,
    Parser, Post, Report, Rules, Text,
};

const SOURCE: &str = "\
---
title: Tea
from: https://example.org/a/b
---
[Tea](https://example.org/a/b)
---

<p>One <a href=c>two</a>.</p>
<ul><li>three</ul>
<figure><a href=/d><img src=e.jpg></a><figcaption>four</figcaption></figure>
<iframe src=https://video.example/f></iframe>
";

#[test]
fn a_post_is_read_in_every_way() -> Result<(), Error> {
    let post: Post<'_> = Post::parse(SOURCE)?;
    let owned: Post<'static> = post.clone().into_owned();
    assert_eq!(owned, post);

    let parser = Parser::new()
        .engine(Engine::Auto)
        .recover(true)
        .rules(Rules::ads().and(Rules::parse("##.promo").0))
        .limits(Limits::default());
    assert_eq!(parser.parse(SOURCE)?, post);
    assert_eq!(parser.clone().parse_with_report(SOURCE)?.0, post);
    assert_eq!(parser.parse_bytes(SOURCE.as_bytes())?, post);
    assert_eq!(parser.parse_bytes_with_report(SOURCE.as_bytes())?.0, post);
    Ok(())
}

#[test]
fn parts_of_all_depths_are_listed_in_order() -> Result<(), Error> {
    let post = Post::parse(SOURCE)?;
    let paragraphs: Vec<&str> = post.paragraphs().map(|text: &Text<'_>| &*text.text).collect();
    assert_eq!(paragraphs, ["One two.", "three"]);
    assert_eq!(post.figures().map(|figure| figure.media.len()).collect::<Vec<_>>(), [1, 1]);
    let images: Vec<&str> = post.images().map(|image| &*image.src).collect();
    assert_eq!(images, ["https://example.org/a/e.jpg"]);
    let links: Vec<&str> = post.links().collect();
    assert_eq!(links, ["https://example.org/a/c", "https://example.org/d"]);
    assert_eq!(post.to_text(), "One two.\n\n- three\n\nfour\n");
    assert!(matches!(&post.blocks[3], Block::Figure(figure) if matches!(figure.media[0], Media::Embed(_))));
    Ok(())
}

#[test]
fn front_matter_is_split_and_read_into_ones_own_types() -> Result<(), Error> {
    let front_matter = FrontMatter::split("---\na: 1\nb: x\n---\nbody")?;
    assert_eq!(front_matter.text(), Some("a: 1\nb: x\n"));
    assert_eq!((front_matter.body(), front_matter.body_offset()), ("body", 18));
    let map: BTreeMap<&str, &str> = front_matter.deserialize()?;
    assert_eq!(map, BTreeMap::from([("a", "1"), ("b", "x")]));
    Ok(())
}

#[test]
fn ones_own_metadata_and_the_article_are_read_at_once() {
    #[derive(Debug, PartialEq, Default, serde::Deserialize)]
    #[serde(default)]
    struct Page<'a> {
        title: Option<&'a str>,
        weight: u8,
    }
    let parser = Parser::new();
    let source = "---\ntitle: Tea\nweight: 3\n---\n<p>Boil water.</p>".to_owned();
    let (page, post) = parser.parse_as::<Page<'_>>(&source).unwrap();
    assert_eq!(page, Page { title: Some("Tea"), weight: 3 });
    assert_eq!(post, parser.parse(&source).unwrap());
    for without in ["<p>a</p>", "---\n---\n<p>a</p>", "---\n# only a comment\n---\n<p>a</p>"] {
        let (page, post) = parser.parse_as::<Page<'_>>(without).unwrap();
        assert_eq!((page, &*post.to_text()), (Page::default(), "a\n"), "{without}");
    }

    let misfit = "---\nweight: 300\n---\n";
    assert_eq!(
        parser.parse_as::<Page<'_>>(misfit).unwrap_err().to_string(),
        "front matter does not fit its type: weight: invalid value: integer `300`, expected u8 at line 2, column 9"
    );
    // The post is mended, and a type of one's own is not.
    let broken = "---\ntitle: \"a\n---\n";
    let recovering = Parser::new().recover(true);
    assert_eq!(recovering.parse(broken).unwrap().meta.title.as_deref(), Some("a"));
    let error = recovering.parse_as::<Page<'_>>(broken).unwrap_err();
    assert_eq!(Some(&error), parser.parse(broken).err().as_ref());
    assert_eq!(parser.parse_as::<Page<'_>>(broken).unwrap_err(), error);
    // Of a block that is not closed, the lines that look like metadata are read.
    let (page, post) = recovering.parse_as::<Page<'_>>("---\ntitle: a\n\n<p>b</p>\n").unwrap();
    assert_eq!((page, &*post.to_text()), (Page { title: Some("a"), weight: 0 }, "b\n"));
    let (page, _) = recovering.parse_as::<Page<'_>>("---\n<p>title: a</p>\n").unwrap();
    assert_eq!(page, Page::default());
    let narrow = Parser::new().limits(Limits::default().metadata_bytes(5));
    assert_eq!(narrow.parse_as::<Page<'_>>(&source).unwrap_err(), narrow.parse(&source).unwrap_err());
}

#[test]
fn an_error_is_shown_as_one_sentence() {
    let error = Post::parse("---\ntitle: 'a\nb: c\n---\n").unwrap_err();
    let message = "invalid YAML in the front matter: found unexpected end of stream, while scanning a quoted scalar \
                   at line 2, column 8";
    assert_eq!((error.to_string(), format!("{error:?}")), (message.to_owned(), message.to_owned()));
    assert_eq!(error.related().map(|end| (end.line, end.column)), Some((2, 10)));
    assert!(std::error::Error::source(&error).is_none());
    assert_eq!(error.clone(), error);
}

#[test]
fn ones_own_metadata_come_with_the_report_too() -> Result<(), Error> {
    type Own = BTreeMap<String, u8>;
    let source = |value: &str| format!("---\na: {value}\n---\n<p>x<div class=ad></div>");
    let error = Parser::new().parse_as_with_report::<Own>(&source("300")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Mismatch { .. }), "{error}");
    let source = source("2");
    let (own, post, report) = Parser::new().parse_as_with_report::<Own>(&source)?;
    assert_eq!((own, post.to_text()), (BTreeMap::from([("a".to_owned(), 2)]), "x\n".to_owned()));
    assert_eq!(report.removals.len(), 1);
    Ok(())
}

#[test]
fn the_report_says_why_the_plain_reader_of_metadata_declined() {
    let declined = |source: &str| Parser::new().parse_with_report(source).unwrap().1.metadata_declined;
    assert_eq!(declined("---\ntitle: Tea\n---\n"), None);
    assert_eq!(declined("<p>Tea</p>"), None);
    assert_eq!(declined("---\ntitle: !tea Tea\n---\n"), Some(Decline::Indicator));
    assert_eq!(declined("---\n title: Tea\n---\n"), Some(Decline::Indentation));
    let reference = Parser::new().engine(Engine::Reference);
    let (_, report) = reference.parse_with_report("---\ntitle: !tea Tea\n---\n").unwrap();
    assert_eq!(report.metadata_declined, None);
    let (_, report) = Parser::new().recover(true).parse_with_report("---\ntitle: \"Tea\n---\n").unwrap();
    assert_eq!(report.metadata_declined, Some(Decline::OpenQuote));
}

#[test]
fn a_base_url_that_is_given_comes_before_the_one_of_the_post() -> Result<(), Error> {
    let post = Parser::new().base_url("https://mirror.example/x/")?.parse(SOURCE)?;
    assert_eq!(post.images().next().map(|image| &*image.src), Some("https://mirror.example/x/e.jpg"));
    let post = Post::parse("<img src=e.jpg>")?;
    assert_eq!(post.images().next().map(|image| &*image.src), Some("e.jpg"));
    Ok(())
}

#[test]
fn bytes_that_are_not_utf_8() {
    let bytes = b"---\ntitle: caf\xe9\n---\n\xe8\x8c\xb6 <p>a\xffb</p>";
    let error = Parser::new().parse_bytes(bytes).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::InvalidUtf8);
    assert_eq!(error.to_string(), "invalid UTF-8 at line 2, column 11");
    assert_eq!(error.position().map(|position| position.offset), Some(14));
    assert!(std::error::Error::source(&error).is_some());

    let (post, report) = Parser::new().recover(true).parse_bytes_with_report(bytes).unwrap();
    assert_eq!(post.meta.title.as_deref(), Some("caf\u{fffd}"));
    assert_eq!(post.to_text(), "茶\n\na\u{fffd}b\n");
    let [Diagnostic { kind, message, position: Some(position), .. }] = &report.diagnostics[..] else {
        panic!("{:?}", report.diagnostics);
    };
    assert_eq!(*kind, DiagnosticKind::InvalidUtf8);
    assert_eq!(message, "invalid UTF-8 was replaced by U+FFFD");
    assert_eq!((position.line, position.column, position.offset), (2, 11, 14));
}

#[test]
fn a_nul_is_an_error_in_front_matter_and_nothing_in_html() {
    let error = Post::parse("---\ntitle: a\0b\n---\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid YAML in the front matter: control characters are not allowed at line 2, column 9"
    );
    assert_eq!(Post::parse("<p>a\0b</p>").unwrap().to_text(), "ab\n");
}

#[test]
fn what_a_post_says_twice_is_compared() {
    let source = "---\ntitle: Tea\ndate: 2021-03-04T08:15:07Z\nfrom: https://a.example\n---\n\
                  <!--1614845708000-->\n[Tee](https://b.example)\n---\nTea.";
    let (_, report) = Parser::new().parse_with_report(source).unwrap();
    let notes: Vec<String> = report.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "title differs from the link heading: `Tee` at line 2, column 8",
            "from differs from the link heading's URL: `https://b.example` at line 4, column 7",
            "date differs from the stamp: `1614845708000` at line 3, column 7",
        ]
    );
}

#[test]
fn a_parser_serves_threads_and_a_post_moves_between_them() {
    fn assert_send_and_sync<T: Send + Sync>() {}
    assert_send_and_sync::<Parser>();
    assert_send_and_sync::<Rules>();
    assert_send_and_sync::<Post<'static>>();
    assert_send_and_sync::<Meta<'static>>();
    assert_send_and_sync::<Report>();
    assert_send_and_sync::<Error>();

    let parser = Parser::new();
    let posts: Vec<Post<'static>> = std::thread::scope(|scope| {
        let read = || parser.parse(SOURCE).map(Post::into_owned);
        let threads = [scope.spawn(read), scope.spawn(read)];
        threads.into_iter().map(|thread| thread.join().unwrap().unwrap()).collect()
    });
    assert_eq!(posts[0], posts[1]);
}

//! Inputs that make a careless parser run for minutes, fill the memory or overflow the stack.
//!
//! Nothing here looks at a clock. The inputs are large enough that a quadratic algorithm would not come to
//! an end: then the test hangs. Each gives an article, or an error that names the limit it breaks.

use offprint::{
    Block, DiagnosticKind, Engine, Error, ErrorKind, FrontMatterFormat, Limit, Limits, Parser, Post, Report,
    Rules,
};

/// What came of an input.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// An article with this many blocks of all levels.
    Blocks(usize),
    /// An error that names this limit.
    Exceeded(Limit),
}

/// Reads a post with both engines, and says what came of it.
#[track_caller]
fn outcome(source: &str) -> Outcome {
    let post = Post::parse(source);
    let outcome = outcome_of(post.as_ref(), source);
    let reference = Parser::new().engine(Engine::Reference).parse(source);
    assert_eq!(outcome_of(reference.as_ref(), source), outcome, "the engines differ");
    outcome
}

#[track_caller]
fn outcome_of(result: Result<&Post<'_>, &Error>, source: &str) -> Outcome {
    match result {
        Ok(post) => Outcome::Blocks(post.walk().count()),
        Err(error) => {
            let ErrorKind::LimitExceeded { limit, maximum } = error.kind() else {
                panic!("an error that names no limit: {error}")
            };
            let message = format!("too many {limit}: the limit is {maximum}");
            assert!(error.to_string().starts_with(&message), "{error}");
            assert!(error.position().is_none_or(|position| position.offset <= source.len()), "{error}");
            Outcome::Exceeded(*limit)
        }
    }
}

/// The input is an article or breaks a limit; it comes to an end, which is the point.
#[track_caller]
fn ends(source: &str) {
    outcome(source);
}

/// The input is an article that holds this text, white space aside, and a diagnostic of this kind, at the tag
/// or the attribute that it is about, with both engines.
#[track_caller]
fn keeps(source: &str, text: &str, kind: DiagnosticKind) {
    let read = |engine| Parser::new().engine(engine).parse_with_report(source).expect("an article");
    let (post, report) = read(Engine::Auto);
    let (reference, reference_report) = read(Engine::Reference);
    assert!(post == reference, "the engines differ");
    assert_eq!(report.diagnostics, reference_report.diagnostics);
    let of_kind = report.diagnostics.iter().find(|diagnostic| diagnostic.kind == kind);
    let position = of_kind.unwrap_or_else(|| panic!("{:?}", report.diagnostics)).position;
    let is_at = |start| position.is_some_and(|position| source[position.offset..].starts_with(start));
    assert!(is_at(if kind == DiagnosticKind::ManyAttributes { 'a' } else { '<' }), "{position:?}");
    let found: String = post.paragraphs().flat_map(|text| text.text.split_whitespace()).collect();
    assert!(found == text.split_whitespace().collect::<String>(), "the text differs");
}

/// The article as Markdown and the report, the same with both engines.
#[track_caller]
fn read_within(limits: &Limits, source: &str) -> (String, Report) {
    let read = |engine| {
        let parser = Parser::new().engine(engine).limits(limits.clone());
        parser.parse_with_report(source).expect("an article")
    };
    let (post, report) = read(Engine::Auto);
    let (reference, reference_report) = read(Engine::Reference);
    assert_eq!(post, reference, "{source}");
    assert_eq!(report.diagnostics, reference_report.diagnostics, "{source}");
    assert_eq!(report.removals, reference_report.removals, "{source}");
    (post.to_markdown().trim_end().to_owned(), report)
}

#[test]
fn deep_nesting_is_clamped() {
    for open in
        ["<div>", "<ul><li>", "<blockquote>", "<b>", "<span>", "<figure>", "<dl><dd>", "<x>", "<details>"]
    {
        keeps(&open.repeat(100_000), "", DiagnosticKind::DeepElements);
        keeps(&format!("{}text", open.repeat(1_000)), "text", DiagnosticKind::DeepElements);
    }
    // Whatever else is made at each level.
    for open in ["<div>x", "<div>x<!---->x", "<div><br>", "<div><br><br>x"] {
        for before in ["", "x", "<br>x", "x<br>x"] {
            let source = format!("{before}{}", open.repeat(50_000));
            let text = source.replace("<div>", "").replace("<br>", "").replace("<!---->", "");
            keeps(&source, &text, DiagnosticKind::DeepElements);
        }
    }
    keeps(&"<table><tr><td>".repeat(100_000), "", DiagnosticKind::DeepElements);
    keeps(&"<svg><g>".repeat(100_000), "", DiagnosticKind::DeepElements);
    let balanced = format!("{}a{}b", "<div>".repeat(100_000), "</div>".repeat(100_000));
    keeps(&balanced, "ab", DiagnosticKind::DeepElements);
}

#[test]
fn what_is_too_deep_goes_into_the_deepest_element() {
    let limits = Limits::default().depth(3);
    let read = |source: &str| {
        let (markdown, report) = read_within(&limits, source);
        (markdown, report.diagnostics)
    };
    let markdown = |source: &str| read(source).0;

    // Blocks that are left out keep their texts apart.
    assert_eq!(markdown("<div><div><div><p>a</p><p>b</p>c</div></div>d</div>"), "a\n\nb\n\nc\n\nd");
    // Inline elements do not, and what opens again counts.
    assert_eq!(markdown("<div><div><p>a<b>b</b>c"), "abc");
    assert_eq!(markdown("<div><p><b>a</p><i>b<u>c"), "**a**\n\n***bc***");
    // An end tag that belongs to what was left out closes nothing else.
    assert_eq!(markdown("<ul><li><div><div>a</div>b</div>c<li>d"), "- a\n\n  b\n\n  c\n- d");
    // What was left out in an element ends with it.
    assert_eq!(markdown("<div><div><div><p>a</div></div></div><p>b</p>c"), "a\n\nb\n\nc");
    // Media, elements without content and text that looks like tags are not left out.
    assert_eq!(markdown("<div><div><div><img src=a>b<hr>"), "![](a)\n\nb\n\n* * *");
    assert_eq!(markdown("<div><div><div><picture><img src=a></picture>"), "![](a)");
    assert_eq!(markdown("<div><div><div><iframe src=a><p></iframe>b"), "<iframe src=\"a\"></iframe>\n\nb");
    assert_eq!(markdown("<div><div><div><script><p>a</script>b"), "b");

    // In MathML, an `<input>` holds what follows.
    let (_, diagnostics) = read("<math><input><input>a<input><input>b");
    let messages: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(messages, ["elements dissolved, deeper than 3 levels: 2 at line 1, column 22"]);

    let (_, diagnostics) = read("<div><div><div><p>a</p><p>b");
    let messages: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(messages, ["elements dissolved, deeper than 3 levels: 2 at line 1, column 16"]);
    assert_eq!(read("<div><div><p>a</p><p>b").1, []);
}

#[test]
fn what_is_too_deep_on_a_line_of_markdown_is_text() {
    let limits = Limits::default().depth(1024);
    for marker in ["> ", "* ", "1. ", "> - "] {
        let source = format!("# a\n\n{}*tea* `1. x`\nwater\n\n{0}milk", marker.repeat(3000));
        let (post, report) =
            Parser::new().limits(limits.clone()).parse_with_report(&source).expect("Markdown");
        let texts: Vec<_> = post.paragraphs().map(|text| &*text.text).collect();
        assert_eq!(texts, ["tea 1. x water", "milk"], "{marker:?}");
        assert!(
            report.diagnostics.iter().any(|found| found.kind == DiagnosticKind::DeepElements),
            "{marker:?}"
        );
    }
}

#[test]
fn nesting_below_the_limit_is_read() {
    for (open, close) in [("<div>", "</div>"), ("<blockquote>", "</blockquote>"), ("<ul><li>", "</li></ul>")]
    {
        let levels = 400 / open.matches('<').count();
        let source = format!("{}text{}", open.repeat(levels), close.repeat(levels));
        let post = Post::parse(&source).expect("400 levels");
        assert_eq!(post.paragraphs().map(|text| &*text.text).collect::<Vec<_>>(), ["text"]);
    }
}

#[test]
fn the_depth_is_that_of_the_limits() {
    let source = format!("{}text", "<div>".repeat(20));
    assert!(Parser::new().limits(Limits::default().depth(30)).parse(&source).is_ok());
    let (_, report) =
        Parser::new().limits(Limits::default().depth(10)).parse_with_report(&source).expect("20 levels");
    assert_eq!(
        report.diagnostics[0].to_string(),
        "elements dissolved, deeper than 10 levels: 10 at line 1, column 51"
    );
}

#[test]
fn blocks_nest_in_twenty_containers() {
    for open in ["<blockquote>", "<ul><li>", "<ol><li>", "<dl><dd>"] {
        let read = |levels: usize| {
            let source = format!("{}a<p>b{open}c", open.repeat(levels - 1));
            let (post, report) = Parser::new().parse_with_report(&source).expect("an article");
            let messages: Vec<_> = report.diagnostics.iter().map(ToString::to_string).collect();
            let is_container = |block: &&Block<'_>| matches!(block, Block::BlockQuote(_) | Block::List(_));
            (
                post.walk().map(|(_, block)| block).filter(is_container).count(),
                messages,
                post.to_text().replace([' ', '>'], ""),
            )
        };
        let (containers, messages, _) = read(20);
        assert_eq!((containers, messages), (20, Vec::new()));
        let (containers, messages, text) = read(22);
        assert_eq!(containers, 20);
        let message = "lists, quotations and tables dissolved, deeper than 20 levels: 2";
        assert_eq!(messages, [format!("{message} at line 1, column {}", 20 * open.len() + 1)]);
        assert!(text.contains("a\n") && text.contains("b\n") && text.ends_with("c\n"), "{text}");
    }
    let tables = format!("{}a<tr><td>b", "<table><caption>d</caption><tr><td>".repeat(21));
    keeps(&tables, "dab", DiagnosticKind::DeepBlocks);
}

#[test]
fn lists_that_are_put_into_lists_nest_in_twenty_containers() {
    let google = |level: u8| format!("<ul class=lst-kix_a-{level}><li>a</ul>");
    let word = |level: u8| format!("<p class=MsoNormal style='mso-list:l0 level{level} lfo1'>· a</p>");
    for levels in [(0..9).map(google).collect::<String>(), (1..10).map(word).collect()] {
        for around in [0, 11, 12, 15, 19, 20] {
            let source = "<blockquote>".repeat(around) + &levels;
            let post = Post::parse(&source).expect("an article");
            let depth = post.walk().map(|(depth, _)| depth).max();
            assert!(depth <= Some(20) && depth >= Some((around + 9).min(20)), "{depth:?}: {source}");
            let json = serde_json::to_string(&post).expect("JSON");
            assert_eq!(serde_json::from_str::<Post<'_>>(&json).expect("a post"), post);
        }
    }
    ends(&google(1).repeat(50_000));
    ends(&(google(0) + &google(1) + &google(2)).repeat(20_000));
    ends(&word(1).repeat(50_000));
    ends(&(word(1) + &word(2) + &word(3)).repeat(20_000));
}

#[test]
fn many_siblings_are_no_nesting() {
    let count = 50_000;
    assert_eq!(outcome(&"<p>a</p>".repeat(count)), Outcome::Blocks(count));
    assert_eq!(outcome(&"<p>a".repeat(count)), Outcome::Blocks(count));
    assert_eq!(outcome(&"<hr>".repeat(count)), Outcome::Blocks(count));
    assert_eq!(outcome(&format!("<ul>{}</ul>", "<li>a".repeat(count))), Outcome::Blocks(1 + count));
    assert_eq!(outcome(&"<img src=https://a.example/b>".repeat(count)), Outcome::Blocks(count));
    // A long class before short texts.
    let class = "]".repeat(1_000_000);
    let source = format!("<div class='{class}'>text</div>{}", "<p>y</p>".repeat(count));
    assert_eq!(outcome(&source), Outcome::Blocks(1 + count));
    let rows = "<tr><td>a<td>b".repeat(count);
    assert_eq!(outcome(&format!("<table>{rows}</table>")), Outcome::Blocks(1 + 2 * count));
}

#[test]
fn misnested_formatting_makes_no_bomb() {
    keeps(&numbered(20_000, |id| format!("<p><b id={id}>")), "", DiagnosticKind::RepeatedText);

    // Each paragraph opens the three elements of formatting anew: that is linear.
    let paragraphs = format!("<p><b><i><u>start{}", "<p>text".repeat(10_000));
    assert_eq!(outcome(&paragraphs), Outcome::Blocks(10_001));

    let colours = |count| numbered(count, |colour| format!("<p><font color={colour}>text"));
    assert_eq!(outcome(&colours(300)), Outcome::Blocks(300));
    assert_eq!(outcome(&colours(10_000)), Outcome::Blocks(10_000));
    // What nobody closes ends once it has opened again too often.
    let source = format!("{}{}", colours(500), "<p>text".repeat(10_000));
    keeps(&source, &"text".repeat(10_500), DiagnosticKind::RepeatedText);
    let source = format!("<p><b><i><u><s><small><tt>{}", "<p>x".repeat(50_000));
    keeps(&source, &"x".repeat(50_000), DiagnosticKind::RepeatedText);
    let post = Post::parse(&source).expect("an article");
    let marks: Vec<_> = post.paragraphs().map(|text| text.marks.len()).collect();
    assert_eq!((marks[0], marks[marks.len() - 1]), (6, 0));

    ends(&"<b><p></b>".repeat(100_000));
    ends(&"<b><i></b></i>".repeat(70_000));
    ends(&format!("{}{}", "<b><i>".repeat(200), "</b></i>".repeat(100_000)));
    ends(&format!("{}{}", "<i>".repeat(200), "</b>".repeat(100_000)));
}

#[test]
fn links_in_links_end() {
    // A link ends the one before it: these are siblings.
    assert_eq!(outcome(&"<a href=https://a.example>a".repeat(40_000)), Outcome::Blocks(1));
    ends(&"<a href=x><div>".repeat(60_000));
    ends(&"<a href=x><p>a</p>".repeat(50_000));
    ends(&"<a><table>".repeat(100_000));
    ends(&"<nobr>".repeat(150_000));
}

#[test]
fn attributes_beyond_the_limit_are_left_out() {
    let distinct = format!("<p{}", attributes(100_000));
    let equal = format!("<p{}", " a=1".repeat(100_000));
    keeps(&format!("{distinct}>text</p>"), "text", DiagnosticKind::ManyAttributes);
    keeps(&format!("{equal}>text</p>"), "text", DiagnosticKind::ManyAttributes);
    // A tag that the input ends in is not a tag.
    ends(&distinct);
    keeps(&format!("<p{}>text", attributes(300)), "text", DiagnosticKind::ManyAttributes);
    keeps(&format!("text</p{}>", attributes(300)), "text", DiagnosticKind::ManyAttributes);
    // Whatever stands before: text that looks like tags, and tags that look like text.
    for (before, text) in [
        ("<!-- --->", ""),
        ("<!x<b a=\">", ""),
        ("<?x<b a=\">", ""),
        ("</%<b a=\">", ""),
        ("<svg><style>", ""),
        ("<svg><title><style><b a=\"></style></title><style>", ""),
        ("<svg><![CDATA[<b a=\"]]>", "<b a=\""),
        ("<![CDATA[<b a=\">", ""),
        ("<math><mtext><style><b a=\"></style>", ""),
        ("<script><!--<script></script><b a=\"</script>", ""),
        ("<textarea><b a=\"</textarea>", ""),
        ("<svg><foreignObject><div></svg></div></foreignObject><style>", ""),
    ] {
        keeps(&format!("{before}{distinct}>text"), &format!("{text}text"), DiagnosticKind::ManyAttributes);
    }
    assert_eq!(outcome(&format!("<p{}>text", attributes(200))), Outcome::Blocks(1));
}

#[test]
fn the_first_attributes_stay() {
    let limits = Limits::default().attributes(2);
    let read = |source: &str| read_within(&limits, source);
    let markdown = |source: &str| read(source).0;
    assert_eq!(markdown("<img src=a alt=b title=c>"), "![b](a)");
    assert_eq!(markdown("<img alt='b>' src=\"a\"title=c>"), "![b>](a)");
    assert_eq!(markdown("<img title=c x src=a>"), "");
    assert_eq!(markdown("<img src=a src=b alt=c>"), "![](a)");
    // Repairs read a tag again.
    assert_eq!(markdown("<p><a title=b x href=a>c<p>d</a>"), "c\n\nd");
    assert_eq!(markdown("<p><a href=a x title=b>c<p>d</a>"), "[c](a)\n\n[d](a)");
    // An element of SVG that says that it is empty is.
    assert_eq!(markdown("<svg><g a b c/><desc>d</desc>e</svg>"), "e");
    assert_eq!(markdown("<svg><desc a b c/>e</svg>"), "e");
    assert_eq!(markdown("<svg><desc a b=/>e</svg>f"), "f");
    assert_eq!(markdown("<svg><desc a b c=/>e</svg>f"), "f");
    // Rules do not see what is left out.
    assert_eq!(read("<div a b id=dfp-ad-1></div>").1.removals, []);
    assert_eq!(read("<div a id=dfp-ad-1 b></div>").1.removals.len(), 1);

    let (_, report) = read("é\n<p a b c><p d e f g></p h i j>");
    assert_eq!(
        report.diagnostics[0].to_string(),
        "attributes left out, beyond 2 in one tag: 4 at line 2, column 8"
    );
    let (_, report) = read("<p><b a b c>d<p>e");
    assert_eq!(
        report.diagnostics[0].to_string(),
        "attributes left out, beyond 2 in one tag: 1 at line 1, column 11"
    );
}

#[test]
fn what_is_never_closed_ends() {
    let filler = "text - ".repeat(30_000);
    for open in [
        "<!--",
        "<!-- <!",
        "<p title=\"",
        "<p title='",
        "<p ",
        "</p ",
        "<!",
        "<?",
        "<![CDATA[",
        "<script>",
        "<style>",
    ] {
        ends(&format!("{open}{filler}"));
        ends(&format!("<p>before</p>{open}{filler}"));
    }
    for element in
        ["textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext", "select", "template"]
    {
        ends(&format!("<{element}>{filler}"));
    }
    for many in ["<!--", "<!-- --!", "<a title=\"", "<script>", "<!", "</", "<?", "<textarea>", "<p title='"]
    {
        ends(&many.repeat(1_000_000 / many.len()));
    }
}

#[test]
fn characters_that_begin_something_end() {
    for text in
        ["<", "&", "&#", "&#x", "&#1", "&a", "&not", "<a", "</a", "-", "--", "]](", "[a](", "\u{0}", "\r"]
    {
        ends(&format!("{text}<p>{}</p>", text.repeat(1_000_000 / text.len())));
    }
    let ampersands = "&".repeat(1_000_000);
    let post = Post::parse(&ampersands).expect("text");
    assert_eq!(post.paragraphs().next().map(|text| text.text.len()), Some(1_000_000));
}

#[test]
fn tables_end() {
    // Text in a table's rows is pushed out before it.
    keeps(&"<table>text<tr><td>".repeat(50_000), &"text".repeat(50_000), DiagnosticKind::DeepElements);
    // A table right in a table ends the outer one: these are siblings.
    ends(&"<table>text".repeat(50_000));
    ends(&format!("<table>{}", "text<tr>".repeat(100_000)));
    ends(&format!("<table>{}", "<b>text<tr>".repeat(50_000)));
    ends(&format!("<table>{}", "<p>text<tr><td></td>".repeat(40_000)));
    ends(&format!("<table>{}", "<caption>a</caption>".repeat(40_000)));
    ends(&format!("<table><tr>{}", "<td colspan=1000 rowspan=65534>a".repeat(30_000)));
    ends(&"</table>".repeat(100_000));
    ends(&format!("{}{}", "<table><tr><td>".repeat(100), "<tr><td>a".repeat(100_000)));
}

#[test]
fn breaks_and_blanks_end() {
    assert_eq!(outcome(&"<br>".repeat(100_000)), Outcome::Blocks(0));
    assert_eq!(outcome(&"<br>a".repeat(100_000)), Outcome::Blocks(1));
    assert_eq!(outcome(&"<br><br>a".repeat(100_000)), Outcome::Blocks(100_000));
    assert_eq!(outcome(&"a\n\n".repeat(300_000)), Outcome::Blocks(300_000));
    assert_eq!(outcome(&" ".repeat(1_000_000)), Outcome::Blocks(0));
    assert_eq!(outcome(&"\n".repeat(1_000_000)), Outcome::Blocks(0));
    assert_eq!(outcome(&format!("<p>{}</p>", "\u{200b} ".repeat(250_000))), Outcome::Blocks(0));
    assert_eq!(outcome(&format!("<p>a{}b</p>", " \u{a0}".repeat(300_000))), Outcome::Blocks(1));
    assert_eq!(outcome(&format!("<p>{}</p>", "<b> </b>".repeat(100_000))), Outcome::Blocks(0));
    let line = "a".repeat(1_000_000);
    assert_eq!(outcome(&format!("<h1>{line}{}", "<br>".repeat(500_000))), Outcome::Blocks(1));
}

#[test]
fn long_texts_are_whole() {
    let text = "長".repeat(700_000);
    for source in [text.clone(), format!("<p>{text}</p>"), format!("<div>{text}")] {
        let post = Post::parse(&source).expect("one text");
        assert_eq!(post.paragraphs().map(|paragraph| &*paragraph.text).collect::<Vec<_>>(), [text.as_str()]);
    }
    let pre = "line\n".repeat(400_000);
    assert_eq!(outcome(&format!("<pre>{pre}</pre>")), Outcome::Blocks(1));
}

#[test]
fn many_marks_in_one_paragraph_end() {
    let count = 50_000;
    let post = |source: &str| Post::parse(source).expect("one paragraph").into_owned();
    let marks = |source: &str| post(source).paragraphs().map(|text| text.marks.len()).collect::<Vec<_>>();
    assert_eq!(marks(&"<b>a</b>c".repeat(count)), [count]);
    assert_eq!(marks(&"<b>a</b><i>b</i>".repeat(count)), [2 * count]);
    assert_eq!(marks(&"<b>a</b>".repeat(count)), [1], "equal neighbours are one");
}

#[test]
fn slots_in_slots_end() {
    let slot = "<div id=dfp-ad-1>";
    ends(&format!("{}{}", slot.repeat(400), "</div>".repeat(400)));
    keeps(&slot.repeat(50_000), "", DiagnosticKind::DeepElements);
    // Each level may or may not be a placeholder, which is known only at the end.
    ends(&format!("{}text{}", slot.repeat(400), "<p>text".repeat(100_000)));
    assert_eq!(outcome(&format!("{slot}</div>").repeat(40_000)), Outcome::Blocks(0));
    let control = format!("<button>{}</button>", "word ".repeat(1_000_000));
    assert_eq!(
        outcome(&format!("{}{control}{}", slot.repeat(500), "</div>".repeat(500))),
        Outcome::Blocks(0)
    );
    let without_rules = Parser::new().rules(Rules::none());
    assert!(without_rules.parse(&slot.repeat(50_000)).is_ok());
}

#[test]
fn image_sets_end() {
    let candidates = "https://a.example/b.jpg 1x, ".repeat(40_000);
    ends(&format!("<img srcset=\"{candidates}\">"));
    ends(&format!("<img srcset=\"{}\">", ",".repeat(1_000_000)));
    ends(&format!("<img srcset=\"{}\">", "a(".repeat(500_000)));
    ends(&format!("<picture>{}<img src=a></picture>", "<source srcset=a>".repeat(50_000)));
    ends(&"<img data-src=a><noscript><img src=a></noscript>".repeat(20_000));
    ends(&format!("<figure>{}</figure>", "<figcaption>a</figcaption>".repeat(40_000)));
    ends(&format!("<figure>{}</figure>", "<img src=a><figcaption>a (b)</figcaption>".repeat(20_000)));
    ends(&format!("<figure><img src=a><figcaption>{}</figcaption></figure>", "(".repeat(1_000_000)));
    ends(&format!("<figure><img src=a><figcaption>{}</figcaption></figure>", "图：".repeat(200_000)));
}

/// Each of these would take 10 GB if every URL or candidate held a copy of what is long.
#[test]
fn what_is_shared_is_not_multiplied() {
    let long = "a".repeat(200_000);
    let images = "<img src=b>".repeat(50_000);
    assert_eq!(
        outcome(&format!("---\nfrom: https://a.example/{long}/\n---\n{images}")),
        Outcome::Blocks(50_000)
    );
    let candidates = "b, ".repeat(50_000);
    let source = format!("<source type={long} media={long} srcset='{candidates}'>");
    assert_eq!(outcome(&format!("<picture>{source}<img src=c></picture>")), Outcome::Blocks(1));
}

#[test]
fn front_matter_is_bounded() {
    let ends_or_is_invalid = |source: &str| match Post::parse(source) {
        Ok(_) => {}
        Err(error) => match error.kind() {
            ErrorKind::LimitExceeded { limit, .. } => assert!(
                matches!(limit, Limit::MetadataBytes | Limit::MetadataDepth | Limit::MetadataValues),
                "{error}"
            ),
            kind => assert!(
                matches!(kind, ErrorKind::InvalidYaml { .. } | ErrorKind::NotAMapping { .. }),
                "{error}"
            ),
        },
    };

    let laughs = numbered(30, |level| match level.checked_sub(1) {
        None => "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned(),
        Some(below) => format!("a{level}: &a{level} [{}]\n", format!("*a{below}, ").repeat(9)),
    });
    let error = Post::parse(&in_fences(&laughs)).map(drop).expect_err("a billion laughs");
    assert!(
        matches!(
            error.kind(),
            ErrorKind::LimitExceeded { limit: Limit::MetadataValues, .. } | ErrorKind::InvalidYaml { .. }
        ),
        "{error}"
    );

    let scalar = "word ".repeat(200_000);
    let post = in_fences(&format!("title: {scalar}"));
    let title = Post::parse(&post).expect("a long title").meta.title.expect("a title").into_owned();
    assert_eq!(title.len(), scalar.trim_end().len());

    let keys = numbered(100_000, |key| format!("key{key}: {key}\n"));
    let source = in_fences(&keys);
    assert_eq!(Post::parse(&source).expect("many keys").meta.extra.len(), 100_000);

    ends_or_is_invalid(&in_fences(&"title: a\n".repeat(100_000)));
    ends_or_is_invalid(&in_fences(&format!("tags: [{}]", "a, ".repeat(200_000))));
    ends_or_is_invalid(&in_fences(&format!("title: \"{}", "\\\"".repeat(200_000))));
    ends_or_is_invalid(&in_fences(&"\t".repeat(1_000_000)));
    ends_or_is_invalid(&in_fences(&format!("title: a{}b", " # ".repeat(300_000))));
    ends_or_is_invalid(&in_fences(&"&a ".repeat(300_000)));
    ends_or_is_invalid(&in_fences(&"? ".repeat(300_000)));

    let unclosed = format!("---\n{}", "----\n".repeat(200_000));
    let error = Post::parse(&unclosed).map(drop).expect_err("never closed");
    assert_eq!(*error.kind(), ErrorKind::UnclosedFrontMatter(FrontMatterFormat::Yaml));
}

#[test]
fn deep_front_matter_is_an_error() {
    for deep in [
        "a: ".to_owned() + &"[".repeat(100_000),
        "a: ".to_owned() + &"{a: ".repeat(100_000),
        "a:\n".to_owned() + &"- ".repeat(100_000),
    ] {
        let source = in_fences(&deep);
        let error = Post::parse(&source).map(drop).expect_err("deep nesting");
        assert!(
            matches!(
                error.kind(),
                ErrorKind::LimitExceeded { limit: Limit::MetadataDepth, .. } | ErrorKind::InvalidYaml { .. }
            ),
            "{error}"
        );
    }
}

#[test]
fn recovery_of_broken_front_matter_ends() {
    for yaml in ["title: \"a \"b\" c\"\n".repeat(50_000), "a: b: c\n".repeat(100_000), "\"\n".repeat(300_000)]
    {
        let source = format!("---\n{yaml}---\n<p>body</p>");
        let post = Parser::new().recover(true).parse(&source).expect("recovered");
        assert_eq!(post.blocks.len(), 1);
    }
}

#[test]
fn what_is_given_out_again_and_again_is_bounded() {
    let long = "u".repeat(10_000);
    let read = |source: &str, text: &str| {
        keeps(source, text, DiagnosticKind::RepeatedText);
        Post::parse(source).expect("an article").into_owned()
    };
    let around = format!("<a href=https://a.example/{long}>{}</a>", "<p>x".repeat(10_000));
    let post = read(&around, &"x".repeat(10_000));
    assert!((100..1_000).contains(&post.links().count()), "{}", post.links().count());
    let images = format!("<a href=https://a.example/{long}>{}</a>", "<img src=a>".repeat(10_000));
    let post = read(&images, "");
    assert_eq!(post.images().count(), 10_000);
    assert!((100..1_000).contains(&post.links().count()), "{}", post.links().count());
    // A reference stays what it is once it can no longer be resolved.
    let base = format!("---\nfrom: https://a.example/{}\n---\n", "b/".repeat(1_500));
    let post = read(&format!("{base}{}", "<img src=a>".repeat(10_000)), "");
    let resolved = post.images().filter(|image| image.src.starts_with("https://")).count();
    assert!((500..2_000).contains(&resolved), "{resolved}");
    assert_eq!(post.images().filter(|image| image.src == "a").count(), 10_000 - resolved);

    let many = format!("<a href=https://a.example/>{}</a>", "<p>x</p>".repeat(10_000));
    assert_eq!(Post::parse(&many).expect("it is in proportion").links().count(), 10_000);
    // One that opens again in each paragraph is a copy, too.
    let attributes = [format!("href={long}"), format!("title='&amp;{long}'"), format!("class='{long} y'")];
    for attribute in attributes {
        let post = read(&format!("<p><a {attribute}></p>{}", "<p>x".repeat(10_000)), &"x".repeat(10_000));
        let links = post.links().count();
        assert_eq!((100..1_000).contains(&links), attribute.starts_with("href"), "{links}");
    }
    let marks = format!("<b><i><u><s><sub><sup><small><mark><q><code>{}", "<p>x".repeat(50_000));
    let post = read(&marks, &"x".repeat(50_000));
    let counts: Vec<_> = post.paragraphs().map(|text| text.marks.len()).collect();
    assert_eq!((counts[0], counts[counts.len() - 1]), (10, 0));
}

#[test]
fn preludes_end() {
    for prelude in [
        format!("[{}](u)\n---\n", "](".repeat(300_000)),
        format!("[{}", "a](b\n".repeat(200_000)),
        format!("<!--{}-->\n", "9".repeat(1_000_000)),
        format!("{}[a](b)\n-\n", "<!--1-->\n".repeat(100_000)),
        format!("[a](b)\n{}", "-".repeat(1_000_000)),
    ] {
        ends(&prelude);
        ends(&format!("---\ntitle: a\n---\n{prelude}"));
    }
}

/// This many attributes, all different.
fn attributes(count: usize) -> String {
    numbered(count, |number| format!(" a{number}=1"))
}

fn in_fences(yaml: &str) -> String {
    format!("---\n{yaml}\n---\n<p>body</p>")
}

fn numbered(count: usize, part: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0..count {
        text.push_str(&part(number));
    }
    text
}

/// Rules of every form, on inputs that bring all of them to work at once.
#[test]
fn rules_are_searched_in_linear_time() {
    let list = "##.a .b\n##.a > .b > .c\n##.a.z\n##div div .z\n##[class*='aaa']:not(.a)\n##[title*='abab'].z\n\
        ##[href^='aaaa'][href$=z]\n##[id*=b].z\n##* > .z\n##[class^='a b'] [title~=q]\n";
    let (rules, unusable) = Rules::parse(list);
    assert_eq!(unusable, []);
    let many = |element: &str| element.repeat(20_000);
    let long = |word: &str| word.repeat(100_000);
    for html in [
        format!("<div class='{}'></div>", long("a b ")),
        format!("<div title='{0}' href='{0}' id='{0}' class='{0}'></div>", long("ab")),
        format!("<div title='{0}' href='{0}' id='{0}' class='{0}'></div>", long("aa")),
        format!("<div class=a>{}</div>", many("<p class='a b c'></p>")),
        format!("{}{}", "<div class='a b c'>".repeat(500), many("<p class='b z'>x</p>")),
        format!("{}{}", "<div class=ad>".repeat(500), many("<p class='ad'>Ad</p>")),
        many("<p class='a b'><i class=ad></i>x</p>"),
        many("<i class=ad>Ad <i class=ad> </i></i>"),
        format!("<div class=ad>{}", many("<b> </b> ")),
    ] {
        for rules in [Rules::ads().and(rules.clone()), Rules::ads().and(rules.clone().removing())] {
            let parser = Parser::new().rules(rules).limits(Limits::default().nodes(2_000_000));
            let auto = parser.parse_with_report(&html).expect("a post");
            let reference = parser.engine(Engine::Reference).parse_with_report(&html).expect("a post");
            assert_eq!((auto.0, auto.1.removals), (reference.0, reference.1.removals));
        }
    }
}

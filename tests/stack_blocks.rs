//! That 128 kB of stack are enough for all that can be done with the blocks of any post, in a release build:
//!
//! ```text
//! cargo test --release --test stack_blocks
//! ```
//!
//! Debug builds take several times as much for the same calls, and get it. A breach is no failed test but an
//! abort of the program, which says so.

use offprint::{Block, Cell, Engine, List, Parser, Post, Rules, Table};

/// The stack that is enough.
const STACK: usize = if cfg!(debug_assertions) { 2 << 20 } else { 128 << 10 };

/// How deep lists, quotations and tables may nest.
const MOST_CONTAINERS: usize = 20;

/// Does some work on a small stack.
fn in_small_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    match thread.join() {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// The JSON of what holds blocks: before them and after them, with the `"type"` first, as it is written, or
/// last.
const CONTAINERS: [(&str, &str); 9] = [
    (r#"{"type":"block_quote","blocks":["#, "]}"),
    (r#"{"blocks":["#, r#"],"type":"block_quote"}"#),
    (r#"{"type":"list","kind":"unordered","items":[{"blocks":["#, "]}]}"),
    (r#"{"type":"list","kind":"ordered","start":-2147483648,"items":[{"blocks":[]},{"blocks":["#, "]}]}"),
    (r#"{"type":"list","kind":"description","items":[{"blocks":[{"type":"paragraph","text":"Tea"},"#, "]}]}"),
    (r#"{"items":[{"blocks":["#, r#"]}],"kind":"ordered","type":"list"}"#),
    (r#"{"type":"table","rows":[[{"blocks":["#, "]}]]}"),
    (
        r#"{"type":"table","caption":{"text":"Tea"},"rows":[[{"header":true,"blocks":[]},{"header":true,"blocks":["#,
        "]}],[]]}",
    ),
    (r#"{"rows":[[{"blocks":["#, r#"],"header":false}]],"type":"table"}"#),
];

/// The JSON of what holds none.
const LEAVES: [&str; 5] = [
    r#"{"type":"thematic_break"}"#,
    r#"{"type":"heading","level":1,"text":"Tea","marks":[{"start":0,"end":1,"type":"strong"}]}"#,
    r#"{"type":"paragraph","text":"Tea","marks":[{"start":0,"end":2,"type":"link","href":"/a","title":"b"},
        {"start":1,"end":3,"type":"emphasis"}]}"#,
    r#"{"type":"preformatted","text":"Tea\n\nTea","language":"rust","is_code":true}"#,
    r#"{"type":"figure","media":[{"type":"image","src":"/a","alt":"b","link":"/c","sources":[{"url":"/d",
        "descriptor":{"density":1.5}}]},{"type":"video","src":"/e"}],"caption":{"text":"Tea"},"credit":"Ann"}"#,
];

/// The JSON of blocks that nest so deep: each container in itself, all of them in turn, and each around each
/// other.
fn nested_json(levels: usize) -> Vec<String> {
    let kinds = CONTAINERS.len();
    let mut forms = Vec::new();
    for first in 0..kinds {
        for step in 0..kinds {
            let chosen = || (0..levels).map(|level| CONTAINERS[(first + level * step) % kinds]);
            let opened: String = chosen().map(|(open, _)| open).collect();
            let closed: String = chosen().rev().map(|(_, close)| close).collect();
            let leaf = LEAVES[(first + step) % LEAVES.len()];
            forms.push(opened + leaf + &closed);
        }
    }
    forms
}

/// How many lists, quotations and tables nest in each other, found without recursion.
fn nesting(post: &Post<'_>) -> usize {
    let mut deepest = 0;
    let mut left: Vec<(&Block<'_>, usize)> = post.blocks.iter().map(|block| (block, 0)).collect();
    while let Some((block, level)) = left.pop() {
        let inside = level + 1;
        let before = left.len();
        if !matches!(block, Block::BlockQuote(_) | Block::List(_) | Block::Table(_)) {
            continue;
        }
        left.extend(block.children().map(|block| (block, inside)));
        deepest = deepest.max(if before == left.len() { level } else { inside });
    }
    deepest
}

/// Does with a post all that can be done with it.
fn use_up(post: Post<'_>) {
    assert!(!format!("{post:?}").is_empty());
    let json = serde_json::to_string(&post).expect("JSON");
    // Indented it is as deep for a short post, and fifty times as long as the post.
    if json.len() < 100_000 {
        assert!(!format!("{post:#?}").is_empty());
    }
    let again: Post<'_> = serde_json::from_str(&json).expect("what was written");
    assert!(again == post);
    let pretty = serde_json::to_string_pretty(&post).expect("JSON");
    let again: Post<'_> = serde_json::from_str(&pretty).expect("what was written");
    assert!(again == post);
    let written = [post.to_text(), post.to_markdown(), post.to_html()];
    assert_eq!(written, [again.to_text(), again.to_markdown(), again.to_html()]);
    assert_eq!(post.walk().count(), again.walk().count());
    assert_eq!(
        (post.links().count(), post.images().count()),
        (again.links().count(), again.images().count())
    );
    let owned = post.clone().into_owned();
    assert!(owned == post);
    drop((post, again, owned));
}

#[test]
fn the_deepest_blocks_that_are_read_from_json() {
    in_small_stack(|| {
        for levels in [1, MOST_CONTAINERS - 1, MOST_CONTAINERS] {
            for json in nested_json(levels) {
                let block: Block<'_> = serde_json::from_str(&json).expect("a block");
                let post: Post<'_> =
                    serde_json::from_str(&format!("{{\"blocks\":[{json}]}}")).expect("a post");
                assert!(post.blocks[..] == [block.clone().into_owned()]);
                assert_eq!(nesting(&post), levels);
                drop(block);
                use_up(post);
            }
        }
    });
}

#[test]
fn blocks_in_json_that_are_too_deep() {
    for levels in [MOST_CONTAINERS + 1, 100, 128, 1_000, 10_000] {
        in_small_stack(move || {
            for json in nested_json(levels) {
                assert!(serde_json::from_str::<Block<'_>>(&json).is_err());
                assert!(serde_json::from_str::<Post<'_>>(&format!("{{\"blocks\":[{json}]}}")).is_err());
                assert!(
                    serde_json::from_str::<List<'_>>(&format!("{{\"items\":[{{\"blocks\":[{json}]}}]}}"))
                        .is_err()
                );
                assert!(serde_json::from_str::<Cell<'_>>(&format!("{{\"blocks\":[{json}]}}")).is_err());
                let rows = format!("{{\"rows\":[[{{\"blocks\":[{json}]}}]]}}");
                assert!(serde_json::from_str::<Table<'_>>(&rows).is_err());
            }
        });
    }
}

/// Start tags that nest in each other, with the end tags that close them again.
const NESTS: [(&str, &str); 39] = [
    ("<div>", "</div>"),
    ("<div>x", "y</div>"),
    ("<p>", "</p>"),
    ("<b>", "</b>"),
    ("<b><p>", "</b>"),
    ("<a href=/a>", "</a>"),
    ("<span>", "</span>"),
    ("<font color=red>", "</font>"),
    ("<x-y>", "</x-y>"),
    ("<h1>", "</h1>"),
    ("<pre>", "</pre>"),
    ("<ul><li>", "</li></ul>"),
    ("<ul><li>x", "y</li></ul>"),
    ("<ul>", "</ul>"),
    ("<ol start=-9223372036854775808><li>", "</li></ol>"),
    ("<ol start=-2147483648><li>x", "</li></ol>"),
    ("<dl><dd>", "</dd></dl>"),
    ("<dl><dt>x</dt><dd>", "</dd></dl>"),
    ("<dl><dt>", "</dt></dl>"),
    ("<blockquote>", "</blockquote>"),
    ("<blockquote>x", "y</blockquote>"),
    ("<figure>", "</figure>"),
    ("<figure><figcaption>", "</figcaption></figure>"),
    ("<table><tr><td>", "</td></tr></table>"),
    ("<table><tr><th>x", "y</th></tr></table>"),
    ("<table><caption>", "</caption></table>"),
    ("<table>", "</table>"),
    ("<details>", "</details>"),
    ("<details><summary>x</summary>", "</details>"),
    ("<svg>", "</svg>"),
    ("<svg><g>", "</g></svg>"),
    ("<svg><foreignObject>", "</foreignObject></svg>"),
    ("<math>", "</math>"),
    ("<object>", "</object>"),
    ("<video>", "</video>"),
    ("<select>", "</select>"),
    ("<template>", "</template>"),
    ("<button>", "</button>"),
    ("<blockquote><ul><li><table><tr><td>", "</td></tr></table></li></ul></blockquote>"),
];

const DEPTHS: [usize; 5] = [1, 20, 21, 600, 20_000];

/// Posts that nest so deep: all closed, and none closed.
fn nested_html(depth: usize) -> impl Iterator<Item = String> {
    let mut posts = vec![
        format!("<svg>{}x{}", "<g>".repeat(depth), "</g>".repeat(depth)),
        format!("<math>{}x{}", "<mrow>".repeat(depth), "</mrow>".repeat(depth)),
    ];
    for (open, close) in NESTS {
        let opened = open.repeat(depth);
        posts.push(format!("{opened}x{}", close.repeat(depth)));
        posts.push(opened + "x");
    }
    posts.into_iter()
}

/// Parses all deep posts with both engines on a small stack, and does something with each.
fn for_each_deep_post(work: fn(Post<'_>, &str)) {
    for depth in DEPTHS {
        in_small_stack(move || {
            for html in nested_html(depth) {
                for engine in [Engine::Auto, Engine::Reference] {
                    let parser = Parser::new().engine(engine).rules(Rules::ads().and(Rules::furniture()));
                    match parser.parse_with_report(&html) {
                        Ok((post, report)) => {
                            assert!(!format!("{report:#?}").is_empty());
                            work(post, &html);
                        }
                        Err(error) => panic!("{html:.60}: {error}"),
                    }
                }
            }
        });
    }
}

#[test]
fn deep_html_is_parsed() {
    for_each_deep_post(|post, _| drop(post));
}

#[test]
fn what_deep_html_was_parsed_to_is_used() {
    for_each_deep_post(|post, html| {
        let levels = nesting(&post);
        assert!(levels <= MOST_CONTAINERS, "{levels} levels: {html:.60}");
        use_up(post);
    });
}

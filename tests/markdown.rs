//! What a body in Markdown comes to: kramdown's habits, raw HTML in all positions, text that is never lost.
#![cfg(feature = "markdown")]

use offprint::{BodyFormat, Parser, Post, Report, Rules};

/// Markdown bodies, and the Markdown that the article is written as.
const BODIES: &[(&str, &str)] = &[
    // Text that looks like tags is text.
    ("<https://x.org/a?b=1&c> <u@x.org>", "<https://x.org/a?b=1&c> [u@x.org](mailto:u@x.org)"),
    ("`List<Cup>` and List<Cup>", "`List<Cup>` and List\\<Cup>"),
    ("Use <T> for generics.\n\nMore.", "Use \\<T> for generics.\n\nMore."),
    ("A <script> block.\n\nMore.", "A \\<script> block.\n\nMore."),
    ("A <script>b()</script>c.", "A c."),
    ("<script>\n\nMore.", "\\<script>\n\nMore."),
    ("<!-- open\n\nMore.", "\\<!-- open\n\nMore."),
    ("<?php open\n\nMore.", "\\<?php open\n\nMore."),
    ("- <script> is *bad*\n- two\n\nend", "- \\<script> is *bad*\n- two\n\nend"),
    ("* <style>\n* two", "- \\<style>\n- two"),
    ("1. <textarea>\n\n   *a*\n\nend", "1. \\<textarea>\n\n   *a*\n\nend"),
    ("* <!-- x\n\nend -->", "- \\<!-- x\n\nend -->"),
    ("* <?php starts *php*", "- \\<?php starts *php*"),
    ("> <script>\n> *a*\n\nend </script>", "> \\<script> *a*\n\nend"),
    ("> - <script> a\n> - b\n\nend", "> - \\<script> a\n> - b\n\nend"),
    ("a\n: <script>\n\nend", "- a\n\n  \\<script>\n\nend"),
    ("a[^1]\n\n[^1]: <script>\n\nend", "a[<sup>1</sup>](#fn:1)\n\nend\n\n1. <a id=\"fn:1\"></a>\\<script>"),
    ("* <select>\n* two", "- \\<select>\n- two"),
    ("<select>\n\n*a*", "\\<select>\n\n*a*"),
    ("- <script>\n  a()\n\n  b()\n  </script>\n- two", "- two"),
    ("> <script>\n> a()\n>\n> b()\n> </script>\n> two", "> two"),
    ("Let\n\n<yourname>\n\nx", "Let\n\n\\<yourname>\n\nx"),
    ("- <T>\n\n<your name>\n*a*", "- \\<T>\n\n\\<your name> *a*"),
    ("See `List<T>`\n\n<img src=a.jpg>\n\nb", "See `List<T>`\n\n![](a.jpg)\n\nb"),
    ("<br>\nSee *a* `List<T>`\n</span>\n*b*", "See *a* `List<T>` *b*"),
    ("<img src=a.jpg>\n`List<T>` and **b**", "![](a.jpg)\n\n`List<T>` and **b**"),
    ("> <span class=a>\n> *b*</span>", "> *b*"),
    ("<!-- closed -->\n\nMore.", "More."),
    // HTML goes on to its end tag, and no further.
    ("<div>\n\n<p>a *b*</p>\n\n    c\n</div>\n*d*", "a \\*b\\*\n\nc\n\n*d*"),
    ("<table>\n\n  <tr>\n\n    <td>a</td>\n\n  </tr>\n\n</table>", "a"),
    ("<pre>\n\n*a*\n\n</pre>\n## b", "```\n\n*a*\n```\n\n## b"),
    ("<div></div>\n- a", "- a"),
    ("<hr>\n*a*", "* * *\n\n*a*"),
    ("- a\n\n  <div>\n\n  <b>b</b>\n\n      c\n  </div>\n\n  *d*", "- a\n\n  **b** c\n\n  *d*"),
    // As in CommonMark, Markdown follows a blank line.
    ("<details>\n<summary>a</summary>\n\n**b**\n\n- c\n\n</details>\n*d*", "a\n\n**b**\n\n- c\n\n*d*"),
    ("<div>\n\n*a*\n\n</div>\n", "*a*"),
    ("<div>\n\n*a*\n", "*a*"),
    ("<p>a *b*\n\n*c*", "a \\*b\\*\n\n*c*"),
    ("> <div>\n>\n> *a*\n>\n> </div>", "> *a*"),
    ("<p>\n    a\n\n    b <i>c</i>\n</p>\n\n*d*", "a b *c*\n\n*d*"),
    ("<p>\n\ta\n\n\tb <i>c</i>\n</p>", "a b *c*"),
    ("1. s\n\n   <pre>\n   x\n     y\n   </pre>", "1. s\n\n   ```\n   x\n     y\n   ```"),
    ("- s\n\n\t<div>\n\t<pre>\n\tx\n\t\ty\n\t</pre></div>", "- s\n\n  ```\n  x\n  \ty\n  ```"),
    ("<p>See <https://example.org/a></p>", "See \\<https://example.org/a>"),
    ("<div>\n<me@x.org> <br>\nor <https://a.b/c>\n</div>", "\\<me@x.org>\\\nor \\<https://a.b/c>"),
    // Markdown is asked for.
    ("<div markdown=\"1\">\n## a\n\n*b*\n</div>\nc", "## a\n\n*b*\n\nc"),
    ("<section markdown=block>\n<div>\n\n<i>a</i> *b*\n\n</div>\n*c*\n</section>", "*a* \\*b\\*\n\n*c*"),
    ("<div markdown=\"1\">*a* b</div>\n\n*c*", "*a* b\n\n*c*"),
    (
        "<table><tr><td markdown=\"span\">*a*</td><td>b</td></tr></table>",
        "|  |  |\n| --- | --- |\n| *a* | b |",
    ),
    ("<small markdown=\"1\">[a](b)</small>", "[<small>a</small>](b)"),
    ("<div markdown=\"0\">\n*a*\n</div>", "\\*a\\*"),
    // Attribute lists are no text.
    ("a\n{: .b #c}\n\nd", "a\n\nd"),
    ("{: .b}\na", "a"),
    ("![a](b){width=50%}", "![a](b)"),
    ("a [b](c \"(d)\"){.e f=\"g h\"} and `i`{.r}.", "a [b](c \"(d)\") and `i`."),
    (
        "f(x){y=1}, (a){.b}, [c](d){e}, f(x){y=1}, `f`{g}, [h](i)\\{.j}",
        "f(x){y=1}, (a){.b}, [c](d){e}, f(x){y=1}, `f`{g}, [h](i){.j}",
    ),
    ("*a*{: .b} [c](d){:target=\"_blank\"}", "*a* [c](d)"),
    ("- {:.a} b\n- c", "- b\n- c"),
    ("> a\n{: .b}\n\n> c\n> {: .d}", "> a\n\n> c"),
    ("* TOC\n{:toc}\n\n# a\n{: .no_toc}", "# a"),
    ("{:ref: .a}\nb\n{: ref}", "b"),
    ("    a\n{: .language-ruby}", "```ruby\na\n```"),
    ("~~~\na\n~~~\n{: lang=\"ruby\"}", "```ruby\na\n```"),
    // What only looks like an attribute list stays.
    ("`{: .a}` foo({:a => 1})", "`{: .a}` foo(\\{:a => 1})"),
    ("```\n{: .a}\n<div>\n\n$$\n```", "```\n{: .a}\n<div>\n\n$$\n```"),
    ("    {: .a}\n    <div>\n\n    $$ b $$", "```\n{: .a}\n<div>\n\n$$ b $$\n```"),
    // Extensions.
    ("{::comment}\na\n\nb\n{:/comment}\n\nc", "c"),
    ("a {::comment}b{:/}c", "a c"),
    ("{::nomarkdown}\n<p>*a*</p>\n{:/}\n\n*b*", "\\*a\\*\n\n*b*"),
    ("{::nomarkdown}<i>*a*</i>{:/nomarkdown}", "*\\*a\\**"),
    ("{::options toc_levels=\"2\" /}\n\na", "a"),
    ("- a\n\n^\n\n- b", "- a\n\n+ b"),
    ("a\n\n^\n\nb", "a\n\n\\^\n\nb"),
    ("* one\n^\n* two\n\n^\n* three", "- one\n\n+ two\n\n- three"),
    // A colon without a blank is text.
    ("a\n:tada: *b*\n\nc\n\n:d:", "a :tada: *b*\n\nc\n\n:d:"),
    ("::: note\na\n:::\n\n> b\n> :c:\n\n- d\n  :e:", "::: note\n\na\n\n:::\n\n> b :c:\n\n- d :e:"),
    ("- - > Hello\n    > :) friend", "- - > Hello :) friend"),
    ("- - > a\n    > : b", "- - > - a\n    >\n    >   b"),
    ("a | b\n:-- | :-:\nc | d", "| a | b |\n| --- | --- |\n| c | d |"),
    ("\\: a", "\\: a"),
    // Formulas keep their signs.
    ("x $a_1 * b_2 * c$ y", "x $a_1 * b_2 * c$ y"),
    ("$$a *b* \\\\ c$$ d", "$a *b* \\\\ c$ d"),
    ("$$\na\n\n*b*\n$$\n*c*", "$$a *b*$$\n\n*c*"),
    ("US$5 (*a* CA$7), $5 and $10", "US$5 (*a* CA$7), $5 and $10"),
    (
        "a | b\n---|---\n$c_d | US$\n$e\\|f$ | $g_h$",
        "| a | b |\n| --- | --- |\n| \\$c_d | US\\$ |\n\
         | <span class=\"math inline\">\\\\(e\\\\&#124;f\\\\)</span> | $g_h$ |",
    ),
    ("|a| is $|b|^2$", "|a| is $|b|^2$"),
    // Tables show all that their rows hold.
    (
        "| a | b |\n|---|---|\n| c | d | e *f* | g \\| h |\n| i |",
        "| a | b |\n| --- | --- |\n| c | d &#124; e \\*f\\* &#124; g &#124; h |\n| i |  |",
    ),
    // A bar in code ends no cell where there would be too many.
    (
        "| `a|b` | c |\n|---|---|\n| ``d || `e`|f`` | g |\n| `h|i` |\n| j | `k|l` | m |\nx `n|o`",
        "| <code>a&#124;b</code> | c |\n| --- | --- |\n| <code>d &#124;&#124; \\`e\\`&#124;f</code> | g |\n\
         | \\`h | i\\` |\n| j | <code>k&#124;l</code> &#124; m |\n| x \\`n | o\\` |",
    ),
    (
        "> a | b\n> -|-\n> `c|d` | `e\\|f`\n\n`g|h` *i*",
        "> | a | b |\n> | --- | --- |\n> | <code>c&#124;d</code> | <code>e&#124;f</code> |\n\n`g|h` *i*",
    ),
    // Headings, fences, footnotes.
    (
        "## a \\{: .b}\n\n## b \\{x}\n\n# foo{bar}\n\n# c {d} #",
        "## a \\{: .b}\n\n## b {x}\n\n# foo{bar}\n\n# c {d}",
    ),
    (
        "# a {#b .c}\n\n# d {e}\n\n# *j* {}\n\nh {{ i }}\n===\n\n## f {#g}",
        "# a\n\n# d {e}\n\n# *j* {}\n\n# h {{ i }}\n\n## f",
    ),
    ("``` ruby {.line}\na\n```", "```ruby\na\n```"),
    // What follows a fence in an item is in the item.
    ("10. ```\n    a\n    ```\n\n    Then $b_1$.", "10. ```\n    a\n    ```\n\n    Then $b_1$."),
    (
        "10. ```\n    a\n    ```\n\n```\nb\n```\n\n    $c_1$",
        "10. ```\n    a\n    ```\n\n```\nb\n```\n\n```\n$c_1$\n```",
    ),
    // A fence in a quotation in a list is closed there.
    (
        "2. > ```\n   > a\n   > ```\n\nThen $a_1$.\n\n{: .note}\nB",
        "2. > ```\n   > a\n   > ```\n\nThen $a_1$.\n\nB",
    ),
    ("- >\t~~~\n  > $a_1$\n  > ~~~\n\n{: .note}\nB", "- > ```\n  > $a_1$\n  > ```\n\nB"),
    (
        "10. - > ```\n      > a\n      > ```\n      > $b_1$",
        "10. - > ```\n      > a\n      > ```\n      >\n      > $b_1$",
    ),
    ("* > ```\n  > a\n\n$a_1$", "- > ```\n  > a\n  > ```\n\n$a_1$"),
    ("~~~ {: .lang-c}\na\n~~~", "```c\na\n```"),
    ("```{r, echo=FALSE}\na\n```", "```r\na\n```"),
    (
        "a[^x] b[^y]\n\n[^y]: c\n[^x]: d\n\n    e\n[^z]: f",
        concat!(
            "a[<sup>1</sup>](#fn:x) b[<sup>2</sup>](#fn:y)\n\n",
            "1. <a id=\"fn:x\"></a>d\n\n   e\n",
            "2. <a id=\"fn:y\"></a>c\n3. f"
        ),
    ),
    ("a[^x]", "a\\[^x]"),
    ("a\n: b\n: c", "- a\n\n  b\n\n  c"),
    ("![a *b* `c`](d.png \"e\")", "![a b c](d.png \"e\")"),
    ("a<br>b\\\nc  \nd", "a\\\nb\\\nc\\\nd"),
    ("茶\n杯", "茶杯"),
    // Template tags in URLs.
    ("[a]({{ site.url }}{{ b | c: \"d\" }}/e) f", "[a](<{{ site.url }}{{ b &#124; c: \"d\" }}/e>) f"),
    ("![a](/b/{% c d %}.png) {{ e }}", "![a](</b/{% c d %}.png>)\n\n{{ e }}"),
    ("[a]\n\n[a]: {{ b }}/c", "[a](<{{ b }}/c>)"),
    ("({{ a }}) [b] ({{ c }})", "({{ a }}) [b] ({{ c }})"),
];

#[test]
fn bodies_come_to_what_their_site_shows() {
    let mut failures = Vec::new();
    for (body, expected) in BODIES {
        // The heading makes sure that what is written is read as Markdown.
        let markdown = read(&format!("## top\n\n{body}")).0.to_markdown();
        let markdown = markdown.strip_prefix("## top\n\n").unwrap_or(&markdown);
        if markdown.trim_end() != *expected {
            failures.push(format!("{body:?}\n  gives {markdown:?}\n  not   {expected:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_is_written_reads_the_same() {
    for (body, _) in BODIES {
        let once = read(body).0;
        let twice = read(&once.to_markdown()).0;
        // Footnotes and descriptions are lists from then on, and terms are paragraphs.
        assert_eq!(
            once.to_text().split_whitespace().count(),
            twice.to_text().split_whitespace().count(),
            "{body:?}"
        );
    }
}

#[test]
fn line_ends_do_not_matter() {
    for (body, _) in BODIES {
        let windows = read(&body.replace('\n', "\r\n")).0;
        assert_eq!(windows.blocks, read(body).0.blocks, "{body:?}");
    }
}

#[test]
fn a_long_word_before_a_template_tag_is_cut_between_characters() {
    for letter in ["a", "é", "中", "😀"] {
        for length in 240..1010 {
            let body = format!("{}{{{{x}}}} b", letter.repeat(length));
            assert_eq!(read(&body).0.to_text().trim_end(), body);
        }
    }
}

#[test]
fn positions_are_those_of_the_markdown() {
    let source = "---\n---\n*a*\n\n<div>\n\n</div>\n- b\n\n  <div id=dfp-ad-1></div>\n";
    let parser = Parser::new().body_format(BodyFormat::Markdown);
    let (_, report) = parser.parse_with_report(source).unwrap();
    let removal = &report.removals[0];
    let position = removal.position.unwrap();
    assert_eq!(removal.element, "div#dfp-ad-1");
    assert_eq!((position.line, position.column), (10, 3));
}

fn read(body: &str) -> (Post<'static>, Report) {
    let source = format!("---\n---\n{body}");
    let parser = Parser::new().rules(Rules::none()).body_format(BodyFormat::Markdown);
    let (post, report) = parser.parse_with_report(&source).expect("a body is no error");
    (post.into_owned(), report)
}

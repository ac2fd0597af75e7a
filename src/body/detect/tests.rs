use super::markdown;

#[track_caller]
fn assert_markdown(body: &str, sign: &str) {
    let at = markdown(body).unwrap_or_else(|| panic!("is HTML: {body:?}"));
    assert!(body[at..].starts_with(sign), "{:?} in {body:?}", &body[at..]);
}

#[track_caller]
fn assert_html(body: &str) {
    assert_eq!(markdown(body).map(|at| &body[at..]), None, "{body:?}");
}

#[test]
fn each_sign_makes_markdown() {
    for sign in [
        "# Tea",
        "###### Tea",
        "Tea\n===",
        "Tea\n---",
        "* Tea",
        "- Tea",
        "+ Tea",
        "1. Tea",
        "2) Tea",
        "```\nTea\n```",
        "~~~ c\nTea\n~~~",
        "> Tea",
        "a | b\n--|--\nc | d",
        "| a |\n|:-:|\n| b |",
        "[tea]: https://example.org",
        "[^1]: Tea",
        "*[HTML]: Hypertext",
        "{: .tea}",
        "{:toc}",
    ] {
        for before in [
            "",
            "Tea.\n\n",
            "<p>Tea</p>\n",
            "<!-- * a -->\n\n",
            "<br>\n\n",
            "{{ x }}\n\n",
            "5 &lt; 6\r\n\r\n",
        ] {
            let body = format!("{before}{sign}");
            let at = markdown(&body).unwrap_or_else(|| panic!("is HTML: {body:?}"));
            assert!(at >= before.len(), "{at} in {body:?}");
        }
    }
}

#[test]
fn each_sign_inside_a_line_makes_markdown() {
    for sign in [
        "[tea](/tea)",
        "[tea](</a b> 'Tea')",
        "[tea\ncake](/a_(b) \"Tea\")",
        "[tea]({{ site.url }}/tea)",
        "![tea](/tea.png)",
        "![](/tea.png)",
        "**Tea**",
        "**Tea\ncake**",
        "__Tea__",
        "***Tea***",
        "~~Tea~~",
        "`Tea`",
        "``T`ea``",
        "`<b>`",
        "<https://example.org/>",
        "<mailto:a@b.de>",
        "<u@example.org>",
        "$$x$$",
        "\\*Tea",
        "\\\\",
        "[Tea]{: .green}",
    ] {
        for (before, after) in
            [("", ""), ("A ", " b."), ("<b>x</b>, ", ""), ("A <T> ", ""), ("“", "”"), ("喝", "茶")]
        {
            // These touch letters only where Markdown lets them.
            if before == "喝" && sign.starts_with('_') {
                continue;
            }
            assert_markdown(&format!("{before}{sign}{after}"), "");
        }
    }
    assert_markdown("Tea\\\ncake", "\\");
    assert_markdown("Tea  \ncake", "");
    assert_markdown("Tea\n\n***\n\ncake", "***");
    assert_markdown("* * *", "* * *");
}

#[test]
fn what_only_looks_like_a_sign_is_none() {
    for body in [
        "Tea",
        "Tea\n\ncake",
        "5 * 3 * 2, a*b*c, *tea*, _tea_",
        "    indented",
        "#tea #cake",
        "#",
        "*",
        "1984 was a year.\n1985. Too.",
        "2.5 cups",
        "-- Tea",
        "Tea\n--\nMum",
        "Yours,\n- Mum",
        "Tea - cake",
        "**** / **** / ****",
        "2**3",
        "a__b__c",
        "C:\\tea\\cake, \\(x\\)",
        "[sic](which is so) [1] [a] (b)",
        "a](b)",
        "` tea",
        "`a ``b",
        "1 < 2 <T> a<b",
        "<T>, vector<int> and <o:p></o:p>, <fb:like>",
        "$5 and $$6",
        "~/tea",
        "a || b",
        "Tea\n***\ncake",
        "{% tea * **a** %} {{ `b` }}",
        "{% highlight sh %}\n# tea\n`ls`\n{% endhighlight %}\nTea",
        "{%- raw -%}{{ `a` }}{%- endraw -%}",
        "- Tea<br>\n- Cake<br>",
        "[note]: see below",
        "{:",
        "&#42; Tea",
        "a \\ b",
        "Tea  \n<br>",
        "Tea  \n\ncake",
        "> ",
        "{{ <i>x</i>\n\n{% highlight sh %}\n# a\n{% endhighlight %}",
        "{% <i>x</i>\n\n{{ `a` }}",
        "{% raw %} {% comment %}`a`{% endcomment %}",
        "The `quoted' text and `another' one, and (`a third', too).",
        "The ``quoted'' text and ``another'' one.",
        "\u{af}\\_(ツ)_/\u{af}",
        "<p>T</p>\n~~~~~~~~~~\n<p>U</p>",
        "T\n\n~~~~~~~~~~\n~~~\n~~~~~~~~~~ U\n",
        "```\nTea",
        "T\n    >>> a",
        "T\n\n    $ 500",
        "T\n\n    $ Tea",
        "<div>\n\n    >>> a\n\n</div>",
    ] {
        assert_html(body);
    }
    // What is nearly that is a sign.
    assert_markdown("The `quoted' text` and", "`quoted");
    assert_markdown("The `it's` and `they're`", "`it's");
    assert_markdown("Use `'a' or `b", "`'a'");
    assert_markdown("\\_(ツ)_/", "\\_");
    assert_markdown("<p>T</p>\n~~~~~~~~~~\na\n> ~~~~~~~~~~~ \r\n", "~~~");
    assert_markdown("~~~~\n~~~\n\n```\na\n```", "```");
    assert_markdown("T\n\n    >>> <element a>\n", ">>> ");
    assert_markdown("T\n\n\t$ ls <dir>", "$ ls");
    assert_markdown("\u{af}\\_(o)_/\u{af}", "\\_");
}

#[test]
fn text_inside_elements_has_no_signs() {
    for element in
        ["div", "p", "b", "pre", "code", "DIV", "table", "a", "td", "textarea", "script", "style", "ruby"]
    {
        assert_html(&format!("<{element}>\n\n# Tea\n\n* **a**\n\n</{element}>"));
        assert_html(&format!("Tea <{element} class='>'>`a`</{element} > cake"));
        // Nothing ends it, so that it is text.
        assert_markdown(&format!("Use <{element}> for this.\n\n# Tea"), "# Tea");
        assert_markdown(&format!("Use <{element}> for `this`"), "`this`");
    }
    assert_html("<div><b>`a`<i>**b**</div>");
    assert_html("<div><div></div># a</div>");
    assert_markdown("<div></div># `a`</div>", "`a`");
    assert_html("<!-- # Tea\n\n* a -->");
    assert_markdown("<!-- # Tea\n\n* a", "* a");
    assert_html("<?php # `a` ?>");
    assert_html("<script>\n# if (a < b) { </div> `x` }\n</script>");
    assert_html("<div title='a\n\n* b'></div>");
    assert_markdown("<p>Tea</p>\n\nUse `<T>`", "`<T>`");
    assert_markdown("<![](tea.png)", "](");
    assert_html("<div></div>\n<div></div>");
    assert_html("a <b class=x\n>2");
    assert_markdown("if a <b and `c` > d", "`c`");
    assert_html("<my-tea title='**a**'>a</my-tea>");
}

#[test]
fn paragraphs_need_no_end_tags() {
    assert_html("<p>Tea and\n* cake\n<p>`a` and **b**\n<ul><li># a<li>b</ul>");
    assert_html("<P>\n- a\n<P>\n- b");
    assert_markdown("<p>Tea\n\n* cake", "* cake");
    assert_markdown("Use <p> for\n* cake\n* tea", "* cake");
    assert_markdown("1\\) Tea", "\\)");
    assert_html("<dl><dt>a<dd>`b`</dl>");
    assert_markdown("<p>Tea<div>a</div> `b`", "`b`");
}

#[test]
fn an_element_can_ask_for_markdown() {
    for body in [
        "<div markdown=\"1\">Tea</div>",
        "<div class=a markdown=1>Tea</div>",
        "Tea<div><p markdown='span'>Tea</p></div>",
        "<p>Tea</p><section MARKDOWN=block>Tea</section>",
    ] {
        assert!(markdown(body).is_some(), "{body}");
    }
    assert_html("<div markdown=0>* Tea</div>");
    assert_html("<div markdown>* Tea</div>");
}

#[test]
fn an_article_in_one_element_is_html() {
    let long = "<p>Tea</p>\n".repeat(100);
    let markdown = "\n\n# Tea\n\n";
    assert_html(&format!("\n<div id=a>{long}{markdown}{long}</div>\n"));
    assert_markdown(&format!("<div>{markdown}</div>{markdown}<div>{long}</div>"), "# Tea");
    assert_markdown(&format!("<div>{long}</div>{markdown}<div>Tea</div>"), "# Tea");
    assert_markdown(&format!("<div>{long}</div>{markdown}<section>{long}</section>"), "# Tea");
    let text = "a ".repeat(200);
    for name in ["p", "figure", "blockquote", "ul", "h2", "table", "pre"] {
        let body = format!("<{name}>{text}</{name}>{markdown}<{name}>{text}</{name}>");
        assert_markdown(&body, "# Tea");
        assert_html(&body.replace("# ", ""));
    }
    assert_markdown(&format!("<div>{long}</div>{markdown}<div><div>Tea</div></div>"), "# Tea");
    assert_html("<div></div>");
    assert_html("<div><div></div></div>");
    assert_markdown("<div>a</div>\n\n`b`\n\n<div>c</div>", "`b`");
    assert_markdown("<div>a</div> `b` </div>", "`b`");
}

/// What takes a long time if something is looked for again and again. The test would not end.
#[test]
fn no_body_takes_long() {
    const COUNT: usize = 200_000;
    for piece in [
        "<div>",
        "<p>",
        "</div>",
        "`",
        "` ",
        "`` ` ",
        "[",
        "[](",
        "[a](b",
        "](",
        "**",
        "**a",
        "<a href=\"",
        "<a ",
        "<a \n\n",
        "<!--",
        "<script>",
        "<?",
        "{%",
        "{{",
        "$$ ",
        "$$$ ",
        "* ",
        "> ",
        "\\",
        "<x ",
        "<x\n\n",
        "<b ='",
        "[a]:",
        "<u@",
        "<a:",
        "<T>",
        "<div\n",
        "</",
        "<p>\n\n",
        "[^",
        "1. ",
        "~~",
        "__",
        "<div><b></b></b>",
        "<title>",
        "{: ",
        "a{:",
        "a{:.a ",
        "a{: }",
        "|-",
        "[](<a",
        "[](<a>\n",
        "\\(x\\)",
        "1\\)",
        "`a' ",
        "`a' ``b' ",
        "{{ }} ",
        "{% raw %}",
        "{% raw %}{% highlight %}",
        "{%raw%}endraw",
        "<b <b",
        "a  \n",
        "<title></title",
        "<!DOCTYPE",
        "~~~\n",
        "~~~ a\n",
        "````` a\n``` b\n",
    ] {
        for (before, after) in
            [("", ""), ("a", ""), ("<div>", ""), ("a\n\n", "\n\nb"), ("a<b>", "</i>"), ("a", ">")]
        {
            markdown(&(before.to_owned() + &piece.repeat(COUNT) + after));
        }
    }
}

/// Every mixture of pieces is read to its end.
#[test]
fn no_mixture_is_too_odd() {
    const PIECES: [&str; 40] = [
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<br>",
        "`",
        "``",
        "\n",
        "\n\n",
        " ",
        "a",
        "茶",
        "**",
        "[",
        "](",
        ")",
        "<",
        ">",
        "<!--",
        "-->",
        "\"",
        "=",
        "{%",
        "%}",
        "{{",
        "}}",
        "$$",
        "\\",
        "#",
        "- ",
        "1. ",
        "<a href=\"",
        "<script>",
        "</script>",
        "|",
        "~~",
        "<?",
        "\r",
    ];
    let mut seed = 1_u64;
    for length in (0..30_000).map(|number| number % 12) {
        let body: String = (0..length)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                PIECES[usize::try_from(seed >> 40).unwrap_or(0) % PIECES.len()]
            })
            .collect();
        let at = markdown(&body);
        assert!(at.is_none_or(|at| body.is_char_boundary(at)), "{body:?}");
    }
    assert_html("`a <b>x\n\ny</b> ``z");
}

//! Template tags: what becomes of each, in HTML and in Markdown, in attributes, in code, and without an end.

use offprint::{
    BodyFormat, DiagnosticKind, Engine, Parser, Post, RemovalKind, Report, Rules, TemplateSyntaxes,
};
use serde_json::Value;

const NONE: TemplateSyntaxes = TemplateSyntaxes::NONE;
const LIQUID: TemplateSyntaxes = TemplateSyntaxes::LIQUID;
const HUGO: TemplateSyntaxes = TemplateSyntaxes::HUGO;
const WORDPRESS: TemplateSyntaxes = TemplateSyntaxes::WORDPRESS;
const ALL: TemplateSyntaxes = TemplateSyntaxes::ALL;

/// Reads a body with both engines, which agree.
fn read(syntaxes: TemplateSyntaxes, format: BodyFormat, body: &str) -> (Post<'static>, Report) {
    let parser = Parser::new().recover(true).rules(Rules::none()).templates(syntaxes).body_format(format);
    let parse = |engine| {
        let (post, report) = parser.clone().engine(engine).parse_with_report(body).unwrap();
        assert_eq!(parser.parse(body).unwrap(), post, "without a report: {body}");
        (post.into_owned(), report)
    };
    let (post, report) = parse(Engine::Auto);
    let (expected, expected_report) = parse(Engine::Reference);
    assert_eq!(post, expected, "{body}");
    assert_eq!(report.removals, expected_report.removals, "{body}");
    assert_eq!(report.diagnostics, expected_report.diagnostics, "{body}");
    for removal in report.removals.iter().filter(|removal| removal.kind == RemovalKind::Template) {
        assert!(body[removal.position.unwrap().offset..].starts_with(&removal.text), "{removal:?}");
    }
    (post, report)
}

/// The blocks in short: `p(text)`, `pre:c(code)`, `img(/a.jpg|caption)`, `quote(…)`.
fn outline(post: &Post<'_>) -> String {
    blocks(&serde_json::to_value(&post.blocks).unwrap())
}

fn blocks(value: &Value) -> String {
    let all = value.as_array().into_iter().flatten();
    all.map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().replace('\n', "⏎");
    let kind = block["type"].as_str().unwrap();
    match kind {
        "paragraph" => format!("p({}{})", text(&block["text"]), links(&block["marks"])),
        "heading" => format!("h({})", text(&block["text"])),
        "preformatted" => format!("pre:{}({})", text(&block["language"]), text(&block["text"])),
        "figure" => {
            let media = block["media"].as_array().unwrap().iter();
            let media: Vec<_> =
                media.map(|media| format!("{}:{}", text(&media["type"]), text(&media["src"]))).collect();
            let caption = &block["caption"];
            format!("{}({}{})", media.join("+"), text(&caption["text"]), links(&caption["marks"]))
        }
        "list" => {
            let items = block["items"].as_array().unwrap().iter();
            format!("list({})", items.map(|item| blocks(&item["blocks"])).collect::<Vec<_>>().join("; "))
        }
        "block_quote" => format!("quote({})", blocks(&block["blocks"])),
        other => other.to_owned(),
    }
}

fn links(marks: &Value) -> String {
    let all = marks.as_array().into_iter().flatten();
    all.map(|mark| match mark["href"].as_str() {
        Some(href) => format!("→{href}"),
        None => format!("+{}", mark["type"].as_str().unwrap()),
    })
    .collect()
}

#[track_caller]
fn assert_blocks(syntaxes: TemplateSyntaxes, format: BodyFormat, body: &str, expected: &str) {
    let (post, report) = read(syntaxes, format, body);
    assert_eq!(outline(&post), expected, "{format:?} {body:?}");
    assert_eq!(report.diagnostics, [], "{body:?}");
}

/// In HTML and in Markdown alike.
#[track_caller]
fn assert_both(syntaxes: TemplateSyntaxes, body: &str, expected: &str) {
    for format in [BodyFormat::Html, BodyFormat::Markdown] {
        assert_blocks(syntaxes, format, body, expected);
    }
}

#[track_caller]
fn assert_removals(syntaxes: TemplateSyntaxes, body: &str, blocks: &str, removals: &[(&str, &str)]) {
    for format in [BodyFormat::Html, BodyFormat::Markdown] {
        let (post, report) = read(syntaxes, format, body);
        assert_eq!(outline(&post), blocks, "{format:?} {body:?}");
        let found = report.removals.iter().filter(|removal| removal.kind == RemovalKind::Template);
        let found: Vec<_> = found.map(|removal| (&*removal.element, &*removal.text)).collect();
        assert_eq!(found, removals, "{body:?}");
        // An article of which nothing is left is worth a word.
        let kinds: Vec<_> = report.diagnostics.iter().map(|diagnostic| diagnostic.kind).collect();
        let expected: &[_] = if blocks.is_empty() { &[DiagnosticKind::EmptyArticle] } else { &[] };
        assert_eq!(kinds, expected, "{body:?}");
    }
}

/// The messages, and the bytes of the body at their positions.
#[track_caller]
fn assert_diagnostics(syntaxes: TemplateSyntaxes, body: &str, blocks: &str, expected: &[(&str, &str)]) {
    let (post, report) = read(syntaxes, BodyFormat::Html, body);
    assert_eq!(outline(&post), blocks, "{body:?}");
    let found = report.diagnostics.iter().map(|diagnostic| {
        let rest = &body[diagnostic.position.unwrap().offset..];
        (&*diagnostic.message, rest.split(' ').next().unwrap())
    });
    assert_eq!(found.collect::<Vec<_>>(), expected, "{body:?}");
}

#[test]
fn code_of_liquid_is_code() {
    let body = "{% highlight ruby linenos %}\n  a *b* <i> &lt;\n\n  {{ c }} `d`\n{% endhighlight %}";
    assert_both(LIQUID, body, "pre:ruby(  a *b* <i> &lt;⏎⏎  {{ c }} `d`)");
    assert_both(LIQUID, "{% highlight c %}a{% endhighlight c %}", "pre:c(a)");
    assert_both(LIQUID, "{%- highlight c -%}\na\n{%- endhighlight -%}", "pre:c(a)");
    assert_both(LIQUID, "See:\n{% highlight c %}\na\n{% endhighlight %}\nb", "p(See:) pre:c(a) p(b)");
    assert_both(
        LIQUID,
        "a {% highlight c %}b_c_d *e* f_g_{% endhighlight %} h",
        "p(a) pre:c(b_c_d *e* f_g_) p(h)",
    );
    let body = "{% highlight liquid %}\n{% raw %}{% if x %}{{ y }}{% endraw %}\n{% endhighlight %}";
    assert_both(LIQUID, body, "pre:liquid({% if x %}{{ y }})");
    let body =
        "{% highlight html %}\n<script>\n</div>{% raw %}{% endhighlight %}{% endraw %}\n{% endhighlight %}";
    assert_both(LIQUID, body, "pre:html(<script>⏎</div>{% endhighlight %})");
    let body = "{% codeblock The title lang:ruby https://a.org/x a link %}\na\n{% endcodeblock %}\nb";
    assert_both(LIQUID, body, "p(The title a link→https://a.org/x) pre:ruby(a) p(b)");
    assert_both(LIQUID, "<p>{% highlight c %}a{% endhighlight %}</p>", "pre:c(a)");
}

#[test]
fn code_in_containers_of_markdown_loses_their_margin() {
    let body = "1. a\n   {% highlight c %}\n   b\n\n     d\n   {% endhighlight %}\n2. e";
    assert_blocks(LIQUID, BodyFormat::Markdown, body, "list(p(a) pre:c(b⏎⏎  d); p(e))");
    let body = "> a\n> {% highlight c %}\n> b\n>\n>   d\n> {% endhighlight %}\n\ne";
    assert_blocks(LIQUID, BodyFormat::Markdown, body, "quote(p(a) pre:c(b⏎⏎  d)) p(e)");
    let body = "- {% highlight c %}\n  b\n  {% endhighlight %}";
    assert_blocks(LIQUID, BodyFormat::Markdown, body, "list(pre:c(b))");
}

#[test]
fn tags_of_liquid_without_content_are_removals() {
    let removals = [("{% include %}", "{% include JB/setup %}"), ("{{ }}", "{{ page.x | y: \"z\" }}")];
    assert_removals(
        LIQUID,
        "{% include JB/setup %}\n\nTea {{ page.x | y: \"z\" }} is good.",
        "p(Tea is good.)",
        &removals,
    );
    let body = "a {% if page.x %}b{% else %}c{% endif %} d";
    let removals =
        [("{% if %}", "{% if page.x %}"), ("{% else %}", "{% else %}"), ("{% endif %}", "{% endif %}")];
    assert_removals(LIQUID, body, "p(a b c d)", &removals);
    let comment = "{% comment %} no {{ x }} {% endcomment %}";
    assert_removals(LIQUID, &format!("a {comment}b"), "p(a b)", &[("{% comment %}", comment)]);
    assert_removals(LIQUID, "a{%- assign x = 1 -%} b", "p(ab)", &[("{% assign %}", "{%- assign x = 1 -%}")]);
    assert_removals(
        LIQUID,
        "<p>*{{ x }}*</p>\n\n<{{ y }}>",
        "",
        &[("{{ }}", "*{{ x }}*"), ("{{ }}", "<{{ y }}>")],
    );
    // What stands around a tag does not become markup without it.
    assert_removals(
        LIQUID,
        "a <{{ x }}b> &l{{ y }}t; c",
        "p(a <b> &lt; c)",
        &[("{{ }}", "{{ x }}"), ("{{ }}", "{{ y }}")],
    );
}

#[test]
fn texts_of_different_cases_are_not_glued_together() {
    let cases = "{% if x %}shown A{% else %}shown B{% endif %}";
    assert_both(LIQUID, cases, "p(shown A shown B)");
    assert_both(LIQUID, "a{% if x %}.{% elsif y %}{% if z %}B{% endif %}{% endif %}", "p(a. B)");
    assert_both(LIQUID, "{% when 1 %}a{% when 2 %}b{% endcase %}", "p(a b)");
    let tabs = "{{< tab \"One\" >}}t1{{< /tab >}}{{< tab \"Two\" >}}t2{{< /tab >}}, ü";
    assert_both(HUGO, tabs, "p(t1 t2, ü)");
    assert_both(LIQUID, "word{% if x %}s{% endif %}, a{% x %}b", "p(words, ab)");
    let link = "[a](/b{% if x %}c{% else %}d{% endif %})";
    assert_blocks(LIQUID, BodyFormat::Markdown, link, "p(a→/bcd)");
    assert_both(LIQUID, "<a href=\"/b{% if x %}c{% else %}d{% endif %}\">a</a>", "p(a→/bcd)");
}

#[test]
fn texts_of_liquid_are_shown() {
    assert_both(LIQUID, "a {{ \"b c\" }} {{ '/d' | relative_url }}", "p(a b c /d)");
    assert_both(LIQUID, "a {% raw %}{{ b }}{% c %}{% endraw %} d", "p(a {{ b }}{% c %} d)");
    assert_both(LIQUID, "a {{ \"{{\" }} b {{ '{%' }}", "p(a {{ b {%)");
    assert_removals(LIQUID, "a {{ 'now' | date: '%Y' }}", "p(a)", &[("{{ }}", "{{ 'now' | date: '%Y' }}")]);
}

#[test]
fn urls_of_liquid_are_urls() {
    let body = "<a href=\"{{ \"x\" | relative_url }}\">a</a> <a href='{% post_url 2012-01-02-x %}'>b</a>";
    assert_both(LIQUID, body, "p(a b→x→2012-01-02-x)");
    let body = "[a]({% link _posts/x.md %}) [b]({{ '/y z' | absolute_url }})";
    assert_blocks(LIQUID, BodyFormat::Markdown, body, "p(a [b](/y z)→_posts/x.md)");
    let body = "<img src=\"{{ site.baseurl }}/a.jpg\"> <img src={% asset \"a b.png\" %}>";
    assert_removals(LIQUID, body, "image:/a.jpg() image:a b.png()", &[("{{ }}", "{{ site.baseurl }}")]);
    let body = "![]({{ site.url }}{{ site.baseurl }}/a.jpg)";
    assert_blocks(LIQUID, BodyFormat::Markdown, body, "image:/a.jpg()");
    let body = "<a {% if a > b %}class=\"c\"{% endif %} href=/x>y</a>";
    assert_removals(
        LIQUID,
        body,
        "p(y→/x)",
        &[("{% if %}", "{% if a > b %}"), ("{% endif %}", "{% endif %}")],
    );
    assert_both(LIQUID, "<a href=\"/{% raw %}{{ x }}{% endraw %}\">y</a>", "p(y→/{{ x }})");
}

#[test]
fn media_of_liquid_are_figures() {
    let player = "embed:https://www.youtube.com/embed/a_B-1()";
    assert_both(LIQUID, "{% youtube a_B-1 %}", player);
    assert_both(LIQUID, "{% youtube \"https://youtu.be/a_B-1\" 500 400 %}", player);
    assert_both(LIQUID, "a\n{% vimeo 12 %}\nb", "p(a) embed:https://player.vimeo.com/video/12() p(b)");
    assert_both(LIQUID, "{% gist a/12 b.rb %}", "embed:https://gist.github.com/a/12?file=b.rb()");
    assert_both(LIQUID, "{% gist 12 'a b.rb' %}", "embed:https://gist.github.com/12?file=a%20b.rb()");
    assert_both(
        LIQUID,
        "{% twitter https://twitter.com/a/status/1 %}",
        "embed:https://twitter.com/a/status/1()",
    );
    assert_both(LIQUID, "{% tweet 1 %}", "embed:https://twitter.com/i/status/1()");
    assert_both(LIQUID, "{% img left /a.jpg 3 4 \"b\" \"c\" %}", "image:/a.jpg()");
    assert_both(LIQUID, "{% figure /a.jpg \"b c\" %}", "image:/a.jpg(b c)");
    assert_both(LIQUID, "{% image src=\"a.jpg\" caption=\"b\" %}", "image:a.jpg(b)");
    let (post, _) = read(LIQUID, BodyFormat::Html, "{% img left /a.jpg 3 4 \"b\" \"c\" %}");
    let image = post.images().next().unwrap();
    assert_eq!((image.alt.as_deref(), image.title.as_deref(), image.width), (Some("c"), Some("b"), Some(3)));
    // A tag without what it shows is a removal.
    assert_removals(LIQUID, "{% youtube %}", "", &[("{% youtube %}", "{% youtube %}")]);
}

#[test]
fn quotations_of_octopress_are_quotations() {
    let body = "{% blockquote Jane, Tea https://a.org The book %}\nb\n{% endblockquote %}\nc";
    assert_both(LIQUID, body, "quote(p(b) p(Jane, Tea The book→https://a.org)) p(c)");
    let body = "a\n{% blockquote %}\nb **c**\n\n- d\n- e\n{% endblockquote %}\nf *g*";
    let expected = "p(a) quote(p(b c+strong) list(p(d); p(e))) p(f g+emphasis)";
    assert_blocks(LIQUID, BodyFormat::Markdown, body, expected);
    let nested = "{% blockquote A %}\na\n{% blockquote B %}\nb\n{% endblockquote %}\n{% endblockquote %}";
    assert_both(LIQUID, nested, "quote(p(a) quote(p(b) p(B)) p(A))");
    assert_removals(
        LIQUID,
        "a {% endblockquote %}",
        "p(a)",
        &[("{% endblockquote %}", "{% endblockquote %}")],
    );
}

#[test]
fn shortcodes_of_hugo_show_what_they_show() {
    let body = "{{< figure src=\"/a b.jpg\" alt=\"c\" link=\"/d\" title=\"T\" caption=\"e\" attr=\"f\" attrlink=\"/g\" >}}";
    assert_both(HUGO, body, "image:/a b.jpg(T e f→/g)");
    assert_both(HUGO, "a\n{{<figure \"/a.jpg\">}}\nb", "p(a) image:/a.jpg() p(b)");
    assert_both(HUGO, "{{< youtube id=\"x\" title=\"y\" >}}", "embed:https://www.youtube.com/embed/x()");
    assert_both(HUGO, "{{ youtube(id=\"x\", class=\"y\") }}", "embed:https://www.youtube.com/embed/x()");
    assert_both(HUGO, "{{< vimeo 1 >}}", "embed:https://player.vimeo.com/video/1()");
    assert_both(HUGO, "{{< gist a 1 >}}", "embed:https://gist.github.com/a/1()");
    assert_both(HUGO, "{{< gist a 1 \"c++.cpp\" >}}", "embed:https://gist.github.com/a/1?file=c%2B%2B.cpp()");
    assert_both(HUGO, "{{< tweet user=\"a\" id=\"1\" />}}", "embed:https://twitter.com/i/status/1()");
    assert_both(HUGO, "{{< instagram X-1 >}}", "embed:https://www.instagram.com/p/X-1()");
    assert_both(
        HUGO,
        "{{< highlight go \"linenos=1\" >}}\na *b*\n\n{{ c }}\n{{< /highlight >}}\nd",
        "pre:go(a *b*⏎⏎{{ c }}) p(d)",
    );
    assert_both(HUGO, "<a href=\"{{< relref \"b c.md\" >}}\">a</a>", "p(a→b c.md)");
    assert_blocks(HUGO, BodyFormat::Markdown, "[a]({{< ref \"b c.md#d\" >}})", "p(a→b%20c.md#d)");
    assert_both(HUGO, "a {{</* b c */>}} {{%/* d */%}}", "p(a {{< b c >}} {{% d %}})");
}

#[test]
fn other_shortcodes_of_hugo_are_removals_and_their_content_stays() {
    let removals = [("{{< x >}}", "{{< x a=\"b >}} c\" >}}"), ("{{< /x >}}", "{{< /x >}}")];
    assert_removals(HUGO, "a {{< x a=\"b >}} c\" >}}d{{< /x >}} e", "p(a d e)", &removals);
    let removals =
        [("{{% note %}}", "{{% note %}}"), ("{{% /note %}}", "{{% /note %}}"), ("{{/* */}}", "{{/* no */}}")];
    assert_removals(HUGO, "{{% note %}}\na\n{{% /note %}}{{/* no */}}", "p(a)", &removals);
    let removals = [("{% quote() %}", "{% quote(author=\"x\") %}"), ("{% end %}", "{% end %}")];
    assert_removals(HUGO, "a {% quote(author=\"x\") %}b{% end %} c", "p(a b c)", &removals);
    let body = "{{% note %}}\n**a**\n{{% /note %}}";
    assert_blocks(HUGO, BodyFormat::Markdown, body, "p(a+strong)");
}

#[test]
fn captions_of_wordpress_are_figures() {
    let body = "<p>[caption id=\"a\" align=\"b\" width=\"3\"]<a href=\"/c\"><img src=\"/d\" /></a> The <i>e</i>.[/caption]</p>";
    assert_both(WORDPRESS, body, "image:/d(The e.+emphasis)");
    assert_both(WORDPRESS, "<p>a</p>\n[caption]<img src=/d>[/caption]\n<p>b</p>", "p(a) image:/d() p(b)");
    assert_both(
        WORDPRESS,
        "[caption width=\"3\" caption=\"The e\"]<img src=/d>[/caption]",
        "image:/d(The e)",
    );
    let body = "[caption width=\"3\"]![x](/d) the [e](/f)[/caption]\nb **c**";
    assert_blocks(WORDPRESS, BodyFormat::Markdown, body, "image:/d(the e→/f) p(b c+strong)");
    let body = "[caption width=\"3\"][![x](/d)](/g) e[/caption]";
    assert_blocks(WORDPRESS, BodyFormat::Markdown, body, "image:/d(e)");
}

#[test]
fn media_of_wordpress_are_figures() {
    let player = "embed:https://www.youtube.com/embed/x_y-z123456()";
    for tag in [
        "[youtube https://www.youtube.com/watch?v=x_y-z123456&w=3]",
        "[youtube=http://youtu.be/x_y-z123456]",
        "[youtube x_y-z123456]",
        "[youtube]https://youtu.be/x_y-z123456[/youtube]",
        "[embed]https://youtu.be/x_y-z123456[/embed]",
        "[embed width=\"3\"]<a href=\"https://youtu.be/x_y-z123456\">https://youtu.be/x_y-z123456</a>[/embed]",
    ] {
        assert_both(WORDPRESS, tag, player);
    }
    assert_both(WORDPRESS, "[vimeo 12]", "embed:https://player.vimeo.com/video/12()");
    assert_both(WORDPRESS, "[audio src=\"a.mp3\"]", "audio:a.mp3()");
    assert_both(WORDPRESS, "[video mp4=\"/a.mp4\" poster=\"b\"][/video]", "video:/a.mp4()");
    assert_both(WORDPRESS, "[soundcloud url=\"https://a.org/b\"]", "embed:https://a.org/b()");
    assert_removals(WORDPRESS, "[gallery ids=\"1,2\"]", "", &[("[gallery]", "[gallery ids=\"1,2\"]")]);
    let removals = [("[column]", "[column a=\"b\"]"), ("[/column]", "[/column]")];
    assert_removals(WORDPRESS, "a [column a=\"b\"]c[/column]", "p(a c)", &removals);
}

#[test]
fn code_of_wordpress_is_code() {
    let body = "<p>[cc lang='sql']a *b*<br />\nc &lt; d[/cc]</p>";
    assert_both(WORDPRESS, body, "pre:sql(a *b*⏎c < d)");
    assert_both(WORDPRESS, "[sourcecode language=\"html\"]\n<b>\n[/sourcecode]", "pre:html(<b>)");
    assert_both(WORDPRESS, "[ruby]\na & b\n[/ruby]", "pre:ruby(a & b)");
    assert_both(WORDPRESS, "[code]a[/code]", "pre:(a)");
}

#[test]
fn brackets_of_prose_are_prose() {
    let body = "[sic] [1] [code] [video here] [quote from x] [caption] [[1]] [c] a[c]";
    assert_both(WORDPRESS, body, &format!("p({body})"));
    assert_blocks(
        WORDPRESS,
        BodyFormat::Markdown,
        "[gallery](/x) [video][a]\n\n[a]: /y",
        "p(gallery video→/x→/y)",
    );
    assert_both(WORDPRESS, "a [[gallery ids=\"1\"]] b", "p(a [gallery ids=\"1\"] b)");
}

#[test]
fn tags_in_code_are_text() {
    let fence = "```\n{{ a }} {% b %} {{< c >}} [gallery]\n{% raw %}{{ d }}{% endraw %} {{</* e */>}} {{ \"{{\" }}\n```";
    let expected = "pre:({{ a }} {% b %} {{< c >}} [gallery]⏎{{ d }} {{< e >}} {{⏎)";
    assert_blocks(ALL, BodyFormat::Markdown, fence, expected);
    assert_blocks(ALL, BodyFormat::Markdown, "~~~\n{{ a }}\n~~~\n", "pre:({{ a }}⏎)");
    let span = "`{{ a }}` ``{% b %}`` `{% raw %}{{ c }}{% endraw %}`";
    assert_blocks(ALL, BodyFormat::Markdown, span, "p({{ a }} {% b %} {{ c }}+code+code+code)");
    let html = "<pre>{{ a }} [gallery]\n{% highlight c %} {{</* b */>}}</pre><p><code>{% raw %}{{ c }}{% endraw %}</code></p>";
    assert_both(ALL, html, "pre:({{ a }} [gallery]⏎{% highlight c %} {{< b >}}) p({{ c }}+code)");
    let raw = "{% raw %}\n```\n{{ a }}\n```\n{% endraw %}\nb";
    assert_blocks(ALL, BodyFormat::Markdown, raw, "pre:({{ a }}⏎) p(b)");
}

#[test]
fn tags_in_indented_code_of_markdown_are_text() {
    let tag = "{{< figure src=\"z\" >}}";
    let code = format!("pre:({tag}⏎) p(b)");
    assert_blocks(HUGO, BodyFormat::Markdown, &format!("    {tag}\n\nb"), &code);
    assert_blocks(HUGO, BodyFormat::Auto, &format!("# A\n\n\t{tag}\n\nb"), &format!("h(A) {code}"));
    let two = "    a\n    {{ x }} {% raw %}{{ y }}{% endraw %}\n";
    assert_blocks(LIQUID, BodyFormat::Markdown, two, "pre:(a⏎{{ x }} {{ y }}⏎)");
    // Elsewhere, indentation is layout.
    for (before, after) in [("T\n", ""), ("* T\n\n", ""), ("<div>\n\n", "\n</div>"), ("{% if x %}\n\n", "")] {
        let body = format!("{before}    c{{{{ x }}}}d\n{after}");
        let (post, _) = read(LIQUID, BodyFormat::Markdown, &body);
        assert!(!outline(&post).contains("{{"), "{body}");
    }
    assert_blocks(HUGO, BodyFormat::Html, &format!("a\n\n    {tag}"), "p(a) image:z()");
    assert_blocks(HUGO, BodyFormat::Auto, &format!("a\n\n    {tag}"), "p(a) image:z()");
    let tabs = format!("{{{{< a >}}}}\n\n    {tag}\n\n{{{{< /a >}}}}");
    let (post, _) = read(HUGO, BodyFormat::Markdown, &tabs);
    assert!(!outline(&post).contains("{{"));
}

#[test]
fn tags_in_what_is_no_text_stay() {
    let body = "<p>a</p><!-- {% b %} {{ c --><script>{{ d }}</script><style>{% e %}</style>";
    let (post, report) = read(ALL, BodyFormat::Html, body);
    assert_eq!(outline(&post), "p(a)");
    assert!(report.removals.iter().all(|removal| removal.kind != RemovalKind::Template), "{report:?}");
    assert_eq!(report.diagnostics, []);
}

#[test]
fn tags_of_syntaxes_that_are_not_chosen_are_text_and_counted() {
    let body = "<p>a {{ b }} {% c %}</p> <pre>{{ d }}</pre>";
    assert_diagnostics(
        NONE,
        body,
        "p(a {{ b }} {% c %}) pre:({{ d }})",
        &[("template tags left as text: 2", "{{")],
    );
    assert_diagnostics(LIQUID, "a {{< b >}}", "p(a {{< b >}})", &[("template tags left as text: 1", "{{<")]);
    assert_diagnostics(HUGO, "a {{ b }}", "p(a {{ b }})", &[("template tags left as text: 1", "{{")]);
    let body = "[caption]x[/caption]";
    assert_diagnostics(
        LIQUID,
        body,
        "p([caption]x[/caption])",
        &[("template tags left as text: 1", "[/caption]")],
    );
    for formula in ["x_{{i}}", "\\frac{{a}}{b}", "{{}}", "[sic] [/b]", "{ {% }"] {
        assert_diagnostics(NONE, formula, &format!("p({formula})"), &[]);
    }
}

#[test]
fn an_attribute_with_a_tag_is_one_attribute_without_any_syntax() {
    let left = [("template tags left as text: 1", "{{")];
    for body in [
        "<a href=\"{{ \"x>y\" | z }}\">b</a>",
        "<a href={{ \"x>y\" | z }}>b</a>",
        "<a href='{{ \"x>y\" | z }}'>b</a>",
    ] {
        assert_diagnostics(NONE, body, "p(b→{{ \"x>y\" | z }})", &left);
    }
    let left = [("template tags left as text: 2", "{%")];
    assert_diagnostics(NONE, "<a {% if a > b %}c=\"d\"{% endif %} href=x>e</a>", "p(e→x)", &left);
    // What has quotes of two attributes in it is no tag.
    assert_diagnostics(NONE, "<a title=\"{{\" href=\"}}\">b</a>", "p(b→}})", &[]);
}

#[test]
fn tags_without_an_end_are_text() {
    let unclosed = |name: &str| format!("the template tag `{name}` is never closed");
    for (name, tag) in [
        ("highlight", "{% highlight c %}"),
        ("raw", "{% raw %}"),
        ("comment", "{% comment %}"),
        ("blockquote", "{% blockquote %}"),
    ] {
        let body = format!("a {tag} b");
        assert_diagnostics(LIQUID, &body, &format!("p({body})"), &[(&unclosed(name), "{%")]);
    }
    let body = "a {{< highlight c >}} b";
    assert_diagnostics(HUGO, body, &format!("p({body})"), &[(&unclosed("highlight"), "{{<")]);
    let body = "a [caption width=\"1\"] b [code lang=\"c\"] d";
    let messages = [unclosed("caption"), unclosed("code")];
    assert_diagnostics(
        WORDPRESS,
        body,
        &format!("p({body})"),
        &[(&messages[0], "[caption"), (&messages[1], "[code")],
    );
    let body = "a {% raw %} {% raw %} {{ b";
    let message = unclosed("raw") + ", 2 times";
    let braces = "the braces of a template tag are never closed";
    assert_diagnostics(LIQUID, body, &format!("p({body})"), &[(&message, "{%"), (braces, "{{")]);
    let (_, report) = read(LIQUID, BodyFormat::Html, "{{ a");
    assert_eq!(report.diagnostics[0].kind, DiagnosticKind::UnclosedTemplate);
}

#[test]
fn tags_in_each_other_keep_their_order() {
    let body = "[caption width=\"1\"]<img src=\"{{ x }}/a\"> {% b %}c[/caption] {% d %}[gallery]";
    let removals =
        [("{{ }}", "{{ x }}"), ("{% b %}", "{% b %}"), ("{% d %}", "{% d %}"), ("[gallery]", "[gallery]")];
    assert_removals(ALL, body, "image:/a(c)", &removals);
    let body = "{% highlight c %}[caption]{{< a >}}[/caption]{% endhighlight %}";
    assert_both(ALL, body, "pre:c([caption]{{< a >}}[/caption])");
    let body = "[caption a=\"b\"]<img src=c> `d [/caption]` e";
    assert_blocks(ALL, BodyFormat::Html, body, "image:c(`d [/caption]`) p(e)");
}

#[test]
fn positions_are_those_of_the_file() {
    let source = "---\ntitle: x\n---\n标 {% a %}\n{% highlight c %}\nb\n{% endhighlight %}\n<p hidden>c</p>\n{% d %}\n<script>e</script>";
    for engine in [Engine::Auto, Engine::Reference] {
        for format in [BodyFormat::Html, BodyFormat::Markdown] {
            let parser = Parser::new().templates(LIQUID).body_format(format).engine(engine);
            let (_, report) = parser.parse_with_report(source).unwrap();
            let found = report.removals.iter().filter(|removal| &*removal.element != "p");
            let found: Vec<_> = found
                .map(|removal| {
                    let position = removal.position.unwrap();
                    (&*removal.element, position.line, position.column)
                })
                .collect();
            assert_eq!(found, [("{% a %}", 4, 3), ("{% d %}", 9, 1), ("script", 10, 1)], "{format:?}");
        }
    }
}

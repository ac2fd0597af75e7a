//! Template tags whose arguments hold what readers see: pictures, films, boxes of text, headings, code.

use offprint::{BodyFormat, Engine, Parser, TemplateSyntaxes};

const LIQUID: TemplateSyntaxes = TemplateSyntaxes::LIQUID;
const HUGO: TemplateSyntaxes = TemplateSyntaxes::HUGO;
const WORDPRESS: TemplateSyntaxes = TemplateSyntaxes::WORDPRESS;

/// In HTML and in Markdown, with both engines.
#[track_caller]
fn assert_markdown(syntaxes: TemplateSyntaxes, body: &str, expected: &str) {
    for format in [BodyFormat::Html, BodyFormat::Markdown] {
        for engine in [Engine::Auto, Engine::Reference] {
            let parser = Parser::new().recover(true).templates(syntaxes).body_format(format).engine(engine);
            let post = parser.parse(body).unwrap();
            assert_eq!(post.to_markdown(), expected, "{format:?} {engine:?} {body:?}");
        }
    }
}

#[test]
fn includes_show_pictures_films_and_boxes() {
    assert_markdown(
        LIQUID,
        "{% include figure image_path=\"/cup.jpg\" alt=\"A cup\" caption=\"The <em>old</em> cup\" %}",
        "![A cup](/cup.jpg)\\\nThe *old* cup\n",
    );
    assert_markdown(LIQUID, "{% include image.html url='/cup.png' %}", "![](/cup.png)\n");
    assert_markdown(
        LIQUID,
        "{% include video id=\"a_B-1\" provider=\"youtube\" %}",
        "<iframe src=\"https://www.youtube.com/embed/a_B-1\"></iframe>\n",
    );
    assert_markdown(
        LIQUID,
        "{% include youtubePlayer.html id=\"a_B-1\" %}",
        "<iframe src=\"https://www.youtube.com/embed/a_B-1\"></iframe>\n",
    );
    assert_markdown(
        LIQUID,
        "a\n\n{% include alert warning='Let the water <a href=\"/cool\">cool</a>.' %}\n\nb",
        "a\n\nLet the water [cool](/cool).\n\nb\n",
    );
    assert_markdown(LIQUID, "{% include note.html content=\"Stir.\" title=\"Then\" %}", "Then\n\nStir.\n");
    // Without what they show, and of other names, they are removals.
    assert_markdown(LIQUID, "a\n\n{% include gallery caption=\"b\" %}{% include image.html %}", "a\n");
}

#[test]
fn films_are_shown() {
    let film = "<video controls poster=\"/p.png\" src=\"/tea.mp4\"></video>\n";
    assert_markdown(LIQUID, "{% video /tea.mp4 640 360 /p.png %}", film);
    assert_markdown(HUGO, "{{< video src=\"/tea.mp4\" poster=\"/p.png\" >}}", film);
    assert_markdown(
        LIQUID,
        "{% video https://youtu.be/a_B-1 %}",
        "<iframe src=\"https://www.youtube.com/embed/a_B-1\"></iframe>\n",
    );
}

#[test]
fn pictures_and_headings_of_hugo_and_zola_are_shown() {
    assert_markdown(HUGO, "{{ image(src=\"cup.png\", alt=\"A\", caption=\"B\") }}", "![A](cup.png)\\\nB\n");
    assert_markdown(HUGO, "{{< img \"cup.jpg\" >}}", "![](cup.jpg)\n");
    let body = "{{< details summary=\"Sugar?\" >}}\n\nNo.\n\n{{< /details >}}\n";
    assert_markdown(HUGO, body, "Sugar?\n\nNo.\n");
    let body = "a\n\n{{% notice style=\"tip\" title=\"Hot\" %}}\nWait.\n{{% /notice %}}\n";
    assert_markdown(HUGO, body, "a\n\nHot\n\nWait.\n");
}

#[test]
fn shortcodes_of_old_plugins_are_read() {
    assert_markdown(
        WORDPRESS,
        "[audio:http://a.org/b.mp3,http://a.org/c.mp3|titles=B,C]",
        "<audio controls src=\"http://a.org/b.mp3\"></audio>\n\n<audio controls src=\"http://a.org/c.mp3\"></audio>\n",
    );
    assert_markdown(WORDPRESS, "The view [cci]v$session[/cci] waits.", "The view `v$session` waits.\n");
    assert_markdown(WORDPRESS, "[cc_sql]select 1;[/cc_sql]", "```sql\nselect 1;\n```\n");
    assert_markdown(WORDPRESS, "[coolcode lang=\"sql\"]select 1;[/coolcode]", "```sql\nselect 1;\n```\n");
    assert_markdown(WORDPRESS, "a [cc_me] [audio: loud] b", "a [cc_me] [audio: loud] b\n");
}

/// Editors have made typographic quotes of those around the arguments.
#[test]
fn typographic_quotes_hold_arguments() {
    assert_markdown(
        WORDPRESS,
        "[caption id=&#8221;a_1&#8243; width=&#8221;300&#8243; caption=&#8221;Jane &amp; the cup&#8221;]<img src=\"/a.jpg\" alt=\"\">[/caption]",
        "![](/a.jpg)\\\nJane & the cup\n",
    );
    assert_markdown(WORDPRESS, "[code lang=”c”]int a;[/code]", "```c\nint a;\n```\n");
}

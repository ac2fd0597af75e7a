//! What the functions of this crate give.

use dependent::{BlogMeta, Shown, asciidoc::asciidoc, mirror_images, read};
use offprint::Post;

#[test]
fn an_article_is_written_as_asciidoc() {
    let post = Post::parse(
        "<h2>Tea</h2><p>Boil <b>fresh <i>water</i></b>, <a href=https://a.example/w>not <code>hot</code></a>.\
         <ol><li>Pour<ul><li>slowly</ul><li>Wait<p>two minutes</ol>\
         <figure><img src=https://a.example/t.jpg alt=Tea><figcaption>A pot</figcaption></figure>\
         <blockquote>Mm.</blockquote><table><tr><th>a<td>b</table><pre><code class=language-sh>ls</code></pre><hr>",
    )
    .unwrap();
    assert_eq!(
        asciidoc(&post),
        "=== Tea\n\nBoil **fresh __water__**, link:https://a.example/w[not ``hot``].\n\n\
         . Pour\n** slowly\n. Wait\n+\ntwo minutes\n\
         .A pot\nimage::https://a.example/t.jpg[Tea]\n\n____\nMm.\n\n____\n|===\n|a\n\n|b\n\n|===\n\
         [source,sh]\n----\nls\n----\n\n'''\n\n"
    );
}

#[test]
fn images_point_to_their_copies() {
    let mut post =
        Post::parse("<a href=https://a.example/x><img src=https://a.example/b/t.jpg></a>").unwrap();
    mirror_images(&mut post, "/img");
    assert_eq!(post.images().next().unwrap().src, "/img/t.jpg");
    assert_eq!(post.links().next(), Some("https://a.example/x"));
}

#[test]
fn metadata_of_ones_own_comes_with_the_article() {
    let source =
        "---\ntitle: Tea\ndate: 2021-03-04 08:15 +0100\nseries: [green]\nrating: 5\n---\n<p>Boil water.";
    let (meta, post) = read(source).unwrap();
    let date = Some("2021-03-04T08:15:00+01:00".parse().unwrap());
    assert_eq!(meta, BlogMeta { title: "Tea".to_owned(), date, series: vec!["green".to_owned()], rating: 5 });
    assert_eq!(post.to_text(), "Boil water.\n");
}

#[test]
fn an_error_is_shown_in_its_source() {
    let source = "---\ntitle: \"Tea\ndate: 2021-03-04\n---\n<p>Boil water.";
    let error = read(source).unwrap_err();
    let handler = miette::GraphicalReportHandler::new_themed(miette::GraphicalTheme::unicode_nocolor());
    let mut shown = String::new();
    handler.render_report(&mut shown, &Shown { error: &error, source }).unwrap();
    let line = shown.lines().find(|line| line.contains("title: \"Tea")).expect("the line of the error");
    assert!(line.contains('2'), "{shown}");
    assert!(shown.contains(&error.to_string()), "{shown}");
}

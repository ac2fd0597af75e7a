//! What the benchmarks read: invented posts, the same ones on every run, and the posts of a folder.

// Every benchmark is a program of its own, and needs a part of this.
#![allow(dead_code)]

pub(crate) mod corpus;
pub(crate) mod filter_list;
pub(crate) mod hostile;
mod words;

use std::fmt::Write as _;
use std::hint::black_box;

use words::Words;

/// Posts of one kind.
pub(crate) struct Family {
    pub(crate) name: &'static str,
    pub(crate) posts: Vec<String>,
}

impl Family {
    pub(crate) fn bytes(&self) -> u64 {
        self.posts.iter().map(|post| post.len() as u64).sum()
    }

    /// Does something with each post; what it would make of it cannot be known beforehand.
    pub(crate) fn for_each<'a>(&'a self, mut work: impl FnMut(&'a str)) {
        self.posts.iter().for_each(|post| work(black_box(post)));
    }
}

/// What follows the front matter, stamp and link heading included.
pub(crate) fn body(post: &str) -> &str {
    offprint::FrontMatter::split(post).map_or(post, |front_matter| front_matter.body())
}

/// A kind of posts that archives are made of.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    count: usize,
    write: fn(usize) -> Parts,
}

/// The parts of a post; the article is the one that can grow.
struct Parts {
    head: String,
    start: &'static str,
    article: String,
    end: &'static str,
}

/// All shapes: the three that an archive is made of, and one for markup that is denser than in most of it. In
/// a real archive videos are most of the posts, and magazine pages most of the bytes.
pub(crate) const SHAPES: [Shape; 4] = [
    Shape { name: "video", count: 64, write: video },
    Shape { name: "news", count: 32, write: news },
    Shape { name: "magazine", count: 8, write: magazine },
    Shape { name: "balanced", count: 24, write: balanced },
];

impl Shape {
    /// The post with this number, its article `times` times as long: the same text again and again, so that
    /// twice the length is twice the work.
    pub(crate) fn post(&self, number: usize, times: usize) -> String {
        let Parts { head, start, article, end } = (self.write)(number);
        [&head, start, &article.repeat(times), end].concat()
    }

    pub(crate) fn family(&self) -> Family {
        Family { name: self.name, posts: (0..self.count).map(|number| self.post(number, 1)).collect() }
    }
}

/// The families of all shapes, at their usual length.
pub(crate) fn families() -> Vec<Family> {
    SHAPES.iter().map(Shape::family).collect()
}

/// The three kinds of posts that an archive is made of, together.
pub(crate) fn archive() -> Family {
    let posts = SHAPES[..3].iter().flat_map(|shape| shape.family().posts).collect();
    Family { name: "archive", posts }
}

/// The invented families, and the posts of the folder `OFFPRINT_CORPUS` if that is set.
pub(crate) fn families_and_corpus() -> Vec<Family> {
    let mut families = families();
    families.extend(corpus::from_env());
    families
}

/// About 1 kB: bare text in a `<div>`, with URLs and a few line breaks.
fn video(number: usize) -> Parts {
    let mut words = Words::new(number);
    let title = words.sentence();
    let head =
        head(number, &title, "茶園頻道", &format!("https://video.example/watch?v=tea{number:05}"), true);
    let mut article = String::new();
    for line in 0..6 {
        article.push_str(&words.sentence());
        if line % 3 == 1 {
            let _ = write!(article, "https://shop.example/tea?id={number}&amp;line={line}");
        }
        if line % 3 == 2 {
            article.push_str("<br>");
        }
    }
    Parts { head, start: "<div>\n", article, end: "\n</div>\n" }
}

/// About 4 kB: paragraphs on one line, empty slots of advertisements between them, figures at the end.
fn news(number: usize) -> Parts {
    let mut words = Words::new(1000 + number);
    let title = words.sentence();
    let head = head(number, &title, "山城早報", &format!("https://news.example/world/{number}"), false);
    let mut article = String::new();
    for paragraph in 0..14 {
        let _ = write!(article, "<p>{}</p>", words.paragraph(3));
        match paragraph {
            3 => article.push_str(r#"<section id="imu"><div id="dfp-ad-imu1"></div></section>"#),
            6 => article.push_str(r#"<div id="innity-in-post"></div><div id="dfp-ad-midarticle"></div>"#),
            _ => {}
        }
    }
    for figure in 0..4 {
        let _ = write!(
            article,
            r#" <figure class="image-placeholder full"><img alt="" class="" src="https://static.news.example/files/{number}/{figure}.jpg?v=Ab{figure}" referrerpolicy="no-referrer"> <figcaption>{}（山城社）</figcaption></figure>"#,
            words.sentence()
        );
    }
    Parts { head, start: "<div>\n", article, end: "\n</div>\n" }
}

/// About 30 kB: an indented page with nested containers, links, emphasis, lists and images in three sizes.
fn magazine(number: usize) -> Parts {
    let mut words = Words::new(2000 + number);
    let title = words.sentence();
    let head = head(number, &title, "Tea Quarterly", &format!("https://magazine.example/{number}"), false);
    let mut article = String::new();
    for section in 0..9 {
        let _ = writeln!(
            article,
            "    <section class=\"wp-block-group\">\n      <h2 id=\"part-{section}\">\n        <span>{}</span>\n      </h2>",
            words.sentence()
        );
        for paragraph in 0..4 {
            let _ = writeln!(
                article,
                "      <p class=\"has-text\">\n        {}\n        <a href=\"https://magazine.example/ref/{section}?a=1&amp;b={paragraph}\" target=\"_blank\"\n          rel=\"noopener\"><em>{}</em></a>&nbsp;&mdash;\n        <strong>{}</strong>{}\n      </p>",
                words.paragraph(2),
                words.sentence(),
                words.sentence(),
                words.paragraph(2)
            );
        }
        let _ = writeln!(
            article,
            "      <ul>\n        <li>{}</li>\n        <li><p>{}</p></li>\n      </ul>\n      <blockquote>\n        <p>{}</p>\n      </blockquote>",
            words.sentence(),
            words.sentence(),
            words.paragraph(1)
        );
        let image = format!("https://img.example/{number}/{section}");
        let _ = writeln!(
            article,
            "      <figure class=\"wp-block-image\">\n        <img loading=\"lazy\" src=\"{image}-1024.jpg\" alt=\"{}\" width=\"1024\" height=\"683\"\n          srcset=\"{image}-1024.jpg 1024w, {image}-300.jpg 300w, {image}-768.jpg 768w\" sizes=\"(max-width: 1024px) 100vw, 1024px\">\n        <figcaption>{} Photo: A. Leaf</figcaption>\n      </figure>\n    </section>",
            words.sentence(),
            words.sentence()
        );
    }
    Parts {
        head,
        start: "<div>\n<article class=\"post type-post hentry\">\n  <div class=\"entry-content\">\n",
        article,
        end: "  </div>\n</article>\n</div>\n",
    }
}

/// About 5 kB: every start tag with its end tag, and more of them than text: short paragraphs with marks,
/// lists in lists, a table, quotations, listings, each in containers of its own.
fn balanced(number: usize) -> Parts {
    let mut words = Words::new(3000 + number);
    let title = words.sentence();
    let head = head(number, &title, "茶友", &format!("https://blog.example/@tea/{number}"), false);
    let mut article = String::new();
    for section in 0..4 {
        let _ = write!(
            article,
            r#"<section class="section"><div class="inner"><h3>{}</h3><p><b>{}</b>{}<i>{}</i></p>"#,
            words.sentence(),
            words.sentence(),
            words.paragraph(2),
            words.sentence()
        );
        let _ = write!(
            article,
            "<ul><li>{}</li><li><p>{}</p><ol><li><em>{}</em></li></ol></li></ul>",
            words.sentence(),
            words.sentence(),
            words.sentence()
        );
        let _ = write!(
            article,
            r#"<blockquote><p>{}</p><p>—<a href="/@tea/{number}/{section}">{}</a></p></blockquote>"#,
            words.paragraph(2),
            words.sentence()
        );
        let _ = write!(
            article,
            "<table><tbody><tr><th>{}</th><td>{}</td></tr><tr><th>{}</th><td>{}</td></tr></tbody></table>",
            words.sentence(),
            words.sentence(),
            words.sentence(),
            words.sentence()
        );
        let _ = write!(
            article,
            "<pre><code>steep({section})\n</code></pre><p><span>{}</span></p></div></section>",
            words.paragraph(1)
        );
    }
    Parts { head, start: "<div>\n", article, end: "\n</div>\n" }
}

/// Front matter, stamp and link heading.
fn head(number: usize, title: &str, author: &str, url: &str, stamped: bool) -> String {
    let (day, minute) = (1 + number % 28, number % 60);
    // As in real posts, it is the moment of the date. The number is that of 2021-03-01T08:00:07Z.
    let seconds = 1_614_585_607 + (day - 1) * 86_400 + minute * 60;
    let stamp = if stamped { format!("{seconds}000") } else { "NaN".to_owned() };
    format!(
        "---\nlayout: post\ntitle: \"{title}\"\ndate: 2021-03-{day:02}T08:{minute:02}:07.000Z\nauthor: {author}\nfrom: {url}\ntags: [ {author} ]\ncategories: [ {author} ]\n---\n<!--{stamp}-->\n[{title}]({url})\n------\n\n"
    )
}

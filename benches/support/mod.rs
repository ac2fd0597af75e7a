//! Invented posts of the three shapes that archives are made of. The same ones on every run.

use std::fmt::Write as _;

/// Posts of one shape.
pub(crate) struct Family {
    pub(crate) name: &'static str,
    pub(crate) posts: Vec<String>,
}

impl Family {
    pub(crate) fn bytes(&self) -> u64 {
        self.posts.iter().map(|post| post.len() as u64).sum()
    }
}

/// All shapes. In a real archive videos are most of the posts, and magazine pages most of the bytes.
pub(crate) fn families() -> [Family; 3] {
    [
        Family { name: "video", posts: (0..64).map(video).collect() },
        Family { name: "news", posts: (0..32).map(news).collect() },
        Family { name: "magazine", posts: (0..8).map(magazine).collect() },
    ]
}

/// About 1 kB: bare text in a `<div>`, with URLs and a few line breaks.
fn video(number: usize) -> String {
    let mut words = Words::new(number);
    let title = words.sentence();
    let mut post =
        head(number, &title, "茶園頻道", &format!("https://video.example/watch?v=tea{number:05}"), true);
    post.push_str("<div>\n");
    for line in 0..6 {
        post.push_str(&words.sentence());
        if line % 3 == 1 {
            let _ = write!(post, "https://shop.example/tea?id={number}&amp;line={line}");
        }
        if line % 3 == 2 {
            post.push_str("<br>");
        }
    }
    post.push_str("\n</div>\n");
    post
}

/// About 4 kB: paragraphs on one line, empty slots of advertisements between them, figures at the end.
fn news(number: usize) -> String {
    let mut words = Words::new(1000 + number);
    let title = words.sentence();
    let mut post = head(number, &title, "山城早報", &format!("https://news.example/world/{number}"), false);
    post.push_str("<div>\n");
    for paragraph in 0..14 {
        let _ = write!(post, "<p>{}</p>", words.paragraph(3));
        match paragraph {
            3 => post.push_str(r#"<section id="imu"><div id="dfp-ad-imu1"></div></section>"#),
            6 => post.push_str(r#"<div id="innity-in-post"></div><div id="dfp-ad-midarticle"></div>"#),
            _ => {}
        }
    }
    for figure in 0..4 {
        let _ = write!(
            post,
            r#" <figure class="image-placeholder full"><img alt="" class="" src="https://static.news.example/files/{number}/{figure}.jpg?v=Ab{figure}" referrerpolicy="no-referrer"> <figcaption>{}（山城社）</figcaption></figure>"#,
            words.sentence()
        );
    }
    post.push_str("\n</div>\n");
    post
}

/// About 30 kB: an indented page with nested containers, links, emphasis, lists and images in three sizes.
fn magazine(number: usize) -> String {
    let mut words = Words::new(2000 + number);
    let title = words.sentence();
    let mut post =
        head(number, &title, "Tea Quarterly", &format!("https://magazine.example/{number}"), false);
    post.push_str("<div>\n<article class=\"post type-post hentry\">\n  <div class=\"entry-content\">\n");
    for section in 0..9 {
        let _ = writeln!(
            post,
            "    <section class=\"wp-block-group\">\n      <h2 id=\"part-{section}\">\n        <span>{}</span>\n      </h2>",
            words.sentence()
        );
        for paragraph in 0..4 {
            let _ = writeln!(
                post,
                "      <p class=\"has-text\">\n        {}\n        <a href=\"https://magazine.example/ref/{section}?a=1&amp;b={paragraph}\" target=\"_blank\"\n          rel=\"noopener\"><em>{}</em></a>&nbsp;&mdash;\n        <strong>{}</strong>{}\n      </p>",
                words.paragraph(2),
                words.sentence(),
                words.sentence(),
                words.paragraph(2)
            );
        }
        let _ = writeln!(
            post,
            "      <ul>\n        <li>{}</li>\n        <li><p>{}</p></li>\n      </ul>\n      <blockquote>\n        <p>{}</p>\n      </blockquote>",
            words.sentence(),
            words.sentence(),
            words.paragraph(1)
        );
        let image = format!("https://img.example/{number}/{section}");
        let _ = writeln!(
            post,
            "      <figure class=\"wp-block-image\">\n        <img loading=\"lazy\" src=\"{image}-1024.jpg\" alt=\"{}\" width=\"1024\" height=\"683\"\n          srcset=\"{image}-1024.jpg 1024w, {image}-300.jpg 300w, {image}-768.jpg 768w\" sizes=\"(max-width: 1024px) 100vw, 1024px\">\n        <figcaption>{} Photo: A. Leaf</figcaption>\n      </figure>\n    </section>",
            words.sentence(),
            words.sentence()
        );
    }
    post.push_str("  </div>\n</article>\n</div>\n");
    post
}

/// Front matter, stamp and link heading.
fn head(number: usize, title: &str, author: &str, url: &str, stamped: bool) -> String {
    let (day, minute) = (1 + number % 28, number % 60);
    let stamp = if stamped { format!("{}", 1_600_000_000_000 + number * 1000) } else { "NaN".to_owned() };
    format!(
        "---\nlayout: post\ntitle: \"{title}\"\ndate: 2021-03-{day:02}T08:{minute:02}:07.000Z\nauthor: {author}\nfrom: {url}\ntags: [ {author} ]\ncategories: [ {author} ]\n---\n<!--{stamp}-->\n[{title}]({url})\n------\n\n"
    )
}

/// Sentences from a small vocabulary: two in three are Chinese, the others English.
struct Words {
    state: u64,
}

impl Words {
    fn new(seed: usize) -> Self {
        Self { state: seed as u64 }
    }

    /// A linear congruential generator, with the constants of Knuth's MMIX.
    fn below(&mut self, bound: usize) -> usize {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.state >> 33).map_or(0, |high| high % bound)
    }

    fn sentence(&mut self) -> String {
        const CHINESE: [&str; 8] = ["茶葉", "春天", "山上的", "農人", "清晨", "採摘", "市場", "價格"];
        const ENGLISH: [&str; 8] =
            ["the leaves", "were", "dried", "slowly", "over", "a fire", "of pine", "by hand"];
        let chinese = self.below(3) > 0;
        let (vocabulary, gap, stop) = if chinese { (CHINESE, "", "。") } else { (ENGLISH, " ", ".") };
        let count = 6 + self.below(6);
        let words: Vec<_> = (0..count).map(|_| vocabulary[self.below(vocabulary.len())]).collect();
        words.join(gap) + stop
    }

    fn paragraph(&mut self, sentences: usize) -> String {
        (0..sentences).map(|_| self.sentence()).collect()
    }
}

//! Posts that a careless reader would take quadratic time or memory for.

/// Posts of one kind, of any length.
pub(crate) struct HostileFamily {
    pub(crate) name: &'static str,
    /// A post of about that many bytes.
    pub(crate) post: fn(usize) -> String,
    /// The rules that it is read with, for that many bytes; `None` for those of the default.
    pub(crate) rules: Option<fn(usize) -> String>,
}

impl HostileFamily {
    const fn new(name: &'static str, post: fn(usize) -> String) -> Self {
        Self { name, post, rules: None }
    }
}

/// What each part of the crate is worst at: the tree, the stack of open elements, attributes, captions,
/// tables, texts that are given out more than once, marks, front matter, rules, and the escapes of Markdown.
pub(crate) const HOSTILE: [HostileFamily; 25] = [
    HostileFamily::new("html-blocks", |bytes| markdown("<div>\n\n", bytes)),
    HostileFamily::new("hidden-blocks", |bytes| markdown("<div>\n\nx <!--\n\n<section>\n-->\n\n", bytes)),
    HostileFamily::new("attribute-lists", |bytes| markdown("*a*{: .a}{: ", bytes)),
    HostileFamily::new("extensions", |bytes| markdown("{::comment}\na {::nomarkdown} ", bytes)),
    HostileFamily::new("dollars", |bytes| markdown("a $a_ $$ ", bytes)),
    HostileFamily::new("prose-tags", |bytes| markdown("a <script> <t> </t> ", bytes)),
    HostileFamily::new("colons", |bytes| format!("# x\n\nx{}", ":".repeat(bytes))),
    HostileFamily::new("quotations", |bytes| markdown("> - ", bytes)),
    HostileFamily::new("blanks", |bytes| format!("<p>{}{}", "a  ".repeat(bytes / 6), " ".repeat(bytes / 2))),
    HostileFamily::new("blank-lines", |bytes| {
        format!("<br>{}{}<p>x", "a\n\n".repeat(bytes / 6), " ".repeat(bytes / 2))
    }),
    HostileFamily::new("deep", |bytes| "<div>".repeat(bytes / 5)),
    HostileFamily::new("stray-ends", |bytes| format!("{}{}", "<i>".repeat(500), "x</b>".repeat(bytes / 5))),
    HostileFamily::new("reopened", |bytes| {
        format!("{}{}", numbered(2, "<p><font color=#>"), "<p>x".repeat(bytes / 4))
    }),
    HostileFamily::new("copies", |bytes| {
        format!("<p><a class='{}'></p>{}", numbered(bytes / 12, "n# "), "<p>x".repeat(bytes / 8))
    }),
    HostileFamily::new("attributes", |bytes| format!("<p{}>x", numbered(bytes / 6, " a#"))),
    HostileFamily::new("captions", |bytes| {
        format!("<img src=a>{}", "<p class=credit>x (y)</p>".repeat(bytes / 25))
    }),
    HostileFamily::new("figures", |bytes| format!("{}{}", "<figure>".repeat(500), "<p>x".repeat(bytes / 4))),
    HostileFamily::new("layout-tables", |bytes| {
        format!("{}{}", "<table><tr><td>".repeat(125), "<p>x".repeat(bytes / 4))
    }),
    HostileFamily::new("header-rows", |bytes| {
        format!("<table>{}", "<tr><th>a<ul><li>b</ul>".repeat(bytes / 23))
    }),
    HostileFamily::new("languages", |bytes| {
        let name = "a".repeat(bytes / 2);
        format!("<pre class='language-&amp;{name}'>{}", "x<img src=a>".repeat(bytes / 24))
    }),
    HostileFamily::new("base", |bytes| {
        format!(
            "---\nfrom: http://a/{}\n---\n{}",
            "b/".repeat(2000),
            "<img srcset='../.., c 2x'>".repeat(bytes / 26)
        )
    }),
    HostileFamily::new("brackets", |bytes| {
        format!("<figure><img src=a><figcaption>{}</figcaption></figure>", "[x<br>".repeat(bytes / 6))
    }),
    HostileFamily::new("duplicate-keys", |bytes| {
        format!("---\n{}---\nx", numbered(bytes / 12, "\"\\x6b\": #\nb: c\n"))
    }),
    HostileFamily::new("aliases", |bytes| {
        format!("---\na: &a [{}]\n{}---\nx", "~,".repeat(bytes / 40), numbered(9, "b#: *a\n"))
    }),
    HostileFamily {
        name: "exceptions",
        post: |bytes| {
            format!("<p class='x {}'>a{}", numbered(bytes / 20, "n# "), "<p class=x>b".repeat(bytes / 24))
        },
        rules: Some(|bytes| {
            let rules = numbered(bytes / 40, "##.x:not(.n#)\n##.n#\n");
            rules + &numbered(bytes / 40, "#@#.x:not(.n#)\n")
        }),
    },
];

/// A post in Markdown that says the same again and again.
fn markdown(text: &str, bytes: usize) -> String {
    format!("# A heading\n\n{}", text.repeat(bytes / text.len()))
}

/// `form`, `count` times, with the number of each in place of `#` (in the last place where there are
/// several).
fn numbered(count: usize, form: &str) -> String {
    let (before, after) = form.rsplit_once('#').expect("a `#` for the number");
    (0..count).flat_map(|number| [before.to_owned(), number.to_string(), after.to_owned()]).collect()
}

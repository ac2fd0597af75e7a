//! Captions and credits in the markup of many kinds of pages.

use offprint::{Block, Figure, Parser, Post, RemovalKind, Report, Rules};

fn read(body: &str) -> (Post<'static>, Report) {
    let parser = Parser::new().rules(Rules::none());
    let (post, report) = parser.parse_with_report(body).expect("a body is no error");
    let post = post.into_owned();
    let again = parser.parse(&post.to_html()).expect("HTML is no error").into_owned();
    assert_eq!(post.blocks, again.blocks, "read again: {body}\n{}", post.to_html());
    (post, report)
}

fn figures<'p>(post: &'p Post<'static>) -> Vec<&'p Figure<'static>> {
    post.figures().collect()
}

/// Asserts that the body is one figure with this caption and this credit.
#[track_caller]
fn assert_figure(body: &str, caption: Option<&str>, credit: Option<&str>) {
    let (post, _) = read(body);
    assert_eq!(post.blocks.len(), 1, "{body}\n{:?}", post.blocks);
    let Block::Figure(figure) = &post.blocks[0] else { panic!("{body}\n{:?}", post.blocks) };
    assert_eq!(figure.caption.as_ref().map(|caption| &*caption.text), caption, "{body}");
    assert_eq!(figure.credit.as_deref(), credit, "{body}");
}

/// Asserts that the body has a figure without a caption, and these paragraphs.
#[track_caller]
fn assert_no_caption(body: &str, paragraphs: usize) {
    let (post, _) = read(body);
    assert!(figures(&post).iter().all(|figure| figure.caption.is_none()), "{body}\n{:?}", post.blocks);
    let texts = post.blocks.iter().filter(|block| matches!(block, Block::Paragraph(_))).count();
    assert_eq!(texts, paragraphs, "{body}\n{:?}", post.blocks);
}

#[test]
fn a_text_alone_with_an_image_in_a_box_of_images_is_its_caption() {
    for body in [
        "<div class='container img'><img src=/a.jpg><p>Tea.</p></div>",
        "<div class='container img'><div><div><img src=/a.jpg></div></div><p>Tea.</p></div>",
        "<div class=photo><a href=/b><img src=/a.jpg></a><span>Tea.</span></div>",
        "<div class=articleImage><img src=/a.jpg><br>Tea.</div>",
        "<p class=imgbox><img src=/a.jpg><br>Tea.</p>",
        "<div class='imageblock left'><div class=content><img src=/a.jpg></div><div class=title>Tea.</div></div>",
        "<figure><img src=/a.jpg><p>Tea.</p></figure>",
        "<figure><img src=/a.jpg><div>Tea.</div></figure>",
    ] {
        assert_figure(body, Some("Tea."), None);
    }
    assert_no_caption("<div class=content><img src=/a.jpg><p>Tea.</p></div>", 1);
    assert_no_caption("<p><img src=/a.jpg>Tea.</p>", 1);
    assert_no_caption(&format!("<div class=img><img src=/a.jpg><p>{}</p></div>", "Tea. ".repeat(60)), 1);
    assert_no_caption("<div class=img><img src=/a.jpg><p>Tea.</p><p>More.</p></div>", 2);
    assert_no_caption("<div class=img-card><img src=/a.jpg><a href=/b>Another article</a></div>", 1);
    assert_no_caption("<div class=category-photos><img src=/a.jpg><p>Tea.</p></div>", 1);
}

#[test]
fn boxes_of_one_shape_side_by_side_hold_captions() {
    let (post, _) = read(
        "<div><div><img src=/a.jpg><p>One.</p></div><div><img src=/b.jpg><p>Two.</p></div></div><p>Text.",
    );
    assert_eq!(post.blocks.len(), 3);
    assert!(figures(&post).iter().all(|figure| figure.caption.is_some()));
    for body in [
        "<ul><li><img src=/a.jpg> One.</li><li><img src=/b.jpg><p>Two.</p></li></ul>",
        "<table><tr><td><img src=/a.jpg><br>One.<td><img src=/b.jpg><br>Two.<td></table>",
    ] {
        let (post, _) = read(body);
        assert_eq!(figures(&post).iter().filter(|figure| figure.caption.is_some()).count(), 2, "{body}");
    }
    assert_no_caption("<div><div><img src=/a.jpg><p>One.</p></div><p>Two.</p></div>", 2);
}

#[test]
fn a_longer_text_that_a_table_lays_out_with_an_image_is_no_caption() {
    let long = (1..20).map(|number| number.to_string()).collect::<Vec<_>>().join(" leaves. ");
    for body in [
        "<table><tr><td><img src=/a.jpg><td><p>Tea.</table>",
        "<table><tr><td><img src=/a.jpg><tr><td>Tea.</table>",
        "<table><tr><td><img src=/a.jpg><p>Tea.</table>",
    ] {
        assert_figure(body, Some("Tea."), None);
    }
    assert_figure(
        &format!("<table><tr><td><img src=/a.jpg><tr><td>{long}</table>"),
        Some(long.trim_end()),
        None,
    );
    assert_no_caption(&format!("<table><tr><td><img src=/a.jpg><td>{long}</table>"), 1);
    assert_no_caption(&format!("<table><tr><td><img src=/a.jpg><p>{long}{long}{long}</table>"), 1);
    assert_no_caption("<table><tr><td><img src=/a.jpg><td><a href=/b>Another article</a></table>", 1);
}

#[test]
fn classes_make_captions() {
    for body in [
        "<p><img src=/a.jpg></p><p class=pg-caption>Tea.</p>",
        "<div><img src=/a.jpg></div><p class='x imgCaption'>Tea.</p>",
        "<div class=image-package><img src=/a.jpg><div class=image-caption>Tea.</div></div>",
        "<div class=img_wrapper><img src=/a.jpg><span class=img_descr>Tea.</span></div>",
        "<div class=wp-caption><img src=/a.jpg><p class=wp-caption-text>Tea.</p></div>",
        "<div class=pgc-img><img src=/a.jpg><p class=pgc-img-caption>Tea.</p></div>",
        "<div class=thumbinner><a href=/b><img src=/a.jpg></a><div class=thumbcaption>Tea.</div></div>",
        "<dl class=gallery-item><dt class=gallery-icon><img src=/a.jpg></dt>\
         <dd class='wp-caption-text gallery-caption'>Tea.</dd></dl>",
        "<table class=tr-caption-container><tr><td><a href=/b><img src=/a.jpg></a></td></tr>\
         <tr><td class=tr-caption>Tea.</td></tr></table>",
        "<figure><img src=/a.jpg><div class=caption>Tea.</div></figure>",
    ] {
        assert_figure(body, Some("Tea."), None);
    }
    assert_no_caption("<img src=/a.jpg><p class=has-caption>Tea.</p>", 1);
    assert_no_caption("<img src=/a.jpg><p class=copyright>Tea.</p>", 1);
}

#[test]
fn a_figcaption_outside_its_figure_goes_to_the_image_it_touches() {
    for body in [
        "<figure><img src=/a.jpg></figure><figcaption>Tea.</figcaption>",
        "<div><img src=/a.jpg></div><div><figcaption>Tea.</figcaption></div>",
        "<figcaption>Tea.</figcaption><figure><img src=/a.jpg></figure>",
        "<div><figcaption>Tea.</figcaption><img src=/a.jpg></div>",
    ] {
        assert_figure(body, Some("Tea."), None);
    }
    for body in [
        "<figure><img src=/a.jpg><figcaption> &nbsp;</figcaption></figure>",
        "<img src=/a.jpg><figcaption></figcaption>",
    ] {
        assert_figure(body, None, None);
    }
    assert_no_caption("<figcaption>Tea.</figcaption><p>More.</p><img src=/a.jpg>", 2);
    let (post, _) = read(
        "<figure><img src=/a.jpg><figcaption>One.</figcaption></figure><figcaption>Two.</figcaption><img src=/b.jpg>",
    );
    let captions: Vec<_> =
        figures(&post).iter().map(|figure| figure.caption.as_ref().unwrap().to_string()).collect();
    assert_eq!(captions, ["One.", "Two."]);
}

#[test]
fn the_caption_of_a_figure_belongs_to_its_image_whatever_stands_between() {
    let tea = "<figcaption>Tea in the harbour.</figcaption>";
    for between in [
        "<label>View image in fullscreen</label>",
        "<span class=image-count>1 of 3</span>",
        "<a href=/full.jpg>Open full size</a>",
        "<h4>The harbour</h4><div><button></button>Enlarge</div>",
        "<ul class=share><li>Print</li></ul>",
    ] {
        let (post, _) = read(&format!("<figure><img src=/a.jpg>{between}{tea}</figure>"));
        let Some(Block::Figure(figure)) = post.blocks.last() else { panic!("{between}\n{:?}", post.blocks) };
        assert_eq!(figure.media.len(), 1, "{between}");
        assert_eq!(figure.caption.as_ref().unwrap().text, "Tea in the harbour.", "{between}");
        assert!(!matches!(post.blocks[0], Block::Figure(_)), "{between}");

        let (post, _) = read(&format!("<figure>{tea}{between}<img src=/a.jpg></figure>"));
        let Some(Block::Figure(figure)) = post.blocks.first() else { panic!("{between}\n{:?}", post.blocks) };
        assert_eq!(figure.media.len(), 1, "{between}");
        assert_eq!(figure.caption.as_ref().unwrap().text, "Tea in the harbour.", "{between}");
        assert!(post.blocks.len() > 1, "{between}");
    }
    // What stands between two images parts them, and the caption is that of the one beside it.
    let shapes = |body: &str| -> Vec<(usize, bool)> {
        figures(&read(body).0).iter().map(|figure| (figure.media.len(), figure.caption.is_some())).collect()
    };
    let body = format!("<figure><img src=/a.jpg><p>One.</p><img src=/b.jpg>{tea}</figure>");
    assert_eq!(shapes(&body), [(1, false), (1, true)]);
    let body = format!("<figure>{tea}<p>One.</p><img src=/a.jpg><p>Two.</p><img src=/b.jpg></figure>");
    assert_eq!(shapes(&body), [(1, true), (1, false)]);
    let body = "<figure><figcaption>One.</figcaption><p>Two.</p><img src=/a.jpg>\
                <figcaption>Three.</figcaption></figure>";
    assert_eq!(shapes(body), [(0, true), (1, true)]);
    // Code or a quotation may be what the caption is about.
    let body = format!("<figure><img src=/a.jpg><blockquote>One.</blockquote>{tea}</figure>");
    assert_eq!(shapes(&body), [(1, false), (0, true)]);
}

#[test]
fn a_figure_with_a_figcaption_takes_nothing_from_outside() {
    let tea = "<figure><img src=/a.jpg><figcaption>Tea in the harbour.</figcaption></figure>";
    for after in [
        "<div class=widget><p class=cta-caption>Thanks for reading.</p></div>",
        "<div class=widget><p class=caption>Thanks for reading.</p></div>",
        "<p class=photo-caption>Thanks for reading.</p>",
        "<div class=image-caption>Thanks for <b>reading.</b></div>",
    ] {
        let (post, _) = read(&format!("{tea}{after}"));
        let [Block::Figure(figure), Block::Paragraph(paragraph)] = &post.blocks[..] else {
            panic!("{after}\n{:?}", post.blocks)
        };
        assert_eq!(figure.caption.as_ref().unwrap().text, "Tea in the harbour.", "{after}");
        assert_eq!(paragraph.text.text, "Thanks for reading.", "{after}");
    }
    // Of a credit the class says more.
    assert_figure(
        &format!("{tea}<div class=photo-credit>Jane Doe</div>"),
        Some("Tea in the harbour.\nJane Doe"),
        Some("Jane Doe"),
    );
    // A figure whose `<figcaption>` is empty has none.
    assert_figure(
        "<figure><img src=/a.jpg><figcaption></figcaption></figure><p class=photo-caption>Tea.</p>",
        Some("Tea."),
        None,
    );
}

#[test]
fn a_class_that_is_that_of_a_footer_elsewhere_is_that_of_a_credit_in_a_figure() {
    assert_figure(
        "<figure><img src=/a.jpg><span class=copyright>PA Media</span>\
         <figcaption>The keeper.</figcaption></figure>",
        Some("PA Media\nThe keeper."),
        Some("PA Media"),
    );
}

#[test]
fn a_caption_that_stands_twice_is_kept_once() {
    for body in [
        "<figure><img src=/a.jpg><figcaption>Tea in the harbour.</figcaption>\
         <figcaption class=mobile>Tea in the harbour.</figcaption></figure>",
        "<figure><img src=/a.jpg><figcaption><span class=m>Tea in the harbour.</span>\
         <span class=d>Tea in the harbour.</span></figcaption></figure>",
        "<figure><img src=/a.jpg><figcaption><p>Tea in the harbour.<p>Tea in the harbour.</figcaption></figure>",
        "<figure><img src=/a.jpg><figcaption>Tea in the harbour.</figcaption></figure>\
         <p class=photo-caption>Tea in the harbour.</p>",
        "<div class=img><figure><img src=/a.jpg><figcaption>Tea in the harbour.</figcaption></figure>\
         <p>Tea in the harbour.</p></div>",
    ] {
        assert_figure(body, Some("Tea in the harbour."), None);
        let (_, report) = read(body);
        let doubles: Vec<_> = report.removals.iter().map(|removal| (removal.kind, &*removal.text)).collect();
        assert_eq!(doubles, [(RemovalKind::Duplicate, "Tea in the harbour.")], "{body}");
    }
    assert_figure(
        "<figure><img src=/a.jpg><figcaption>Pago Pago</figcaption></figure>",
        Some("Pago Pago"),
        None,
    );
}

#[test]
fn markup_names_the_credit() {
    for (caption, text, credit) in [
        ("Tea. <span class=credit>Jane Doe</span>", "Tea. Jane Doe", Some("Jane Doe")),
        (
            "<p>Tea.</p><p class=aesop-cap-cred>Photo: Jane Doe/AFP</p>",
            "Tea.\nPhoto: Jane Doe/AFP",
            Some("Jane Doe/AFP"),
        ),
        ("<p>Tea.</p><p class=cap-cred>Tea Stock Ltd</p>", "Tea.\nTea Stock Ltd", Some("Tea Stock Ltd")),
        ("Tea <small class=copyright>(© Jane Doe)</small>", "Tea (© Jane Doe)", Some("Jane Doe")),
        ("Tea <span itemprop=copyrightHolder>Tea House</span>", "Tea Tea House", Some("Tea House")),
        ("Tea. <cite>Jane Doe</cite>", "Tea. Jane Doe", Some("Jane Doe")),
        ("A scene from <cite>Tea</cite>", "A scene from Tea", None),
        // Stylesheets put it on a line of its own, or at the other edge.
        ("Tea.<span class=credit>Jane Doe</span>", "Tea. Jane Doe", Some("Jane Doe")),
        ("Tea<span class=credit>Jane Doe</span>.", "Tea Jane Doe.", Some("Jane Doe")),
        ("Tea (<span class=credit>Jane Doe</span>)", "Tea (Jane Doe)", Some("Jane Doe")),
        ("茶。<span class=credit>新华社</span>", "茶。新华社", Some("新华社")),
        ("Tea.<cite>Jane Doe</cite>", "Tea. Jane Doe", Some("Jane Doe")),
        ("Tea.<small>Foto: Jane Doe</small>", "Tea. Foto: Jane Doe", Some("Jane Doe")),
        ("H<small>2</small>O", "H2O", None),
        (
            "Tea.<span itemprop=copyrightHolder><span>Credit...</span><span>Jane Doe</span></span>",
            "Tea. Credit... Jane Doe",
            Some("Jane Doe"),
        ),
        ("<p class=credit><span>Image source, </span>AFP</p>Tea.", "Image source, AFP\nTea.", Some("AFP")),
        ("Tea. <small>Foto: Jane Doe</small>", "Tea. Foto: Jane Doe", Some("Jane Doe")),
        ("Tea. <small>Look closely</small>", "Tea. Look closely", None),
        (
            "Tea <b class=credit__label>Credit</b> <i class=credit__name>Jane Doe</i>",
            "Tea Credit Jane Doe",
            Some("Jane Doe"),
        ),
        ("Tea. <span class=byline>By Jane Doe</span>", "Tea. By Jane Doe", Some("Jane Doe")),
        ("<span class=has-credit>Tea in China</span>", "Tea in China", None),
    ] {
        let body = format!("<figure><img src=/a.jpg><figcaption>{caption}</figcaption></figure>");
        assert_figure(&body, Some(text), credit);
    }
    assert_figure(
        "<figure><img src=/a.jpg><figcaption>Tea.</figcaption><div class=credit>Jane Doe</div></figure>",
        Some("Tea.\nJane Doe"),
        Some("Jane Doe"),
    );
    assert_figure(
        "<div class=photo><img src=/a.jpg><span class=photo-credit>Jane Doe</span><p>Tea.</p></div>",
        Some("Jane Doe\nTea."),
        Some("Jane Doe"),
    );
}

#[test]
fn the_parts_of_a_caption_do_not_glue() {
    for (caption, expected) in [
        (
            "<span>Dawn tea.</span><span><span>Credit...</span><span>Jo Roe</span></span>",
            "Dawn tea. Credit... Jo Roe",
        ),
        ("<b>茶。</b><span>新华社</span>", "茶。新华社"),
        ("<i>A cup</i><b>s</b>.<i>.</i><span>.</span>", "A cups..."),
        ("Tea at 3.<sup>1</sup>", "Tea at 3.1"),
    ] {
        let body = format!("<figure><img src=/a.jpg><figcaption>{caption}</figcaption></figure>");
        let (post, _) = read(&body);
        let texts = figures(&post).into_iter().filter_map(|figure| figure.caption.as_ref());
        assert_eq!(texts.map(|text| &*text.text).collect::<Vec<_>>(), [expected], "{body}");
    }
}

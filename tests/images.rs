//! One image for each picture that a page shows, by its real URL: placeholders, lazy loaders and twins.

use offprint::{Engine, Image, Parser, Post};

/// The images of an article, on both engines: the URL, and after a bar the other ones, in order.
#[track_caller]
fn images(html: &str) -> Vec<String> {
    let source = format!("---\nfrom: https://a.example/p/\n---\n<div>{html}</div>");
    let post = Post::parse(&source).unwrap();
    let reference = Parser::new().engine(Engine::Reference).parse(&source).unwrap();
    assert_eq!(post, reference, "{html}");
    post.images().map(written).collect()
}

fn written(image: &Image<'_>) -> String {
    let short = |url: &str| url.strip_prefix("https://a.example/p/").unwrap_or(url).to_owned();
    let others: Vec<String> = image.sources.iter().map(|source| short(&source.url)).collect();
    if others.is_empty() {
        short(&image.src)
    } else {
        format!("{} | {}", short(&image.src), others.join(" "))
    }
}

#[track_caller]
fn assert_images(cases: &[(&str, &[&str])]) {
    for (html, expected) in cases {
        assert_eq!(images(html), *expected, "{html}");
    }
}

const BLANK: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

#[test]
fn a_placeholder_gives_way_to_the_url_that_waits() {
    assert_images(&[
        ("<img src=/img/spacer.gif data-src=r.jpg>", &["r.jpg"]),
        ("<img src=/i/grey.gif data-original=r.jpg>", &["r.jpg"]),
        ("<img class=lazy src=lazyload.gif data-lazy-src=r.jpg>", &["r.jpg"]),
        ("<img src=none.gif file=r.jpg zoomfile=r.jpg>", &["r.jpg"]),
        ("<img src=sg_trans.gif real_src=r.jpg>", &["r.jpg"]),
        ("<img src='data:image/svg+xml;utf8,<svg></svg>' data-actualsrc=r.jpg>", &["r.jpg"]),
        ("<img src=1x1.gif srcset='r-300.jpg 300w, r-900.jpg 900w'>", &["r-900.jpg | r-300.jpg r-900.jpg"]),
        ("<img src=blank.png srcset='r.jpg, r2.jpg 2x'>", &["r2.jpg | r.jpg r2.jpg"]),
        ("<img src='' srcset='r.jpg 1x'>", &["r.jpg | r.jpg"]),
        ("<img src=\" \n r.jpg\t\n\">", &["r.jpg"]),
        ("<img src='a\nb.jpg' data-src='ab.jpg'>", &["ab.jpg"]),
        ("<img SRC=loading.gif DATA-SRC=r.jpg>", &["r.jpg"]),
        ("<img loading=lazy src=r.jpg>", &["r.jpg"]),
    ]);
}

#[test]
fn every_attribute_of_lazy_loaders_counts() {
    let names = "data-src data-original data-lazy-src data-lazy data-lazyload data-url data-cfsrc \
                 data-orig-file \
                 data-large-file data-full-url data-hi-res-src data-actualsrc data-echo \
                 data-flickity-lazyload \
                 data-original-src data-image data-img-src data-image-src data-runner-src \
                 data-pagespeed-lazy-src \
                 data-medium-file data-defer-src data-my-own-src data-some-thing lazy-src _src original file";
    for name in names.split_whitespace() {
        assert_eq!(images(&format!("<img {name}=r.jpg>")), ["r.jpg"], "{name}");
        assert_eq!(
            images(&format!("<img src={BLANK} {name}=/r.jpg>")),
            ["https://a.example/r.jpg"],
            "{name}"
        );
        assert_eq!(
            images(&format!("<img src=undefined {name}='//b.example/r.jpg'>")),
            ["https://b.example/r.jpg"]
        );
    }
    for name in ["data-srcset", "data-lazy-srcset", "data-original-srcset", "data-img-srcset", "lazy-srcset"]
    {
        let html = format!("<img {name}='r.jpg 300w, s.jpg 600w'>");
        assert_eq!(images(&html), ["s.jpg | r.jpg s.jpg"], "{name}");
    }
}

#[test]
fn attributes_of_something_else_do_not_count() {
    assert_images(&[
        ("<img src=r.jpg data-pin-media=p.jpg data-placeholder-src=q.jpg data-hover-src=h.jpg>", &["r.jpg"]),
        ("<img data-pin-media=p.jpg data-link=q.jpg data-fallback-src=f.jpg>", &[]),
        ("<img src=r.jpg data-lazy=true data-src=1 data-url=/posts/tea>", &["r.jpg"]),
        ("<img data-url=/posts/tea.html>", &[]),
        // The same image, in another size.
        (
            "<img src='https://static.wixstatic.com/media/a1.jpg/v1/fill/w_147,h_98,al_c,q_80,blur_2,enc_auto/a1.jpg' \
             data-pin-media='https://static.wixstatic.com/media/a1.jpg/v1/fill/w_740,h_493,al_c,q_85/a1.jpg'>",
            &["https://static.wixstatic.com/media/a1.jpg/v1/fill/w_740,h_493,al_c,q_85/a1.jpg | \
               https://static.wixstatic.com/media/a1.jpg/v1/fill/w_147,h_98,al_c,q_80,blur_2,enc_auto/a1.jpg"],
        ),
        ("<img src=r.jpg data-some-thing=s.jpg>", &["r.jpg"]),
        ("<img data-alt='Not a picture.jpg but words' data-lazy=lazy>", &[]),
    ]);
}

#[test]
fn json_in_an_attribute_holds_the_url() {
    assert_images(&[
        (
            r#"<img data-attrs='{"src":"https:\/\/b.example\/r.png","href":"https://b.example/"}'>"#,
            &["https://b.example/r.png"],
        ),
        (
            r#"<img src=grey.gif data-src='{"desktop":"r.jpg?a=1\u0026b=2","mobile":"s.jpg"}'>"#,
            &["r.jpg?a=1&b=2"],
        ),
        (r#"<img src=r.jpg data-attrs='{"src":"https://b.example/s.png"}'>"#, &["r.jpg"]),
        (r#"<img data-src='{"desktop'>"#, &[]),
    ]);
}

#[test]
fn a_link_that_is_there_for_a_script_is_no_link_of_the_image() {
    let source = "---\nfrom: http://tea.example/a\n---\n<a href='#'><img src=b.jpg></a><a href='https://tea.example/a#'>\
                  <img src=c.jpg></a><a href='#b'><img src=d.jpg></a><a href='/b#'><img src=e.jpg></a>";
    let link = |source: &str| {
        let post = Post::parse(source).unwrap();
        let links = post.images().map(|image| image.link.as_ref().map(ToString::to_string));
        links.collect::<Vec<_>>()
    };
    let some = |link: &str| Some(link.to_owned());
    assert_eq!(link(source), [None, None, some("http://tea.example/a#b"), some("http://tea.example/b#")]);
    assert_eq!(link("<a href='#'><img src=b.jpg></a><a href='#b'><img src=c.jpg></a>"), [None, some("#b")]);
}

#[test]
fn broken_urls_give_way_and_are_not_kept() {
    assert_images(&[
        ("<img src=undefined data-src=r.jpg>", &["r.jpg"]),
        ("<img src=r.jpg data-src=undefined data-original=null data-lazy-src='[object Object]'>", &["r.jpg"]),
        ("<img src='{{ image }}' data-src=r.jpg>", &["r.jpg"]),
        ("<img src='{{ base }}/a.jpg'>", &["{{ base }}/a.jpg"]),
        ("<img src=r.jpg data-src='a_%s.jpg'>", &["r.jpg"]),
        ("<img src=r.jpg data-src='a-{width}.jpg'>", &["r.jpg"]),
        ("<img src=r.jpg data-lazy-src='r.jpg?is-pending-load=1#038;ssl=1'>", &["r.jpg"]),
        ("<img data-src=r.jpg data-lazy-src='r.jpg?is-pending-load=1#038;ssl=1'>", &["r.jpg"]),
        ("<img src=blob:https://a.example/1 data-src=r.jpg>", &["r.jpg"]),
        ("<img src=pending:r data-src=r.jpg>", &["r.jpg"]),
        ("<img src=null><img src=undefined alt=a><img src='[object Object]'>", &[]),
        ("<img src=r.jpg srcset='undefined 1x, placeholder.gif 2x, s.jpg 3x'>", &["r.jpg | s.jpg"]),
    ]);
}

#[test]
fn a_lone_picture_stays_whatever_its_name_is() {
    assert_images(&[
        ("<img src=placeholder.jpg>", &["placeholder.jpg"]),
        ("<img src=loading.gif class=lazy>", &["loading.gif"]),
        ("<img src=missing-person.jpg data-src=undefined>", &["missing-person.jpg"]),
        ("<img src=cid:1>", &["cid:1"]),
        (&format!("<img src={BLANK}>"), &[]),
    ]);
    let chart = format!("data:image/webp;base64,{}", "A".repeat(400));
    assert_eq!(images(&format!("<img src={chart}>")), [chart.as_str()]);
    assert_eq!(images(&format!("<img class=lazyload src={chart}>")), [""; 0]);
    assert_eq!(images(&format!("<img src={chart} data-src=r.jpg>")), ["r.jpg"]);
    assert_eq!(images(&format!("<img src={chart} data-src=undefined>")), [chart.as_str()]);
    assert_eq!(images(&format!("<img src=spacer.gif data-src={chart}>")), [chart.as_str()]);
}

#[test]
fn src_stays_unless_the_url_that_waits_is_plainly_better() {
    assert_images(&[
        ("<img src=r.jpg data-src=s.jpg>", &["r.jpg | s.jpg"]),
        ("<img src=r.jpg data-src=r.jpg>", &["r.jpg"]),
        ("<img class=lazyload src=r.jpg data-src=s.jpg>", &["s.jpg | r.jpg"]),
        ("<img class=lazyload src='r.jpg?w=900' data-src='r.jpg?w=300'>", &["r.jpg?w=900 | r.jpg?w=300"]),
        ("<img src='r.jpg?w=30&q=20' data-src='r.jpg?w=900'>", &["r.jpg?w=900 | r.jpg?w=30&q=20"]),
        ("<img src=tea-1024x768.jpg data-src=tea-300x200.jpg>", &["tea-1024x768.jpg | tea-300x200.jpg"]),
        ("<img src=tea-300x200.jpg data-orig-file=tea.jpg>", &["tea.jpg | tea-300x200.jpg"]),
        ("<img src=tea-300x200.jpg data-large-file=other.jpg>", &["tea-300x200.jpg | other.jpg"]),
        ("<img src=r.jpg srcset='s.jpg 2x'>", &["r.jpg | s.jpg"]),
        (
            "<img src='r.jpg?type=w80_blur' data-lazy-src='r.jpg?type=w773'>",
            &["r.jpg?type=w773 | r.jpg?type=w80_blur"],
        ),
    ]);
}

#[test]
fn a_noscript_and_what_it_stands_for_are_one_image() {
    assert_images(&[
        (
            "<img src=data:image/gif,x data-src='y.jpg?w=300'><noscript><img src='y.jpg?w=1000'></noscript>",
            &["y.jpg?w=1000 | y.jpg?w=300"],
        ),
        ("<noscript><img src=r.jpg></noscript><img src=spacer.gif class=lazy>", &["r.jpg"]),
        (
            "<img src=spacer.gif><noscript><img src=r.jpg></noscript><noscript><img src=r.jpg></noscript>",
            &["r.jpg"],
        ),
        (
            "<p><img data-srcset='a.jpg 300w, b.jpg 600w'></p><noscript><img src=a.jpg></noscript>",
            &["b.jpg | a.jpg b.jpg"],
        ),
        ("<img data-src=a.jpg><noscript><img src=b.jpg></noscript>", &["a.jpg", "b.jpg"]),
        (
            "<img data-src=a.jpg><noscript><img src=a.jpg></noscript>\
             <img data-src=a.jpg><noscript><img src=a.jpg>\
          </noscript>",
            &["a.jpg", "a.jpg"],
        ),
        ("<img data-src=tea_640.jpg><noscript><img src=tea.jpg></noscript>", &["tea.jpg | tea_640.jpg"]),
        ("<img data-src=a.jpg>Text<noscript><img src=a.jpg></noscript>", &["a.jpg", "a.jpg"]),
        (
            "<picture><source data-srcset='a.webp 1x' type=image/webp>\
             <img src=spacer.gif data-src=a.jpg></picture>\
          <noscript><picture><source srcset='a.webp 1x' type=image/webp><img src=a.jpg></picture></noscript>",
            &["a.jpg | a.webp"],
        ),
    ]);
}

#[test]
fn the_words_of_twins_are_kept() {
    for html in [
        "<img alt=Cat width=7><noscript><img src=r.jpg></noscript>",
        "<img src=data:, alt=Cat width=7> <noscript><img src=r.jpg></noscript>",
        "<noscript><img src=r.jpg></noscript><img alt=Cat width=7>",
        "<img src=spacer.gif data-src=r.jpg><noscript><img src=r.jpg width=7 alt=Cat></noscript>",
    ] {
        let post = Post::parse(html).unwrap();
        let images: Vec<_> =
            post.images().map(|image| (&*image.src, image.alt.as_deref(), image.width)).collect();
        assert_eq!(images, [("r.jpg", Some("Cat"), Some(7))], "{html}");
    }
    let post = Post::parse("<img alt=Cat><p>Text</p><noscript><img src=r.jpg></noscript>").unwrap();
    assert_eq!(post.images().next().unwrap().alt, None);
}

#[test]
fn neighbours_that_differ_in_size_alone_are_one_image() {
    assert_images(&[
        (
            "<img src='https://m.example/max/60/x?q=20'><img src='https://m.example/max/1400/x'>",
            &["https://m.example/max/1400/x | https://m.example/max/60/x?q=20"],
        ),
        ("<img src=a-300x200.jpg><img src=a-1024x683.jpg>", &["a-1024x683.jpg | a-300x200.jpg"]),
        ("<img src=a.jpg><img src=a@2x.jpg>", &["a@2x.jpg | a.jpg"]),
        (
            "<img src='/i.wp.com/a.jpg?w=3'><img src='/i.wp.com/a.jpg?resize=900%2C3&ssl=1'>",
            &["https://a.example/i.wp.com/a.jpg?resize=900%2C3&ssl=1 | https://a.example/i.wp.com/a.jpg?w=3"],
        ),
        ("<img class=lqip src=small.jpg><img src=big.jpg>", &["big.jpg | small.jpg"]),
        ("<img src=spacer.gif data-src=a.jpg><img src=a.jpg>", &["a.jpg"]),
        // The BBC's.
        ("<img src=grey-placeholder.png class=hide-when-no-script><img src=a.jpg alt=A>", &["a.jpg"]),
        ("<img src=grey-placeholder.png alt=B><img src=a.jpg alt=A>", &["grey-placeholder.png", "a.jpg"]),
        ("<a href=/b><img src=grey-placeholder.png></a><img src=a.jpg>", &["grey-placeholder.png", "a.jpg"]),
    ]);
    let chart = format!("data:image/webp;base64,{}", "A".repeat(400));
    assert_eq!(images(&format!("<img aria-hidden=true src={chart}><img src=a.jpg>")), ["a.jpg"]);
    assert_eq!(images(&format!("<img src={chart}><img src=a.jpg>")), [chart.as_str(), "a.jpg"]);
}

#[test]
fn an_image_with_a_sharp_copy_of_its_own_is_no_copy_of_the_next() {
    for class in ["blur-up lazyload", "lqip", "blurred lazy"] {
        let first = format!("<a href=/1.jpg><img class='{class}' src=low.jpg data-src=a.jpg alt=A></a>");
        let expected: &[&str] = &["a.jpg | low.jpg", "b.jpg"];
        assert_images(&[(&format!("{first}<a href=/2.jpg><img src=b.jpg alt=B></a>"), expected)]);
        let sizes =
            format!("<img class='{class}' src=low.jpg srcset='a.jpg 400w, a2.jpg 800w'><img src=b.jpg>");
        assert_eq!(images(&sizes).len(), 2, "{class}");
    }
}

#[test]
fn two_pictures_are_two_images() {
    for (one, other) in [
        ("img.php?id=1", "img.php?id=2"),
        ("a.jpg", "b.jpg"),
        ("a.jpg", "a.png"),
        ("a1.jpg", "a2.jpg"),
        ("IMG_0640.jpg", "IMG_0641.jpg"),
        ("IMG_640.jpg", "IMG_650.jpg"),
        ("IMG_640.jpg", "IMG.jpg"),
        ("2019/05/a.jpg", "2019/06/a.jpg"),
        ("c/12/a.jpg", "c/13/a.jpg"),
        ("a.jpg?v=1", "a.jpg?v=2"),
        ("a.jpg?h=abc", "a.jpg?h=def"),
        ("a.jpg?q=tea", "a.jpg?q=milk"),
        ("a.jpg?crop=0,0,9,9", "a.jpg?crop=9,0,9,9"),
        ("girl-small.jpg", "girl-large.jpg"),
        ("x_1/a.jpg", "x_2/a.jpg"),
        ("s1/a.jpg", "t1/a.jpg"),
        ("photos/640", "photos/641"),
        ("a.jpg", "a.jpg"),
        ("https://a.example/x.jpg", "https://b.example/x.jpg"),
    ] {
        assert_eq!(images(&format!("<img src={one}><img src={other}>")).len(), 2, "{one} {other}");
    }
}

#[test]
fn of_attributes_with_one_name_the_first_counts() {
    assert_images(&[
        ("<img src=a.jpg data-src=r.jpg data-src=s.jpg>", &["a.jpg | r.jpg"]),
        ("<img src=none.gif DATA-lazy-src=r.jpg data-lazy-src=s.jpg>", &["r.jpg"]),
        ("<img src=r.jpg data-srcset='x.<img src=' data-srcset='r-2.jpg 2x'>", &["r.jpg"]),
        ("<img data-some=none data-some=https://b.example/s.jpg>", &[]),
    ]);
}

#[test]
fn a_described_image_that_a_script_loads_is_no_pixel() {
    let pixel = "width=1 height=1";
    assert_images(&[
        (&format!("<img src=a.jpg alt=Plan {pixel} data-src=r.jpg>"), &["a.jpg | r.jpg"]),
        (&format!("<img src=none.gif alt=Plan {pixel} data-src=r.jpg>"), &["r.jpg"]),
        (&format!("<img src=a.jpg alt=Plan {pixel}>"), &[]),
        (&format!("<img src=a.jpg alt=Plan {pixel} data-src=a.jpg>"), &[]),
        (&format!("<img src=a.jpg alt='' {pixel} data-src=r.jpg>"), &[]),
        (&format!("<img src=a.jpg alt=1 {pixel} data-src=r.jpg>"), &[]),
    ]);
    let html =
        format!("<figure><img src=/a.jpg alt=Plan {pixel} data-src=/r.jpg><figcaption>The plan.</figure>");
    let post = Post::parse(&html).expect("a post");
    let figure = post.figures().next().expect("a figure");
    assert!(figure.caption.as_ref().is_some_and(|caption| caption.text == "The plan."));
    let again = post.to_html();
    assert_eq!(Post::parse(&again).expect("a post").blocks, post.blocks, "{again}");
}

#[test]
fn images_of_other_elements() {
    assert_images(&[
        ("<image src=r.jpg>", &["r.jpg"]),
        ("<amp-img src=r.jpg width=3><noscript><img src=r.jpg></noscript></amp-img>", &["r.jpg"]),
        ("<amp-img src=r.jpg><amp-img placeholder src=p.jpg></amp-img></amp-img>", &["r.jpg"]),
        (
            "<amp-img src=r.jpg><noscript><img src=r.jpg></noscript><i-amphtml-sizer></i-amphtml-sizer>\
             <img src=r.jpg class=i-amphtml-fill-content></amp-img>",
            &["r.jpg"],
        ),
        ("<noscript><img src=r.gif></noscript><div><img src=r.jpg></div>", &["r.gif | r.jpg"]),
        ("<img src=r.gif><img src=r.jpg>", &["r.gif", "r.jpg"]),
        ("<amp-img src=r.jpg><img src=r.jpg></amp-img><amp-img src=r.jpg></amp-img>", &["r.jpg", "r.jpg"]),
        // A button, most often to buy or to give.
        ("<input type=image src=r.jpg>", &[]),
        ("<svg><image href=r.jpg></image><image xlink:href=s.jpg /></svg>", &["r.jpg", "s.jpg"]),
        ("<svg><image href=spacer.gif></image></svg><canvas><svg><image href=s.jpg /></svg></canvas>", &[]),
        (
            "<figure><img data-src=r.jpg><figcaption>C</figcaption>\
             <noscript><img src=r.jpg></noscript></figure>",
            &["r.jpg"],
        ),
    ]);
}

/// However the URLs of real files are spread over attributes and elements, each is an image or among the
/// others of one.
#[test]
fn a_list_of_candidates_has_no_room_for_the_commas_in_their_urls() {
    for list in
        ["/w_1,h_1,c_fit/a.jpg 1x, /w_2,h_2,c_fit/a.jpg 2x", "/a.jpg 1x, data:x, data:x, data:x, data:x"]
    {
        let html = format!("<img src=/a.jpg srcset='{list}'>");
        let post = Parser::new().parse(&html).unwrap();
        let [image] = post.images().collect::<Vec<_>>()[..] else { panic!("{post:?}") };
        assert!(!image.sources.is_empty(), "{list}");
        assert!(image.sources.capacity() <= image.sources.len() + 1, "{list}");
    }
}

#[test]
fn no_real_url_is_lost() {
    const FORMS: [&str; 12] = [
        "<img src={}>",
        "<img src=spacer.gif data-src={}>",
        "<img class=lazy src={} data-original={}>",
        "<img src={} data-src={} data-lazy-src={} srcset='{} 300w, {} 2w' data-srcset='{}'>",
        "<noscript><img src={}></noscript>",
        "<picture><source srcset='{} 2x'><source data-srcset={}><img data-src={}></picture>",
        "<img src='{}?w=3'><img src='{}?w=9'>",
        "<img class=lqip src={}>",
        "<img src=undefined data-orig-file={} data-large-file={}>",
        "<figure><img data-some={}><figcaption>C</figcaption></figure>",
        "<p>Text</p>",
        "<picture><source srcset={}><noscript><img src={}></noscript></picture>",
    ];
    let mut state = 15_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..2000 {
        let (mut html, mut count) = (String::new(), 0);
        for _ in 0..=next(6) {
            let mut pieces = FORMS[next(FORMS.len())].split("{}");
            html.push_str(pieces.next().unwrap());
            for piece in pieces {
                html.extend([&format!("https://b.example/{count}/tea{count}.jpg"), piece]);
                count += 1;
            }
        }
        let shown = images(&html).join(" ");
        for number in 0..count {
            assert!(shown.contains(&format!("/{number}/tea{number}.jpg")), "{number} of {html}\n{shown}");
        }
    }
}

//! Embedded pages whose address is not where it belongs, and e-mail addresses that a script decodes.

use offprint::{Engine, Media, Parser, Post, RemovalKind, Rules};

/// The post that both engines read, with the default rules and without any.
#[track_caller]
fn assert_posts(body: &str, check: impl Fn(&Post<'_>)) {
    for engine in [Engine::Auto, Engine::Reference] {
        for rules in [Rules::ads(), Rules::none()] {
            let source = format!("---\nfrom: https://tea.example/a/\n---\n{body}");
            check(&Parser::new().engine(engine).rules(rules).parse(&source).expect("a body is no error"));
        }
    }
}

/// The body embeds these pages, plays these films and sounds, and shows these images.
#[track_caller]
fn assert_media(body: &str, expected: &[&str]) {
    assert_posts(body, |post| {
        let media = post.figures().flat_map(|figure| &figure.media);
        let urls = media.map(|medium| match medium {
            Media::Embed(embed) => embed.src.to_string(),
            Media::Video(video) => video.src.as_ref().expect("it has a file").to_string(),
            Media::Audio(audio) => audio.src.as_ref().expect("it has a file").to_string(),
            Media::Image(image) => image.src.to_string(),
            other => panic!("{other:?}"),
        });
        assert_eq!(urls.collect::<Vec<_>>(), expected, "{body}");
    });
}

#[test]
fn an_embed_without_an_address_takes_the_link_in_its_fallback() {
    assert_media(
        "<p>a</p><iframe src='' width=600 title=Tea><p>See <a href='/m/1?a&amp;b'>x</a>, <a href=/m/2>y</a></iframe>",
        &["https://tea.example/m/1?a&b"],
    );
    assert_media("<iframe src='about:blank'><a href='javascript:x()'>x</a></iframe>", &[]);
    assert_media("<iframe src=/p><a href=/q>x</a></iframe>", &["https://tea.example/p"]);
    assert_media("<object><a href=b.swf>x</a></object>", &["https://tea.example/a/b.swf"]);
    assert_media("<video controls><a href=b.mp4>x</a></video>", &["https://tea.example/a/b.mp4"]);
    assert_media("<video><source src=c.mp4><a href=b.mp4>x</a></video>", &["https://tea.example/a/c.mp4"]);
    assert_media("<audio><a href=b.mp3>x</a><a href=c.mp3>y</a></audio>", &["https://tea.example/a/b.mp3"]);
}

#[test]
fn an_embed_that_waits_for_a_script() {
    assert_media("<iframe data-src=//tea.example/p></iframe>", &["https://tea.example/p"]);
    assert_media("<iframe src='about:blank' data-lazy-src='/p'></iframe>", &["https://tea.example/p"]);
    for name in ["data-litespeed-src", "data-cookieblock-src", "DATA-cmp-src", "data-suppressedsrc"] {
        assert_media(&format!("<iframe src='about:blank' {name}='/p'></iframe>"), &["https://tea.example/p"]);
        assert_media(&format!("<iframe {name}=none {name}='/p'></iframe>"), &[]);
    }
    assert_media(
        "<amp-video src=b.mp4 width=4 height=3><div fallback>No video</div></amp-video>",
        &["https://tea.example/a/b.mp4"],
    );
    assert_media(
        "<amp-audio><div fallback>No audio</div><source type=audio/mpeg src=c.mp3></amp-audio>",
        &["https://tea.example/a/c.mp3"],
    );
    assert_media("<video data-src=b.mp4></video>", &["https://tea.example/a/b.mp4"]);
    assert_media("<video><source data-src=b.mp4></video>", &["https://tea.example/a/b.mp4"]);
}

#[test]
fn old_flash_players() {
    assert_media(
        "<object width=425><param name=wmode value=opaque><param name=Movie value=http://www.youtube.com/v/a1>\
         <embed src=http://www.youtube.com/v/a1 type=application/x-shockwave-flash></object>",
        &["http://www.youtube.com/v/a1"],
    );
    assert_media(
        "<object><embed src=http://www.youtube.com/v/a1></object>",
        &["http://www.youtube.com/v/a1"],
    );
    assert_media(
        "<object data=a.swf><param name=movie value=b.swf></object>",
        &["https://tea.example/a/a.swf"],
    );
}

#[test]
fn an_old_player_has_the_size_of_its_object() {
    assert_posts("<object width=425 height=344><param name=movie value=/a.swf></object>", |post| {
        let media = post.figures().flat_map(|figure| &figure.media).next();
        let Some(Media::Embed(embed)) = media else { panic!("{post:?}") };
        assert_eq!(
            (&*embed.src, embed.width, embed.height),
            ("https://tea.example/a.swf", Some(425), Some(344))
        );
    });
}

#[test]
fn players_in_elements_of_their_own_names() {
    assert_media("<lite-youtube videoid='a1'>Play</lite-youtube>", &["https://www.youtube.com/embed/a1"]);
    assert_media("<amp-vimeo data-videoid=12></amp-vimeo>", &["https://player.vimeo.com/video/12"]);
    assert_media(
        "<amp-facebook data-href='https://www.facebook.com/tea/posts/1'></amp-facebook>\
         <amp-soundcloud data-trackid=12></amp-soundcloud>",
        &["https://www.facebook.com/tea/posts/1", "https://api.soundcloud.com/tracks/12"],
    );
    assert_media("<oembed url='https://vimeo.com/12'></oembed>", &["https://vimeo.com/12"]);
    assert_media("<lite-youtube></lite-youtube><tea-time src=x></tea-time>", &[]);
    assert_media(
        "<div class=ad><lite-youtube videoid=a1></lite-youtube></div>",
        &["https://www.youtube.com/embed/a1"],
    );
}

#[test]
fn players_whose_address_is_put_together() {
    assert_media(
        "<amp-brightcove data-account=1 data-video-id=2></amp-brightcove>
         <amp-brightcove data-account=1></amp-brightcove>
         <amp-jwplayer data-media-id=m data-player-id=p></amp-jwplayer>
         <amp-tiktok data-src=67></amp-tiktok>
         <amp-tiktok data-src='https://www.tiktok.com/@tea/video/68'></amp-tiktok>",
        &[
            "https://players.brightcove.net/1/default_default/index.html?videoId=2",
            "https://content.jwplatform.com/players/m-p.html",
            "https://www.tiktok.com/embed/v2/67",
            "https://www.tiktok.com/@tea/video/68",
        ],
    );
}

#[test]
fn sounds_of_wechat_are_called_what_the_page_calls_them() {
    let body =
        "<p><mpvoice name='山歌' voice_encode_fileid='MzA5=' src='/cgi-bin/readtemplate?t=1'></mpvoice></p>
         <qqmusic music_name='茶歌' audiourl='http://ws.example/C1.m4a'></qqmusic>";
    assert_posts(body, |post| {
        let media = post.figures().flat_map(|figure| &figure.media);
        let embeds = media.filter_map(|medium| match medium {
            Media::Embed(embed) => Some((&*embed.src, embed.title.as_deref())),
            _ => None,
        });
        assert_eq!(
            embeds.collect::<Vec<_>>(),
            [
                ("https://res.wx.qq.com/voice/getvoice?mediaid=MzA5=", Some("山歌")),
                ("http://ws.example/C1.m4a", Some("茶歌")),
            ]
        );
    });
}

#[test]
fn a_player_whose_html_stands_in_an_attribute() {
    assert_media(
        "<div class=sqs-video-wrapper data-provider-name=YouTube data-html='&lt;iframe width=&quot;854&quot; \
         src=&quot;//www.youtube.com/embed/a1?wmode=opaque&amp;amp;rel=0&quot;&gt;&lt;/iframe&gt;'></div>",
        &["https://www.youtube.com/embed/a1?wmode=opaque&rel=0"],
    );
    assert_media(
        "<div data-html=true>a</div><div data-html='&lt;iframe'></div><p data-html='<iframe src=a>'>",
        &[],
    );
}

#[test]
fn a_card_of_a_page_is_the_page() {
    assert_media(
        "<iframe src='https://embed.zenn.studio/card#zenn-1' data-content='https%3A%2F%2Fx.example%2F1'></iframe>\
         <iframe src='https://qiita.com/embed-contents/link-card#q' data-content='https%3A%2F%2Fx.example'></iframe>",
        &["https://x.example/1", "https://x.example"],
    );
    assert_media(
        "<iframe src='https://embed.zenn.studio/mermaid#z' data-content='graph%20TD%3B'></iframe>\
         <iframe src=/p data-content='https%3A%2F%2Fx.example'></iframe>",
        &["https://embed.zenn.studio/mermaid#z", "https://tea.example/p"],
    );
    assert_media(
        "<p>a<div class=tm-iframe_temp data-src='https://embedd.srv.habr.com/iframe/1'></div><div class=tm-ifram \
         data-src='/p'></div><p>b",
        &["https://embedd.srv.habr.com/iframe/1"],
    );
}

#[test]
fn a_post_whose_address_stands_in_an_attribute() {
    for (class, json) in [
        (
            "twitter-embed",
            r#"{"url":"https://x.example/1","full_text":"\"Tea\"","photos":[{"img_url":"a"}]}"#,
        ),
        ("digest-post-embed", r#"{"nodeId":"1","title":"Tea","canonical_url":"https:\/\/x.example\/1"}"#),
    ] {
        let json = json.replace('"', "&quot;");
        let body = format!("<p>a</p><div class='{class}' data-attrs=\"{json}\"></div><p>b</p>");
        assert_media(&body, &["https://x.example/1"]);
    }
    assert_media(
        "<div class=twitter-embed data-attrs='{}'></div><div data-attrs='{\"url\":\"a\"}'></div>",
        &[],
    );
}

#[test]
fn what_a_script_shows_in_a_div_that_says_what() {
    assert_media(
        "<div class=fb-post data-href='https://www.facebook.com/tea/posts/1'></div>
         <div class='flourish-embed flourish-chart' data-src='visualisation/12'><script src=x></script></div>
         <div class=infogram-embed data-id=a1 data-title=Tea></div>
         <div class=player data-type=video data-source='https://www.youtube.com/embed/a1'></div>
         <div class='andropov_video' data-video-mp4='https://leaf.example/v.mp4'></div>",
        &[
            "https://www.facebook.com/tea/posts/1",
            "https://flo.uri.sh/visualisation/12/embed",
            "https://e.infogram.com/a1",
            "https://www.youtube.com/embed/a1",
            "https://leaf.example/v.mp4",
        ],
    );
    assert_media(
        "<div class=youtube-player data-id=tea_leaf-02></div>
         <div class=youtube data-embed=tea_leaf-03><div class=play-button></div></div>
         <div class='youtube raw' data-videoid=tea_leaf-04></div>
         <div class='vimeo raw' data-videoid=5></div>
         <div class=youtube data-id='https://youtu.be/a6'></div>
         <div class=youtube>Tea</div>
         <div class=sqs-audio-embed data-url=/tea.mp3 data-title=Tea></div>",
        &[
            "https://www.youtube.com/embed/tea_leaf-02",
            "https://www.youtube.com/embed/tea_leaf-03",
            "https://www.youtube.com/embed/tea_leaf-04",
            "https://player.vimeo.com/video/5",
            "https://youtu.be/a6",
            "https://tea.example/tea.mp3",
        ],
    );
    // A picture stands in for the film.
    assert_media(
        "<div class=youtube-player data-id=tea_leaf-02><div><img src=/a2.jpg><div class=play></div></div></div>
         <p>Tea</p>
         <div class=youtube data-id=tea_leaf-03><a href=/a3><img src=/a3.jpg></a></div>
         <p>Cup</p>
         <div class=youtube data-id=tea_leaf-04><img src=/a4.jpg>Brewing</div>",
        &[
            "https://tea.example/a2.jpg",
            "https://www.youtube.com/embed/tea_leaf-02",
            "https://tea.example/a3.jpg",
            "https://www.youtube.com/embed/tea_leaf-03",
            "https://tea.example/a4.jpg",
        ],
    );
    // The script has run.
    assert_media(
        "<div class='fb-video fb_iframe_widget' data-href=/v/1><span><iframe src=/player></iframe></span></div>",
        &["https://tea.example/player"],
    );
    assert_media("<div class=player data-source=rss></div>", &[]);
    assert_media(
        "<div class=youtube data-id=link-youtube></div><div class=vimeo data-videoid='a b'></div>",
        &[],
    );
    assert_media("<div class=fb-post><p>a</div><div class=fb-video data-href=/v><p>b</div>", &[]);
    assert_media(
        "<figure data-src='https://x.example/1' embedded-service=twitter></figure>
         <figure data-src='https://x.example/2' embedded-service=note><iframe src=/e/2></iframe></figure>
         <figure data-src='https://x.example/3' embedded-service=card><a href=/3>Tea</a></figure>
         <figure data-src='https://x.example/4'></figure>",
        &["https://x.example/1", "https://tea.example/e/2"],
    );
}

#[test]
fn pictures_that_a_script_shows_in_a_div() {
    for (body, expected) in [
        (
            "<figure><div class=l><div class='andropov_image zoom' data-image-src='https://leaf.example/a/'>\
             </div></div><figcaption>Tea</figcaption></figure>",
            "![](https://leaf.example/a/)\\\nTea\n",
        ),
        (
            "<a class='tgme_widget_message_photo_wrap 1' href=https://t.me/tea/1 style=\"width:800px;\
             background-image:url('https://leaf.example/a.jpg')\"><div></div></a><div>Tea</div>",
            "![](https://leaf.example/a.jpg)\n\nTea\n",
        ),
        ("<a href=/a style=\"background-image:url('/a.jpg')\">Tea</a>", "[Tea](https://tea.example/a)\n"),
        (
            "a<div class=image-gallery-embed data-attrs='{\"gallery\":{\"images\":[{\"type\":\"image/jpeg\",\
             \"src\":\"https://leaf.example/1.jpg\"},{\"src\":\"https://leaf.example/2.jpg\"}],\
             \"caption\":\"Two cups\",\"staticGalleryImage\":{\"src\":\"https://leaf.example/s.png\"}}}'></div>",
            "a\n\n![](https://leaf.example/1.jpg)\\\n![](https://leaf.example/2.jpg)\\\nTwo cups\n",
        ),
        (
            "<p>a<div class=andropov_image data-image-src=/a><img src=/a/-/600></div>b",
            "a\n\n![](https://tea.example/a/-/600)\n\nb\n",
        ),
    ] {
        assert_posts(body, |post| assert_eq!(post.to_markdown(), expected, "{body}"));
    }
}

#[test]
fn pages_that_scripts_hold_or_name() {
    assert_media(
        r#"<script class=__se_module_data data-module='{"type":"v2_oembed", "data" : {"html": "<iframe width=\"48\"
         src=\"https:\/\/www.youtube.com/embed/a1?feature=oembed\" title=x></iframe>"}}'></script>
         <script class=__se_module_data data-module='{"type":"v2_video"}'></script>
         <script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="tea/1"></script>
         <script src="https://telegram.org/js/telegram-widget.js" data-telegram-login=x></script>
         <script src="https://www.buzzsprout.com/1/2.js?container_id=x&player=small"></script>"#,
        &[
            "https://www.youtube.com/embed/a1?feature=oembed",
            "https://t.me/tea/1?embed=1",
            "https://www.buzzsprout.com/1/2?container_id=x&player=small",
        ],
    );
}

#[test]
fn scripts_that_write_something_to_see() {
    assert_media(
        "<script src='https://gist.github.com/leaf/1a.js?file=b.js'></script>",
        &["https://gist.github.com/leaf/1a?file=b.js"],
    );
    assert_media(
        "<div class=ads><script src='//speakerdeck.com/assets/embed.js' data-id=1a></script></div>",
        &["https://speakerdeck.com/player/1a"],
    );
    assert_media("<script src='https://gist.github.com/.js'></script><script src=tea.js></script>", &[]);
    let (_, report) = Parser::new().parse_with_report("<p>a<script src=tea.js></script>").unwrap();
    assert_eq!(report.removals[0].kind, RemovalKind::Script);
}

const LEAF: &str = "422e2723240227232f322e276c2d3025";

#[test]
fn an_address_that_a_script_decodes_is_decoded() {
    let body = format!(
        "<p>To <a class=__cf_email__ data-cfemail={LEAF} href='/cdn-cgi/l/email-protection'>[email&nbsp;protected]</a> and \
         <a href='/cdn-cgi/l/email-protection#{LEAF}'>Leaf</a>, or <b><span data-cfemail={LEAF}>[email protected]</span></b>!</p>"
    );
    assert_posts(&body, |post| {
        assert_eq!(post.to_text(), "To leaf@eample.org and Leaf, or leaf@eample.org!\n");
        assert_eq!(post.links().collect::<Vec<_>>(), ["mailto:leaf@eample.org"; 2]);
        assert!(post.to_html().contains("<strong>leaf@eample.org</strong>"));
    });
}

#[test]
fn an_address_without_a_host_is_no_link() {
    // `V@` before a name of Chinese signs.
    assert_posts(
        "<p>To <a data-cfemail=4016 href=/b>x</a> and <a data-cfemail=421402 href=/b>x</a>",
        |post| {
            assert_eq!(post.to_text(), "To x and V@\n");
            assert_eq!(post.links().collect::<Vec<_>>(), ["https://tea.example/b"]);
        },
    );
}

#[test]
fn what_is_no_address_stays_as_it_is() {
    assert_posts(
        "<p>To <a data-cfemail=42 href=/b>[email protected]</a> <span data-cfemail>x</span>",
        |post| {
            assert_eq!(post.to_text(), "To [email protected] x\n");
        },
    );
}

#[test]
fn a_spacer_is_no_poster() {
    for (poster, expected) in [("/spacer.png", None), ("/p.png", Some("https://tea.example/p.png"))] {
        assert_posts(&format!("<video src=/a.mp4 poster={poster}></video>"), |post| {
            let media = post.figures().flat_map(|figure| &figure.media);
            let posters = media.map(|medium| match medium {
                Media::Video(video) => video.poster.as_deref(),
                other => panic!("{other:?}"),
            });
            assert_eq!(posters.collect::<Vec<_>>(), [expected]);
        });
    }
}

#[test]
fn names_of_journals_are_text() {
    assert_posts("<p>Ask <lj user='kettle'>, or <lj comm=tea_ru /> and <user name=pot>.", |post| {
        assert_eq!(post.to_markdown(), "Ask kettle, or tea_ru and pot.\n");
    });
    assert_posts("<p>a<lj></lj>b<user></user>", |post| assert_eq!(post.to_markdown(), "ab\n"));
}

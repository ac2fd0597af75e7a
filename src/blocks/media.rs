//! Media: which URL is the real one, and which elements show the same thing.

use std::borrow::Cow;

use super::srcset::add_srcset;
use super::urls::{Urls, is_data, is_link};
use super::{BlockBuilder, Effect, figure};
use crate::chars::is_blank;
use crate::html::event::{Attributes, Element, Names, Tag, emoji, trimmed};
use crate::post::{Audio, Block, Embed, Image, Media, MediaSource, Video};

/// A URL attribute, resolved, if it is there and not blank.
fn url_of<'a>(attrs: &Attributes<'a>, name: &str, urls: &Urls<'_>) -> Option<Cow<'a, str>> {
    attrs.get(name).and_then(|value| urls.resolve(value))
}

/// The URL of a file to look at or to play, if it runs nothing.
fn file<'a>(value: Cow<'a, str>, urls: &Urls<'_>) -> Option<Cow<'a, str>> {
    urls.resolve(value).filter(|url| is_link(url) || is_data(url))
}

fn file_of<'a>(attrs: &Attributes<'a>, name: &str, urls: &Urls<'_>) -> Option<Cow<'a, str>> {
    attrs.get(name).and_then(|value| file(value, urls))
}

/// Candidates that are all the one URL say nothing new.
fn clear_if_known(sources: &mut Vec<MediaSource<'_>>, src: &str) {
    if sources
        .iter()
        .all(|source| source.url == src && source.descriptor.is_none() && source.media_query.is_none())
    {
        *sources = Vec::new();
    }
}

/// The attributes of an `<img>` that matter, found in one pass: it has many, and mostly all of them.
struct ImageAttrs<'a> {
    src: Option<Cow<'a, str>>,
    /// Those in which lazy loaders keep the URL that a script would put into `src`, best first.
    lazy: [Option<Cow<'a, str>>; 5],
    srcsets: [Option<Cow<'a, str>>; 2],
    alt: Option<Cow<'a, str>>,
    title: Option<Cow<'a, str>>,
    width: Option<Cow<'a, str>>,
    height: Option<Cow<'a, str>>,
    class: Option<Cow<'a, str>>,
}

impl<'a> ImageAttrs<'a> {
    fn of(attrs: &Attributes<'a>) -> Self {
        const NAMES: Names<'_, 13> = Names::new([
            "src",
            "alt",
            "title",
            "width",
            "height",
            "class",
            "srcset",
            "data-srcset",
            "data-src",
            "data-original",
            "data-lazy-src",
            "data-cfsrc",
            "data-actualsrc",
        ]);
        let [src, alt, title, width, height, class, srcset, data_srcset, lazy @ ..] = attrs.get_all(&NAMES);
        Self { src, lazy, srcsets: [srcset, data_srcset], alt, title, width, height, class }
    }

    /// The image, if it has a URL at all. `sources` are those of the `<picture>` around it.
    fn image(
        self,
        mut sources: Vec<MediaSource<'a>>,
        link: Option<Cow<'a, str>>,
        urls: &Urls<'_>,
    ) -> Option<Image<'a>> {
        for list in self.srcsets.into_iter().flatten() {
            add_srcset(&list, urls, &mut sources);
        }
        let own = self.src.and_then(|src| file(src, urls));
        let is_real = |url: &Cow<'a, str>| !is_data(url);
        let mut lazy = self.lazy.into_iter().flatten();
        let mut real_lazy = || lazy.find_map(|value| file(value, urls).filter(is_real));
        let (own, data) = if own.as_ref().is_some_and(is_real) { (own, None) } else { (None, own) };
        let src = own
            .or_else(&mut real_lazy)
            .or_else(|| sources.first().map(|source| source.url.clone()))
            // A picture inside the page is a picture, if there is no other.
            .or(data)?;
        clear_if_known(&mut sources, &src);
        Some(Image {
            src,
            alt: self.alt.and_then(shown_text),
            title: self.title.and_then(shown_text),
            width: self.width.as_deref().and_then(pixels),
            height: self.height.as_deref().and_then(pixels),
            sources,
            link,
        })
    }

    /// The text that an emoji or a smiley stands for, if the image is one.
    fn emoji(&self) -> Option<Cow<'a, str>> {
        emoji(self.alt.as_ref(), self.class.as_deref(), self.src.as_deref())
    }
}

/// The candidates of a `<source>` of a picture.
pub(super) fn picture_sources<'a>(attrs: &Attributes<'a>, urls: &Urls<'_>) -> Vec<MediaSource<'a>> {
    let media_type = attrs.get_trimmed("type");
    let media = attrs.get_trimmed("media");
    let list = attrs.get("srcset").or_else(|| attrs.get("data-srcset")).unwrap_or_default();
    let mut candidates = Vec::new();
    add_srcset(&list, urls, &mut candidates);
    let Some((first, others)) = candidates.split_first_mut() else { return candidates };
    for source in others {
        source.media_type = media_type.as_ref().and_then(|text| urls.copy(text));
        source.media_query = media.as_ref().and_then(|text| urls.copy(text));
    }
    (first.media_type, first.media_query) = (media_type, media);
    candidates
}

/// The file of a `<source>` of a film or a sound.
pub(super) fn player_source<'a>(attrs: &Attributes<'a>, urls: &Urls<'_>) -> Option<MediaSource<'a>> {
    Some(MediaSource {
        url: file_of(attrs, "src", urls)?,
        descriptor: None,
        media_type: attrs.get_trimmed("type"),
        media_query: attrs.get_trimmed("media"),
    })
}

/// A film, as far as its start tag tells.
pub(super) fn video<'a>(attrs: &Attributes<'a>, urls: &Urls<'_>) -> Video<'a> {
    Video {
        src: file_of(attrs, "src", urls).or_else(|| file_of(attrs, "data-src", urls)),
        poster: file_of(attrs, "poster", urls),
        width: pixels_of(attrs, "width"),
        height: pixels_of(attrs, "height"),
        sources: Vec::new(),
    }
}

/// A sound, as far as its start tag tells.
pub(super) fn audio<'a>(attrs: &Attributes<'a>, urls: &Urls<'_>) -> Audio<'a> {
    Audio {
        src: file_of(attrs, "src", urls).or_else(|| file_of(attrs, "data-src", urls)),
        sources: Vec::new(),
    }
}

/// What an `<iframe>`, `<embed>` or `<object>` embeds, from the first of the attributes that names it.
pub(super) fn embed<'a>(attrs: &Attributes<'a>, names: &[&str], urls: &Urls<'_>) -> Option<Embed<'a>> {
    let is_page = |url: &Cow<'a, str>| !url.eq_ignore_ascii_case("about:blank") && is_link(url);
    Some(Embed {
        src: names.iter().find_map(|name| url_of(attrs, name, urls).filter(is_page))?,
        title: text_of(attrs, "title"),
        width: pixels_of(attrs, "width"),
        height: pixels_of(attrs, "height"),
    })
}

/// The text of an attribute, if it is not blank.
fn text_of<'a>(attrs: &Attributes<'a>, name: &str) -> Option<Cow<'a, str>> {
    attrs.get(name).and_then(shown_text)
}

fn shown_text(value: Cow<'_, str>) -> Option<Cow<'_, str>> {
    trimmed(value).filter(|text| !text.chars().all(is_blank))
}

fn pixels_of(attrs: &Attributes<'_>, name: &str) -> Option<u32> {
    attrs.get(name).as_deref().and_then(pixels)
}

/// A length in pixels: `640`, `640.5` or `640px`. A percentage is none.
fn pixels(value: &str) -> Option<u32> {
    let value = value.trim_ascii();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = value.split_at(digits);
    let unit = unit.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).trim();
    (unit.is_empty() || unit.eq_ignore_ascii_case("px")).then(|| number.parse().ok()).flatten()
}

/// What is known of the media elements around the current place.
#[derive(Default)]
pub(super) struct MediaState<'a> {
    /// How many `<noscript>` are open.
    pub(super) noscripts: usize,
    /// Whether the image shown last stood in a `<noscript>`.
    last_in_noscript: bool,
    /// The candidates of the open `<picture>`.
    picture: Option<Picture<'a>>,
    /// The open `<video>` or `<audio>`.
    player: Option<Media<'a>>,
    /// Whether the open `<object>` names no data, so that the `<embed>` inside counts.
    pub(super) wants_embed: bool,
}

/// An open `<picture>`.
enum Picture<'a> {
    /// Its image has not come yet.
    Sources(Vec<MediaSource<'a>>),
    /// Its image has come: candidates after that do not count.
    Shown,
}

impl<'a> BlockBuilder<'a, '_> {
    /// Does what the start tag of an element that shows or plays something asks for.
    pub(super) fn open_media(&mut self, element: &Element<'a>) -> Effect {
        let (attrs, urls) = (&element.attrs, &self.urls);
        match element.tag {
            Tag::Img => {
                self.show_image(attrs);
                Effect::Nothing
            }
            Tag::Picture if self.media.picture.is_none() => {
                self.media.picture = Some(Picture::Sources(Vec::new()));
                Effect::Picture
            }
            Tag::Video => self.open_player(Media::Video(video(attrs, urls))),
            Tag::Audio => self.open_player(Media::Audio(audio(attrs, urls))),
            Tag::Iframe => {
                self.show_embed(embed(attrs, &["src", "data-src"], urls));
                self.hide()
            }
            Tag::Object => {
                let embed = embed(attrs, &["data"], urls);
                self.media.wants_embed = embed.is_none();
                self.show_embed(embed);
                self.hide()
            }
            Tag::Embed => {
                self.show_embed(embed(attrs, &["src"], urls));
                Effect::Nothing
            }
            _ => Effect::Nothing,
        }
    }

    /// Inside an element whose text is not shown, only the files that it plays matter.
    pub(super) fn enter_hidden(&mut self, element: &Element<'a>) -> Effect {
        match element.tag {
            Tag::Source => self.add_source(&element.attrs),
            Tag::Embed if std::mem::take(&mut self.media.wants_embed) => {
                return self.open_media(element);
            }
            _ => {}
        }
        Effect::Nothing
    }

    /// A `<source>` belongs to the player or the picture around it.
    pub(super) fn add_source(&mut self, attrs: &Attributes<'a>) {
        let urls = &self.urls;
        match (&mut self.media.player, &mut self.media.picture) {
            (Some(Media::Video(Video { sources, .. }) | Media::Audio(Audio { sources, .. })), _) => {
                sources.extend(player_source(attrs, urls));
            }
            (_, Some(Picture::Sources(sources))) => sources.extend(picture_sources(attrs, urls)),
            _ => {}
        }
    }

    fn show_embed(&mut self, embed: Option<Embed<'a>>) {
        if let Some(embed) = embed {
            self.show(Media::Embed(embed));
        }
    }

    fn open_player(&mut self, player: Media<'a>) -> Effect {
        self.media.player = Some(player);
        self.hidden += 1;
        Effect::Player
    }

    pub(super) fn close_player(&mut self) {
        let Some(mut player) = self.media.player.take() else { return };
        if let Media::Video(Video { src, sources, .. }) | Media::Audio(Audio { src, sources }) = &mut player {
            if src.is_none() {
                *src = sources.first().map(|source| source.url.clone());
            }
            // One file of which nothing else is known needs no list of files.
            let known = src.clone().map(|url| MediaSource { url, ..MediaSource::default() });
            if sources.len() == 1 && sources.first() == known.as_ref() {
                sources.clear();
            }
            if src.is_none() {
                return;
            }
        }
        self.show(player);
    }

    /// A `<picture>` without an `<img>` shows the first of its candidates.
    pub(super) fn close_picture(&mut self) {
        let Some(Picture::Sources(mut sources)) = self.media.picture.take() else { return };
        if let Some(src) = sources.first().map(|source| source.url.clone()) {
            let link = self.run.copy_link(&self.urls);
            clear_if_known(&mut sources, &src);
            let image = Image { src, sources, link, ..Image::default() };
            self.show(Media::Image(image));
        }
    }

    fn show_image(&mut self, attrs: &Attributes<'a>) {
        let sources =
            match self.media.picture.as_mut().map(|picture| std::mem::replace(picture, Picture::Shown)) {
                Some(Picture::Sources(sources)) => sources,
                Some(Picture::Shown) | None => Vec::new(),
            };
        let attrs = ImageAttrs::of(attrs);
        if let Some(text) = attrs.emoji() {
            self.run.push_copy(&text, false);
            return;
        }
        let link = self.run.copy_link(&self.urls);
        if let Some(image) = attrs.image(sources, link, &self.urls) {
            self.show(Media::Image(image));
        }
    }

    /// Shows something at this place: the text before it and the text after it are two.
    fn show(&mut self, media: Media<'a>) {
        let in_noscript = self.media.noscripts > 0;
        let may_be_twin = in_noscript != self.media.last_in_noscript && self.run.is_empty();
        self.media.last_in_noscript = in_noscript;
        let media = if may_be_twin {
            let Some(media) = self.merge_with_last(media) else {
                // The pair is complete.
                self.media.last_in_noscript = false;
                return;
            };
            media
        } else {
            media
        };
        if !self.kind().is_caption() {
            self.end_run();
        }
        self.frame().push(Block::Figure(figure::new(vec![media], None)));
    }

    /// Merges something with what was shown just before it, or returns it if they are not the same thing.
    fn merge_with_last(&mut self, media: Media<'a>) -> Option<Media<'a>> {
        let last = match self.frame().blocks.last_mut() {
            Some(Block::Figure(figure)) if figure.caption.is_none() => figure.media.last_mut(),
            _ => None,
        };
        match last {
            Some(last) => merge_twin(last, media),
            None => Some(media),
        }
    }
}

/// Merges what stands in a `<noscript>` with what a script would show in its place, which is just before or
/// just after it. Returns the second if they are not the same thing.
fn merge_twin<'a>(first: &mut Media<'a>, second: Media<'a>) -> Option<Media<'a>> {
    match (first, second) {
        (Media::Image(first), Media::Image(second))
            if first.src == second.src || is_data(&first.src) || is_data(&second.src) =>
        {
            let Image { src, alt, title, width, height, sources, link } = second;
            if is_data(&first.src) {
                first.src = src;
            }
            first.alt = first.alt.take().or(alt);
            first.title = first.title.take().or(title);
            first.width = first.width.or(width);
            first.height = first.height.or(height);
            first.link = first.link.take().or(link);
            if first.sources.is_empty() {
                first.sources = sources;
            }
            None
        }
        (Media::Embed(first), Media::Embed(second)) if first.src == second.src => None,
        (_, second) => Some(second),
    }
}

//! What scripts show in elements that say it in attributes: a picture, a film, a sound, or a page, as long as
//! nothing else comes in the element.

use std::borrow::Cow;

use super::builder::BlockBuilder;
use super::effect::Effect;
use super::media::{self, embed_without_address};
use crate::html::event::Attributes;
use crate::post::{Audio, Block, Embed, Figure, Image, Media, Video};

/// What a script shows in a `<div>` of a class.
struct Script {
    class: &'static str,
    /// One of these attributes holds the address, or its part between the two texts in `around`.
    attributes: &'static [&'static str],
    around: [&'static str; 2],
    shows: Shows,
}

enum Shows {
    Page,
    Picture,
    Film,
    Sound,
}

impl Script {
    const fn new(class: &'static str, attributes: &'static [&'static str], shows: Shows) -> Self {
        Self { class, attributes, around: ["", ""], shows }
    }

    const fn page(
        class: &'static str,
        attributes: &'static [&'static str],
        around: [&'static str; 2],
    ) -> Self {
        Self { class, attributes, around, shows: Shows::Page }
    }
}

const YOUTUBE: [&str; 2] = ["https://www.youtube.com/embed/", ""];

/// The classes begin as [`div_classes`](super::div_classes) says.
const SCRIPTS: &[Script] = &[
    // Habr
    Script::new("tm-iframe_temp", &["data-src"], Shows::Page),
    // vc.ru, TJ and DTF
    Script::new("andropov_image", &["data-image-src"], Shows::Picture),
    Script::new("andropov_video", &["data-video-mp4"], Shows::Film),
    // Pikabu
    Script::new("player", &["data-source"], Shows::Page),
    Script::new("fb-post", &["data-href"], Shows::Page),
    Script::new("fb-video", &["data-href"], Shows::Page),
    Script::page("flourish-embed", &["data-src"], ["https://flo.uri.sh/", "/embed"]),
    Script::page("infogram-embed", &["data-id"], ["https://e.infogram.com/", ""]),
    // What many blogs have in place of a heavy player, and HackMD
    Script::page("youtube-player", &["data-id"], YOUTUBE),
    Script::page("youtube", &["data-embed", "data-videoid", "data-id"], YOUTUBE),
    Script::page("vimeo", &["data-videoid"], ["https://player.vimeo.com/video/", ""]),
    // Squarespace
    Script::new("sqs-audio-embed", &["data-url"], Shows::Sound),
];

/// Whether a value may be the part of an address between the two texts. Other scripts have attributes of the
/// same names.
fn may_be_between(value: &str, around: [&str; 2]) -> bool {
    /// The length of the id of a film of `YouTube`.
    const FILM: usize = 11;
    (around != YOUTUBE || value.len() == FILM)
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/'))
}

impl<'a> BlockBuilder<'a, '_> {
    /// Opens a `<div>` in which a script shows something, if its class is that of one.
    pub(super) fn open_scripted(&mut self, attrs: &Attributes<'a>) -> Option<Effect> {
        let class = attrs.class()?;
        let mut names = class.split_ascii_whitespace();
        let script = names.find_map(|name| SCRIPTS.iter().find(|script| script.class == name))?;
        self.boundary();
        let value = script.attributes.iter().find_map(|name| attrs.get_trimmed(name))?;
        let address = match script.around {
            // A host is named: what the attribute of another script holds may be anything.
            ["", ""] if matches!(script.shows, Shows::Page) && !value.contains("//") => return None,
            ["", ""] => value,
            _ if value.contains("//") => value,
            around if !may_be_between(&value, around) => return None,
            [before, after] => Cow::Owned([before, &value, after].concat()),
        };
        let media = match script.shows {
            Shows::Page => {
                Media::Embed(Embed { src: self.urls.link(address)?, ..embed_without_address(attrs) })
            }
            Shows::Picture => Media::Image(Image {
                link: self.inline.copy_link(&self.urls),
                ..Image::new(self.urls.file(address)?)
            }),
            Shows::Film => Media::Video(Video {
                src: Some(self.urls.file(address)?),
                poster: attrs.get("data-video-thumbnail").and_then(|poster| self.urls.file(poster)),
                ..Video::default()
            }),
            Shows::Sound => Media::Audio(Audio { src: Some(self.urls.file(address)?), ..Audio::default() }),
        };
        self.scripted = Some((media, self.frame().blocks.len()));
        Some(Effect::Scripted { has_frame: false })
    }

    /// The effect of the `<figure>` that has just opened: note.com says in attributes which page is shown in
    /// it.
    pub(super) fn open_scripted_figure(&mut self, attrs: &Attributes<'a>, effect: Effect) -> Effect {
        if attrs.get("embedded-service").is_none() || !matches!(effect, Effect::Frame) {
            return effect;
        }
        let Some(embed) = media::embed(attrs, &["data-src"], &self.urls) else { return effect };
        self.scripted = Some((Media::Embed(embed), 0));
        Effect::Scripted { has_frame: true }
    }

    /// Shows the photo of a post of Telegram, which is the background of a link.
    pub(super) fn show_background(&mut self, attrs: &Attributes<'a>) {
        let is_photo = attrs.has_class("tgme_widget_message_photo_wrap");
        let Some(style) = attrs.get("style").filter(|_| is_photo) else { return };
        let Some((_, rest)) = style.split_once("background-image:") else { return };
        let address = rest.trim_start().strip_prefix("url(").and_then(|rest| rest.split(')').next());
        let address = address.map(|address| address.trim().trim_matches(['\'', '"']).to_owned());
        if let Some(src) = address.and_then(|address| self.urls.file(address.into())) {
            self.show(Media::Image(Image::new(src)));
        }
    }

    /// Closes the element that [was opened](Self::open_scripted). What a script has put there already is what
    /// it shows, but for a picture in place of a film or a page.
    #[cold]
    pub(super) fn close_scripted(&mut self, has_frame: bool) {
        self.boundary();
        if let Some((media, blocks_before)) = self.scripted.take() {
            let shown = self.frame().blocks.get(blocks_before..).unwrap_or_default();
            let is_still = match shown {
                [] => true,
                [Block::Figure(figure)] => !matches!(media, Media::Image(_)) && is_picture(figure),
                _ => false,
            };
            if self.inline.is_empty() && is_still {
                self.show(media);
            }
        }
        if has_frame {
            self.close_frame();
        }
    }
}

/// Whether a figure is pictures and nothing else.
fn is_picture(figure: &Figure<'_>) -> bool {
    figure.caption.is_none() && figure.media.iter().all(|medium| matches!(medium, Media::Image(_)))
}

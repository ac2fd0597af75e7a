//! Media that more than one element describes: players and pictures with their sources, and twins in
//! `<noscript>`.

use std::borrow::Cow;
use std::mem::{replace, take};

use super::media::{clear_if_known, picture_sources, player_source};
use super::urls::{Urls, is_data};
use crate::html::event::Attributes;
use crate::post::{Audio, Embed, Image, Media, MediaSource, Video};

/// The elements around the current position that show or play something.
#[derive(Default)]
pub(super) struct OpenMedia<'a> {
    /// The number of open `<noscript>`.
    noscripts: usize,
    /// Whether the medium shown last was in a `<noscript>`.
    last_in_noscript: bool,
    picture: Option<Picture<'a>>,
    player: Option<Player<'a>>,
    /// Whether the open `<object>` names no data, so that the `<embed>` inside it counts.
    wants_embed: bool,
}

/// An open `<picture>`.
enum Picture<'a> {
    /// The candidates before its image.
    Sources(Vec<MediaSource<'a>>),
    /// Its image has come: candidates after that do not count.
    Shown,
}

/// An open `<video>` or `<audio>`.
pub(super) enum Player<'a> {
    Video(Video<'a>),
    Audio(Audio<'a>),
}

impl<'a> Player<'a> {
    /// The URL that it plays, and its list of files.
    fn files(&mut self) -> (&mut Option<Cow<'a, str>>, &mut Vec<MediaSource<'a>>) {
        match self {
            Self::Video(Video { src, sources, .. }) | Self::Audio(Audio { src, sources, .. }) => {
                (src, sources)
            }
        }
    }
}

impl<'a> From<Player<'a>> for Media<'a> {
    fn from(player: Player<'a>) -> Self {
        match player {
            Player::Video(video) => Self::Video(video),
            Player::Audio(audio) => Self::Audio(audio),
        }
    }
}

impl<'a> OpenMedia<'a> {
    pub(super) fn open_noscript(&mut self) {
        self.noscripts += 1;
    }

    pub(super) fn close_noscript(&mut self) {
        self.noscripts -= 1;
    }

    /// Opens an `<object>` that embeds this.
    pub(super) fn open_object(&mut self, embed: Option<&Embed<'a>>) {
        self.wants_embed = embed.is_none();
    }

    /// Closes an `<object>`, or another element whose text is not shown.
    pub(super) fn close_object(&mut self) {
        self.wants_embed = false;
    }

    /// Whether an `<embed>` that comes now stands for the `<object>` around it. Only the first one does.
    pub(super) fn takes_embed(&mut self) -> bool {
        take(&mut self.wants_embed)
    }

    /// Opens a `<picture>`. Returns `false`, and does nothing, if one is open.
    pub(super) fn open_picture(&mut self) -> bool {
        let is_first = self.picture.is_none();
        if is_first {
            self.picture = Some(Picture::Sources(Vec::new()));
        }
        is_first
    }

    /// The candidates that an image takes over from the `<picture>` around it.
    pub(super) fn take_picture_sources(&mut self) -> Vec<MediaSource<'a>> {
        match self.picture.as_mut().map(|picture| replace(picture, Picture::Shown)) {
            Some(Picture::Sources(sources)) => sources,
            Some(Picture::Shown) | None => Vec::new(),
        }
    }

    /// Closes a `<picture>`. One without an `<img>` shows the first of its candidates; `link` makes the URL
    /// of the link around it.
    pub(super) fn close_picture(&mut self, link: impl FnOnce() -> Option<Cow<'a, str>>) -> Option<Image<'a>> {
        let Some(Picture::Sources(mut sources)) = self.picture.take() else { return None };
        let src = sources.first().map(|source| source.url.clone())?;
        clear_if_known(&mut sources, &src);
        Some(Image { src, sources, link: link(), ..Image::default() })
    }

    pub(super) fn open_player(&mut self, player: Player<'a>) {
        self.player = Some(player);
    }

    /// Closes the player. Returns it if it has a file to play.
    pub(super) fn close_player(&mut self) -> Option<Media<'a>> {
        let mut player = self.player.take()?;
        let (src, sources) = player.files();
        if src.is_none() {
            *src = sources.first().map(|source| source.url.clone());
        }
        let known = MediaSource { url: src.clone()?, ..MediaSource::default() };
        // A single file of which only the URL is known needs no list of files.
        if sources[..] == [known] {
            sources.clear();
        }
        Some(player.into())
    }

    /// Takes the link in the fallback of a player that has no file so far.
    pub(super) fn add_fallback(&mut self, url: Cow<'a, str>) {
        let Some((src, sources)) = self.player.as_mut().map(Player::files) else { return };
        if src.is_none() && sources.is_empty() {
            *src = Some(url);
        }
    }

    /// Adds a `<source>` to the player or the picture around it.
    pub(super) fn add_source(&mut self, attrs: &Attributes<'a>, urls: &Urls<'_>) {
        if let Some(player) = &mut self.player {
            player.files().1.extend(player_source(attrs, urls));
        } else if let Some(Picture::Sources(sources)) = &mut self.picture {
            sources.extend(picture_sources(attrs, urls));
        }
    }

    /// Takes note of a medium that is shown now. Returns whether it may be the twin of the last medium, as
    /// far as the `<noscript>` around the one or the other tells.
    pub(super) fn may_be_twin(&mut self) -> bool {
        let in_noscript = self.noscripts > 0;
        in_noscript != replace(&mut self.last_in_noscript, in_noscript)
    }

    /// Takes note that a medium was merged with its twin: a third one is not the same thing.
    pub(super) fn end_twins(&mut self) {
        self.last_in_noscript = false;
    }
}

/// Merges a medium in a `<noscript>` with the medium that a script would show in its stead, which comes just
/// before or just after. Returns the second medium if the two are not the same thing.
pub(super) fn merge_twin<'a>(first: &mut Media<'a>, second: Media<'a>) -> Option<Media<'a>> {
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
        (Media::Image(_) | Media::Video(_) | Media::Audio(_) | Media::Embed(_), second) => Some(second),
    }
}

//! Media that more than one element describes: players and pictures with their sources, and what is known of
//! the medium shown last, which may be the twin of the next.

use std::borrow::Cow;
use std::mem::{replace, take};

use super::media::{picture_sources, player_source};
use super::srcset::{clear_if_known, largest};
use super::twins::Origin;
use super::urls::Urls;
use crate::html::event::Attributes;
use crate::post::{Audio, Embed, Image, Media, MediaSource, Video};

/// The elements around the current position that show or play something.
#[derive(Default)]
pub(super) struct OpenMedia<'a> {
    /// The number of open `<noscript>`.
    noscripts: usize,
    /// The origin of the medium shown last.
    last: Origin<'a>,
    /// The image without a URL that came after it, and the number of blocks before that in its frame.
    unseen: Option<(Image<'a>, usize)>,
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

    /// Closes a `<picture>`. One without an `<img>` shows the largest of its candidates; `link` makes the URL
    /// of the link around it.
    pub(super) fn close_picture(&mut self, link: impl FnOnce() -> Option<Cow<'a, str>>) -> Option<Image<'a>> {
        let Some(Picture::Sources(mut sources)) = self.picture.take() else { return None };
        let src = largest(&sources)?.url.clone();
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
            let others = picture_sources(attrs, urls);
            if sources.is_empty() {
                *sources = others;
            } else {
                sources.extend(others);
            }
        }
    }

    pub(super) fn is_in_noscript(&self) -> bool {
        self.noscripts > 0
    }

    /// The origin of the medium shown last.
    pub(super) fn last_origin(&self) -> Origin<'a> {
        self.last
    }

    /// Takes note of the medium that is shown now.
    pub(super) fn set_last_origin(&mut self, origin: Origin<'a>) {
        self.last = origin;
    }

    /// Takes note that the medium shown last is an image of AMP.
    pub(super) fn note_amp(&mut self) {
        self.last.is_of_amp = true;
    }

    /// Takes note of an image without a URL after the first `blocks_before` blocks of its frame: its twin in
    /// a `<noscript>` may come next.
    pub(super) fn set_unseen(&mut self, image: Image<'a>, blocks_before: usize) {
        self.unseen = Some((image, blocks_before));
    }

    /// The image without a URL, if `blocks_before` is the number of blocks before it, too.
    pub(super) fn take_unseen(&mut self, blocks_before: usize) -> Option<Image<'a>> {
        let (image, blocks) = self.unseen.take()?;
        (blocks == blocks_before).then_some(image)
    }
}

//! What each element asks for: a block, a mark, a medium, or nothing.

use super::builder::{BlockBuilder, Effect};
use super::frame::FrameKind;
use super::image::ImageAttrs;
use super::media::{self, audio, embed, video};
use super::open_media::Player;
use super::placeholder::{Worth, worth};
use super::urls::is_link;
use super::{figure, list, preformatted, table};
use crate::html::event::{Attributes, Element, Names, Tag, trimmed};
use crate::post::{Block, Embed, HeadingLevel, Image, List, ListKind, MarkKind, Media, Table, ThematicBreak};

impl<'a> BlockBuilder<'a, '_> {
    /// Does what the start tag of an element asks for.
    #[expect(clippy::inline_always, reason = "the one step that each element takes; 0.5 % of a post")]
    #[inline(always)]
    pub(super) fn enter(&mut self, element: &Element<'a>) -> Effect {
        match element.tag {
            // Most elements do no more than to group others.
            Tag::Span => Effect::Nothing,
            Tag::Unknown => self.open_unknown(element),
            Tag::Div | Tag::P | Tag::Section | Tag::Article | Tag::Header | Tag::Footer => {
                self.open_group(element)
            }
            Tag::A => self.open_link(element),
            Tag::Code => self.open_code(element),
            Tag::Br => self.line_break(),
            Tag::Noscript => {
                self.media.open_noscript();
                Effect::Noscript
            }
            Tag::Img | Tag::Iframe | Tag::Embed | Tag::Object | Tag::Video | Tag::Audio | Tag::Picture => {
                self.open_media(element)
            }
            Tag::Source => {
                self.media.add_source(&element.attrs, &self.urls);
                Effect::Nothing
            }
            Tag::Ruby => {
                self.inline.open_ruby();
                Effect::Ruby
            }
            Tag::Rb => {
                self.inline.open_ruby_base();
                Effect::RubyBase
            }
            Tag::Rt | Tag::Rtc => self.open_reading(),
            tag if tag.hides_text() => self.hide(),
            tag if tag.is_block() => self.open_block(element),
            tag => mark(tag).map_or(Effect::Nothing, |mark| self.open_mark(mark)),
        }
    }

    /// Does what the start tag of an element asks for whose text is not shown: only the files that it plays
    /// matter.
    #[inline(never)]
    pub(super) fn enter_hidden(&mut self, element: &Element<'a>) -> Effect {
        if self.is_in_reading() {
            return self.enter_in_reading(element);
        }
        match element.tag {
            Tag::Source => self.media.add_source(&element.attrs, &self.urls),
            Tag::Embed if self.media.takes_embed() => return self.open_media(element),
            _ => {}
        }
        Effect::Nothing
    }

    /// Does what the start tag of an element in a reading asks for. A reading is a short text: at a link or a
    /// block it ends, and what follows is text after the base.
    fn enter_in_reading(&mut self, element: &Element<'a>) -> Effect {
        match element.tag {
            Tag::Ruby | Tag::Rb => Effect::Nothing,
            Tag::Rt | Tag::Rtc => {
                self.inline.split_reading();
                Effect::OneReading
            }
            Tag::Br => {
                self.inline.push_reading(" ");
                Effect::Nothing
            }
            tag => {
                if tag.is_block() {
                    self.leave_reading();
                }
                self.enter(element)
            }
        }
    }

    /// Opens an element that HTML does not know. Some of AMP and of SVG show images.
    fn open_unknown(&mut self, element: &Element<'a>) -> Effect {
        match &*element.name {
            "amp-img" | "amp-anim" if element.attrs.get("placeholder").is_none() => {
                self.show_image(&element.attrs);
            }
            // Outside a drawing, HTML makes an `<img>` of it.
            "image" => self.show_drawn_image(&element.attrs),
            _ => {}
        }
        Effect::Nothing
    }

    fn open_block(&mut self, element: &Element<'a>) -> Effect {
        let attrs = &element.attrs;
        if self.is_in_one_text() {
            self.inline.boundary();
            return Effect::Boundary;
        }
        let list = |kind, start| FrameKind::List(List { start, ..List::new(kind, Vec::new()) });
        match (element.tag, self.frame_kind()) {
            (Tag::H1, _) => self.open_heading(HeadingLevel::H1),
            (Tag::H2, _) => self.open_heading(HeadingLevel::H2),
            (Tag::H3, _) => self.open_heading(HeadingLevel::H3),
            (Tag::H4, _) => self.open_heading(HeadingLevel::H4),
            (Tag::H5, _) => self.open_heading(HeadingLevel::H5),
            (Tag::H6, _) => self.open_heading(HeadingLevel::H6),
            (Tag::Hr, _) => {
                self.end_text();
                self.frame().push(Block::ThematicBreak(ThematicBreak::new()));
                Effect::Nothing
            }
            (Tag::Blockquote, _) => self.open_frame(FrameKind::Quote),
            (Tag::Ul | Tag::Menu | Tag::Dir, _) => self.open_frame(list(ListKind::Unordered, None)),
            (Tag::Ol, _) => self.open_frame(list(ListKind::Ordered, list::start(attrs))),
            (Tag::Dl, _) => self.open_frame(list(ListKind::Description, None)),
            (Tag::Li, FrameKind::List(list)) if list.kind != ListKind::Description => {
                self.open_frame(FrameKind::Item)
            }
            (Tag::Dt, FrameKind::List(list)) if list.kind == ListKind::Description => {
                self.open_frame(FrameKind::Term)
            }
            (Tag::Dd, FrameKind::List(list)) if list.kind == ListKind::Description => {
                self.open_frame(FrameKind::Description)
            }
            (Tag::Table, _) => self.open_frame(FrameKind::Table(Table::default())),
            (Tag::Caption, FrameKind::Table(_)) => self.open_frame(FrameKind::TableCaption),
            (Tag::Tr, FrameKind::Table(_)) => self.open_frame(FrameKind::Row(Vec::new())),
            (tag @ (Tag::Td | Tag::Th), FrameKind::Row(_)) => {
                self.open_frame(FrameKind::Cell(table::cell(attrs, tag == Tag::Th)))
            }
            (Tag::Figure, _) => self.open_frame(FrameKind::Figure),
            (Tag::Figcaption, FrameKind::Figure) => self.open_frame(FrameKind::Caption),
            (Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Plaintext, _) => {
                self.open_frame(FrameKind::Pre { is_code: false, language: preformatted::language(attrs) })
            }
            _ => self.open_group(element),
        }
    }

    /// Opens a block that only groups others, unless it is the caption of the figure before it.
    fn open_group(&mut self, element: &Element<'a>) -> Effect {
        self.boundary();
        // The class is looked at only after a figure, where few elements stand.
        if self.inline.is_empty() && self.frame().is_after_figure() && figure::is_caption(&element.attrs) {
            return self.open_frame(FrameKind::CaptionBelow);
        }
        Effect::Boundary
    }

    #[inline(never)]
    fn open_link(&mut self, element: &Element<'a>) -> Effect {
        const NAMES: Names<'_, 2> = Names::new(["href", "title"]);
        let [href, title] = element.attrs.get_all(&NAMES);
        match href.and_then(|href| self.urls.resolve(href)) {
            Some(href) if is_link(&href) => {
                self.leave_reading();
                self.open_mark(MarkKind::Link { href, title: title.and_then(trimmed) })
            }
            _ => Effect::Nothing,
        }
    }

    fn open_code(&mut self, element: &Element<'a>) -> Effect {
        let FrameKind::Pre { is_code, language } = &mut self.frame().kind else {
            return self.open_mark(MarkKind::Code);
        };
        *is_code = true;
        if language.is_none() {
            *language = preformatted::language(&element.attrs);
        }
        Effect::Nothing
    }

    fn open_media(&mut self, element: &Element<'a>) -> Effect {
        let (attrs, urls) = (&element.attrs, &self.urls);
        match element.tag {
            Tag::Img => self.show_image(attrs),
            Tag::Picture if self.media.open_picture() => return Effect::Picture,
            Tag::Video => {
                self.media.open_player(Player::Video(video(attrs, urls)));
                return self.hide_in_player();
            }
            Tag::Audio => {
                self.media.open_player(Player::Audio(audio(attrs, urls)));
                return self.hide_in_player();
            }
            Tag::Iframe => {
                self.show_embed(embed(attrs, &["src", "data-src"], urls));
                return self.hide();
            }
            Tag::Object => {
                let embed = embed(attrs, &["data"], urls);
                self.media.open_object(embed.as_ref());
                self.show_embed(embed);
                return self.hide();
            }
            Tag::Embed => self.show_embed(embed(attrs, &["src"], urls)),
            _ => {}
        }
        Effect::Nothing
    }

    fn show_embed(&mut self, embed: Option<Embed<'a>>) {
        if let Some(embed) = embed {
            self.show(Media::Embed(embed));
        }
    }

    fn show_image(&mut self, attrs: &Attributes<'a>) {
        let sources = self.media.take_picture_sources();
        let image = ImageAttrs::of(attrs);
        if let Some(text) = image.emoji() {
            self.add_emoji(&text);
            return;
        }
        let link = self.inline.copy_link(&self.urls);
        match image.image(attrs, sources, link, &self.urls) {
            (image, Some(origin)) => self.show_from(Media::Image(image), origin),
            (unseen, None) => self.note_unseen(unseen),
        }
    }

    /// Shows the `<image>` of a drawing: a picture from a file, which the drawing only frames.
    fn show_drawn_image(&mut self, attrs: &Attributes<'a>) {
        let href = attrs.get("href").or_else(|| attrs.get("xlink:href"));
        let file =
            href.and_then(|href| media::file(href, &self.urls)).filter(|url| worth(url) == Worth::File);
        if let Some(src) = file {
            let (width, height) = (media::pixels_of(attrs, "width"), media::pixels_of(attrs, "height"));
            let link = self.inline.copy_link(&self.urls);
            self.show(Media::Image(Image { width, height, link, ..Image::new(src) }));
        }
    }
}

/// The mark that an inline element makes.
fn mark<'a>(tag: Tag) -> Option<MarkKind<'a>> {
    Some(match tag {
        Tag::Strong | Tag::B => MarkKind::Strong,
        Tag::Em | Tag::I | Tag::Cite | Tag::Dfn | Tag::Var => MarkKind::Emphasis,
        Tag::Kbd | Tag::Samp | Tag::Tt => MarkKind::Code,
        Tag::U | Tag::Ins => MarkKind::Underline,
        Tag::S | Tag::Del | Tag::Strike => MarkKind::Strikethrough,
        Tag::Sub => MarkKind::Subscript,
        Tag::Sup => MarkKind::Superscript,
        Tag::Mark => MarkKind::Highlight,
        Tag::Q => MarkKind::Quotation,
        Tag::Small => MarkKind::Small,
        _ => return None,
    })
}

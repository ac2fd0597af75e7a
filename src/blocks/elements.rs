//! What each element asks for: a block, a mark, a medium, or nothing.

use std::borrow::Cow;

use super::builder::{BlockBuilder, Effect};
use super::fallback::hidden_address;
use super::frame::FrameKind;
use super::media::{ImageAttrs, audio, embed, embed_without_address, video};
use super::open_media::Player;
use super::urls::is_link;
use super::{figure, list, preformatted, table};
use crate::html::event::{Attributes, Element, Names, Tag, trimmed};
use crate::post::{Block, Embed, HeadingLevel, List, ListKind, MarkKind, Media, Table, ThematicBreak};

impl<'a> BlockBuilder<'a, '_> {
    /// Does what the start tag of an element asks for.
    #[expect(clippy::inline_always, reason = "the one step that each element takes; 0.5 % of a post")]
    #[inline(always)]
    pub(super) fn enter(&mut self, element: &Element<'a>) -> Effect {
        match element.tag {
            // Most elements do no more than to group others.
            Tag::Span if element.attrs.may_be_special() => {
                self.open_address(element).unwrap_or(Effect::Nothing)
            }
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
            Tag::Base => {
                if let Some(href) = element.attrs.get("href") {
                    self.urls.take_base_element(href);
                }
                Effect::Nothing
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
            Tag::Math => self.open_formula(&element.attrs),
            Tag::Script => {
                self.show_scripted_page(element);
                self.hide()
            }
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
            Tag::A | Tag::Param => self.enter_fallback(element),
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
        if element.attrs.may_be_special() {
            if let Some(effect) = self.open_address(element) {
                return effect;
            }
        }
        let [href, title] = element.attrs.get_all(&const { Names::new(["href", "title"]) });
        let href = match href.as_deref().and_then(hidden_address) {
            Some(address) => Some(Cow::Owned(["mailto:", &address].concat())),
            None => href.and_then(|href| self.urls.resolve(href)),
        };
        match href {
            Some(href) if is_link(&href) => {
                self.leave_reading();
                self.open_mark(MarkKind::Link { href, title: title.and_then(trimmed) })
            }
            _ => Effect::Nothing,
        }
    }

    fn open_formula(&mut self, attrs: &Attributes<'a>) -> Effect {
        let display = attrs.get("display").is_some_and(|display| display == "block");
        self.open_mark(MarkKind::Math { display })
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
                let Some(embed) = embed(attrs, IFRAME, urls) else {
                    return self.open_fallback(embed_without_address(attrs));
                };
                self.show(Media::Embed(embed));
                return self.hide();
            }
            Tag::Object => {
                let embed = embed(attrs, &["data"], urls);
                self.media.open_object(embed.as_ref());
                self.show_embed(embed);
                return self.hide();
            }
            Tag::Embed => self.show_embed(embed(attrs, IFRAME, urls)),
            _ => {}
        }
        Effect::Nothing
    }

    /// Opens an element that HTML does not know.
    fn open_unknown(&mut self, element: &Element<'a>) -> Effect {
        self.show_scripted_page(element);
        Effect::Nothing
    }

    fn show_scripted_page(&mut self, element: &Element<'a>) {
        let page = element.scripted_page().and_then(|page| self.urls.resolve(page));
        if let Some(src) = page.filter(|src| is_link(src)) {
            self.show(Media::Embed(Embed { src, ..embed_without_address(&element.attrs) }));
        }
    }

    fn show_embed(&mut self, embed: Option<Embed<'a>>) {
        if let Some(embed) = embed {
            self.show(Media::Embed(embed));
        }
    }

    fn show_image(&mut self, attrs: &Attributes<'a>) {
        let sources = self.media.take_picture_sources();
        let attrs = ImageAttrs::of(attrs);
        if let Some(text) = attrs.emoji() {
            self.add_emoji(&text);
            return;
        }
        let link = self.inline.copy_link(&self.urls);
        if let Some(image) = attrs.image(sources, link, &self.urls) {
            self.show(Media::Image(image));
        }
    }
}

/// The attributes of an `<iframe>` or an `<embed>` that name the page, or keep its URL for a script.
const IFRAME: &[&str] =
    &["src", "data-src", "data-lazy-src", "data-original", "data-iframe-src", "data-embed-src", "data-url"];

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

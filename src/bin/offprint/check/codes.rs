//! What can be found, and how much it matters.

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// It is not looked for.
    Off,
    Warning,
    /// The run fails.
    Error,
}

impl Level {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Makes [`Code`] of a list `Variant = "code", Level: "what is found"`.
macro_rules! codes {
    ($($variant:ident = $code:literal, $level:ident: $meaning:literal;)*) => {
        /// What is found. Those of the parser have the codes of its diagnostics.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum Code {
            $($variant,)*
        }

        impl Code {
            /// All codes, in the order of the list.
            pub(super) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            pub(super) const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// The level that it has unless the user says otherwise.
            pub(super) const fn default_level(self) -> Level {
                match self {
                    $(Self::$variant => Level::$level,)*
                }
            }

            /// What is found, in a few words.
            pub(super) const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)*
                }
            }
        }
    };
}

codes! {
    // Such posts cannot be read, and `convert` fails for them.
    Unreadable = "unreadable", Error: "a file or a folder cannot be read";
    InvalidUtf8 = "invalid_utf8", Error: "bytes are not UTF-8";
    UnclosedFrontMatter = "unclosed_front_matter", Error: "nothing closes the front matter";
    InvalidYaml = "invalid_yaml", Error: "the front matter is not valid YAML";
    InvalidToml = "invalid_toml", Error: "the front matter is not valid TOML";
    InvalidJson = "invalid_json", Error: "the front matter is not valid JSON";
    NotAMapping = "not_a_mapping", Error: "the front matter holds no keys and values";
    LimitExceeded = "limit_exceeded", Error: "the post is larger than a limit (--limit)";
    MissingFeature = "missing_feature", Error: "this build of offprint cannot read the format";

    // The file.
    ByteOrderMark = "byte_order_mark", Warning: "the file begins with a byte order mark";
    MixedLineEnds = "mixed_line_ends", Warning: "lines end in different ways: LF, CRLF, CR";

    // The front matter, and what stands before the article.
    RecoveredMetadata = "recovered_metadata", Warning: "a piece of the front matter is broken";
    DeepMetadata = "deep_metadata", Warning: "a value of the front matter nests too deep to be read";
    DuplicateKey = "duplicate_key", Warning: "a key of the front matter stands twice";
    UnexpectedValue = "unexpected_value", Warning: "a known key holds something of another shape";
    CutValue = "cut_value", Warning: "` #` begins a comment and cuts a value short";
    BadDate = "bad_date", Warning: "a date is not one";
    UnknownTimeZone = "unknown_time_zone", Off: "a date has a time, and no offset from UTC";
    DateStampMismatch = "date_stamp_mismatch", Warning: "the date and the stamp are different moments";
    TitleHeadingMismatch = "title_heading_mismatch", Warning: "the title and the link heading differ";
    FromHeadingMismatch = "from_heading_mismatch", Warning: "`from` and the URL of the link heading differ";
    MissingTitle = "missing_title", Warning: "no title: no `title`, no heading at the top";
    MissingDate = "missing_date", Warning: "no date: no `date`, none in the file's name, no stamp";
    MissingAuthors = "missing_authors", Off: "no `authors` (--require authors)";
    MissingCategories = "missing_categories", Off: "no `categories` (--require categories)";
    MissingComments = "missing_comments", Off: "no `comments` (--require comments)";
    MissingDescription = "missing_description", Off: "no `description` (--require description)";
    MissingDraft = "missing_draft", Off: "no `draft` (--require draft)";
    MissingFrom = "missing_from", Off: "no `from` (--require from)";
    MissingImage = "missing_image", Off: "no `image` (--require image)";
    MissingLang = "missing_lang", Off: "no `lang` (--require lang)";
    MissingLayout = "missing_layout", Off: "no `layout` (--require layout)";
    MissingModified = "missing_modified", Off: "no `modified` (--require modified)";
    MissingPermalink = "missing_permalink", Off: "no `permalink` (--require permalink)";
    MissingSlug = "missing_slug", Off: "no `slug` (--require slug)";
    MissingTags = "missing_tags", Off: "no `tags` (--require tags)";
    MissingKey = "missing_key", Off: "another key that --require names is not there";

    // The article.
    EmptyArticle = "empty_article", Warning: "the article holds nothing";
    HiddenArticle = "hidden_article", Warning: "most of the article is hidden until a script shows it";
    MarkdownAsHtml = "markdown_as_html", Warning: "the body holds Markdown, and is read as HTML";
    TemplateTags = "template_tags", Warning: "template tags are text (--templates)";
    UnclosedTemplate = "unclosed_template", Warning: "nothing closes a template tag that needs an end";
    UnclosedElement = "unclosed_element", Warning: "nothing closes an element, which hides the rest";
    UnclosedComment = "unclosed_comment", Warning: "nothing closes a comment, which hides the rest";
    DeepElements = "deep_elements", Warning: "elements nest deeper than the limit";
    DeepBlocks = "deep_blocks", Warning: "lists, quotations and tables nest too deep";
    ManyAttributes = "many_attributes", Warning: "a tag has more attributes than the limit";
    RepeatedText = "repeated_text", Warning: "a link or a title would be repeated too often";
    ImageWithoutAlt = "image_without_alt", Warning: "an image has no `alt` at all (`alt=\"\"` is fine)";
    BrokenFragment = "broken_fragment", Warning: "a link leads to a point that the post does not have";

    // Two posts.
    DuplicateFrom = "duplicate_from", Warning: "the `from` of an earlier post";
    DuplicateArticle = "duplicate_article", Warning: "the article of an earlier post";
    NearDuplicate = "near_duplicate", Off: "nearly the article of an earlier post";
}

/// The fields that can be required by name.
pub(super) const FIELDS: [(&str, Code); 15] = [
    ("title", Code::MissingTitle),
    ("date", Code::MissingDate),
    ("authors", Code::MissingAuthors),
    ("categories", Code::MissingCategories),
    ("comments", Code::MissingComments),
    ("description", Code::MissingDescription),
    ("draft", Code::MissingDraft),
    ("from", Code::MissingFrom),
    ("image", Code::MissingImage),
    ("lang", Code::MissingLang),
    ("layout", Code::MissingLayout),
    ("modified", Code::MissingModified),
    ("permalink", Code::MissingPermalink),
    ("slug", Code::MissingSlug),
    ("tags", Code::MissingTags),
];

impl Code {
    /// The code of this name.
    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// Whether a post in which it is found cannot be read.
    pub(super) const fn is_failure(self) -> bool {
        matches!(self.default_level(), Level::Error)
    }
}

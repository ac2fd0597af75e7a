//! Changes texts at random, and the same way each time.

/// A source of mutations: xorshift64*, so that a seed gives the same ones everywhere.
pub(crate) struct Mutator(u64);

/// What HTML parsers trip over.
const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "&",
    "&amp;",
    "&lt",
    "&#10;",
    "&nbsp;",
    "&notin;",
    "&copy=",
    "\n",
    "\"",
    "'",
    "=",
    " ",
    "<!--",
    "-->",
    "--!>",
    "<!",
    "<?",
    "</>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=x>",
    "</a>",
    "<span>",
    "</span>",
    "<li>",
    "</li>",
    "<ul>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dd>",
    "</dl>",
    "<table>",
    "</table>",
    "<tbody>",
    "<thead>",
    "</thead>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>",
    "</th>",
    "<caption>",
    "</caption>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h3>",
    "<pre>",
    "</pre>",
    "<pre>\n",
    "<br>",
    "</br>",
    "<hr>",
    "<img src=a.jpg>",
    "<img src=b width=1 height=1>",
    "</img>",
    "<iframe src=x>",
    "</iframe>",
    "<noscript>",
    "</noscript>",
    "<figure>",
    "</figure>",
    "<figcaption>",
    "</figcaption>",
    "<blockquote>",
    "</blockquote>",
    "<ruby>",
    "<rt>",
    "<rp>",
    "</ruby>",
    "<button>",
    "</button>",
    "<div class=ad>",
    "<div id=imu>",
    "<span class='ad x'>",
    "<x-y>",
    "</x-y>",
    "<Because The Night>",
    "<video>",
    "<source src=v>",
    "</video>",
    "<picture>",
    "</picture>",
    "<code>",
    "</code>",
    "<address>",
    "</address>",
    "<summary>",
    "<search>",
    "</search>",
    "<dialog>",
    "</dialog>",
    "<object>",
    "<svg>",
    "<form>",
    "<select>",
    "<option>",
    "<script>",
    "</script>",
    "<title>",
    "<textarea>",
    "<nobr>",
    "<template>",
    "\r",
    "\0",
    "\u{a0}",
    "中",
    "文",
    "é",
    "a",
];

impl Mutator {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`, or 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 16).unwrap_or(0) % end.max(1)
    }

    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        let mut place = self.below(text.len() + 1);
        while !text.is_char_boundary(place) {
            place -= 1;
        }
        place
    }

    fn range(&mut self, text: &str) -> std::ops::Range<usize> {
        let (one, other) = (self.place(text), self.place(text));
        let longest = 40;
        let start = one.min(other);
        let mut end = one.max(other).min(start + longest);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        start..end
    }

    /// One of the texts with some changes.
    pub(crate) fn mutate(&mut self, texts: &[String]) -> String {
        let mut text = texts[self.below(texts.len())].clone();
        for _ in 0..=self.below(8) {
            match self.below(6) {
                0 | 1 | 2 => {
                    let place = self.place(&text);
                    let piece = PIECES[self.below(PIECES.len())];
                    text.insert_str(place, piece);
                }
                3 => {
                    let range = self.range(&text);
                    text.replace_range(range, "");
                }
                4 => {
                    let piece = text[self.range(&text)].to_owned();
                    let place = self.place(&text);
                    text.insert_str(place, &piece);
                }
                _ => {
                    let other = &texts[self.below(texts.len())];
                    let piece = &other[self.range(other)];
                    let place = self.place(&text);
                    text.insert_str(place, piece);
                }
            }
        }
        text
    }
}

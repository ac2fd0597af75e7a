//! Formulas as pages hold them, and the one copy that is left of each.

use offprint::{Block, BodyFormat, Engine, Parser, Post, RemovalKind, Report, Rules};

/// What both engines make of a body. No rule is needed for formulas.
#[track_caller]
fn read(body: &str) -> (Post<'static>, Report) {
    let parse = |engine| {
        let parser = Parser::new().engine(engine).rules(Rules::none());
        let (post, report) = parser.parse_with_report(body).expect("a body is no error");
        (post.into_owned(), report)
    };
    let (post, report) = parse(Engine::Auto);
    let (reference, reference_report) = parse(Engine::Reference);
    assert_eq!(post, reference, "{body}");
    assert_eq!(report.removals, reference_report.removals, "{body}");
    (post, report)
}

/// The body comes to this HTML, which comes to the same article.
#[track_caller]
fn assert_html(body: &str, expected: &str) {
    let (post, _) = read(body);
    let html = post.to_html();
    assert_eq!(html.replace(">\n", ">").trim_end(), expected, "{body}");
    assert_eq!(read(&html).0.blocks, post.blocks, "{html}");
}

/// The body comes to this text, which has no formula in TeX, and to this text of duplicates.
#[track_caller]
fn assert_text(body: &str, expected: &str, duplicates: &[&str]) {
    let (post, report) = read(body);
    assert_eq!(post.to_text().trim_end(), expected, "{body}");
    assert!(report.removals.iter().all(|removal| removal.kind == RemovalKind::Duplicate));
    let texts: Vec<_> = report.removals.iter().map(|removal| &*removal.text).collect();
    assert_eq!(texts, duplicates, "{body}");
}

const INLINE: &str = "<p>a <span class=\"math inline\">\\(x^2\\)</span> b</p>";
const DISPLAY: &str = "<p>a <span class=\"math display\">\\[x^2\\]</span> b</p>";

#[test]
fn a_formula_is_its_tex() {
    for body in [
        "<p>a <math alttext='x^2'><msup><mi>x</mi><mn>2</mn></msup></math> b",
        "<p>a <math><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow>\
         <annotation encoding=TeX>x^2</annotation></semantics></math> b",
        "<p>a <math><semantics><semantics><mi>x</mi><annotation encoding='application/x-tex'> x^2\n</annotation>\
         </semantics></semantics></math> b",
        "<p>a <span class=katex><span class=katex-mathml><math><semantics><mi>x</mi>\
         <annotation encoding='application/x-tex'>x^2</annotation></semantics></math></span>\
         <span class=katex-html aria-hidden=true><span>x</span><span>2</span></span></span> b",
        "<p>a <span class=katex--inline><span class=katex><span class=katex-mathml>\n x\n  2\n\n x^2\n </span>\
         <span class=katex-html><span>x</span><span>2</span></span></span></span> b",
        "<p>a <span class=katex><span class=katex-mathml>x2x^2</span><span class=katex-html aria-hidden=true>\
         <span>x</span><span>2&#8203;</span></span></span> b",
        "<p>a <span class=katex-mathml><math><semantics><mi>x</mi>\
         <annotation encoding='application/x-tex'>x^2</annotation></semantics></math></span>\
         <span class=katex-html aria-hidden=true>x2</span> b",
        "<p>a <script type=math/tex>x^2</script> b",
        "<p>a <span class=MathJax_Preview>x^2</span><script type='math/tex'>x^2</script> b",
        "<p>a <span class=MathJax_Preview>[math]</span>\n<span class=MathJax><nobr>x2</nobr></span>\
         <script type='math/tex'>% <![CDATA[\nx^2 %]]></script> b",
        "<p>a <span class=MathJax_Preview>x^2</span> b",
        "<p>a <mjx-container class=MathJax jax=CHTML><mjx-math data-latex='x^2'></mjx-math></mjx-container> b",
        "<p>a <span class=mwe-math-element><span class=mwe-math-mathml-inline style='display: none'>\
         <math alttext='{\\displaystyle x^2}'><mi>x</mi></math></span>\
         <img class=mwe-math-fallback-image-inline alt='{\\displaystyle x^2}' src=a.svg></span> b",
        "<p>a <span class=mwe-math-mathml-inline style='display:none'><math alttext='x^2'><mi>x</mi></math></span>\
         <img class=mwe-math-fallback-image-inline alt='x^2' src=a.svg> b",
        "<p>a <img class=latex alt='x^2' src='https://s0.wp.com/latex.php?latex=x%5E2'> b",
        "<p>a <img alt='[公式]' eeimg=1 src='https://www.zhihu.com/equation?tex=x%5E2'> b",
        "<p>a <img alt=equation src='https://latex.codecogs.com/png.image?\\dpi{110}&space;x^2'> b",
        "<p>a <img src='https://chart.googleapis.com/chart?cht=tx&amp;chl=x%5E2'> b",
        "<p>a <img class='ql-img-inline-formula' alt='x^2' src=a.png> b",
        "<p>a <img alt='$inline$x^2$inline$' data-tex=inline src=a.svg> b",
        "<p>a <img class=math-inline alt='x^2' src='https://math.jianshu.com/math?formula=x%5E2'> b",
        "<p>a <img class='formula inline' source='x^2' alt='x^2' src=a.svg> b",
        "<p>a <span class='math inline'>\\(x^2\\)</span> b",
        "<p>a <span class='math inline'>x^2</span> b",
        "<p>a <span class='math notranslate nohighlight'>\\(x^2\\)</span> b",
        "<p>a <span class=arithmatex>\\(x^2\\)</span> b",
        "<p>a <span class='&#109;ath-container'>$x^2$</span> b",
        "<p>a <math-renderer class=js-inline-math>$x^2$</math-renderer> b",
        "<p>a <embed-katex>x^2</embed-katex> b",
        "<p>a <amp-mathml layout=container inline data-formula='\\(x^2\\)'></amp-mathml> b",
        "<p>a <embed-katex><eq class=zenn-katex>x^2</eq></embed-katex> b",
        "<p>a <embed-katex><span class=katex><math><semantics><mi>x</mi>\
         <annotation encoding='application/x-tex'>x^2</annotation></semantics></math></span></embed-katex> b",
        "<p>a <span class=ztext-math data-tex='x^2'><span class=MathJax_SVG>x</span></span> b",
    ] {
        assert_html(body, INLINE);
    }
}

#[test]
fn a_formula_on_a_line_of_its_own_is_display() {
    for body in [
        "<p>a <math alttext='x^2' display=block><mi>x</mi></math> b",
        "<p>a<span class=katex-display><span class=katex><math><semantics><mi>x</mi>\
         <annotation encoding=LaTeX>x^2</annotation></semantics></math></span></span>b",
        "<p>a<script type='math/tex; mode=display'>x^2</script>b",
        "<p>a <span class='math display'>\\[x^2\\]</span> b",
        "<p>a <mjx-container display=true><mjx-assistive-mml><math alttext='x^2'></math></mjx-assistive-mml>\
         </mjx-container> b",
        "<p>a <img class=ql-img-displayed-equation alt='\\[x^2\\]' src=a.png> b",
    ] {
        assert_html(body, DISPLAY);
    }
    let alone = "<p>a</p><p><span class=\"math display\">\\[x^2\\]</span></p><p>b</p>";
    for body in [
        "<p>a</p><script type='math/tex; mode=display'>x^2</script><p>b",
        "<p>a<span class=MathJax_Preview>x^2</span><div class=MathJax_Display><span class=MathJax>x2</span></div>\
         <script type='math/tex; mode=display'>x^2</script><p>b",
        "<p>a<div class=math>\nx^2\n</div><p>b",
        "<p>a</p><section><eqn><embed-katex display-mode=1>x^2</embed-katex></eqn></section><p>b",
        "<p>a</p><amp-mathml layout=container data-formula='\\[x^2\\]'></amp-mathml><p>b",
        "<p>a</p><embed-katex display-mode=1><eqn>x^2\n</eqn></embed-katex><p>b",
    ] {
        assert_html(body, alone);
    }
}

#[test]
fn the_number_of_an_equation_stands_before_it() {
    assert_html(
        "<p>a</p><div class='math notranslate nohighlight' id=equation-x><span class=eqno>(1)\
         <a class=headerlink href='#equation-x' title='Link to this equation'>¶</a></span>\n\\[x^2\\]\n</div>",
        "<p>a</p><p>(1)<a href=\"#equation-x\" title=\"Link to this equation\">¶</a> \
         <span class=\"math display\">\\[x^2\\]</span></p>",
    );
    assert_html(
        "<div class=math><span class=eqno>(1)</span>\\[x^2\\]</div><p>a",
        "<p>(1) <span class=\"math display\">\\[x^2\\]</span></p><p>a</p>",
    );
    // What holds more is left as it is.
    for inner in [
        "<span class=eqno>(1)</span>\\[x^2\\]<span class=eqno>(2)</span>",
        "<span class=eqno>(1) <b>a</b></span>\\[x^2\\]",
        "<span class=eqno>(1)</span> Let <b>a</b> be one",
    ] {
        let (post, _) = read(&format!("<div class=math>{inner}</div>"));
        let text = inner.replace("<span class=eqno>", "").replace("</span>", "").replace("<b>", "");
        assert_eq!(post.to_text().trim_end(), text.replace("</b>", ""));
    }
}

#[test]
fn words_with_a_formula_among_them_are_words() {
    for words in ["If \\(a\\) then", "If $a$ then", "Let \\[x^2\\] be", "$a$ and $b$"] {
        for class in ["mathjax", "math", "math inline"] {
            let (post, _) = read(&format!("<p>a <span class='{class}'>{words}</span></p>"));
            assert_eq!(post.to_text().trim_end(), format!("a {words}"), "{class}");
        }
    }
    for tex in ["x \\text{ if $y$}", "a \\\\[2pt] b^2", "\\$ 5^2"] {
        let (post, _) = read(&format!("<p><span class=math>{tex}</span></p>"));
        assert_eq!(
            post.to_html().trim_end(),
            format!("<p><span class=\"math inline\">\\({tex}\\)</span></p>")
        );
    }
}

#[test]
fn a_formula_that_a_script_writes_is_the_tex_of_its_attribute() {
    assert_html(
        "<p>a</p><div class=latex-rendered data-attrs='{&quot;persistentExpression&quot;:\
         &quot;\\\\frac{a}{b}&quot;,&quot;id&quot;:&quot;X&quot;}' data-component-name=LatexBlockToDOM></div><p>b",
        "<p>a</p><p><span class=\"math display\">\\[\\frac{a}{b}\\]</span></p><p>b</p>",
    );
    assert_html("<div class=latex-rendered data-attrs='{}'></div><p data-attrs='{}'>b", "<p>b</p>");
}

#[test]
fn without_tex_a_formula_is_read_in_one_line() {
    for (mathml, expected) in [
        ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", "a/b"),
        (
            "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><msup><mi>c</mi><mn>2</mn></msup></mfrac>",
            "(a+b)/c^2",
        ),
        ("<mfrac><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mi>b</mi></mfrac>", "(a)/b"),
        ("<msqrt><mn>2</mn></msqrt>", "√(2)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "∛(x)"),
        ("<mroot><mi>x</mi><mi>n</mi></mroot>", "√[n](x)"),
        ("<msub><mi>x</mi><mn>1</mn></msub>", "x_1"),
        ("<msubsup><mi>x</mi><mn>1</mn><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msubsup>", "x_1^(n+1)"),
        ("<msup><mi>f</mi><mo>′</mo></msup><mo>&#x2061;</mo><mo>(</mo><mi>x</mi><mo>)</mo>", "f′(x)"),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", "sin x"),
        ("<mn>2</mn><mo>&#x2062;</mo><mi>x</mi>", "2x"),
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>\
             <msub><mi>x</mi><mi>i</mi></msub>",
            "∑_(i=1)^n x_i",
        ),
        ("<mover><mi>v</mi><mo>→</mo></mover>", "v\u{20d7}"),
        ("<mfenced open='[' separators=';'><mi>x</mi><mi>y</mi></mfenced>", "[x;y)"),
        (
            "<mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr>\
             <mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable><mo>)</mo>",
            "(1, 2; 3, 4)",
        ),
        ("<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mo>=</mo><mi>b</mi></mtd></mtr></mtable>", "a=b"),
        (
            "<mmultiscripts><mi>C</mi><mi>k</mi><none></none><mprescripts></mprescripts><mi>n</mi><none></none>\
             </mmultiscripts>",
            "_nC_k",
        ),
        ("<mo>(</mo><mfrac linethickness=0><mi>n</mi><mi>k</mi></mfrac><mo>)</mo>", "(n¦k)"),
        ("<mi>a</mi><mtext>&nbsp;if&nbsp;</mtext><mi>b</mi>", "a if b"),
    ] {
        assert_text(&format!("<p><math>{mathml}</math></p>"), expected, &[]);
        let escaped = mathml.replace('&', "&amp;").replace('<', "&lt;");
        let attribute =
            format!("<p><span class=MathJax data-mathml=\"&lt;math>{escaped}&lt;/math>\"></span></p>");
        assert_text(&attribute, expected, &[]);
    }
}

#[test]
fn the_other_copies_are_removals() {
    assert_text(
        "<p><math alttext='\\frac{a}{b}'><mfrac><mi>a</mi><mi>b</mi></mfrac></math>",
        "\\frac{a}{b}",
        &["ab"],
    );
    assert_text(
        "<p><span class=MathJax_Preview>p</span><span class=MathJax><nobr>r</nobr></span>\
         <script type=math/tex>t</script>",
        "t",
        &["p", "r"],
    );
    assert_text(
        "<p><span class=MathJax><nobr>ab</nobr><span class=MJX_Assistive_MathML><math><mfrac><mi>a</mi><mi>b</mi>\
         </mfrac></math></span></span>",
        "a/b",
        &["ab"],
    );
    // `MathML` without its tags.
    assert_text(
        "<p>a <span class=katex><span class=katex-mathml>ab\\frac{a}{b}</span><span class=katex-html>b<b>a</b></span>\
         </span> b",
        "a \\frac{a}{b} b",
        &["ab\\frac{a}{b}", "ba"],
    );
    assert_text(
        "<p><span class=katex-mathml>(x)</span><span class=katex-html aria-hidden=true>⎝x⎠</span>",
        "⎝x⎠",
        &["(x)"],
    );
}

#[test]
fn what_is_no_formula_stays_as_it_is() {
    for (body, expected) in [
        ("<p>It costs $5, \\(y\\) and $x^2$.", "It costs $5, \\(y\\) and $x^2$."),
        ("<div class=math>Lessons for children about numbers</div>", "Lessons for children about numbers"),
        ("<div class=math>\\(a\\) and \\(b\\)</div>", "\\(a\\) and \\(b\\)"),
        ("<span class='math inline'><em>x</em><sup>2</sup></span>", "x2"),
        (
            "<div class=katex>Prose <math alttext='x^2'><mi>x</mi></math> and <p>more</p></div>",
            "Prose x^2 and\n\nmore",
        ),
        ("<div class=katex>Prose <math alttext='x^2'><mi>x</mi></math> more</div>", "Prose x^2 more"),
        ("<span class=MathJax_Preview>first<span class=MathJax_Preview>x^2</span> <p>b", "firstx^2\n\nb"),
        ("<span class=MathJax><nobr>x2</nobr></span> b", "x2 b"),
    ] {
        assert_text(body, expected, &read(body).1.removals.iter().map(|r| &*r.text).collect::<Vec<_>>());
        assert_eq!(read(body).0.to_text().trim_end(), expected);
    }
    let (post, _) =
        read("<p>a<img class=math alt='A lesson' src=a.png>b<math><mtext><img src=b.png></mtext></math>");
    assert_eq!(post.figures().count(), 2);
}

#[test]
fn formulas_of_markdown_are_read_and_written() {
    for (markdown, is_display) in [
        ("Let $x_1$ be.", Some(false)),
        ("Let $f(x) = 2x$ be.", Some(false)),
        ("Let $$x$$ be.", Some(false)),
        ("$$x < \\infty$$", Some(true)),
        ("It costs $5 or $6.", None),
    ] {
        let parser = Parser::new().body_format(BodyFormat::Markdown);
        let post = parser.parse(markdown).expect("a body is no error");
        let marks: Vec<_> = post.blocks.iter().flat_map(Block::texts).flat_map(|text| &text.marks).collect();
        let expected = is_display.map(offprint::MarkKind::math);
        assert_eq!(
            marks.iter().map(|mark| &mark.kind).collect::<Vec<_>>(),
            expected.iter().collect::<Vec<_>>()
        );
        let written = post.to_markdown();
        assert!(!written.contains('\\') || markdown.contains('\\') || is_display.is_none(), "{written}");
        assert_eq!(parser.parse(&written).expect("a body is no error").blocks, post.blocks, "{written}");
    }
}

/// Deep formulas, many parts and groups that are never closed take linear time and no stack.
#[test]
fn hostile_formulas() {
    let deep =
        |start: &str, end: &str| format!("<p><math>{}x{}</math>", start.repeat(3000), end.repeat(3000));
    let body = deep("<mfrac><mn>1</mn><mrow>", "</mrow></mfrac>");
    let post = Parser::new().parse(&body).expect("a body is no error");
    assert!(post.to_text().len() < 20_000);
    let groups =
        "<span class=katex>".repeat(2000) + "<p>a" + &"<span class=MathJax_Preview>b</span>".repeat(2000);
    let (post, _) = Parser::new().parse_with_report(&groups).expect("a body");
    assert!(post.to_text().contains('a'));
}

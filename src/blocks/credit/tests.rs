use super::*;

#[track_caller]
fn assert_credit(caption: &str, credit: Option<&str>) {
    assert_eq!(find(&Text::plain(caption)).as_deref(), credit, "{caption}");
}

#[test]
fn agencies_in_parentheses() {
    assert_credit("布林肯（左）与习近平握手合照。（法新社）", Some("法新社"));
    assert_credit("The harbour at dawn (Reuters)", Some("Reuters"));
    assert_credit("The harbour (AP Photo/Jane Doe).", Some("AP Photo/Jane Doe"));
    assert_credit("港の朝（写真：山田花子）", Some("山田花子"));
    assert_credit("港の朝（共同通信社）", Some("共同通信社"));
    assert_credit("老街（张三摄）", Some("张三"));
    assert_credit("老街（李四 提供）", Some("李四"));
}

#[test]
fn parentheses_in_parentheses() {
    assert_credit("The harbour ((AFP))", Some("AFP"));
    assert_credit("The harbour ( (AFP) )", Some("AFP"));
    assert_credit("The harbour ((AFP)", Some("AFP"));
    assert_credit("The harbour (AFP (Jane Doe))", Some("AFP (Jane Doe)"));
    assert_credit("The harbour ((AFP) Jane (Doe))", Some("(AFP) Jane (Doe)"));
    assert_credit("The harbour (AFP))", None);
    assert_credit("港（（共同通信社））", Some("共同通信社"));
    assert_credit("((Jane Doe))\nThe harbour.", Some("Jane Doe"));
    assert_credit("Tea (Photo: Jane Doe (AFP))", Some("Jane Doe (AFP)"));
    assert_credit(&format!("Tea {}AFP{}", "(".repeat(5_000), ")".repeat(5_000)), None);
}

#[test]
fn a_sentence_may_end_in_brackets() {
    assert_credit("A cup (right). Lee/AFP", Some("Lee/AFP"));
    assert_credit(
        "The mayor (left). Tom Li—The New York Times/Redux",
        Some("Tom Li—The New York Times/Redux"),
    );
    assert_credit("A cup (2019). Ann Lee/Getty Images", Some("Ann Lee/Getty Images"));
    assert_credit("They call it “tea.” Ann Lee/Getty Images", Some("Ann Lee/Getty Images"));
}

#[test]
fn what_is_no_name_is_no_credit() {
    for caption in
        ["Courtesy call on the king", "Courtesy bus to the port", "By 1900", "© 2020", "Photo: 1900"]
    {
        assert_credit(caption, None);
    }
    assert_credit("Photo credit should read LEE/AFP", Some("LEE/AFP"));
    assert_credit("Photo by staff", Some("staff"));
}

#[test]
fn brackets_of_a_name_are_balanced() {
    assert_credit("Photo: Jane Doe (AFP) | Tea", Some("Jane Doe (AFP)"));
    assert_credit("Photo: Jane Doe (AFP", Some("Jane Doe"));
    assert_credit("Photo: Jane (Doe) (AFP", Some("Jane (Doe)"));
    assert_credit("Photo: Jane [Doe (AFP]", Some("Jane"));
    assert_credit("[The harbour. Photo: Jane Doe]", Some("Jane Doe"));
    assert_credit("图：李四（法新社）\n海边", Some("李四（法新社）"));
    assert_credit("【海边。图：李四】", Some("李四"));
    assert_credit("Tea © Anne Duval (AFP) and others)", Some("Anne Duval (AFP) and others"));
    assert_credit("Photo: (AFP", None);
}

#[test]
fn words_that_announce_a_name_are_not_part_of_it() {
    assert_credit("（王五 攝影）", Some("王五"));
    assert_credit("老街（王五摄影）", Some("王五"));
    assert_credit("老街（由李四提供）", Some("李四"));
    assert_credit("老街（图片由路透社提供）", Some("路透社"));
    assert_credit("The harbour (Photo by Jane Doe/AFP)", Some("Jane Doe/AFP"));
    assert_credit("The harbour (Courtesy of A. Leaf)", Some("A. Leaf"));
    assert_credit("(Photo by Jane Doe)\nThe harbour", Some("Jane Doe"));
    assert_credit("老街\n（王五 攝影）\n海边", Some("王五"));
    assert_credit("(Photo by )", None);
    for words in ["（攝影）", "(Photo)", "（图）", "Photo\nTea", "Photo :\nTea", "(Photo:)\nTea"] {
        assert_credit(words, None);
    }
}

#[test]
fn a_sentence_after_a_name_is_not_part_of_it() {
    assert_credit("Photo: Jane Doe. The harbour at dawn.", Some("Jane Doe"));
    assert_credit("Photo by Jane Doe. The harbour.", Some("Jane Doe"));
    assert_credit("Photo by Jane Doe.", Some("Jane Doe"));
    assert_credit("Photo: J. K. Doe, St. Ives Times Inc.", Some("J. K. Doe, St. Ives Times Inc."));
    assert_credit("Photo: U.S. Navy. At sea.", Some("U.S. Navy"));
    assert_credit("Photo: paper.example. At sea.", Some("paper.example"));
    assert_credit("图：李四。海边的茶馆。", Some("李四"));
}

#[test]
fn the_next_line_is_not_part_of_a_name() {
    for blanks in [0, 1, 59, 60, 63, 64, 65, 200] {
        let blanks = "\u{a0}".repeat(blanks);
        assert_credit(&format!("Photo:{blanks}\nTea"), None);
        assert_credit(&format!("Photo:{blanks}Jane{blanks}\nTea"), Some("Jane"));
        assert_credit(&format!("Photo by {blanks}Jane{blanks}\nTea"), Some("Jane"));
        assert_credit(&format!("Tea ©{blanks}\nJane"), None);
    }
}

#[test]
fn announced_names() {
    assert_credit("图：李四", Some("李四"));
    assert_credit("海边的茶馆。摄影：王五", Some("王五"));
    assert_credit("Phoebe.\nPhoto: Jane Doe/Agency", Some("Jane Doe/Agency"));
    assert_credit("Der Hafen | Foto: Hans Müller", Some("Hans Müller"));
    assert_credit(
        "Phoebe. \u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0} Photo: Jane",
        Some("Jane"),
    );
    assert_credit("Die Reise einer Meldung: Foto: Anne", None);
    assert_credit("Foto:: Anne", Some("Anne"));
    assert_credit("The mine.\nPhotograph by Jane Doe/The Paper", Some("Jane Doe/The Paper"));
    assert_credit("Le port. Crédit photo : Anne Duval", Some("Anne Duval"));
}

#[test]
fn a_name_in_capitals_and_with_accents() {
    assert_credit("CRÉDIT PHOTO : Anne Duval", Some("Anne Duval"));
    assert_credit("PHOTO: Jane Doe", Some("Jane Doe"));
}

#[test]
fn a_text_of_more_than_sixty_characters_is_no_name() {
    let (longest, too_long) = ("画".repeat(60), "画".repeat(61));
    for before in ["Credit: ", "Photo by ", "The harbour ©"] {
        assert_credit(&format!("{before}{longest}"), Some(&longest));
        assert_credit(&format!("{before}{too_long}"), None);
    }
    assert_credit(&format!("(Credit: {longest})\nThe harbour."), Some(&longest));
    assert_credit("The harbour ©", None);
    assert_credit("Photo by ", None);
}

#[test]
fn a_colon_far_after_a_word_does_not_belong_to_it() {
    let caption = |blanks: usize| format!("Phoebe.Foto{}: Anne", "\u{a0}".repeat(blanks));
    assert_credit(&caption(24), Some("Anne"));
    assert_credit(&caption(25), None);
}

#[test]
fn in_the_languages_of_the_world() {
    assert_credit("港の朝（共同）", Some("共同"));
    assert_credit("写真提供：山田花子", Some("山田花子"));
    assert_credit("海边的茶馆。供图：王五", Some("王五"));
    assert_credit("Der Hafen. Quelle: dpa", Some("dpa"));
    assert_credit("Le port au matin © Anne Duval / AFP", Some("Anne Duval / AFP"));
    assert_credit("The harbour. Photo courtesy of A. Leaf", Some("A. Leaf"));
    assert_credit("Photo courtesy of A. Leaf", Some("A. Leaf"));
    assert_credit("日米共同（左）", None);
}

#[test]
fn lines_of_their_own() {
    assert_credit("(A. Leaf Docu-Images)\nThe harbour at dawn.", Some("A. Leaf Docu-Images"));
    assert_credit("Jane Doe—Getty Images\nThe harbour (left) at dawn.", Some("Jane Doe—Getty Images"));
    assert_credit("海边的茶馆\n（王五）", Some("王五"));
    assert_credit("Jane Doe—Getty Images", Some("Jane Doe—Getty Images"));
    assert_credit("The Reuters building burns.\nIt is still day.", None);
    assert_credit("One (two)\nthree", None);
}

#[test]
fn what_is_long_is_no_credit() {
    let name = |length: usize| "N".repeat(length);
    for before in ["Foto: ", "Tea © ", "Photo by ", "Tea.\nPhotograph by ", "Tea ("] {
        let after = if before.ends_with('(') { "AP)" } else { "" };
        // ` AP` belongs to the name.
        let fits = if after.is_empty() { name(60) } else { format!("{} AP", name(57)) };
        let caption = format!("{before}{}{}", fits.trim_end_matches("AP"), after);
        assert_credit(&caption, Some(&fits));
        assert_credit(&caption.replacen('N', "NN", if before.starts_with("Foto") { 2 } else { 9 }), None);
    }
    let line = |length| format!("{}—Reuters\ntea", name(length));
    assert_credit(&line(52), Some(&format!("{}—Reuters", name(52))));
    assert_credit(&line(53), None);
    assert_credit(&format!("tea\n({})", name(60)), Some(&name(60)));
    assert_credit(&format!("tea\n({})", name(61)), None);
    assert_credit(&format!("Foto: {}。 Tee im Hafen", name(60)), Some(&name(60)));
    assert_credit(&format!("Foto: {}{}。 Tee im Hafen", name(50), " ".repeat(20)), Some(&name(50)));
    assert_credit(&format!("Foto: {}{}x。 Tee im Hafen", name(50), " ".repeat(20)), None);
}

#[test]
fn a_word_is_looked_for_near_its_colon() {
    assert_credit(&format!("Foto{}: Anne", " ".repeat(24)), Some("Anne"));
    assert_credit(&format!("Foto{}: Anne", " ".repeat(25)), None);
    assert_credit("FOTO: Anne", Some("Anne"));
    assert_credit("CRÉDIT: Anne", Some("Anne"));
    assert_credit("Tee Foto: Anne", None);
    assert_credit("Ein sehr langer Satz Foto: Anne", None);
    assert_credit("Tee / Foto: Anne", Some("Anne"));
}

#[test]
fn parts_that_are_empty_or_of_something_else() {
    for caption in
        ["Tea ©", "Tea © \nmore", "Photo by ", "Foto von \nmore", "()\nmore", "( )", "(提供)", "Tea (提供)"]
    {
        assert_credit(caption, None);
    }
    assert_credit("The (Reuters) building\nat dawn", None);
    assert_credit("(Jane (left)\nat dawn", None);
    assert_credit("Who is Reuters?\nat dawn", None);
    assert_credit("The harbour (Associated Press)", Some("Associated Press"));
    assert_credit("The harbour (associated papers)", None);
}

#[test]
fn other_captions_name_nobody() {
    assert_credit("布林肯（左）与习近平（右）", None);
    assert_credit("A map (see below)", None);
    assert_credit("时间：昨天", None);
    assert_credit("图：", None);
    assert_credit("", None);
}

/// The examples in a section of `examples.txt`: captions and credits.
fn examples(section: &str) -> Vec<(String, Option<&'static str>)> {
    let lines = include_str!("examples.txt").lines();
    let lines = lines.skip_while(|line| line.trim_matches(['[', ']']) != section).skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    lines
        .map(|line| {
            let (caption, credit) = line.split_once(" =>").expect("an arrow");
            let credit = credit.trim();
            (caption.replace(" / The", "\nThe"), (!credit.is_empty()).then_some(credit))
        })
        .collect()
}

#[test]
fn each_word_of_the_data_file_has_an_example() {
    let mut section = "";
    let mut wrong = Vec::new();
    let mut lines = Vec::new();
    for line in
        include_str!("../credits.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
            lines = examples(section);
            assert!(!lines.is_empty(), "{section} has no examples");
            for (caption, credit) in &lines {
                let found = find(&Text::plain(&**caption));
                if found.as_deref() != *credit {
                    wrong.push(format!("{section}: {caption:?} gives {found:?}, not {credit:?}"));
                }
            }
        } else if !lines.iter().any(|(caption, _)| caption.to_lowercase().contains(line)) {
            wrong.push(format!("{section}: {line} has no example"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_data_file_is_in_lower_case() {
    let mut section = Vec::new();
    for line in
        include_str!("../credits.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if line.starts_with('[') {
            section.clear();
            continue;
        }
        assert_eq!(line, line.to_lowercase());
        assert!(!section.contains(&line), "{line} stands twice");
        section.push(line);
    }
    // Of words with the same beginning or end, the first that fits counts.
    for list in [words::AFTER_NAME, words::AFTER_LAST_NAME] {
        for (index, word) in list.iter().enumerate() {
            assert!(!list[..index].iter().any(|before| word.ends_with(before)), "{word} never counts");
        }
    }
    for list in [words::BEFORE_NAME, words::OPENING_GLUED] {
        for (index, word) in list.iter().enumerate() {
            assert!(!list[..index].iter().any(|before| word.starts_with(before)), "{word} never counts");
        }
    }
    for (index, word) in words::OPENING.iter().enumerate() {
        let is_part = |before: &&str| word.strip_prefix(*before).is_some_and(|rest| rest.starts_with(' '));
        assert!(!words::OPENING[..index].iter().any(is_part), "{word} never counts");
    }
}

#[test]
fn forms_of_real_captions() {
    for (caption, credit) in [
        ("茶园（网络图片）", Some("网络")),
        ("茶园。图源/视觉中国。", Some("视觉中国")),
        ("（图/视觉中国）", Some("视觉中国")),
        ("茶园（摄影/杨五）", Some("杨五")),
        ("摄影｜杨五", Some("杨五")),
        ("茶园 图：杨五", Some("杨五")),
        ("采茶的人在杭州。受访者供图", Some("受访者")),
        ("图片来源：网络", Some("网络")),
        ("茶园。图片来源：茶叶协会（TA）", Some("茶叶协会（TA）")),
        ("摄影：王五 文字：李四", Some("王五")),
        ("文/图：李四", Some("李四")),
        ("老街。新华社记者 李四 摄", Some("新华社记者 李四")),
        ("老街，图片由李四提供", Some("李四")),
        ("【图：李四】", Some("李四")),
        ("海边的茶馆【图：李四】", Some("李四")),
        ("警方的车/法新社", Some("法新社")),
        ("图片来自网络，图文无关", Some("网络")),
        ("A cup, image courtesy of Tea House", Some("Tea House")),
        ("Tea. (Photo by A. Leaf)", Some("A. Leaf")),
        ("/ Source: tea.org /", Some("tea.org")),
        ("Photo by A. Leaf on Unsplash，放這張只是因為我想喝茶", Some("A. Leaf on Unsplash")),
        ("Photo by A. Leaf on Unsplash", Some("A. Leaf on Unsplash")),
        ("Photo by A. Leaf from Pexels", Some("A. Leaf from Pexels")),
        ("Photo by A. Leaf from above", Some("A. Leaf")),
        ("茶园（图：受访者提供）", Some("受访者")),
        ("茶园。图/作者供图", Some("作者")),
        ("Tea at dawn. Photo: Jane Doe (AFP)", Some("Jane Doe (AFP)")),
        ("Image: Jane Doe via Flickr", Some("Jane Doe via Flickr")),
        ("The harbour. Jane Doe / Getty Images", Some("Jane Doe / Getty Images")),
        ("The harbour. Jane Doe/AFP/Getty Images", Some("Jane Doe/AFP/Getty Images")),
        ("The harbour at dawn. Reuters", Some("Reuters")),
        ("The harbour at dawn. AP Photo/Jane Doe", Some("AP Photo/Jane Doe")),
        ("© 2020 Jane Doe. All rights reserved.", Some("Jane Doe")),
        ("Photo: © Jane Doe", Some("Jane Doe")),
        ("Der Hafen. © Foto: Jane Doe", Some("Jane Doe")),
        ("Der Hafen ©Foto: Jane Doe", Some("Jane Doe")),
        ("Photo Credit: Jane Doe", Some("Jane Doe")),
        ("By Jane Doe - Own work, CC BY-SA 4.0, https://tea.example", Some("Jane Doe")),
        ("Foto: picture alliance/dpa", Some("picture alliance/dpa")),
        ("Der Hafen (Foto: Hans Müller)", Some("Hans Müller")),
        ("Der Hafen. Bild: Hans Müller", Some("Hans Müller")),
        ("Le port. Crédit : AFP", Some("AFP")),
        ("Le port. © AFP", Some("AFP")),
        ("El puerto. Fotografía: Ana Ruiz", Some("Ana Ruiz")),
        ("El puerto. Foto de Ana Ruiz", Some("Ana Ruiz")),
        ("O porto. Crédito: Ana Reis", Some("Ana Reis")),
        ("O porto. Foto: Reprodução/TV Globo", Some("Reprodução/TV Globo")),
        ("시장 풍경. 사진=연합뉴스", Some("연합뉴스")),
        ("시장 풍경 [사진=홍길동 기자]", Some("홍길동 기자")),
        ("시장 풍경. 사진 제공: 서울시", Some("서울시")),
        ("시장 풍경 ⓒ 연합뉴스", Some("연합뉴스")),
        ("港の朝＝共同", Some("共同")),
        ("港の朝。写真：山田花子", Some("山田花子")),
        ("港の朝（撮影・山田花子）", Some("山田花子")),
        ("港の朝。提供：茶の会", Some("茶の会")),
        ("Mauro (📷 Ann Lee)", Some("Ann Lee")),
        // Nobody is named.
        ("Note: This film is only for tea drinkers in China.", None),
        ("Photo: The harbour at dawn", None),
        ("A photo by the sea", None),
        ("Photo by the author", None),
        ("Foto: Der Hafen am Morgen", None),
        ("图：海边的茶馆和喝茶的人", None),
        ("圖片來源似乎不可考", None),
        ("图源见原图水印", None),
        ("茶园（示意图）", None),
        ("电影《茶》（海报）", None),
        ("东京（2020年1月撮影）", None),
        ("大量游客在拍摄", None),
        ("食物由志愿者提供", None),
        ("摄于芒市蚂蚁森林", None),
        ("The harbour (click to enlarge)\nIt is dawn.", None),
        ("The works of The Reuters Building\nTea.", None),
        ("Time: 10:30", None),
        ("A scene from Tea", None),
    ] {
        assert_credit(caption, credit);
    }
}

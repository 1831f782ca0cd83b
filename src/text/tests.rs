//! Spans, places, normal form and parted blocks.

use proptest::prelude::*;

use super::place::cell_name;
use super::*;

/// Words with the marks that are normalised, dropped or expanded, of one to four bytes.
fn words() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[a-z0-9 ]{0,12}",
        2 => "[\\n\\r\\t\u{a0}\u{ad}\u{200b}\u{2028}\u{feff}\u{202e}]{1,3}",
        2 => "[ﬁﬂﬃéß€😀\u{301}\u{7f}\u{85}]{1,4}",
        1 => any::<String>(),
        1 => (0..2 * LONGEST).prop_map(|length| "é ".repeat(length / 3)),
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

fn built(parts: &[(String, u32)]) -> Text {
    let mut builder = Text::builder();
    for (at, (words, line)) in parts.iter().enumerate() {
        let mut points: Vec<usize> = vec![0, words.floor_char_boundary(words.len() / 2)];
        points.dedup();
        let anchors: Vec<Anchor> = points
            .into_iter()
            .enumerate()
            .map(|(number, offset)| Anchor { offset, line: line + number as u32, column: 1 })
            .collect();
        match at % 3 {
            0 => builder.push(Role::Paragraph, Place::at_page(*line), words),
            1 => builder.push_anchored(Role::ListItem, Place::default(), words, &anchors),
            _ => builder.push(Role::Cell { table: 0, row: at as u32, column: 0 }, Place::at_cell("S", *line, 1), words),
        }
    }
    builder.finish()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn spans_stand_on_borders_and_every_place_is_found(
        parts in prop::collection::vec((words(), 1..1000u32), 0..5),
        picks in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 8),
    ) {
        let text = built(&parts);
        let mut end = 0;
        for block in text.blocks() {
            prop_assert!(block.span.start >= end && block.span.start < block.span.end, "in order, and none empty");
            prop_assert!(text.content().get(block.span.range()).is_some(), "on borders");
            prop_assert!(block.span.end - block.span.start <= LONGEST);
            prop_assert!(block.anchors.iter().all(|one| block.span.start <= one.offset && one.offset <= block.span.end));
            prop_assert!(block.anchors.iter().all(|one| text.content().is_char_boundary(one.offset)));
            prop_assert!(block.anchors.is_sorted_by_key(|one| one.offset));
            end = block.span.end;
            let place = text.place(block.span);
            prop_assert!(place.page.is_some() || place.line.is_some() || place.cell.is_some(), "{place:?}");
        }
        prop_assert!(!text.content().chars().any(|c| c != '\n' && acts(c)), "nothing that acts is kept");
        let borders: Vec<usize> = text.content().char_indices().map(|(at, _)| at).collect();
        for (a, b) in picks.iter().filter(|_| !borders.is_empty()) {
            let (a, b) = (borders[a.index(borders.len())], borders[b.index(borders.len())]);
            let span = Span::new(a.min(b), a.max(b));
            prop_assert!(text.block_index(span.start).is_some());
            prop_assert!(text.place(span) != Place::default());
            let excerpt = text.excerpt(span);
            prop_assert_eq!(&excerpt.context[excerpt.start..excerpt.start + excerpt.length], &excerpt.quote);
            prop_assert!(excerpt.quote.chars().count() <= Excerpt::QUOTE);
        }
    }

    #[test]
    fn masking_keeps_every_span(words in words(), from in 0..40usize, length in 0..40usize) {
        let mut text = built(&[(words, 1)]);
        let (before, blocks) = (text.content().to_string(), text.blocks().to_vec());
        text.mask_digits(Span::new(from, from + length), 3, 2);
        prop_assert_eq!(before.len(), text.content().len());
        prop_assert_eq!(&blocks, &text.blocks().to_vec());
        prop_assert!(blocks.iter().all(|block| text.content().get(block.span.range()).is_some()));
    }
}

fn sample() -> Text {
    let mut builder = Text::builder();
    builder.push(Role::Title, Place::at_paragraph(1), "The  of\u{ad}ﬁce\u{a0}plan");
    builder.push(Role::Paragraph, Place::at_paragraph(2), "  \u{200b} ");
    builder.push(Role::Heading(2), Place::at_paragraph(3), "One");
    builder.push(Role::Paragraph, Place::at_paragraph(4), "Approved by the Board on 3 May 2026");
    builder.push(Role::Heading(3), Place::at_paragraph(5), "One and a half");
    builder.push(Role::Heading(2), Place::at_paragraph(6), "Two");
    builder.finish()
}

#[test]
fn words_are_normalised_and_empty_blocks_left_out() {
    let text = sample();
    assert_eq!(text.block_text(&text.blocks()[0]), "The office plan");
    assert_eq!(text.blocks().len(), 5);
    assert_eq!(text.words(), 17);
}

#[test]
fn an_excerpt_underlines_the_words_and_names_the_place() {
    let text = sample();
    let start = text.content().find("the Board").unwrap();
    let excerpt = text.excerpt(Span::new(start, start + 9));
    assert_eq!(excerpt.quote, "the Board");
    assert_eq!(&excerpt.context[excerpt.start..excerpt.start + excerpt.length], "the Board");
    assert_eq!(excerpt.place.to_string(), "paragraph 4");
}

#[test]
fn sections_hold_their_subsections() {
    let sections = sample().sections();
    let spans: Vec<_> = sections.iter().map(|section| (section.level, section.blocks.clone())).collect();
    assert_eq!(spans, [(1, 1..5), (2, 2..4), (3, 4..4), (2, 5..5)]);
}

#[test]
fn anchors_give_line_and_column_of_the_source() {
    let mut builder = Text::builder();
    let anchors = [Anchor { offset: 0, line: 7, column: 3 }, Anchor { offset: 6, line: 8, column: 1 }];
    builder.push_anchored(Role::Paragraph, Place::at_line(7, 3), "hello\nworld wide", &anchors);
    let text = builder.finish();
    let at = text.content().find("wide").unwrap();
    assert_eq!(text.place(Span::new(at, at + 4)), Place::at_line(8, 7));
}

#[test]
fn masked_digits_are_gone_for_good() {
    let mut builder = Text::builder();
    builder.push(Role::Paragraph, Place::at_paragraph(1), "NHS No 401 023 2137 seen");
    let mut text = builder.finish();
    text.mask_digits(Span::new(7, 19), 3, 2);
    assert_eq!(text.content(), "NHS No 401 *** **37 seen\n");
}

#[test]
fn a_long_block_is_parted_and_every_part_knows_its_line() {
    let words: String = (1..=4000).map(|at| format!("line {at} of text\n")).collect();
    let mut builder = Text::builder();
    let anchors = [Anchor { offset: 0, line: 11, column: 1 }];
    builder.push_anchored(Role::Paragraph, Place::default(), &words, &anchors);
    let text = builder.finish();
    assert!(text.blocks().len() > 5 && text.blocks().iter().all(|block| block.span.end - block.span.start <= LONGEST));
    for number in [1, 700, 2500, 4000] {
        let at = text.content().find(&format!("line {number} ")).unwrap();
        assert_eq!(text.place(Span::new(at, at + 4)), Place::at_line(10 + number, 1));
    }
    assert_eq!(text.content().lines().count(), 4000);
}

#[test]
fn a_number_is_not_parted_from_its_rest() {
    let words = "943 476 5919 ".repeat(3) + &"and words ".repeat(818) + "NHS number 943 476 5919";
    let mut builder = Text::builder();
    builder.push(Role::Paragraph, Place::default(), &words);
    let text = builder.finish();
    assert!(text.blocks().len() == 2);
    assert_eq!(text.content().matches("943 476 5919").count(), 4);
}

#[test]
fn cells_are_named_as_in_a_workbook() {
    assert_eq!(cell_name(2, 1), "B3");
    assert_eq!(cell_name(0, 26), "AA1");
    assert_eq!(cell_name(9, 701), "ZZ10");
    assert_eq!(cell_name(u32::MAX, 0), "A4294967296");
}

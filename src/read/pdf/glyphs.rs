//! What a page draws: glyphs with their words' letters and places, ruling lines, and whether there are pictures.

use std::collections::HashMap;

use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use hayro_syntax::object::{Dict, Name, String as PdfString};

use super::meta::text_string;

/// One drawn glyph. Lengths are in points, the page's top left corner is the origin, y grows downwards.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// Its letters; `U+FFFD` where the font does not say.
    pub(super) letters: String,
    /// Where its baseline begins.
    pub(super) x: f64,
    /// Its baseline.
    pub(super) y: f64,
    /// How far the next glyph is, along the baseline.
    pub(super) advance: f64,
    /// Height of the em.
    pub(super) size: f64,
    /// Direction of the baseline in whole degrees, 0 for text that runs to the right.
    pub(super) angle: i32,
    /// Whether the font says that it is bold, or the glyph was drawn twice to look so.
    pub(super) bold: bool,
    /// Inked area in square ems, for fonts without a name; 0 when unknown.
    pub(super) ink: f32,
    /// What the marked content round it says.
    pub(super) mark: Mark,
}

/// What marked content says of the glyphs in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Level of the heading it belongs to; the title counts as 1.
    pub(super) heading: Option<u8>,
    /// Page header or footer.
    pub(super) edge: Option<Edge>,
}

/// A page header or footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Edge {
    /// At the top.
    Top,
    /// At the bottom.
    Bottom,
}

/// A horizontal or vertical ruling line: `at` is y or x, `from` and `to` lie along it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    /// y of a horizontal line, x of a vertical one.
    pub(super) at: f64,
    /// Where it begins along the other axis.
    pub(super) from: f64,
    /// Where it ends.
    pub(super) to: f64,
}

/// All that a page draws.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// Glyphs in the order of drawing.
    pub(super) glyphs: Vec<Glyph>,
    /// Horizontal ruling lines.
    pub(super) across: Vec<Rule>,
    /// Vertical ruling lines.
    pub(super) down: Vec<Rule>,
    /// Filled rectangles, such as the ground of a header row.
    pub(super) boxes: Vec<Rect>,
    /// How many images.
    pub(super) images: u32,
    /// How many paths.
    pub(super) paths: u32,
    /// Whether the page was cut off at a limit.
    pub(super) cut: bool,
}

/// Drawing steps of one page after which it is cut off; a drawing of a building has about 200,000.
const STEPS: u32 = 2_000_000;
/// Marked content within marked content that is looked at.
const FRAMES: usize = 1_000;
/// How far from a page's corner a glyph may stand, in points; the largest page that PDF allows is 14,400.
const FAR: f64 = 1e6;
/// Ruling lines kept of one page.
const RULES: usize = 20_000;
/// Thickest line that still counts as a ruling line, in points.
const THICK: f64 = 2.5;
/// Shortest line that may be the side of a cell, in points.
const SHORT: f64 = 5.0;

/// Thrown through the interpreter to end it: it offers no other way. Raised without the panic hook, caught by the caller.
#[derive(Debug)]
pub(super) struct Enough;

struct Frame {
    mark: Mark,
    dropped: bool,
    actual: Option<String>,
    /// The glyph that stands for the actual text, once drawn.
    stands_at: Option<usize>,
}

/// Collects what a page draws.
pub(super) struct Collector {
    drawn: Drawn,
    frames: Vec<Frame>,
    /// Marked content open beyond the last frame kept.
    deeper: usize,
    seen: HashMap<(i64, i64, u64), usize>,
    inks: HashMap<u128, f32>,
    glyph_limit: usize,
    steps: u32,
}

impl Collector {
    /// A collector that keeps at most so many glyphs.
    pub(super) fn new(glyph_limit: usize) -> Self {
        Collector {
            drawn: Drawn::default(),
            frames: Vec::new(),
            deeper: 0,
            seen: HashMap::new(),
            inks: HashMap::new(),
            glyph_limit,
            steps: 0,
        }
    }

    /// Adds words that the file holds and does not draw, such as the value of a form field; `at` is their baseline.
    pub(super) fn add_words(&mut self, words: &str, at: Point, size: f64) {
        let finite = at.x.is_finite() && at.y.is_finite() && size.is_finite() && size > 0.1;
        if !finite || self.drawn.glyphs.len() >= self.glyph_limit || words.trim().is_empty() {
            return;
        }
        let letters: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let advance = letters.chars().count() as f64 * size / 2.0;
        let (x, y) = (at.x, at.y);
        let mark = Mark::default();
        self.drawn.glyphs.push(Glyph { letters, x, y, advance, size, angle: 0, bold: false, ink: 0.0, mark });
    }

    /// What was drawn.
    pub(super) fn finish(self) -> Drawn {
        self.drawn
    }

    fn step(&mut self) {
        self.steps += 1;
        if self.steps > STEPS || self.drawn.glyphs.len() >= self.glyph_limit {
            self.drawn.cut = true;
            std::panic::resume_unwind(Box::new(Enough));
        }
    }

    fn glyph(&mut self, letters: String, transform: Affine, font: &Style) {
        let origin = transform * Point::ZERO;
        let along = transform * Point::new(1000.0, 0.0) - origin;
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let size = up.hypot();
        let on_paper = origin.x.abs() < FAR && origin.y.abs() < FAR && along.hypot().is_finite();
        if !(on_paper && size > 0.01 && size < 5000.0) {
            return;
        }
        let advance = (along.hypot() * f64::from(font.advance) / 1000.0).clamp(0.0, size * 20.0);
        let angle = along.y.atan2(along.x).to_degrees().round() as i32;
        let frame = self.frames.last_mut();
        let mark = frame.as_ref().map_or(Mark::default(), |frame| frame.mark);
        let mut letters = letters;
        if let Some(frame) = frame {
            if frame.dropped {
                return;
            }
            if let Some(actual) = &frame.actual {
                if let Some(first) = frame.stands_at {
                    // The actual text stands on its first glyph; the others only make that one wider.
                    if let Some(first) = self.drawn.glyphs.get_mut(first)
                        && (first.y - origin.y).abs() < size
                        && origin.x + advance > first.x
                    {
                        first.advance = first.advance.max(origin.x + advance - first.x);
                    }
                    return;
                }
                letters = actual.clone();
                frame.stands_at = Some(self.drawn.glyphs.len());
            }
        }
        if !letters.chars().any(|c| !c.is_whitespace()) {
            letters = " ".to_string();
        } else if let Some(first) = self.repeated(&letters, origin, size) {
            if let Some(glyph) = self.drawn.glyphs.get_mut(first) {
                glyph.bold = true;
            }
            return;
        }
        let Style { bold, ink, .. } = *font;
        self.drawn.glyphs.push(Glyph { letters, x: origin.x, y: origin.y, advance, size, angle, bold, ink, mark });
    }

    /// The same letters at nearly the same place (drawn twice for bold type or a shadow), else remembers this one.
    fn repeated(&mut self, letters: &str, origin: Point, size: f64) -> Option<usize> {
        let grain = (size * 0.08).max(0.05);
        let (column, row) = ((origin.x / grain).floor() as i64, (origin.y / grain).floor() as i64);
        let hash = letters.bytes().fold(size.round() as u64, |hash, byte| hash.wrapping_mul(31) ^ u64::from(byte));
        for (dx, dy) in [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)] {
            if let Some(first) = self.seen.get(&(column + dx, row + dy, hash)) {
                let before = self.drawn.glyphs.get(*first)?;
                if (before.x - origin.x).abs() <= grain && (before.y - origin.y).abs() <= grain {
                    return Some(*first);
                }
            }
        }
        self.seen.insert((column, row, hash), self.drawn.glyphs.len());
        None
    }

    /// Inked area of a glyph in square ems, kept per outline.
    fn ink(&mut self, glyph: &FontGlyph<'_>) -> f32 {
        let FontGlyph::Outline(outline) = glyph else { return 0.0 };
        let known = self.inks.len() < 20_000;
        let key = outline.identifier().cache_key();
        if let Some(ink) = self.inks.get(&key) {
            return *ink;
        }
        let ink = if known { (outline.outline().area().abs() / 1e6) as f32 } else { 0.0 };
        self.inks.insert(key, ink);
        ink
    }

    fn rule(&mut self, a: Point, b: Point) {
        if self.drawn.across.len() + self.drawn.down.len() >= RULES {
            return;
        }
        let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
        if dy <= 0.5 && dx >= SHORT {
            self.drawn.across.push(Rule { at: (a.y + b.y) / 2.0, from: a.x.min(b.x), to: a.x.max(b.x) });
        } else if dx <= 0.5 && dy >= SHORT {
            self.drawn.down.push(Rule { at: (a.x + b.x) / 2.0, from: a.y.min(b.y), to: a.y.max(b.y) });
        }
    }

    /// The ruling lines of a path: its straight segments when stroked, its long side when it is a thin filled bar.
    fn rules(&mut self, path: &BezPath, transform: Affine, stroked: bool) {
        if path.elements().len() > 4000 {
            return;
        }
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        let mut part: Option<Rect> = None;
        let mut lines: Vec<(Point, Point)> = Vec::new();
        let mut straight = true;
        let elements = path.elements().iter().copied().chain(std::iter::once(PathEl::MoveTo(Point::ZERO)));
        for element in elements {
            match element {
                PathEl::MoveTo(to) => {
                    let thin = part.filter(|_| straight && !lines.is_empty());
                    let thin = thin.filter(|part| part.width().min(part.height()) <= THICK);
                    match thin {
                        Some(part) if !stroked || lines.len() > 2 => {
                            let centre = part.center();
                            if part.width() > part.height() {
                                self.rule(Point::new(part.x0, centre.y), Point::new(part.x1, centre.y));
                            } else {
                                self.rule(Point::new(centre.x, part.y0), Point::new(centre.x, part.y1));
                            }
                        }
                        _ if stroked => {
                            for (a, b) in lines.drain(..) {
                                self.rule(a, b);
                            }
                        }
                        _ => {
                            let ground = part.filter(|part| straight && lines.len() >= 3 && part.width() >= SHORT);
                            self.drawn.boxes.extend(ground.filter(|_| self.drawn.boxes.len() < RULES));
                        }
                    }
                    lines.clear();
                    straight = true;
                    start = transform * to;
                    last = start;
                    part = Some(Rect::from_points(start, start));
                }
                PathEl::LineTo(to) => {
                    let to = transform * to;
                    lines.push((last, to));
                    part = part.map(|part| part.union_pt(to));
                    last = to;
                }
                PathEl::ClosePath => {
                    lines.push((last, start));
                    last = start;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                    last = transform * to;
                    straight = false;
                }
            }
        }
    }
}

/// What the first glyph of a run says of its font.
struct Style {
    bold: bool,
    ink: f32,
    advance: f32,
}

impl Device<'_> for Collector {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, mode: &DrawMode) {
        self.step();
        self.drawn.paths = self.drawn.paths.saturating_add(1);
        if !matches!(mode, DrawMode::Invisible) {
            self.rules(path, props.transform, !matches!(mode, DrawMode::Fill(_)));
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.step();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        self.step();
        let mut bold = None;
        for glyph in run.glyphs() {
            if self.drawn.glyphs.len() >= self.glyph_limit {
                self.drawn.cut = true;
                break;
            }
            let advance = match &**glyph {
                FontGlyph::Outline(outline) => outline.advance_width(),
                FontGlyph::Type3(drawing) => drawing.advance_width(),
            };
            let letters = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(letters)) => letters,
                None => char::REPLACEMENT_CHARACTER.to_string(),
            };
            let named = *bold.get_or_insert_with(|| says_bold(glyph));
            let ink = if named.is_none() { self.ink(glyph) } else { 0.0 };
            let style = Style { bold: named.unwrap_or(false), ink, advance: advance.unwrap_or(500.0) };
            self.glyph(letters, props.transform * glyph.transform(), &style);
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.step();
        self.drawn.images = self.drawn.images.saturating_add(1);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.step();
        let outer = self.frames.last();
        let mut mark = outer.map_or(Mark::default(), |outer| outer.mark);
        let mut dropped = outer.is_some_and(|outer| outer.dropped);
        mark.heading = heading_of_tag(tag).or(mark.heading);
        let name = |key: &str| properties.and_then(|all| all.get::<Name<'_>>(key)).map(|name| name.as_ref().to_vec());
        if tag == b"Artifact" {
            match name("Subtype").as_deref() {
                Some(b"Header") => mark.edge = Some(Edge::Top),
                Some(b"Footer") => mark.edge = Some(Edge::Bottom),
                // Cut marks and colour bars; other artifacts may be a header or a watermark that says DRAFT.
                _ if name("Type").as_deref() == Some(b"Page") => dropped = true,
                _ => {}
            }
        }
        let actual = properties.and_then(|all| all.get::<PdfString<'_>>("ActualText"));
        // A long actual text replaces whole lines, whose places would be lost.
        let actual = actual.map(|actual| text_string(actual.as_bytes())).filter(|actual| actual.chars().count() <= 40);
        if self.frames.len() < FRAMES {
            self.frames.push(Frame { mark, dropped, actual, stands_at: None });
        } else {
            self.deeper += 1;
        }
    }

    fn end_marked_content(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.frames.pop();
        }
    }
}

/// Whether the font's own name or weight says bold; `None` when the font has neither.
fn says_bold(glyph: &FontGlyph<'_>) -> Option<bool> {
    let FontGlyph::Outline(outline) = glyph else { return Some(false) };
    let data = outline.font_data()?;
    let name = data.postscript_name.map(|name| name.to_lowercase());
    let by_name = name.as_ref().is_some_and(|name| ["bold", "black", "heavy"].iter().any(|word| name.contains(word)));
    match (by_name, data.weight, name) {
        (true, _, _) => Some(true),
        (false, Some(weight), _) => Some(weight >= 600),
        (false, None, Some(_)) => Some(false),
        (false, None, None) => None,
    }
}

/// The level that a structure tag says: `H2`, `Heading 2`, `Title`.
fn heading_of_tag(tag: &[u8]) -> Option<u8> {
    let tag = std::str::from_utf8(tag).ok()?;
    if matches!(tag, "H" | "Title") {
        return Some(1);
    }
    let level = tag.strip_prefix("Heading").or_else(|| tag.strip_prefix('H'))?;
    let level = level.strip_prefix("#20").unwrap_or(level).trim_start_matches([' ', '_']);
    level.parse::<u8>().ok().filter(|level| (1..=6).contains(level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_tags_of_word_and_libreoffice_are_known() {
        let levels = ["H1", "Heading#202", "Heading 3", "Title", "P", "H7", "Hyperlink"]
            .map(|tag| heading_of_tag(tag.as_bytes()));
        assert_eq!(levels, [Some(1), Some(2), Some(3), Some(1), None, None, None]);
    }
}

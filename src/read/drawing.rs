//! Words of drawings that stand in parts of their own: charts and diagrams (SmartArt) of Word, PowerPoint and Excel.

use super::xml::{Node, Xml};
use super::{Limits, Unread};

/// Names of series and categories that are read of a chart at most.
const NAMES: usize = 200;

/// The words of a chart: title, axis titles, names of series and categories; no figures.
pub(super) fn chart(source: &str, limits: &Limits) -> Result<Vec<String>, Unread> {
    let mut lines = paragraphs(source, limits)?;
    let mut xml = Xml::new(source, limits);
    let (mut depth, mut names) = (0usize, None::<usize>);
    loop {
        match xml.next()? {
            Node::Open(tag) => {
                depth += 1;
                match tag.name() {
                    "strCache" if names.is_none() => names = Some(depth),
                    "v" if names.is_some() => {
                        depth -= 1;
                        let name = xml.words()?;
                        if lines.len() < NAMES && !lines.contains(&name) {
                            lines.push(name);
                        }
                    }
                    _ => {}
                }
            }
            Node::Close => {
                if names == Some(depth) {
                    names = None;
                }
                depth = depth.saturating_sub(1);
            }
            Node::Words(_) => {}
            Node::End => return Ok(lines),
        }
    }
}

/// The paragraphs of DrawingML text (`a:p`), in the order of the part.
pub(super) fn paragraphs(source: &str, limits: &Limits) -> Result<Vec<String>, Unread> {
    let mut xml = Xml::new(source, limits);
    let mut lines = Vec::new();
    let mut words = String::new();
    let mut marks: Vec<char> = Vec::new();
    loop {
        match xml.next()? {
            Node::Open(tag) => {
                let drawing = tag.prefix() == "a";
                let mark = match tag.name() {
                    "p" if drawing => 'p',
                    "t" if drawing => 't',
                    "br" if drawing => {
                        words.push('\n');
                        ' '
                    }
                    _ => ' ',
                };
                marks.push(mark);
            }
            Node::Words(more) if marks.last() == Some(&'t') => words.push_str(&more),
            Node::Words(_) => {}
            Node::Close => {
                if marks.pop() == Some('p') && !words.trim().is_empty() {
                    lines.push(std::mem::take(&mut words));
                }
            }
            Node::End => return Ok(lines),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_gives_its_title_and_names_but_no_figures() {
        let source = r#"<c:chart><c:title><a:p><a:r><a:t>Falls per </a:t></a:r><a:r><a:t>month</a:t></a:r></a:p></c:title>
            <c:cat><c:strCache><c:pt><c:v>Ward A</c:v></c:pt></c:strCache></c:cat>
            <c:val><c:numCache><c:pt><c:v>6.1</c:v></c:pt></c:numCache></c:val></c:chart>"#;
        assert_eq!(chart(source, &Limits::default()).unwrap(), ["Falls per month", "Ward A"]);
    }
}

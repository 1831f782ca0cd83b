//! Names that say another format than the content is.

use super::Format;

/// Endings and the formats that programs open under them without a word.
const ENDINGS: [(&[&str], &[Format]); 16] = [
    (&["docx", "docm", "dotx", "dotm"], &[Format::Docx]),
    // Word opens rich text under its own old ending, and saves it so.
    (&["doc", "dot"], &[Format::Doc, Format::Rtf]),
    (&["rtf"], &[Format::Rtf]),
    (&["xlsx", "xlsm", "xltx", "xltm", "xlsb"], &[Format::Xlsx]),
    (&["xls", "xlt"], &[Format::Xls]),
    (&["pptx", "pptm", "ppsx", "potx"], &[Format::Pptx]),
    (&["ppt", "pps", "pot"], &[Format::Ppt]),
    (&["odt", "ott"], &[Format::Odt]),
    (&["ods", "ots"], &[Format::Ods]),
    (&["odp", "otp"], &[Format::Odp]),
    (&["pdf"], &[Format::Pdf]),
    (&["msg"], &[Format::Msg]),
    (&["zip"], &[Format::Zip]),
    (&["html", "htm", "xhtml"], &[Format::Html]),
    (&["eml"], &[Format::Eml]),
    // What is text is told apart by nothing but its ending.
    (&["md", "markdown", "csv", "tsv", "txt", "text", "log"], &[Format::Md, Format::Csv, Format::Txt]),
];

/// What a format is called.
const CALLED: [(Format, &str); 18] = [
    (Format::Md, "Markdown"),
    (Format::Txt, "plain text"),
    (Format::Html, "a web page"),
    (Format::Csv, "a table in text"),
    (Format::Docx, "a Word document"),
    (Format::Doc, "a Word 97-2003 document"),
    (Format::Rtf, "rich text"),
    (Format::Xlsx, "an Excel workbook"),
    (Format::Xls, "an Excel 97-2003 workbook"),
    (Format::Pptx, "a PowerPoint presentation"),
    (Format::Ppt, "a PowerPoint 97-2003 presentation"),
    (Format::Odt, "an OpenDocument text"),
    (Format::Ods, "an OpenDocument spreadsheet"),
    (Format::Odp, "an OpenDocument presentation"),
    (Format::Pdf, "a PDF"),
    (Format::Eml, "a mail"),
    (Format::Msg, "an Outlook mail"),
    (Format::Zip, "an archive"),
];

/// What is wrong with the name of a document that was read as a format, in words for the user; nothing where the ending is
/// that of the format, or nobody's.
pub fn misnamed(path: &str, format: Format) -> Option<String> {
    let name = path.rsplit(['/', '!']).next().unwrap_or(path);
    let (_, ending) = name.rsplit_once('.')?;
    let small = ending.to_lowercase();
    let (_, formats) = ENDINGS.iter().find(|(endings, _)| endings.contains(&small.as_str()))?;
    let (_, called) = CALLED.iter().find(|(one, _)| *one == format)?;
    (!formats.contains(&format)).then(|| format!("its name ends in .{small}, but it is {called}; it was read as that"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_says_another_format_is_told() {
        let words = "its name ends in .docx, but it is a PDF; it was read as that";
        assert_eq!(misnamed("papers.zip!a/Board.v2.DOCX", Format::Pdf).as_deref(), Some(words));
        assert!(misnamed("a.xls", Format::Html).is_some());
        assert!(misnamed("a.txt", Format::Pdf).is_some());
    }

    #[test]
    fn what_opens_as_it_is_and_what_says_nothing_is_not() {
        for (path, format) in [
            ("a.docm", Format::Docx),
            ("a.doc", Format::Rtf),
            ("a.xlsb", Format::Xlsx),
            ("notes.log", Format::Txt),
            ("Policy v1.2", Format::Pdf),
            ("no ending", Format::Docx),
            ("a.md", Format::Md),
        ] {
            assert_eq!(misnamed(path, format), None, "{path}");
        }
    }
}

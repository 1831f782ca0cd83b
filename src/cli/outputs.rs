//! `--format` and `--output`, which may be given several times: which format goes where depends on their order.

use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};

use super::OutputFormat;
use crate::fault::Fault;

/// One report that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// How it is written.
    pub format: OutputFormat,
    /// Where to; none for standard output.
    pub output: Option<PathBuf>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Given {
    Format(OutputFormat),
    Output(PathBuf),
}

/// What was given of `--format` and `--output`, in the order of the command line.
#[derive(Debug, Clone, Default)]
pub struct Outputs {
    given: Vec<Given>,
    usual: Option<OutputFormat>,
}

impl Outputs {
    /// The reports that are wanted, in the order in which they were asked for.
    ///
    /// An output takes the format before it, unless another output has taken that; else the format that its ending tells;
    /// else the format after it. What is left of the formats goes to standard output.
    ///
    /// # Errors
    ///
    /// Two formats for standard output, a file named twice, an ending that tells no format, a workbook for standard output.
    pub fn wanted(&self) -> Result<Vec<Wanted>, Fault> {
        let mut wanted: Vec<Wanted> = Vec::new();
        let mut given = self.given.iter().peekable();
        while let Some(one) = given.next() {
            let next_output = |next: Option<&&Given>| match next {
                Some(Given::Output(output)) => Some(output.clone()),
                _ => None,
            };
            match one {
                Given::Format(format) => {
                    let output = next_output(given.peek());
                    if output.is_some() {
                        given.next();
                    }
                    wanted.push(Wanted { format: *format, output });
                }
                Given::Output(output) => {
                    let told = OutputFormat::of_ending(output);
                    let after = match given.peek() {
                        Some(Given::Format(format)) if told.is_none_or(|told| told == *format) => Some(*format),
                        _ => None,
                    };
                    if after.is_some() {
                        given.next();
                    }
                    let format = after.or(told).or(self.usual).ok_or_else(|| no_format(output))?;
                    wanted.push(Wanted { format, output: Some(output.clone()) });
                }
            }
        }
        if wanted.is_empty() {
            wanted.push(Wanted { format: self.usual.unwrap_or(OutputFormat::Human), output: None });
        }
        unambiguous(&wanted)?;
        Ok(wanted)
    }

    /// The files that reports are written to.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.given.iter().filter_map(|one| match one {
            Given::Output(output) => Some(output.as_path()),
            Given::Format(_) => None,
        })
    }
}

fn no_format(output: &Path) -> Fault {
    let endings: Vec<&str> = OutputFormat::ENDINGS.iter().map(|(ending, _)| *ending).collect();
    Fault::new(format!("the name of {} does not tell its format", output.display()))
        .help(format!("put --format before --output, or use an ending of .{}", endings.join(", .")))
}

fn unambiguous(wanted: &[Wanted]) -> Result<(), Fault> {
    let mut to_standard_output = wanted.iter().filter(|one| one.output.is_none());
    if let (Some(_), Some(_)) = (to_standard_output.next(), to_standard_output.next()) {
        let fault = Fault::new("two formats would go to standard output");
        return Err(fault.help("give each but one an output: --format sarif --output kloe.sarif --format human"));
    }
    if wanted.iter().any(|one| one.output.is_none() && one.format == OutputFormat::Xlsx) {
        let fault = Fault::new("a workbook cannot go to standard output");
        return Err(fault.help("give it a file: --format xlsx --output kloe.xlsx"));
    }
    for (index, one) in wanted.iter().enumerate() {
        let Some(output) = &one.output else { continue };
        if wanted[..index].iter().any(|other| other.output.as_ref().is_some_and(|other| same(other, output))) {
            let fault = Fault::new(format!("two reports would go to {}", output.display()));
            return Err(fault.help("give each a file of its own"));
        }
    }
    Ok(())
}

/// Whether two paths name one file, however they are spelled; it need not be there yet.
fn same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| {
        std::fs::canonicalize(path).or_else(|_| {
            let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
            Ok::<_, std::io::Error>(std::fs::canonicalize(folder)?.join(path.file_name().unwrap_or_default()))
        })
    };
    match (real(one), real(other)) {
        // On these systems two spellings of a name in capitals or not are one file.
        (Ok(one), Ok(other)) if cfg!(any(windows, target_os = "macos")) => {
            one.to_string_lossy().to_lowercase() == other.to_string_lossy().to_lowercase()
        }
        (Ok(one), Ok(other)) => one == other,
        _ => one.components().eq(other.components()),
    }
}

impl FromArgMatches for Outputs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut outputs = Outputs::default();
        outputs.update_from_arg_matches(matches)?;
        Ok(outputs)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        let formats: Vec<OutputFormat> = matches.get_many("format").into_iter().flatten().copied().collect();
        let mut given: Vec<(usize, Given)> = Vec::new();
        self.usual = None;
        if matches.value_source("format") == Some(ValueSource::CommandLine) {
            let at = matches.indices_of("format").into_iter().flatten();
            given.extend(at.zip(formats.into_iter().map(Given::Format)));
        } else {
            self.usual = formats.first().copied();
        }
        let outputs = matches.get_many::<PathBuf>("output").into_iter().flatten().cloned();
        given.extend(matches.indices_of("output").into_iter().flatten().zip(outputs.map(Given::Output)));
        given.sort_by_key(|(index, _)| *index);
        self.given = given.into_iter().map(|(_, one)| one).collect();
        Ok(())
    }
}

impl Args for Outputs {
    fn augment_args(command: Command) -> Command {
        let format = Arg::new("format")
            .long("format")
            .value_name("NAME")
            .env("KLOE_FORMAT")
            .action(ArgAction::Append)
            .value_parser(value_parser!(OutputFormat))
            .help("How the report is written; may be given several times, each with an --output after it but one");
        let output = Arg::new("output")
            .long("output")
            .value_name("FILE")
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .help("Write the report to a file; without --format its ending tells the format");
        command.arg(format).arg(output)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(args: &[&str]) -> Result<Vec<(OutputFormat, Option<String>)>, String> {
        let command = Outputs::augment_args(Command::new("kloe").no_binary_name(true));
        let matches = command.try_get_matches_from(args).map_err(|error| error.to_string())?;
        let outputs = Outputs::from_arg_matches(&matches).map_err(|error| error.to_string())?;
        let wanted = outputs.wanted().map_err(|fault| fault.to_string())?;
        let named = |output: Option<PathBuf>| output.map(|output| output.to_string_lossy().into_owned());
        Ok(wanted.into_iter().map(|one| (one.format, named(one.output))).collect())
    }

    fn pair(format: OutputFormat, output: &str) -> (OutputFormat, Option<String>) {
        (format, Some(output.to_string()))
    }

    #[test]
    fn formats_and_outputs_pair_in_order() {
        use OutputFormat::{Human, Json, Markdown, Sarif, Xlsx};
        assert_eq!(wanted(&[]).unwrap(), [(Human, None)]);
        assert_eq!(wanted(&["--format", "json"]).unwrap(), [(Json, None)]);
        let line = ["--format", "sarif", "--output", "k", "--format", "human"];
        assert_eq!(wanted(&line).unwrap(), [pair(Sarif, "k"), (Human, None)]);
        let line = ["--format", "human", "--format", "sarif", "--output", "k.json"];
        assert_eq!(wanted(&line).unwrap(), [(Human, None), pair(Sarif, "k.json")]);
        assert_eq!(wanted(&["--output", "k.json", "--format", "json"]).unwrap(), [pair(Json, "k.json")]);
        assert_eq!(wanted(&["--output", "k", "--format", "json"]).unwrap(), [pair(Json, "k")]);
        let line = ["--output", "a.XLSX", "--output", "b.md", "--format", "human"];
        assert_eq!(wanted(&line).unwrap(), [pair(Xlsx, "a.XLSX"), pair(Markdown, "b.md"), (Human, None)]);
    }

    #[test]
    fn what_has_no_place_is_a_fault() {
        for (line, fault) in [
            (vec!["--format", "json", "--format", "human"], "two formats would go to standard output"),
            (vec!["--output", "report"], "the name of report does not tell its format"),
            (vec!["--format", "xlsx"], "a workbook cannot go to standard output"),
            (vec!["--output", "a.json", "--output", "a.json"], "two reports would go to a.json"),
            (vec!["--output", "./a.json", "--output", "a.json"], "two reports would go to a.json"),
            (vec!["--output", "src/../a.json", "--output", "a.json"], "two reports would go to a.json"),
            (
                vec!["--output", "no such/./a.json", "--output", "no such/a.json"],
                "two reports would go to no such/a.json",
            ),
        ] {
            assert_eq!(wanted(&line).unwrap_err(), fault);
        }
    }
}

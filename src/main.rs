//! Arguments in, library call, exit status out.

use std::alloc::System;
use std::io::{IsTerminal, Write, stdin, stdout};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use cap::Cap;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kloe::cli::{Cli, ColorWhen, Command, LinksWhen};
use kloe::commands::{Outside, Progress, Watcher, run, watch};
use kloe::day::Day;
use kloe::fault::Faults;
use kloe::render::{Look, inert, plain};
use kloe::report::masked;
use kloe::workers::{STACK, serve, serve_text};
use miette::{GraphicalReportHandler, GraphicalTheme, NarratableReportHandler};

/// Narrowest and widest text that is written, in columns.
const WIDTHS: (usize, usize) = (60, 140);

/// Counts memory, so that a worker can be held to a limit; until one is set there is none.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> ExitCode {
    let cli = match Cli::given() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            // It quotes arguments, and a path may hold the number of a patient.
            let text = error.render().to_string();
            let lines: Vec<String> = text.lines().map(|line| plain(&masked(line))).collect();
            let _ = writeln!(std::io::stderr(), "{}", inert(&lines.join("\n")));
            return ExitCode::from(2);
        }
        Err(help) => return if help.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(2) },
    };
    match cli.command {
        Command::ExamineWorker { memory } => return worker(memory, || serve(stdin().lock(), stdout())),
        Command::ReadWorker { memory, name, limits } => {
            return worker(memory, move || serve_text(&name, &limits, stdin().lock(), stdout()));
        }
        Command::Lsp(args) => {
            // What a panic would say may quote a document, and editors keep what they are told in logs.
            std::panic::set_hook(Box::new(|_| {}));
            let outside = kloe::lsp::Outside { today, worker: std::env::current_exe().ok() };
            return ExitCode::from(kloe::lsp::serve(&args, outside, std::io::BufReader::new(stdin()), stdout()));
        }
        _ => {}
    }
    let look = look(cli.color, std::io::stdout().is_terminal());
    let look = Look { links: links(cli.hyperlinks, look.graphics), ..look };
    let bar = Bar::default();
    let Some(today) = today() else {
        let _ = writeln!(std::io::stderr(), "kloe: the clock of this machine shows no usable date; give --as-of DATE");
        return ExitCode::from(2);
    };
    let step_summary = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()).map(Into::into);
    let outside = Outside { today, look, progress: &bar, worker: std::env::current_exe().ok(), step_summary };
    if let Command::Watch(args) = &cli.command {
        // Whoever watches has seen all there is; what is read at that moment is dropped.
        #[allow(clippy::exit)]
        let ends = ctrlc::set_handler(|| std::process::exit(0));
        if let Err(error) = ends {
            let _ = writeln!(std::io::stderr(), "kloe: Ctrl-C will end this with an error: {error}");
        }
        return match watch(args, &outside, &mut Here) {
            Ok(()) => ExitCode::SUCCESS,
            Err(faults) => {
                show(&faults, self::look(cli.color, std::io::stderr().is_terminal()));
                ExitCode::from(2)
            }
        };
    }
    match run(&cli, &outside) {
        Ok(said) => {
            let mut out = std::io::stdout();
            match out.write_all(said.text.as_bytes()).and_then(|()| out.flush()) {
                // A closed pipe, as of `kloe check | head`, is no error.
                Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                    let _ = writeln!(std::io::stderr(), "kloe: the report cannot be written: {error}");
                    ExitCode::from(2)
                }
                _ => ExitCode::from(said.status),
            }
        }
        Err(faults) => {
            show(&faults, self::look(cli.color, std::io::stderr().is_terminal()));
            ExitCode::from(2)
        }
    }
}

/// Works with so much memory, on a stack that nesting does not exhaust.
fn worker(memory: usize, work: impl FnOnce() -> std::io::Result<()> + Send + 'static) -> ExitCode {
    if MEMORY.set_limit(memory).is_err() {
        return ExitCode::from(2);
    }
    // What a panic would say may quote a document, and nobody reads it: the dossier says that the document was not read.
    std::panic::set_hook(Box::new(|_| {}));
    let worked = std::thread::Builder::new().stack_size(STACK).spawn(work).map(std::thread::JoinHandle::join);
    match worked {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::from(2),
    }
}

/// The day by the machine's clock, where the user is. Nothing but this and [`Here`] looks at it.
fn today() -> Option<Day> {
    let now = jiff::ZonedDateTime::now();
    Day::new(now.year(), now.month(), now.day())
}

/// How text is shown: colour by flag, else by the usual variables, else in a terminal.
fn look(when: ColorWhen, terminal: bool) -> Look {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let color = match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto if set("NO_COLOR") => false,
        ColorWhen::Auto => {
            set("CLICOLOR_FORCE") || terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    };
    let columns = if terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
    let width = columns.map_or(Look::PLAIN.width, |columns| columns.clamp(WIDTHS.0, WIDTHS.1));
    Look { width, color, graphics: !set("NO_GRAPHICS"), links: false }
}

/// Whether paths are links: by flag, else by FORCE_HYPERLINK, else in a terminal that is known to have them. NO_COLOR says
/// nothing of links; NO_GRAPHICS does, since a screen reader reads them out.
fn links(when: LinksWhen, graphics: bool) -> bool {
    let forced = std::env::var_os("FORCE_HYPERLINK").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match when {
        LinksWhen::Always => true,
        LinksWhen::Never => false,
        LinksWhen::Auto if forced => supports_hyperlinks::supports_hyperlinks(),
        LinksWhen::Auto => {
            graphics && !dumb && std::io::stdout().is_terminal() && supports_hyperlinks::supports_hyperlinks()
        }
    }
}

/// Shows every fault on standard error.
fn show(faults: &Faults, look: Look) {
    for fault in &faults.0 {
        let mut text = String::new();
        let rendered = if look.graphics {
            let theme = if look.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
            GraphicalReportHandler::new_themed(theme).with_width(look.width).render_report(&mut text, fault)
        } else {
            NarratableReportHandler::new().render_report(&mut text, fault)
        };
        if rendered.is_err() {
            text = fault.to_string();
        }
        let _ = writeln!(std::io::stderr(), "{}", inert(&text));
    }
}

/// Whoever sits at this terminal, or reads what comes out of the pipe.
struct Here;

impl Watcher for Here {
    fn say(&mut self, text: &str) -> bool {
        let mut out = std::io::stdout();
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok()
    }

    fn rest(&mut self, time: Duration) -> bool {
        std::thread::sleep(time);
        true
    }

    fn now(&self) -> Option<(Day, String)> {
        let now = jiff::ZonedDateTime::now();
        let day = Day::new(now.year(), now.month(), now.day())?;
        Some((day, format!("{:02}:{:02}", now.hour(), now.minute())))
    }
}

/// A progress bar on standard error, from the first second on, when that is a terminal.
#[derive(Default)]
struct Bar {
    shown: Mutex<Option<(ProgressBar, Instant)>>,
}

/// How long a run goes on before the bar is shown.
const PATIENCE: Duration = Duration::from_secs(1);

impl Progress for Bar {
    fn begin(&self, documents: usize) {
        if !std::io::stderr().is_terminal() {
            return;
        }
        let bar = ProgressBar::with_draw_target(u64::try_from(documents).ok(), ProgressDrawTarget::hidden());
        if let Ok(style) =
            ProgressStyle::with_template("Reading {pos} of {len} documents, about {eta} to go {wide_bar}")
        {
            bar.set_style(style);
        }
        if let Ok(mut shown) = self.shown.lock() {
            *shown = Some((bar, Instant::now()));
        }
    }

    fn done(&self) {
        let Ok(shown) = self.shown.lock() else { return };
        if let Some((bar, since)) = shown.as_ref() {
            if bar.is_hidden() && since.elapsed() > PATIENCE {
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            bar.inc(1);
        }
    }

    fn end(&self) {
        let Ok(mut shown) = self.shown.lock() else { return };
        if let Some((bar, _)) = shown.take() {
            bar.finish_and_clear();
        }
    }
}

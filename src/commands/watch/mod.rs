//! `kloe watch`: checks a folder, waits for changes, checks again, and says what they did.
//!
//! The folder is looked through from time to time, by the walk that `check` takes, instead of asking the system for events: those
//! do not come from network drives or for what other machines change in a synchronised folder, they come for half-written
//! files, and the walk is quick (2,000 files take some milliseconds). A change counts once two looks in a row agree on it.

mod known;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use walkdir::WalkDir;

use self::known::{Events, Known, Stamp};
use super::check::{in_force, paths_exist, run_by};
use super::deliver::with_links;
use super::{Outside, rules_folder};
use crate::cli::{CheckArgs, WatchArgs};
use crate::compare::{Past, compare};
use crate::day::Day;
use crate::fault::{Fault, Faults};
use crate::render::{Happened, inert, plain, watch_again, watch_first};
use crate::report::{Report, masked};
use crate::settings;
use crate::walk::{Excluded, walk};

/// After a look it rests at least so many times as long as the look took.
const SHARE: u32 = 5;

/// Somebody who watches: shows what is said, and lets time pass.
pub trait Watcher {
    /// Shows a text; false when nobody reads it any more.
    fn say(&mut self, text: &str) -> bool;
    /// Waits; false when it is enough.
    fn rest(&mut self, time: Duration) -> bool;
    /// The day, and the time of day in words.
    fn now(&self) -> Option<(Day, String)>;
}

/// Watches a folder until the watcher has had enough.
///
/// # Errors
///
/// What cannot be done from the beginning; what goes wrong later is said and waited out.
pub fn watch(args: &WatchArgs, outside: &Outside<'_>, watcher: &mut dyn Watcher) -> Result<(), Faults> {
    let mut watch = Watch::new(args);
    let check = &watch.check;
    paths_exist(&check.paths)?;
    if !args.folder.is_dir() {
        return Err(Fault::new(format!("{} is no folder", args.folder.display()))
            .help("watch the folder that holds the evidence; for one document there is kloe show")
            .into());
    }
    let every = args.every;
    let mut done = watch.look();
    let report = watch.report(outside, outside.today)?;
    let start = Past::of(&report)?;
    let mut last = start.clone();
    let mut day = outside.today;
    let first = watch_first(&report, outside.look, &waits(every));
    let shown = |text: &str, report: &Report| {
        let text = inert(text);
        if outside.look.links { with_links(&text, report, Some(&args.folder)) } else { text.into_owned() }
    };
    if !watcher.say(&shown(&first, &report)) {
        return Ok(());
    }
    watch.known.events();
    let mut before = done.clone();
    let mut said = String::new();
    let mut rest = every;
    while watcher.rest(rest) {
        let began = Instant::now();
        let (today, time) = watcher.now().unwrap_or((day, String::new()));
        if std::fs::read_dir(&args.folder).is_err() {
            // A network drive that is away is no folder that was emptied.
            if !once(&mut said, "the folder cannot be reached; waiting for it", &time, watcher) {
                break;
            }
            continue;
        }
        let now = watch.look();
        rest = every.max(began.elapsed() * SHARE);
        if now != before {
            before = now;
            continue;
        }
        if now == done && today == day && !watch.known.unsure() {
            continue;
        }
        let report = match watch.report(outside, today) {
            Ok(report) => report,
            Err(faults) => {
                done = now;
                if !once(&mut said, &told(&faults), &time, watcher) {
                    break;
                }
                continue;
            }
        };
        (done, day) = (now, today);
        said.clear();
        let past = Past::of(&report)?;
        let (since_last, since_start) = (compare(&last, &past), compare(&start, &past));
        let Events { new, changed, gone } = watch.known.events();
        let happened = Happened {
            time: &time,
            new: &new,
            changed: &changed,
            gone: &gone,
            since_last: &since_last,
            since_start: &since_start,
        };
        let text = watch_again(&report, &happened, outside.look);
        last = past;
        if !text.is_empty() && !watcher.say(&shown(&text, &report)) {
            break;
        }
    }
    Ok(())
}

/// Says what stands in the way, once as long as it stays the same; false when nobody reads it any more.
fn once(said: &mut String, text: &str, time: &str, watcher: &mut dyn Watcher) -> bool {
    if said == text {
        return true;
    }
    *said = text.to_string();
    watcher.say(&inert(&format!("\n{time}  {text}\n")))
}

/// Faults on lines.
fn told(faults: &Faults) -> String {
    let one = |fault: &Fault| {
        let help = miette::Diagnostic::help(fault).map_or(String::new(), |help| format!(" ({help})"));
        plain(&masked(&format!("{fault}{help}")))
    };
    let all: Vec<String> = faults.0.iter().map(one).collect();
    format!("not checked again: {}", all.join("\n       "))
}

fn waits(every: Duration) -> String {
    let seconds = every.as_secs_f64();
    let often = if seconds == 1.0 { "second".to_string() } else { format!("{seconds} seconds") };
    format!("Waiting for changes, with a look every {often}. Ctrl-C ends.")
}

struct Watch {
    check: CheckArgs,
    known: Known,
    /// The patterns of what is left out, as the settings had them last.
    exclude: Vec<String>,
    /// The folder of rules, as the settings named it last.
    rules: Option<PathBuf>,
}

impl Watch {
    fn new(args: &WatchArgs) -> Watch {
        Watch { check: args.check(), known: Known::default(), exclude: Vec::new(), rules: None }
    }

    fn folder(&self) -> &Path {
        self.check.paths.first().map_or(Path::new("."), PathBuf::as_path)
    }

    /// The documents, and the files that say how they are judged, with their sizes and times.
    fn look(&self) -> Vec<(PathBuf, Option<Stamp>)> {
        let folder = self.folder();
        let excluded = Excluded::new(folder, &self.exclude).unwrap_or_else(|_| Excluded::none());
        let mut files: Vec<PathBuf> = walk(folder, &excluded).0.into_iter().map(|one| one.file).collect();
        files.extend(self.check.running.config.clone().or_else(|| settings::find(folder)));
        files.push(folder.join(".kloeignore"));
        files.extend(self.check.baseline.clone());
        for rules in self.check.judging.rules.iter().chain(&self.rules) {
            let within = WalkDir::new(rules).sort_by_file_name().into_iter().filter_map(Result::ok);
            files.extend(within.filter(|one| one.file_type().is_file()).map(walkdir::DirEntry::into_path));
        }
        files.into_iter().map(|file| (file.clone(), Stamp::of(&file))).collect()
    }

    /// Checks the folder; what did not change is not read again.
    fn report(&mut self, outside: &Outside<'_>, today: Day) -> Result<Report, Faults> {
        paths_exist(&self.check.paths)?;
        let settings = in_force(&self.check)?;
        self.exclude.clone_from(&settings.exclude);
        self.rules = rules_folder(None, &settings).ok().flatten();
        let outside = Outside {
            today,
            look: outside.look,
            progress: outside.progress,
            worker: outside.worker.clone(),
            step_summary: None,
        };
        let known = &mut self.known;
        let mut dossiers = |found: &[_], layers: &[_], rules: &_, settings: &_| {
            known.dossiers(found, layers, rules, settings, &outside)
        };
        Ok(run_by(&self.check, settings, outside.today, &mut dossiers)?.report)
    }
}

//! How long the stages of a check take, on the fixtures: `cargo bench`. Compare runs on one machine, by their ratio.

// A benchmark that cannot go on should stop where it stands; its macros write no documentation.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use kloe::document::Words;
use kloe::examine::Examiner;
use kloe::judge;
use kloe::read::{Limits, read};
use kloe::recognise::Recogniser;
use kloe::rules::{built_in, load};
use kloe::walk::{Excluded, walk};

fn stages(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/trust");
    let (rules, words, limits) = (load(&[built_in()]).unwrap(), Words::embedded().unwrap(), Limits::default());
    let recogniser = Recogniser::new(&rules).unwrap();
    let examiner = Examiner { recogniser: &recogniser, words: &words, limits: &limits };
    let (found, _) = walk(&folder, &Excluded::none());
    let files: Vec<(String, Vec<u8>)> =
        found.iter().map(|one| (one.path.clone(), std::fs::read(&one.file).unwrap())).collect();
    let as_of = "2026-11-01".parse().unwrap();

    criterion.bench_function("load the built-in rules", |bench| bench.iter(|| load(black_box(&[built_in()])).unwrap()));
    criterion.bench_function("compile the phrases", |bench| bench.iter(|| Recogniser::new(black_box(&rules)).unwrap()));
    criterion.bench_function("walk the fixtures", |bench| bench.iter(|| walk(black_box(&folder), &Excluded::none())));

    let mut endings: Vec<&str> = files.iter().filter_map(|(path, _)| Some(path.rsplit_once('.')?.1)).collect();
    endings.sort_unstable();
    endings.dedup();
    let mut group = criterion.benchmark_group("read");
    for ending in endings {
        let of: Vec<&(String, Vec<u8>)> =
            files.iter().filter(|(path, _)| path.rsplit_once('.').is_some_and(|(_, one)| one == ending)).collect();
        group.bench_function(ending, |bench| {
            bench.iter(|| {
                of.iter()
                    .map(|(path, bytes)| read(path, bytes, &limits).1.map_or(0, |text| text.words()))
                    .sum::<usize>()
            });
        });
    }
    group.finish();

    criterion.bench_function("examine the fixtures", |bench| {
        bench.iter(|| files.iter().map(|(path, bytes)| examiner.file(path, bytes).len()).sum::<usize>());
    });
    let dossiers: Vec<_> = files.iter().flat_map(|(path, bytes)| examiner.file(path, bytes)).collect();
    criterion.bench_function("judge the fixtures", |bench| {
        bench.iter(|| judge::folder(black_box(&dossiers), &rules, as_of))
    });
}

criterion_group!(benches, stages);
criterion_main!(benches);

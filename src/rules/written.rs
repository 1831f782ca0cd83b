//! Rule files as they are written: the types that read them.
//! They are flat, "one or many" is always a list, and unknown keys are refused, so that every fault has its place.

use serde::Deserialize;
use toml::Spanned;

/// A string that remembers where it stood.
pub(crate) type Words = Spanned<String>;

/// `[[evidence]]` of a file in `rules/evidence/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EvidenceWritten {
    pub(crate) id: Words,
    pub(crate) title: Option<String>,
    #[serde(default)]
    pub(crate) about: String,
    #[serde(default)]
    pub(crate) source: Vec<String>,
    pub(crate) category: Option<Words>,
    #[serde(default)]
    pub(crate) kinds: Vec<Words>,
    #[serde(default)]
    pub(crate) names: Vec<Words>,
    #[serde(default)]
    pub(crate) terms: Vec<Words>,
    pub(crate) terms_needed: Option<usize>,
    #[serde(default)]
    pub(crate) not: Vec<Words>,
    pub(crate) every: Option<Words>,
    pub(crate) series: Option<u16>,
    pub(crate) fresh: Option<Words>,
    pub(crate) wants: Option<Vec<Words>>,
    #[serde(default)]
    pub(crate) measured: bool,
    #[serde(default)]
    pub(crate) strong: String,
    #[serde(default)]
    pub(crate) weak: String,
    #[serde(default)]
    pub(crate) off: bool,
    #[serde(default)]
    pub(crate) element: Vec<ElementWritten>,
    #[serde(default)]
    pub(crate) example: Vec<ExampleWritten>,
}

/// `[[evidence.element]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ElementWritten {
    pub(crate) id: Words,
    pub(crate) title: String,
    pub(crate) any: Vec<Words>,
    pub(crate) at_least: Option<usize>,
    #[serde(default)]
    pub(crate) optional: bool,
    pub(crate) help: String,
}

/// `[[evidence.example]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ExampleWritten {
    pub(crate) outcome: Words,
    pub(crate) name: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) lacks: Vec<Words>,
}

/// A file such as `rules/well-led/W4.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LineWritten {
    pub(crate) id: Words,
    pub(crate) title: Option<String>,
    #[serde(default)]
    pub(crate) question: String,
    #[serde(default)]
    pub(crate) source: String,
    #[serde(default)]
    pub(crate) strong: String,
    pub(crate) categories_wanted: Option<u8>,
    #[serde(default)]
    pub(crate) off: bool,
    #[serde(default)]
    pub(crate) expect: Vec<ExpectWritten>,
}

/// `[[expect]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ExpectWritten {
    pub(crate) evidence: Words,
    #[serde(default)]
    pub(crate) or: Vec<Words>,
    #[serde(default)]
    pub(crate) required: bool,
    pub(crate) why: String,
    #[serde(default)]
    pub(crate) sectors: Vec<Words>,
    pub(crate) every: Option<Words>,
    pub(crate) series: Option<u16>,
    pub(crate) fresh: Option<Words>,
}

/// `framework.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FrameworkWritten {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) source: String,
    #[serde(default)]
    pub(crate) about: String,
    #[serde(default)]
    pub(crate) order: u32,
    pub(crate) in_force_from: Option<String>,
    pub(crate) in_force_to: Option<String>,
}

//! The rule files that are built into the program. A test proves that the list and the folder agree.

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        /// Path under `rules/` and text of each file.
        pub(super) const FILES: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../rules/", $path)))),*];
    };
}

files![
    "evidence/culture-behaviour.toml",
    "evidence/culture-candour.toml",
    "evidence/culture-care-for-staff.toml",
    "evidence/culture-openness.toml",
    "evidence/culture-speaking-up.toml",
    "evidence/culture.toml",
    "evidence/engagement-partners.toml",
    "evidence/engagement-people.toml",
    "evidence/engagement.toml",
    "evidence/environment-areas.toml",
    "evidence/environment.toml",
    "evidence/equality-action.toml",
    "evidence/equality-policies.toml",
    "evidence/equality.toml",
    "evidence/governance-meetings.toml",
    "evidence/governance.toml",
    "evidence/improvement-alignment.toml",
    "evidence/improvement-board.toml",
    "evidence/improvement-buy-in.toml",
    "evidence/improvement-readiness.toml",
    "evidence/improvement-skills.toml",
    "evidence/improvement-sustaining.toml",
    "evidence/improvement.toml",
    "evidence/information-governance.toml",
    "evidence/information.toml",
    "evidence/leadership-board.toml",
    "evidence/leadership-reviews.toml",
    "evidence/leadership.toml",
    "evidence/learning-people.toml",
    "evidence/learning-reviews.toml",
    "evidence/learning.toml",
    "evidence/risk-assurance.toml",
    "evidence/risk-operations.toml",
    "evidence/risk.toml",
    "evidence/strategy-enabling.toml",
    "evidence/strategy-engagement.toml",
    "evidence/strategy-plans.toml",
    "evidence/strategy-purpose.toml",
    "evidence/strategy.toml",
    "improvement-journey/J1.toml",
    "improvement-journey/J2.toml",
    "improvement-journey/J3.toml",
    "improvement-journey/J4.toml",
    "improvement-journey/J5.toml",
    "improvement-journey/J6.toml",
    "improvement-journey/framework.toml",
    "quality-statements/Q1.toml",
    "quality-statements/Q2.toml",
    "quality-statements/Q3.toml",
    "quality-statements/Q4.toml",
    "quality-statements/Q5.toml",
    "quality-statements/Q6.toml",
    "quality-statements/Q7.toml",
    "quality-statements/Q8.toml",
    "quality-statements/framework.toml",
    "well-led/W1.toml",
    "well-led/W2.toml",
    "well-led/W3.toml",
    "well-led/W4.toml",
    "well-led/W5.toml",
    "well-led/W6.toml",
    "well-led/W7.toml",
    "well-led/W8.toml",
    "well-led/framework.toml",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn list_and_folder_agree() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        let on_disk: BTreeSet<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "toml"))
            .map(|entry| entry.path().strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"))
            .filter(|path| !path.starts_with("words/"))
            .collect();
        let listed: BTreeSet<String> = super::FILES.iter().map(|(path, _)| (*path).to_string()).collect();
        assert_eq!(listed, on_disk);
    }
}

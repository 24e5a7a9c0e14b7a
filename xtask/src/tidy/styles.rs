//! All pages share one style sheet: a class that two pages style is the one or the other by chance.

use std::collections::BTreeMap;

use super::{Finding, Text};

/// Finds the classes with a rule of their own (`.x {`) in the styles of more than one place.
///
/// A file of `style/pages/` belongs to the page that its name begins with, up to the `_`; every
/// other file is a place of its own.
pub(super) fn check(files: &[Text]) -> Vec<Finding> {
    let mut homes: BTreeMap<&str, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for file in files {
        let place = place(&file.path);
        for (line, class) in own_rules(&file.content) {
            let home = homes.entry(class).or_insert(place);
            if *home != place {
                let what = format!(
                    "`.{class}` is styled for {home} too: name one of them anew, or make it a part"
                );
                findings.push(Finding::at(&file.path, line, what));
            }
        }
    }
    findings
}

fn place(path: &str) -> &str {
    let stem = path
        .rsplit('/')
        .next()
        .and_then(|name| name.strip_suffix(".css"))
        .unwrap_or(path);
    if path.starts_with("style/pages/") {
        stem.split('_').next().unwrap_or(stem)
    } else {
        stem
    }
}

/// The classes that stand alone in a selector, each with its line.
fn own_rules(css: &str) -> impl Iterator<Item = (usize, &str)> {
    css.lines().enumerate().filter_map(|(number, line)| {
        let selector = line.trim().strip_suffix(['{', ','])?.trim_end();
        let class = selector.strip_prefix('.')?;
        class
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
            .then_some((number + 1, class))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, content: &str) -> Text {
        Text {
            path: path.to_owned(),
            content: content.to_owned(),
        }
    }

    #[test]
    fn a_class_of_one_page_is_its_own_in_all_its_files() {
        let files = [
            file("style/parts.css", "  .button {\n  }\n"),
            file(
                "style/pages/call.css",
                ".past {\n}\n.past[hidden],\n.page .tick {\n}\n",
            ),
            file(
                "style/pages/call_past.css",
                "@media (max-width: 44rem) {\n  .past,\n  .tick-row {\n  }\n}\n",
            ),
            file(
                "style/pages/people.css",
                ".people .past {\n}\n.tick-row .button {\n}\n",
            ),
        ];

        assert_eq!(check(&files), []);
    }

    #[test]
    fn a_class_of_two_places_is_found() {
        let files = [
            file("style/parts.css", ".tick {\n}\n"),
            file("style/pages/call.css", ".acts {\n}\n"),
            file("style/pages/people.css", "\n.acts,\n.tick {\n}\n"),
        ];

        let lines: Vec<usize> = check(&files).iter().map(|finding| finding.line).collect();

        assert_eq!(lines, [2, 3]);
    }
}

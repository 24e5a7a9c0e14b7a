//! Words that have one place: what decides knows no clock, and browser names stay in their files.

use super::{Finding, Text};

struct Rule {
    /// The folder for which the rule holds.
    under: &'static str,
    /// Files of it that are the place, and folders, with their slash.
    except: &'static [&'static str],
    words: &'static [&'static str],
    instead: &'static str,
}

/// What is no business of the carrier's state machines.
const PURE_WORDS: &[&str] = &[
    "async fn",
    ".await",
    "axum::",
    "reqwest::",
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::thread",
    "std::time",
    "str0m::",
    "tokio::",
    "HashMap",
    "HashSet",
];

const RULES: [Rule; 5] = [
    Rule {
        under: "crates/exchange/src/",
        except: &[],
        words: &[
            "async fn",
            ".await",
            "std::env",
            "std::fs",
            "std::io",
            "std::net",
            "std::process",
            "std::thread",
            "std::time",
            "HashMap",
            "HashSet",
        ],
        instead: "the rules are handed time, ids and rows, and keep order; gather before, do after",
    },
    Rule {
        under: "crates/carrier/src/engine/",
        except: &[],
        words: PURE_WORDS,
        instead: "the engine is told the time and asks for requests; what makes them is in face/",
    },
    Rule {
        under: "crates/carrier/src/signal/",
        except: &[],
        words: PURE_WORDS,
        instead: "the signalling is told the time and says what it wants; what does it is in face/",
    },
    Rule {
        under: "crates/carrier/src/mix/",
        except: &[],
        words: PURE_WORDS,
        instead: "the mixer is told the time and handed the voices; what carries them is in media/",
    },
    Rule {
        under: "app/src/",
        except: &[
            "app/src/knock.rs",
            "app/src/live.rs",
            "app/src/now.rs",
            "app/src/pages/chunks.rs",
            "app/src/pages/console/keys.rs",
            "app/src/pages/menus/unsaved.rs",
            "app/src/parts/keeps_focus.rs",
            "app/src/softphone.rs",
            "app/src/softphone/",
            "app/src/voice.rs",
        ],
        words: &["web_sys", "js_sys", "wasm_bindgen"],
        instead: "browser names belong into knock.rs (notices), live.rs, now.rs (its clock), chunks.rs (the page's own), softphone, voice.rs, the console's keys.rs, the menus' unsaved.rs and keeps_focus.rs",
    },
];

impl Rule {
    fn excepts(&self, path: &str) -> bool {
        let mut excepted = self.except.iter();
        excepted.any(|place| path == *place || place.ends_with('/') && path.starts_with(place))
    }
}

pub(super) fn check(file: &Text) -> Vec<Finding> {
    let rules = RULES
        .iter()
        .filter(|rule| file.path.starts_with(rule.under) && !rule.excepts(&file.path));
    let mut findings = Vec::new();
    for rule in rules {
        for (number, line) in file.content.lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            if let Some(word) = rule.words.iter().find(|word| line.contains(*word)) {
                let what = format!("no `{word}` here: {}", rule.instead);
                findings.push(Finding::at(&file.path, number + 1, what));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_in_the_rules_is_found_and_one_in_the_server_is_not() {
        let text = "//! Rules.\n// std::time is not for us\nuse std::time::Instant;\n";

        let findings = check(&file("crates/exchange/src/call.rs", text));

        assert_eq!(
            findings
                .iter()
                .map(|finding| finding.line)
                .collect::<Vec<_>>(),
            [3]
        );
        assert_eq!(check(&file("server/src/clock.rs", text)), []);
    }

    #[test]
    fn the_state_machines_of_the_carrier_have_no_runtime_and_its_face_has() {
        let text = "//! Calls.\nuse tokio::sync::Mutex;\n";

        assert_eq!(
            check(&file("crates/carrier/src/engine/leg.rs", text)).len(),
            1
        );
        assert_eq!(
            check(&file("crates/carrier/src/signal/ring.rs", text)).len(),
            1
        );
        assert_eq!(check(&file("crates/carrier/src/face/driver.rs", text)), []);
    }

    #[test]
    fn browser_names_have_their_files() {
        let text = "//! Live.\nuse leptos::web_sys;\n";

        assert_eq!(check(&file("app/src/live.rs", text)), []);
        assert_eq!(check(&file("app/src/softphone/sdk.rs", text)), []);
        assert_eq!(check(&file("app/src/shell.rs", text)).len(), 1);
        assert_eq!(check(&file("app/src/softphone.rs.rs", text)).len(), 1);
    }

    fn file(path: &str, content: &str) -> Text {
        Text {
            path: path.to_owned(),
            content: content.to_owned(),
        }
    }
}

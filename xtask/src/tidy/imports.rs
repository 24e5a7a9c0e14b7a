//! Who may import whom. A new edge is an argument to have, so it starts with a line here.

use super::Finding;
use super::metadata::Member;

struct Rule {
    name: &'static str,
    /// Packages of ours that it may name.
    ours: &'static [&'static str],
    world: World,
}

/// What a package may name of the world's.
enum World {
    /// These, and for its tests whatever it likes.
    Only(&'static [&'static str]),
    /// Anything but these, with all whose names begin so.
    AllBut(&'static [&'static str]),
}

use World::{AllBut, Only};

const RULES: [Rule; 10] = [
    Rule {
        name: "exchange",
        ours: &[],
        world: Only(&["serde", "thiserror"]),
    },
    Rule {
        name: "desk",
        ours: &["exchange"],
        world: Only(&["async-trait", "jiff", "serde", "thiserror"]),
    },
    Rule {
        name: "twiml",
        ours: &[],
        world: Only(&["quick-xml"]),
    },
    Rule {
        name: "twilio",
        ours: &[],
        world: Only(&[
            "async-trait",
            "base64",
            "hmac",
            "http",
            "jiff",
            "percent-encoding",
            "reqwest",
            "serde",
            "serde_json",
            "sha1",
            "sha2",
            "thiserror",
        ]),
    },
    Rule {
        name: "store",
        ours: &["desk", "exchange"],
        world: Only(&[
            "async-trait",
            "serde",
            "serde_json",
            "sha2",
            "sqlx",
            "tempfile",
            "thiserror",
            "time",
            "tokio",
            "tower-sessions",
        ]),
    },
    Rule {
        name: "carrier",
        ours: &["twilio", "twiml"],
        world: Only(&[
            "axum",
            "base64",
            "clap",
            "futures",
            "reqwest",
            "rustls",
            "serde",
            "serde_json",
            "str0m",
            "thiserror",
            "tokio",
            "tracing",
            "tracing-subscriber",
        ]),
    },
    Rule {
        name: "app",
        ours: &["desk"],
        world: Only(&[
            "leptos",
            "leptos_meta",
            "leptos_router",
            "js-sys",
            "serde",
            "serde_json",
            "wasm-bindgen",
            "web-sys",
        ]),
    },
    Rule {
        name: "frontend",
        ours: &["app"],
        world: Only(&["console_error_panic_hook", "leptos", "wasm-bindgen"]),
    },
    Rule {
        name: "server",
        ours: &[
            "app", "carrier", "desk", "exchange", "store", "twilio", "twiml",
        ],
        world: AllBut(&["openssl", "native-tls"]),
    },
    Rule {
        name: "xtask",
        ours: &[],
        world: AllBut(&["axum", "leptos", "tokio"]),
    },
];

pub(super) fn check(members: &[Member]) -> Vec<Finding> {
    let is_ours = |name: &str| members.iter().any(|member| member.name == name);
    let mut findings = Vec::new();
    for member in members {
        let Some(rule) = RULES.iter().find(|rule| rule.name == member.name) else {
            findings.push(Finding::at(
                "Cargo.toml",
                0,
                format!(
                    "`{}` has no line in the import table: xtask/src/tidy/imports.rs",
                    member.name
                ),
            ));
            continue;
        };
        for dependency in member.dependencies.iter().chain(&member.for_tests) {
            let refused = if is_ours(dependency) {
                (!rule.ours.contains(&dependency.as_str())).then(|| {
                    format!(
                        "`{}` may not import our `{dependency}`; see ARCHITECTURE.md",
                        rule.name
                    )
                })
            } else {
                let is_for_tests = !member.dependencies.contains(dependency);
                refusal(rule, dependency, is_for_tests)
            };
            findings.extend(refused.map(|what| Finding::at(&manifest_of(rule.name), 0, what)));
        }
    }
    findings
}

fn refusal(rule: &Rule, dependency: &str, is_for_tests: bool) -> Option<String> {
    match rule.world {
        Only(allowed) if is_for_tests || allowed.contains(&dependency) => None,
        Only(_) => Some(format!(
            "`{}` names `{dependency}`, which is not in its line of the import table: xtask/src/tidy/imports.rs",
            rule.name
        )),
        AllBut(barred) => barred
            .iter()
            .find(|barred| begins_with(dependency, barred))
            .map(|barred| {
                format!(
                    "`{}` may never use `{barred}`, and names `{dependency}`",
                    rule.name
                )
            }),
    }
}

/// `axum` bars `axum`, `axum-extra` and `axum_thing`, but not `axumatic`.
fn begins_with(name: &str, barred: &str) -> bool {
    name.strip_prefix(barred)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

fn manifest_of(name: &str) -> String {
    match name {
        "app" | "frontend" | "server" | "xtask" => format!("{name}/Cargo.toml"),
        crate_of_ours => format!("crates/{crate_of_ours}/Cargo.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_of_the_table_are_allowed() {
        let members = [
            member("exchange", &["serde"]),
            member("desk", &["exchange"]),
            member("store", &["sqlx", "desk"]),
        ];

        assert_eq!(check(&members), []);
    }

    #[test]
    fn an_edge_of_ours_that_the_table_does_not_name_is_found() {
        let members = [member("exchange", &[]), member("twiml", &["exchange"])];

        let findings = check(&members);

        assert_eq!(findings.len(), 1);
        assert_eq!(
            findings[0].to_string(),
            "crates/twiml/Cargo.toml: `twiml` may not import our `exchange`; see ARCHITECTURE.md"
        );
    }

    #[test]
    fn a_package_of_the_world_that_the_table_does_not_name_is_found() {
        let members = [
            member("app", &["leptos", "axum-extra", "leptos_axum"]),
            member("exchange", &["tokio"]),
        ];

        assert_eq!(check(&members).len(), 3);
    }

    #[test]
    fn a_barred_package_and_its_family_are_found() {
        assert_eq!(check(&[member("xtask", &["clap", "axum-extra"])]).len(), 1);
    }

    #[test]
    fn tests_may_use_more_of_the_world() {
        let exchange = Member {
            for_tests: vec!["proptest".to_owned()],
            ..member("exchange", &["serde"])
        };

        assert_eq!(check(&[exchange]), []);
    }

    #[test]
    fn a_package_without_a_line_in_the_table_is_found() {
        assert_eq!(check(&[member("helpers", &[])]).len(), 1);
    }

    fn member(name: &str, dependencies: &[&str]) -> Member {
        Member {
            name: name.to_owned(),
            dependencies: dependencies.iter().map(|name| (*name).to_owned()).collect(),
            for_tests: Vec::new(),
        }
    }
}

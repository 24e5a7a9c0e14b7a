//! Who may import whom. A new edge is an argument to have, so it starts with a line here.

use super::Finding;
use super::metadata::Member;

struct Rule {
    name: &'static str,
    /// Packages of ours that it may name.
    ours: &'static [&'static str],
    /// Packages of the world, with all whose names begin so, that it may never name.
    never: &'static [&'static str],
}

const RULES: [Rule; 10] = [
    Rule {
        name: "exchange",
        ours: &[],
        never: &[
            "async", "axum", "futures", "leptos", "rand", "reqwest", "sqlx", "tokio", "tracing",
        ],
    },
    Rule {
        name: "desk",
        ours: &["exchange"],
        never: &["axum", "leptos", "sqlx", "tokio"],
    },
    Rule {
        name: "twiml",
        ours: &[],
        never: &["async", "axum", "futures", "reqwest", "tokio"],
    },
    Rule {
        name: "twilio",
        ours: &[],
        never: &["axum", "leptos", "sqlx"],
    },
    Rule {
        name: "store",
        ours: &["desk", "exchange"],
        never: &["axum", "leptos"],
    },
    Rule {
        name: "carrier",
        ours: &["twilio", "twiml"],
        never: &["leptos", "sqlx"],
    },
    Rule {
        name: "app",
        ours: &["desk"],
        never: &[
            "axum",
            "leptos_axum",
            "reqwest",
            "sqlx",
            "tokio",
            "tower-sessions",
        ],
    },
    Rule {
        name: "frontend",
        ours: &["app"],
        never: &["axum", "sqlx", "tokio"],
    },
    Rule {
        name: "server",
        ours: &[
            "app", "carrier", "desk", "exchange", "store", "twilio", "twiml",
        ],
        never: &["openssl"],
    },
    Rule {
        name: "xtask",
        ours: &[],
        never: &["axum", "leptos", "tokio"],
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
        for dependency in &member.dependencies {
            let refused = if is_ours(dependency) {
                (!rule.ours.contains(&dependency.as_str())).then(|| {
                    format!(
                        "`{}` may not import our `{dependency}`; see ARCHITECTURE.md",
                        rule.name
                    )
                })
            } else {
                rule.never
                    .iter()
                    .find(|barred| begins_with(dependency, barred))
                    .map(|barred| {
                        format!(
                            "`{}` may never use `{barred}`, and names `{dependency}`",
                            rule.name
                        )
                    })
            };
            findings.extend(refused.map(|what| Finding::at(&manifest_of(rule.name), 0, what)));
        }
    }
    findings
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
    fn a_barred_package_and_its_family_are_found() {
        let members = [
            member("app", &["leptos", "axum-extra", "leptos_axum"]),
            member("exchange", &["tokio"]),
        ];

        assert_eq!(check(&members).len(), 3);
    }

    #[test]
    fn a_package_without_a_line_in_the_table_is_found() {
        assert_eq!(check(&[member("helpers", &[])]).len(), 1);
    }

    fn member(name: &str, dependencies: &[&str]) -> Member {
        Member {
            name: name.to_owned(),
            dependencies: dependencies.iter().map(|name| (*name).to_owned()).collect(),
        }
    }
}

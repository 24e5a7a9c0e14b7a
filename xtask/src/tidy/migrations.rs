//! Migrations: portable between the databases, and never edited once they are sealed.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Finding, Text, read, texts};
use crate::trouble::Trouble;

/// One line for each migration that may no longer change: its SHA-256 and its name.
const SEALED: &str = "migrations/SEALED";

/// Types that only one of the databases has, or that sqlx cannot carry through both.
const NOT_PORTABLE: [&str; 20] = [
    "autoincrement",
    "bigserial",
    "blob",
    "bool",
    "boolean",
    "bytea",
    "datetime",
    "integer",
    "int",
    "json",
    "jsonb",
    "numeric",
    "real",
    "serial",
    "smallint",
    "smallserial",
    "timestamp",
    "timestamptz",
    "uuid",
    "varchar",
];

pub(super) fn check(root: &Path) -> Result<Vec<Finding>, Trouble> {
    let migrations = migrations(root)?;
    let mut findings: Vec<Finding> = migrations.iter().flat_map(portability).collect();
    findings.extend(sealing(&migrations, &sealed(root)));
    Ok(findings)
}

/// Adds what is not sealed yet; a sealed line is never rewritten.
pub(super) fn seal(root: &Path) -> Result<(), Trouble> {
    let mut sealed = sealed(root);
    for migration in migrations(root)? {
        if !sealed.lines().any(|line| name_of(line) == name(&migration)) {
            sealed.push_str(&format!(
                "{}  {}\n",
                checksum(&migration.content),
                name(&migration)
            ));
        }
    }
    fs::write(root.join(SEALED), sealed)
        .map_err(|error| Trouble::failed(format!("{SEALED}: {error}")))
}

fn portability(migration: &Text) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in migration.content.lines().enumerate() {
        let statement = line.split("--").next().unwrap_or_default().to_lowercase();
        let unquoted: String = statement.split('\'').step_by(2).collect();
        let mut words = unquoted.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        if let Some(word) = words.find(|word| NOT_PORTABLE.contains(word)) {
            let what = format!("`{word}` is not portable: use `text` or `bigint`");
            findings.push(Finding::at(&migration.path, number + 1, what));
        }
    }
    findings
}

fn sealing(migrations: &[Text], sealed: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for migration in migrations {
        let line = sealed.lines().find(|line| name_of(line) == name(migration));
        match line {
            None => findings.push(Finding::at(
                &migration.path,
                0,
                "not sealed: when it is final, run `cargo xtask tidy --seal` and commit migrations/SEALED",
            )),
            Some(line) if !line.starts_with(&checksum(&migration.content)) => findings.push(
                Finding::at(&migration.path, 0, "edited after it was sealed: restore it and add another"),
            ),
            Some(_) => {}
        }
    }
    for (number, line) in sealed.lines().enumerate() {
        if !migrations
            .iter()
            .any(|migration| name(migration) == name_of(line))
        {
            let what = format!(
                "`{}` is gone: a migration is never removed or renamed",
                name_of(line)
            );
            findings.push(Finding::at(SEALED, number + 1, what));
        }
    }
    findings
}

fn migrations(root: &Path) -> Result<Vec<Text>, Trouble> {
    Ok(texts(root, "sql")?
        .into_iter()
        .filter(|file| file.path.starts_with("migrations/"))
        .collect())
}

fn sealed(root: &Path) -> String {
    read(root, SEALED)
        .map(|text| text.content)
        .unwrap_or_default()
}

fn name(migration: &Text) -> &str {
    migration.path.trim_start_matches("migrations/")
}

fn name_of(line: &str) -> &str {
    line.split_whitespace().nth(1).unwrap_or_default()
}

fn checksum(content: &str) -> String {
    format!("{:x}", Sha256::digest(content.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_bigint_are_portable_whatever_comments_and_texts_say() {
        let sql = "create table lines ( -- boolean would not do\n    id text primary key,\n    \
                   opened_at bigint not null,\n    kind text check (kind in ('json', 'uuid'))\n);\n";

        assert_eq!(portability(&migration("0001_lines.sql", sql)), []);
    }

    #[test]
    fn a_type_of_one_database_is_found_with_its_line() {
        let sql = "create table lines (\n    id SERIAL primary key,\n    open boolean\n);\n";

        let lines: Vec<usize> = portability(&migration("0001_lines.sql", sql))
            .iter()
            .map(|finding| finding.line)
            .collect();

        assert_eq!(lines, [2, 3]);
    }

    #[test]
    fn a_sealed_migration_may_not_change_and_may_not_go() {
        let first = migration("0001_lines.sql", "create table lines (id text);\n");
        let seal = format!("{}  0001_lines.sql\n", checksum(&first.content));
        let edited = migration("0001_lines.sql", "create table lines (id bigint);\n");

        assert_eq!(sealing(std::slice::from_ref(&first), &seal), []);
        assert_eq!(sealing(&[edited], &seal).len(), 1);
        assert_eq!(sealing(&[], &seal).len(), 1);
    }

    #[test]
    fn a_migration_that_is_not_sealed_is_found() {
        let first = migration("0001_lines.sql", "create table lines (id text);\n");

        assert_eq!(sealing(&[first], "").len(), 1);
    }

    fn migration(name: &str, content: &str) -> Text {
        Text {
            path: format!("migrations/{name}"),
            content: content.to_owned(),
        }
    }
}

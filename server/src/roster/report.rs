//! What a roster changed, field by field.

use std::collections::BTreeMap;
use std::fmt;

use exchange::{DirectoryId, Office, OfficeId};

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The directory.
    pub directory: DirectoryId,
    /// Whether the import made it.
    pub is_new: bool,
    /// What is different.
    pub changes: Changes,
    /// What a person should look at, in whole sentences.
    pub warnings: Vec<String>,
}

/// What is different between two rosters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Offices that were not there.
    pub added: Vec<Office>,
    /// Offices that stayed, with other particulars.
    pub changed: Vec<Changed>,
    /// Offices that are gone.
    pub removed: Vec<Office>,
    /// How many stayed as they were.
    pub unchanged: usize,
}

/// An office whose particulars changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The office as it is from here on.
    pub office: Office,
    /// What changed, in the order of our CSV's columns.
    pub fields: Vec<FieldChange>,
}

/// One particular of an office, before and after; empty means that there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The column's name in our CSV.
    pub field: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
}

impl Changes {
    /// Compares two rosters of one directory by the ids of the offices.
    #[must_use]
    pub fn between(before: &[Office], after: &[Office]) -> Self {
        let old: BTreeMap<&OfficeId, &Office> = before.iter().map(|o| (&o.id, o)).collect();
        let new: BTreeMap<&OfficeId, &Office> = after.iter().map(|o| (&o.id, o)).collect();
        let mut changes = Self::default();
        for office in after {
            let Some(was) = old.get(&office.id) else {
                changes.added.push(office.clone());
                continue;
            };
            let fields = differences(was, office);
            if fields.is_empty() {
                changes.unchanged += 1;
            } else {
                changes.changed.push(Changed {
                    office: office.clone(),
                    fields,
                });
            }
        }
        changes.removed = before
            .iter()
            .filter(|office| !new.contains_key(&office.id))
            .cloned()
            .collect();
        sort(&mut changes.added);
        sort(&mut changes.removed);
        changes
            .changed
            .sort_by(|a, b| order(&a.office).cmp(&order(&b.office)));
        changes
    }

    /// What was done with a file, as a sentence.
    #[must_use]
    pub fn sentence(&self, file: &str) -> String {
        let [added, changed, removed] = [self.added.len(), self.changed.len(), self.removed.len()];
        format!("Took {file}: {added} added, {changed} changed, {removed} removed.")
    }

    /// Whether the rosters are the same.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// Puts offices into the order they are written in: by region, position and id.
pub(super) fn sort(offices: &mut [Office]) {
    offices.sort_by(|a, b| order(a).cmp(&order(b)));
}

fn order(office: &Office) -> (&str, u16, &OfficeId) {
    let region = office.region.as_ref().map_or("", |code| code.as_str());
    (region, office.position, &office.id)
}

/// The particulars of an office under the names of our CSV's columns, the id apart.
pub(crate) fn particulars(office: &Office) -> Vec<(&str, String)> {
    let region = office
        .region
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut fields = vec![
        ("region", region),
        ("position", office.position.to_string()),
        ("name", office.name.clone()),
        ("title", office.title.clone()),
        ("phone", office.phone.to_string()),
    ];
    fields.extend(
        office
            .details
            .iter()
            .map(|(key, value)| (key.as_str(), value.clone())),
    );
    fields
}

pub(crate) fn differences(before: &Office, after: &Office) -> Vec<FieldChange> {
    let (old, new) = (particulars(before), particulars(after));
    let value = |fields: &[(&str, String)], name: &str| {
        fields
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, v)| v.clone())
            .unwrap_or_default()
    };
    let mut names: Vec<&str> = new.iter().map(|(name, _)| *name).collect();
    names.extend(
        old.iter()
            .map(|(name, _)| *name)
            .filter(|name| !after.details.contains_key(*name)),
    );
    let mut seen = std::collections::BTreeSet::new();
    names
        .into_iter()
        .filter(|name| seen.insert(*name))
        .map(|name| FieldChange {
            field: name.to_owned(),
            before: value(&old, name),
            after: value(&new, name),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let changes = &self.changes;
        let total = changes.added.len() + changes.changed.len() + changes.unchanged;
        if self.is_new {
            writeln!(
                f,
                "The directory {} is new; no line uses it yet.",
                self.directory
            )?;
        }
        if changes.is_empty() {
            writeln!(
                f,
                "{}: {total} offices, all of them as before.",
                self.directory
            )?;
        } else {
            let (added, changed, removed) = (
                changes.added.len(),
                changes.changed.len(),
                changes.removed.len(),
            );
            let unchanged = changes.unchanged;
            writeln!(
                f,
                "{}: {total} offices: {added} added, {changed} changed, {removed} removed, {unchanged} as before.",
                self.directory
            )?;
        }
        for office in &changes.added {
            writeln!(
                f,
                "  added    {}, {}",
                label(office),
                office.phone.formatted()
            )?;
        }
        for Changed { office, fields } in &changes.changed {
            writeln!(f, "  changed  {}", label(office))?;
            for FieldChange {
                field,
                before,
                after,
            } in fields
            {
                writeln!(
                    f,
                    "             {field}: {} -> {}",
                    shown(before),
                    shown(after)
                )?;
            }
        }
        for office in &changes.removed {
            writeln!(
                f,
                "  removed  {}, {}",
                label(office),
                office.phone.formatted()
            )?;
        }
        for warning in &self.warnings {
            writeln!(f, "  look at  {warning}")?;
        }
        Ok(())
    }
}

fn label(office: &Office) -> String {
    let region = office
        .region
        .as_ref()
        .map(|code| format!("{code} "))
        .unwrap_or_default();
    format!(
        "{region}{} {} ({})",
        office.position, office.name, office.id
    )
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "(none)" } else { value }
}

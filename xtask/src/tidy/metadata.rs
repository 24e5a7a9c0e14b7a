//! What cargo knows about our packages and the world's.

use serde_json::Value;

use crate::program::{cargo, output};
use crate::site::WASM;
use crate::trouble::Trouble;

/// A package of this workspace and what it names as dependencies, of every kind.
pub(super) struct Member {
    pub(super) name: String,
    pub(super) dependencies: Vec<String>,
    pub(super) for_tests: Vec<String>,
}

/// A package of the world's that some build of ours contains.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) licence: Option<String>,
    pub(super) source: String,
}

pub(super) fn members() -> Result<Vec<Member>, Trouble> {
    let metadata = ask(&["--no-deps"])?;
    Ok(packages(&metadata)
        .map(|package| {
            let (for_tests, dependencies): (Vec<_>, Vec<_>) =
                array(&package["dependencies"]).partition(|edge| edge["kind"] == "dev");
            let names = |edges: Vec<&Value>| edges.iter().map(|edge| text(&edge["name"])).collect();
            Member {
                name: text(&package["name"]),
                dependencies: names(dependencies),
                for_tests: names(for_tests),
            }
        })
        .collect())
}

/// Limited to this machine and the browser: another platform's packages may not be downloaded.
pub(super) fn outside() -> Result<Vec<Package>, Trouble> {
    let host = host()?;
    let metadata = ask(&["--filter-platform", &host, "--filter-platform", WASM])?;
    Ok(packages(&metadata)
        .filter_map(|package| {
            Some(Package {
                name: text(&package["name"]),
                version: text(&package["version"]),
                licence: package["license"].as_str().map(str::to_owned),
                source: package["source"].as_str()?.to_owned(),
            })
        })
        .collect())
}

fn ask(further: &[&str]) -> Result<Value, Trouble> {
    let text = output(cargo(&["metadata", "--format-version", "1"]).args(further))?;
    serde_json::from_str(&text).map_err(|error| Trouble::failed(format!("cargo metadata: {error}")))
}

fn host() -> Result<String, Trouble> {
    let about = output(std::process::Command::new("rustc").arg("-vV"))?;
    about
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| Trouble::failed("`rustc -vV` names no host"))
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    array(&metadata["packages"])
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

//! Builds the browser's half into target/site, without cargo-leptos.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{self, cargo, repository, run};
use crate::steps::Steps;
use crate::trouble::Trouble;

mod bundle;
mod first_load;
mod freshness;
mod glue;
mod names;
mod press;
mod sounds;
mod split;
mod voice_sdk;

pub(crate) const WASM: &str = "wasm32-unknown-unknown";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Small and slow to build, as the release binary carries it
    #[arg(long)]
    release: bool,
}

/// How much work goes into a smaller download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    Quick,
    Small,
}

impl Size {
    pub(crate) fn of(release: bool) -> Self {
        if release { Self::Small } else { Self::Quick }
    }

    fn profile(self) -> &'static str {
        match self {
            Self::Quick => "dev",
            Self::Small => "wasm-release",
        }
    }

    /// The folder in which cargo puts what this profile makes.
    fn folder(self) -> &'static str {
        match self {
            Self::Quick => "debug",
            Self::Small => "wasm-release",
        }
    }
}

pub(crate) fn site(arguments: &Arguments) -> Result<(), Trouble> {
    let mut steps = Steps::of(STEPS);
    build(&mut steps, Size::of(arguments.release))
}

/// How many steps `build` takes.
pub(crate) const STEPS: usize = 3;

/// Compiles `frontend` for the browser and bundles it with style/, public/, sounds and Twilio's SDK.
pub(crate) fn build(steps: &mut Steps, size: Size) -> Result<(), Trouble> {
    steps.step("Fetch the Voice SDK", || voice_sdk::fetch(&voice_sdk()))?;
    steps.step("Compile the pages for the browser", || compile(size))?;
    steps.step("Bundle and compress the site", || bundle(size))
}

/// Where the finished site lies.
pub(crate) fn folder() -> PathBuf {
    repository().join("target/site")
}

/// The folder whose lock file pins the Voice SDK.
fn voice_sdk() -> PathBuf {
    repository().join("xtask/voice-sdk")
}

/// Adds the browser's target to the toolchain where it is not there yet.
pub(crate) fn ensure_target() -> Result<(), Trouble> {
    let libraries = program::output(Command::new("rustc").current_dir(repository()).args([
        "--print",
        "target-libdir",
        "--target",
        WASM,
    ]))?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    run(Command::new("rustup")
        .current_dir(repository())
        .args(["target", "add", WASM]))
    .map_err(|trouble| {
        Trouble::missing(format!(
            "Rust's {WASM} target: add it with rustup ({trouble})"
        ))
    })
}

/// What is cut into pieces afterwards has to keep its names and relocations.
fn compile(size: Size) -> Result<(), Trouble> {
    ensure_target()?;
    run(&mut cargo(&[
        "rustc",
        "-p",
        "frontend",
        "--lib",
        "--target",
        WASM,
        "--profile",
        size.profile(),
        "--",
        "-C",
        "link-args=--emit-relocs",
        "-C",
        "strip=none",
    ]))
}

fn bundle(size: Size) -> Result<(), Trouble> {
    let sources = bundle::Sources {
        wasm: repository()
            .join("target")
            .join(WASM)
            .join(size.folder())
            .join("frontend.wasm"),
        style: repository().join("style"),
        public: repository().join("public"),
        voice_sdk: voice_sdk(),
    };
    let stamp = repository().join("target/site.stamp");
    let seen = freshness::describe(&sources, size)?;
    if freshness::is_current(&stamp, &seen, &folder()) {
        println!("    nothing changed since the last bundle");
        return Ok(());
    }
    let finished = bundle::make(&sources, size, &folder())?;
    freshness::record(&stamp, &seen)?;
    for file in &finished {
        println!("    {file}");
    }
    Ok(())
}

//! Other people's programs: finding them, installing them where we may, and running them in the repository.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::trouble::Trouble;

/// The folder of the workspace.
pub(crate) fn repository() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask
        .parent()
        .expect("xtask lies in the workspace")
        .to_path_buf()
}

/// Cargo in the repository, with its results in the one folder where the others look for them.
///
/// `cargo run` describes xtask in the environment. Passed on to an inner cargo, these variables
/// would make build scripts that watch them run again each time the caller changes.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(repository());
    command.env("CARGO_TARGET_DIR", repository().join("target"));
    for (name, _) in env::vars_os() {
        if describes_xtask(&name) {
            command.env_remove(name);
        }
    }
    if is_ci() {
        // Built once, from nothing: what a second build would go faster by is gigabytes for nobody.
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// Whether nobody is watching: `CI` is set, as services that run tests do.
pub(crate) fn is_ci() -> bool {
    env::var("CI").is_ok_and(|value| matches!(value.as_str(), "true" | "1"))
}

/// Takes the settings of a running Switchboard away from tests, which bring their own.
pub(crate) fn without_settings(mut command: Command) -> Command {
    for (name, _) in env::vars_os() {
        if is_setting(&name) {
            command.env_remove(name);
        }
    }
    command
}

/// Shows the command, runs it with our terminal, and fails when it does.
pub(crate) fn run(command: &mut Command) -> Result<(), Trouble> {
    let shown = shown(command);
    println!("    $ {shown}");
    let status = command
        .status()
        .map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Trouble::failed(format!("`{shown}`, {status}")))
    }
}

/// Runs the command and hands back what it printed.
pub(crate) fn output(command: &mut Command) -> Result<String, Trouble> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| not_started(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Trouble::failed(format!(
        "`{}`, {}\n{}",
        shown(command),
        output.status,
        said.trim_end()
    )))
}

/// Looks for a program by name on the PATH, then in further folders.
pub(crate) fn find(name: &str, further: &[PathBuf]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(further.iter().cloned())
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
}

/// Whether we are root, who may install packages and whom PostgreSQL refuses.
pub(crate) fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Installs a Debian package when we may; says whether there was a way to.
pub(crate) fn apt_install(package: &str) -> Result<(), Trouble> {
    if !is_root() || find("apt-get", &[]).is_none() {
        return Err(Trouble::missing(format!(
            "no way to install `{package}` from here"
        )));
    }
    run(Command::new("apt-get").args(["update", "-q"]))?;
    run(Command::new("apt-get")
        .args(["install", "-y", "-q", "--no-install-recommends", package])
        .env("DEBIAN_FRONTEND", "noninteractive")
        // What a package brings to serve is not to be started: its ports may be somebody's.
        .env("RUNLEVEL", "1"))
}

/// The command as somebody would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

fn not_started(command: &Command, error: &std::io::Error) -> Trouble {
    Trouble::missing(format!("`{}` does not start: {error}", shown(command)))
}

fn describes_xtask(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("CARGO_PKG_")
        || name.starts_with("CARGO_MANIFEST_")
        || matches!(
            name.as_ref(),
            "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE"
        )
}

fn is_setting(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("TWILIO_")
        || name.starts_with("SWITCHBOARD_")
        || name.starts_with("LEPTOS_")
        || matches!(
            name.as_ref(),
            "DATABASE_URL" | "PUBLIC_URL" | "LISTEN" | "LOG" | "LOG_FORMAT"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["build", "-p", "server"]);

        assert_eq!(shown(&command), "cargo build -p server");
    }

    #[test]
    fn a_program_that_nobody_has_is_not_found() {
        assert_eq!(
            find("no-such-program-anywhere", &[PathBuf::from("/")]),
            None
        );
    }

    #[test]
    fn settings_of_a_running_server_are_told_from_the_rest() {
        let cases = [
            ("TWILIO_AUTH_TOKEN", true),
            ("DATABASE_URL", true),
            ("PATH", false),
            ("LOGNAME", false),
        ];

        for (name, expected) in cases {
            assert_eq!(is_setting(OsStr::new(name)), expected, "{name}");
        }
    }
}

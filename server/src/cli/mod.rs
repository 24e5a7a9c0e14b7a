//! The command line of `switchboard`.

mod claim;
mod doctor;
mod numbers;
mod people;
mod roster;
mod serve;
mod trouble;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use desk::Role;
use exchange::DirectoryId;
use store::Store;

pub use trouble::Trouble;

use crate::config::Config;

/// A call desk for telephone numbers: forwards callers, answers phone trees, explains every call.
///
/// Settings come from the environment; README.md has the table. Without any, `switchboard serve` runs a
/// demonstration on http://127.0.0.1:8080.
#[derive(Debug, Parser)]
#[command(name = "switchboard", version)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer calls and show the pages, until stopped
    Serve,
    /// The people who may sign in
    #[command(subcommand)]
    User(People),
    /// Replace the offices of a directory by those of a file: our CSV, or the public legislators file as YAML or JSON
    Import {
        /// Which directory: senators, delegates, planets, …
        #[arg(value_parser = directory)]
        directory: DirectoryId,
        /// The file to read
        file: PathBuf,
    },
    /// Write the offices of a directory as CSV
    Export {
        /// Which directory: senators, delegates, planets, …
        #[arg(value_parser = directory)]
        directory: DirectoryId,
        /// The file to write, instead of standard output
        file: Option<PathBuf>,
    },
    /// The account's telephone numbers: where they point, and pointing them at lines
    #[command(subcommand)]
    Numbers(numbers::Numbers),
    /// Check the configuration, the account and everything around it, and say what to do about each
    Doctor {
        /// Write the checks as JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
enum People {
    /// Add somebody, asking for their password
    Add {
        /// What they sign in with: letters, digits, underscores
        user_name: String,
        /// What others call them
        #[arg(long, default_value = "")]
        name: String,
        /// agent, supervisor or admin
        #[arg(long, default_value = "agent")]
        role: Role,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give somebody another password and end their sessions
    Passwd {
        /// What they sign in with
        user_name: String,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give somebody another role
    Role {
        /// What they sign in with
        user_name: String,
        /// agent, supervisor or admin
        role: Role,
    },
    /// Invite somebody: print a link by which they choose a user name and a password
    Invite {
        /// What others call them
        #[arg(long, default_value = "")]
        name: String,
        /// agent, supervisor or admin
        #[arg(long, default_value = "agent")]
        role: Role,
    },
    /// Stop somebody's password: print a link by which they choose another
    Reset {
        /// What they sign in with
        user_name: String,
    },
    /// Let somebody in no longer
    Deactivate {
        /// What they sign in with
        user_name: String,
    },
    /// Let somebody in again who was deactivated
    Reactivate {
        /// What they sign in with
        user_name: String,
    },
    /// List everybody
    List,
}

/// Does what the command line says.
///
/// # Errors
/// What could not be done, as one line that says what to do.
pub async fn run(arguments: Arguments) -> Result<(), Trouble> {
    match arguments.command {
        Command::Serve => serve::serve(Config::from_env()?).await,
        Command::User(command) => people::run(command, &Config::from_env()?).await,
        Command::Import { directory, file } => {
            roster::import(&Config::from_env()?, &directory, &file).await
        }
        Command::Export { directory, file } => {
            roster::export(&Config::from_env()?, &directory, file.as_deref()).await
        }
        Command::Numbers(command) => numbers::run(command, Config::from_env()?).await,
        Command::Doctor { json } => doctor::run(Config::from_env(), json).await,
    }
}

/// The database that the configuration names, its tables brought up to date.
async fn open(config: &Config) -> Result<Store, Trouble> {
    let failed = |error| {
        Trouble::caused(
            "DATABASE_URL names a database that cannot be used",
            "check the address, its rights, and that its server runs",
            &error,
        )
    };
    let store = Store::open(config.database.url()).await.map_err(failed)?;
    store.migrate().await.map_err(failed)?;
    Ok(store)
}

/// The database that the configuration names, where it is there already. A command that is run in another folder than the
/// server's must not do its work on a new and empty one.
async fn open_kept(config: &Config) -> Result<Store, Trouble> {
    let file = config.database.file();
    if let Some(file) = file.filter(|file| !file.exists()) {
        let here = std::env::current_dir().unwrap_or_default();
        return Err(Trouble::new(format!(
            "DATABASE_URL is {} and there is no such file, seen from {}; run this in the server's folder and with its environment, or start `switchboard serve` once, which makes it ({})",
            config.database.without_password(),
            here.display(),
            here.join(file).display()
        )));
    }
    open(config).await
}

fn directory(text: &str) -> Result<DirectoryId, String> {
    DirectoryId::parse(text)
        .map_err(|_| "a directory's name has lower-case letters, digits and hyphens".to_owned())
}

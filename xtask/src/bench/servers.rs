//! The servers that are measured, each with a database of its own.

use std::cell::Cell;
use std::path::PathBuf;
use std::process::Command;

use super::case::{Engine, OLD_CALL, Program};
use super::load::Clients;
use super::process::{Place, Process};
use super::request::{ACCOUNT, Mint, TOKEN};
use crate::program::{self, cargo, repository, run};
use crate::trouble::Trouble;
use crate::{build, postgres};

/// Old calls are brought in portions of this many.
const PORTION: usize = 4000;

/// Builds what is measured, as it is released.
pub(super) fn build() -> Result<(), Trouble> {
    run(&mut cargo(&[
        "build",
        "--release",
        "-p",
        "server",
        "--bin",
        "switchboard",
        "--example",
        "bare",
    ]))
}

fn bare() -> PathBuf {
    repository().join("target/release/examples/bare")
}

/// A server, and what sends it webhooks.
pub(super) struct Running {
    // Declared before its database, and so ended before it.
    pub(super) process: Process,
    pub(super) mint: Mint,
    database: Database,
}

enum Database {
    None,
    /// In the folder of its server.
    File {
        url: String,
    },
    Postgres(PostgresDatabase),
}

impl Running {
    /// Starts what a case measures; the database is new.
    pub(super) fn start(program: Program, postgres: Option<&Postgres>) -> Result<Self, Trouble> {
        let place = Place::new()?;
        let file = format!("sqlite://{}/switchboard.db", place.folder.display());
        let (database, log) = match program {
            Program::Bare => {
                let port = place.port;
                let process = Process::start(place, &bare(), &[port.to_string()], &[])?;
                return Ok(Self {
                    process,
                    mint: Mint::of(port),
                    database: Database::None,
                });
            }
            Program::Reading { log } => (Database::File { url: file }, log),
            Program::Writing { database, .. } => {
                let database = match (database, postgres) {
                    (Engine::Sqlite, _) => Database::File { url: file },
                    (Engine::Postgres, Some(postgres)) => Database::Postgres(postgres.database()?),
                    (Engine::Postgres, None) => {
                        return Err(Trouble::missing("a case without its PostgreSQL"));
                    }
                };
                (database, "warn")
            }
        };
        Self::serve(place, database, log)
    }

    /// Starts another server on the database of this one.
    pub(super) fn start_beside(&self) -> Result<Process, Trouble> {
        let url = self.database.url().to_owned();
        let other = Self::serve(Place::new()?, Database::File { url }, "warn")?;
        Ok(other.process)
    }

    fn serve(place: Place, database: Database, log: &str) -> Result<Self, Trouble> {
        let port = place.port;
        let settings = [
            ("TWILIO_ACCOUNT_SID", ACCOUNT.to_owned()),
            ("TWILIO_AUTH_TOKEN", TOKEN.to_owned()),
            // Nobody listens on the discard port: what the server asks the carrier stays here.
            ("TWILIO_API_BASE", "http://127.0.0.1:9".to_owned()),
            ("LISTEN", format!("127.0.0.1:{port}")),
            ("PUBLIC_URL", format!("http://127.0.0.1:{port}")),
            ("DATABASE_URL", database.url().to_owned()),
            ("LOG", log.to_owned()),
        ];
        let process = Process::start(place, &build::binary(), &["serve".to_owned()], &settings)?;
        Ok(Self {
            process,
            mint: Mint::of(port),
            database,
        })
    }

    /// Has `count` calls begin and end.
    pub(super) fn fill(&mut self, count: usize, connections: usize) -> Result<(), Trouble> {
        let [(begin, begun), (end, ended)] = OLD_CALL;
        let mut clients = Clients::connect(self.process.port, connections)?;
        let mut left = count;
        while left > 0 {
            let portion = left.min(PORTION);
            let requests = self.mint.next_calls(begin, portion);
            clients.send(&requests, portion, begun)?;
            let requests = self.mint.same_calls(end, portion);
            clients.send(&requests, portion, ended)?;
            left -= portion;
        }
        Ok(())
    }
}

impl Database {
    fn url(&self) -> &str {
        match self {
            Self::None => "",
            Self::File { url } => url,
            Self::Postgres(database) => &database.url,
        }
    }
}

/// A throw-away PostgreSQL with databases in it.
pub(super) struct Postgres {
    psql: PathBuf,
    server: postgres::Server,
    databases: Cell<u32>,
}

impl Postgres {
    pub(super) fn start() -> Result<Self, Trouble> {
        let psql = program::find("psql", &[])
            .ok_or_else(|| Trouble::missing("`psql`, PostgreSQL's client: put it on the PATH"))?;
        Ok(Self {
            psql,
            server: postgres::Server::start()?,
            databases: Cell::new(0),
        })
    }

    fn database(&self) -> Result<PostgresDatabase, Trouble> {
        let number = self.databases.get() + 1;
        self.databases.set(number);
        let admin = self.server.url();
        let name = format!("bench_{number}");
        let url = admin
            .rsplit_once('/')
            .map(|(server, _)| format!("{server}/{name}"))
            .ok_or_else(|| Trouble::failed("PostgreSQL's address names no database"))?;
        let database = PostgresDatabase {
            psql: self.psql.clone(),
            admin,
            name,
            url,
        };
        database.ask("create database")?;
        Ok(database)
    }
}

struct PostgresDatabase {
    psql: PathBuf,
    admin: String,
    name: String,
    url: String,
}

impl PostgresDatabase {
    fn ask(&self, what: &str) -> Result<(), Trouble> {
        let statement = format!("{what} {}", self.name);
        program::output(
            Command::new(&self.psql)
                .args([
                    "--no-psqlrc",
                    "--quiet",
                    "--command",
                    &statement,
                    "--dbname",
                ])
                .arg(&self.admin),
        )
        .map(drop)
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        // Its server's connections may take a moment to end; whatever stays goes with PostgreSQL.
        if let Err(trouble) = self.ask("drop database if exists") {
            eprintln!("a database stays until the end: {trouble}");
        }
    }
}

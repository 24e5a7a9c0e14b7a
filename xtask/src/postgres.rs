//! A throw-away PostgreSQL for the tests: on loopback, without a password, gone when we are.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::program;
use crate::trouble::Trouble;

/// Where tests look for the server.
pub(crate) const VARIABLE: &str = "SWITCHBOARD_TEST_POSTGRES";

const PATIENCE: Duration = Duration::from_secs(60);

/// Keeps the server for as long as the shell's standard input stays open. However we end, the
/// pipe closes; the shell then stops the server and removes its folder.
const KEEPER: &str = r#"
trap '' INT TERM HUP
"$1" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c max_connections=200 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    >"$2/log" 2>&1 </dev/null &
server=$!
while read -r line; do :; done
kill -QUIT "$server"
wait "$server"
rm -rf "$2"
"#;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The command and its arguments
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<String>,
}

/// Runs a command beside a server that is there for it alone.
pub(crate) fn with(arguments: &Arguments) -> Result<(), Trouble> {
    let server = Server::start()?;
    let [name, rest @ ..] = arguments.command.as_slice() else {
        return Err(Trouble::failed("no command was given"));
    };
    program::run(Command::new(name).args(rest).env(VARIABLE, server.url()))
}

/// A running server; dropping it stops it and removes its folder.
pub(crate) struct Server {
    keeper: Child,
    port: u16,
}

impl Server {
    /// Finds or installs PostgreSQL and starts it in a folder of its own.
    pub(crate) fn start() -> Result<Self, Trouble> {
        let programs = Programs::find().or_else(|_| {
            program::apt_install("postgresql").map_err(|_| not_installed())?;
            Programs::find()
        })?;
        let folder =
            std::env::temp_dir().join(format!("switchboard-postgres-{}", std::process::id()));
        let owner = Owner::choose()?;
        fs::create_dir(&folder).map_err(|error| in_folder(&folder, &error))?;
        owner.give(&folder)?;
        program::output(
            owner
                .command(&programs.initdb, &folder)
                .args([
                    "--username=postgres",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync",
                ])
                .arg("-D")
                .arg(folder.join("data")),
        )
        .inspect_err(|_| drop(fs::remove_dir_all(&folder)))?;

        let port = free_port()?;
        let keeper = owner
            .command(Path::new("/bin/sh"), &folder)
            .args(["-c", KEEPER, "switchboard-postgres"])
            .arg(&programs.postgres)
            .arg(&folder)
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .spawn()
            .map_err(|error| Trouble::failed(format!("start PostgreSQL: {error}")))?;
        let server = Self { keeper, port };
        server.wait_until_ready(&folder)?;
        Ok(server)
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// The server writes its state into its pid file: the last line is `ready` once it answers.
    fn wait_until_ready(&self, folder: &Path) -> Result<(), Trouble> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let state = fs::read_to_string(folder.join("data/postmaster.pid")).unwrap_or_default();
            if state
                .lines()
                .nth(7)
                .is_some_and(|line| line.trim() == "ready")
            {
                return Ok(());
            }
            let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
            if log.contains("FATAL") {
                return Err(Trouble::failed(format!("PostgreSQL did not start:\n{log}")));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err(Trouble::failed(format!(
            "PostgreSQL was not ready after {} s",
            PATIENCE.as_secs()
        )))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("PostgreSQL was told to stop, but its end was not seen: {error}");
        }
    }
}

struct Programs {
    initdb: PathBuf,
    postgres: PathBuf,
}

impl Programs {
    fn find() -> Result<Self, Trouble> {
        let folders = usual_folders();
        let find = |name| program::find(name, &folders).ok_or_else(not_installed);
        Ok(Self {
            initdb: find("initdb")?,
            postgres: find("postgres")?,
        })
    }
}

fn not_installed() -> Trouble {
    Trouble::missing("PostgreSQL (initdb, postgres): install `postgresql` with apt, dnf or brew")
}

/// Where packages put the server's programs beside the PATH, the newest version first.
fn usual_folders() -> Vec<PathBuf> {
    let parents = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];
    let mut folders: Vec<PathBuf> = parents
        .iter()
        .filter_map(|parent| fs::read_dir(parent).ok())
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").is_file())
        .collect();
    folders.sort();
    folders.reverse();
    folders.push(PathBuf::from("/usr/pgsql/bin"));
    folders
}

/// Who the server runs as. It refuses root, so root lends it to a user with fewer rights.
enum Owner {
    Us,
    Other { user: u32, group: u32 },
}

impl Owner {
    fn choose() -> Result<Self, Trouble> {
        if !program::is_root() {
            return Ok(Self::Us);
        }
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| {
                Some(Self::Other {
                    user: number("-u", name)?,
                    group: number("-g", name)?,
                })
            })
            .ok_or_else(|| {
                Trouble::missing(
                    "PostgreSQL refuses root, and there is no user `postgres` or `nobody`",
                )
            })
    }

    fn give(&self, folder: &Path) -> Result<(), Trouble> {
        match *self {
            Self::Us => Ok(()),
            Self::Other { user, group } => {
                chown(folder, Some(user), Some(group)).map_err(|error| in_folder(folder, &error))
            }
        }
    }

    /// A command in the server's folder, as its owner, speaking plain English.
    fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder).env("LC_ALL", "C");
        match *self {
            Self::Us => {}
            Self::Other { user, group } => {
                command.uid(user).gid(group);
            }
        }
        command
    }
}

fn number(which: &str, user: &str) -> Option<u32> {
    program::output(Command::new("id").args([which, user]))
        .ok()?
        .trim()
        .parse()
        .ok()
}

fn free_port() -> Result<u16, Trouble> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| Trouble::failed(format!("find a free port: {error}")))
}

fn in_folder(folder: &Path, error: &std::io::Error) -> Trouble {
    Trouble::failed(format!("{}: {error}", folder.display()))
}

//! The program as an operator starts it, which can be killed and started again.

use std::fs::File;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// Names another binary to try instead of the one that the tests were built with: the release.
const BINARY: &str = "SWITCHBOARD_BIN";

/// `switchboard serve` at an address of its own.
pub(crate) struct Program {
    pub(crate) address: SocketAddr,
    vars: Vec<(&'static str, String)>,
    log: PathBuf,
    child: Option<Child>,
}

impl Program {
    /// Chooses where it will listen. What it logs goes to a file.
    pub(crate) fn new(log: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        Self {
            address: listener.local_addr().expect("an address"),
            vars: Vec::new(),
            log,
            child: None,
        }
    }

    pub(crate) fn set(&mut self, vars: Vec<(&'static str, String)>) {
        self.vars = vars;
    }

    /// Starts it, and does not wait until it answers.
    pub(crate) fn start(&mut self) {
        #[expect(
            clippy::disallowed_methods,
            reason = "which binary is tried is no setting of the server"
        )]
        let named = std::env::var(BINARY).ok();
        let binary = named.unwrap_or_else(|| env!("CARGO_BIN_EXE_switchboard").to_owned());
        let log = File::options().create(true).append(true).open(&self.log);
        let log = log.expect("a log that can be written");
        let child = Command::new(binary)
            .arg("serve")
            .env_clear()
            .envs(
                self.vars
                    .iter()
                    .map(|(name, value)| (*name, value.as_str())),
            )
            .env("LISTEN", self.address.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        self.child = Some(child.expect("the program starts"));
    }

    /// Whether it listens.
    pub(crate) fn answers(&self) -> bool {
        TcpStream::connect(self.address).is_ok()
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
        }
    }

    /// Whether it runs.
    pub(crate) fn runs(&mut self) -> bool {
        let child = self.child.as_mut();
        child.is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// The end of what it logged.
    pub(crate) fn said(&self) -> String {
        let said = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = said.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

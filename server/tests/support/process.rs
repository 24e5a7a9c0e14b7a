//! The program itself, as an operator starts it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

/// Names another binary to try instead of the one that the tests were built with: the release.
const BINARY: &str = "SWITCHBOARD_BIN";

/// The binary that somebody names, if somebody does.
pub(crate) fn named_binary() -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "which binary is tried is no setting of the server"
    )]
    std::env::var(BINARY).ok()
}

/// The program with nothing in its environment but `vars`, in `folder`.
pub(crate) fn switchboard(folder: &Path, arguments: &[&str], vars: &[(&str, &str)]) -> Command {
    let binary = named_binary().unwrap_or_else(|| env!("CARGO_BIN_EXE_switchboard").to_owned());
    let mut command = Command::new(binary);
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(vars.iter().copied())
        .stdin(Stdio::null());
    command
}

/// Runs the program to its end.
pub(crate) fn run(folder: &Path, arguments: &[&str], vars: &[(&str, &str)]) -> Output {
    switchboard(folder, arguments, vars)
        .output()
        .expect("the program runs")
}

/// What it wrote to standard error.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A server that runs until it is told to stop.
pub(crate) struct Server {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// Host and port.
    pub(crate) address: String,
}

impl Server {
    /// Starts `switchboard serve` on a free port and waits until it answers.
    pub(crate) fn start(folder: &Path, vars: &[(&str, &str)]) -> Self {
        let vars: Vec<(&str, &str)> = [("LISTEN", "127.0.0.1:0")]
            .iter()
            .chain(vars)
            .copied()
            .collect();
        let mut command = switchboard(folder, &["serve"], &vars);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output is piped"));
        let mut line = String::new();
        stdout
            .read_line(&mut line)
            .expect("it says where it answers");
        let Some((_, address)) = line.trim().split_once("http://") else {
            let output = child.wait_with_output().expect("it ends");
            panic!("no address in {line:?}: {}", said(&output));
        };
        Self {
            address: address.to_owned(),
            child,
            stdout,
        }
    }

    /// The next line that it writes for the operator.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("it writes on");
        line.trim().to_owned()
    }

    /// The status and the whole answer to a request.
    pub(crate) fn asks(&self, request: &str, headers: &str, body: &str) -> (u16, String) {
        let mut stream = self.connects();
        let length = body.len();
        write!(stream, "{request} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}", self.address)
            .expect("the request is sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("the answer arrives");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .expect("a status");
        (status, answer)
    }

    pub(crate) fn gets(&self, path: &str) -> (u16, String) {
        self.asks(&format!("GET {path}"), "", "")
    }

    pub(crate) fn connects(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .expect("a limit");
        stream
    }

    /// Sends SIGTERM.
    pub(crate) fn tell_to_stop(&self) {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(told.success());
    }

    /// Tells it to stop and waits for its end.
    pub(crate) fn end_now(self) -> ExitStatus {
        self.tell_to_stop();
        self.end().0
    }

    /// Waits for its end: how it ended, and its log.
    pub(crate) fn end(self) -> (ExitStatus, String) {
        let output = self.child.wait_with_output().expect("it ends");
        let log = said(&output);
        (output.status, log)
    }
}

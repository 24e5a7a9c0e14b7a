//! A server as a process of its own, ended with us, and what Linux knows of its processor time and memory.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::program::{output, without_settings};
use crate::trouble::Trouble;

const PATIENCE: Duration = Duration::from_secs(60);

/// Keeps a program for as long as the shell's standard input stays open. However we end, the pipe
/// closes; the shell then stops the program and removes the folder.
const KEEPER: &str = r#"
trap '' INT TERM HUP
folder=$1
shift
"$@" >"$folder/log" 2>&1 </dev/null &
program=$!
echo "$program"
while read -r line; do :; done
kill -KILL "$program"
wait "$program" 2>/dev/null
rm -rf "$folder"
"#;

/// A running server; dropping it ends it and removes its folder.
pub(super) struct Process {
    keeper: Child,
    id: u32,
    folder: PathBuf,
    pub(super) port: u16,
    /// From the start until `/healthz` answered.
    pub(super) started_in: Duration,
}

/// A folder for a server's files, and a port that nobody has.
pub(super) struct Place {
    pub(super) folder: PathBuf,
    pub(super) port: u16,
}

impl Place {
    pub(super) fn new() -> Result<Self, Trouble> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("switchboard-bench-{}-{number}", std::process::id()));
        fs::create_dir(&folder)
            .map_err(|error| Trouble::failed(format!("{}: {error}", folder.display())))?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .map_err(|error| Trouble::failed(format!("find a free port: {error}")))?
            .port();
        Ok(Self { folder, port })
    }
}

impl Process {
    /// Starts a program that listens on the place's port, and waits until it answers.
    pub(super) fn start(
        place: Place,
        program: &Path,
        arguments: &[String],
        settings: &[(&str, String)],
    ) -> Result<Self, Trouble> {
        let began = Instant::now();
        let failed = |error: std::io::Error| {
            Trouble::failed(format!("start {}: {error}", program.display()))
        };
        let mut keeper = without_settings(Command::new("/bin/sh"))
            .args(["-c", KEEPER, "switchboard-bench"])
            .arg(&place.folder)
            .arg(program)
            .args(arguments)
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .current_dir(&place.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let mut first_line = String::new();
        if let Some(said) = keeper.stdout.take() {
            BufReader::new(said)
                .read_line(&mut first_line)
                .map_err(failed)?;
        }
        let mut process = Self {
            keeper,
            id: first_line.trim().parse().unwrap_or(0),
            folder: place.folder,
            port: place.port,
            started_in: Duration::ZERO,
        };
        while !is_healthy(place.port) {
            if began.elapsed() > PATIENCE || !Path::new("/proc").join(first_line.trim()).exists() {
                return Err(Trouble::failed(format!(
                    "{} did not start:\n{}",
                    program.display(),
                    process.log()
                )));
            }
            thread::sleep(Duration::from_millis(1));
        }
        process.started_in = began.elapsed();
        Ok(process)
    }

    /// What the program printed.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// Processor time used so far, its own and the kernel's on its behalf.
    pub(super) fn processor_time(&self) -> Option<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.id)).ok()?;
        let ticks = ticks(&stat)?;
        let per_second: u64 = output(Command::new("getconf").arg("CLK_TCK"))
            .ok()?
            .trim()
            .parse()
            .ok()?;
        Some(Duration::from_micros(ticks * 1_000_000 / per_second.max(1)))
    }

    /// Memory in use, in bytes.
    pub(super) fn memory(&self) -> Option<u64> {
        resident(&fs::read_to_string(format!("/proc/{}/status", self.id)).ok()?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("a server was told to stop, but its end was not seen: {error}");
        }
    }
}

fn is_healthy(port: u16) -> bool {
    let asked = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream
            .write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    asked().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200 "))
}

/// User and system time from `/proc/PID/stat`, counted behind the program's name, which may hold anything.
fn ticks(stat: &str) -> Option<u64> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

fn resident(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_found_behind_any_name() {
        let stat =
            "42 (a ) b) S 1 42 42 0 -1 4194304 100 0 0 0 1234 66 0 0 20 0 5 0 100 1000 200 18446";

        assert_eq!(ticks(stat), Some(1300));
    }

    #[test]
    fn memory_is_read_in_bytes() {
        let status = "Name:\tswitchboard\nVmPeak:\t  50000 kB\nVmRSS:\t   20000 kB\nThreads:\t5\n";

        assert_eq!(resident(status), Some(20_480_000));
    }
}

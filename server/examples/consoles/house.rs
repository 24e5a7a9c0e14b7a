//! The server that consoles connect to: a process of its own, with people who are signed in.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use desk::Role;
use exchange::{Agent, TeamId, UserName};
use server::clock::Clock;
use server::seeds;
use store::{AgentChange, NewPerson, Store, USER_NAME, Version};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower_sessions::Session;

const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
const TOKEN: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
/// The support line's number.
const SUPPORT: &str = "+12025550104";

/// A server with agents, for as long as it is held.
pub(crate) struct House {
    child: Child,
    /// A program whose output nobody holds ends when it says something.
    _said: Option<BufReader<ChildStdout>>,
    pub(crate) address: String,
    /// What each agent's browser sends to be known.
    pub(crate) cookies: Vec<String>,
    _folder: TempDir,
}

impl House {
    pub(crate) async fn open(
        program: &Path,
        agents: usize,
        clock: &Clock,
    ) -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let url = format!(
            "sqlite://{}",
            folder.path().join("switchboard.db").display()
        );
        let cookies = people(&url, agents, clock).await?;
        let mut child = Command::new(fs::canonicalize(program)?)
            .arg("serve")
            .current_dir(folder.path())
            .env_clear()
            .env("DATABASE_URL", &url)
            .env("LISTEN", "127.0.0.1:0")
            .env("TWILIO_ACCOUNT_SID", ACCOUNT)
            .env("TWILIO_AUTH_TOKEN", TOKEN)
            // Nobody listens on the discard port: what the server asks the carrier stays here.
            .env("TWILIO_API_BASE", "http://127.0.0.1:9")
            .env("LOG", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let mut said = child.stdout.take().map(BufReader::new);
        if let Some(said) = &mut said {
            said.read_line(&mut line)?;
        }
        let address = line.trim().split_once("http://").map(|(_, rest)| rest);
        let address = address.ok_or_else(|| format!("no address in {line:?}"))?;
        Ok(Self {
            address: address.to_owned(),
            child,
            _said: said,
            cookies,
            _folder: folder,
        })
    }

    /// Somebody calls the support line and waits.
    pub(crate) async fn calls(&self, number: usize) -> Result<(), Box<dyn Error>> {
        self.tells("/conference/connect/client", number, "in-progress")
            .await
    }

    /// They hang up.
    pub(crate) async fn hangs_up(&self, number: usize) -> Result<(), Box<dyn Error>> {
        let path = format!("/conference/{}/left", sid(number));
        self.tells(&path, number, "completed").await
    }

    async fn tells(&self, path: &str, number: usize, status: &str) -> Result<(), Box<dyn Error>> {
        let (sid, from) = (sid(number), format!("+1312555{:04}", number % 10_000));
        let form = [
            ("AccountSid", ACCOUNT),
            ("CallSid", sid.as_str()),
            ("From", from.as_str()),
            ("To", SUPPORT),
            ("CallStatus", status),
            ("FromState", "IL"),
            ("Direction", "inbound"),
            ("ApiVersion", "2010-04-01"),
        ];
        let url = format!("http://{}{path}", self.address);
        let signature = twilio::signature::sign(TOKEN, &url, form);
        let body = serde_urlencoded::to_string(form)?;
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n{}: {signature}\r\n\r\n{body}",
            body.len(),
            twilio::headers::SIGNATURE,
        );
        let mut stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        if answer.starts_with("HTTP/1.1 200 ") {
            Ok(())
        } else {
            Err(format!("{path}: {answer}").into())
        }
    }

    /// The memory of the server, in bytes.
    pub(crate) fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
        kilobytes.unwrap_or(0_u64) * 1024
    }
}

impl Drop for House {
    fn drop(&mut self) {
        // One that is over already needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The id of a call.
pub(crate) fn sid(number: usize) -> String {
    format!("CA{number:032x}")
}

/// Makes the database, with agents who are signed in; gives their cookies.
async fn people(url: &str, agents: usize, clock: &Clock) -> Result<Vec<String>, Box<dyn Error>> {
    let store = Store::open(url).await?;
    store.migrate().await?;
    store.seed(&seeds::rows()?).await?;
    let now = clock.now();
    let mut cookies = Vec::with_capacity(agents);
    for number in 0..agents {
        let user_name = format!("agent_{number}");
        let name = format!("Agent {number}");
        let person = NewPerson {
            user_name: user_name.clone(),
            name: name.clone(),
            role: Role::Agent,
            password_hash: "no password".to_owned(),
        };
        store.add_person(&person, now).await?;
        let team = TeamId::parse("support")?;
        let change = AgentChange {
            agent: Agent::new(UserName::parse(&user_name)?, name, vec![team], now),
            was: Version(0),
        };
        store.commit_agent(&change, None).await?;
        let session = Session::new(None, Arc::new(store.sessions()), None);
        session.insert(USER_NAME, &user_name).await?;
        session.insert("used_ms", now.0).await?;
        session.save().await?;
        let id = session.id().ok_or("a session without an id")?;
        cookies.push(format!("switchboard={id}"));
    }
    Ok(cookies)
}

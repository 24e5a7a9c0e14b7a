//! `switchboard doctor`: what is in order and what is not, one line each.

use std::path::Path;
use std::time::Duration;

use store::Store;

use super::Trouble;
use crate::chain::chain;
use crate::config::{Account, Carrier, Config, ConfigError, PhoneKey};
use crate::pages;
use crate::plans::Plans;

/// A database that has not answered by then counts as gone.
const PATIENCE: Duration = Duration::from_secs(10);

/// What one check found.
enum Finding {
    Fine(String),
    /// It works; somebody should know.
    Note(String),
    Wrong(String),
}

use Finding::{Fine, Note, Wrong};

pub(super) async fn run(config: Result<Config, ConfigError>) -> Result<(), Trouble> {
    let findings = match config {
        Ok(config) => {
            let mut findings = vec![
                Fine(format!("configuration: {config}")),
                addresses(&config),
                browsers(&config),
                bundle(),
            ];
            findings.extend(database(&config).await);
            findings
        }
        Err(error) => vec![Wrong(format!("configuration: {error}")), bundle()],
    };
    for finding in &findings {
        match finding {
            Fine(line) => println!("fine   {line}"),
            Note(line) => println!("note   {line}"),
            Wrong(line) => println!("WRONG  {line}"),
        }
    }
    match findings
        .iter()
        .filter(|finding| matches!(finding, Wrong(_)))
        .count()
    {
        0 => Ok(()),
        1 => Err(Trouble::new("one thing is wrong")),
        wrong => Err(Trouble::new(format!("{wrong} things are wrong"))),
    }
}

fn addresses(config: &Config) -> Finding {
    match &config.carrier {
        Carrier::Demonstration(_) => {
            Note("carrier: a demonstration; set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and PUBLIC_URL to answer real calls".to_owned())
        }
        Carrier::Twilio(_) if config.web.first_public().is_loopback() => {
            Wrong("PUBLIC_URL: Twilio cannot reach this machine's own address; set the address under which the world reaches it".to_owned())
        }
        Carrier::Twilio(_) if !config.web.first_public().is_https() => {
            Note("PUBLIC_URL: without https anybody on the way can read what callers press and who signs in; put a proxy with TLS in front".to_owned())
        }
        Carrier::Twilio(_) => Fine(format!("PUBLIC_URL: give Twilio {}", config.web.first_public().as_str())),
    }
}

/// Whether people can take calls and call out in their browser.
fn browsers(config: &Config) -> Finding {
    let application = format!(
        "a TwiML app whose voice URL is {0}/twilio/browser, whose fallback URL is {0}/twilio/fallback and whose status callback is {0}/twilio/call-status",
        config.web.first_public().as_str()
    );
    match &config.carrier {
        Carrier::Demonstration(_) => {
            Fine("phones: browsers have them, with the key of the demonstration".to_owned())
        }
        Carrier::Twilio(Account { phone_key: None, .. }) => {
            Note("phones: nobody can take calls in a browser; make an API key and set TWILIO_API_KEY and TWILIO_API_SECRET".to_owned())
        }
        Carrier::Twilio(Account {
            phone_key: Some(PhoneKey { application: None, .. }),
            ..
        }) => Note(format!(
            "phones: browsers are called and cannot call out; make {application}, and set TWILIO_TWIML_APP_SID"
        )),
        Carrier::Twilio(_) => Fine(format!("phones: browsers have them, if the SID is that of {application}")),
    }
}

fn bundle() -> Finding {
    match pages::files().len() {
        0 => Wrong("pages: style and script are not inside this program; build it with `cargo xtask build`".to_owned()),
        files => Fine(format!("pages: {files} files inside")),
    }
}

async fn database(config: &Config) -> Vec<Finding> {
    if let Some(file) = missing_file(config) {
        return vec![Note(format!(
            "database: {file} does not exist yet; `switchboard serve` makes it"
        ))];
    }
    let unreachable = |cause: String| {
        vec![Wrong(format!(
            "database: {cause}; check DATABASE_URL, its rights, and that its server runs"
        ))]
    };
    let store = match tokio::time::timeout(PATIENCE, Store::open(config.database.url())).await {
        Ok(Ok(store)) => store,
        Ok(Err(error)) => return unreachable(chain(&error)),
        Err(_) => return unreachable("it does not answer".to_owned()),
    };
    let findings = vec![
        tables(&store).await,
        plan(&store).await,
        admin(&store).await,
    ];
    store.close().await;
    findings
}

async fn tables(store: &Store) -> Finding {
    match store.ping().await {
        Ok(()) => Fine("database: it answers and has its tables".to_owned()),
        Err(error) => Wrong(format!(
            "database: {}; `switchboard serve` brings the tables up to date",
            chain(&error)
        )),
    }
}

async fn plan(store: &Store) -> Finding {
    match Plans::read(store).await {
        Ok(_) => Fine("plan: lines, directories and menus fit together".to_owned()),
        Err(problem) => Wrong(format!(
            "plan: {}; `switchboard serve` fills an empty database with the seeds",
            chain(&problem)
        )),
    }
}

async fn admin(store: &Store) -> Finding {
    match store.has_admin().await {
        Ok(true) => Fine("people: there is an admin".to_owned()),
        Ok(false) => Note(
            "people: there is no admin yet; `switchboard serve` prints a link that makes one"
                .to_owned(),
        ),
        Err(error) => Wrong(format!("people: {}", chain(&error))),
    }
}

/// The file of a SQLite database, when there is none: looking must not make it.
fn missing_file(config: &Config) -> Option<&str> {
    let path = config.database.url().strip_prefix("sqlite://")?;
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    (!Path::new(path).exists()).then_some(path)
}

//! Commands for a carrier that is serving, through its control API.

use carrier::face::faults::Fault;
use clap::Subcommand;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use super::with_causes;

/// What people at telephones do, the clock, and the faults.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Call a number of the account; prints the leg.
    Call {
        /// The number that calls, or a word such as anonymous.
        #[arg(long)]
        from: String,
        /// The number that is called.
        #[arg(long)]
        to: String,
        /// The caller's name.
        #[arg(long)]
        name: Option<String>,
        /// The caller's city.
        #[arg(long)]
        city: Option<String>,
        /// The caller's state.
        #[arg(long)]
        state: Option<String>,
        /// The caller's ZIP code.
        #[arg(long)]
        zip: Option<String>,
        /// The caller's country, two letters.
        #[arg(long)]
        country: Option<String>,
    },
    /// Answer a ringing telephone.
    Answer {
        /// The leg, CA….
        leg: String,
    },
    /// Decline a ringing telephone.
    Decline {
        /// The leg, CA….
        leg: String,
    },
    /// Press keys.
    Press {
        /// The leg, CA….
        leg: String,
        /// The keys: 0 to 9, * and #.
        keys: String,
    },
    /// Say something.
    Speak {
        /// The leg, CA….
        leg: String,
        /// The words.
        text: String,
    },
    /// Hang up.
    HangUp {
        /// The leg, CA….
        leg: String,
    },
    /// Decide what a number outside does when it rings.
    Phone {
        /// The number.
        number: String,
        /// asks, answers, declines, busy, never_answers or fails.
        habit: String,
        /// For how many milliseconds it rings before it answers.
        #[arg(long)]
        after_ms: Option<u32>,
        /// After how many milliseconds of talking it hangs up.
        #[arg(long)]
        hangs_up_after_ms: Option<u32>,
    },
    /// List the telephones that are or were in a call.
    Legs,
    /// List what happened, on one leg or on all.
    Log {
        /// The leg, CA….
        leg: Option<String>,
    },
    /// Move the manual clock on.
    Advance {
        /// By how many milliseconds.
        ms: u32,
    },
    /// Let something go wrong on its next occasions.
    Fault {
        /// What.
        #[arg(value_parser = Fault::ALL.map(Fault::word))]
        fault: String,
        /// How often.
        #[arg(default_value_t = 1)]
        times: u32,
    },
}

pub(super) async fn run(carrier: &str, command: Command) -> Result<(), String> {
    let (method, path, body) = request(command);
    // Where it is installed already, that one is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .build()
        .map_err(with_causes)?;
    let url = format!("{}/control/{path}", carrier.trim_end_matches('/'));
    let mut asked = client.request(method, url);
    if !body.is_null() {
        asked = asked.body(body.to_string());
    }
    let answer = asked.send().await.map_err(with_causes)?;
    let is_good = answer.status().is_success();
    let text = answer.text().await.map_err(with_causes)?;
    let said: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
    if is_good {
        print(&said);
        return Ok(());
    }
    let message = said["message"].as_str().unwrap_or("the carrier refused");
    Err(match said["field"].as_str() {
        Some(field) => format!("{field}: {message}"),
        None => message.to_owned(),
    })
}

fn request(command: Command) -> (Method, String, Value) {
    let post = |path: String, body: Value| (Method::POST, path, body);
    match command {
        Command::Call {
            from,
            to,
            name,
            city,
            state,
            zip,
            country,
        } => {
            let place = json!({"city": city, "state": state, "zip": zip, "country": country});
            let call = json!({"from": from, "to": to, "name": name, "place": place});
            post("calls".to_owned(), call)
        }
        Command::Answer { leg } => post(format!("legs/{leg}/answer"), Value::Null),
        Command::Decline { leg } => post(format!("legs/{leg}/decline"), Value::Null),
        Command::HangUp { leg } => post(format!("legs/{leg}/hang_up"), Value::Null),
        Command::Press { leg, keys } => post(format!("legs/{leg}/press"), json!({"keys": keys})),
        Command::Speak { leg, text } => post(format!("legs/{leg}/speak"), json!({"text": text})),
        Command::Phone {
            number,
            habit,
            after_ms,
            hangs_up_after_ms,
        } => {
            let mut body = json!({"habit": habit});
            for (name, ms) in [
                ("after_ms", after_ms),
                ("hangs_up_after_ms", hangs_up_after_ms),
            ] {
                if let Some(ms) = ms {
                    body[name] = json!(ms);
                }
            }
            (Method::PUT, format!("phones/{number}"), body)
        }
        Command::Legs => (Method::GET, "legs".to_owned(), Value::Null),
        Command::Log { leg: None } => (Method::GET, "log".to_owned(), Value::Null),
        Command::Log { leg: Some(leg) } => (Method::GET, format!("legs/{leg}"), Value::Null),
        Command::Advance { ms } => post("clock".to_owned(), json!({"advance_ms": ms})),
        Command::Fault { fault, times } => {
            post("faults".to_owned(), json!({"fault": fault, "times": times}))
        }
    }
}

/// Lists are printed line by line, so that other programs can take them apart.
fn print(said: &Value) {
    match said {
        Value::Null => {}
        Value::Array(lines) => lines.iter().for_each(|line| println!("{line}")),
        Value::Object(fields) => match fields.get("sid").and_then(Value::as_str) {
            Some(sid) => println!("{sid}"),
            None => println!("{said}"),
        },
        Value::Bool(_) | Value::Number(_) | Value::String(_) => println!("{said}"),
    }
}

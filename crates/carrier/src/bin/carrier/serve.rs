//! Serving: a carrier of one's own, as the command line wants it.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use carrier::engine::{Application, Number, Settings, Time};
use carrier::face::faults::Fault;
use carrier::face::{ApiKey, Carrier, ClockKind, Config, DEMONSTRATION_TOKEN};
use carrier::media::MediaKind;
use clap::{Args, ValueEnum};
use twilio::{AccountSid, ApplicationSid};

use super::with_causes;

/// Where a manual clock stands in the beginning: 2026-01-01 00:00 UTC.
const MANUAL_START: Time = Time(1_767_225_600_000);

/// How to serve.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Where to listen. Port 0 is a free one, which is printed.
    #[arg(long, default_value = "127.0.0.1:8010")]
    listen: SocketAddr,
    /// The account's SID.
    #[arg(long, default_value = "AC00000000000000000000000000000000")]
    account: String,
    /// The account's auth token, which signs webhooks.
    #[arg(long, default_value = DEMONSTRATION_TOKEN)]
    token: String,
    /// A further key for REST and for the tokens of browsers. May be repeated.
    #[arg(long, value_name = "SK…:SECRET", value_parser = read_key)]
    key: Vec<ApiKey>,
    /// A number of the account and the URL that answers it. May be repeated.
    #[arg(long, value_name = "NUMBER=URL", value_parser = read_number)]
    number: Vec<Number>,
    /// A file with numbers: a JSON list of objects with phone, voice_url, voice_method, voice_fallback_url,
    /// status_callback and so on.
    #[arg(long, value_name = "FILE")]
    numbers: Option<PathBuf>,
    /// An application of the account, through which browsers call, and the URL that answers it. May be repeated.
    #[arg(long, value_name = "AP…=URL", value_parser = read_application)]
    application: Vec<Application>,
    /// Whether browsers hear anything.
    #[arg(long, value_enum, default_value_t = MediaWord::Webrtc)]
    media: MediaWord,
    /// Where browsers reach this machine for sound: the address of --listen, unless that is every address.
    #[arg(long, value_name = "ADDRESS")]
    media_address: Option<IpAddr>,
    /// Which clock it goes by. A manual one is moved with POST /control/clock.
    #[arg(long, value_enum, default_value_t = ClockWord::Real)]
    clock: ClockWord,
    /// Decides every SID, and what goes wrong at random.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// What goes wrong at random, in so many of a thousand occasions. May be repeated.
    #[arg(long, value_name = "FAULT=PER_MILLE", value_parser = read_fault)]
    fault: Vec<(Fault, u16)>,
    /// How long one character takes to be said, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 60)]
    speech: u32,
    /// How many calls may be created by REST in a second; more wait in a queue.
    #[arg(long)]
    calls_per_second: Option<u32>,
    /// How many calls may be under way at once; more are refused.
    #[arg(long)]
    concurrent_calls: Option<u32>,
    /// How many calls, conferences and recordings that are over are kept, of each the latest.
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000)]
    keep: usize,
    /// How many REST requests may be under way at once; more are refused with 429.
    #[arg(long)]
    rest_concurrency: Option<usize>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ClockWord {
    Real,
    Manual,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum MediaWord {
    None,
    Webrtc,
}

pub(super) async fn run(options: Options) -> Result<(), String> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .init();
    let config = config(options)?;
    let Settings {
        account,
        numbers,
        applications,
        ..
    } = config.settings.clone();
    let wanted_to_end = wanted_to_end().map_err(with_causes)?;
    let carrier = Carrier::start(config).await.map_err(with_causes)?;
    println!("carrier: {} for {account}", carrier.base_url());
    for Number {
        phone, voice_url, ..
    } in numbers
    {
        let answered_by = voice_url.unwrap_or_else(|| "nobody".to_owned());
        println!("carrier: {phone} is answered by {answered_by}");
    }
    for Application { sid, voice_url, .. } in applications {
        let answered_by = voice_url.unwrap_or_else(|| "nobody".to_owned());
        println!("carrier: {sid} is answered by {answered_by}");
    }
    wanted_to_end.await;
    carrier.stop().await;
    Ok(())
}

/// Resolves when somebody at the terminal, or whoever started the program, wants it to end. It listens from the call on.
#[cfg(unix)]
fn wanted_to_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

#[cfg(windows)]
fn wanted_to_end() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupted = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupted.recv().await;
    })
}

fn config(options: Options) -> Result<Config, String> {
    let account = AccountSid::parse(&options.account).map_err(with_causes)?;
    let media = media(&options);
    let mut config = Config::new(account, options.token);
    config.listen = options.listen;
    config.api_keys.extend(options.key);
    if !config.listen.ip().is_loopback() && config.is_public() {
        return Err(format!(
            "--listen {} can be reached by others, and --token or a --key is the public one; give your own",
            config.listen
        ));
    }
    config.media = media?;
    config.seed = options.seed;
    config.clock = match options.clock {
        ClockWord::Real => ClockKind::Real,
        ClockWord::Manual => ClockKind::Manual {
            start: MANUAL_START,
        },
    };
    config.faults.per_mille = options.fault.into_iter().collect();
    config.rest_concurrency = options.rest_concurrency;
    config.settings.numbers = options.number;
    config.settings.applications = options.application;
    if let Some(path) = options.numbers {
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let numbers: Vec<Number> =
            serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        config.settings.numbers.extend(numbers);
    }
    config.settings.speech_ms_per_char = options.speech;
    config.settings.calls_per_second = options.calls_per_second;
    config.settings.concurrent_calls = options.concurrent_calls;
    config.settings.kept = options.keep;
    Ok(config)
}

fn media(options: &Options) -> Result<MediaKind, String> {
    match options.media {
        MediaWord::None => Ok(MediaKind::None),
        MediaWord::Webrtc => {
            let address = options.media_address.unwrap_or(options.listen.ip());
            if address.is_unspecified() {
                return Err(format!(
                    "--listen {} is every address, and browsers need one for sound; give a --media-address, or --media none",
                    options.listen
                ));
            }
            Ok(MediaKind::WebRtc { address })
        }
    }
}

fn read_key(text: &str) -> Result<ApiKey, String> {
    match text.split_once(':') {
        Some((sid, secret)) if sid.starts_with("SK") && !secret.is_empty() => Ok(ApiKey {
            sid: sid.to_owned(),
            secret: secret.to_owned(),
        }),
        Some(_) | None => Err("a key is its SID, a colon, and its secret".to_owned()),
    }
}

fn read_number(text: &str) -> Result<Number, String> {
    let (phone, url) = text
        .split_once('=')
        .ok_or("a number is followed by = and a URL")?;
    let is_number = phone.strip_prefix('+').is_some_and(|digits| {
        (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    if !is_number {
        return Err(format!("{phone} is not + and 8 to 15 digits"));
    }
    Ok(Number {
        sid: None,
        phone: phone.to_owned(),
        friendly_name: String::new(),
        voice_url: Some(url.to_owned()),
        voice_method: None,
        voice_fallback_url: None,
        voice_fallback_method: None,
        status_callback: None,
        status_callback_method: None,
        ..Number::default()
    })
}

fn read_application(text: &str) -> Result<Application, String> {
    let (sid, url) = text
        .split_once('=')
        .ok_or("an application is followed by = and a URL")?;
    let sid = ApplicationSid::parse(sid)
        .map_err(|_| format!("{sid} is not AP and 32 hexadecimal digits"))?;
    Ok(Application {
        sid,
        friendly_name: String::new(),
        voice_url: Some(url.to_owned()),
        voice_method: None,
        voice_fallback_url: None,
        voice_fallback_method: None,
        status_callback: None,
        status_callback_method: None,
    })
}

fn read_fault(text: &str) -> Result<(Fault, u16), String> {
    let words = Fault::ALL.map(Fault::word).join(", ");
    let (word, share) = text
        .split_once('=')
        .ok_or("a fault is followed by = and a number")?;
    let fault = Fault::named(word).ok_or(format!("the faults are {words}"))?;
    match share.parse() {
        Ok(share @ 0..=1000) => Ok((fault, share)),
        Ok(_) | Err(_) => Err(format!("{share} is not a number from 0 to 1000")),
    }
}

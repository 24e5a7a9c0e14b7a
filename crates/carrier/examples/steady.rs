//! Keeps so many calls under way for a while and prints what that costs: `cargo xtask bench carrier`.
//!
//! Each call hears a question, presses a key, is put through to a telephone that answers and hangs up by itself, and
//! hears good-bye: 28 seconds, three documents and a callback. With `--wire` the whole carrier runs on the machine's
//! clock and fetches from an application in the same process; without, the engine alone runs as fast as it can.

use std::collections::VecDeque;
use std::error::Error;
use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use carrier::engine::{
    Answer, CallFilter, Engine, Habit, Number, Output, PlaceCall, Settings, Time,
};
use carrier::face::{Carrier, Config};
use clap::Parser;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use twilio::{AccountSid, CallSid};

const ACCOUNT: &str = "AC00000000000000000000000000000001";
const DESK: &str = "+15550100001";
const OFFICE: &str = "+12025550199";
const QUESTION: &str = "<Response><Gather action=\"/go\" numDigits=\"1\" timeout=\"7\">\
    <Say>Welcome. We will connect you to the office. For yes, press 1.</Say></Gather>\
    <Redirect>/voice</Redirect></Response>";
const CONNECT: &str = "<Response><Say>One moment, please.</Say>\
    <Dial action=\"/bye\" timeout=\"25\">+12025550199</Dial></Response>";
const GOODBYE: &str = "<Response><Say>Thank you for calling. Goodbye.</Say><Hangup/></Response>";
/// When a caller answers the question, in milliseconds.
const PRESSES_AFTER: i64 = 3_000;
/// How long a call lasts, in milliseconds.
const LASTS: i64 = 28_000;
/// How often calls that are over are replaced, in milliseconds.
const LOOKS_EVERY: i64 = 100;
/// The unit of processor time in `/proc/self/stat`, in seconds.
const TICK_S: f64 = 0.01;

#[derive(Parser)]
struct Arguments {
    /// Calls under way at once
    #[arg(long, default_value_t = 1_000)]
    calls: usize,
    /// How long it is measured, in seconds
    #[arg(long, default_value_t = 60)]
    seconds: i64,
    /// Over HTTP and by the machine's clock
    #[arg(long)]
    wire: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let before = resident();
    let seen = if arguments.wire {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        runtime.block_on(over_http(&arguments))?
    } else {
        engine_alone(&arguments)?
    };
    let report = serde_json::json!({
        "calls": arguments.calls,
        "over": seen.over,
        "processor_s": seen.processor_s,
        "passed_s": arguments.seconds,
        "bytes_a_call": seen.resident.saturating_sub(before) / u64::try_from(arguments.calls.max(1))?,
    });
    println!("{report}");
    Ok(())
}

/// What was seen while it was measured.
struct Seen {
    /// Calls that came to their end.
    over: usize,
    processor_s: f64,
    /// Memory in use, in bytes.
    resident: u64,
}

/// The people who call: as many as are wanted, each of whom presses a key after a while.
struct Callers {
    wanted: usize,
    began: Time,
    live: usize,
    over: usize,
    will_press: VecDeque<(Time, CallSid)>,
}

impl Callers {
    fn new(wanted: usize, began: Time) -> Self {
        Self {
            wanted,
            began,
            live: 0,
            over: 0,
            will_press: VecDeque::new(),
        }
    }

    /// Answers questions, takes calls that are over out of the engine, and makes others in their place. In the first
    /// 28 seconds they come one after the other, so that they do not all do the same at once.
    fn act(&mut self, engine: &mut Engine, now: Time) {
        while let Some((_, sid)) = self.will_press.pop_front_if(|(at, _)| *at <= now) {
            engine.press(&sid, "1").expect("somebody is on the line");
        }
        let done = engine.calls(&CallFilter {
            status: Some("completed".to_owned()),
            ..CallFilter::default()
        });
        for call in done {
            let is_settled = call.ended.is_some_and(|ended| ended.plus(1_000) <= now);
            if is_settled && engine.delete_call(&call.sid).is_ok() && call.parent.is_none() {
                self.live -= 1;
                self.over += 1;
            }
        }
        let since = usize::try_from((now.0 - self.began.0).clamp(0, LASTS)).unwrap_or_default();
        let lasts = usize::try_from(LASTS).unwrap_or(usize::MAX);
        while self.live < self.wanted * since / lasts {
            let call = PlaceCall {
                from: format!("+1312555{:04}", (self.live + self.over) % 10_000),
                to: DESK.to_owned(),
                ..PlaceCall::default()
            };
            let sid = engine.place_call(call).expect("the desk is in service");
            self.will_press.push_back((now.plus(PRESSES_AFTER), sid));
            self.live += 1;
        }
    }
}

fn settings(application: &str) -> Result<Settings, Box<dyn Error>> {
    let mut settings = Settings::new(AccountSid::parse(ACCOUNT)?);
    settings.numbers = vec![Number {
        sid: None,
        phone: DESK.to_owned(),
        friendly_name: String::new(),
        voice_url: Some(format!("{application}/voice")),
        voice_method: None,
        voice_fallback_url: None,
        voice_fallback_method: None,
        status_callback: Some(format!("{application}/status")),
        status_callback_method: None,
        ..Number::default()
    }];
    Ok(settings)
}

const fn office() -> Habit {
    Habit::Answers {
        after_ms: 2_000,
        hangs_up_after_ms: Some(20_000),
    }
}

fn document(path: &str) -> Option<&'static str> {
    match path {
        "/voice" => Some(QUESTION),
        "/go" => Some(CONNECT),
        "/bye" => Some(GOODBYE),
        _ => None,
    }
}

fn engine_alone(arguments: &Arguments) -> Result<Seen, Box<dyn Error>> {
    const APPLICATION: &str = "http://application.test";
    let mut engine = Engine::new(settings(APPLICATION)?, 1);
    engine.set_phone(OFFICE, office());
    let began = Time(1_795_132_800_000);
    engine.advance_to(began);
    let mut callers = Callers::new(arguments.calls, began);
    let measured = began.plus(2 * LASTS);
    let end = measured.plus(arguments.seconds * 1_000);
    let (mut over, mut processor_s) = (0, 0.0);
    let mut looks = began;
    while engine.now() < end {
        if looks == measured {
            (over, processor_s) = (callers.over, processor_time());
        }
        callers.act(&mut engine, looks);
        answer_all(&mut engine, APPLICATION);
        looks = looks.plus(LOOKS_EVERY);
        while let Some(due) = engine.next_due().filter(|due| *due <= looks) {
            engine.advance_to(due);
            answer_all(&mut engine, APPLICATION);
        }
        engine.advance_to(looks);
    }
    Ok(Seen {
        over: callers.over - over,
        processor_s: processor_time() - processor_s,
        resident: resident(),
    })
}

fn answer_all(engine: &mut Engine, application: &str) {
    while let Some(output) = engine.poll() {
        let Output::Request(request) = output else {
            continue;
        };
        let path = request.url.strip_prefix(application).unwrap_or_default();
        let body = document(path);
        let answer = Answer::Http {
            status: if body.is_some() { 200 } else { 204 },
            content_type: body.map(|_| "text/xml".to_owned()),
            body: body.unwrap_or_default().as_bytes().to_vec(),
            url: request.url.clone(),
        };
        engine.answered(request.id, answer);
    }
}

async fn over_http(arguments: &Arguments) -> Result<Seen, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let application = format!("http://{}", listener.local_addr()?);
    let router = Router::new().fallback(|uri: Uri| async move { answer(&uri) });
    let mut serving = JoinSet::new();
    serving.spawn(async move { axum::serve(listener, router).await });
    let mut config = Config::new(AccountSid::parse(ACCOUNT)?, "a-token-for-measuring");
    config.settings = settings(&application)?;
    let carrier = Carrier::start(config).await?;
    carrier.set_phone(OFFICE, office());

    let began = carrier.now();
    let mut callers = Callers::new(arguments.calls, began);
    let measured = began.plus(2 * LASTS);
    let end = measured.plus(arguments.seconds * 1_000);
    let mut start = None;
    while carrier.now() < end {
        let now = carrier.now();
        if now >= measured && start.is_none() {
            start = Some((callers.over, processor_time()));
        }
        carrier.with(|engine| callers.act(engine, now));
        wait(LOOKS_EVERY).await;
    }
    let (over, processor_s) = start.unwrap_or_default();
    let seen = Seen {
        over: callers.over - over,
        processor_s: processor_time() - processor_s,
        resident: resident(),
    };
    carrier.stop().await;
    Ok(seen)
}

fn answer(uri: &Uri) -> Response {
    document(uri.path()).map_or_else(
        || StatusCode::NO_CONTENT.into_response(),
        |body| ([("content-type", "text/xml")], body).into_response(),
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "what is measured runs by the machine's clock"
)]
async fn wait(ms: i64) {
    tokio::time::sleep(Duration::from_millis(u64::try_from(ms).unwrap_or_default())).await;
}

/// Processor time of this process so far, in seconds; zero where the system does not tell.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
    let ticks: u32 = fields
        .split(' ')
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u32>().ok())
        .sum();
    f64::from(ticks) * TICK_S
}

/// Memory in use, in bytes; zero where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

//! An application without HTTP: a table of documents, everything that was asked, and a clock moved by hand.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use carrier::engine::{
    Answer, CallView, ClientOrder, Engine, Habit, LegView, Noted, Number, Output, PlaceCall,
    Request, RequestKind, RestError, Settings,
};
use twilio::{AccountSid, CallSid};
use twiml::Response;

pub(crate) const OURS: &str = "+12025550100";
pub(crate) const OTHER_OF_OURS: &str = "+12025550101";
pub(crate) const CALLER: &str = "+13125550142";
pub(crate) const OFFICE: &str = "+12022246361";
pub(crate) const SECOND_OFFICE: &str = "+12022242854";
pub(crate) const APP: &str = "https://app.example";

pub(crate) struct World {
    pub(crate) engine: Engine,
    pages: BTreeMap<String, Vec<Answer>>,
    /// Every request, in order.
    pub(crate) asked: Vec<Request>,
    /// Every order for browsers, in order.
    pub(crate) orders: Vec<ClientOrder>,
    /// Requests to these paths are left without an answer.
    pub(crate) silent: Vec<String>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(settings())
    }

    pub(crate) fn with(settings: Settings) -> Self {
        Self {
            engine: Engine::new(settings, 7),
            pages: BTreeMap::new(),
            asked: Vec::new(),
            orders: Vec::new(),
            silent: Vec::new(),
        }
    }

    /// The document at a path, from now on.
    pub(crate) fn page(&mut self, path: &str, document: impl Borrow<Response>) -> &mut Self {
        self.answers(path, vec![xml(&document.borrow().to_xml())])
    }

    /// The answers of a path one after the other; the last is repeated.
    pub(crate) fn answers(&mut self, path: &str, answers: Vec<Answer>) -> &mut Self {
        self.pages.insert(path.to_owned(), answers);
        self
    }

    /// A call comes in to our number, and everything happens that happens at once.
    pub(crate) fn rings(&mut self) -> CallSid {
        self.rings_from(CALLER)
    }

    pub(crate) fn rings_from(&mut self, from: &str) -> CallSid {
        let call = PlaceCall {
            from: from.to_owned(),
            to: OURS.to_owned(),
            ..PlaceCall::default()
        };
        let sid = self
            .engine
            .place_call(call)
            .expect("our number is in service");
        self.work();
        sid
    }

    pub(crate) fn answer(&mut self, leg: &CallSid) {
        self.engine.answer(leg).expect("the leg rings");
        self.work();
    }

    pub(crate) fn decline(&mut self, leg: &CallSid) {
        self.engine.decline(leg).expect("the leg rings");
        self.work();
    }

    pub(crate) fn hang_up(&mut self, leg: &CallSid) {
        self.engine.hang_up(leg).expect("the leg is live");
        self.work();
    }

    pub(crate) fn press(&mut self, leg: &CallSid, keys: &str) {
        self.engine
            .press(leg, keys)
            .expect("somebody is on the leg");
        self.work();
    }

    pub(crate) fn speak(&mut self, leg: &CallSid, text: &str) {
        self.engine
            .speak(leg, text)
            .expect("somebody is on the leg");
        self.work();
    }

    pub(crate) fn phone(&mut self, number: &str, habit: Habit) -> &mut Self {
        self.engine.set_phone(number, habit);
        self
    }

    /// Answers requests until there are none.
    pub(crate) fn work(&mut self) {
        for _ in 0..10_000 {
            let Some(output) = self.engine.poll() else {
                return;
            };
            match output {
                Output::Request(request) => {
                    let answer = self.reply(&request);
                    let id = request.id;
                    self.asked.push(request);
                    if let Some(answer) = answer {
                        self.engine.answered(id, answer);
                    }
                }
                Output::Changed(_) => {}
                Output::Client(order) => self.orders.push(order),
            }
        }
        panic!("the engine does not come to rest");
    }

    /// Lets time pass, from one due moment to the next.
    pub(crate) fn pass(&mut self, seconds: i64) {
        self.pass_ms(seconds * 1000);
    }

    pub(crate) fn pass_ms(&mut self, ms: i64) {
        let until = self.engine.now().plus(ms);
        while let Some(due) = self.engine.next_due().filter(|due| *due <= until) {
            self.engine.advance_to(due);
            self.work();
        }
        self.engine.advance_to(until);
        self.work();
    }

    fn reply(&mut self, request: &Request) -> Option<Answer> {
        let path = path(&request.url);
        if self.silent.contains(&path) {
            return None;
        }
        let mut answer = match self.pages.get_mut(&path) {
            Some(answers) if answers.len() > 1 => answers.remove(0),
            Some(answers) => answers.first()?.clone(),
            None => match request.kind {
                RequestKind::Callback => http(204, None, ""),
                RequestKind::Media => http(200, Some("audio/mpeg"), "…"),
                RequestKind::Document => http(404, Some("text/html"), "no such page"),
            },
        };
        if let Answer::Http { url, .. } = &mut answer
            && url.is_empty()
        {
            *url = request.url.clone();
        }
        Some(answer)
    }

    /// The requests to a path.
    pub(crate) fn to(&self, path_wanted: &str) -> Vec<&Request> {
        self.asked
            .iter()
            .filter(|request| path(&request.url) == path_wanted)
            .collect()
    }

    /// A parameter of the last request to a path; `-` where it was not sent.
    pub(crate) fn told(&self, path: &str, name: &str) -> String {
        let request = self
            .to(path)
            .pop()
            .unwrap_or_else(|| panic!("{path} was not asked; asked were {:?}", self.paths()));
        request.params.get(name).unwrap_or("-").to_owned()
    }

    /// The values of a parameter in all requests to a path.
    pub(crate) fn all_told(&self, path: &str, name: &str) -> Vec<String> {
        self.to(path)
            .into_iter()
            .map(|request| request.params.get(name).unwrap_or("-").to_owned())
            .collect()
    }

    /// The paths asked, in order.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.asked
            .iter()
            .map(|request| path(&request.url))
            .collect()
    }

    pub(crate) fn status(&self, leg: &CallSid) -> String {
        self.view(leg).status
    }

    pub(crate) fn view(&self, leg: &CallSid) -> CallView {
        self.engine.call(leg).expect("the call exists")
    }

    /// What was said to a leg.
    pub(crate) fn said(&self, leg: &CallSid) -> Vec<String> {
        self.engine
            .log(leg)
            .iter()
            .filter_map(|entry| {
                if let Noted::Said { text, .. } = &entry.what {
                    Some(text.clone())
                } else {
                    None
                }
            })
            .collect()
    }

    /// What a leg heard from the other end.
    pub(crate) fn heard(&self, leg: &CallSid) -> Vec<String> {
        self.engine
            .log(leg)
            .iter()
            .filter_map(|entry| {
                if let Noted::Heard { text } = &entry.what {
                    Some(text.clone())
                } else {
                    None
                }
            })
            .collect()
    }

    /// The codes of the warnings and errors on a leg.
    pub(crate) fn troubles(&self, leg: &CallSid) -> Vec<u32> {
        self.engine
            .log(leg)
            .iter()
            .filter_map(|entry| {
                if let Noted::Trouble { code, .. } = &entry.what {
                    Some(*code)
                } else {
                    None
                }
            })
            .collect()
    }

    /// The telephone of this number, as it is shown.
    pub(crate) fn telephone(&self, number: &str) -> LegView {
        self.engine
            .legs()
            .into_iter()
            .rev()
            .find(|leg| leg.number == number)
            .unwrap_or_else(|| panic!("{number} is in no call"))
    }

    /// The leg at the telephone of this number.
    pub(crate) fn leg_at(&self, number: &str) -> CallSid {
        self.telephone(number).sid
    }
}

pub(crate) fn settings() -> Settings {
    let account = AccountSid::parse(&format!("AC{}", "0".repeat(32))).expect("a SID");
    let mut settings = Settings::new(account);
    settings.speech_ms_per_char = 100;
    settings.options.ring_buffer_ms = 0;
    settings.numbers = vec![number(OURS, "/voice"), number(OTHER_OF_OURS, "/other")];
    settings
}

pub(crate) fn number(phone: &str, path: &str) -> Number {
    Number {
        sid: None,
        phone: phone.to_owned(),
        friendly_name: String::new(),
        voice_url: Some(format!("{APP}{path}")),
        voice_method: None,
        voice_fallback_url: None,
        voice_fallback_method: None,
        status_callback: None,
        status_callback_method: None,
        ..Number::default()
    }
}

/// The settings with a status callback at our number.
pub(crate) fn settings_told() -> Settings {
    let mut settings = settings();
    settings.numbers[0].status_callback = Some(format!("{APP}/status"));
    settings
}

pub(crate) fn xml(body: &str) -> Answer {
    http(200, Some("text/xml"), body)
}

pub(crate) fn http(status: u16, content_type: Option<&str>, body: &str) -> Answer {
    Answer::Http {
        status,
        content_type: content_type.map(str::to_owned),
        body: body.as_bytes().to_vec(),
        url: String::new(),
    }
}

fn path(url: &str) -> String {
    let rest = url.strip_prefix(APP).unwrap_or(url);
    rest.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// The HTTP status and the code of a refusal by REST.
pub(crate) fn refused(result: Result<impl std::fmt::Debug, RestError>) -> (u16, u32) {
    let error = result.expect_err("it is refused");
    (error.status, error.code)
}

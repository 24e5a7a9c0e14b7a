//! Answers written as TwiML: every act its verbs, every route its URL.

use exchange::{
    Act, Answer, Ask, CallOutRoute, CallSid, ConferenceRoute, Dial, ForwardRoute, HeardBy, Join,
    JoinBeep, Language, LineId, Manner, MenuRoute, Part, Record, RoomId, RoomName, Route, Speech,
    SupportRoute, UserName,
};
use twiml::{
    Beep, Conference, ConferenceEvent, ConferenceRecord, Gather, InterpretAs, Lang, Play, Redirect,
    Response, Say, SayAs,
};

use crate::sounds;

/// What Twilio does when we do not answer: five tries more, on any fault but a refusal. The
/// fragment is neither sent nor signed (reference A.1.4).
const OVERRIDES: &str = "#rc=5&rp=ct,rt,5xx";

/// Makes the URLs that Twilio is given.
#[derive(Clone, Debug)]
pub struct Urls {
    base: String,
}

impl Urls {
    /// URLs below the address that the server is reached at, without a closing slash.
    #[must_use]
    pub fn below(base: &str) -> Self {
        Self {
            base: base.to_owned(),
        }
    }

    /// The URL of a route.
    #[must_use]
    pub fn of(&self, route: &Route) -> String {
        let (folder, step) = match route {
            Route::Line(line) => ("/line/", line.as_str()),
            Route::Forward(step) => match step {
                ForwardRoute::Welcome => ("/callcongress/", "welcome"),
                ForwardRoute::SetState => ("/callcongress/", "set-state"),
                ForwardRoute::CollectZip => ("/callcongress/", "collect-zip"),
                ForwardRoute::StateLookup => ("/callcongress/", "state-lookup"),
                ForwardRoute::CallSenators(region) => {
                    ("/callcongress/call-senators/", region.as_str())
                }
                ForwardRoute::CallSecondSenator(id) => {
                    ("/callcongress/call-second-senator/", id.as_str())
                }
                ForwardRoute::Goodbye => ("/callcongress/", "goodbye"),
                ForwardRoute::Unknown(path) => ("/callcongress/", path.as_str()),
            },
            Route::Menu(step) => match step {
                MenuRoute::Welcome => ("/ivr/", "welcome"),
                MenuRoute::Menu => ("/ivr/", "menu"),
                MenuRoute::Planets => ("/ivr/", "planets"),
                MenuRoute::Entry(id) => ("/ivr/planets/", id.as_str()),
                MenuRoute::Unknown(path) => ("/ivr/", path.as_str()),
            },
            Route::CallOut(step) => match step {
                CallOutRoute::Begin => ("/twilio/", "browser"),
                CallOutRoute::End => ("/twilio/browser/", "end"),
            },
            Route::Conference(step) => match step {
                ConferenceRoute::Enter => return self.at("/voice"),
                ConferenceRoute::Code => ("/voice/", "code"),
                ConferenceRoute::Pin => ("/voice/", "pin"),
                ConferenceRoute::Wait => ("/voice/", "wait"),
                ConferenceRoute::Hold => ("/voice/", "hold"),
                ConferenceRoute::Left => ("/voice/", "left"),
                ConferenceRoute::Next => ("/voice/", "next"),
                ConferenceRoute::Menu => ("/voice/", "menu"),
            },
            Route::Support(call, step) => {
                let step = match step {
                    SupportRoute::Enter => return self.at("/conference/connect/client"),
                    SupportRoute::Wait => return self.at("/conference/wait"),
                    SupportRoute::Hold => return self.at("/conference/hold"),
                    SupportRoute::Next => "next",
                    SupportRoute::Left => "left",
                    SupportRoute::Keyed => "keyed",
                    SupportRoute::Recorded => "recorded",
                    SupportRoute::AgentLeft => "agent-left",
                    SupportRoute::Screened => "screened",
                    SupportRoute::WatchLeft => "watch-left",
                    SupportRoute::TakenOver => return self.at("/conference/taken-over"),
                };
                return self.at(&format!("/conference/{call}/{step}"));
            }
        };
        [self.base.as_str(), folder, step, OVERRIDES].concat()
    }

    /// What an agent's leg is led by: the room of a call, for an offer of it.
    #[must_use]
    pub fn connect(&self, call: &CallSid, agent: &UserName, offer: u32) -> String {
        self.at(&format!("/conference/{call}/connect/{agent}?offer={offer}"))
    }

    /// Where the carrier tells how the leg of an offer stands.
    #[must_use]
    pub fn leg_status(&self, call: &CallSid, offer: u32) -> String {
        self.at(&format!("/twilio/leg-status?call={call}&offer={offer}"))
    }

    /// Where the carrier tells how a call stands.
    #[must_use]
    pub fn call_status(&self) -> String {
        self.at("/twilio/call-status")
    }

    /// The entry of a line for a call that tries a draft of its menu.
    #[must_use]
    pub fn trial(&self, line: &LineId, number: u32) -> String {
        self.at(&format!("/line/{line}?trial={number}"))
    }

    /// What an announcement in a room says.
    #[must_use]
    pub fn announcement(&self, room: &RoomId, number: u32) -> String {
        self.at(&format!("/voice/say?room={room}&announcement={number}"))
    }

    /// What somebody is led by who was called into a room.
    #[must_use]
    pub fn invited(&self, room: &RoomId, invite: u32) -> String {
        self.at(&format!("/voice/invited?room={room}&invite={invite}"))
    }

    /// Where the carrier tells how the leg of somebody stands who is called into a room through a call in it.
    #[must_use]
    pub fn invite_status(&self, room: &RoomId, invite: u32, through: &CallSid) -> String {
        self.at(&format!(
            "/twilio/invite-status?room={room}&invite={invite}&call={through}"
        ))
    }

    /// What calls of a line's number ask first.
    #[must_use]
    pub fn line(&self, line: &LineId) -> String {
        self.of(&Route::Line(line.clone()))
    }

    /// What answers when a document of ours could not be had.
    #[must_use]
    pub fn fallback(&self) -> String {
        self.at("/twilio/fallback")
    }

    /// What is asked when a browser calls out.
    #[must_use]
    pub fn browser(&self) -> String {
        self.of(&Route::CallOut(CallOutRoute::Begin))
    }

    /// The URL of a path.
    fn at(&self, path: &str) -> String {
        [self.base.as_str(), path, OVERRIDES].concat()
    }
}

/// Writes an answer as a document.
#[must_use]
pub fn document(answer: &Answer, urls: &Urls) -> String {
    let mut response = Response::new();
    for act in &answer.0 {
        match act {
            Act::Say(speech) => response.push(say(speech)),
            Act::Ask(ask) => ask_for(ask, urls, &mut response),
            Act::Dial(dial) => response.push(connect(dial, urls)),
            Act::Join(join) => response.push(enter(join, urls)),
            Act::Music => response.push(Play::new(urls.at(sounds::WAIT))),
            Act::Beep => response.push(Play::new(urls.at(sounds::BEEP))),
            Act::Record(message) => record(message, urls, &mut response),
            Act::Goto(route) => response.push(Redirect::new(urls.of(route))),
            Act::HangUp => response.push(twiml::Verb::Hangup),
        }
    }
    response.to_xml()
}

/// Keys work while the question is said; silence goes where an answer goes.
fn ask_for(ask: &Ask, urls: &Urls, response: &mut Response) {
    let then = urls.of(&ask.then);
    let gather = Gather::new()
        .action(then.clone())
        .num_digits(u16::from(ask.keys.most))
        .timeout(u16::from(ask.keys.patience))
        .say(say(&ask.speech));
    response.push(gather);
    response.push(Redirect::new(then));
}

fn connect(dial: &Dial, urls: &Urls) -> twiml::Dial {
    let connect = twiml::Dial::to(dial.to.as_str())
        .action(urls.of(&dial.then))
        .timeout(dial.ring_seconds);
    let connect = match dial.manner {
        Manner::Led => connect.hangup_on_star(true),
        // The SDK says that it rings only where the caller is answered with the far end (reference D.4).
        Manner::Direct => connect.answer_on_bridge(true),
    };
    match &dial.caller_id {
        Some(number) => connect.caller_id(number.as_str()),
        None => connect,
    }
}

/// A room. Every entry names the same callback and events, for the first one fixes them (reference
/// A.3.9).
fn enter(join: &Join, urls: &Urls) -> twiml::Dial {
    let wait = join
        .wait
        .as_ref()
        .map_or_else(String::new, |wait| urls.of(wait));
    let room = Conference::new(join.room.friendly())
        .start_conference_on_enter(join.starts)
        .end_conference_on_exit(join.ends)
        .beep(match join.beep {
            JoinBeep::Never => Beep::Never,
            JoinBeep::Both => Beep::Always,
            JoinBeep::Coming => Beep::OnEnter,
            JoinBeep::Leaving => Beep::OnExit,
        })
        .wait_url(wait)
        .status_callback(urls.at("/twilio/conference-status"))
        .status_callback_event(told_of(&join.room));
    let room = match join.most {
        Some(most) => room.max_participants(most),
        None => room,
    };
    let room = if join.records {
        room.record(ConferenceRecord::FromStart)
            .recording_status_callback(recording_status(&join.room, urls))
    } else {
        room
    };
    let room = match &join.heard {
        HeardBy::Everybody => room,
        HeardBy::Nobody => room.muted(true),
        HeardBy::Only(leg) => room.coach(leg.as_str()),
    };
    let dial = twiml::Dial::new(room).action(urls.of(&join.then));
    if join.leaves_on_star {
        dial.hangup_on_star(true)
    } else {
        dial
    }
}

/// A recording's callback names a conference and no room.
fn recording_status(room: &RoomName, urls: &Urls) -> String {
    match room {
        RoomName::Call(_) => urls.at("/twilio/recording-status"),
        RoomName::Line(room) => urls.at(&format!("/twilio/recording-status?room={room}")),
    }
}

/// What the carrier tells of a room. Who mutes whom and who speaks is shown of rooms that have a monitor.
fn told_of(room: &RoomName) -> Vec<ConferenceEvent> {
    let mut events = vec![
        ConferenceEvent::Start,
        ConferenceEvent::End,
        ConferenceEvent::Join,
        ConferenceEvent::Leave,
        ConferenceEvent::Hold,
        ConferenceEvent::Modify,
    ];
    match room {
        RoomName::Call(_) => {}
        RoomName::Line(_) => events.extend([ConferenceEvent::Mute, ConferenceEvent::Speaker]),
    }
    events
}

/// A message that nobody left may be asked for or passed over (reference A.3.5): either way leads on.
fn record(message: &Record, urls: &Urls, response: &mut Response) {
    let then = urls.of(&message.then);
    let record = twiml::Record::new()
        .action(then.clone())
        .max_length(u32::from(message.most_seconds))
        .timeout(u16::from(message.silence_seconds))
        .recording_status_callback(urls.at("/twilio/recording-status"));
    response.push(record);
    response.push(Redirect::new(then));
}

fn say(speech: &Speech) -> Say {
    let mut say = Say::default().voice(speech.voice.as_str());
    if speech.voice == speech.language.voice() {
        say = say.language(speech.language.tag());
    }
    let mut words = String::new();
    for part in &speech.parts {
        let element = match part {
            Part::Text(text) => {
                words.push_str(text);
                continue;
            }
            Part::Name(name) if speech.language == Language::English => {
                words.push_str(name);
                continue;
            }
            Part::Name(name) => {
                twiml::Speech::from(Lang::new(Language::English.tag(), name.as_str()))
            }
            Part::Digits(digits) => SayAs::new(InterpretAs::Digits, digits.as_str()).into(),
            Part::Pause(ms) => twiml::Break::milliseconds(*ms).into(),
        };
        if !words.is_empty() {
            say = say.then(std::mem::take(&mut words));
        }
        say = say.then(element);
    }
    if words.is_empty() {
        say
    } else {
        say.then(words)
    }
}

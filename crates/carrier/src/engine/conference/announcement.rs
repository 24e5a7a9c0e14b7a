//! Announcements: a document that everybody in a room hears, or one participant alone, over whatever it hears
//! (reference E.3, C15).

use std::collections::{BTreeMap, VecDeque};

use twilio::CallSid;
use twiml::{Method, Say, Verb};

use super::announced::{Announcement, Step};
use crate::engine::reading::{Content, length_ms, understand, unfit_sound};
use crate::engine::requests::Pending;
use crate::engine::runner::{Params, Target};
use crate::engine::timers::Due;
use crate::engine::url::resolve;
use crate::engine::{Answer, ConferenceSid, Engine, Noted, RequestKind, Sounding};

/// How many documents one announcement may consist of: a loop of redirects would never end.
const MOST_DOCUMENTS: u32 = 20;
/// How often something is said that is repeated for ever (reference A.3.1).
const ENDLESS: u16 = 1000;

impl Engine {
    /// Announces something; an announcement to the same ears that is still being made is cut off.
    pub(super) fn announce(&mut self, room: &ConferenceSid, to: Option<CallSid>, target: &Target) {
        let same = |one: &Announcement| one.room == *room && one.to == to;
        self.announcements.running.retain(|_, one| !same(one));
        self.announcements.made += 1;
        let id = self.announcements.made;
        let announcement = Announcement {
            room: room.clone(),
            to,
            url: target.url.clone(),
            at: target.url.clone(),
            documents: 0,
            steps: VecDeque::new(),
            sounds: BTreeMap::new(),
            is_heard: false,
            sounding: None,
        };
        self.announcements.running.insert(id, announcement);
        self.ask_announcement(id, target);
    }

    fn ask_announcement(&mut self, id: u64, target: &Target) {
        let Some(one) = self.announcements.running.get_mut(&id) else {
            return;
        };
        one.documents += 1;
        let too_many = one.documents > MOST_DOCUMENTS;
        let (room, to) = (one.room.clone(), one.to.clone());
        if too_many {
            self.announcement_failed(id, "too many documents");
            return;
        }
        let mut params = match to.as_ref().and_then(|to| self.leg(to)) {
            Some(leg) => self.standard(leg, leg.status),
            None => Params::from([
                ("AccountSid".into(), self.settings.account.to_string()),
                ("ApiVersion".into(), "2010-04-01".into()),
            ]),
        };
        params.extend(self.room_extras(&room));
        let pending = Pending::Announcement(id);
        self.ask(RequestKind::Document, to.as_ref(), target, &params, pending);
    }

    pub(crate) fn announcement_came(&mut self, id: u64, answer: &Answer) {
        let Some(one) = self.announcements.running.get_mut(&id) else {
            return;
        };
        if let Answer::Http { url, .. } = answer {
            one.at.clone_from(url);
        }
        let at = one.at.clone();
        match understand(answer) {
            Ok(Content::Document(script)) => {
                for (code, text) in script.troubles {
                    self.announcement_trouble(id, code, &text);
                }
                let sound = script.verbs.into_iter().filter(|verb| verb.fault.is_none());
                for planned in sound {
                    self.plan(id, planned.verb);
                }
            }
            Ok(Content::Sound { length_ms }) => {
                let ms = length_ms.unwrap_or_else(|| i64::from(self.settings.options.sound_ms));
                if let Some(one) = self.announcements.running.get_mut(&id) {
                    one.sounds.insert(at.clone(), ms);
                }
                self.plan(id, Verb::Play(twiml::Play::new(at)));
            }
            Ok(Content::Words(words)) => self.plan(id, Verb::Say(Say::new(words))),
            Err(failure) => {
                self.announcement_failed(id, &failure.text);
                return;
            }
        }
        self.announce_next(id);
    }

    fn plan(&mut self, id: u64, verb: Verb) {
        let Some(one) = self.announcements.running.get_mut(&id) else {
            return;
        };
        let (step, times) = match verb {
            Verb::Say(say) => {
                let text = say.spoken().trim().to_owned();
                if text.is_empty() {
                    return;
                }
                let times = say.times;
                (Step::Say(say, self.settings.spoken_ms(&text)), times)
            }
            Verb::Play(play) => match resolve(Some(&one.at), &play.url) {
                Some(url) => (Step::Play(url), play.times),
                None => {
                    self.announcement_trouble(id, 11100, &format!("{:?} is no URL", play.url));
                    return;
                }
            },
            Verb::Pause(pause) => {
                let seconds = i64::from(pause.length.unwrap_or(1));
                (Step::Wait(seconds * 1000), None)
            }
            Verb::Redirect(redirect) => (Step::GoOn(redirect.url.clone(), redirect.method), None),
            Verb::PlayDigits(_)
            | Verb::Gather(_)
            | Verb::Dial(_)
            | Verb::Reject(_)
            | Verb::Hangup
            | Verb::HangupTelling(_)
            | Verb::Record(_)
            | Verb::Enqueue(_)
            | Verb::Leave
            | Verb::Echo
            | Verb::Connect(_)
            | Verb::Start(_)
            | Verb::Stop(_)
            | Verb::Refer(_)
            | Verb::Pay(_)
            | Verb::Sms(_) => {
                self.announcement_trouble(id, 13238, "this verb cannot be announced");
                return;
            }
        };
        let times = match times {
            None => 1,
            Some(0) => ENDLESS,
            Some(times) => times.min(ENDLESS),
        };
        for _ in 0..times {
            one.steps.push_back(step.clone());
        }
    }

    /// What was announced is over, or comes first: the next.
    pub(crate) fn announce_next(&mut self, id: u64) {
        let now = self.now;
        let Some(one) = self.announcements.running.get_mut(&id) else {
            return;
        };
        let room = self.rooms.get(&one.room);
        let is_there = room.is_some_and(|room| {
            let to = one.to.as_ref();
            !room.is_over() && to.is_none_or(|to| room.participant(to).is_some())
        });
        if !is_there {
            self.announcements.running.remove(&id);
            return;
        }
        let Some(step) = one.steps.pop_front() else {
            self.announcement_over(id, None);
            return;
        };
        one.sounding = None;
        let (ms, noted, sounding) = match step {
            Step::Say(say, ms) => {
                let text = say.spoken().trim().to_owned();
                let said = Noted::Said {
                    text: text.clone(),
                    voice: say.voice.clone(),
                    language: say.language.clone(),
                };
                (ms, Some(said), Some(Sounding::Words { text, since: now }))
            }
            Step::Play(url) => {
                let Some(ms) = one.sounds.get(&url).copied() else {
                    self.fetch_announced(id, &url);
                    return;
                };
                let what = url.clone();
                let sound = Sounding::Sound { url, since: now };
                (ms, Some(Noted::Played { what }), Some(sound))
            }
            Step::Wait(ms) => (ms, None, None),
            Step::GoOn(url, method) => {
                let at = one.at.clone();
                one.steps.clear();
                one.is_heard = false;
                match resolve(Some(&at), &url) {
                    Some(url) => self.ask_announcement(id, &Target::new(url, method)),
                    None => self.announcement_failed(id, &format!("{url:?} is no URL")),
                }
                return;
            }
        };
        one.is_heard = true;
        one.sounding = sounding;
        if let Some(noted) = noted {
            self.note_announced(id, &noted);
        }
        self.timers.set(now.plus(ms.max(1)), Due::Announcement(id));
    }

    fn fetch_announced(&mut self, id: u64, url: &str) {
        let to = self
            .announcements
            .running
            .get(&id)
            .and_then(|one| one.to.clone());
        let target = Target::new(url, Some(Method::Get));
        let pending = Pending::AnnouncedSound(id, url.to_owned());
        self.ask(
            RequestKind::Media,
            to.as_ref(),
            &target,
            &Params::new(),
            pending,
        );
    }

    /// A sound that is to be announced came: it is played, or passed over.
    pub(crate) fn announced_sound_came(&mut self, id: u64, url: String, answer: &Answer) {
        let usual_ms = i64::from(self.settings.options.sound_ms);
        let Some(one) = self.announcements.running.get_mut(&id) else {
            return;
        };
        match unfit_sound(answer) {
            Some(failure) => {
                let is_it = |step: &Step| matches!(step, Step::Play(its) if *its == url);
                one.steps.retain(|step| !is_it(step));
                self.announcement_trouble(id, failure.code, &format!("{url}: {}", failure.text));
            }
            None => {
                let ms = length_ms(answer).unwrap_or(usual_ms);
                one.sounds.insert(url.clone(), ms);
                one.steps.push_front(Step::Play(url));
            }
        }
        self.announce_next(id);
    }

    fn announcement_failed(&mut self, id: u64, why: &str) {
        self.announcement_over(id, Some(why));
    }

    fn announcement_over(&mut self, id: u64, failure: Option<&str>) {
        let now = self.now;
        let Some(one) = self.announcements.running.remove(&id) else {
            return;
        };
        if let Some(room) = self.rooms.get_mut(&one.room) {
            room.tell_announcement(&one.url, one.to.as_ref(), failure, now);
        }
        self.room_changed(&one.room, Vec::new());
    }

    fn announcement_trouble(&mut self, id: u64, code: u32, text: &str) {
        let text = text.to_owned();
        self.note_announced(id, &Noted::Trouble { code, text });
    }

    fn note_announced(&mut self, id: u64, noted: &Noted) {
        let Some(one) = self.announcements.running.get(&id) else {
            return;
        };
        let ears: Vec<CallSid> = match (&one.to, self.rooms.get(&one.room)) {
            (Some(to), _) => vec![to.clone()],
            (None, Some(room)) => {
                let present = room.participants.iter().filter(|each| each.is_present());
                present.map(|each| each.call.clone()).collect()
            }
            (None, None) => Vec::new(),
        };
        for call in ears {
            self.note(&call, noted.clone());
        }
    }
}

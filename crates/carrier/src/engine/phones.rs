//! Telephones outside and what they do when they ring, and numbers of the account that are called from within.

use twilio::CallSid;

use super::call::status_named;
use super::draft::Draft;
use super::leg::{Direction, Status, Subscription, Wire};
use super::runner::{Params, Purpose, Runner, Slot, Source, Target};
use super::timers::Due;
use super::{Engine, Habit, Noted, PhoneFaults, Place};

/// How many numbers and applications of the account may call each other in a row, before the last of them cannot be reached.
const MOST_INNER_CALLS: usize = 4;

impl Engine {
    /// Decides what an outside telephone does from now on when it rings. The number is E.164, `client:…` or `sip:…`.
    pub fn set_phone(&mut self, number: &str, habit: Habit) {
        self.phones.insert(number.trim().to_owned(), habit);
    }

    /// Lets a browser be called from now on, which rings like an outside telephone named `client:…`.
    pub fn register_client(&mut self, identity: &str) {
        self.clients.insert(identity.to_owned());
    }

    /// Ends what `register_client` began.
    pub fn unregister_client(&mut self, identity: &str) {
        self.clients.remove(identity);
    }

    pub(crate) fn ring_telephone(&mut self, sid: &CallSid) {
        let Some(leg) = self.leg(sid) else { return };
        let own = self.phones.get(&leg.to).copied().unwrap_or_default();
        let habit = self.misfortune().unwrap_or(own);
        if let Some(leg) = self.leg_mut(sid) {
            leg.habit = habit;
        }
        match habit {
            Habit::Asks | Habit::NeverAnswers => self.start_ringing(sid),
            Habit::Answers { after_ms, .. } => {
                self.start_ringing(sid);
                self.set_habit_timer(sid, after_ms);
            }
            Habit::Declines => {
                self.start_ringing(sid);
                let status = status_named(self.settings.options.declined_is);
                self.finish(sid, status);
            }
            Habit::Busy => self.finish(sid, Status::Busy),
            Habit::Fails => self.finish(sid, Status::Failed),
        }
    }

    /// What goes wrong with telephones outside from now on, to be changed.
    pub const fn phone_faults_mut(&mut self) -> &mut PhoneFaults {
        &mut self.settings.phone_faults
    }

    fn misfortune(&mut self) -> Option<Habit> {
        let faults = &mut self.settings.phone_faults;
        if let Some(habit) = faults.next.pop_front() {
            return Some(habit);
        }
        let chances = [
            (faults.busy, Habit::Busy),
            (faults.no_answer, Habit::NeverAnswers),
            (faults.failed, Habit::Fails),
        ];
        chances.into_iter().find_map(|(per_mille, habit)| {
            let strikes = per_mille > 0 && self.ids.next() % 1000 < u64::from(per_mille);
            strikes.then_some(habit)
        })
    }

    /// A telephone that answers by itself may hang up by itself, too.
    pub(crate) fn plan_own_hang_up(&mut self, sid: &CallSid) {
        let Some(leg) = self.leg(sid) else { return };
        if let Habit::Answers {
            hangs_up_after_ms: Some(after_ms),
            ..
        } = leg.habit
        {
            self.set_habit_timer(sid, after_ms);
        }
    }

    pub(crate) fn follow_habit(&mut self, sid: &CallSid) {
        let Some(leg) = self.leg(sid) else { return };
        if leg.answered.is_some() {
            self.finish(sid, Status::Completed);
        } else {
            self.pick_up(sid);
        }
    }

    fn set_habit_timer(&mut self, sid: &CallSid, after_ms: u32) {
        let at = self.now.plus(i64::from(after_ms));
        let key = self.timers.set(at, Due::Habit(sid.clone()));
        if let Some(leg) = self.leg_mut(sid) {
            let old = leg.timers.habit.replace(key);
            self.timers.take_back(old);
        }
    }

    /// A number of the account is called from within: it gets an incoming call of its own, tied to this leg.
    pub(crate) fn ring_own_number(&mut self, sid: &CallSid) {
        self.ring_within(sid, |engine, sid| {
            let leg = engine.leg(sid)?;
            let (from, to) = (leg.from.clone(), leg.to.clone());
            let wire = Wire::Leg(sid.clone());
            let nobody = (Place::default(), None);
            Some(engine.ring_number(from, to, nobody, wire, None))
        });
    }

    /// An application of the account is called from within: it gets an incoming call of its own, tied to this leg.
    pub(crate) fn ring_own_application(&mut self, sid: &CallSid) {
        self.ring_within(sid, |engine, sid| {
            let leg = engine.leg(sid)?;
            let application = engine.application(leg.application.as_ref()?)?.clone();
            let to = leg.application_to.clone();
            let to = to.unwrap_or_else(|| application.sid.to_string());
            let mut draft = Draft::new(Direction::Inbound, leg.from.clone(), to);
            draft.wire = Wire::Leg(sid.clone());
            let told = leg.parameters.clone();
            Some(engine.ring_application(draft, application, told))
        });
    }

    fn ring_within(
        &mut self,
        sid: &CallSid,
        ring: impl FnOnce(&mut Self, &CallSid) -> Option<CallSid>,
    ) {
        if self.inner_calls(sid) > MOST_INNER_CALLS {
            self.trouble(sid, 13224, "calls within the account go in a circle");
            self.finish(sid, Status::Failed);
            return;
        }
        let Some(inner) = ring(self, sid) else {
            self.finish(sid, Status::Failed);
            return;
        };
        if let Some(leg) = self.leg_mut(sid) {
            leg.wire = Wire::Leg(inner);
        }
        self.start_ringing(sid);
    }

    /// How many calls within the account led to this leg.
    fn inner_calls(&self, sid: &CallSid) -> usize {
        let outer = |sid: &CallSid| {
            let parent = self.leg(self.leg(sid)?.parent.as_ref()?)?;
            match &parent.wire {
                Wire::Leg(outer) => Some(outer.clone()),
                Wire::Telephone | Wire::Client => None,
            }
        };
        std::iter::successors(outer(sid), outer).count()
    }

    /// An incoming call to a number of the account begins.
    pub(crate) fn ring_number(
        &mut self,
        from: String,
        to: String,
        (place, caller_name): (Place, Option<String>),
        wire: Wire,
        asks: Option<String>,
    ) -> CallSid {
        let number = self.own_number(&to).cloned();
        let mut draft = Draft::new(Direction::Inbound, from, to);
        draft.from_place = place;
        draft.caller_name = caller_name;
        draft.wire = wire;
        let mut voice = None;
        let answers = number.as_ref().and_then(|number| {
            let sid = number.voice_application_sid.as_ref()?;
            self.application(sid).cloned()
        });
        if let Some(number) = number.filter(|number| number.trunk_sid.is_none()) {
            voice = Target::given(number.voice_url, number.voice_method);
            draft.fallback = Target::given(number.voice_fallback_url, number.voice_fallback_method);
            draft.subscription =
                Target::given(number.status_callback, number.status_callback_method)
                    .map(Subscription::to_the_end);
            draft.number = number.sid;
            if let Some(application) = answers {
                voice = draft.answered_by(application);
            }
        }
        let asked = Target::given(asks, None);
        self.ring_in(draft, asked.or(voice), Vec::new())
    }

    /// An incoming call begins, with the document that answers it. What its first request tells beside the standard
    /// parameters never takes the place of one of them.
    pub(crate) fn ring_in(
        &mut self,
        draft: Draft,
        voice: Option<Target>,
        told: Vec<(String, String)>,
    ) -> CallSid {
        let sid = self.add_leg(draft);
        let now = self.now;
        if let Some(leg) = self.leg_mut(&sid) {
            leg.status = Status::Ringing;
            leg.rang = Some(now);
        }
        let longest = i64::from(self.settings.options.longest_call_s);
        self.limit_until(&sid, now.plus(longest * 1000));
        self.note(
            &sid,
            Noted::Status {
                status: Status::Ringing.word().to_owned(),
            },
        );
        let source = voice.map_or_else(|| Source::Inline(String::new()), Source::Url);
        let mut params: Params = told.into_iter().collect();
        if let Some(leg) = self.leg(&sid) {
            let standard = self.standard(leg, leg.status);
            params.retain(|name, _| !standard.contains_key(name));
        }
        self.run_telling(
            &sid,
            Slot::Main,
            Runner::new(Purpose::Call, Params::new()),
            source,
            params,
        );
        sid
    }
}

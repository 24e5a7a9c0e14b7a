//! What people do with pretend telephones, told to the carrier, and its refusals in words for them.

use carrier::engine::{ControlError, Habit, Place, PlaceCall};
use desk::{
    Change, DeskError, FieldError, HabitForm, NumberHabit, PhoneAct, PhoneActForm, PlaceCallForm,
};
use exchange::LineId;
use twilio::CallSid;

use super::Phones;
use super::book::shown;
use crate::state::AppState;

/// How the carrier names a caller who withholds the number.
const WITHHELD: &str = "anonymous";

impl Phones {
    /// Calls a line; gives the call's SID.
    ///
    /// # Errors
    /// Fields that make no sense, or a carrier that does not take the call.
    pub fn place_call(&self, state: &AppState, form: &PlaceCallForm) -> Result<String, DeskError> {
        self.place_call_asking(state, form, None)
    }

    /// Calls a line; what answers is asked for at this URL where one is given, and not at the number's own.
    ///
    /// # Errors
    /// As for `place_call`.
    pub(crate) fn place_call_asking(
        &self,
        state: &AppState,
        form: &PlaceCallForm,
        entry: Option<String>,
    ) -> Result<String, DeskError> {
        let call = form.parse().map_err(DeskError::Invalid)?;
        self.give_numbers(state);
        let (_, plan) = state.plans.current();
        let line = LineId::parse(&call.line)
            .ok()
            .and_then(|id| plan.line(&id)?.number.clone());
        let Some(to) = line else {
            let error = FieldError::new("line", "There is no such line. Choose another.");
            return Err(DeskError::Invalid(vec![error]));
        };
        let place = Place {
            // Carriers write cities in capitals.
            city: call.city.to_uppercase(),
            state: call.state.clone(),
            zip: call.zip.clone(),
            country: call.country.clone(),
        };
        let about = [&call.city, &call.state, &call.country]
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(", ");
        let call = PlaceCall {
            from: call.from.map_or_else(|| WITHHELD.to_owned(), String::from),
            to: to.as_str().to_owned(),
            place,
            name: Some(call.name).filter(|name| !name.is_empty()),
        };
        let placed = match entry {
            None => self.carrier.place_call(call),
            Some(entry) => self
                .carrier
                .with(|engine| engine.place_call_asking(call, entry)),
        };
        let sid = placed.map_err(refusal)?.to_string();
        self.shelf().callers.insert(sid.clone(), about);
        self.show(&state.live.hub, None);
        Ok(sid)
    }

    /// Does something with a telephone.
    ///
    /// # Errors
    /// Fields that make no sense, or a telephone that cannot do this now.
    pub fn act(&self, state: &AppState, form: &PhoneActForm) -> Result<(), DeskError> {
        let act = form.parse().map_err(DeskError::Invalid)?;
        let leg = CallSid::parse(&form.phone).map_err(|_| DeskError::NotFound)?;
        let done = match act {
            PhoneAct::Answer => self.carrier.answer(&leg),
            PhoneAct::Decline => self.carrier.decline(&leg),
            PhoneAct::HangUp => self.carrier.hang_up(&leg),
            PhoneAct::Press(keys) => self.carrier.press(&leg, &keys),
            PhoneAct::Speak(text) => self.carrier.speak(&leg, &text),
            PhoneAct::PutAway => return self.put_away(state, &form.phone),
        };
        done.map_err(refusal)?;
        self.show(&state.live.hub, None);
        Ok(())
    }

    /// Decides what an outside telephone does when it rings.
    ///
    /// # Errors
    /// Fields that make no sense.
    pub fn set_habit(&self, state: &AppState, form: &HabitForm) -> Result<(), DeskError> {
        let (number, habit) = form.parse().map_err(DeskError::Invalid)?;
        self.carrier.set_phone(number.as_str(), of_engine(habit));
        let book = self.book();
        let holder = book.holder(number.as_str());
        let row = NumberHabit {
            holder: holder.map_or_else(|| shown(number.as_str()), |holder| holder.name.clone()),
            number: number.into(),
            habit,
        };
        state.live.hub.change(|_| vec![Change::Habit(row)]);
        Ok(())
    }

    fn put_away(&self, state: &AppState, sid: &str) -> Result<(), DeskError> {
        let board = state.live.hub.board();
        let phone = board.phone(sid).ok_or(DeskError::NotFound)?;
        if phone.stage != desk::Stage::Over {
            let reason = "This telephone is in a call. Hang up first.";
            return Err(DeskError::Refused(reason.to_owned()));
        }
        self.shelf().put_away.insert(sid.to_owned());
        let gone = Change::PhoneGone(sid.to_owned());
        state.live.hub.change(|_| vec![gone]);
        Ok(())
    }
}

fn refusal(error: ControlError) -> DeskError {
    match error {
        ControlError::NoLeg => {
            DeskError::Refused("This telephone is no longer in a call.".to_owned())
        }
        ControlError::NotNow(state) => DeskError::Refused(format!(
            "That cannot be done while the telephone is {state}."
        )),
        ControlError::Bad { field, reason } => {
            DeskError::Invalid(vec![FieldError::new(field, reason)])
        }
        ControlError::NotInService => DeskError::Refused(
            "The carrier knows no such number. Start Switchboard again.".to_owned(),
        ),
    }
}

fn of_engine(habit: desk::Habit) -> Habit {
    match habit {
        desk::Habit::Ask => Habit::Asks,
        desk::Habit::Answer { after_s, talk_s } => Habit::Answers {
            after_ms: after_s * 1_000,
            hangs_up_after_ms: talk_s.map(|talk_s| talk_s * 1_000),
        },
        desk::Habit::Decline => Habit::Declines,
        desk::Habit::Busy => Habit::Busy,
        desk::Habit::Ring => Habit::NeverAnswers,
        desk::Habit::Fail => Habit::Fails,
    }
}

//! What a caller is asked outside the room: choices, a message, a number to call back, two questions
//! after the call.

use super::case::Case;
use super::{Filed, Question, Recording, Stage, SupportRoute, Timer, Waiting};
use crate::answer::{Act, Keys, Record};
use crate::{Digits, Input, MAX_TRIES, Outcome, Part, PhoneNumber, Prompt};

const ONE_KEY: Keys = Keys {
    most: 1,
    patience: 7,
};
const A_NUMBER: Keys = Keys {
    most: 15,
    patience: 10,
};

/// How long a message may be, and how much silence ends it.
const MOST_SECONDS: u16 = 180;
const SILENCE_SECONDS: u8 = 8;

/// How many questions are asked after a call.
const QUESTIONS: u8 = 2;

impl Case<'_> {
    fn put(&mut self, keys: Keys) {
        self.sync();
        let then = self.route(SupportRoute::Keyed);
        self.turn.ask(keys, then);
    }

    pub(super) fn ask(&mut self, question: Question) {
        let keys = match &question {
            Question::Choices => {
                self.turn.say(Prompt::SupportChoices, &[]);
                ONE_KEY
            }
            Question::CallbackNumber => {
                let digits = self.own_number().map_or_else(String::new, |number| {
                    number
                        .north_american()
                        .unwrap_or(number.digits())
                        .to_owned()
                });
                self.turn
                    .say(Prompt::CallbackConfirm, &[("number", Part::Digits(digits))]);
                ONE_KEY
            }
            Question::OtherNumber => {
                self.turn.say(Prompt::CallbackNumber, &[]);
                A_NUMBER
            }
        };
        self.state.stage = Stage::Asked(question);
        self.put(keys);
    }

    /// An answer by keys.
    pub(super) fn keyed(&mut self, input: &Input) {
        match self.state.stage.clone() {
            Stage::Asked(Question::Choices) => self.choose(input),
            Stage::Asked(Question::CallbackNumber) => self.confirm_number(input),
            Stage::Asked(Question::OtherNumber) => self.take_number(input),
            Stage::Survey { question } => self.take_opinion(question, input),
            Stage::Arrived
            | Stage::Waiting(_)
            | Stage::Offered { .. }
            | Stage::Talking { .. }
            | Stage::Outside { .. }
            | Stage::TurnedAway(_)
            | Stage::Recording
            | Stage::Ending(_) => self.lead(input),
        }
    }

    fn choose(&mut self, input: &Input) {
        match (&input.digits, input.digits.key()) {
            (_, Some('1')) | (Digits::None, _) => self.go_on_waiting(input),
            (_, Some('2')) => {
                self.turn.note("The caller wishes to leave a message.");
                self.ask_for_message();
            }
            (_, Some('3')) => {
                self.turn.note("The caller wishes to be called back.");
                self.offer_callback();
            }
            (Digits::Keys(_) | Digits::Nonsense, _) => {
                self.turn.call.tries += 1;
                if self.turn.call.tries < MAX_TRIES {
                    self.turn.say(Prompt::WrongKey, &[]);
                    self.ask(Question::Choices);
                } else {
                    self.go_on_waiting(input);
                }
            }
        }
    }

    /// Back into the room, at the place that the caller had.
    fn go_on_waiting(&mut self, input: &Input) {
        self.turn.note("The caller goes on waiting.");
        self.state.stage = Stage::Waiting(Waiting {
            first: None,
            not_before: self.now(),
        });
        if let Some(seconds) = self.settings.choices_after_s {
            let wait = self.state.waits;
            self.tick(Timer::Choices { wait }, i64::from(seconds.max(30)));
        }
        self.lead(input);
    }

    pub(super) fn ask_for_message(&mut self) {
        if !matches!(self.state.stage, Stage::Recording) {
            self.turn.call.tries = 0;
        }
        self.state.stage = Stage::Recording;
        self.turn.say(Prompt::LeaveMessage, &[]);
        let message = Record {
            most_seconds: MOST_SECONDS,
            silence_seconds: SILENCE_SECONDS,
            then: self.route(SupportRoute::Recorded),
        };
        self.turn.act(Act::Record(message));
    }

    /// The caller's message is over; they may have hung up.
    pub(super) fn recorded(&mut self, input: &Input, message: Option<Recording>) {
        let message = message.filter(|message| message.seconds > 0);
        let is_left = message.is_some();
        if let Some(message) = message {
            self.take_message(message);
        }
        self.sync();
        if self.turn.call.ended.is_some() {
            self.turn.late(input);
        } else if input.caller_is_gone {
            self.turn.caller_left(input);
        } else if is_left {
            self.end_with(Prompt::MessageThanks, Outcome::Voicemail);
        } else if !matches!(self.state.stage, Stage::Recording) {
            self.lead(input);
        } else {
            self.turn.note("No message was heard.");
            self.turn.call.tries += 1;
            if self.turn.call.tries < MAX_TRIES {
                self.turn.say(Prompt::MessageEmpty, &[]);
                self.ask_for_message();
            } else {
                let otherwise = self.state.given_up();
                self.end_with(Prompt::CallAgain, otherwise);
            }
        }
    }

    /// A message is there. Told of twice, it is taken once.
    pub(super) fn take_message(&mut self, message: Recording) {
        let is_known = self.state.message.as_ref() == Some(&message.sid);
        if is_known || message.seconds == 0 || self.turn.is_unwanted(&message) {
            return;
        }
        self.turn
            .note(format!("A message of {} s was left.", message.seconds));
        self.state.message = Some(message.sid.clone());
        self.turn.file(Filed::Voicemail(message));
        let reached = self.state.reached();
        if let (Some(ended), Some(how)) = (&mut self.turn.call.ended, reached) {
            ended.how = how;
        }
    }

    /// The caller's own number, where it is one that may be called back.
    fn own_number(&self) -> Option<PhoneNumber> {
        let own = self.turn.call.caller.number()?;
        self.turn.line.dial.check(own).ok()?;
        Some(own.clone())
    }

    pub(super) fn offer_callback(&mut self) {
        self.turn.call.tries = 0;
        if self.own_number().is_some() {
            self.ask(Question::CallbackNumber);
        } else {
            self.ask(Question::OtherNumber);
        }
    }

    fn confirm_number(&mut self, input: &Input) {
        match (input.digits.key(), self.own_number()) {
            (Some('1'), Some(own)) => self.call_back(own),
            (Some('2'), _) | (_, None) => {
                self.turn.call.tries = 0;
                self.ask(Question::OtherNumber);
            }
            (_, Some(_)) => self.again(input, Prompt::WrongKey, Question::CallbackNumber),
        }
    }

    fn take_number(&mut self, input: &Input) {
        let typed = match &input.digits {
            Digits::Keys(keys) => self.read(keys),
            Digits::None | Digits::Nonsense => None,
        };
        match typed {
            Some(number) => self.call_back(number),
            None => self.again(input, Prompt::CallbackBadNumber, Question::OtherNumber),
        }
    }

    /// Reads a number as people at a telephone of the line's country key it in.
    fn read(&self, keys: &str) -> Option<PhoneNumber> {
        let own = self.turn.line.number.as_ref();
        let is_american = own.is_none_or(|number| number.north_american().is_some());
        let keys = keys.trim_end_matches('#');
        let whole = if is_american {
            match (keys.strip_prefix("011"), keys.len()) {
                (Some(abroad), _) => abroad.to_owned(),
                (None, 10) => format!("1{keys}"),
                (None, _) => keys.to_owned(),
            }
        } else {
            keys.strip_prefix("00").unwrap_or(keys).to_owned()
        };
        let number = PhoneNumber::parse(&format!("+{whole}")).ok()?;
        self.turn.line.dial.check(&number).ok()?;
        Some(number)
    }

    fn again(&mut self, input: &Input, wrong: Prompt, question: Question) {
        let why = match input.digits {
            Digits::None => Prompt::Silence,
            Digits::Keys(_) | Digits::Nonsense => wrong,
        };
        self.turn.call.tries += 1;
        if self.turn.call.tries < MAX_TRIES {
            self.turn.say(why, &[]);
            self.ask(question);
        } else {
            self.turn.note(format!("{MAX_TRIES} answers led nowhere."));
            let otherwise = self.state.given_up();
            self.end_with(Prompt::CallAgain, otherwise);
        }
    }

    fn call_back(&mut self, number: PhoneNumber) {
        self.turn.note(format!(
            "The caller is to be called back at {}.",
            number.formatted()
        ));
        self.state.callback = true;
        self.turn.file(Filed::Callback(number));
        self.end_with(Prompt::CallbackThanks, Outcome::CallbackAsked);
    }

    /// The agent has ended the talk kindly.
    pub(super) fn after_talk(&mut self) {
        if self.settings.survey {
            self.turn.call.tries = 0;
            self.ask_about(1);
        } else {
            self.end_with(Prompt::Goodbye, Outcome::Connected);
        }
    }

    pub(super) fn ask_about(&mut self, question: u8) {
        self.state.stage = Stage::Survey { question };
        let words = if question == 1 {
            Prompt::SurveyHelped
        } else {
            Prompt::SurveyRating
        };
        self.turn.say(words, &[]);
        self.put(ONE_KEY);
    }

    fn take_opinion(&mut self, question: u8, input: &Input) {
        let most = if question == 1 { 2 } else { 5 };
        let answer = input.digits.key().and_then(|key| key.to_digit(10));
        let answer = answer
            .and_then(|answer| u8::try_from(answer).ok())
            .filter(|answer| (1..=most).contains(answer));
        match answer {
            Some(answer) => {
                self.turn
                    .note(format!("Answered {answer} to question {question}."));
                self.turn.file(Filed::Survey { question, answer });
                self.turn.call.tries = 0;
                if question < QUESTIONS {
                    self.ask_about(question + 1);
                } else {
                    self.end_with(Prompt::SurveyThanks, Outcome::Connected);
                }
            }
            None => {
                self.turn.call.tries += 1;
                if self.turn.call.tries < MAX_TRIES {
                    let why = match input.digits {
                        Digits::None => Prompt::Silence,
                        Digits::Keys(_) | Digits::Nonsense => Prompt::WrongKey,
                    };
                    self.turn.say(why, &[]);
                    self.ask_about(question);
                } else {
                    self.turn
                        .note(format!("Question {question} was left unanswered."));
                    self.end_with(Prompt::Goodbye, Outcome::Connected);
                }
            }
        }
    }
}

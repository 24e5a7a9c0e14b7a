//! The search: breadth first over distinct states, and random walks beyond it.

use std::collections::BTreeSet;
use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

use super::Flight;

/// What a search came to.
#[derive(Debug)]
pub(crate) struct Found {
    /// How many distinct states were looked at.
    pub(crate) states: usize,
    /// How many of them were quiet, and were followed until everything had come to rest.
    pub(crate) rests: usize,
    /// Whether there are no others.
    pub(crate) is_closed: bool,
    /// How transfers ended.
    pub(crate) ends: BTreeSet<String>,
}

/// How old a moment can be told apart from an older one.
const OLD_MS: i64 = 61_000;

impl Flight {
    /// What makes it another state: everything but how long ago things were that are long past.
    fn key(&self) -> u64 {
        let mut call = serde_json::to_value(&self.call).expect("a call is written");
        self.age(&mut call);
        let mut hasher = DefaultHasher::new();
        call.to_string().hash(&mut hasher);
        for agent in self.agents.values() {
            let mut agent = serde_json::to_value(agent).expect("an agent is written");
            self.age(&mut agent);
            agent.to_string().hash(&mut hasher);
        }
        (
            &self.closed,
            self.caller,
            &self.room,
            &self.legs,
            self.has_sam,
        )
            .hash(&mut hasher);
        format!(
            "{:?}",
            (&self.callbacks, &self.late, &self.asks, &self.outbox)
        )
        .hash(&mut hasher);
        for (due, timer) in &self.timers {
            (due.0 - self.now.0, format!("{timer:?}")).hash(&mut hasher);
        }
        let sweep = self.sweep.map(|(due, sweep)| (due.0 - self.now.0, sweep));
        (sweep, self.left, self.silent_ms, self.failures).hash(&mut hasher);
        hasher.finish()
    }

    fn age(&self, value: &mut Value) {
        match value {
            Value::Number(number) => {
                if let Some(at) = number.as_i64().filter(|at| *at > 1_000_000_000_000) {
                    let age = (self.now.0 - at).clamp(-OLD_MS, OLD_MS);
                    *value = Value::from(age);
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|one| self.age(one)),
            Value::Object(fields) => {
                // Nothing follows from when the carrier was last asked.
                fields.remove("reconciled");
                fields.values_mut().for_each(|one| self.age(one));
            }
            Value::Null | Value::Bool(_) | Value::String(_) => {}
        }
    }
}

/// Looks at every state that can be reached, nearest first, until there are no others or so many have
/// been seen.
pub(crate) fn search(begins: Flight, most: usize) -> Found {
    let mut ends = BTreeSet::new();
    let mut known = BTreeSet::from([begins.key()]);
    let mut path: Vec<(usize, String)> = vec![(0, String::new())];
    let mut open = VecDeque::from([(0, begins)]);
    let (mut rests, mut is_closed) = (0, true);
    while let Some((at, state)) = open.pop_front() {
        let past = &state.support().past_transfers;
        ends.extend(past.iter().map(|past| format!("{:?}", past.end)));
        if state.is_quiet() {
            rests += 1;
            if let Err(wrong) = state.clone().comes_to_rest() {
                panic!("{}\n{wrong}", tale(&path, at));
            }
        }
        if let Err(wrong) = state.buttons_are_true() {
            panic!("{}\n{wrong}", tale(&path, at));
        }
        for (name, taken) in state.ways() {
            let next = match taken {
                Ok(next) => next,
                Err(wrong) => panic!("{}\n{name}\n{wrong}", tale(&path, at)),
            };
            if known.len() >= most {
                is_closed = false;
                continue;
            }
            if known.insert(next.key()) {
                path.push((at, name));
                open.push_back((path.len() - 1, next));
            }
        }
    }
    Found {
        states: known.len(),
        rests,
        is_closed,
        ends,
    }
}

fn tale(path: &[(usize, String)], mut at: usize) -> String {
    let mut names = Vec::new();
    while at > 0 {
        names.push(path[at].1.as_str());
        at = path[at].0;
    }
    names.reverse();
    names.join("\n")
}

/// One way through, as the lots have it, until they are used up; then everything comes to rest.
pub(crate) fn walk(begins: Flight, lots: &[u8]) {
    let mut state = begins;
    let mut names = Vec::new();
    for lot in lots {
        let mut ways = state.ways();
        if ways.is_empty() {
            break;
        }
        let (name, taken) = ways.swap_remove(usize::from(*lot) % ways.len());
        names.push(name);
        state = match taken {
            Ok(next) => next,
            Err(wrong) => panic!("{}\n{wrong}", names.join("\n")),
        };
        if let Err(wrong) = state.buttons_are_true() {
            panic!("{}\n{wrong}", names.join("\n"));
        }
    }
    if let Err(wrong) = state.comes_to_rest() {
        panic!("{}\n{wrong}", names.join("\n"));
    }
}

//! Queues and their members by REST (reference E.5).

use twilio::CallSid;
use twiml::Method;

use super::line::{Line, Member};
use crate::engine::conference::target;
use crate::engine::runner::Source;
use crate::engine::{Engine, QueueSid, RestError, Time};

/// A queue as REST shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueView {
    /// Its SID.
    pub sid: QueueSid,
    /// Its name.
    pub name: String,
    /// How many wait.
    pub size: usize,
    /// How many may wait.
    pub max_size: usize,
    /// How long those who wait have waited on the average, in seconds.
    pub average_wait: i64,
    /// When it was made.
    pub created: Time,
    /// When it was last changed.
    pub updated: Time,
}

/// Somebody in a queue as REST shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberView {
    /// Its leg.
    pub call: CallSid,
    /// The queue.
    pub queue: QueueSid,
    /// Its place, from 1.
    pub position: usize,
    /// When it came.
    pub enqueued: Time,
    /// Seconds it has waited.
    pub wait: i64,
}

impl Engine {
    /// All queues, the latest first.
    #[must_use]
    pub fn queues(&self) -> Vec<QueueView> {
        let mut lines: Vec<&Line> = self.queues.lines.values().collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.serial));
        lines.into_iter().map(|line| self.line_view(line)).collect()
    }

    /// One queue.
    #[must_use]
    pub fn queue(&self, sid: &QueueSid) -> Option<QueueView> {
        self.queues.lines.get(sid).map(|line| self.line_view(line))
    }

    /// Makes a queue.
    ///
    /// # Errors
    /// The name is not 1 to 64 characters long or in use, or the size is not 1 to 5,000 (20001).
    pub fn create_queue(
        &mut self,
        name: &str,
        max_size: Option<usize>,
    ) -> Result<QueueView, RestError> {
        self.check_queue(None, Some(name), max_size)?;
        let sid = self.add_queue(name, max_size.unwrap_or(Line::USUALLY));
        self.queue(&sid)
            .ok_or_else(|| RestError::not_found(sid.as_str()))
    }

    /// Changes the name or the size of a queue. Whoever waits already stays.
    ///
    /// # Errors
    /// There is no such queue (20404), or as with `create_queue`.
    pub fn update_queue(
        &mut self,
        sid: &QueueSid,
        name: Option<&str>,
        max_size: Option<usize>,
    ) -> Result<QueueView, RestError> {
        if !self.queues.lines.contains_key(sid) {
            return Err(RestError::not_found(sid.as_str()));
        }
        self.check_queue(Some(sid), name, max_size)?;
        let now = self.now;
        if let Some(line) = self.queues.lines.get_mut(sid) {
            if let Some(name) = name {
                name.clone_into(&mut line.name);
            }
            line.most = max_size.unwrap_or(line.most);
            line.updated = now;
        }
        self.queue(sid)
            .ok_or_else(|| RestError::not_found(sid.as_str()))
    }

    /// Deletes a queue in which nobody waits.
    ///
    /// # Errors
    /// There is no such queue (20404), or somebody waits (20001).
    pub fn delete_queue(&mut self, sid: &QueueSid) -> Result<(), RestError> {
        let line = self.queues.lines.get(sid);
        let line = line.ok_or_else(|| RestError::not_found(sid.as_str()))?;
        if !line.is_idle() {
            return Err(RestError::new(400, 20001, "The queue is not empty"));
        }
        self.queues.lines.remove(sid);
        Ok(())
    }

    /// Those who wait in a queue, the front first.
    ///
    /// # Errors
    /// There is no such queue (20404).
    pub fn members(&self, sid: &QueueSid) -> Result<Vec<MemberView>, RestError> {
        let line = self.queues.lines.get(sid);
        let line = line.ok_or_else(|| RestError::not_found(sid.as_str()))?;
        let places = line.members().enumerate();
        Ok(places
            .map(|(index, member)| self.member_view(line, index + 1, member))
            .collect())
    }

    /// Somebody in a queue, by the SID of its call or as `Front`.
    #[must_use]
    pub fn member(&self, sid: &QueueSid, who: &str) -> Option<MemberView> {
        let line = self.queues.lines.get(sid)?;
        let call = match who {
            "Front" => line.front()?.call.clone(),
            who => CallSid::parse(who).ok()?,
        };
        let (place, member) = line.place(&call)?;
        Some(self.member_view(line, place, member))
    }

    /// Takes somebody out of a queue, who goes on with the document of this URL. Only one of several such requests finds
    /// it there.
    ///
    /// # Errors
    /// There is no such queue or member (20404), or the URL makes no sense (21205).
    pub fn dequeue(
        &mut self,
        sid: &QueueSid,
        who: &str,
        url: &str,
        method: Option<&str>,
    ) -> Result<MemberView, RestError> {
        let target = target(Some(url), method, Method::Post)?
            .ok_or_else(|| RestError::new(400, 21205, "Url parameter is required"))?;
        let member = self
            .member(sid, who)
            .ok_or_else(|| RestError::not_found(who))?;
        self.redirect(&member.call, Source::Url(target));
        self.settle();
        Ok(member)
    }

    fn check_queue(
        &self,
        itself: Option<&QueueSid>,
        name: Option<&str>,
        max_size: Option<usize>,
    ) -> Result<(), RestError> {
        let bad = |text: &str| Err(RestError::new(400, 20001, text));
        if let Some(name) = name {
            if !(1..=64).contains(&name.trim().chars().count()) {
                return bad("FriendlyName is not 1 to 64 characters long");
            }
            let holder = self.queues.named(name);
            if holder.is_some_and(|line| Some(&line.sid) != itself) {
                return bad("FriendlyName is in use by another queue");
            }
        }
        if max_size.is_some_and(|size| !(1..=Line::MOST).contains(&size)) {
            return bad("MaxSize is not between 1 and 5000");
        }
        Ok(())
    }

    fn line_view(&self, line: &Line) -> QueueView {
        QueueView {
            sid: line.sid.clone(),
            name: line.name.clone(),
            size: line.len(),
            max_size: line.most,
            average_wait: line.average_wait(self.now),
            created: line.created,
            updated: line.updated,
        }
    }

    fn member_view(&self, line: &Line, position: usize, member: &Member) -> MemberView {
        MemberView {
            call: member.call.clone(),
            queue: line.sid.clone(),
            position,
            enqueued: member.since,
            wait: self.now.seconds_since(member.since),
        }
    }
}

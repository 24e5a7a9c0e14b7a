//! Queues and who waits in them (reference E.5).

use serde::Serialize;
use serde_json::{Value, json};

use super::ask::{Ask, Verb, not_allowed};
use super::date;
use super::page::{Item, page};
use super::reply::Reply;
use crate::engine::{MemberView, QueueSid, QueueView, RestError};

const SETTINGS: [&str; 2] = ["FriendlyName", "MaxSize"];

pub(super) fn collection(ask: &Ask<'_>) -> Result<Reply, RestError> {
    match ask.verb {
        Verb::Get => {
            ask.filters(&[])?;
            page(ask, "queues", &ask.with(|engine| engine.queues()))
        }
        Verb::Post => {
            ask.knows(&SETTINGS)?;
            let name = ask.text("FriendlyName").unwrap_or_default();
            let most = max_size(ask)?;
            let queue = ask.with(|engine| engine.create_queue(&name, most))?;
            Ok(Reply::created(&queue.render(ask)))
        }
        Verb::Delete => Err(not_allowed()),
    }
}

pub(super) fn one(ask: &Ask<'_>, sid: &str) -> Result<Reply, RestError> {
    let sid = named(ask, sid)?;
    match ask.verb {
        Verb::Get => {
            let queue = ask.with(|engine| engine.queue(&sid));
            let queue = queue.ok_or_else(|| RestError::not_found(ask.uri.path()))?;
            Ok(Reply::shown(&queue.render(ask)))
        }
        Verb::Post => {
            ask.knows(&SETTINGS)?;
            let name = ask.text("FriendlyName");
            let most = max_size(ask)?;
            let queue = ask.with(|engine| engine.update_queue(&sid, name.as_deref(), most))?;
            Ok(Reply::shown(&queue.render(ask)))
        }
        Verb::Delete => ask
            .with(|engine| engine.delete_queue(&sid))
            .map(|()| Reply::Gone),
    }
}

pub(super) fn members(ask: &Ask<'_>, queue: &str) -> Result<Reply, RestError> {
    let sid = named(ask, queue)?;
    match ask.verb {
        Verb::Get => {
            ask.filters(&[])?;
            let members = ask.with(|engine| engine.members(&sid))?;
            page(ask, "queue_members", &members)
        }
        Verb::Post | Verb::Delete => Err(not_allowed()),
    }
}

/// A member by the SID of its call, or whoever is at the `Front`. Changing it takes it out of the queue.
pub(super) fn member(ask: &Ask<'_>, queue: &str, who: &str) -> Result<Reply, RestError> {
    let sid = named(ask, queue)?;
    match ask.verb {
        Verb::Get => {
            let member = ask.with(|engine| engine.member(&sid, who));
            let member = member.ok_or_else(|| RestError::not_found(ask.uri.path()))?;
            Ok(Reply::shown(&member.render(ask)))
        }
        Verb::Post => {
            ask.knows(&["Url", "Method"])?;
            let url = ask.text("Url").unwrap_or_default();
            let method = ask.text("Method");
            let member = ask.with(|engine| engine.dequeue(&sid, who, &url, method.as_deref()))?;
            Ok(Reply::shown(&member.render(ask)))
        }
        Verb::Delete => Err(not_allowed()),
    }
}

fn named(ask: &Ask<'_>, sid: &str) -> Result<QueueSid, RestError> {
    QueueSid::parse(sid).ok_or_else(|| RestError::not_found(ask.uri.path()))
}

fn max_size(ask: &Ask<'_>) -> Result<Option<usize>, RestError> {
    let size = ask.number("MaxSize", 20001)?;
    Ok(size.map(|size| usize::try_from(size).unwrap_or(usize::MAX)))
}

/// The resource, field by field as the OpenAPI description has it.
#[derive(Serialize)]
struct QueueResource<'a> {
    date_updated: String,
    current_size: usize,
    friendly_name: &'a str,
    uri: String,
    account_sid: &'a str,
    average_wait_time: i64,
    sid: &'a str,
    date_created: String,
    max_size: usize,
}

impl Item for QueueView {
    fn name(&self) -> String {
        self.sid.to_string()
    }

    fn render(&self, ask: &Ask<'_>) -> Value {
        json!(QueueResource {
            date_updated: date::shown(self.updated),
            current_size: self.size,
            friendly_name: &self.name,
            uri: ask.path(&format!("Queues/{}.json", self.sid)),
            account_sid: ask.account.as_str(),
            average_wait_time: self.average_wait,
            sid: self.sid.as_str(),
            date_created: date::shown(self.created),
            max_size: self.max_size,
        })
    }
}

/// The resource, field by field as the OpenAPI description has it.
#[derive(Serialize)]
struct MemberResource<'a> {
    call_sid: &'a str,
    date_enqueued: String,
    position: usize,
    uri: String,
    wait_time: i64,
    queue_sid: &'a str,
}

impl Item for MemberView {
    fn name(&self) -> String {
        self.call.to_string()
    }

    fn render(&self, ask: &Ask<'_>) -> Value {
        json!(MemberResource {
            call_sid: self.call.as_str(),
            date_enqueued: date::shown(self.enqueued),
            position: self.position,
            uri: ask.path(&format!("Queues/{}/Members/{}.json", self.queue, self.call)),
            wait_time: self.wait,
            queue_sid: self.queue.as_str(),
        })
    }
}

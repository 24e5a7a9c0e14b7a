//! The rooms of a conference line, and a blank one for another.

use desk::lines::{LineForm, RoomForm};
use leptos::prelude::*;

use super::fields::{about, area, choice, group, text, tick, words};
use crate::parts::Problems;

const TOLD: [(&str, &str); 3] = [
    ("beep", "By a beep"),
    ("spoken", "In words, with how many are there"),
    ("nothing", "Not at all"),
];
const RECORDING: [(&str, &str); 3] = [
    ("never", "Never"),
    ("from_start", "From the start; everybody is told"),
    ("paused", "It can be, and is paused from the start"),
];

pub(super) fn rooms(form: &LineForm, problems: Problems) -> AnyView {
    let rooms = form.rooms.iter().enumerate();
    rooms
        .map(|(number, room)| one(number, room, problems))
        .collect_view()
        .into_any()
}

fn one(number: usize, room: &RoomForm, problems: Problems) -> AnyView {
    let is_new = room.key.is_empty();
    let legend = if is_new {
        "Another room".to_owned()
    } else {
        format!("Room {}", room.name)
    };
    let lead = if is_new {
        "Without a name it is passed over. Once it is saved, there is place for one more."
    } else {
        ""
    };
    let field = |id: &'static str, label: &'static str, hint: &'static str| {
        about(problems, format!("rooms-{number}-{id}"), label, hint)
    };
    let line = |id, label, hint, value: &str| text(&field(id, label, hint), "text", value, None);
    let moderators = field(
        "moderators",
        "Moderators by number",
        "One in each line, like +12025550142.",
    );
    let told = field("told", "Others are told that somebody comes or goes", "");
    let recording = field("recording", "Recorded", "");
    let is_moderated = field("is_moderated", "Everybody waits for a moderator", "");
    let gone = field(
        "gone",
        "Remove this room",
        "Whoever is in it stays until it ends.",
    );
    let fields = view! {
        <input type="hidden" name=format!("form[rooms][{number}][key]") value=room.key.clone()/>
        {line("name", "Name", "As callers hear it.", &room.name)}
        {line("code", "Code", "Digits that lead there; needed where the line has several rooms.", &room.code)}
        {line("pin", "PIN", "4 to 12 digits for everybody else; empty for none.", &room.pin)}
        {line("moderator_pin", "Moderators' PIN", "Makes a moderator of whoever keys it in.", &room.moderator_pin)}
        {line("limit", "Most people", "2 to 250.", &room.limit)}
        {line("grace_s", "Waits for a moderator who is gone", "Seconds.", &room.grace_s)}
        {line("patience_s", "Longest wait for the beginning", "Seconds.", &room.patience_s)}
        {choice(&told, &room.told, &words(&TOLD))}
        {choice(&recording, &room.recording, &words(&RECORDING))}
        {area(&moderators, 3, &room.moderators)}
        {tick(&is_moderated, &room.is_moderated)}
        {(!is_new).then(|| tick(&gone, &room.gone))}
    };
    group(legend, lead, fields.into_any())
}

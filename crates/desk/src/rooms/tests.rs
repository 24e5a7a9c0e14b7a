//! Pictures of rooms follow each other, and forms make sense or do not.

use super::*;

#[test]
fn a_change_leads_from_the_picture_before_to_the_one_after() {
    let before = rooms(3, &[("a", 1), ("b", 2), ("c", 3)]);
    let mut after = rooms(4, &[("a", 1), ("c", 3), ("d", 0)]);
    after.sort();
    after.rooms[2].is_locked = true;
    let change = RoomsChange::between(&before, &after);

    let mut followed = before;
    followed.take(RoomsPart::Change(change.clone()));

    assert_eq!(followed, after);
    assert_eq!(change.gone, ["b"]);
    let ids: Vec<&str> = change.rooms.iter().map(|room| room.id.as_str()).collect();
    assert_eq!(ids, ["d", "c"]);
}

#[test]
fn a_change_since_another_picture_changes_nothing() {
    let mut shown = rooms(2, &[("a", 1)]);
    let change = RoomsChange::between(&rooms(3, &[("a", 1)]), &rooms(4, &[]));

    shown.take(RoomsPart::Change(change));

    assert_eq!(shown, rooms(2, &[("a", 1)]));
}

#[test]
fn a_whole_picture_takes_the_place_of_whatever_was_shown() {
    let mut shown = rooms(9, &[("a", 1)]);

    shown.take(RoomsPart::Whole(rooms(2, &[("b", 1)])));

    assert_eq!(shown, rooms(2, &[("b", 1)]));
}

#[test]
fn every_act_is_asked_for_by_its_word() {
    let leg = || "CA1".to_owned();
    let number = || "+1 (312) 555-0123".to_owned();
    let text = || "Five minutes left.".to_owned();
    for (act, meant) in [
        (
            "mute",
            RoomAct::Mute {
                leg: leg(),
                on: true,
            },
        ),
        (
            "unmute",
            RoomAct::Mute {
                leg: leg(),
                on: false,
            },
        ),
        (
            "hold",
            RoomAct::Hold {
                leg: leg(),
                on: true,
            },
        ),
        (
            "unhold",
            RoomAct::Hold {
                leg: leg(),
                on: false,
            },
        ),
        ("remove", RoomAct::Remove { leg: leg() }),
        ("lower-hand", RoomAct::LowerHand { leg: leg() }),
        (
            "announce",
            RoomAct::AnnounceTo {
                leg: leg(),
                text: text(),
            },
        ),
        ("mute-all", RoomAct::MuteAll),
        ("add", RoomAct::Add { number: number() }),
        ("lock", RoomAct::Lock { on: true }),
        ("unlock", RoomAct::Lock { on: false }),
        ("resume-recording", RoomAct::Record { on: true }),
        ("pause-recording", RoomAct::Record { on: false }),
        ("end", RoomAct::End),
    ] {
        let form = RoomActForm {
            act: act.to_owned(),
            person: leg(),
            text: text(),
            number: number(),
            ..RoomActForm::default()
        };

        assert_eq!(form.parse(), Ok(meant));
    }
}

#[test]
fn an_announcement_without_a_person_is_for_all() {
    let form = RoomActForm {
        act: "announce".to_owned(),
        text: " Five minutes left. ".to_owned(),
        ..RoomActForm::default()
    };

    let text = "Five minutes left.".to_owned();
    assert_eq!(form.parse(), Ok(RoomAct::AnnounceToAll { text }));
}

#[test]
fn a_form_that_makes_no_sense_is_refused_by_its_field() {
    let long = "a".repeat(501);
    for (act, person, text, number, field) in [
        ("mute", "", "", "", "person"),
        ("remove", " ", "", "", "person"),
        ("announce", "CA1", " ", "", "text"),
        ("announce", "", long.as_str(), "", "text"),
        ("announce", "", "one\ntwo", "", "text"),
        ("explode", "", "", "", "act"),
        ("", "", "", "", "act"),
    ] {
        let form = RoomActForm {
            room: "room".to_owned(),
            act: act.to_owned(),
            person: person.to_owned(),
            text: text.to_owned(),
            number: number.to_owned(),
        };

        let refused = form.parse().map_err(|errors| errors[0].field.clone());

        assert_eq!(refused, Err(field.to_owned()), "{form:?}");
    }
}

#[test]
fn who_came_twice_is_one_person() {
    let one = Attended {
        leg: "CA1".to_owned(),
        ..Attended::default()
    };
    let past = PastRoom {
        attendance: vec![one.clone(), one],
        ..PastRoom::default()
    };

    assert_eq!(past.people(), 1);
}

fn rooms(number: u64, rows: &[(&str, i64)]) -> Rooms {
    let room = |(id, began_ms): &(&str, i64)| RoomView {
        id: (*id).to_owned(),
        began_ms: *began_ms,
        ..RoomView::default()
    };
    Rooms {
        number,
        now_ms: 0,
        rooms: rows.iter().map(room).collect(),
    }
}

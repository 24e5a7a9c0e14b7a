//! Pictures of rooms follow each other, forms make sense or do not, and attendance is a table.

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
    for act in [
        "mute",
        "unmute",
        "hold",
        "unhold",
        "remove",
        "lower-hand",
        "announce",
        "mute-all",
        "add",
        "lock",
        "unlock",
        "resume-recording",
        "pause-recording",
        "end",
    ] {
        let form = RoomActForm {
            act: act.to_owned(),
            person: "CA1".to_owned(),
            text: "Five minutes left.".to_owned(),
            number: "+1 (312) 555-0123".to_owned(),
            ..RoomActForm::default()
        };

        assert_eq!(form.parse().map(|parsed| parsed.word()), Ok(act));
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
        ("add", "", "", "911", "number"),
        ("add", "", "", "", "number"),
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
fn attendance_is_a_table_in_which_no_name_is_a_formula() {
    let attendance = [
        Attended {
            leg: "CA1".to_owned(),
            label: "+1 (312) 555-0123".to_owned(),
            number: Some("+13125550123".to_owned()),
            role: PersonRole::Moderator,
            joined_ms: 0,
            left_ms: Some(61_500),
            why: "Hung up".to_owned(),
        },
        Attended {
            leg: "CA2".to_owned(),
            label: "=1+1, \"Ida\"".to_owned(),
            number: None,
            role: PersonRole::Participant,
            joined_ms: 1_000,
            left_ms: None,
            why: String::new(),
        },
    ];

    let table = attendance_csv(&attendance, 3_000);

    assert_eq!(
        table,
        "who,number,role,joined,left,seconds,why\r\n\
         +1 (312) 555-0123,+13125550123,Moderator,1970-01-01T00:00:00Z,1970-01-01T00:01:01Z,61,Hung up\r\n\
         \"'=1+1, \"\"Ida\"\"\",,Participant,1970-01-01T00:00:01Z,,2,\r\n"
    );
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

#[test]
fn every_role_is_found_by_its_word() {
    let roles = [
        PersonRole::Moderator,
        PersonRole::Participant,
        PersonRole::Caller,
        PersonRole::Agent,
        PersonRole::Outside,
    ];

    for role in roles
        .into_iter()
        .chain(WatchMode::ALL.into_iter().map(PersonRole::Watcher))
    {
        assert_eq!(PersonRole::parse(role.word()), Some(role));
    }
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

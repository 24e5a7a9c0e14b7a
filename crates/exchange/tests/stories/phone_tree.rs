//! Stories of the phone tree.

use crate::support::{Story, menu, number, rows};
use exchange::{Act, Caller, DialStatus, MenuRoute, Outcome, Place, Route};

fn alien() -> Story {
    Story::on(
        "planets",
        Caller::Number(number("+13125550123")),
        Place::default(),
    )
}

#[test]
fn one_gives_directions_and_ends() {
    let mut elliott = alien();

    elliott.arrives();
    elliott.hears("Root menu.");
    elliott.presses("1");

    elliott.hears("Past the moon. goodbye[]");
    elliott.is_over(Outcome::Informed);
}

#[test]
fn two_lists_the_planets_and_a_key_connects() {
    let mut elliott = alien();
    elliott.arrives();

    elliott.presses("2");
    elliott.hears("The planets. list_entry[key=2 name=Brodo Asogi] list_entry[key=3 name=Dagobah] back_hint[]");
    elliott.presses("3");
    elliott.hears("connecting_entry[name=Dagobah]");
    assert_eq!(elliott.dialled().unwrap().to, number("+12025550103"));
    elliott.dial_ends(DialStatus::Completed, true, 30);

    elliott.hears("office_talked[name=Dagobah] goodbye[]");
    elliott.is_over(Outcome::Connected);
}

#[test]
fn a_planet_that_does_not_answer_leads_back_to_the_list() {
    let mut elliott = alien();
    elliott.arrives();
    elliott.presses("2");
    elliott.presses("2");

    elliott.dial_ends(DialStatus::NoAnswer, false, 0);

    elliott.hears("office_no_answer[name=Brodo Asogi] The planets.");
}

#[test]
fn star_goes_back_one_place_at_a_time() {
    let mut elliott = alien();
    elliott.arrives();

    elliott.presses("2");
    elliott.presses("*");
    elliott.hears("Root menu.");
    elliott.presses("3");
    elliott.hears("More menu. back_hint[]");
    elliott.presses("*");
    elliott.hears("Root menu.");
    elliott.presses("*");

    elliott.hears("Root menu.");
}

#[test]
fn a_key_can_lead_back_or_to_a_number() {
    let mut elliott = alien();
    elliott.arrives();
    elliott.presses("3");

    elliott.presses("9");
    elliott.hears("Root menu.");
    elliott.presses("3");
    elliott.presses("1");

    assert_eq!(elliott.dialled().unwrap().to, number("+12025550199"));
}

#[test]
fn wrong_keys_and_silence_have_their_own_words_and_end_after_three() {
    let mut elliott = alien();
    elliott.arrives();

    elliott.presses("8");
    elliott.hears("wrong_key[] Root menu.");
    elliott.presses("");
    elliott.hears("silence[] Root menu.");
    elliott.presses("8");

    elliott.hears("too_many_tries");
    elliott.is_over(Outcome::NoInput);
}

#[test]
fn a_key_can_lead_to_another_line() {
    let mut elliott = alien();
    elliott.arrives();

    elliott.presses("5");
    assert!(
        matches!(&elliott.answer[..], [Act::Goto(Route::Line(line))] if line.as_str() == "senators")
    );
    elliott.arrives();

    elliott.hears("forward_welcome[] confirm_guess[region=Illinois]");
}

#[test]
fn the_tutorials_routes_work_without_what_came_before() {
    let mut elliott = alien();
    elliott.happens(menu(MenuRoute::Planets, "2"));
    assert_eq!(elliott.dialled().unwrap().to, number("+12025550102"));

    let mut elliott = alien();
    elliott.happens(menu(MenuRoute::Menu, "1"));
    elliott.hears("Past the moon.");

    let mut elliott = alien();
    elliott.happens(menu(MenuRoute::Unknown("toString".into()), ""));
    assert!(matches!(&elliott.answer[..], [Act::Goto(Route::Line(_))]));
}

#[test]
fn zero_reaches_a_person_where_the_line_has_one() {
    let mut rows = rows();
    rows.lines[1].person = Some(number("+12025550177"));
    let mut elliott = Story::with(rows, "planets", Caller::Withheld, Place::default());
    elliott.arrives();

    elliott.presses("0");
    assert_eq!(elliott.dialled().unwrap().to, number("+12025550177"));
    elliott.dial_ends(DialStatus::Busy, false, 0);

    elliott.hears("office_busy[name=person_name[]] Root menu.");
}

#[test]
fn a_call_of_another_kind_of_line_is_led_back_to_its_own() {
    let mut elliott = alien();

    elliott.happens(crate::support::forward(
        exchange::ForwardRoute::StateLookup,
        "60601",
    ));

    assert!(
        matches!(&elliott.answer[..], [Act::Goto(Route::Line(line))] if line.as_str() == "planets")
    );
}

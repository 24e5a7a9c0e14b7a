//! Stories of the forwarding line: where a caller lives, guessed or asked.

use crate::support::{Story, number};
use exchange::{Caller, DialStatus, Outcome, Place};

#[test]
fn only_the_area_code_makes_it_a_guess() {
    let mut ida = Story::on(
        "senators",
        Caller::Number(number("+13125550123")),
        Place::default(),
    );

    ida.arrives();

    ida.hears("confirm_guess[region=Illinois]");
}

#[test]
fn an_area_code_says_nothing_of_a_caller_from_abroad() {
    let place = Place {
        country: Some("CA".into()),
        ..Place::default()
    };
    let mut ida = Story::on("senators", Caller::Number(number("+13125550123")), place);

    ida.arrives();

    ida.hears("ask_zip");
}

#[test]
fn every_kind_of_region_has_its_own_answer() {
    let cases = [
        ("IL", "US", "confirm_region[region=Illinois]"),
        ("il", "US", "confirm_region[region=Illinois]"),
        ("DC", "US", "confirm_region[region=District of Columbia]"),
        ("", "GU", "confirm_region[region=Guam]"),
        ("AE", "US", "military[region=Armed Forces Europe] ask_zip[]"),
        ("", "PW", "no_congress[region=Palau] ask_zip[]"),
        ("ON", "CA", "province[region=Ontario] ask_zip[]"),
        ("XX", "US", "confirm_guess[region=Illinois]"),
        ("IL", "MX", "forward_welcome[] ask_zip[]"),
    ];
    for (state, country, said) in cases {
        let mut ida = Story::from_state(state);
        ida.call.place = Place {
            state: (!state.is_empty()).then(|| state.to_owned()),
            country: Some(country.to_owned()),
            ..Place::default()
        };

        ida.arrives();

        ida.hears(said);
    }
}

#[test]
fn a_district_without_senators_offers_its_delegate() {
    let mut ida = Story::from_state("DC");

    ida.arrives();
    ida.presses("1");
    ida.hears(
        "no_senators[region=District of Columbia] offer_delegate[title=Senator name=Eve Elm]",
    );
    ida.presses("1");
    ida.hears("connecting_only[title=Senator name=Eve Elm]");
    ida.dial_ends(DialStatus::Completed, true, 10);

    ida.is_over(Outcome::Connected);
}

#[test]
fn the_offer_of_a_delegate_can_be_declined_for_another_zip() {
    let mut ida = Story::from_state("DC");
    ida.arrives();
    ida.presses("1");

    ida.presses("2");
    ida.hears("ask_zip");
    ida.presses("60601");

    ida.hears("region_found[region=Illinois] connecting[");
}

#[test]
fn a_territory_without_a_delegate_is_told_so_and_thanked() {
    let mut ida = Story::from_nowhere();
    ida.arrives();

    ida.presses("96910");

    ida.hears("no_senators[region=Guam] goodbye[]");
    ida.is_over(Outcome::NoOffice);
}

#[test]
fn a_state_without_offices_is_told_so() {
    let mut ida = Story::from_state("OH");
    ida.arrives();

    ida.presses("1");

    ida.hears("no_offices[region=Ohio] goodbye[]");
    ida.is_over(Outcome::NoOffice);
}

#[test]
fn a_zip_code_that_spans_states_asks_which() {
    let mut ida = Story::from_nowhere();
    ida.arrives();

    ida.presses("47500");
    ida.hears("which_region[zip=47500] region_choice[key=1 region=Indiana] region_choice[key=2 region=Illinois]");
    ida.presses("2");

    ida.hears("name=Ann Alder");
}

#[test]
fn a_zip_code_with_hardly_anybody_across_the_border_does_not_ask() {
    let mut ida = Story::from_nowhere();
    ida.arrives();

    ida.presses("47501");

    ida.hears("region_found[region=Indiana]");
}

#[test]
fn a_zip_code_is_asked_for_three_times_and_then_the_call_ends_kindly() {
    let mut ida = Story::from_nowhere();
    ida.arrives();

    ida.presses("123");
    ida.hears("not_a_zip[] ask_zip[]");
    ida.presses("99999");
    ida.hears("zip_unknown[zip=99999] ask_zip[]");
    ida.presses("");

    ida.hears("too_many_tries");
    ida.is_over(Outcome::NoInput);
}

#[test]
fn a_military_zip_code_asks_for_the_one_at_home() {
    let mut ida = Story::from_nowhere();
    ida.arrives();

    ida.presses("09012");

    ida.hears("military[region=Armed Forces Europe] ask_zip[]");
}

#[test]
fn wrong_keys_and_silence_have_their_own_words() {
    let mut ida = Story::from_state("IL");
    ida.arrives();

    ida.presses("7");
    ida.hears("wrong_key[] confirm_region[region=Illinois]");
    ida.presses("");
    ida.hears("silence[] confirm_region[region=Illinois]");
    ida.presses("8");

    ida.is_over(Outcome::NoInput);
}

#[test]
fn another_question_counts_its_tries_anew() {
    let mut ida = Story::from_state("IL");
    ida.arrives();
    ida.presses("7");
    ida.presses("7");

    ida.presses("2");
    ida.presses("1");
    ida.presses("1");

    ida.hears("not_a_zip[] ask_zip[]");
}

#[test]
fn star_goes_back_from_the_zip_code_to_the_guess() {
    let mut ida = Story::from_state("IL");
    ida.arrives();
    ida.presses("2");

    ida.presses("*");

    ida.hears("confirm_region[region=Illinois]");
}

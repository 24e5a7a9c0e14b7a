//! Values that are numbers or keys.

use crate::assert_values;

#[test]
fn numbers_have_their_ranges() {
    assert_values(
        "<Dial timeout='$'>911</Dial>",
        13212,
        &["5", "600", " 30 "],
        &["", "4", "601", "x", "-5", "5.5"],
    );
    assert_values(
        "<Dial timeLimit='$'>911</Dial>",
        13216,
        &["1", "86400"],
        &["0", "86401", "1h"],
    );
    assert_values(
        "<Gather timeout='$'/>",
        13313,
        &["1", "99999"],
        &["0", "auto"],
    );
    assert_values(
        "<Gather numDigits='$'/>",
        13314,
        &["1", "99999999999999999999999"],
        &["0", "one"],
    );
    assert_values(
        "<Gather speechTimeout='$'/>",
        13327,
        &["auto", "1"],
        &["0", "Auto", ""],
    );
    assert_values(
        "<Gather maxSpeechTime='$'/>",
        13328,
        &["1", "60"],
        &["0", "61"],
    );
    assert_values(
        "<Pause length='$'/>",
        13910,
        &["1", "600"],
        &["0", "-1", "", "1s"],
    );
    assert_values(
        "<Say loop='$'>a</Say>",
        13510,
        &["0", "1000", "99999"],
        &["-1", "x"],
    );
    assert_values("<Play loop='$'>/a</Play>", 13410, &["0", "3"], &["-1", "x"]);
    assert_values(
        "<Gather><Say loop='$'>a</Say></Gather>",
        13322,
        &["0"],
        &["-1"],
    );
    assert_values("<Record timeout='$'/>", 13611, &["0", "5"], &["x"]);
    assert_values(
        "<Record maxLength='$'/>",
        13612,
        &["2", "86400"],
        &["1", "86401", "x"],
    );
    assert_values(
        "<Record transcribe='true' maxLength='$'/>",
        13615,
        &["120"],
        &["121"],
    );
    assert_values(
        "<Dial><Conference maxParticipants='$'>r</Conference></Dial>",
        12200,
        &["2", "250"],
        &["1", "251", "300"],
    );
    assert_values(
        "<Dial><Number machineDetectionTimeout='$'>911</Number></Dial>",
        21263,
        &["3", "60"],
        &["2", "61"],
    );
}

#[test]
fn digits_are_those_of_their_verb() {
    assert_values(
        "<Play digits='$'/>",
        13430,
        &["0123456789*#", "wWABCD"],
        &["", "E", "1 2"],
    );
    assert_values(
        "<Dial><Number sendDigits='$'>911</Number></Dial>",
        13222,
        &["", "ww1*#W"],
        &["A", "1 2"],
    );
    assert_values(
        "<Gather finishOnKey='$'/>",
        13310,
        &["", "#", "*", "0"],
        &["##", "a", "12"],
    );
    assert_values(
        "<Record finishOnKey='$'/>",
        13613,
        &["", "#", "12*#"],
        &["a", "1 2"],
    );
}

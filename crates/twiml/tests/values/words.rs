//! Values that are one word of a few.

use crate::assert_values;

const METHODS: (&[&str], &[&str]) = (&["GET", "POST", "get"], &["", "PUT", "POST "]);
const TRUTHS: (&[&str], &[&str]) = (&["true", "false", "True"], &["", "yes", "1"]);

#[test]
fn methods_are_get_or_post() {
    for (content, code) in [
        ("<Dial method='$'>911</Dial>", 13210),
        ("<Dial referMethod='$'>911</Dial>", 13210),
        ("<Dial><Number method='$'>911</Number></Dial>", 13221),
        (
            "<Dial><Conference waitMethod='$'>r</Conference></Dial>",
            13234,
        ),
        ("<Dial><Sip method='$'>sip:a@b</Sip></Dial>", 13241),
        ("<Dial><Queue method='$'>q</Queue></Dial>", 14210),
        ("<Dial><Client method='$'>a</Client></Dial>", 12200),
        ("<Gather method='$'/>", 13312),
        ("<Gather partialResultCallbackMethod='$'/>", 13329),
        ("<Record method='$'/>", 13610),
        ("<Redirect method='$'/>", 13710),
        ("<Enqueue method='$'>q</Enqueue>", 14201),
        ("<Enqueue waitUrlMethod='$'>q</Enqueue>", 14206),
    ] {
        assert_values(content, code, METHODS.0, METHODS.1);
    }
}

#[test]
fn truths_are_true_or_false() {
    for (content, code) in [
        ("<Dial hangupOnStar='$'>911</Dial>", 13213),
        ("<Dial sequential='$'>911</Dial>", 13218),
        ("<Dial answerOnBridge='$'>911</Dial>", 13219),
        ("<Dial><Conference muted='$'>r</Conference></Dial>", 13230),
        (
            "<Dial><Conference endConferenceOnExit='$'>r</Conference></Dial>",
            13231,
        ),
        (
            "<Dial><Conference startConferenceOnEnter='$'>r</Conference></Dial>",
            13232,
        ),
        ("<Gather bargeIn='$'/>", 13332),
        ("<Gather profanityFilter='$'/>", 13333),
        ("<Gather actionOnEmptyResult='$'/>", 13338),
        ("<Record transcribe='$'/>", 13614),
        ("<Record playBeep='$'/>", 13616),
    ] {
        assert_values(content, code, TRUTHS.0, TRUTHS.1);
    }
}

#[test]
fn words_are_those_of_the_reference() {
    assert_values(
        "<Dial record='$'>911</Dial>",
        13217,
        &["record-from-answer", "true"],
        &["yes", ""],
    );
    assert_values(
        "<Dial ringTone='$'>911</Dial>",
        13220,
        &["de", "us-old"],
        &["xx", "DE"],
    );
    assert_values(
        "<Dial recordingStatusCallbackEvent='$'>911</Dial>",
        13621,
        &["completed absent"],
        &["done", "completed, absent"],
    );
    assert_values(
        "<Dial><Conference beep='$'>r</Conference></Dial>",
        13235,
        &["true", "onEnter"],
        &["onenter"],
    );
    assert_values(
        "<Dial><Conference trim='$'>r</Conference></Dial>",
        13239,
        &["do-not-trim"],
        &["true"],
    );
    assert_values(
        "<Dial><Conference region='$'>r</Conference></Dial>",
        12200,
        &["ie1"],
        &["eu1"],
    );
    assert_values(
        "<Gather input='$'/>",
        13326,
        &["dtmf", " speech  dtmf "],
        &["", "voice", "dtmf,speech"],
    );
    assert_values("<Record trim='$'/>", 13699, &["trim-silence"], &["true"]);
    assert_values(
        "<Reject reason='$'/>",
        13810,
        &["busy", "rejected"],
        &["tired"],
    );
}

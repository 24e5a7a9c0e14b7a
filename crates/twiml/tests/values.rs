//! Values of attributes and texts, each with the code that Twilio has for what is bad about it.

use twiml::read;

/// Reads the content with each of the values in place of `$`, and wants the code for those that are bad.
#[track_caller]
fn assert_values(content: &str, code: u16, good: &[&str], bad: &[&str]) {
    let codes = |value: &str| -> Vec<u16> {
        let document = format!("<Response>{}</Response>", content.replace('$', value));
        let reading = read(document).expect("a well-formed document");
        reading.warnings.iter().map(|w| w.code.number()).collect()
    };
    for value in good {
        assert_eq!(codes(value), [0; 0], "{value} in {content}");
    }
    for value in bad {
        assert_eq!(codes(value), [code], "{value} in {content}");
    }
}

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

#[test]
fn voices_languages_and_hints_are_looked_at_by_their_shape() {
    assert_values(
        "<Say voice='$'>a</Say>",
        13511,
        &["man", "Polly.Joanna"],
        &["", "Joanna", "Polly."],
    );
    assert_values(
        "<Gather><Say voice='$'>a</Say></Gather>",
        13321,
        &["woman"],
        &["nobody"],
    );
    assert_values(
        "<Say language='$'>a</Say>",
        13512,
        &["en-US", "arb"],
        &["", "e", "en_US"],
    );
    assert_values(
        "<Gather language='$'/>",
        13331,
        &["fil-PH"],
        &["English please"],
    );
    assert_values(
        "<Gather speechModel='$'/>",
        13334,
        &["deepgram_nova-9"],
        &[""],
    );
    assert_values(
        "<Gather speechModel='phone_call' speechTimeout='$'/>",
        13335,
        &["3"],
        &["auto"],
    );
    let (few, many) = (vec!["a"; 500].join(","), vec!["a"; 501].join(","));
    let long = "a".repeat(101);
    assert_values(
        "<Gather hints='$'/>",
        13330,
        &[&few, &long[1..]],
        &[&many, &long],
    );
}

#[test]
fn urls_can_be_requested() {
    let good = [
        "",
        "/a",
        "../a?b=http://c",
        "https://u:p@example.com/#rc=1",
        "HTTP://a",
    ];
    let bad = ["ftp://example.com/a", "/a b", "https://"];
    for (content, code) in [
        ("<Dial><Conference waitUrl='$'>r</Conference></Dial>", 13233),
        ("<Dial><Queue url='$'>q</Queue></Dial>", 14211),
        ("<Dial recordingStatusCallback='$'>911</Dial>", 13256),
        ("<Record transcribeCallback='$'/>", 13257),
        ("<Enqueue waitUrl='$'>q</Enqueue>", 14202),
        ("<Enqueue action='$'>q</Enqueue>", 14203),
    ] {
        assert_values(content, code, &good, &bad);
    }
    assert_values("<Play>$</Play>", 11100, &["/a"], &["", " "]);
}

#[test]
fn names_and_numbers_have_their_forms() {
    let (most, over) = ("é".repeat(128), "é".repeat(129));
    let call = "CA0123456789abcdef0123456789abcdef";
    assert_values(
        "<Dial>$</Dial>",
        13223,
        &["+12025550123", "(202) 555-0123", "911"],
        &["", "ada", "1-800-FLOWERS"],
    );
    assert_values(
        "<Dial><Number>$</Number></Dial>",
        13223,
        &["202.555.0123"],
        &["", "+", "sip:a@b"],
    );
    assert_values(
        "<Dial callerId='$'>911</Dial>",
        13214,
        &["+12025550100", "client:ada"],
        &[""],
    );
    assert_values(
        "<Dial><Conference>$</Conference></Dial>",
        13237,
        &["r", &most],
        &["", &over],
    );
    assert_values(
        "<Dial><Conference coach='$'>r</Conference></Dial>",
        13240,
        &[call],
        &["", "CA1"],
    );
    assert_values(
        "<Dial><Conference participantLabel='$'>r</Conference></Dial>",
        16023,
        &["ada", &most],
        &["", "a/b", call, &over],
    );
    assert_values(
        "<Dial><Sip>$</Sip></Dial>",
        13243,
        &["sip:a@b", "SIPS:a@b?X-A=b c"],
        &["", "a@b", "sip:", "sip:a b"],
    );
    assert_values(
        "<Dial><Sip><Uri>$</Uri></Sip></Dial>",
        13243,
        &["sip:a@b"],
        &["a"],
    );
    assert_values(
        "<Dial><Sip username='$'>sip:a@b</Sip></Dial>",
        13249,
        &["ada"],
        &[&"a".repeat(256)],
    );
    let header = "<Dial><Sip>sip:a@b<Headers><Header name='$' value='$'/></Headers></Sip></Dial>";
    assert_values(header, 13252, &["X-Line"], &["", "X Line"]);
    assert_values(header, 13253, &[&"a".repeat(512)], &[&"a".repeat(513)]);
    assert_values(
        "<Dial><Queue>$</Queue></Dial>",
        14212,
        &["q", &most[..128]],
        &[""],
    );
    assert_values("<Dial><Queue>$</Queue></Dial>", 14213, &[], &[&most[..130]]);
    assert_values(
        "<Enqueue>$</Enqueue>",
        14204,
        &["q", &most[..128]],
        &["", "  "],
    );
    assert_values("<Enqueue>$</Enqueue>", 14205, &[], &[&most[..130]]);
    assert_values(
        "<Enqueue workflowSid='$'/>",
        14220,
        &["WW0123456789abcdef0123456789abcdef"],
        &["", "WW1"],
    );
}

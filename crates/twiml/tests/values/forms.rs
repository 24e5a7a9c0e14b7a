//! Values and texts that must have a form.

use crate::assert_values;

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
        "<Enqueue workflowSid='WW0123456789abcdef0123456789abcdef'><Task>$</Task></Enqueue>",
        14221,
        &["{}", r#" {"a": 1} "#],
        &["", "a", "[]"],
    );
    assert_values(
        "<Enqueue workflowSid='$'/>",
        14220,
        &["WW0123456789abcdef0123456789abcdef"],
        &["", "WW1"],
    );
}

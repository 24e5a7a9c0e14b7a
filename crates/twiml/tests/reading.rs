//! What is said about documents that Twilio would not take as they are.

use twiml::*;

#[test]
fn the_text_of_a_noun_is_trimmed_and_what_is_said_is_not() {
    assert_left(
        "<Redirect>\n  /next\n</Redirect>",
        &[],
        "<Redirect>/next</Redirect>",
    );
    assert_left(
        "<Dial>\n <Conference>\n  Room  7 </Conference>\n</Dial>",
        &[],
        "<Dial><Conference>Room  7</Conference></Dial>",
    );
    assert_left(
        "<Dial>\n +1 202 555 0123\n</Dial>",
        &[],
        "<Dial>+1 202 555 0123</Dial>",
    );
    assert_same("<Say> One\n two </Say>");
}

#[test]
fn what_is_not_known_is_skipped_and_the_rest_obeyed() {
    assert_left("<Jump/><Hangup/>", &[12200], "<Hangup/>");
    assert_left("<hangup/><Leave/>", &[12200], "<Leave/>");
    assert_left("Hello.<Leave/>", &[12200], "<Leave/>");
    assert_left("<Say Voice='man'>a</Say>", &[12200], "<Say>a</Say>");
    assert_left(
        "<Leave now='true'>soon<Say/></Leave>",
        &[12200, 12200, 12200],
        "<Leave/>",
    );
    assert_left("<Say>a<Pause/>b</Say>", &[12200], "<Say>ab</Say>");
    assert_left(
        "<Say><s><p>a</p>b</s></Say>",
        &[12200],
        "<Say><s>b</s></Say>",
    );
    assert_left("<Prompt/><Queue>a</Queue>", &[12200, 12200], "");
    assert_left(
        "<Start><Recording/><Room>a</Room></Start>",
        &[12200],
        "<Start><Recording/></Start>",
    );
    assert_left("<Stop><Recording/></Stop>", &[12200], "<Stop/>");
    assert_left("<Reject><Say>a</Say></Reject>", &[12200], "<Reject/>");
    assert_left("<Pause><!-- a --></Pause>", &[], "<Pause/>");
    assert_left(
        "<Enqueue workflowSid='WW0123456789abcdef0123456789abcdef'>q<Task>{}</Task><Task>{}</Task></Enqueue>",
        &[12200, 12200],
        r#"<Enqueue workflowSid="WW0123456789abcdef0123456789abcdef"><Task>{}</Task></Enqueue>"#,
    );
    assert_left("<Stream/>", &[12200], "");
}

#[test]
fn wrong_nesting_in_dial_and_gather_has_codes_of_its_own() {
    assert_left("<Dial>911<Say>a</Say></Dial>", &[13215], "<Dial>911</Dial>");
    assert_left(
        "<Dial>911<Client>a</Client></Dial>",
        &[13215],
        "<Dial><Client>a</Client></Dial>",
    );
    assert_left(
        "<Dial><Queue>q</Queue><Client>a</Client></Dial>",
        &[13215],
        "<Dial><Queue>q</Queue></Dial>",
    );
    assert_left(
        "<Dial><Client>a</Client><Conference>r</Conference></Dial>",
        &[13215],
        "<Dial><Client>a</Client></Dial>",
    );
    assert_left(
        "<Dial><Number>911</Number><Conference>r</Conference></Dial>",
        &[13000],
        "<Dial><Number>911</Number></Dial>",
    );
    assert_left(
        "<Dial><Conference>r</Conference><Number>911</Number></Dial>",
        &[13000],
        "<Dial><Conference>r</Conference></Dial>",
    );
    assert_left(
        "<Gather><Hangup/><Pause/></Gather>",
        &[13320],
        "<Gather><Pause/></Gather>",
    );
    assert_left("<Gather><Play digits='1'/></Gather>", &[13320], "<Gather/>");
}

#[test]
fn more_than_ten_parties_are_too_many() {
    let eleven = "<Client>a</Client>".repeat(11);
    let ten = "<Client>a</Client>".repeat(10);
    let uris = "<Uri>sip:a@b</Uri>".repeat(11);

    assert_left(
        &format!("<Dial>{eleven}</Dial>"),
        &[13250],
        &format!("<Dial>{ten}</Dial>"),
    );
    assert_eq!(
        read_content(&format!("<Dial><Sip>{uris}</Sip></Dial>")).0,
        [13250]
    );
}

#[test]
fn a_client_or_application_is_named_by_text_or_by_an_element() {
    assert_left(
        "<Dial><Client>\n<Identity> ada </Identity>\n</Client></Dial>",
        &[],
        "<Dial><Client>ada</Client></Dial>",
    );
    assert_left(
        "<Dial><Client>bob<Parameter name='a' value=''/></Client></Dial>",
        &[],
        r#"<Dial><Client><Identity>bob</Identity><Parameter name="a" value=""/></Client></Dial>"#,
    );
    assert_left(
        "<Dial><Client>bob<Identity>ada</Identity></Client></Dial>",
        &[12200],
        "<Dial><Client>ada</Client></Dial>",
    );
    assert_left(
        "<Dial><Application>AP1</Application></Dial>",
        &[],
        "<Dial><Application><ApplicationSid>AP1</ApplicationSid></Application></Dial>",
    );
}

#[test]
fn what_says_nothing_is_skipped() {
    assert_left("<Say/>", &[13520], "");
    assert_left("<Say> \n </Say>", &[13520], "");
    assert_left("<Say><break time='1s'/></Say>", &[13520], "");
    assert_left("<Gather><Say/></Gather>", &[13520], "<Gather/>");
    assert_left(
        "<Say><say-as interpret-as='riddle'>1</say-as>2</Say>",
        &[12200],
        "<Say>12</Say>",
    );
}

#[test]
fn what_is_too_long_for_a_voice_is_said_so() {
    let cases = [
        ("", 4096, ""),
        (" voice=\"Polly.Amy\"", 3000, "<break/>"),
        (" voice=\"Google.en-US-Standard-A\"", 5000 - 8, "<break/>"),
    ];
    for (voice, most, mark) in cases {
        assert_same(&format!(
            "<Say{voice}>{}{mark}</Say>",
            "é".repeat(most - mark.len() / 8)
        ));
        let (codes, _) = read_content(&format!("<Say{voice}>{}{mark}</Say>", "é".repeat(most + 1)));
        assert_eq!(codes, [13521], "{voice}");
    }
}

#[test]
fn a_warning_says_where_it_stands_and_in_which_verb() {
    let document =
        "<Response>\n\t<Say>é</Say><Say/>\n  <Foo/>\n<Dial timeout='x'>é &amp;</Dial></Response>";

    let reading = read(document).expect("a document");

    let told: Vec<_> = reading
        .warnings
        .iter()
        .map(|w| (w.code.number(), w.at.line, w.at.column, w.at.offset, w.verb))
        .collect();
    assert_eq!(
        told,
        [
            (13520, 2, 14, 25, None),
            (12200, 3, 3, 34, None),
            (13223, 4, 1, 41, Some(1)),
            (13212, 4, 7, 47, Some(1)),
        ]
    );
    assert_eq!(
        reading.warnings[3].to_string(),
        r#"13212 Dial: no such timeout (line 4, column 7): timeout="x" in <Dial>"#
    );
}

#[test]
fn a_code_of_error_level_is_an_error_and_its_verb_stays() {
    let reading =
        read("<Response><Enqueue method='PUT'>q</Enqueue></Response>").expect("a document");

    assert_eq!(
        reading.response,
        Response::new().enqueue(Enqueue::queue("q"))
    );
    assert_eq!(reading.warnings[0].level(), Level::Error);
    assert_eq!(reading.warnings[0].verb, Some(0));
}

#[test]
fn a_password_is_not_quoted() {
    let document = format!(
        "<Response><Dial><Sip password='{}'>sip:a@b</Sip></Dial></Response>",
        "secret".repeat(50)
    );

    let reading = read(document).expect("a document");

    assert_eq!(reading.warnings[0].about, r#"password="…" in <Sip>"#);
}

#[test]
fn deep_nesting_is_cut_off() {
    let document = format!(
        "<Response><Say>a{}b{}</Say></Response>",
        "<prosody>".repeat(3_000),
        "</prosody>".repeat(3_000)
    );

    let reading = read(document).expect("a document");

    assert_eq!(reading.warnings.len(), 1);
    assert_eq!(reading.warnings[0].code.number(), 12200);
}

/// The codes that a document's content gets, and the content that is left of it.
#[track_caller]
fn read_content(content: &str) -> (Vec<u16>, String) {
    let reading = read(format!("<Response>{content}</Response>")).expect("a well-formed document");
    let left = reading.response.to_xml();
    let left = left
        .strip_prefix(r#"<?xml version="1.0" encoding="UTF-8"?><Response"#)
        .and_then(|left| left.strip_prefix('>').or(left.strip_prefix("/>")))
        .expect("a document");
    let left = left.strip_suffix("</Response>").unwrap_or(left).to_owned();
    let codes = reading.warnings.iter().map(|warning| warning.code.number());
    (codes.collect(), left)
}

#[track_caller]
fn assert_left(content: &str, codes: &[u16], left: &str) {
    assert_eq!(
        read_content(content),
        (codes.to_vec(), left.to_owned()),
        "{content}"
    );
}

#[track_caller]
fn assert_same(content: &str) {
    assert_left(content, &[], content);
}

//! What is no document at all, and what is one in spite of how it looks.

use twiml::*;

#[test]
fn what_is_no_document_is_refused_with_its_code() {
    let long = format!("<Response><!--{}--></Response>", "x".repeat(MOST_BYTES));
    let cases: &[(&str, u16)] = &[
        ("", 11770),
        (&long, 11750),
        (" ", 12100),
        ("Hello.", 12100),
        ("<Response>", 12100),
        ("<Response></response>", 12100),
        ("<Response/><Response/>", 12100),
        ("<Response/>and more", 12100),
        ("<Response/>&amp;", 12100),
        ("</Response>", 12100),
        ("<Response><Say>a</Response></Say>", 12100),
        ("<Response><Say>fish & chips</Say></Response>", 12100),
        ("<Response><Say>&nbsp;</Say></Response>", 12100),
        ("<Response><Say>&#0;</Say></Response>", 12100),
        ("<Response><Say>&#xFFFE;</Say></Response>", 12100),
        ("<Response><Say>\u{1}</Say></Response>", 12100),
        ("<Response><Say>]]></Say></Response>", 12100),
        ("<Response><Pause length=1/></Response>", 12100),
        ("<Response><Pause length/></Response>", 12100),
        ("<Response><Pause length='1' length='1'/></Response>", 12100),
        (
            "<Response><Gather action='a'method='GET'/></Response>",
            12100,
        ),
        ("<Response><Play digits='&#1;'/></Response>", 12100),
        ("<Response><Play digits='<'/></Response>", 12100),
        ("<Response><Play digits='&x;'/></Response>", 12100),
        ("<Response><1/></Response>", 12100),
        ("<Response>< Say/></Response>", 12100),
        ("<Response><!-- -- --></Response>", 12100),
        ("<Response><!-- </Response>", 12100),
        ("<Response><![CDATA[ </Response>", 12100),
        ("\n<?xml version='1.0'?><Response/>", 12100),
        ("<!-- --><?xml version='1.0'?><Response/>", 12100),
        ("\u{FEFF}\u{FEFF}<Response/>", 12100),
        ("<Response/>\u{FEFF}", 12100),
        ("<?xml encoding='UTF-8'?><Response/>", 12100),
        ("<?xml version='1.1'?><Response/>", 12101),
        ("<?xml version='2.0'?><Response/>", 12101),
        ("<response/>", 12102),
        ("<html><body/></html>", 12102),
    ];

    for (document, expected) in cases {
        let refused = read(document).expect_err(document);

        assert_eq!(code(&refused), *expected, "{document}");
        assert_eq!(refused.code.level(), Level::Error);
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_refused_where_they_stand() {
    let refused = read(b"<Response>\n\xC3\xA9\xFF</Response>").expect_err("no UTF-8");

    let place = (refused.at.offset, refused.at.line, refused.at.column);
    assert_eq!((code(&refused), place), (12100, (13, 2, 2)));
}

#[test]
fn a_document_of_the_greatest_length_is_read() {
    let around = "<Response><!----></Response>".len();
    let document = format!(
        "<Response><!--{}--></Response>",
        "x".repeat(MOST_BYTES - around)
    );

    assert_eq!(document.len(), MOST_BYTES);
    assert_eq!(read(document), Ok(Reading::default()));
}

#[test]
fn what_does_not_count_is_passed_over() {
    let documents = [
        "<Response><Say>One two</Say></Response>",
        "\u{FEFF}<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<Response><Say>One two</Say></Response>\n",
        "  <!-- a --><Response>\n<!-- b -->\t<Say>One<!-- c --> two</Say>\n</Response><!-- d -->",
        "<?pi?><!DOCTYPE Response><Response><Say>One<?pi?> two</Say></Response>",
        "<Response xmlns='x' xmlns:xsi='y' xsi:noNamespaceSchemaLocation='z'><Say >One two</Say ></Response >",
        "<Response><Say><![CDATA[One]]> t&#119;&#x6F;</Say></Response>",
    ];

    for document in documents {
        let response = Response::new().say(Say::new("One two"));
        let warnings = Vec::new();
        assert_eq!(
            read(document),
            Ok(Reading { response, warnings }),
            "{document}"
        );
    }
}

#[test]
fn a_document_that_is_too_long_can_be_asked_for() {
    let say = Say::new("x".repeat(4_000));
    let response = (0..17).fold(Response::new(), |response, _| response.say(say.clone()));

    let said: Vec<u16> = response.check().iter().map(|w| w.code.number()).collect();

    assert_eq!(said, [11750]);
}

fn code(error: &Fatal) -> u16 {
    error.code.number()
}

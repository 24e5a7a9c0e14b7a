//! What the verbs that hand the call to machines, or set machines to work beside it, are written as, and read from.

use twiml::*;

#[track_caller]
fn assert_both_ways(verb: impl Into<Verb>, written: &str) {
    let response = Response::new().then(verb);
    let document =
        format!(r#"<?xml version="1.0" encoding="UTF-8"?><Response>{written}</Response>"#);
    assert_eq!(response.to_xml(), document);
    let warnings = Vec::new();
    assert_eq!(read(document), Ok(Reading { response, warnings }));
}

#[test]
fn connect_hands_the_call_to_each_kind_of_machine() {
    let agent = VirtualAgent::through("flow")
        .sentiment_analysis(true)
        .config("voice", "one")
        .parameter("caller", "ada");
    let relay = ConversationRelay::to("wss://example.com/talk")
        .interruptible("speech")
        .language_settings(Language::new("es-MX").tts_provider("Google"))
        .parameter("caller", "ada");
    let cases: [(ConnectNoun, &str); 8] = [
        (
            Stream::to("wss://example.com/ear")
                .parameter("line", "one")
                .into(),
            concat!(
                r#"<Stream url="wss://example.com/ear">"#,
                r#"<Parameter name="line" value="one"/></Stream>"#,
            ),
        ),
        (
            relay.into(),
            concat!(
                r#"<ConversationRelay url="wss://example.com/talk" interruptible="speech">"#,
                r#"<Language code="es-MX" ttsProvider="Google"/>"#,
                r#"<Parameter name="caller" value="ada"/></ConversationRelay>"#,
            ),
        ),
        (
            ConversationRelaySession::default().connector("c").into(),
            r#"<ConversationRelaySession connector="c"/>"#,
        ),
        (
            AiSession::default().ai_connector("a").into(),
            r#"<AiSession aiConnector="a"/>"#,
        ),
        (
            agent.into(),
            concat!(
                r#"<VirtualAgent connectorName="flow" sentimentAnalysis="true">"#,
                r#"<Config name="voice" value="one"/>"#,
                r#"<Parameter name="caller" value="ada"/></VirtualAgent>"#,
            ),
        ),
        (
            Conversation::default()
                .record(ConversationRecord::Yes)
                .status_callback_event([ConversationEvent::Ringing, ConversationEvent::Answered])
                .into(),
            r#"<Conversation record="true" statusCallbackEvent="call-ringing call-answered"/>"#,
        ),
        (
            Room::new("Room 7").participant_identity("ada").into(),
            r#"<Room participantIdentity="ada">Room 7</Room>"#,
        ),
        (Autopilot::new("UA1").into(), "<Autopilot>UA1</Autopilot>"),
    ];

    for (noun, written) in cases {
        assert_both_ways(
            Connect::to(noun).action("/after"),
            &format!(r#"<Connect action="/after">{written}</Connect>"#),
        );
    }
}

#[test]
fn start_and_stop_name_what_goes_on_beside_the_call() {
    let transcription = Transcription::to("/text")
        .track(Track::Both)
        .config("model", "m")
        .parameter("case", "7");
    let recording = Recording::new()
        .channels(RecordingChannels::Dual)
        .track(RecordingTrack::Inbound);
    let start = Start::new(Stream::to("wss://example.com/ear").name("ear"))
        .then(Siprec::through("recorder"))
        .then(transcription)
        .then(recording);

    assert_both_ways(
        start,
        concat!(
            r#"<Start><Stream name="ear" url="wss://example.com/ear"/>"#,
            r#"<Siprec connectorName="recorder"/>"#,
            r#"<Transcription track="both_tracks" statusCallbackUrl="/text">"#,
            r#"<Config name="model" value="m"/><Parameter name="case" value="7"/></Transcription>"#,
            r#"<Recording track="inbound" channels="dual"/></Start>"#,
        ),
    );
    assert_both_ways(
        Stop::new(Stream::named("ear")),
        r#"<Stop><Stream name="ear"/></Stop>"#,
    );
}

#[test]
fn pay_prompts_step_by_step() {
    let prompt = PayPrompt::at(PayStep::CardNumber, Say::new("Your card?"))
        .error_type([PayError::Timeout, PayError::InvalidCardNumber])
        .card_type([CardType::Visa])
        .attempt([2, 3]);
    let pay = Pay::new()
        .input(PayInput::Dtmf)
        .charge_amount("20.45")
        .token_type(PaymentToken::OneTime)
        .valid_card_types([CardType::Visa, CardType::DinersClub])
        .prompt(prompt)
        .parameter("order", "7");

    assert_both_ways(
        pay,
        concat!(
            r#"<Pay input="dtmf" tokenType="one-time" chargeAmount="20.45" validCardTypes="visa diners-club">"#,
            r#"<Prompt for="payment-card-number" errorType="timeout invalid-card-number" cardType="visa" attempt="2 3">"#,
            r#"<Say>Your card?</Say></Prompt><Parameter name="order" value="7"/></Pay>"#,
        ),
    );
}

#[test]
fn the_smaller_verbs_are_written_and_read() {
    assert_both_ways(Verb::Echo, "<Echo/>");
    assert_both_ways(
        Refer::new("sip:desk@example.com").method(Method::Get),
        r#"<Refer method="GET"><Sip>sip:desk@example.com</Sip></Refer>"#,
    );
    assert_both_ways(
        Sms::new("See you soon.").to("+12025550123"),
        r#"<Sms to="+12025550123">See you soon.</Sms>"#,
    );
    assert_both_ways(
        Hangup::telling("why", "done"),
        r#"<Hangup><Parameter name="why" value="done"/></Hangup>"#,
    );
    let mut reject = Reject::busy();
    reject.parameters.push(Parameter::new("why", "late"));
    assert_both_ways(
        reject,
        r#"<Reject reason="busy"><Parameter name="why" value="late"/></Reject>"#,
    );
}

#[test]
fn a_verb_knows_the_name_of_its_element() {
    let cases: [(Verb, &str); 4] = [
        (Say::new("a").into(), "Say"),
        (PlayDigits::new("1").into(), "Play"),
        (Hangup::default().into(), "Hangup"),
        (Verb::Leave, "Leave"),
    ];
    for (verb, name) in cases {
        assert_eq!(verb.name(), name);
    }
}

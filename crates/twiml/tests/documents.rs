//! What each verb is written as, character by character.

use twiml::*;

#[track_caller]
fn assert_written(response: &Response, content: &str) {
    let document =
        format!(r#"<?xml version="1.0" encoding="UTF-8"?><Response>{content}</Response>"#);
    assert_eq!(response.to_xml(), document);
}

#[test]
fn a_document_without_verbs_is_one_empty_element() {
    assert_eq!(
        Response::new().to_xml(),
        r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#
    );
}

#[test]
fn verbs_stand_in_the_order_in_which_they_were_added() {
    let response = Response::new()
        .say(Say::new("One."))
        .pause(Pause::seconds(2))
        .leave()
        .hangup();

    assert_written(
        &response,
        r#"<Say>One.</Say><Pause length="2"/><Leave/><Hangup/>"#,
    );
}

#[test]
fn say_carries_voice_times_and_language_in_this_order() {
    let say = Say::new("Hello.")
        .language(language::EN_US)
        .times(0)
        .voice(voice::polly::JOANNA_NEURAL);

    assert_written(
        &Response::new().say(say),
        r#"<Say voice="Polly.Joanna-Neural" loop="0" language="en-US">Hello.</Say>"#,
    );
}

#[test]
fn every_kind_of_ssml_is_written_inside_say() {
    let cases: [(Speech, &str); 11] = [
        ("plain".into(), "plain"),
        (Break::milliseconds(400).into(), r#"<break time="400ms"/>"#),
        (
            Break::default().strength(BreakStrength::ExtraStrong).into(),
            r#"<break strength="x-strong"/>"#,
        ),
        (
            Emphasis::new("now").level(EmphasisLevel::Strong).into(),
            r#"<emphasis level="strong">now</emphasis>"#,
        ),
        (
            Lang::new(language::ES_MX, "hola").into(),
            r#"<lang xml:lang="es-MX">hola</lang>"#,
        ),
        (
            P::default()
                .then(S::new("One."))
                .then(S::new("Two."))
                .into(),
            "<p><s>One.</s><s>Two.</s></p>",
        ),
        (
            Phoneme::new(PhonemeAlphabet::XSampa, "pI\"kA:n", "pecan").into(),
            r#"<phoneme alphabet="x-sampa" ph="pI&quot;kA:n">pecan</phoneme>"#,
        ),
        (
            Prosody::new("slow").rate("80%").volume("loud").into(),
            r#"<prosody volume="loud" rate="80%">slow</prosody>"#,
        ),
        (
            SayAs::new(InterpretAs::Date, "7/4")
                .format(SayAsFormat::MonthDay)
                .into(),
            r#"<say-as interpret-as="date" format="md">7/4</say-as>"#,
        ),
        (
            Sub::new("Sen.", "Senator").into(),
            r#"<sub alias="Senator">Sen.</sub>"#,
        ),
        (
            W::new("read").role("past").into(),
            r#"<w role="past">read</w>"#,
        ),
    ];

    for (speech, written) in cases {
        let response = Response::new().say(Say::default().then(speech));
        assert_written(&response, &format!("<Say>{written}</Say>"));
    }
}

#[test]
fn what_is_spoken_is_the_text_without_its_marks() {
    let say = Say::new("Call ")
        .then(Sub::new("Sen.", "Senator"))
        .then(Prosody::new(" Lee").then(Break::milliseconds(200)))
        .then(SayAs::new(InterpretAs::Telephone, "2025550123"));

    assert_eq!(say.spoken(), "Call Senator Lee 2025550123");
}

#[test]
fn play_holds_a_url_or_carries_digits() {
    let response = Response::new()
        .play(Play::new("/hold.mp3").times(3))
        .play_digits(PlayDigits::new("wwww3*").times(2));

    assert_written(
        &response,
        r#"<Play loop="3">/hold.mp3</Play><Play loop="2" digits="wwww3*"/>"#,
    );
}

#[test]
fn pause_leaves_its_length_to_twilio_unless_given() {
    assert_written(&Response::new().pause(Pause::default()), "<Pause/>");
}

#[test]
fn gather_holds_its_prompts() {
    let gather = Gather::new()
        .action("/x")
        .num_digits(1)
        .say(Say::new("Press a key."))
        .play(Play::new("/beep.wav"))
        .pause(Pause::seconds(3));

    assert_written(
        &Response::new().gather(gather),
        concat!(
            r#"<Gather action="/x" numDigits="1">"#,
            r#"<Say>Press a key.</Say><Play>/beep.wav</Play><Pause length="3"/></Gather>"#,
        ),
    );
}

#[test]
fn gather_carries_every_attribute_in_the_order_of_its_fields() {
    let gather = Gather::new()
        .enhanced(false)
        .speech_model(speech_model::PHONE_CALL)
        .action_on_empty_result(true)
        .debug(false)
        .barge_in(true)
        .hints("yes, no")
        .language(language::JA_JP)
        .partial_result_callback_method(Method::Get)
        .partial_result_callback("/part")
        .num_digits(5)
        .finish_on_key("")
        .profanity_filter(false)
        .max_speech_time(30)
        .speech_timeout(SpeechTimeout::Auto)
        .timeout(7)
        .method(Method::Post)
        .action("/done")
        .input([GatherInput::Dtmf, GatherInput::Speech]);

    assert_written(
        &Response::new().gather(gather),
        concat!(
            r#"<Gather input="dtmf speech" action="/done" method="POST" timeout="7" speechTimeout="auto""#,
            r#" maxSpeechTime="30" profanityFilter="false" finishOnKey="" numDigits="5""#,
            r#" partialResultCallback="/part" partialResultCallbackMethod="GET" language="ja-JP""#,
            r#" hints="yes, no" bargeIn="true" debug="false" actionOnEmptyResult="true""#,
            r#" speechModel="phone_call" enhanced="false"/>"#,
        ),
    );
}

#[test]
fn redirect_holds_a_url_and_is_empty_for_the_current_document() {
    let response = Response::new()
        .redirect(Redirect::new("/ivr?a=1&b=2").method(Method::Get))
        .redirect(Redirect::default());

    assert_written(
        &response,
        r#"<Redirect method="GET">/ivr?a=1&amp;b=2</Redirect><Redirect/>"#,
    );
}

#[test]
fn reject_says_why_if_told() {
    let response = Response::new()
        .reject(Reject::default())
        .reject(Reject::busy());

    assert_written(&response, r#"<Reject/><Reject reason="busy"/>"#);
}

#[test]
fn record_carries_its_attributes() {
    let record = Record::new()
        .action("/recorded")
        .finish_on_key("#*")
        .max_length(86_400)
        .play_beep(false)
        .trim(Trim::DoNotTrim)
        .recording_status_callback_event([RecordingEvent::InProgress, RecordingEvent::Completed])
        .transcribe(true);

    assert_written(
        &Response::new().record(record),
        concat!(
            r##"<Record action="/recorded" finishOnKey="#*" maxLength="86400" playBeep="false" trim="do-not-trim""##,
            r#" recordingStatusCallbackEvent="in-progress completed" transcribe="true"/>"#,
        ),
    );
}

#[test]
fn enqueue_names_a_queue_or_a_workflow() {
    let response = Response::new()
        .enqueue(Enqueue::queue("support").wait_url("").action("/left"))
        .enqueue(Enqueue::workflow("WW01", None))
        .enqueue(Enqueue::workflow(
            "WW02",
            Some(Task::new(r#"{"a":1}"#).priority(5)),
        ));

    assert_written(
        &response,
        concat!(
            r#"<Enqueue action="/left" waitUrl="">support</Enqueue>"#,
            r#"<Enqueue workflowSid="WW01"/>"#,
            r#"<Enqueue workflowSid="WW02"><Task priority="5">{"a":1}</Task></Enqueue>"#,
        ),
    );
}

#[test]
fn dial_holds_each_kind_of_target() {
    let cases: [(DialTarget, &str); 12] = [
        (DialTarget::Text("+12025550123".into()), "+12025550123"),
        (
            Number::new("+12025550123").send_digits("ww9").into(),
            r#"<Number sendDigits="ww9">+12025550123</Number>"#,
        ),
        (Client::new("ada").into(), "<Client>ada</Client>"),
        (
            Client::new("ada").parameter("call", "CA1").into(),
            r#"<Client><Identity>ada</Identity><Parameter name="call" value="CA1"/></Client>"#,
        ),
        (
            Sip::new("sip:desk@example.com")
                .header("X-Line", "one")
                .into(),
            r#"<Sip>sip:desk@example.com<Headers><Header name="X-Line" value="one"/></Headers></Sip>"#,
        ),
        (
            Sip::several([SipUri::new("sip:a@example.com").priority("1")]).into(),
            r#"<Sip><Uri priority="1">sip:a@example.com</Uri></Sip>"#,
        ),
        (
            Conference::new("Room 7")
                .beep(Beep::OnExit)
                .max_participants(250)
                .into(),
            r#"<Conference beep="onExit" maxParticipants="250">Room 7</Conference>"#,
        ),
        (
            Queue::new("support").url("/next").into(),
            r#"<Queue url="/next">support</Queue>"#,
        ),
        (
            Application::new("AP01")
                .parameter("a", "b")
                .copy_parent_to(true)
                .into(),
            concat!(
                r#"<Application copyParentTo="true"><ApplicationSid>AP01</ApplicationSid>"#,
                r#"<Parameter name="a" value="b"/></Application>"#,
            ),
        ),
        (Sim::new("DE01").into(), "<Sim>DE01</Sim>"),
        (
            WhatsApp::new("+12025550123").method(Method::Get).into(),
            r#"<WhatsApp method="GET">+12025550123</WhatsApp>"#,
        ),
        (
            Parties::new([
                Number::new("+12025550123").into(),
                Client::new("ada").into(),
            ])
            .expect("two parties")
            .into(),
            "<Number>+12025550123</Number><Client>ada</Client>",
        ),
    ];

    for (target, written) in cases {
        assert_written(
            &Response::new().dial(Dial::new(target)),
            &format!("<Dial>{written}</Dial>"),
        );
    }
}

#[test]
fn dial_carries_its_attributes() {
    let dial = Dial::to("+12025550123")
        .action("/after")
        .timeout(20)
        .hangup_on_star(true)
        .caller_id("+12025550100")
        .record(RecordMode::FromAnswerDual)
        .answer_on_bridge(true)
        .ring_tone(RingTone::UnitedStatesOld)
        .call_reason("Your appointment");

    assert_written(
        &Response::new().dial(dial),
        concat!(
            r#"<Dial action="/after" timeout="20" hangupOnStar="true" callerId="+12025550100""#,
            r#" record="record-from-answer-dual" answerOnBridge="true" ringTone="us-old""#,
            r#" callReason="Your appointment">+12025550123</Dial>"#,
        ),
    );
}

#[test]
fn a_conference_carries_its_events_as_one_list() {
    let conference = Conference::new("r")
        .status_callback_event(ConferenceEvent::ALL.iter().copied())
        .start_conference_on_enter(false)
        .wait_url("");

    assert_written(
        &Response::new().dial(Dial::new(conference)),
        concat!(
            r#"<Dial><Conference startConferenceOnEnter="false" waitUrl="""#,
            r#" statusCallbackEvent="start end join leave mute hold modify speaker announcement">r</Conference></Dial>"#,
        ),
    );
}

//! All requests, each with everything set that can be.

use twilio::callback::RecordingTrack;
use twilio::rest::{
    Beep, CallDocument, CallEvent, CallFilter, Client, ConferenceEventGroup, ConferenceFilter,
    ConferenceKey, ConferenceRecord, ConferenceStatus, CreateCall, CreateParticipant, CreateQueue,
    Dequeue, Error, JitterBuffer, MachineDetection, MemberFilter, MemberKey, NumberFilter,
    ParticipantFilter, ParticipantKey, PauseBehavior, QueueFilter, RecordingChange,
    RecordingChannels, RecordingDates, RecordingEvent, RecordingFilter, RecordingKey,
    RecordingOwner, StartRecording, Trim, UpdateCall, UpdateConference, UpdateNumber,
    UpdateParticipant, UpdateQueue, VoiceReceiveMode, WebMethod,
};
use twilio::{
    ApplicationSid, BadSid, ByocSid, CallSid, CallStatus, ConferenceSid, E164, NumberSid, Party,
    QueueSid, RecordingSid, TrunkSid,
};

pub(crate) const URL: &str = "https://desk.example/voice";
/// 2026-11-20 04:30:00 UTC.
pub(crate) const TIME: i64 = 1_795_149_000_000;

pub(crate) async fn calls(client: &Client) -> Result<(), Error> {
    let sid = call();
    client.create_call(&whole_call()).await?;
    client.create_call(&call_with_document()).await?;
    client.create_call(&call_of_application()).await?;
    client.fetch_call(&sid).await?;
    client.list_calls(&call_filter()).collect(9).await?;
    let document = CallDocument::Url(URL.to_owned());
    let update = UpdateCall::redirecting(&document)
        .method(WebMethod::Post)
        .fallback_url(URL)
        .fallback_method(WebMethod::Post)
        .status_callback(URL)
        .status_callback_method(WebMethod::Post)
        .time_limit_s(3600);
    client.update_call(&sid, &update).await?;
    client
        .redirect_call(&sid, &CallDocument::Twiml("<Response/>".to_owned()))
        .await?;
    client.complete_call(&sid).await?;
    client.cancel_call(&sid).await?;
    client.delete_call(&sid).await
}

pub(crate) async fn conferences(client: &Client) -> Result<(), Error> {
    let sid = conference();
    let filter = ConferenceFilter::new()
        .created_on(TIME)
        .created_until(TIME)
        .created_from(TIME)
        .updated_on(TIME)
        .updated_until(TIME)
        .updated_from(TIME)
        .friendly_name("room")
        .status(&ConferenceStatus::InProgress)
        .page_size(2);
    client.list_conferences(&filter).collect(9).await?;
    client.fetch_conference(&sid).await?;
    let announcing = UpdateConference::new()
        .announce_url(URL)
        .announce_method(WebMethod::Get);
    client.update_conference(&sid, &announcing).await?;
    client.end_conference(&sid).await.map(|_| ())
}

pub(crate) async fn participants(client: &Client) -> Result<(), Error> {
    let room = conference();
    let leg = ParticipantKey::from(&call());
    client
        .create_participant(&ConferenceKey::from(&room), &whole_participant())
        .await?;
    client.fetch_participant(&room, &leg).await?;
    let filter = ParticipantFilter::new()
        .muted(true)
        .hold(false)
        .coaching(false)
        .page_size(2);
    client.list_participants(&room, &filter).collect(9).await?;
    let update = UpdateParticipant::new()
        .muted(true)
        .hold(true)
        .hold_url(URL)
        .hold_method(WebMethod::Post)
        .announce_url(URL)
        .announce_method(WebMethod::Get)
        .wait_url(URL)
        .wait_method(WebMethod::Get)
        .beep_on_exit(false)
        .end_conference_on_exit(false)
        .coaching(true)
        .call_sid_to_coach(&call());
    client.update_participant(&room, &leg, &update).await?;
    client.delete_participant(&room, &leg).await
}

pub(crate) async fn recordings(client: &Client) -> Result<(), Error> {
    let sid = recording();
    let starting = StartRecording::new()
        .status_callback(URL)
        .status_callback_events(RecordingEvent::ALL)
        .status_callback_method(WebMethod::Get)
        .trim(Trim::Nothing)
        .channels(RecordingChannels::Dual)
        .track(&RecordingTrack::Inbound);
    client.start_recording(&call(), &starting).await?;
    let dates = RecordingDates::new()
        .created_on(TIME)
        .created_until(TIME)
        .created_from(TIME)
        .page_size(2);
    for owner in [
        RecordingOwner::Call(call()),
        RecordingOwner::Conference(conference()),
    ] {
        let that = RecordingKey::Sid(sid.clone());
        client.list_recordings_of(&owner, &dates).collect(9).await?;
        client.fetch_recording_of(&owner, &that).await?;
        for change in [
            RecordingChange::pausing(PauseBehavior::Skip),
            RecordingChange::resuming(),
            RecordingChange::stopping(),
        ] {
            client
                .update_recording_of(&owner, &RecordingKey::Current, &change)
                .await?;
        }
        client.delete_recording_of(&owner, &sid).await?;
    }
    let filter = RecordingFilter::new()
        .created_on(TIME)
        .created_until(TIME)
        .created_from(TIME)
        .call_sid(&call())
        .conference_sid(&conference())
        .include_soft_deleted(true)
        .page_size(2);
    client.list_recordings(&filter).collect(9).await?;
    client.fetch_recording(&sid).await?;
    client.fetch_recording_even_deleted(&sid).await?;
    client.delete_recording(&sid).await
}

pub(crate) async fn queues(client: &Client) -> Result<(), Error> {
    let sid = queue();
    client
        .create_queue(&CreateQueue::named("support").max_size(100))
        .await?;
    client.fetch_queue(&sid).await?;
    let pages = client.list_queues(&QueueFilter::new().page_size(2));
    pages.collect(9).await?;
    let update = UpdateQueue::new().friendly_name("help").max_size(50);
    client.update_queue(&sid, &update).await?;
    let pages = client.list_members(&sid, &MemberFilter::new().page_size(2));
    pages.collect(9).await?;
    client.fetch_member(&sid, &MemberKey::Front).await?;
    let whereto = Dequeue::to(URL).method(WebMethod::Get);
    client
        .dequeue(&sid, &MemberKey::Call(call()), &whereto)
        .await?;
    client.delete_queue(&sid).await
}

pub(crate) async fn numbers(client: &Client) -> Result<(), Error> {
    let sid = NumberSid::parse("PN00000000000000000000000000000001").expect("a number");
    client.fetch_number(&sid).await?;
    let filter = NumberFilter::new()
        .phone_number("+1202*")
        .friendly_name("desk")
        .beta(false)
        .origin("twilio")
        .page_size(2);
    client.list_numbers(&filter).collect(9).await?;
    let number = E164::parse("+12025550100").expect("a number");
    client.find_number(&number).await?;
    let update = UpdateNumber::new()
        .friendly_name("desk")
        .voice_url(URL)
        .voice_method(WebMethod::Post)
        .voice_fallback_url(URL)
        .voice_fallback_method(WebMethod::Post)
        .status_callback("")
        .status_callback_method(WebMethod::Post)
        .voice_caller_id_lookup(false)
        .voice_application_sid(&application())
        .trunk_sid(&sid_of(TrunkSid::parse, "TK"))
        .voice_receive_mode(VoiceReceiveMode::Voice);
    client.update_number(&sid, &update).await?;
    let plain = UpdateNumber::new().asking_its_addresses();
    client.update_number(&sid, &plain).await.map(|_| ())
}

pub(crate) fn whole_call() -> CreateCall {
    let document = CallDocument::Url(URL.to_owned());
    CreateCall::new(&party("+12025550100"), &party("+15550100002"), &document)
        .method(WebMethod::Get)
        .fallback_url(URL)
        .fallback_method(WebMethod::Post)
        .status_callback(URL)
        .status_callback_events(CallEvent::ALL)
        .status_callback_method(WebMethod::Post)
        .send_digits("12ww#")
        .timeout_s(20)
        .time_limit_s(3600)
        .record(true)
        .recording_channels(RecordingChannels::Mono)
        .recording_track(&RecordingTrack::Both)
        .trim(Trim::Silence)
        .recording_status_callback(URL)
        .recording_status_callback_events(&[RecordingEvent::Completed, RecordingEvent::Absent])
        .recording_status_callback_method(WebMethod::Post)
        .sip_auth_username("ada")
        .sip_auth_password("swordfish")
        .machine_detection(MachineDetection::Enable)
        .machine_detection_timeout_s(30)
        .machine_detection_speech_threshold_ms(2400)
        .machine_detection_speech_end_threshold_ms(1200)
        .machine_detection_silence_timeout_ms(5000)
        .async_amd(true)
        .async_amd_status_callback(URL)
        .async_amd_status_callback_method(WebMethod::Post)
        .byoc(&sid_of(ByocSid::parse, "BY"))
        .caller_id("+15550100002")
        .call_reason("your order")
        .call_token("token")
        .client_notification_url(URL)
}

fn call_with_document() -> CreateCall {
    let document = CallDocument::Twiml("<Response><Say>Hello</Say></Response>".to_owned());
    CreateCall::new(&party("client:ada"), &party("+15550100002"), &document)
}

fn call_of_application() -> CreateCall {
    CreateCall::handled_by(
        &party("sip:bo@example.org"),
        &party("+15550100002"),
        &application(),
    )
}

fn call_filter() -> CallFilter {
    CallFilter::new()
        .to("+12025550100")
        .from("+15550100002")
        .parent_call_sid(&call())
        .status(&CallStatus::Completed)
        .started_on(TIME)
        .started_until(TIME)
        .started_from(TIME)
        .ended_on(TIME)
        .ended_until(TIME)
        .ended_from(TIME)
        .page_size(2)
}

fn whole_participant() -> CreateParticipant {
    CreateParticipant::new(&party("client:ada"), &party("+15550100002"))
        .label("agent-1")
        .timeout_s(20)
        .time_limit_s(3600)
        .early_media(true)
        .muted(false)
        .beep(Beep::OnEnter)
        .start_conference_on_enter(true)
        .end_conference_on_exit(false)
        .wait_url(URL)
        .wait_method(WebMethod::Get)
        .max_participants(4)
        .jitter_buffer_size(JitterBuffer::Small)
        .region("us1")
        .coaching(true)
        .call_sid_to_coach(&call())
        .status_callback(URL)
        .status_callback_events(CallEvent::ALL)
        .status_callback_method(WebMethod::Post)
        .conference_status_callback(URL)
        .conference_status_callback_events(ConferenceEventGroup::ALL)
        .conference_status_callback_method(WebMethod::Post)
        .record(true)
        .recording_channels(RecordingChannels::Dual)
        .recording_track(&RecordingTrack::Outbound)
        .trim(Trim::Silence)
        .recording_status_callback(URL)
        .recording_status_callback_events(RecordingEvent::ALL)
        .recording_status_callback_method(WebMethod::Post)
        .conference_record(ConferenceRecord::FromStart)
        .conference_trim(Trim::Nothing)
        .conference_recording_status_callback(URL)
        .conference_recording_status_callback_events(&[RecordingEvent::Completed])
        .conference_recording_status_callback_method(WebMethod::Post)
        .sip_auth_username("ada")
        .sip_auth_password("swordfish")
        .machine_detection(MachineDetection::DetectMessageEnd)
        .machine_detection_timeout_s(30)
        .machine_detection_speech_threshold_ms(2400)
        .machine_detection_speech_end_threshold_ms(1200)
        .machine_detection_silence_timeout_ms(5000)
        .amd_status_callback(URL)
        .amd_status_callback_method(WebMethod::Post)
        .byoc(&sid_of(ByocSid::parse, "BY"))
        .caller_id("+15550100002")
        .caller_display_name("Desk")
        .call_reason("a caller for you")
        .call_token("token")
        .client_notification_url(URL)
}

pub(crate) fn party(text: &str) -> Party {
    Party::parse(text)
}

pub(crate) fn call() -> CallSid {
    sid_of(CallSid::parse, "CA")
}

pub(crate) fn conference() -> ConferenceSid {
    sid_of(ConferenceSid::parse, "CF")
}

pub(crate) fn queue() -> QueueSid {
    sid_of(QueueSid::parse, "QU")
}

fn recording() -> RecordingSid {
    sid_of(RecordingSid::parse, "RE")
}

fn application() -> ApplicationSid {
    sid_of(ApplicationSid::parse, "AP")
}

fn sid_of<S>(parse: fn(&str) -> Result<S, BadSid>, prefix: &str) -> S {
    parse(&format!("{prefix}{:032}", 2)).expect("an identifier")
}

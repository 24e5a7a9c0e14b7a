//! Ports: opened, refused, closed, and those behind which there is nobody.

use std::net::Ipv4Addr;

use carrier::media::{Headset, MediaError, MediaKind, PortId};
use carrier::mix::{Levels, Source};

use crate::support::{HERE, Stage, leg, plan, soon, tone, voice};

#[tokio::test(flavor = "multi_thread")]
async fn what_a_browser_reads_is_in_the_offer() {
    let stage = Stage::new();

    let (_, offer) = stage.sound.offer().expect("a port is offered");

    for line in [
        "a=ice-lite\r\n",
        "a=setup:actpass\r\n",
        "a=rtpmap:0 PCMU/8000\r\n",
        "a=rtpmap:126 telephone-event/8000\r\n",
        "a=sendrecv\r\n",
        "a=rtcp-mux\r\n",
        "127.0.0.1",
    ] {
        assert!(offer.contains(line), "{line} in {offer}");
    }
    assert!(offer.lines().count() == offer.matches("\r\n").count());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_description_that_makes_no_sense_opens_nothing() {
    let stage = Stage::new();
    let (port, _) = stage.sound.offer().expect("a port is offered");

    for nonsense in [
        "",
        "v=0",
        "hello",
        "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n",
    ] {
        let refused = stage.sound.answer(nonsense);
        assert!(
            matches!(refused, Err(MediaError::Description(_))),
            "{nonsense}"
        );
        let refused = stage.sound.accept_answer(port, nonsense);
        assert!(
            matches!(refused, Err(MediaError::Description(_))),
            "{nonsense}"
        );
        let refused = stage.sound.reoffer(port, nonsense);
        assert!(
            matches!(refused, Err(MediaError::Description(_))),
            "{nonsense}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_browsers_cannot_be_told_opens_nothing() {
    let address = Ipv4Addr::UNSPECIFIED.into();
    let stage = Stage::of(MediaKind::WebRtc { address });

    let refused = stage.sound.offer();

    assert!(matches!(refused, Err(MediaError::Address(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_taken_once() {
    let stage = Stage::new();
    let (port, offer) = stage.sound.offer().expect("a port is offered");
    let (_headset, answer) = Headset::answer(HERE, &offer).expect("the offer is answered");

    assert!(stage.sound.accept_answer(port, &answer).is_ok());

    let again = stage.sound.accept_answer(port, &answer);
    assert!(matches!(again, Err(MediaError::NotOffered)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_closed_is_heard_no_more_and_takes_nothing() {
    let mut stage = Stage::new();
    let (ada, port) = stage.caller(1, tone(660.0)).await;
    let (ben, _) = stage.callee(2, tone(1_000.0)).await;
    stage.plays(plan(&[(1, vec![voice(2)]), (2, vec![voice(1)])]));
    stage.hears_tone(&ben, 660.0).await;

    stage.sound.close(port);
    stage.sound.close(port);

    stage.hears_nothing(&ben).await;
    stage.hears_nothing(&ada).await;
    let refused = stage.sound.accept_answer(port, "");
    assert!(matches!(refused, Err(MediaError::NoPort)));
    let refused = stage.sound.reoffer(PortId(999), "");
    assert!(matches!(refused, Err(MediaError::NoPort)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_untied_hears_silence_and_can_be_tied_again() {
    let mut stage = Stage::new();
    let (ada, port) = stage.caller(1, Source::Silence).await;
    stage.sound.set_source(&leg(3), Some(tone(500.0)));
    stage.plays(plan(&[(1, vec![voice(3)])]));
    stage.hears_tone(&ada, 500.0).await;

    stage.sound.untie(port);
    stage.hears_nothing(&ada).await;

    stage.sound.tie(port, &leg(1));
    stage.hears_tone(&ada, 500.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_ends_with_the_last_handle() {
    let mut stage = Stage::new();
    let (ada, _) = stage.caller(1, tone(660.0)).await;
    let Stage { sound, mut events } = stage;
    let other = sound.clone();

    drop(sound);
    other.pass(2).await;
    drop(other);

    let ended = async { while events.recv().await.is_some() {} };
    soon("the end of the reports", ended).await;
    drop(ada);
}

#[tokio::test]
async fn without_sound_descriptions_are_exchanged_and_nothing_flows() {
    let stage = Stage::of(MediaKind::None);
    let (port, offer) = stage.sound.offer().expect("a port is offered");
    let (other, answer) = stage.sound.answer(&offer).expect("the offer is answered");

    assert!(stage.sound.accept_answer(port, &answer).is_ok());
    assert!(stage.sound.reoffer(other, &offer).is_ok());
    stage.sound.tie(port, &leg(1));
    stage.sound.set_source(&leg(1), Some(tone(440.0)));
    stage.plays(plan(&[(1, vec![voice(1)])]));
    stage.sound.pass(100).await;

    assert_eq!(stage.sound.levels(&leg(1)), Levels::default());
    assert_eq!(stage.sound.pace().steps, 0);
    stage.sound.close(port);
    let refused = stage.sound.accept_answer(port, &answer);
    assert!(matches!(refused, Err(MediaError::NoPort)));
}

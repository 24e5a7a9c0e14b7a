//! Sound that is lost and comes again.

use carrier::mix::Source;

use crate::support::{Stage, plan, tone, voice};

#[tokio::test(flavor = "multi_thread")]
async fn lost_sound_comes_again_when_the_browser_looks_for_a_new_way() {
    let mut stage = Stage::new();
    let (ada, port) = stage.caller(1, tone(660.0)).await;
    let (ben, _) = stage.callee(2, tone(1_000.0)).await;
    stage.plays(plan(&[(1, vec![voice(2)]), (2, vec![voice(1)])]));
    stage.hears_tone(&ada, 1_000.0).await;

    stage.sound.lose(port, true);
    stage.hears_nothing(&ada).await;
    stage.hears_nothing(&ben).await;

    let offer = ada.reoffer().expect("the headset offers again");
    let answer = stage.sound.reoffer(port, &offer).expect("it is answered");
    ada.accept_answer(&answer).expect("the answer is taken");
    stage.hears_tone(&ada, 1_000.0).await;
    stage.hears_tone(&ben, 660.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_that_is_taken_back_leaves_nothing_behind() {
    let mut stage = Stage::new();
    let (ada, port) = stage.caller(1, Source::Silence).await;
    stage
        .sound
        .set_source(&crate::support::leg(2), Some(tone(1_000.0)));
    stage.plays(plan(&[(1, vec![voice(2)])]));
    stage.hears_tone(&ada, 1_000.0).await;

    stage.sound.lose(port, true);
    stage.hears_nothing(&ada).await;
    stage.sound.lose(port, false);

    stage.hears_tone(&ada, 1_000.0).await;
}

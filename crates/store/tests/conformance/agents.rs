//! Agents: written with the call that concerns them or not at all, and what their consoles tell.

use desk::Role;
use exchange::{Agent, AgentEvent, Chosen, Filed, Moment, Presence, TeamId, UserName};
use futures::future::join;
use store::{AgentChange, Audited, Change, Commit, Console, NewPerson, Store, Version};

use crate::given::{START, call, change, committed, done, journal, scratch, sid};

#[tokio::test]
async fn an_agent_is_read_as_written_and_only_the_next_version_is_written() {
    let scratch = scratch().await;
    let store = scratch.store();

    let first = store.commit_agent(&ada(0), None).await.unwrap();
    let stale = store.commit_agent(&ada(0), None).await.unwrap();
    let next = store.commit_agent(&ada(1), None).await.unwrap();

    assert_eq!(first, Commit::Committed(Version(1)));
    assert_eq!(stale, Commit::Conflict);
    assert_eq!(next, Commit::Committed(Version(2)));
    let known = store.agent(&user("ada")).await.unwrap().unwrap();
    assert_eq!((known.version, known.agent), (Version(2), ada(0).agent));
    assert_eq!(store.agents().await.unwrap().len(), 1);
    assert_eq!(store.agent(&user("ben")).await.unwrap(), None);
    done(scratch).await;
}

#[tokio::test]
async fn a_step_and_its_agents_are_written_together_or_not_at_all() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.commit_agent(&ada(0), None).await.unwrap();

    let refused = store.commit(with_agent(call_step(1, 0), ada(0))).await;
    let taken = store.commit(with_agent(call_step(1, 0), ada(1))).await;
    let stale_call = store.commit(with_agent(call_step(1, 0), ada(2))).await;

    assert_eq!(refused.unwrap(), Commit::Conflict);
    assert_eq!(taken.unwrap(), Commit::Committed(Version(1)));
    assert_eq!(stale_call.unwrap(), Commit::Conflict);
    assert_eq!(journal(&store, 1).await.len(), 1);
    let known = store.agent(&user("ada")).await.unwrap().unwrap();
    assert_eq!(known.version, Version(2));
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_that_reserve_one_agent_one_gets_them() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    here.commit_agent(&ada(0), None).await.unwrap();
    for round in 0..20 {
        let reserve = |store: Store, n: u32| async move {
            let step = with_agent(
                call_step(2 * u32::try_from(round).unwrap() + n, 0),
                ada(1 + round),
            );
            store.commit(step).await.unwrap()
        };

        let (one, two) = join(reserve(here.clone(), 0), reserve(there.clone(), 1)).await;

        let outcomes = [one, two];
        assert!(outcomes.contains(&Commit::Conflict), "{outcomes:?}");
        assert!(
            outcomes.contains(&Commit::Committed(Version(1))),
            "{outcomes:?}"
        );
    }
    there.close().await;
    done(scratch).await;
}

#[tokio::test]
async fn steps_that_concern_agents_keep_their_place_among_others() {
    let scratch = scratch().await;
    let store = scratch.store();

    let outcomes = futures::future::join_all([
        store.commit(change(call(1), 0)),
        store.commit(with_agent(call_step(1, 1), ada(0))),
        store.commit(change(call(1), 2)),
        store.commit(change(call(2), 0)),
        store.commit(with_agent(call_step(2, 1), ada(1))),
    ])
    .await;

    for outcome in outcomes {
        assert!(matches!(outcome.unwrap(), Commit::Committed(_)));
    }
    assert_eq!(journal(&store, 1).await.len(), 3);
    assert_eq!(journal(&store, 2).await.len(), 2);
    done(scratch).await;
}

#[tokio::test]
async fn what_consoles_tell_is_what_their_phone_owner_tells() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.commit_agent(&ada(0), None).await.unwrap();
    let told = async || store.agent(&user("ada")).await.unwrap().unwrap().presence;

    assert_eq!(told().await, Presence::default());
    store
        .console_answered(&console("one", 0, false))
        .await
        .unwrap();
    store
        .console_answered(&console("two", 5, true))
        .await
        .unwrap();
    let both = told().await;
    store
        .console_answered(&console("one", 10, false))
        .await
        .unwrap();
    let still = told().await;
    store
        .console_answered(&console("one", 30, false))
        .await
        .unwrap();
    let silent_owner = told().await;
    store.console_gone("one").await.unwrap();
    let forgotten = store
        .forget_consoles(START.plus_seconds(100))
        .await
        .unwrap();

    let presence = |seconds, registered| Presence {
        answered: Some(START.plus_seconds(seconds)),
        registered,
        microphone: registered,
    };
    assert_eq!(both, presence(5, true));
    assert_eq!(still, presence(10, true));
    assert_eq!(silent_owner, presence(30, false));
    assert_eq!(forgotten, 1);
    assert_eq!(told().await, Presence::default());
    done(scratch).await;
}

#[tokio::test]
async fn the_floor_is_woken_by_what_can_be_seen_and_by_nothing_else() {
    let scratch = scratch().await;
    let store = scratch.another().await.unwrap();
    let mut floor = store.floor_wakes();
    if !scratch.url().starts_with("sqlite") {
        // The first wake-up says that the listener is there.
        floor.changed().await.unwrap();
        floor.mark_unchanged();
    }
    let mut woken = move || {
        let is_woken = floor.has_changed().unwrap();
        floor.mark_unchanged();
        is_woken
    };

    store
        .console_answered(&console("one", 0, true))
        .await
        .unwrap();
    let came = woken();
    store
        .console_answered(&console("one", 5, true))
        .await
        .unwrap();
    let answered_again = woken();
    store
        .console_answered(&console("one", 10, false))
        .await
        .unwrap();
    let phone_lost = woken();
    committed(&store, change(call(1), 0)).await;
    let other_call = woken();
    committed(&store, with_agent(call_step(2, 0), ada(0))).await;
    let reserved = woken();

    assert_eq!(
        [came, answered_again, phone_lost, other_call, reserved],
        [true, false, true, false, true]
    );
    store.close().await;
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_process_on_the_same_server_is_woken_too() {
    let scratch = scratch().await;
    if scratch.url().starts_with("sqlite") {
        done(scratch).await;
        return;
    }
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    let (mut floor, mut effects) = (there.floor_wakes(), there.effects_wake());
    // The first wake-up says that the listener is there.
    floor.changed().await.unwrap();
    effects.changed().await.unwrap();
    floor.mark_unchanged();
    effects.mark_unchanged();

    let mut step = with_agent(call_step(1, 0), ada(0));
    step.effects = vec![crate::given::effect("ring", START)];
    committed(&here, step).await;

    floor.changed().await.unwrap();
    effects.changed().await.unwrap();
    there.close().await;
    done(scratch).await;
}

#[tokio::test]
async fn what_others_do_to_an_agent_is_written_down() {
    let scratch = scratch().await;
    let store = scratch.store();
    let line = Audited {
        at: START,
        by: "eve".to_owned(),
        about: "ada".to_owned(),
        what: "Ada is Away: break.".to_owned(),
    };
    store.commit_agent(&ada(0), Some(&line)).await.unwrap();
    store.commit_agent(&ada(0), Some(&line)).await.unwrap();
    store
        .audit(&Audited {
            what: "Again.".to_owned(),
            ..line.clone()
        })
        .await
        .unwrap();

    let audited = store.audited().await.unwrap();

    assert_eq!(audited.len(), 2);
    assert_eq!((audited[0].what.as_str(), &audited[1]), ("Again.", &line));
    done(scratch).await;
}

#[tokio::test]
async fn what_somebody_does_in_anothers_call_is_written_with_the_step_and_once() {
    let scratch = scratch().await;
    let store = scratch.store();
    let mut step = call_step(1, 0);
    step.entry.identity = Some("one delivery".to_owned());
    step.filed = vec![Filed::Audited {
        by: user("sam"),
        what: "Sam listens.".to_owned(),
    }];
    let again = step.clone();
    committed(&store, step).await;
    store.commit(again).await.unwrap();

    let audited = store.audited().await.unwrap();

    let told: Vec<_> = audited
        .iter()
        .map(|line| (line.by.as_str(), line.what.as_str()))
        .collect();
    assert_eq!(told, [("sam", "Sam listens.")]);
    assert!(audited[0].about.starts_with("CA"));
    done(scratch).await;
}

#[tokio::test]
async fn the_stamp_of_agents_is_another_after_every_change_and_the_same_without() {
    let scratch = scratch().await;
    let store = scratch.store();
    let grace = NewPerson {
        user_name: "grace".to_owned(),
        name: "Grace".to_owned(),
        role: Role::Agent,
        password_hash: "a hash".to_owned(),
    };
    let mut before = store.agents_stamp().await.unwrap();
    assert_eq!(store.agents_stamp().await.unwrap(), before);

    for change in 0..8 {
        match change {
            0 => drop(store.commit_agent(&ada(0), None).await.unwrap()),
            1 => drop(store.commit_agent(&ada(1), None).await.unwrap()),
            2 => store
                .console_answered(&console("one", 0, false))
                .await
                .unwrap(),
            3 => store
                .console_answered(&console("one", 0, true))
                .await
                .unwrap(),
            4 => store
                .console_answered(&console("one", 5, true))
                .await
                .unwrap(),
            5 => store.console_gone("one").await.unwrap(),
            6 => assert!(store.add_person(&grace, START).await.unwrap()),
            _ => assert!(store.set_role("grace", Role::Supervisor).await.unwrap()),
        }

        let after = store.agents_stamp().await.unwrap();
        assert_ne!(after, before, "change {change}");
        before = after;
    }
    done(scratch).await;
}

fn user(name: &str) -> UserName {
    UserName::parse(name).expect("a user name")
}

/// Ada as she stands after choosing to be available, taken from a version.
fn ada(was: i64) -> AgentChange {
    let teams = vec![TeamId::parse("support").expect("a team id")];
    let agent = Agent::new(user("ada"), "Ada".to_owned(), teams, START);
    let step = agent
        .on(
            &AgentEvent::Chose(Chosen::Available),
            &Presence::default(),
            START,
        )
        .expect("nobody keeps her from it");
    AgentChange {
        agent: step.agent,
        was: Version(was),
    }
}

fn call_step(n: u32, was: i64) -> Change {
    let step = change(call(n), was);
    assert_eq!(step.call.sid, sid(n));
    step
}

fn with_agent(mut step: Change, agent: AgentChange) -> Change {
    step.agents = vec![agent];
    step
}

fn console(connection: &str, seconds: i64, registered: bool) -> Console {
    Console {
        connection: connection.to_owned(),
        user: user("ada"),
        answered: Moment(START.plus_seconds(seconds).0),
        registered,
        microphone: registered,
    }
}

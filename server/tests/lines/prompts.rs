//! What callers hear, changed and brought back.

use axum::http::StatusCode;
use exchange::{Language, Prompt, PromptRow};
use serde_json::Value;
use server::seeds;

use crate::support::{Answer, House, PUBLIC_URL, Persona};

const WELCOME: &str = "forward_welcome";

/// The fields of a prompt's form.
async fn form(
    ada: &mut Persona,
    line: &str,
    language: &str,
    key: &str,
) -> (Value, Vec<(String, String)>) {
    let list = format!(
        "/api/prompts/list?filter[line]={line}&filter[language]={language}&filter[edit]={key}"
    );
    let view = ada.asks(&list).await;
    let all = view["groups"].as_array().expect("groups");
    let mut prompts = all
        .iter()
        .flat_map(|group| group["prompts"].as_array().expect("prompts"));
    let shown = prompts.find(|prompt| prompt["key"] == key);
    let shown = shown.expect("the prompt").clone();
    let language = view["language"].as_str().expect("a language").to_owned();
    let fields = [
        ("line", line.to_owned()),
        ("language", language),
        ("key", key.to_owned()),
        ("version", shown["version"].to_string()),
    ];
    let fields = fields
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec();
    (shown, fields)
}

async fn says(ada: &mut Persona, line: &str, key: &str, text: &str) -> Answer {
    let (_, mut fields) = form(ada, line, "", key).await;
    fields.push(("text".to_owned(), text.to_owned()));
    ada.sends_form("/api/prompts/save", &fields).await
}

#[tokio::test]
async fn a_lines_own_words_are_heard_on_the_next_call_and_on_that_line_alone() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    house.hears("senators", 1).await;

    let saved = says(&mut ada, "senators", WELCOME, "Howdy,\n  friend.").await;

    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    assert!(saved.leads_to().contains("done=forward_welcome"));
    let heard = house.hears("senators", 2).await;
    assert!(heard.contains("Howdy, friend."), "{heard}");
    let other = house.hears("senators-es", 3).await;
    assert!(!other.contains("Howdy"), "{other}");
    let (by, about, what) = house.audited().await;
    assert_eq!((by.as_str(), about.as_str()), ("ada", "senators"));
    assert!(what.contains("“Howdy, friend.”"), "{what}");

    let (shown, fields) = form(&mut ada, "senators", "", WELCOME).await;
    assert_eq!(shown["is_own"], true);
    assert!(
        shown["usual"]
            .as_str()
            .expect("text")
            .starts_with("Welcome.")
    );
    let back = ada.sends_form("/api/prompts/reset", &fields).await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    let heard = house.hears("senators", 4).await;
    assert!(heard.contains("Welcome. This line"), "{heard}");
    house.close().await;
}

#[tokio::test]
async fn the_words_of_all_lines_are_changed_and_brought_back_and_a_later_start_leaves_them() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let saved = says(&mut ada, "", WELCOME, "Good day.").await;
    let shipped = seeds::prompts().expect("the seeds are readable");
    let added = house.store().add_missing_prompts(&shipped).await;

    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    assert_eq!(added.expect("prompts are added"), 0);
    let heard = house.hears("senators", 1).await;
    assert!(heard.contains("Good day."), "{heard}");
    let (shown, fields) = form(&mut ada, "", "", WELCOME).await;
    assert_eq!(shown["is_own"], true);
    assert!(
        shown["usual"]
            .as_str()
            .expect("text")
            .starts_with("Welcome.")
    );
    ada.sends_form("/api/prompts/reset", &fields).await;
    let (shown, _) = form(&mut ada, "", "", WELCOME).await;
    assert_eq!(shown["is_own"], false);
    let heard = house.hears("senators", 2).await;
    assert!(heard.contains("Welcome. This line"), "{heard}");
    house.close().await;
}

#[tokio::test]
async fn a_text_that_does_not_fit_is_refused_at_its_field() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let before = house.store().plan().await.expect("the plan is read");
    let long = "word ".repeat(500);
    let cases = [
        (WELCOME, "  ", "silence"),
        (WELCOME, "Hello {name}.", "Nothing can be filled in here"),
        ("zip_unknown", "No.", "{zip}"),
        ("zip_unknown", "{zip", "brace"),
        (
            "zip_unknown",
            "{zip} {code}",
            "{code} is not known here. There is {zip}.",
        ),
        (WELCOME, "a\u{7}b", "cannot be said"),
        (WELCOME, long.as_str(), "2000 characters"),
    ];

    for (key, text, said) in cases {
        let refused = says(&mut ada, "senators", key, text).await;

        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        let problems = refused.problems();
        assert_eq!(problems.len(), 1, "{text}: {problems:?}");
        assert_eq!(problems[0].0, "text");
        assert!(problems[0].1.contains(said), "{text}: {problems:?}");
    }

    assert_eq!(
        house.store().plan().await.expect("the plan is read"),
        before
    );
    house.close().await;
}

#[tokio::test]
async fn of_two_at_one_prompt_the_second_is_told_what_the_first_did() {
    let house = House::open().await;
    let (mut ada, mut amy) = (house.admin().await, house.another_admin("amy").await);
    let (_, mut theirs) = form(&mut amy, "senators", "", WELCOME).await;
    says(&mut ada, "senators", WELCOME, "Howdy.").await;

    theirs.push(("text".to_owned(), "Hi there.".to_owned()));
    let second = amy.sends_form("/api/prompts/save", &theirs).await;

    assert_eq!(second.status, StatusCode::CONFLICT);
    for word in ["ada", "Howdy.", "just now", "Hi there."] {
        assert!(second.body.contains(word), "{word}: {}", second.body);
    }
    let heard = house.hears("senators", 1).await;
    assert!(heard.contains("Howdy."), "{heard}");
    house.close().await;
}

#[tokio::test]
async fn prompts_are_found_by_what_they_say_and_what_they_are_for() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let all = ada.asks("/api/prompts/list").await;
    let found = ada
        .asks("/api/prompts/list?filter[search]=pin+conference")
        .await;
    let spanish = ada.asks("/api/prompts/list?filter[line]=senators-es").await;

    assert_eq!(all["found"], Prompt::ALL.len());
    let count = found["found"].as_u64().expect("a count");
    assert!((1..20).contains(&count), "{count}");
    assert_eq!(spanish["language"], "es");
    assert_eq!(spanish["tag"], "es-US");
    house.close().await;
}

#[tokio::test]
async fn every_text_that_came_with_this_release_fits_its_prompt() {
    let shipped = seeds::prompts().expect("the seeds are readable");

    for row in &shipped {
        assert_eq!(row.check(), Ok(()), "{} {}", row.language.code(), row.key);
    }
    for language in Language::ALL {
        let of = |row: &&PromptRow| row.language == language;
        assert_eq!(shipped.iter().filter(of).count(), Prompt::ALL.len());
    }
}

#[tokio::test]
async fn a_text_that_is_too_long_comes_back_without_script_however_often_and_stands_in_no_address()
{
    let house = House::open().await;
    let mut ada = house.admin().await;
    let (_, fields) = form(&mut ada, "senators", "", WELCOME).await;
    let mut page = format!("/prompts?line=senators&edit={WELCOME}");
    for round in 1..=3 {
        let text = format!("{round} {}", "ことば。".repeat(1_000));
        let mut sent = fields.clone();
        sent.push(("text".to_owned(), text.clone()));

        let back = ada.sends_plainly("/api/prompts/save", &page, &sent).await;

        assert_eq!(back.status, StatusCode::FOUND, "{}", back.body);
        let location = back.location().expect("a way back");
        let location = location.replace(PUBLIC_URL, "");
        assert!(location.len() < 200, "{location}");
        assert!(location.starts_with("/prompts?"), "{location}");
        let shown = ada.gets(&location).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.body.contains(&text), "{round}: {location}");
        assert!(shown.body.contains("at most 2000 characters"), "{round}");
        page = location;
    }
    let later = ada
        .gets(&format!("/prompts?line=senators&edit={WELCOME}"))
        .await;
    assert!(!later.body.contains("ことば"), "it belongs to its answer");
    house.close().await;
}

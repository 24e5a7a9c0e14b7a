//! Directories that get another name, go, and come back under the same id with their past.

use axum::http::StatusCode;
use serde_json::Value;

use crate::admins::office;
use crate::support::{Answer, House, Persona};

/// Makes the list of city halls with one entry.
async fn city_halls(ada: &mut Persona) {
    let made = ada
        .directory(
            "make",
            &[("name", "City halls"), ("id", "halls"), ("shape", "list")],
        )
        .await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let hall = [
        ("directory", "halls"),
        ("name", "Springfield"),
        ("title", "City hall"),
        ("phone", "(217) 555-0111"),
    ];
    assert_eq!(ada.saves(&hall).await.status, StatusCode::OK);
}

impl Persona {
    async fn directory(&mut self, does: &str, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/api/directories/{does}");
        self.posts_office(&path, fields).await
    }

    async fn names(&mut self) -> Vec<String> {
        let rows = self.asks("/api/directories/list").await;
        let rows = rows.as_array().expect("rows").iter();
        rows.map(|row| row["head"]["name"].as_str().expect("a name").to_owned())
            .collect()
    }
}

fn words(history: &Value) -> Vec<&str> {
    let changes = history["changes"].as_array().expect("changes").iter();
    changes
        .map(|change| change["words"].as_str().expect("words"))
        .collect()
}

#[tokio::test]
async fn a_directory_gets_another_name_and_its_old_one_back() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    city_halls(&mut ada).await;

    let empty = ada
        .directory("rename", &[("directory", "halls"), ("name", " ")])
        .await;
    let same = [("directory", "halls"), ("name", "City halls")];
    let same = ada.directory("rename", &same).await;
    let other = [("directory", "halls"), ("name", "Town halls")];
    let renamed = ada.directory("rename", &other).await;

    assert_eq!(
        empty.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        empty.body
    );
    assert_eq!(same.status, StatusCode::CONFLICT, "{}", same.body);
    assert_eq!(renamed.status, StatusCode::OK, "{}", renamed.body);
    assert!(ada.names().await.contains(&"Town halls".to_owned()));
    let history = ada
        .asks("/api/directories/history?id=halls&page=1&open=0")
        .await;
    assert_eq!(words(&history)[0], "Renamed the directory to Town halls.");
    let change = history["changes"][0]["version"].to_string();
    let undone = ada
        .directory("undo", &[("directory", "halls"), ("change", &change)])
        .await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    assert!(ada.names().await.contains(&"City halls".to_owned()));
    let audited = house.store().audited().await.expect("the audit is read");
    assert!(
        audited
            .iter()
            .any(|line| line.what == "Renamed City halls to Town halls.")
    );
    house.close().await;
}

#[tokio::test]
async fn a_directory_that_a_line_or_a_menu_leads_to_stays() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    for (directory, line) in [("senators", "Call Congress"), ("planets", "planets")] {
        let refused = ada.directory("delete", &[("directory", directory)]).await;

        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        let told = refused.body.to_lowercase();
        assert!(told.contains(&line.to_lowercase()), "{}", refused.body);
        assert!(told.contains("elsewhere first"), "{}", refused.body);
        assert!(!house.offices(directory).await.is_empty());
    }
    house.close().await;
}

#[tokio::test]
async fn a_directory_that_went_comes_back_under_its_id_with_its_past() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    city_halls(&mut ada).await;

    let gone = ada.directory("delete", &[("directory", "halls")]).await;
    assert_eq!(gone.status, StatusCode::OK, "{}", gone.body);
    assert_eq!(gone.leads_to(), "/directory");
    assert!(!ada.names().await.contains(&"City halls".to_owned()));
    assert!(house.offices("halls").await.is_empty());
    let again = ada.directory("delete", &[("directory", "halls")]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);

    let made = ada
        .directory(
            "make",
            &[("name", "Halls"), ("id", "halls"), ("shape", "list")],
        )
        .await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let history = ada
        .asks("/api/directories/history?id=halls&page=1&open=0")
        .await;
    assert_eq!(
        words(&history),
        [
            "Made the directory.",
            "Deleted the directory with all its offices.",
            "Added Springfield.",
            "Made the directory.",
        ]
    );
    let deletion = history["changes"][1]["version"].to_string();
    let undone = ada
        .directory("undo", &[("directory", "halls"), ("change", &deletion)])
        .await;

    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    let offices = house.offices("halls").await;
    assert_eq!(offices.len(), 1);
    assert_eq!(offices[0].name, "Springfield");
    house.close().await;
}

#[tokio::test]
async fn a_form_names_a_directory() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let fields = office(&[("name", "x")]);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    let renamed = ada.posts("/api/directories/rename", &fields).await;

    assert_eq!(renamed.status, StatusCode::NOT_FOUND, "{}", renamed.body);
    house.close().await;
}

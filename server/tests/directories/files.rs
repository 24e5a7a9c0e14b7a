//! Files out and in: looked through, taken whole or not at all, and undone whole.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;

use crate::admins::{MURKOWSKI, MURKOWSKI_AS_SEEDED, with};
use crate::support::House;

/// The senators as they are published beside this project: another file than the seeds, with columns of its own.
pub(crate) const PUBLISHED: &str = include_str!("../data/senators.csv");

#[tokio::test]
async fn the_whole_published_roster_goes_in_and_comes_out_the_same_file() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let preview = ada
        .hands_in("senators", "senators.csv", PUBLISHED.as_bytes())
        .await;
    let taken = ada.takes("senators", &preview).await;
    let out = ada.gets("/directory/senators/offices.csv").await;

    assert_eq!(preview["counts"], json!([0, 0, 100, 0]), "{preview}");
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
    assert_eq!(out.status, StatusCode::OK);
    assert_eq!(out.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(
        out.header("content-disposition"),
        Some("attachment; filename=\"senators.csv\"")
    );
    assert!(out.body == PUBLISHED, "the file is another");
    let again = ada
        .hands_in("senators", "senators.csv", out.body.as_bytes())
        .await;
    assert_eq!(again["counts"], json!([0, 0, 0, 0]));
    assert_eq!(again["unchanged"], 100);
    house.close().await;
}

#[tokio::test]
async fn a_file_says_line_by_line_what_it_would_change_and_is_taken_whole_and_undone_whole() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let before = house.senators().await;
    let seeded = ada.gets("/directory/senators/offices.csv").await.body;
    let newer = seeded
        .replace("+12022246665", "(202) 224-0001")
        .replace("Dan Sullivan", "Daniel Sullivan")
        .replace("+12022243004", "+12022240003")
        + "N000001,PR,1,Nova Example,Shadow senator,+12022240009,,,,,,,\n";
    let broken = newer.replace("N000001,PR,1", "N000001,PR,first");

    let bad = ada
        .hands_in("senators", "newer.csv", broken.as_bytes())
        .await;
    let refused = ada.takes("senators", &bad).await;

    assert_eq!(bad["counts"], json!([1, 0, 2, 0]), "{bad}");
    assert_eq!(bad["bad"][0]["line"], 102);
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(house.senators().await, before);

    let good = ada
        .hands_in("senators", "newer.csv", newer.as_bytes())
        .await;
    assert_eq!(
        house.senators().await,
        before,
        "nothing happens before somebody says yes"
    );
    assert_eq!(good["counts"], json!([0, 1, 2, 0]), "{good}");
    assert_eq!(good["added"][0]["line"], 102);
    assert_eq!(good["changed"][0]["line"], 2);
    let taken = ada.takes("senators", &good).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
    assert_eq!(house.senators().await.len(), 101);
    let twice = ada.takes("senators", &good).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "it was taken already");

    let undone = ada.undoes("senators", taken.change(), "").await;

    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    assert_eq!(house.senators().await, before);
    let view = ada.asks("/api/directories/show?id=senators").await;
    assert_eq!(view["head"]["source"], "unitedstates/congress-legislators");
    house.close().await;
}

#[tokio::test]
async fn a_preview_that_is_overtaken_is_refused() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let preview = ada
        .hands_in("senators", "senators.csv", PUBLISHED.as_bytes())
        .await;
    let edit = ada
        .saves(&with(&MURKOWSKI_AS_SEEDED, &[("phone", "202-224-0199")]))
        .await;
    assert_eq!(edit.status, StatusCode::OK);

    let taken = ada.takes("senators", &preview).await;

    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert_eq!(
        house.senator(MURKOWSKI).await.phone.as_str(),
        "+12022240199"
    );
    house.close().await;
}

#[tokio::test]
async fn the_public_legislators_file_goes_the_same_way() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let json = br#"[{"id": {"bioguide": "X000001"}, "name": {"official_full": "Xenia Example"},
        "terms": [{"type": "sen", "start": "2025-01-03", "end": "2031-01-03", "state": "OH", "class": 3,
        "state_rank": "senior", "phone": "202-224-0001"}]}]"#;

    let preview = ada
        .hands_in("senators", "legislators-current.json", json)
        .await;

    assert_eq!(preview["counts"], json!([0, 1, 0, 100]));
    let warnings = preview["warnings"].to_string();
    assert!(warnings.contains("Ohio has 1 of 2 senators."), "{warnings}");
    assert_eq!(ada.takes("senators", &preview).await.status, StatusCode::OK);
    assert_eq!(house.senators().await.len(), 1);
    house.close().await;
}

#[tokio::test]
async fn what_is_no_roster_is_refused_at_once() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    for (name, bytes, problem) in [
        (
            "roster.xlsx",
            b"PK\x03\x04 a workbook".as_slice(),
            "problem=kind&why=this+is+a+workbook",
        ),
        (
            "roster.csv",
            b"\x89PNG\r\n",
            "problem=kind&why=this+is+a+picture",
        ),
        ("empty.csv", b"", "problem=none"),
    ] {
        let answer = ada.uploads("senators", name, bytes).await;

        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let back = answer.location().expect("a way back");
        assert!(back.starts_with("/directory/senators/import?"), "{back}");
        assert!(back.contains(problem), "{back}");
    }

    let large = Request::post("/directory/senators/import")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::CONTENT_LENGTH, 50 * 1024 * 1024)
        .body(Body::from_stream(futures::stream::pending::<
            Result<Vec<u8>, std::convert::Infallible>,
        >()))
        .expect("a request");
    let answer = ada.sends(large).await;

    assert_eq!(
        answer.location(),
        Some("/directory/senators/import?problem=large"),
        "before a byte of it came"
    );
    let unannounced = vec![b'a'; 9 * 1024 * 1024];
    let answer = ada.uploads("senators", "large.csv", &unannounced).await;
    assert_eq!(
        answer.location(),
        Some("/directory/senators/import?problem=large")
    );
    house.close().await;
}

#[tokio::test]
async fn a_formula_is_text_and_goes_out_harmless_and_in_again_unchanged() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let name = "=HYPERLINK(\"http://example.org\",\"x\")";
    let saved = ada
        .saves(&[
            ("directory", "planets"),
            ("id", "formula"),
            ("name", name),
            ("title", "@home"),
            ("phone", "+12025550145"),
            ("phone_2", "+12025550146"),
        ])
        .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);

    let out = ada.gets("/directory/planets/offices.csv").await.body;
    let again = ada.hands_in("planets", "planets.csv", out.as_bytes()).await;

    let line = out
        .lines()
        .find(|line| line.starts_with("formula"))
        .expect("its line");
    assert_eq!(
        line,
        "formula,,5,\"'=HYPERLINK(\"\"http://example.org\"\",\"\"x\"\")\",'@home,+12025550145,+12025550146"
    );
    assert_eq!(again["counts"], json!([0, 0, 0, 0]), "{again}");
    assert_eq!(again["unchanged"], 4);
    house.close().await;
}

#[tokio::test]
async fn ten_thousand_offices_are_shown_a_page_at_a_time() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let rows: String = (0..10_000)
        .map(|n| format!("b{n},{},Branch {n},+1212555{n:04}\n", n + 1))
        .collect();
    let preview = ada
        .hands_in(
            "planets",
            "branches.csv",
            format!("id,key,name,phone\n{rows}").as_bytes(),
        )
        .await;
    let taken = ada.takes("planets", &preview).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);

    let page = ada.gets("/directory/planets?page=100&sort=-name").await;
    let found = ada
        .asks("/api/directories/show?id=planets&filter[search]=b9999")
        .await;

    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        page.body.matches("<tr role=\"row\" id=\"office-").count(),
        100
    );
    assert!(page.bytes.len() < 400_000, "{} bytes", page.bytes.len());
    assert_eq!(found["pages"]["total"], 1);
    assert_eq!(found["total"], 10_000);
    house.close().await;
}

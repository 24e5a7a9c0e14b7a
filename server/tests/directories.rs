//! Directories as admins change them, through the router: rows, files, what becomes of both, and for whom.

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use exchange::{DirectoryId, Office, RegionCode};
use serde_json::{Value, json};
use support::{Answer, House, Persona};

/// The senators as they are published beside this project: another file than the seeds, with columns of its own.
const PUBLISHED: &str = include_str!("data/senators.csv");

const MURKOWSKI: &str = "M001153";

/// What a form sends for an office.
fn office<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(String, &'a str)> {
    let named = |name: &str| format!("form[{name}]");
    fields
        .iter()
        .map(|(name, value)| (named(name), *value))
        .collect()
}

const MURKOWSKI_AS_SEEDED: [(&str, &str); 9] = [
    ("directory", "senators"),
    ("office", MURKOWSKI),
    ("version", "0"),
    ("region", "AK"),
    ("position", "1"),
    ("name", "Lisa Murkowski"),
    ("title", "Senator"),
    ("phone", "(202) 224-6665"),
    ("term_end", "2029-01-03"),
];

#[tokio::test]
async fn a_changed_number_counts_for_the_next_caller_and_is_kept_with_who_changed_it() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let saved = ada
        .saves(&with(&MURKOWSKI_AS_SEEDED, &[("phone", "202-224-0199")]))
        .await;

    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let change = saved.leads_to();
    assert!(change.starts_with("/directory/senators?done="), "{change}");
    assert_eq!(
        house.senator(MURKOWSKI).await.phone.as_str(),
        "+12022240199"
    );
    let carrier = house.carrier();
    let sid = "CA00000000000000000000000000000077";
    carrier
        .rings("/callcongress/welcome", sid, "+19075550123")
        .await;
    let answer = carrier
        .posts(
            "/callcongress/call-senators/AK",
            &[
                ("CallSid", sid),
                ("From", "+19075550123"),
                ("To", "+12025550100"),
            ],
        )
        .await;
    assert!(answer.body.contains("+12022240199"), "{}", answer.body);
    let history = ada
        .asks("/api/directories/history?id=senators&page=1&open=0")
        .await;
    let latest = &history["changes"][0];
    assert_eq!(latest["by"], "ada");
    assert_eq!(latest["at_ms"], house.clock.now().0);
    assert_eq!(latest["words"], "Changed Lisa Murkowski.");
    assert_eq!(
        latest["offices"][0]["fields"],
        json!([{"field": "number", "before": "+1 (202) 224-6665", "after": "+1 (202) 224-0199"}])
    );
    let audited = house.store().audited().await.expect("the audit is read");
    let line = audited.first().expect("a line");
    assert_eq!(
        (line.by.as_str(), line.about.as_str(), line.what.as_str()),
        ("ada", "senators", "Changed Lisa Murkowski.")
    );
    house.close().await;
}

#[tokio::test]
async fn of_two_who_change_the_same_row_the_second_is_told_what_the_first_did() {
    let house = House::open().await;
    let (mut ada, mut amy) = (house.admin().await, house.another_admin("amy").await);
    let first = ada
        .saves(&with(&MURKOWSKI_AS_SEEDED, &[("phone", "202-224-0199")]))
        .await;
    assert_eq!(first.status, StatusCode::OK);

    let second = amy
        .saves(&with(&MURKOWSKI_AS_SEEDED, &[("title", "The senator")]))
        .await;
    let removal = amy
        .posts_office(
            "/api/directories/remove",
            &[
                ("directory", "senators"),
                ("office", MURKOWSKI),
                ("version", "0"),
            ],
        )
        .await;

    for refusal in [second, removal] {
        assert_eq!(refusal.status, StatusCode::CONFLICT);
        for word in ["ada", "+1 (202) 224-0199", "just now"] {
            assert!(refusal.body.contains(word), "{word}: {}", refusal.body);
        }
    }
    let stands = house.senator(MURKOWSKI).await;
    assert_eq!(
        (stands.title.as_str(), stands.phone.as_str()),
        ("Senator", "+12022240199")
    );
    house.close().await;
}

#[tokio::test]
async fn fields_say_what_they_expect_and_nothing_is_saved_by_halves() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let before = house.senators().await;
    let cases: [(&str, &str, &str); 13] = [
        ("name", "", "name"),
        ("phone", "", "phone"),
        ("phone", "911", "phone"),
        ("phone", "102-224-6665", "phone"),
        ("phone", "+1 900 555 0123", "phone"),
        ("phone_2", "nobody", "phone_2"),
        ("phone_2", "+12022246665", "phone_2"),
        ("region", "ZZ", "region"),
        ("position", "0", "position"),
        ("position", "2", "position"),
        ("term_end", "soon", "term_end"),
        ("hours", "9 to 5", "hours"),
        ("time_zone", "Mars/Olympus", "time_zone"),
    ];

    for (field, value, at) in cases {
        let answer = ada
            .saves(&with(
                &MURKOWSKI_AS_SEEDED,
                &[("title", "Changed"), (field, value)],
            ))
            .await;

        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{field}={value}"
        );
        let body: Value = serde_json::from_str(&answer.body).expect("JSON");
        let fields: Vec<&str> = body["about"]
            .as_array()
            .expect("fields")
            .iter()
            .filter_map(|error| error["field"].as_str())
            .collect();
        assert!(fields.contains(&at), "{field}={value}: {}", answer.body);
    }
    assert_eq!(house.senators().await, before);
    house.close().await;
}

#[tokio::test]
async fn an_office_holds_several_numbers_hours_and_a_zone() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let more = [
        ("phone_2", "(907) 271-3735"),
        ("phone_4", "907 456 0233"),
        ("hours", "Mon-Fri 09:00-17:00"),
        ("time_zone", "America/Anchorage"),
    ];

    let saved = ada.saves(&with(&MURKOWSKI_AS_SEEDED, &more)).await;

    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let office = house.senator(MURKOWSKI).await;
    let numbers: Vec<String> = office.numbers().map(|number| number.to_string()).collect();
    assert_eq!(numbers, ["+12022246665", "+19072713735", "+19074560233"]);
    let view = ada
        .asks("/api/directories/show?id=senators&filter[search]=murkowski")
        .await;
    let row = &view["rows"][0];
    assert_eq!(row["numbers"][2], "+1 (907) 456-0233");
    // It is Thursday, 15:00, in Anchorage.
    assert_eq!(row["is_open"], true);
    house.close().await;
}

#[tokio::test]
async fn an_office_is_added_and_removed_and_both_are_undone() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let added = ada
        .saves(&[
            ("directory", "planets"),
            ("name", "Ceti Alpha V"),
            ("title", "Planet"),
            ("phone", "+12025550145"),
        ])
        .await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    let planets = house.offices("planets").await;
    let new = planets.last().expect("an office");
    assert_eq!((new.id.as_str(), new.position), ("ceti-alpha-v", 5));

    let undone = ada.undoes("planets", added.change(), "").await;
    let removed = ada
        .posts_office(
            "/api/directories/remove",
            &[
                ("directory", "planets"),
                ("office", "dagobah"),
                ("version", "0"),
            ],
        )
        .await;

    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    assert_eq!(removed.status, StatusCode::OK, "{}", removed.body);
    let ids = |offices: &[Office]| -> Vec<String> {
        offices.iter().map(|office| office.id.to_string()).collect()
    };
    assert_eq!(
        ids(&house.offices("planets").await),
        ["brodo-asogi", "uber-asteroid"]
    );
    assert_eq!(
        ada.undoes("planets", removed.change(), "").await.status,
        StatusCode::OK
    );
    assert_eq!(
        ids(&house.offices("planets").await),
        ["brodo-asogi", "dagobah", "uber-asteroid"]
    );
    let history = ada.asks("/api/directories/history?id=planets").await;
    let words: Vec<&str> = history["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .filter_map(|change| change["words"].as_str())
        .collect();
    assert_eq!(
        words,
        [
            "Undid: Removed Dagobah.",
            "Removed Dagobah.",
            "Undid: Added Ceti Alpha V.",
            "Added Ceti Alpha V.",
        ]
    );
    house.close().await;
}

#[tokio::test]
async fn what_was_changed_since_is_not_undone_under_it() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let first = ada
        .saves(&with(&MURKOWSKI_AS_SEEDED, &[("phone", "202-224-0199")]))
        .await;
    let version = first.change().to_string();
    let second = ada
        .saves(&with(
            &MURKOWSKI_AS_SEEDED,
            &[("phone", "202-224-0198"), ("version", &version)],
        ))
        .await;

    let refused = ada.undoes("senators", first.change(), "").await;
    let undone = ada.undoes("senators", second.change(), "").await;
    let then = ada.undoes("senators", first.change(), "").await;

    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("Undo that first"), "{}", refused.body);
    assert_eq!(
        (undone.status, then.status),
        (StatusCode::OK, StatusCode::OK)
    );
    assert_eq!(
        house.senator(MURKOWSKI).await.phone.as_str(),
        "+12022246665"
    );
    house.close().await;
}

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
async fn a_directory_is_made_and_filled_by_hand() {
    let house = House::open().await;
    let mut ada = house.admin().await;

    let made = ada
        .posts_office(
            "/api/directories/make",
            &[("name", "City halls"), ("shape", "regions")],
        )
        .await;
    let again = ada
        .posts_office(
            "/api/directories/make",
            &[("name", "City halls"), ("shape", "list")],
        )
        .await;
    let office = [
        ("directory", "city-halls"),
        ("name", "Juneau"),
        ("phone", "907-586-5240"),
    ];
    let nowhere = ada.saves(&office).await;
    let there = ada.saves(&with(&office, &[("region", "AK")])).await;

    assert_eq!(made.leads_to(), "/directory/city-halls");
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nowhere.body.contains("region"), "{}", nowhere.body);
    assert_eq!(there.status, StatusCode::OK, "{}", there.body);
    let halls = house.offices("city-halls").await;
    assert_eq!(
        halls[0].region,
        Some(RegionCode::parse("AK").expect("a code"))
    );
    house.close().await;
}

#[tokio::test]
async fn a_list_warns_of_what_callers_would_suffer_from() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let removed = ada
        .posts_office(
            "/api/directories/remove",
            &[
                ("directory", "senators"),
                ("office", "S001198"),
                ("version", "0"),
            ],
        )
        .await;
    assert_eq!(removed.status, StatusCode::OK);
    let same = ada
        .saves(&with(&MURKOWSKI_AS_SEEDED, &[("phone_2", "202-224-3041")]))
        .await;
    assert_eq!(same.status, StatusCode::OK, "{}", same.body);
    let carrier = house.carrier();
    for n in 0..3 {
        let sid = format!("CA{n:032}");
        let call = [
            ("CallSid", sid.as_str()),
            ("From", "+19075550123"),
            ("To", "+12025550100"),
        ];
        carrier
            .rings("/callcongress/welcome", &sid, "+19075550123")
            .await;
        carrier.posts("/callcongress/call-senators/AK", &call).await;
        let busy = [call.as_slice(), &[("DialCallStatus", "busy")]].concat();
        carrier.posts("/callcongress/goodbye", &busy).await;
    }

    let view = ada.asks("/api/directories/show?id=senators").await;

    let warnings = view["warnings"].to_string();
    for words in [
        "Alaska has 1 of 2 senators.",
        "Lisa Murkowski: +1 (202) 224-3041 is also the number of Ashley Moody.",
        "The term ended on 2026-11-03.",
        "Lisa Murkowski: The last 3 calls did not get through; the latest: busy.",
    ] {
        assert!(warnings.contains(words), "{words}: {warnings}");
    }
    assert_eq!(view["head"]["age_days"], 128);
    house.close().await;
}

#[tokio::test]
async fn a_posted_form_without_script_leads_back_to_the_table() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let form = office(&with(&MURKOWSKI_AS_SEEDED, &[("phone", "202-224-0199")]));
    let body = serde_urlencoded::to_string(&form).expect("a form");
    let request = Request::post("/api/directories/save")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html")
        .header(
            header::REFERER,
            "http://127.0.0.1:8080/directory/senators?edit=M001153",
        )
        .body(Body::from(body))
        .expect("a request");

    let answer = ada.sends(request).await;

    assert_eq!(answer.status, StatusCode::FOUND);
    let back = answer.location().expect("a way back").to_owned();
    assert!(back.starts_with("/directory/senators?done="), "{back}");
    let page = ada.gets(&back).await;
    assert!(
        page.body.contains("Changed Lisa Murkowski."),
        "it says what was done"
    );
    assert!(page.body.contains("+1 (202) 224-0199"));
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
        .asks("/api/directories/show?id=planets&filter[search]=branch%209999")
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

/// The same fields, some of them with other values.
fn with<'a>(
    fields: &[(&'a str, &'a str)],
    others: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let kept = fields
        .iter()
        .filter(|(name, _)| !others.iter().any(|(other, _)| other == name));
    kept.chain(others).copied().collect()
}

impl House {
    async fn another_admin(&self, user_name: &str) -> Persona {
        self.add(user_name, desk::Role::Admin).await;
        let mut persona = self.stranger();
        persona.signs_in(user_name, support::PASSWORD).await;
        persona
    }

    async fn offices(&self, directory: &str) -> Vec<Office> {
        let id = DirectoryId::parse(directory).expect("an id");
        self.store().offices(&id).await.expect("offices are read")
    }

    async fn senators(&self) -> Vec<Office> {
        self.offices("senators").await
    }

    async fn senator(&self, id: &str) -> Office {
        let senators = self.senators().await;
        let found = senators.into_iter().find(|office| office.id.as_str() == id);
        found.expect("the senator")
    }
}

impl Persona {
    async fn posts_office(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = office(fields);
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        self.posts(path, &form).await
    }

    async fn saves(&mut self, fields: &[(&str, &str)]) -> Answer {
        self.posts_office("/api/directories/save", fields).await
    }

    async fn undoes(&mut self, directory: &str, change: i64, office: &str) -> Answer {
        let change = change.to_string();
        self.posts_office(
            "/api/directories/undo",
            &[
                ("directory", directory),
                ("change", &change),
                ("office", office),
            ],
        )
        .await
    }

    async fn asks(&mut self, path: &str) -> Value {
        let answer = self.gets(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).expect("JSON")
    }

    async fn uploads(&mut self, directory: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let request = Request::post(format!("/directory/{directory}/import"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body))
            .expect("a request");
        self.sends(request).await
    }

    /// Hands a file in and looks through it.
    async fn hands_in(&mut self, directory: &str, name: &str, bytes: &[u8]) -> Value {
        let answer = self.uploads(directory, name, bytes).await;
        let back = answer.location().expect("a way on").to_owned();
        let file = back.split_once("?file=").expect("a file").1;
        let file = file.split('&').next().unwrap_or_default();
        self.asks(&format!(
            "/api/directories/look-through?id={directory}&upload={file}"
        ))
        .await
    }

    async fn takes(&mut self, directory: &str, preview: &Value) -> Answer {
        let version = preview["version"].to_string();
        let upload = preview["upload"].as_str().unwrap_or_default();
        self.posts_office(
            "/api/directories/take",
            &[
                ("directory", directory),
                ("upload", upload),
                ("version", &version),
            ],
        )
        .await
    }
}

impl Answer {
    /// Where the answer leads a page with script.
    fn leads_to(&self) -> &str {
        assert!(self.header("serverfnredirect").is_some(), "{}", self.body);
        self.location().expect("a way on")
    }

    /// The change that was made.
    fn change(&self) -> i64 {
        let done = self.leads_to().split_once("done=").expect("a change").1;
        done.parse().expect("a version")
    }
}

//! The public legislators file whole: as many people and as many kinds of fields as it has, in both its forms. The
//! people are our own roster's, and others made up around them; no file of somebody else's lies here.

use axum::http::StatusCode;
use exchange::Office;
use serde_json::{Map, Value, json};

use crate::files::PUBLISHED;
use crate::support::House;

/// Members of the House whom the file lists beside the senators.
const REPRESENTATIVES: usize = 435;

#[tokio::test]
async fn the_whole_public_file_is_the_roster_that_was_made_from_it() {
    let people = people();
    let json = serde_json::to_string_pretty(&people).expect("JSON");
    let yaml = yaml(&people);
    let mut taken: Vec<Vec<Office>> = Vec::new();
    for (name, text) in [
        ("legislators-current.json", json),
        ("legislators-current.yaml", yaml),
    ] {
        let house = House::open().await;
        let mut ada = house.admin().await;
        let before = seats(&house.senators().await);

        let preview = ada.hands_in("senators", name, text.as_bytes()).await;
        let answer = ada.takes("senators", &preview).await;

        let [bad, added, _, removed] = [0, 1, 2, 3].map(|n| preview["counts"][n].clone());
        assert_eq!(
            (bad, added, removed),
            (json!(0), json!(0), json!(0)),
            "{name}: {preview}"
        );
        assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.body);
        let after = house.senators().await;
        assert_eq!(after.len(), 100, "{name}");
        assert_eq!(seats(&after), before, "{name}");
        taken.push(after);
        house.close().await;
    }
    assert_eq!(taken[0], taken[1], "both forms say the same");
}

/// Who sits where, with which number.
fn seats(offices: &[Office]) -> Vec<(String, u16, String, String)> {
    let seat = |office: &Office| {
        let region = office.region.as_ref().map(ToString::to_string);
        let id = office.id.to_string();
        (
            region.unwrap_or_default(),
            office.position,
            id,
            office.phone.to_string(),
        )
    };
    let mut seats: Vec<_> = offices.iter().map(seat).collect();
    seats.sort();
    seats
}

/// Everybody in Congress, as the public file lists them.
fn people() -> Value {
    let mut reader = csv::Reader::from_reader(PUBLISHED.as_bytes());
    let rows = reader.deserialize::<Map<String, Value>>();
    let senators = rows
        .enumerate()
        .map(|(n, row)| senator(n, &row.expect("a row")));
    let others = (0..REPRESENTATIVES).map(representative);
    senators.chain(others).collect()
}

fn senator(n: usize, row: &Map<String, Value>) -> Value {
    let text = |key: &str| {
        row[key]
            .as_str()
            .map_or_else(|| row[key].to_string(), str::to_owned)
    };
    let phone = text("phone");
    let digits = &phone[phone.len() - 10..];
    let mut term = json!({
        "type": "sen",
        "start": text("term_start"),
        "end": text("term_end"),
        "state": text("state"),
        "class": text("class").parse::<u8>().expect("a class"),
        "state_rank": if text("position") == "1" { "senior" } else { "junior" },
        "party": text("party"),
        "url": text("website_url"),
        "address": format!("{} Hart Senate Office Building Washington DC 20510", 100 + n),
        "office": format!("{} Hart Senate Office Building", 100 + n),
        "phone": format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..]),
    });
    for (key, value) in [
        ("caucus", text("caucus")),
        ("contact_form", text("contact_form_url")),
        ("how", text("how").replace("general-election", "")),
    ] {
        if !value.is_empty() {
            term[key] = value.into();
        }
    }
    // Many sat in the House before, some in the Senate, and some terms tell of a special election.
    let mut terms = Vec::new();
    if n.is_multiple_of(3) {
        terms.push(json!({
            "type": "rep", "start": "2005-01-04", "end": "2007-01-03", "state": text("state"),
            "district": n % 9, "party": text("party"), "url": "http://www.house.gov/nobody",
            "fax": "202-225-0000",
            "party_affiliations": [{"start": "2005-01-04", "end": "2007-01-03", "party": text("party")}],
        }));
    }
    if n.is_multiple_of(4) {
        terms.push(json!({
            "type": "sen", "start": "2015-01-06", "end": "2019-01-03", "state": text("state"),
            "class": 1, "party": text("party"), "end-type": "special-election",
        }));
    }
    terms.push(term);
    json!({
        "id": {
            "bioguide": text("bioguide_id"), "thomas": format!("{n:05}"), "lis": format!("S{n:03}"),
            "govtrack": 300_000 + n, "opensecrets": format!("N{n:08}"), "votesmart": 20_000 + n,
            "fec": [format!("S{n}XX00001"), format!("H{n}XX00001")], "cspan": 5_000 + n,
            "wikipedia": text("name"), "house_history": 10_000 + n, "icpsr": 39_310 + n,
            "wikidata": format!("Q{n}"), "google_entity_id": format!("kg:/m/0{n}"), "maplight": n,
        },
        "name": {
            "first": text("first_name"), "last": text("last_name"), "official_full": text("name"),
            "middle": "O.", "nickname": "Nick", "suffix": "Jr.",
        },
        "other_names": [{"last": "Another", "end": "1999-01-03"}],
        "bio": {"birthday": "1958-10-13", "gender": "F"},
        "leadership_roles": [{"title": "Majority Whip: of \"one\" day", "chamber": "senate", "start": "2021-01-20"}],
        "family": [{"name": "Somebody O'Else", "relation": "daughter"}],
        "terms": terms,
    })
}

/// A member of the House, of whom senators' directories take nobody.
fn representative(n: usize) -> Value {
    const STATES: [&str; 8] = ["CA", "TX", "DC", "PR", "GU", "NY", "AK", "MP"];
    json!({
        "id": {"bioguide": format!("Z{n:06}"), "thomas": format!("{:05}", 2_000 + n), "govtrack": 400_000 + n},
        "name": {"first": "José", "last": format!("Number-{n}"), "official_full": format!("José Number-{n}")},
        "bio": {"gender": "M"},
        "terms": [{
            "type": "rep", "start": "2025-01-03", "end": "2027-01-03", "state": STATES[n % STATES.len()],
            "district": n % 53, "party": "Independent", "phone": "202-225-0000", "office": "1 Longworth: House # Office",
        }],
    })
}

/// The same as the public file writes it: blocks, texts bare where they can be, dates and numbers that are texts in quotes.
fn yaml(people: &Value) -> String {
    let mut text = String::new();
    block(people, 0, &mut text);
    text
}

fn block(value: &Value, depth: usize, text: &mut String) {
    let pad = "  ".repeat(depth);
    match value {
        Value::Array(items) => {
            for item in items {
                let mut inner = String::new();
                block(item, depth + 1, &mut inner);
                let inner = inner.strip_prefix("  ").unwrap_or(&inner);
                let inner = inner.strip_prefix(&pad).unwrap_or(inner);
                text.push_str(&format!("{pad}- {inner}"));
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::Array(_) => {
                        text.push_str(&format!("{pad}{key}:\n"));
                        block(value, depth, text);
                    }
                    Value::Object(_) => {
                        text.push_str(&format!("{pad}{key}:\n"));
                        block(value, depth + 1, text);
                    }
                    Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                        text.push_str(&format!("{pad}{key}: {}\n", scalar(value)));
                    }
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            text.push_str(&format!("{pad}{}\n", scalar(value)));
        }
    }
}

fn scalar(value: &Value) -> String {
    let Value::String(text) = value else {
        return value.to_string();
    };
    let is_word = text.starts_with(|first: char| first.is_alphabetic());
    let is_bare = is_word && !text.contains([':', '#', '"', '\'']);
    let is_address = text.starts_with("http") && !text.contains(' ');
    if is_bare || is_address {
        text.clone()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

//! Opening hours of every kind of line: a closed line, a holiday, and the day that changes in the line's own zone.

use axum::http::StatusCode;

use crate::admins::with;
use crate::support::{House, Persona};

/// The clock begins on Friday 2026-11-20 at 00:00 UTC: in New York it is Thursday evening, in Tokyo Friday morning.
const FRIDAYS: [(&str, &str); 5] = [
    ("week-0", ""),
    ("week-1", ""),
    ("week-2", ""),
    ("week-3", ""),
    ("week-4", "00:00-24:00"),
];

async fn keeps(ada: &mut Persona, line: &str, hours: &[(&str, &str)]) {
    let form = ada.opens(line, "").await;
    let form = with(&with(&form, &FRIDAYS), hours);
    let saved = ada.saves(&form).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
}

#[tokio::test]
async fn a_closed_line_of_every_kind_says_so_and_when_it_opens() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let cases = [
        ("senators", "It opens again tomorrow at 12 AM."),
        ("planets", "It opens again tomorrow at 12 AM."),
        ("conference", "It opens again tomorrow at 12 AM."),
        ("senators-es", "Abre de nuevo mañana a las 0:00."),
        ("senators-ja", "明日0時に受付を再開いたします。"),
        ("support", "We are closed right now."),
    ];

    for (call, (line, said)) in (1..).zip(cases) {
        keeps(&mut ada, line, &[("zone", "America/New_York")]).await;

        let heard = house.hears(line, call).await;

        assert!(heard.contains(said), "{line}: {heard}");
        let story = house.sam_reads(call).await;
        assert!(story.contains("The line is closed."), "{line}: {story}");
    }
    house.close().await;
}

#[tokio::test]
async fn the_day_changes_by_the_clock_of_the_line() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    keeps(&mut ada, "planets", &[("zone", "America/New_York")]).await;
    keeps(&mut ada, "senators", &[("zone", "Asia/Tokyo")]).await;

    let is_open = |heard: String| !heard.contains("This line is closed");
    let mut seen = Vec::new();
    // To the minute before midnight in New York, to midnight, to the next midnight in Tokyo.
    for (call, minutes) in (1_u32..).zip([0, 299, 1, 600]) {
        house.waits(minutes).await;
        let there = is_open(house.hears("planets", 2 * call).await);
        let here = is_open(house.hears("senators", 2 * call + 1).await);
        seen.push((there, here));
    }

    assert_eq!(
        seen,
        [(false, true), (false, true), (true, true), (true, false)]
    );
    house.close().await;
}

#[tokio::test]
async fn a_holiday_closes_the_line_whatever_the_week_says() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    let holiday = [
        ("zone", "UTC"),
        ("week-5", "10:00-11:00"),
        (
            "closed_on",
            "2026-11-20 Founders' day\n2026-12-25 Christmas",
        ),
    ];
    keeps(&mut ada, "planets", &holiday).await;

    let closed = house.hears("planets", 1).await;
    house.waits(34 * 60).await;
    let open = house.hears("planets", 2).await;

    assert!(
        closed.contains("It opens again tomorrow at 10 AM."),
        "{closed}"
    );
    assert!(open.contains("<Gather"), "{open}");
    let line = house.line("planets").await.expect("the line");
    let days = line.hours.expect("hours").closed_on;
    let names: Vec<&str> = days.values().map(String::as_str).collect();
    assert_eq!(names, ["Founders' day", "Christmas"]);
    house.close().await;
}

#[tokio::test]
async fn a_line_without_hours_is_always_open_again() {
    let house = House::open().await;
    let mut ada = house.admin().await;
    keeps(&mut ada, "planets", &[("zone", "America/New_York")]).await;

    keeps(&mut ada, "planets", &[("zone", ""), ("week-4", "")]).await;

    assert!(
        house
            .line("planets")
            .await
            .expect("the line")
            .hours
            .is_none()
    );
    let heard = house.hears("planets", 1).await;
    assert!(heard.contains("<Gather"), "{heard}");
    house.close().await;
}

impl House {
    /// What a supervisor reads of a call.
    async fn sam_reads(&self, call: u32) -> String {
        let mut sam = self.supervisor().await;
        sam.gets(&format!("/calls/CA{call:032x}")).await.body
    }
}

//! What is over: many past conferences, page by page, and the table of who was there.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::StatusCode;
use desk::rooms::RoomsPage;

use crate::floor::IDA;
use crate::support::{House, Persona};
use crate::{MOIRA, ROOM};

#[tokio::test]
async fn attendance_is_a_table_for_supervisors() {
    let house = House::open().await;
    house.enters(1, IDA).await;
    house.enters(2, MOIRA).await;
    house.clock.advance(Duration::from_secs(90));
    house.leaves(1, IDA, 3).await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    let path = "/conferences/conference.main/attendance.csv";

    let table = sam.gets(path).await;
    let forbidden = ana.gets(path).await;
    let signed_out = house.stranger().gets(path).await;
    let other = sam.gets(&format!("{path}?began=7")).await;

    assert_eq!(
        table.header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    let rows: Vec<&str> = table.body.lines().collect();
    assert_eq!(rows.len(), 3, "{}", table.body);
    assert_eq!(rows[0], "who,number,role,joined,met,left,seconds,why");
    assert!(
        rows[1].starts_with("+13125550123,+13125550123,Participant,"),
        "{}",
        rows[1]
    );
    assert!(rows[1].ends_with(",90,Hung up"), "{}", rows[1]);
    assert!(rows[2].contains(",Moderator,"), "{}", rows[2]);
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
    assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED);
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    house.close().await;
}

#[tokio::test]
async fn many_past_conferences_are_paged_through_from_the_latest_to_the_first() {
    let house = after(45).await;
    let mut sam = house.supervisor().await;

    let pages = [sam.page(1).await, sam.page(2).await, sam.page(3).await];

    let rows = pages.each_ref().map(|page| page.past.len());
    assert_eq!(rows, [20, 20, 5]);
    for (page, number) in pages.iter().zip(1..) {
        assert_eq!((page.page, page.per_page, page.total), (number, 20, 45));
    }
    let past: Vec<_> = pages.iter().flat_map(|page| &page.past).collect();
    assert!(past.is_sorted_by(|a, b| a.ended_ms > b.ended_ms));
    let began: BTreeSet<i64> = past.iter().map(|one| one.began_ms).collect();
    assert_eq!(began.len(), 45);
    assert!(past.iter().all(|one| one.room == ROOM && one.people() == 1));
    house.close().await;
}

#[tokio::test]
async fn the_ways_to_the_neighbouring_pages_lead_there() {
    let house = after(45).await;
    let mut sam = house.supervisor().await;

    for (page, here, ways) in [
        ("", "Page 1 of 3", &[2][..]),
        ("?page=2", "Page 2 of 3", &[1, 3]),
        ("?page=3", "Page 3 of 3", &[2]),
        ("?page=nonsense", "Page 1 of 3", &[2]),
    ] {
        let shown = sam.gets(&format!("/conferences{page}")).await.body;

        assert!(shown.contains(here), "{page}: {shown}");
        for way in 0..=5 {
            let is_there = shown.contains(&format!("href=\"/conferences?page={way}\""));
            assert_eq!(is_there, ways.contains(&way), "{page}: {way}");
        }
    }
    house.close().await;
}

#[tokio::test]
async fn a_page_that_is_not_there_any_more_is_the_last_one() {
    let house = after(21).await;
    let mut sam = house.supervisor().await;

    for page in [3, 99, u32::MAX] {
        let shown = sam.page(page).await;

        assert_eq!((shown.page, shown.total), (2, 21), "{page}");
        assert_eq!(shown.past.len(), 1, "{page}");
    }
    assert_eq!(sam.page(0).await.page, 1);
    house.close().await;
}

#[tokio::test]
async fn where_nothing_is_over_there_is_one_page() {
    let house = House::open().await;
    let mut sam = house.supervisor().await;

    let shown = sam.page(7).await;

    assert_eq!((shown.page, shown.total, shown.past.len()), (1, 0, 0));
    let page = sam.gets("/conferences?page=7").await.body;
    assert!(page.contains("None yet.") && !page.contains("Page "));
    house.close().await;
}

/// A house in which so many conferences are over, one a minute, each with one person.
async fn after(conferences: u32) -> House {
    let house = House::open().await;
    for n in 1..=conferences {
        house.enters(n, IDA).await;
        house.clock.advance(Duration::from_secs(60));
        house.leaves(n, IDA, n + conferences).await;
    }
    house
}

impl Persona {
    /// The monitor, with one page of what is over.
    async fn page(&mut self, page: u32) -> RoomsPage {
        let answer = self.gets(&format!("/api/rooms/show?page={page}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        serde_json::from_str(&answer.body).expect("a page")
    }
}

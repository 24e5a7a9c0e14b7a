//! Rosters through the store: what an import changes, and that a refused one changes nothing.

use exchange::{DirectoryId, LineId, LineKind, Moment, Office, Plan, RegionCode};
use server::roster::{Problem, Report, export, import};
use server::seeds;
use store::{Scratch, Store};

const TODAY: &str = "2026-11-20";
const NOW: Moment = Moment(1_795_132_800_000);

#[tokio::test]
async fn an_export_is_imported_without_a_change() {
    let desk = desk().await;
    let before = desk.senators().await;

    let csv = export(&desk.store, &senators())
        .await
        .expect("the senators are exported");
    let report = desk
        .imports("senators.csv", &csv)
        .await
        .expect("the export is taken");

    assert!(report.changes.is_empty(), "{report}");
    assert_eq!(
        report.to_string(),
        "senators: 100 offices, all of them as before.\n"
    );
    assert_eq!(desk.senators().await, before);
    desk.closes().await;
}

#[tokio::test]
async fn a_newer_roster_takes_the_place_of_the_old_one_and_says_what_changed() {
    let desk = desk().await;
    let csv = export(&desk.store, &senators())
        .await
        .expect("the senators are exported");
    let newer = csv
        .replace("Ashley Moody", "Flora Winner")
        .replace("M001244", "W000999")
        .replace("+12022246665", "(202) 224-9999");

    let report = desk
        .imports("newer.csv", &newer)
        .await
        .expect("the roster is taken");

    let text = report.to_string();
    for line in [
        "senators: 100 offices: 1 added, 1 changed, 1 removed, 98 as before.",
        "  added    FL 2 Flora Winner (W000999), +1 (202) 224-3041",
        "             phone: +12022246665 -> +12022249999",
        "  removed  FL 2 Ashley Moody (M001244), +1 (202) 224-3041",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
    let florida = RegionCode::parse("FL").expect("a region code");
    let plan = desk.plan().await;
    let names: Vec<&str> = plan
        .offices(&senators(), &florida)
        .iter()
        .map(|office| office.name.as_str())
        .collect();
    assert_eq!(names, ["Rick Scott", "Flora Winner"]);
    let (_, rows) = desk.store.plan().await.expect("the plan is read");
    let directory = rows
        .directories
        .iter()
        .find(|directory| directory.id == senators());
    assert_eq!(
        directory.map(|d| (d.name.as_str(), d.source.as_str(), d.as_of.as_str())),
        Some(("US senators", "newer.csv", TODAY))
    );
    desk.closes().await;
}

#[tokio::test]
async fn the_public_file_replaces_the_senators() {
    let desk = desk().await;
    let yaml = "- id: {bioguide: X000001}\n  name: {first: Xenia, last: Example}\n  terms:\n  \
        - {type: sen, start: '2025-01-03', end: '2031-01-03', state: OH, class: 3,\n     \
        state_rank: senior, phone: 202-224-0001}\n";

    let report = desk
        .imports("downloads/legislators-current.yaml", yaml)
        .await
        .expect("the file is taken");

    assert_eq!(
        (report.changes.added.len(), report.changes.removed.len()),
        (1, 100)
    );
    assert!(
        report
            .warnings
            .contains(&"Ohio has 1 of 2 senators.".to_owned()),
        "{report}"
    );
    assert!(
        report
            .warnings
            .contains(&"Alaska has 0 of 2 senators.".to_owned()),
        "{report}"
    );
    let (_, rows) = desk.store.plan().await.expect("the plan is read");
    let directory = rows
        .directories
        .iter()
        .find(|directory| directory.id == senators());
    assert_eq!(
        directory.map(|d| d.source.as_str()),
        Some("legislators-current.yaml of unitedstates/congress-legislators")
    );
    desk.closes().await;
}

#[tokio::test]
async fn nothing_of_a_file_with_bad_lines_is_taken() {
    let desk = desk().await;
    let before = desk.senators().await;
    let csv = "id,region,position,name,title,phone\n\
        X000001,OH,1,Xenia Example,Senator,+12022240001\n\
        X000002,QQ,2,Yan Example,Senator,+12022240002\n\
        X000003,OH,2,Zoe Example,Senator,112\n";

    let problem = desk
        .imports("bad.csv", csv)
        .await
        .expect_err("the file is refused");

    assert_eq!(
        problem.to_string(),
        "nothing of bad.csv was taken, because of 2 problems:\n  \
         line 3: there is no region \"QQ\"\n  \
         line 4: \"112\" is no telephone number; write it like +12022246665 or (202) 224-6665"
    );
    assert_eq!(desk.senators().await, before);
    desk.closes().await;
}

#[tokio::test]
async fn a_directory_of_one_s_own_is_made_and_a_line_can_lead_to_it() {
    let desk = desk().await;
    let csv = "id;state;name;phone\ncleveland;OH;Cleveland;216-555-0123\n";

    let report = desk.takes(&branches(), "branches.csv", csv).await;
    let report = report.expect("the file is taken");

    assert!(report.is_new);
    assert!(
        report
            .to_string()
            .starts_with("The directory branches is new; no line uses it yet.\n")
    );
    let (_, mut rows) = desk.store.plan().await.expect("the plan is read");
    let line = rows.lines.first_mut().expect("there is a line");
    line.id = LineId::parse("branches").expect("a line id");
    line.kind = LineKind::Forward {
        directory: branches(),
        instead: None,
    };
    assert!(Plan::new(rows).is_ok());
    desk.closes().await;
}

#[tokio::test]
async fn a_number_that_no_line_would_dial_is_warned_of() {
    let desk = desk().await;
    let csv = "id,state,name,phone\ncleveland,OH,Cleveland,+19005550123\n";

    let report = desk.takes(&branches(), "branches.csv", csv).await;

    let said = report.expect("the file is taken").to_string();
    assert!(
        said.contains("Cleveland (line 2) would not be dialled at +1 (900) 555-0123"),
        "{said}"
    );
    desk.closes().await;
}

#[tokio::test]
async fn what_cannot_be_done_is_said_before_anything_is_changed() {
    let desk = desk().await;
    let nowhere = DirectoryId::parse("nowhere").expect("a directory id");

    let unknown = export(&desk.store, &nowhere)
        .await
        .expect_err("there is no such directory");
    let undated = import(
        &desk.store,
        &senators(),
        b"",
        "x.csv",
        "20 November",
        "ada",
        NOW,
    )
    .await;

    assert_eq!(
        unknown.to_string(),
        "there is no directory nowhere; there are: delegates, planets, senators"
    );
    assert!(matches!(undated, Err(Problem::Day(_))));
    desk.closes().await;
}

struct Desk {
    scratch: Scratch,
    store: Store,
}

impl Desk {
    async fn imports(&self, name: &str, text: &str) -> Result<Report, Problem> {
        self.takes(&senators(), name, text).await
    }

    async fn takes(
        &self,
        directory: &DirectoryId,
        name: &str,
        text: &str,
    ) -> Result<Report, Problem> {
        let text = text.as_bytes();
        import(&self.store, directory, text, name, TODAY, "ada", NOW).await
    }

    async fn senators(&self) -> Vec<Office> {
        self.store
            .offices(&senators())
            .await
            .expect("the offices are read")
    }

    async fn plan(&self) -> Plan {
        let (_, rows) = self.store.plan().await.expect("the plan is read");
        Plan::new(rows).expect("the rows make a plan")
    }

    async fn closes(self) {
        self.scratch
            .drop_now()
            .await
            .expect("the scratch database goes");
    }
}

/// A desk with the seeds in a database of its own.
async fn desk() -> Desk {
    let scratch = Scratch::new().await.expect("a scratch database");
    let store = scratch.store();
    store
        .seed(&seeds::rows().expect("the seeds are sound"))
        .await
        .expect("the seeds are planted");
    Desk { scratch, store }
}

fn branches() -> DirectoryId {
    DirectoryId::parse("branches").expect("a directory id")
}

fn senators() -> DirectoryId {
    DirectoryId::parse("senators").expect("a directory id")
}

//! The audit: read page by page, with the way to what each line is about; as a sheet; and lines that are written here.

use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use csv::WriterBuilder;
use desk::audit::{AuditFilter, AuditRow, AuditView};
use desk::directory::Pages;
use desk::{CallFilter, DeskError, Viewer};
use exchange::conference::RoomId;
use exchange::{CallSid, DirectoryId, LineId, MenuId, Plan};
use store::{AUDIT_PER_PAGE, AuditQuery, Audited};

use crate::chain::chain;
use crate::desk::admin;
use crate::roster::sheet::guarded;
use crate::state::AppState;

/// The audit as a sheet.
pub const SHEET: &str = "/audit/audit.csv";

/// The most lines that a sheet has.
const MOST_LINES: u32 = 100_000;

/// The route. [`crate::pages::router`] puts it among the pages, behind their layers.
pub fn router() -> Router<AppState> {
    Router::new().route(SHEET, get(sheet))
}

/// A page of the lines that match.
pub(crate) async fn page(state: &AppState, filter: &AuditFilter) -> Result<AuditView, DeskError> {
    let query = query(filter)?;
    let total = state.store.count_audited(&query).await.map_err(broken)?;
    let page = filter.page.max(1);
    let after = u64::from(page - 1) * u64::from(AUDIT_PER_PAGE);
    let lines = state.store.audit_lines(&query, after, AUDIT_PER_PAGE).await;
    let (_, plan) = state.plans.current();
    let people = state.store.people().await.map_err(broken)?;
    let is_person = |about: &str| people.iter().any(|person| person.user_name == about);
    let row = |line: Audited| AuditRow {
        at_ms: line.at.0,
        href: href(&plan, is_person(&line.about), &line.about),
        by: line.by,
        about: line.about,
        what: line.what,
    };
    Ok(AuditView {
        rows: lines.map_err(broken)?.into_iter().map(row).collect(),
        pages: Pages {
            page,
            per_page: AUDIT_PER_PAGE,
            total,
        },
        people: state.store.who_did_something().await.map_err(broken)?,
    })
}

/// Where that is seen which a line is about.
fn href(plan: &Plan, is_person: bool, about: &str) -> Option<String> {
    let is_line = |id: LineId| plan.line(&id).is_some();
    let is_directory = |id: DirectoryId| plan.has_directory(&id);
    let is_menu = |id: MenuId| plan.menu(&id).is_some();
    if CallSid::parse(about).is_ok() {
        return Some(format!("/calls/{about}"));
    }
    if ["people", "retention", "prompts", "setup"].contains(&about) {
        return Some(format!("/{about}"));
    }
    if is_person {
        return Some(format!("/people/{about}"));
    }
    if LineId::parse(about).is_ok_and(is_line) {
        return Some(format!("/lines/{about}"));
    }
    if DirectoryId::parse(about).is_ok_and(is_directory) {
        return Some(format!("/directory/{about}"));
    }
    if MenuId::parse(about).is_ok_and(is_menu) {
        return Some(format!("/menus/{about}"));
    }
    RoomId::parse(about)
        .is_ok()
        .then(|| format!("/conferences/{about}"))
}

fn query(filter: &AuditFilter) -> Result<AuditQuery, DeskError> {
    let days = [("from", filter.from.as_str()), ("to", filter.to.as_str())];
    let days = CallFilter::from_pairs(days)
        .query()
        .map_err(DeskError::Invalid)?;
    let whole = AuditQuery::default();
    Ok(AuditQuery {
        by: filter.by.clone(),
        about: filter.about.clone(),
        from: days.from_ms.map_or(whole.from, exchange::Moment),
        until: days.before_ms.map_or(whole.until, exchange::Moment),
    })
}

async fn sheet(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    Query(filter): Query<AuditFilter>,
) -> Response {
    let viewer = viewer.map(|Extension(viewer)| viewer);
    match written(&state, viewer.as_ref(), &filter).await {
        Ok(sheet) => {
            let mut response = sheet.into_response();
            let headers = response.headers_mut();
            for (name, value) in [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CACHE_CONTROL, "no-store"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"audit.csv\"",
                ),
            ] {
                headers.insert(name, HeaderValue::from_static(value));
            }
            response
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.status());
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, format!("{error}\n")).into_response()
        }
    }
}

async fn written(
    state: &AppState,
    viewer: Option<&Viewer>,
    filter: &AuditFilter,
) -> Result<String, DeskError> {
    admin(viewer)?;
    let lines = state
        .store
        .audit_lines(&query(filter)?, 0, MOST_LINES)
        .await;
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let mut written = writer.write_record(["when", "who", "about", "what"]);
    for line in lines.map_err(broken)? {
        let when = desk::iso(line.at.0);
        let cells = [&when, &line.by, &line.about, &line.what].map(|cell| guarded(cell));
        written = written.and_then(|()| writer.write_record(cells));
    }
    written.expect("a vector takes every record, and all records are as long as the header");
    let bytes = writer.into_inner().expect("a vector takes every byte");
    Ok(String::from_utf8(bytes).expect("cells are text"))
}

/// Writes a line. What it is about is done whether it can be written or not.
pub(crate) async fn note(state: &AppState, by: &str, about: &str, what: &str) {
    let line = Audited {
        at: state.clock.now(),
        by: by.to_owned(),
        about: about.to_owned(),
        what: what.to_owned(),
    };
    if let Err(error) = state.store.audit(&line).await {
        tracing::error!(error = chain(&error), "a line of the audit is not written");
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what `map_err` hands over"
)]
fn broken(error: store::Error) -> DeskError {
    tracing::error!(error = chain(&error), "the audit could not be read");
    DeskError::Internal
}

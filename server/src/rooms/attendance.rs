//! `/conferences/{id}/attendance.csv`: who was in a room, as a table for spreadsheets.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use csv::{Terminator, WriterBuilder};
use desk::iso;
use desk::rooms::Attended;
use desk::{DeskError, Viewer};
use exchange::PhoneNumber;
use serde::Deserialize;

use super::story;
use crate::roster::sheet::guarded;
use crate::state::AppState;

/// The route.
pub const ATTENDANCE: &str = "/conferences/{id}/attendance.csv";

/// The route. [`crate::pages::router`] puts it among the pages, behind their layers.
pub fn router() -> Router<AppState> {
    Router::new().route(ATTENDANCE, get(table))
}

#[derive(Deserialize)]
struct When {
    /// When the gathering began; the present one, or the last, where it is not said.
    began: Option<i64>,
}

async fn table(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    Path(id): Path<String>,
    Query(when): Query<When>,
) -> Response {
    let viewer = viewer.map(|Extension(viewer)| viewer);
    match find(&state, viewer.as_ref(), &id, when.began).await {
        Ok(attendance) => {
            let table = written(&attendance, state.clock.now().0);
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"attendance.csv\"",
                ),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, table).into_response()
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.status());
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, format!("{error}\n")).into_response()
        }
    }
}

async fn find(
    state: &AppState,
    viewer: Option<&Viewer>,
    id: &str,
    began: Option<i64>,
) -> Result<Vec<Attended>, DeskError> {
    let viewer = viewer.ok_or(DeskError::SignedOut)?;
    if !viewer.role.sees_rooms() {
        return Err(DeskError::Forbidden);
    }
    story::attendance(state, id, began).await
}

/// Attendance as a table for spreadsheets. Times are in UTC.
fn written(attendance: &[Attended], now_ms: i64) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    let head = [
        "who", "number", "role", "joined", "met", "left", "seconds", "why",
    ];
    let mut written = writer.write_record(head);
    for one in attendance {
        let number = one.number.clone().unwrap_or_default();
        let row = [
            guarded(who(one)),
            number,
            one.role.label().to_owned(),
            iso(one.joined_ms),
            one.met_ms.map(iso).unwrap_or_default(),
            one.left_ms.map(iso).unwrap_or_default(),
            (one.length_ms(now_ms) / 1000).to_string(),
            guarded(&one.why),
        ];
        written = written.and_then(|()| writer.write_record(row));
    }
    written.expect("a vector takes every record, and all records are as long as the header");
    let bytes = writer.into_inner().expect("a vector takes every byte");
    String::from_utf8(bytes).expect("cells are text")
}

/// Their name; their number as machines write it, where nothing else is known of them.
fn who(one: &Attended) -> &str {
    let number = one.number.as_deref();
    let is_label = |number: &&str| {
        PhoneNumber::parse(number).is_ok_and(|number| number.formatted() == one.label)
    };
    number.filter(is_label).unwrap_or(&one.label)
}

#[cfg(test)]
mod tests {
    use desk::rooms::PersonRole;

    use super::*;

    #[test]
    fn attendance_is_a_table_in_which_no_name_is_a_formula() {
        let attendance = [
            Attended {
                leg: "CA1".to_owned(),
                label: "+1 (312) 555-0123".to_owned(),
                number: Some("+13125550123".to_owned()),
                role: PersonRole::Moderator,
                joined_ms: 0,
                met_ms: Some(5_000),
                left_ms: Some(61_500),
                why: "Hung up".to_owned(),
            },
            Attended {
                leg: "CA2".to_owned(),
                label: "=1+1, \"Ida\"".to_owned(),
                joined_ms: 1_000,
                ..Attended::default()
            },
        ];

        let table = written(&attendance, 3_000);

        assert_eq!(
            table,
            "who,number,role,joined,met,left,seconds,why\r\n\
             +13125550123,+13125550123,Moderator,1970-01-01T00:00:00Z,1970-01-01T00:00:05Z,1970-01-01T00:01:01Z,61,Hung up\r\n\
             \"'=1+1, \"\"Ida\"\"\",,Participant,1970-01-01T00:00:01Z,,,2,\r\n"
        );
    }
}

//! A directory's file out and in: `/directory/{id}/offices.csv`, and `POST /directory/{id}/import`.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use desk::{DeskError, Viewer};
use futures::StreamExt;
use multer::{Constraints, Multipart, SizeLimit};
use store::Upload;

use super::{broken, known};
use crate::chance;
use crate::desk::admin;
use crate::roster::{self, Text, decode, usual_title};
use crate::state::AppState;

/// The directory as a sheet.
pub(crate) const SHEET: &str = "/directory/{id}/offices.csv";
/// Where a file is handed in.
pub(crate) const IMPORT: &str = "/directory/{id}/import";

/// The most bytes of a file: the public legislators file, by far the largest there is, has a quarter of that.
const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// What a form adds around its file.
const AROUND: u64 = 64 * 1024;
/// How much is still read of what was refused, so that a browser which writes before it reads hears why.
const MOST_DRAINED: usize = 128 * 1024 * 1024;

/// The routes. [`crate::pages::router`] puts them among the pages, behind their layers.
pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route(SHEET, get(sheet))
        .route(IMPORT, post(upload))
}

async fn sheet(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    Path(id): Path<String>,
) -> Response {
    let viewer = viewer.map(|Extension(viewer)| viewer);
    match written(&state, viewer.as_ref(), &id).await {
        Ok(sheet) => {
            let name = format!("attachment; filename=\"{id}.csv\"");
            let mut response = sheet.into_response();
            let headers = response.headers_mut();
            let kind = HeaderValue::from_static("text/csv; charset=utf-8");
            headers.insert(header::CONTENT_TYPE, kind);
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            if let Ok(name) = HeaderValue::try_from(name) {
                headers.insert(header::CONTENT_DISPOSITION, name);
            }
            response
        }
        Err(error) => refuse(&error),
    }
}

async fn written(state: &AppState, viewer: Option<&Viewer>, id: &str) -> Result<String, DeskError> {
    admin(viewer)?;
    let kept = known(state, id).await?.kept;
    let title = usual_title(&kept.directory.id);
    Ok(roster::sheet::write(&kept.offices, &kept.header, title))
}

/// What became of a file that was handed in.
enum Handed {
    /// It is kept under this id, and was read by this guess.
    Kept(String, Option<String>),
    /// There was none.
    Missing,
    /// It is larger than any roster.
    TooLarge,
    /// It is no roster: the word for why.
    OtherKind(String),
}

async fn upload(
    State(state): State<AppState>,
    viewer: Option<Extension<Viewer>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let viewer = viewer.map(|Extension(viewer)| viewer);
    match take(&state, viewer.as_ref(), &id, request).await {
        Ok(handed) => {
            let page = format!("/directory/{id}/import");
            let query = match &handed {
                Handed::Kept(upload, None) => vec![("file", upload.as_str())],
                Handed::Kept(upload, Some(guess)) => {
                    vec![("file", upload.as_str()), ("guess", guess.as_str())]
                }
                Handed::Missing => vec![("problem", "none")],
                Handed::TooLarge => vec![("problem", "large")],
                Handed::OtherKind(why) => vec![("problem", "kind"), ("why", why.as_str())],
            };
            let query = serde_urlencoded::to_string(query).unwrap_or_default();
            Redirect::to(&format!("{page}?{query}")).into_response()
        }
        Err(error) => refuse(&error),
    }
}

async fn take(
    state: &AppState,
    viewer: Option<&Viewer>,
    id: &str,
    request: Request,
) -> Result<Handed, DeskError> {
    let by = admin(viewer)?.user_name.clone();
    let known = known(state, id).await?;
    if is_too_large(&request) {
        state.tasks.start(drain(request));
        return Ok(Handed::TooLarge);
    }
    let (name, bytes) = match file(request).await {
        Ok(Some(file)) => file,
        Ok(None) => return Ok(Handed::Missing),
        Err(multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. }) => {
            return Ok(Handed::TooLarge);
        }
        Err(error) => {
            tracing::info!(%error, "an upload could not be read");
            return Ok(Handed::Missing);
        }
    };
    let Text { text, guess } = match decode(&bytes) {
        Ok(text) => text,
        Err(bad) => {
            let why = bad.first().map_or(String::new(), |bad| bad.reason.clone());
            return Ok(Handed::OtherKind(why));
        }
    };
    let upload = Upload {
        id: chance::secret(),
        directory: known.id().clone(),
        name,
        content: text,
        by,
    };
    let kept = state.store.keep_upload(&upload, state.clock.now()).await;
    kept.map_err(|error| broken("keep a file", &error))?;
    Ok(Handed::Kept(upload.id, guess))
}

fn is_too_large(request: &Request) -> bool {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    length.is_some_and(|length| length > MOST_BYTES + AROUND)
}

/// Reads what nobody wants, up to a point.
async fn drain(request: Request) {
    let mut body = request.into_body().into_data_stream();
    let mut read = 0_usize;
    while let Some(Ok(bytes)) = body.next().await {
        read = read.saturating_add(bytes.len());
        if read > MOST_DRAINED {
            return;
        }
    }
}

/// The file of a form, with its name; nothing where none was chosen.
async fn file(request: Request) -> Result<Option<(String, Vec<u8>)>, multer::Error> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind)?;
    let limits = SizeLimit::new()
        .whole_stream(MOST_BYTES + AROUND)
        .per_field(MOST_BYTES);
    let mut form = Multipart::with_constraints(
        request.into_body().into_data_stream(),
        boundary,
        Constraints::new().size_limit(limits),
    );
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default();
            let name: String = name.chars().filter(|c| !c.is_control()).take(120).collect();
            let bytes = field.bytes().await?;
            return Ok((!bytes.is_empty()).then(|| (name, bytes.to_vec())));
        }
    }
    Ok(None)
}

fn refuse(error: &DeskError) -> Response {
    let status = StatusCode::from_u16(error.status());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, format!("{error}\n")).into_response()
}

//! Pages, downloads, the feed, signing in and out, and what is found under no route.

use crate::Row;

/// Who may see it, by the status that a stranger, an agent, a supervisor and an admin get. Strangers are led to the
/// sign-in.
const ADMINS: [u16; 4] = [303, 403, 403, 200];
const SUPERVISORS: [u16; 4] = [303, 403, 200, 200];
/// An admin's page of something that there is not.
const ADMINS_NONE: [u16; 4] = [303, 403, 403, 404];
/// A file for admins; a program is not led to a sign-in.
const ADMINS_FILE: [u16; 4] = [401, 403, 403, 200];
const OPEN: [u16; 4] = [200; 4];
const LED_ON: [u16; 4] = [303; 4];
const NOWHERE: [u16; 4] = [404; 4];
const NO_METHOD: [u16; 4] = [405; 4];

/// A page whose route is its address.
const fn page(path: &'static str, expected: [u16; 4]) -> Row {
    (path, "GET", path, expected)
}

pub(crate) const ROWS: &[Row] = &[
    page("/", [303, 200, 200, 200]),
    page("/board", SUPERVISORS),
    page("/conferences", SUPERVISORS),
    (
        "/conferences/{id}",
        "GET",
        "/conferences/conference.main",
        SUPERVISORS,
    ),
    page("/calls", SUPERVISORS),
    page("/calls/{sid}", SUPERVISORS),
    (
        "/calls/{sid}",
        "GET",
        "/calls/CA99999999999999999999999999999999",
        [303, 403, 404, 404],
    ),
    page("/lines", ADMINS),
    ("/lines/{id}", "GET", "/lines/support", ADMINS),
    ("/lines/{id}", "GET", "/lines/new", ADMINS),
    ("/lines/{id}", "GET", "/lines/nobody", ADMINS_NONE),
    page("/prompts", ADMINS),
    ("/prompts", "GET", "/prompts?line=nobody", ADMINS_NONE),
    page("/audit", ADMINS),
    page("/audit/audit.csv", ADMINS_FILE),
    page("/people", ADMINS),
    // Everybody has a page of their own.
    ("/people/{user}", "GET", "/people/ana", [303, 200, 403, 200]),
    (
        "/people/{user}/password",
        "POST",
        "/people/somebody/password",
        [303, 403, 403, 403],
    ),
    ("/invite/{token}", "GET", "/invite/none", NOWHERE),
    ("/invite/{token}", "POST", "/invite/other", LED_ON),
    page("/retention", ADMINS),
    // An admin is told what a number looks like: none was posted.
    ("/retention", "POST", "/retention", [303, 403, 403, 422]),
    page("/directory", ADMINS),
    ("/directory/{id}", "GET", "/directory/senators", ADMINS),
    ("/directory/{id}", "GET", "/directory/nobody", ADMINS_NONE),
    (
        "/directory/{id}/history",
        "GET",
        "/directory/senators/history",
        ADMINS,
    ),
    (
        "/directory/{id}/import",
        "GET",
        "/directory/senators/import",
        ADMINS,
    ),
    (
        "/directory/{id}/import",
        "POST",
        "/directory/senators/import",
        [401, 403, 403, 303],
    ),
    (
        "/directory/{id}/offices.csv",
        "GET",
        "/directory/senators/offices.csv",
        ADMINS_FILE,
    ),
    (
        "/directory/{id}/offices.csv",
        "POST",
        "/directory/senators/offices.csv",
        NO_METHOD,
    ),
    page("/menus", ADMINS),
    ("/menus/{id}", "GET", "/menus/planets", ADMINS),
    ("/menus/{id}", "GET", "/menus/nobody", ADMINS_NONE),
    (
        "/menus/{id}/history",
        "GET",
        "/menus/planets/history",
        ADMINS,
    ),
    (
        "/conferences/{id}/attendance.csv",
        "GET",
        "/conferences/conference.main/attendance.csv",
        [401, 403, 404, 404],
    ),
    (
        "/conferences/{id}/attendance.csv",
        "POST",
        "/conferences/conference.main/attendance.csv",
        NO_METHOD,
    ),
    (
        "/inbox/{call}/voicemail",
        "GET",
        "/inbox/{sid}/voicemail",
        [401, 404, 404, 404],
    ),
    (
        "/inbox/{call}/voicemail",
        "POST",
        "/inbox/{sid}/voicemail",
        NO_METHOD,
    ),
    (
        "/conference/{agent}/call",
        "POST",
        "/conference/ana/call",
        [401, 409, 403, 403],
    ),
    (
        "/conference/{agent}/call",
        "GET",
        "/conference/ana/call",
        NO_METHOD,
    ),
    ("/{agent}/token", "POST", "/ana/token", [401, 200, 403, 403]),
    ("/{agent}/token", "GET", "/ana/token", NO_METHOD),
    ("/live", "POST", "/live", NO_METHOD),
    page("/live/pong", NO_METHOD),
    (
        "/live/pong",
        "POST",
        "/live/pong?connection=a_guess",
        [410; 4],
    ),
    page("/signal", NOWHERE),
    page("/sounds/beep.wav", OPEN),
    page("/sounds/wait.wav", OPEN),
    page("/token", NO_METHOD),
    ("/token", "POST", "/token", [401, 200, 200, 200]),
    page("/login", [200, 303, 303, 303]),
    ("/login", "POST", "/login", LED_ON),
    page("/login/demonstration", NO_METHOD),
    (
        "/login/demonstration",
        "POST",
        "/login/demonstration",
        LED_ON,
    ),
    (
        "/login/demonstration/{ticket}",
        "GET",
        "/login/demonstration/a_guess",
        LED_ON,
    ),
    page("/logout", NO_METHOD),
    ("/logout", "POST", "/logout", LED_ON),
    page("/phones", NOWHERE),
    (
        "/phones/legs/{leg}/sound",
        "POST",
        "/phones/legs/{sid}/sound",
        NOWHERE,
    ),
    page("/setup", ADMINS),
    ("/setup/{token}", "GET", "/setup/0123", LED_ON),
    ("/setup/{token}", "POST", "/setup/0123", LED_ON),
    page("/healthz", OPEN),
    ("", "GET", "/no/such/page", NOWHERE),
    ("", "POST", "/no/such/page", NOWHERE),
    ("", "GET", "/hash.txt", NOWHERE),
    ("", "GET", "/../Cargo.toml", NOWHERE),
];

//! What pages ask for and do: the server functions.

use crate::Row;

pub(crate) const ROWS: &[Row] = &[
    (
        "/api/setup/show",
        "GET",
        "/api/setup/show",
        [401, 403, 403, 200],
    ),
    // A check without a name is none.
    (
        "/api/setup/check",
        "POST",
        "/api/setup/check",
        [401, 403, 403, 404],
    ),
    // A form without a line is none.
    (
        "/api/setup/point",
        "POST",
        "/api/setup/point",
        [401, 403, 403, 422],
    ),
    // There is no carrier to ask.
    (
        "/api/setup/put-back",
        "POST",
        "/api/setup/put-back",
        [401, 403, 403, 409],
    ),
    (
        "/api/setup/application",
        "POST",
        "/api/setup/application",
        [401, 403, 403, 409],
    ),
    (
        "/api/lines/list",
        "GET",
        "/api/lines/list",
        [401, 403, 403, 200],
    ),
    (
        "/api/lines/show",
        "GET",
        "/api/lines/show?id=support",
        [401, 403, 403, 200],
    ),
    (
        "/api/lines/test-state",
        "GET",
        "/api/lines/test-state?id=support&call={sid}",
        [401, 403, 403, 200],
    ),
    // A form without a kind makes no line.
    (
        "/api/lines/save",
        "POST",
        "/api/lines/save",
        [401, 403, 403, 422],
    ),
    // A form without a line is none.
    (
        "/api/lines/remove",
        "POST",
        "/api/lines/remove",
        [401, 403, 403, 404],
    ),
    (
        "/api/lines/test",
        "POST",
        "/api/lines/test",
        [401, 403, 403, 404],
    ),
    (
        "/api/prompts/list",
        "GET",
        "/api/prompts/list",
        [401, 403, 403, 200],
    ),
    // A form without a prompt is none.
    (
        "/api/prompts/save",
        "POST",
        "/api/prompts/save",
        [401, 403, 403, 404],
    ),
    (
        "/api/prompts/reset",
        "POST",
        "/api/prompts/reset",
        [401, 403, 403, 404],
    ),
    // Forms without a menu are none.
    (
        "/api/menus/list",
        "GET",
        "/api/menus/list",
        [401, 403, 403, 200],
    ),
    (
        "/api/menus/show",
        "GET",
        "/api/menus/show?id=planets",
        [401, 403, 403, 200],
    ),
    (
        "/api/menus/history",
        "GET",
        "/api/menus/history?id=planets",
        [401, 403, 403, 200],
    ),
    (
        "/api/menus/try",
        "GET",
        "/api/menus/try?id=planets&done=2",
        [401, 403, 403, 200],
    ),
    (
        "/api/menus/make",
        "POST",
        "/api/menus/make",
        [401, 403, 403, 422],
    ),
    (
        "/api/menus/delete",
        "POST",
        "/api/menus/delete",
        [401, 403, 403, 404],
    ),
    (
        "/api/menus/rename",
        "POST",
        "/api/menus/rename",
        [401, 403, 403, 422],
    ),
    (
        "/api/menus/save-place",
        "POST",
        "/api/menus/save-place",
        [401, 403, 403, 404],
    ),
    (
        "/api/menus/add-place",
        "POST",
        "/api/menus/add-place",
        [401, 403, 403, 422],
    ),
    (
        "/api/menus/remove-place",
        "POST",
        "/api/menus/remove-place",
        [401, 403, 403, 404],
    ),
    (
        "/api/menus/try-on-phone",
        "POST",
        "/api/menus/try-on-phone",
        [401, 403, 403, 404],
    ),
    (
        "/api/menus/go-live",
        "POST",
        "/api/menus/go-live",
        [401, 403, 403, 404],
    ),
    (
        "/api/menus/restore",
        "POST",
        "/api/menus/restore",
        [401, 403, 403, 404],
    ),
    (
        "/api/directories/list",
        "GET",
        "/api/directories/list",
        [401, 403, 403, 200],
    ),
    (
        "/api/directories/show",
        "GET",
        "/api/directories/show?id=senators",
        [401, 403, 403, 200],
    ),
    (
        "/api/directories/history",
        "GET",
        "/api/directories/history?id=senators",
        [401, 403, 403, 200],
    ),
    (
        "/api/directories/look-through",
        "GET",
        "/api/directories/look-through?id=senators",
        [401, 403, 403, 200],
    ),
    // A form without a directory is none.
    (
        "/api/directories/make",
        "POST",
        "/api/directories/make",
        [401, 403, 403, 422],
    ),
    (
        "/api/directories/save",
        "POST",
        "/api/directories/save",
        [401, 403, 403, 404],
    ),
    (
        "/api/directories/remove",
        "POST",
        "/api/directories/remove",
        [401, 403, 403, 404],
    ),
    (
        "/api/directories/undo",
        "POST",
        "/api/directories/undo",
        [401, 403, 403, 404],
    ),
    (
        "/api/directories/take",
        "POST",
        "/api/directories/take",
        [401, 403, 403, 404],
    ),
    (
        "/api/calls/list",
        "GET",
        "/api/calls/list",
        [401, 403, 200, 200],
    ),
    (
        "/api/calls/one",
        "GET",
        "/api/calls/one?sid={sid}",
        [401, 403, 200, 200],
    ),
    (
        "/api/calls/one",
        "POST",
        "/api/calls/one?sid={sid}",
        [405, 405, 405, 405],
    ),
    ("/api/phones/show", "GET", "/api/phones/show", [404; 4]),
    ("/api/phones/call", "POST", "/api/phones/call", [404; 4]),
    ("/api/phones/use", "POST", "/api/phones/use", [404; 4]),
    ("/api/phones/habit", "POST", "/api/phones/habit", [404; 4]),
    (
        "/api/console/show",
        "GET",
        "/api/console/show",
        [401, 200, 200, 200],
    ),
    (
        "/api/board/show",
        "GET",
        "/api/board/show",
        [401, 403, 200, 200],
    ),
    // A status without a word is none.
    (
        "/api/console/status",
        "POST",
        "/api/console/status",
        [401, 422, 422, 422],
    ),
    // Nothing after the call is nothing to be done.
    (
        "/api/console/next",
        "POST",
        "/api/console/next",
        [401, 200, 200, 200],
    ),
    (
        "/api/console/decline",
        "POST",
        "/api/console/decline",
        [401, 404, 404, 404],
    ),
    (
        "/api/console/hang-up",
        "POST",
        "/api/console/hang-up",
        [401, 404, 404, 404],
    ),
    (
        "/api/console/hold",
        "POST",
        "/api/console/hold",
        [401, 404, 404, 404],
    ),
    // A form without a call is none.
    (
        "/api/transfer/hand-over",
        "POST",
        "/api/transfer/hand-over",
        [401, 422, 422, 422],
    ),
    (
        "/api/transfer/cancel",
        "POST",
        "/api/transfer/cancel",
        [401, 404, 404, 404],
    ),
    (
        "/api/transfer/join-all",
        "POST",
        "/api/transfer/join-all",
        [401, 404, 404, 404],
    ),
    (
        "/api/transfer/swap",
        "POST",
        "/api/transfer/swap",
        [401, 404, 404, 404],
    ),
    (
        "/api/transfer/complete",
        "POST",
        "/api/transfer/complete",
        [401, 404, 404, 404],
    ),
    (
        "/api/transfer/drop",
        "POST",
        "/api/transfer/drop",
        [401, 404, 404, 404],
    ),
    (
        "/api/transfer/hold",
        "POST",
        "/api/transfer/hold",
        [401, 404, 404, 404],
    ),
    (
        "/api/transfer/mute",
        "POST",
        "/api/transfer/mute",
        [401, 404, 404, 404],
    ),
    (
        "/api/console/more-time",
        "POST",
        "/api/console/more-time",
        [401, 404, 404, 404],
    ),
    (
        "/api/console/wrap-up",
        "POST",
        "/api/console/wrap-up",
        [401, 404, 404, 404],
    ),
    (
        "/api/inbox/tick-off",
        "POST",
        "/api/inbox/tick-off",
        [401, 404, 404, 404],
    ),
    (
        "/api/agents/status",
        "POST",
        "/api/agents/status",
        [401, 403, 404, 404],
    ),
    (
        "/api/agents/free",
        "POST",
        "/api/agents/free",
        [401, 403, 404, 404],
    ),
    (
        "/api/rooms/show",
        "GET",
        "/api/rooms/show",
        [401, 403, 200, 200],
    ),
    (
        "/api/rooms/one",
        "GET",
        "/api/rooms/one?id=conference.main",
        [401, 403, 200, 200],
    ),
    (
        "/api/rooms/act",
        "POST",
        "/api/rooms/act",
        [401, 403, 422, 422],
    ),
    (
        "/api/watch/mode",
        "POST",
        "/api/watch/mode",
        [401, 403, 422, 422],
    ),
    (
        "/api/watch/take-over",
        "POST",
        "/api/watch/take-over",
        [401, 403, 404, 404],
    ),
    (
        "/api/console/help",
        "POST",
        "/api/console/help",
        [401, 404, 404, 404],
    ),
    (
        "/api/console/may-call",
        "POST",
        "/api/console/may-call",
        [401, 422, 422, 422],
    ),
    ("/api/viewer", "GET", "/api/viewer", [200, 200, 200, 200]),
];

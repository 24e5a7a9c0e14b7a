//! What stands around every page: the header with the ways to go, and notices that concern everything.

use std::sync::Arc;

use desk::{Desk, Role, Site, Viewer};
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

use crate::live::live;
use crate::parts::{Glyph, Icon, Mark};

/// Who looks at the pages, and of which installation: the same from one full load to the next.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Surroundings {
    viewer: Option<Viewer>,
    site: Site,
}

/// Learns from the desk who looks, and hands the same to the browser within the page.
pub(crate) fn provide_site() {
    let surroundings = SharedValue::new(|| match use_context::<Arc<dyn Desk>>() {
        Some(desk) => Surroundings {
            viewer: desk.viewer(),
            site: desk.site(),
        },
        None => Surroundings::default(),
    });
    provide_context(surroundings.into_inner());
}

/// The person who is signed in, as the page was loaded.
pub(crate) fn viewer() -> Option<Viewer> {
    use_context::<Surroundings>().and_then(|surroundings| surroundings.viewer)
}

/// The installation, as the page was loaded.
pub(crate) fn site() -> Site {
    use_context::<Surroundings>().unwrap_or_default().site
}

/// A page that can be gone to.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    pub(crate) href: &'static str,
    pub(crate) name: &'static str,
}

/// The pages for admins alone, in the order of their row.
pub(crate) const fn admin_ways() -> &'static [Way] {
    &[
        Way {
            href: "/directory",
            name: "Directories",
        },
        Way {
            href: "/menus",
            name: "Menus",
        },
        Way {
            href: "/lines",
            name: "Lines",
        },
        Way {
            href: "/prompts",
            name: "Prompts",
        },
        Way {
            href: "/people",
            name: "People",
        },
        Way {
            href: "/retention",
            name: "Retention",
        },
        Way {
            href: "/audit",
            name: "Audit",
        },
        Way {
            href: "/setup",
            name: "Set-up",
        },
    ]
}

/// Whether whoever looks may open the pages for admins.
fn is_admin() -> bool {
    viewer().is_some_and(|viewer| viewer.role.administers())
}

/// Whether a path is that of a page for admins, or below one.
fn is_for_admins(path: &str) -> bool {
    let is_below = |way: &Way| {
        path.strip_prefix(way.href)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    admin_ways().iter().any(is_below)
}

/// The ways open to whoever looks, in the order of the navigation; the pages for admins stand in a row of their own.
pub(crate) fn ways() -> Vec<Way> {
    let Surroundings { viewer, site } = use_context().unwrap_or_default();
    let role = viewer.map(|viewer| viewer.role);
    let reads_calls = role.is_some_and(Role::reads_calls);
    let board = Way {
        href: "/board",
        name: "Board",
    };
    let calls = Way {
        href: "/calls",
        name: "Calls",
    };
    let conferences = Way {
        href: "/conferences",
        name: "Conferences",
    };
    let phones = Way {
        href: "/phones",
        name: "Phones",
    };
    [
        reads_calls.then_some(board),
        reads_calls.then_some(calls),
        reads_calls.then_some(conferences),
        site.phones.then_some(phones),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The bar on top of every page.
#[component]
pub(crate) fn Header() -> impl IntoView {
    let viewer = viewer();
    let links = ways();
    let path = use_location().pathname;
    let administration = is_admin().then(|| {
        let first = admin_ways().first().map_or("/", |way| way.href);
        let current = move || path.with(|path| is_for_admins(path)).then_some("true");
        view! { <li><a href=first aria-current=current>"Administration"</a></li> }
    });
    view! {
        <header class="bar">
            <div class="bar-inner">
                <A href="/" exact=true attr:class="brand">
                    <Mark/>
                    <span class="brand-name">"Switchboard"</span>
                </A>
                <nav class="ways" aria-label="Pages">
                    <ul>
                        {links
                            .into_iter()
                            .map(|way| view! { <li><A href=way.href>{way.name}</A></li> })
                            .collect_view()}
                        {administration}
                    </ul>
                </nav>
                {viewer.map(|viewer| view! { <Badge viewer/> })}
            </div>
        </header>
    }
}

/// Who is signed in, and the way out.
#[component]
fn Badge(viewer: Viewer) -> impl IntoView {
    view! {
        <div class="badge">
            <A href=format!("/people/{}", viewer.user_name) attr:class="badge-name">{viewer.name}</A>
            <span class="badge-role">{viewer.role.word()}</span>
            <form method="post" action="/logout">
                <button class="button button--plain" type="submit">"Sign out"</button>
            </form>
        </div>
    }
}

/// The pages for admins, on each of them.
#[component]
pub(crate) fn AdminBar() -> impl IntoView {
    let path = use_location().pathname;
    let is_here = Memo::new(move |_| is_admin() && path.with(|path| is_for_admins(path)));
    move || {
        is_here.get().then(|| {
            let links = admin_ways()
                .iter()
                .map(|way| view! { <li><A href=way.href>{way.name}</A></li> })
                .collect_view();
            view! {
                <nav class="admin-bar" aria-label="Administration">
                    <ul>{links}</ul>
                </nav>
            }
        })
    }
}

/// What everybody should know on every page.
#[component]
pub(crate) fn Notices() -> impl IntoView {
    let site = site();
    let sees_rooms = viewer().is_some_and(|viewer| viewer.role.sees_rooms());
    let demonstration = site.demonstration.then(|| {
        view! {
            <aside class="notice" aria-label="Notice">
                <Icon glyph=Glyph::Notice/>
                <p>
                    <strong>"Demonstration. "</strong>
                    "No carrier account is set up. Requests are checked against a published token, so do not lead a real number here."
                    {site.phones.then(|| view! { " "<A href="/phones">"Call from a pretend telephone"</A>"." })}
                </p>
            </aside>
        }
    });
    view! {
        {demonstration}
        {sees_rooms.then(|| view! { <HelpWanted/> })}
    }
}

/// The agent who has been asking for help longest, wherever a supervisor is.
#[component]
fn HelpWanted() -> impl IntoView {
    let board = live().board;
    let wanted = Memo::new(move |_| {
        board.with(|board| {
            let rooms = board.rooms.as_ref()?.calling_for_help();
            let room = *rooms.first()?;
            let by = room.help.as_ref().map(|help| help.by.clone());
            Some((format!("/conferences/{}", room.id), by, rooms.len()))
        })
    });
    let shown = |(href, by, rooms): (String, Option<String>, usize)| {
        let more = (rooms > 1).then(|| format!(", and {} more ask", rooms - 1));
        view! {
            <p class="help-wanted">
                <Icon glyph=Glyph::Bell/>
                <span>{by}" asks for help"{more}". "<A href>"Go to the call"</A></span>
            </p>
        }
    };
    view! { <div role="status">{move || wanted.get().map(shown)}</div> }
}

/// Where the pages go. It takes the focus when another page comes, as a full load would.
#[component]
pub(crate) fn Main(children: Children) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path)
            && let Some(main) = main.get_untracked()
        {
            _ = main.focus();
        }
        path
    });
    view! {
        <main id="main" tabindex="-1" node_ref=main>
            {children()}
        </main>
    }
}

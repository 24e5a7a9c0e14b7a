//! The pages: rendered whole on the server, then alive in the browser.

#![expect(
    unreachable_pub,
    reason = "#[component] makes the type of a component's properties pub"
)]

pub mod api;
mod dock;
mod knock;
mod layout;
mod live;
mod now;
mod pages;
mod parts;
mod query;
mod shell;
mod softphone;
mod voice;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

pub use api::{ApiError, LeadTo, LookedFor, RefusedForm, SetStatus};
pub use pages::fetch_here;
pub use shell::{Bundle, shell};

use dock::Dock;
use layout::{AdminBar, Header, Main, Notices, provide_site, viewer};
use pages::{
    Audit, Board, Call, Calls, Conference, Conferences, Directories, Directory, DirectoryFile,
    DirectoryPast, Home, Invite, Line, Lines, Menu, MenuPast, Menus, Missing, People, Person,
    Phones, Prompts, Retention, SetUp, Setup, SignIn,
};

/// The whole application: what stands around every page, and which page is at which path.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    api::provide_refused();
    now::provide_now();
    provide_site();
    if let Some(viewer) = viewer() {
        softphone::provide_phone(viewer.user_name);
    }
    live::provide();
    pages::fetch_ahead();
    Effect::new(|_| {
        let body = document().body();
        body.map(|body| body.set_attribute("data-hydrated", "true"))
    });
    view! {
        <Title formatter=|title: String| format!("{title} · Switchboard")/>
        <a class="skip-link" href="#main" rel="external">"Skip to the page"</a>
        {viewer().map(|_| view! { <a class="skip-link" href="#phone" rel="external">"Skip to your phone"</a> })}
        <Router>
            <Header/>
            <AdminBar/>
            <Notices/>
            <Main>
                <Routes fallback=|| view! { <Missing/> }>
                    <Route path=path!("/") view=Home ssr=SsrMode::Async/>
                    <Route path=path!("/audit") view=Audit ssr=SsrMode::Async/>
                    <Route path=path!("/board") view=Board ssr=SsrMode::Async/>
                    <Route path=path!("/calls") view=Calls ssr=SsrMode::Async/>
                    <Route path=path!("/calls/:sid") view=Call ssr=SsrMode::Async/>
                    <Route path=path!("/conferences") view=Conferences ssr=SsrMode::Async/>
                    <Route path=path!("/conferences/:id") view=Conference ssr=SsrMode::Async/>
                    <Route path=path!("/directory") view=Directories ssr=SsrMode::Async/>
                    <Route path=path!("/directory/:id") view=Directory ssr=SsrMode::Async/>
                    <Route path=path!("/directory/:id/history") view=DirectoryPast ssr=SsrMode::Async/>
                    <Route path=path!("/directory/:id/import") view=DirectoryFile ssr=SsrMode::Async/>
                    <Route path=path!("/lines") view=Lines ssr=SsrMode::Async/>
                    <Route path=path!("/lines/:id") view=Line ssr=SsrMode::Async/>
                    <Route path=path!("/invite/:token") view=Invite ssr=SsrMode::Async/>
                    <Route path=path!("/login") view=SignIn ssr=SsrMode::Async/>
                    <Route path=path!("/menus") view=Menus ssr=SsrMode::Async/>
                    <Route path=path!("/menus/:id") view=Menu ssr=SsrMode::Async/>
                    <Route path=path!("/menus/:id/history") view=MenuPast ssr=SsrMode::Async/>
                    <Route path=path!("/people") view=People ssr=SsrMode::Async/>
                    <Route path=path!("/people/:user") view=Person ssr=SsrMode::Async/>
                    <Route path=path!("/phones") view=Phones ssr=SsrMode::Async/>
                    <Route path=path!("/retention") view=Retention ssr=SsrMode::Async/>
                    <Route path=path!("/setup") view=Setup ssr=SsrMode::Async/>
                    <Route path=path!("/prompts") view=Prompts ssr=SsrMode::Async/>
                    <Route path=path!("/setup/:token") view=SetUp ssr=SsrMode::Async/>
                </Routes>
            </Main>
            <Dock/>
        </Router>
    }
}

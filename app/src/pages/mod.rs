//! The pages, one file each.

mod audit;
mod board;
mod call;
mod calls;
mod chunks;
mod conferences;
mod console;
mod directory;
mod home;
mod invite;
mod lines;
mod menus;
mod missing;
mod people;
mod phones;
mod prompts;
mod retention;
mod set_up;
mod setup;
mod sign_in;

use leptos::prelude::*;

use chunks::{Chunk, Loading, chunks};

pub(crate) use chunks::fetch_ahead;
pub use chunks::fetch_here;
#[cfg(feature = "ssr")]
pub(crate) use directory::address as directory_address;
pub(crate) use invite::Invite;
pub(crate) use missing::Missing;
#[cfg(feature = "ssr")]
pub(crate) use prompts::address as prompts_address;
pub(crate) use set_up::SetUp;
pub(crate) use sign_in::SignIn;

chunks! {
    console: home::Home at "/";
    supervision: board::Board at "/board";
    supervision: call::Call at "/calls/:sid";
    supervision: calls::Calls at "/calls";
    supervision: conferences::Conference at "/conferences/:id";
    supervision: conferences::Conferences at "/conferences";
    administration: audit::Audit at "/audit";
    administration: directory::Directories at "/directory";
    administration: directory::Directory at "/directory/:id";
    administration: directory::DirectoryFile at "/directory/:id/import";
    administration: directory::DirectoryPast at "/directory/:id/history";
    administration: lines::Line at "/lines/:id";
    administration: lines::Lines at "/lines";
    administration: menus::Menu at "/menus/:id";
    administration: menus::MenuPast at "/menus/:id/history";
    administration: menus::Menus at "/menus";
    administration: prompts::Prompts at "/prompts";
    administration: people::People at "/people";
    administration: people::Person at "/people/:user";
    administration: retention::Retention at "/retention";
    administration: setup::Setup at "/setup";
    telephones: phones::Phones at "/phones";
}

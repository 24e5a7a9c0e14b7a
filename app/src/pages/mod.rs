//! The pages, one file each.

mod board;
mod call;
mod calls;
mod conferences;
mod console;
mod directory;
mod home;
mod missing;
mod phones;
mod invite;
mod lines;
mod menus;
mod set_up;
mod sign_in;

pub(crate) use board::Board;
pub(crate) use call::Call;
pub(crate) use calls::Calls;
pub(crate) use conferences::{Conference, Conferences};
#[cfg(feature = "ssr")]
pub(crate) use directory::address as directory_address;
pub(crate) use directory::{Directories, Directory, DirectoryFile, DirectoryPast};
pub(crate) use home::Home;
pub(crate) use missing::Missing;
pub(crate) use phones::Phones;
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

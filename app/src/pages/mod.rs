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

//! People: the table of all with the invitations that wait, and one of them.

mod fields;
mod invitations;
mod made;
mod person;
mod table;

pub(crate) use person::Person;
pub(crate) use table::People;

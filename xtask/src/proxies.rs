//! The reverse proxies whose examples in `deploy/` the tests from outside try.

use crate::program::{apt_install, find, is_ci};
use crate::trouble::Trouble;

/// Each program, and the Debian package that brings it.
const PROXIES: [(&str, &str); 2] = [("nginx", "nginx-light"), ("caddy", "caddy")];

/// Installs them where nobody is watching. On somebody's own machine a package that brings a server is theirs to choose:
/// there the tests of a missing proxy say that they are left out.
pub(crate) fn ensure() -> Result<(), Trouble> {
    if !is_ci() {
        return Ok(());
    }
    for (program, package) in PROXIES {
        if !is_there(program) {
            apt_install(package)?;
        }
        if !is_there(program) {
            return Err(Trouble::missing(format!("{program}: install `{package}`")));
        }
    }
    Ok(())
}

fn is_there(program: &str) -> bool {
    find(program, &[]).is_some()
}

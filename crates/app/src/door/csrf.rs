//! 表单令牌 Form tokens: a form that writes carries one, made from the session, or before sign-in from the browser's mark.

use super::secret::{self, MacKey};
use super::{DoorError, SignedIn};
use crate::House;

/// The form token of a browser that is not signed in.
pub fn of_browser(house: &House, browser: &str) -> String {
    MacKey::of(house, "csrf").mac(&[b"browser", browser.as_bytes()]).to_string()
}

/// The form token of a session.
pub(super) fn of_session(house: &House, token: &str) -> String {
    MacKey::of(house, "csrf").mac(&[b"session", token.as_bytes()]).to_string()
}

/// Whether a form came from this session.
pub fn check(who: &SignedIn, given: &str) -> Result<(), DoorError> {
    compare(&who.csrf, given)
}

/// Whether a form came from this browser, before sign-in.
pub fn check_browser(house: &House, browser: &str, given: &str) -> Result<(), DoorError> {
    compare(&of_browser(house, browser), given)
}

fn compare(expected: &str, given: &str) -> Result<(), DoorError> {
    match secret::same(expected.as_bytes(), given.as_bytes()) {
        true => Ok(()),
        false => Err(DoorError::FormStale),
    }
}

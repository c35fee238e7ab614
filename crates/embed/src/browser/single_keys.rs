/// They act only while the focus is in the quiz, and the host may switch them off for a page: see `keys="off"`.
pub(crate) fn are_on() -> bool {
    super::host::home().is_some_and(|home| home.has_keys())
}

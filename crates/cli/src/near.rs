//! "Did you mean": the same measure wherever an id is asked for.

/// The id that was probably meant: written alike, or with the same name at its end, after `#` or `/`.
pub(crate) fn nearest<'a>(ids: impl Iterator<Item = &'a str>, wanted: &str) -> Option<&'a str> {
    let name = |id: &str| id.rsplit(['#', '/']).next().unwrap_or("").to_owned();
    let likeness = |id: &str| {
        let names = strsim::jaro_winkler(&name(id), &name(wanted));
        strsim::jaro_winkler(id, wanted).max(names)
    };
    ids.map(|id| (likeness(id), id))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let ids = ["week-20/transit-gateway", "week-20/zero-trust", "week-20/segmented-hub"];
        let near = |wanted| nearest(ids.into_iter(), wanted);
        assert_eq!(near("week-20/transit-gatway"), Some("week-20/transit-gateway"));
        assert_eq!(near("segmented-hub"), Some("week-20/segmented-hub"));
        assert_eq!(near("cake"), None);
    }
}

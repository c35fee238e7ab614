/// Where a fragment of the address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `#/` or nothing: the course map.
    Course,
    /// `#/week-20`.
    Week(u32),
    /// `#/week-20/transit-gateway`: the exercise at the item where the learner is.
    Exercise {
        /// `week-20/transit-gateway`.
        id: String,
    },
    /// `#/week-20/transit-gateway/blackhole`.
    Item {
        /// `week-20/transit-gateway`.
        exercise: String,
        /// Full item id, `week-20/transit-gateway#blackhole`.
        item: String,
    },
    /// Nowhere; the text as it was asked for, cut to a length that can be shown.
    Unknown(String),
    /// Not an address of ours but an anchor inside the page: stay.
    Anchor,
}

/// Longest text that is shown of an address that leads nowhere, in characters.
const SHOWN: usize = 80;

/// Reads a fragment. What stands after `?` is state, not place.
#[must_use]
pub fn route(fragment: &str) -> Route {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    if fragment.is_empty() {
        return Route::Course;
    }
    let Some(path) = fragment.strip_prefix('/') else {
        return Route::Anchor;
    };
    let path = path.split('?').next().unwrap_or_default();
    let unknown = || Route::Unknown(path.chars().take(SHOWN).collect());
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    if !segments.iter().all(|segment| is_slug(segment)) {
        return unknown();
    }
    match segments.as_slice() {
        [] => Route::Course,
        [week] => week_number(week).map_or_else(unknown, Route::Week),
        [week, exercise] if week_number(week).is_some() => Route::Exercise {
            id: format!("{week}/{exercise}"),
        },
        [week, exercise, item] if week_number(week).is_some() => Route::Item {
            exercise: format!("{week}/{exercise}"),
            item: format!("{week}/{exercise}#{item}"),
        },
        _ => unknown(),
    }
}

/// The fragment that leads to an exercise or, for a full item id, to its item.
#[must_use]
pub fn address(id: &str) -> String {
    format!("#/{}", id.replacen('#', "/", 1))
}

fn is_slug(segment: &str) -> bool {
    segment
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn week_number(segment: &str) -> Option<u32> {
    segment.strip_prefix("week-")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(fragment: &str, expected: &Route) {
        assert_eq!(&route(fragment), expected);
    }

    #[test]
    fn fragments_lead_to_pages() {
        for fragment in ["", "#", "#/", "#//", "#/?theme=dark"] {
            check(fragment, &Route::Course);
        }
        check("#/week-20", &Route::Week(20));
        check("#/week-20/", &Route::Week(20));
        check(
            "#/week-20/zero-trust?x=1",
            &Route::Exercise {
                id: "week-20/zero-trust".into(),
            },
        );
        let item = Route::Item {
            exercise: "week-20/zero-trust".into(),
            item: "week-20/zero-trust#or-trap".into(),
        };
        check("#/week-20/zero-trust/or-trap", &item);
        check("#main", &Route::Anchor);
    }

    #[test]
    fn what_leads_nowhere_is_named() {
        for path in [
            "week-x",
            "week-20/a/b/c",
            "about",
            "Week-20",
            "week-20/%3Cscript%3E",
            "week-99999999999",
        ] {
            check(&format!("#/{path}"), &Route::Unknown(path.into()));
        }
        check(&format!("#/{}", "ü".repeat(500)), &Route::Unknown("ü".repeat(SHOWN)));
    }

    proptest! {
        #[test]
        fn any_text_leads_somewhere(text in ".{0,200}") {
            let _ = route(&text);
        }

        #[test]
        fn an_address_leads_back(week in 1..99u32, exercise in "[a-z0-9-]{1,9}", item in "[a-z0-9-]{1,9}") {
            let id = format!("week-{week}/{exercise}#{item}");
            let back = Route::Item { exercise: format!("week-{week}/{exercise}"), item: id.clone() };
            prop_assert_eq!(route(&address(&id)), back);
        }
    }
}

//! Small things about text that the checks share.

/// Names are short; comparing long ones costs time and finds nothing.
const LONGEST_NAME: usize = 60;

/// A name as it may stand in a message: never longer than a line, whatever the file holds.
pub(crate) fn shown(name: &str) -> String {
    const MOST: usize = 60;
    let clean: String = name
        .chars()
        .map(|c| if is_hidden(c) || c.is_control() { ' ' } else { c })
        .take(MOST)
        .collect();
    if name.chars().count() > MOST {
        format!("{clean}...")
    } else {
        clean
    }
}

/// A list of names: "`a`, `b` or `c`".
pub(crate) fn either<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", shown(name.as_ref()))).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// The name that was probably meant.
pub(crate) fn meant<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST_NAME {
        return None;
    }
    let likeness = |other: &str| strsim::damerau_levenshtein(&name.to_lowercase(), other);
    let most = (name.chars().count() / 3).clamp(1, 4);
    let close = known
        .into_iter()
        .filter(|other| other.len() <= LONGEST_NAME)
        .map(|other| (likeness(other), other));
    close.filter(|(far, _)| *far <= most).min().map(|(_, other)| other)
}

/// "did you mean", or the names there are.
pub(crate) fn suggest<'a>(name: &str, known: impl IntoIterator<Item = &'a str> + Clone, are: &str) -> String {
    if let Some(other) = meant(name, known.clone()) {
        return format!("Did you mean `{other}`?");
    }
    // Longer lists are looked up in the file; of those, what is most alike.
    const MOST: usize = 12;
    let mut names: Vec<&str> = known.into_iter().collect();
    names.sort_unstable();
    let count = names.len();
    let few = count <= MOST;
    if !few && name.len() <= LONGEST_NAME {
        names.sort_by(|a, b| strsim::jaro_winkler(b, name).total_cmp(&strsim::jaro_winkler(a, name)));
    }
    names.truncate(if few { MOST } else { 3 });
    match (names.is_empty(), few) {
        (true, _) => format!("There are no {are} yet."),
        (false, true) => format!("There are the {are} {}.", either(&names).replace(" or ", " and ")),
        (false, false) => format!(
            "There are {count} {are}, most alike {}.",
            either(&names).replace(" or ", " and ")
        ),
    }
}

/// Characters that a reader of the file does not see, and that no text needs.
pub(crate) fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// True for `[a-z0-9]` words joined by `-`.
pub(crate) fn is_id(text: &str) -> bool {
    text.split('-')
        .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// True for `week-NN/slug`.
pub(crate) fn is_exercise_id(text: &str) -> bool {
    text.split_once('/')
        .is_some_and(|(week, slug)| is_week(week) && is_id(slug))
}

/// True for `week-NN/slug#item`.
pub(crate) fn is_item_id(text: &str) -> bool {
    text.split_once('#')
        .is_some_and(|(exercise, item)| is_exercise_id(exercise) && is_id(item))
}

/// True for `week-NN`.
fn is_week(text: &str) -> bool {
    text.strip_prefix("week-")
        .is_some_and(|number| number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Words, in lower case, without the marks around them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '\u{2019}' || c == '-'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
}

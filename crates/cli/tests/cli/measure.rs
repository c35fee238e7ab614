use crate::Place;

fn limits(first_page: u32) -> String {
    let text = include_str!("../../../../budgets.yaml");
    let changed = text.replace("limit: 160\n", &format!("limit: {first_page}\n"));
    assert!(first_page == 160 || changed != text);
    changed
}

#[test]
fn a_small_site_is_within_its_budgets() {
    let place = Place::built();
    place.write("budgets.yaml", &limits(160));
    let said = place.run(&["budgets", "site", "--limits", "budgets.yaml"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let row = |start: &str| {
        said.out
            .lines()
            .find(|line| line.starts_with(start))
            .unwrap_or_else(|| panic!("{}", said.out))
    };
    assert!(row("The app's first page").ends_with('%'));
    assert!(row("The builder module").contains("not built"));
    assert!(row("Grading one answer").contains("measured by: cargo bench"));
}

#[test]
fn single_files_are_measured_where_there_is_what_they_are_made_of() {
    let place = Place::built();
    place.write("budgets.yaml", &limits(160));
    let measured = |place: &Place| place.run(&["budgets", "site", "--app", "dist"]);
    assert!(measured(&place).err.contains("exports no default"));
    place.write("dist/app.js", crate::single::GLUE);
    let said = measured(&place);
    assert_eq!(said.code, Some(0), "{}", said.err);
    for row in ["An exercise as a single file", "The course as a single file"] {
        assert!(
            said.out
                .lines()
                .any(|line| line.starts_with(row) && line.ends_with('%')),
            "{}",
            said.out
        );
    }
    place.write("budgets.yaml", &limits(160).replace("KB on disk", "KB brotli"));
    assert!(
        measured(&place)
            .err
            .contains("is measured in KB on disk, not in KB brotli")
    );
}

#[test]
fn over_the_limit_fails_and_says_what() {
    let place = Place::built();
    // Text without repetition: brotli cannot make it small.
    let mut state = 1_u32;
    let noise: String = (0..4000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            format!("{state:08x}")
        })
        .collect();
    place.write("dist/base.css", &format!("p {{ --noise: \"{noise}\" }}"));
    assert_eq!(place.run(&["build", "--app", "dist", "--out", "site"]).code, Some(0));
    place.write("budgets.yaml", &limits(1));
    let said = place.run(&["budgets", "site"]);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(
        said.err.contains("Over the limit: The app's first page"),
        "{}",
        said.err
    );
}

#[test]
fn a_budget_is_neither_forgotten_nor_made_up() {
    let place = Place::built();
    let row = |id: &str| format!("rows:\n  - {{id: {id}, what: x, limit: 1, unit: KB brotli}}\n");
    for (text, says) in [
        (row("week"), "has no row"),
        (row("weak"), "nothing measures"),
        ("rows: 1".to_owned(), "budgets.yaml"),
    ] {
        place.write("budgets.yaml", &text);
        let said = place.run(&["budgets", "site"]);
        assert_eq!(said.code, Some(1));
        assert!(said.err.contains(says), "{}", said.err);
    }
    let said = place.run(&["budgets", "dist"]);
    assert_eq!(said.code, Some(1));
}

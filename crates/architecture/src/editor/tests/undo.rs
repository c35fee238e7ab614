use super::boards;
use super::script::play_whole;
use crate::editor::{Command, Editor};

#[test]
fn like_commands_of_a_burst_are_one_step() {
    play_whole(
        "burst; move app-a by 1 0; move app-a by 1 0; move app-a by 1 0; burst end; expect undo \"move App a\"
         undo; expect no undo; redo; expect no redo
         move app-a by 1 0; move app-a by 1 0; undo; undo; undo; expect no undo",
    );
    play_whole(
        "burst; rename web A; rename web AB; rename app-a X; rename web ABC; burst end
         expect undo \"rename ABC\"; undo; expect part AB; undo; expect part \"App a\"; undo; expect part Web; expect no undo",
    );
    play_whole(
        "burst; rename web A; rename web Web; expect no undo; undo; expect no undo; rename web B; expect undo \"rename B\"",
    );
}

#[test]
fn a_step_that_was_taken_back_is_not_merged_into() {
    play_whole(
        "burst; rename web A; rename web AB; undo; rename web B; undo; expect part Web; redo; expect part B
         rename web C; undo; expect part B",
    );
}

#[test]
fn a_hundred_steps_can_be_taken_back() {
    let mut editor = Editor::open(boards::given(), boards::limits());
    for number in 0..130 {
        let name = format!("Web {number}");
        editor
            .run(Command::Rename {
                part: "web".into(),
                name,
            })
            .unwrap();
    }
    let steps = std::iter::from_fn(|| editor.undo()).count();
    assert_eq!(steps, 100);
    assert_eq!(editor.design().name(&"web".into()), "Web 29");
}

#[test]
fn what_changes_nothing_is_no_step() {
    play_whole("rename web Web; move app-a by 0 0; fill web cidr 10.1.0.0/16; expect no undo");
}

#[test]
fn the_focus_is_not_lost_by_undo() {
    play_whole(
        "rename web Front; focus app-a; undo; expect focus app-a; redo; expect focus app-a
         remove fw-b; focus app-b; undo; expect focus app-a",
    );
}

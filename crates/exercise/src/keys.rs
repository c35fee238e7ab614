//! What a key means in an exercise.

/// Where the focus is when a key goes down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a field that takes text: its keys are its own.
    Text,
    /// In a list to choose from, which takes letters.
    List,
    /// On another part of the exercise.
    Inside,
    /// Outside the exercise.
    Outside,
}

/// What is held down together with a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Ctrl, or Cmd on a Mac.
    pub control: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Presses the primary button.
    Primary,
    /// Takes a step back.
    Undo,
    /// Takes it again.
    Redo,
    /// Chooses an option by its place, from 0.
    Choose(usize),
    /// Takes the next hint.
    Hint,
    /// Goes to the next item.
    Next,
    /// Goes to the item before.
    Back,
}

/// What a key asks for, if anything. `options` is how many options can be chosen now: `B` is the second of them where
/// there is one, and goes back where there is none.
///
/// Single keys act only with the focus inside the exercise and with nothing held down: whoever dictates, or strikes a key
/// by mistake elsewhere, sets nothing off.
#[must_use]
pub fn command(key: &str, held: Held, place: Place, options: usize) -> Option<Command> {
    let letter = match *key.as_bytes() {
        [letter] => letter.to_ascii_lowercase(),
        _ => 0,
    };
    match (held.control, held.alt, place) {
        (true, false, _) if key == "Enter" => Some(Command::Primary),
        (true, false, Place::List | Place::Inside | Place::Outside) if letter == b'z' => {
            Some(if held.shift { Command::Redo } else { Command::Undo })
        }
        (false, false, Place::Inside) if !held.shift => match letter {
            b'a'..=b'f' if usize::from(letter - b'a') < options => Some(Command::Choose(usize::from(letter - b'a'))),
            b'h' => Some(Command::Hint),
            b'n' => Some(Command::Next),
            b'b' => Some(Command::Back),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Command::{Back, Choose, Hint, Next, Primary, Redo, Undo};
    use Place::{Inside, List, Outside, Text};

    const NOTHING: Held = Held {
        control: false,
        shift: false,
        alt: false,
    };
    const CONTROL: Held = Held {
        control: true,
        ..NOTHING
    };

    #[track_caller]
    fn check(keys: &str, held: Held, place: Place, options: usize, expected: &[Option<Command>]) {
        let found: Vec<_> = keys.split(' ').map(|key| command(key, held, place, options)).collect();
        assert_eq!(found, expected, "{keys} with {held:?} at {place:?}");
    }

    #[test]
    fn letters_choose_as_many_options_as_there_are() {
        let first_three = [
            Some(Choose(0)),
            Some(Choose(1)),
            Some(Choose(2)),
            None,
            None,
            None,
            None,
        ];
        check("a b c d e f g", NOTHING, Inside, 3, &first_three);
        // With Caps Lock on.
        check(
            "A C F",
            NOTHING,
            Inside,
            6,
            &[Some(Choose(0)), Some(Choose(2)), Some(Choose(5))],
        );
        check("g", NOTHING, Inside, 26, &[None]);
    }

    #[test]
    fn b_goes_back_where_it_is_no_option() {
        check("b", NOTHING, Inside, 4, &[Some(Choose(1))]);
        check("b", NOTHING, Inside, 0, &[Some(Back)]);
        check(
            "h n H N",
            NOTHING,
            Inside,
            6,
            &[Some(Hint), Some(Next), Some(Hint), Some(Next)],
        );
    }

    #[test]
    fn single_keys_act_inside_and_with_nothing_held() {
        for place in [Outside, List, Text] {
            check("a h n b Enter", NOTHING, place, 4, &[None; 5]);
        }
        for held in [
            CONTROL,
            Held { shift: true, ..NOTHING },
            Held { alt: true, ..NOTHING },
            Held { alt: true, ..CONTROL },
        ] {
            check("a h n b", held, Inside, 4, &[None; 4]);
        }
        check("Enter Escape Process  ä Dead", NOTHING, Inside, 4, &[None; 6]);
    }

    #[test]
    fn with_control_from_anywhere_but_a_text_keeps_its_own_undo() {
        for place in [Outside, List, Inside] {
            check("Enter z", CONTROL, place, 4, &[Some(Primary), Some(Undo)]);
            let shift = Held { shift: true, ..CONTROL };
            check("Z", shift, place, 4, &[Some(Redo)]);
        }
        check("Enter z Z", CONTROL, Text, 4, &[Some(Primary), None, None]);
        check("Enter z", Held { alt: true, ..CONTROL }, Inside, 4, &[None, None]);
    }
}

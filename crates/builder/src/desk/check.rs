use sandtable_architecture::design::export_text;
use sandtable_architecture::editor::Command;
use sandtable_architecture::panel::{Break, Outage, Stage, breaks, verdict};
use sandtable_architecture::rules::check;
use sandtable_exercise::whole_percent;

use super::{Desk, Do, View};

/// A press follows the one before by at least so many milliseconds.
const PRESS: u64 = 400;

/// What the primary button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Primary {
    /// Judges what is on the board.
    Check,
    /// Goes to the next stage.
    Stage(Stage),
    /// Goes back to where the exercise is listed.
    Leave,
}

impl Desk {
    /// What the primary button does now.
    pub(crate) fn primary(&self) -> Primary {
        match (self.stage, self.stage.next()) {
            (Stage::Worked, Some(next)) => Primary::Stage(next),
            (_, Some(next)) if self.is_done() => Primary::Stage(next),
            (_, None) if self.is_done() && !self.state.up.is_empty() => Primary::Leave,
            _ => Primary::Check,
        }
    }

    /// Does it, unless it was done a moment ago.
    pub(crate) fn press(&mut self) {
        if self.now.saturating_sub(self.pressed) < PRESS {
            return;
        }
        self.pressed = self.now;
        match self.primary() {
            Primary::Check => self.check(),
            Primary::Stage(next) => self.go(next),
            Primary::Leave => {
                let up = self.state.up.clone();
                self.out.push(Do::Tell("leave", String::new(), up));
            }
        }
    }

    /// Asks the host to go to a stage, and goes there.
    pub(super) fn go(&mut self, stage: Stage) {
        self.out.push(Do::Tell("stage", stage.id().to_owned(), String::new()));
        self.show(stage);
    }

    /// Judges what is on the board: an attempt.
    fn check(&mut self) {
        let report = check(self.editor.design(), &self.exercise.task);
        if let Some(item) = self.exercise.item(self.stage) {
            // Ids and versions are slugs: nothing in them has to be escaped.
            let told = [
                r#"{"version":""#,
                &item.version,
                r#"","f":"#,
                &share(report.fraction),
                r#","answer":{"design":"#,
                &export_text(self.editor.design()),
                r#"},"hints":"#,
                &self.hints.taken().to_string(),
                r#","seconds":"#,
                &(self.now.saturating_sub(self.opened) / 1000).to_string(),
                "}",
            ];
            let tell = Do::Tell("check", item.id.clone(), told.concat());
            self.out.push(tell);
            let percent = u64::from(whole_percent(report.fraction));
            self.state.scored(&self.exercise, self.stage, percent);
        }
        self.report = Some(report);
        self.is_old = false;
        self.decorate();
        self.changed();
        let says = verdict(self.task(), self.report.as_ref(), self.is_old);
        self.say([&says.lead, " ", &says.rest].concat());
    }

    /// The next step of help, for the rule that needs it first.
    pub(super) fn hint(&mut self) {
        let report = check(self.editor.design(), &self.exercise.task);
        let Some(rule) = self.hints.next(&self.exercise.task, &report) else {
            self.say("There is no further hint.".to_owned());
            return;
        };
        self.hints.take(&self.exercise.task, rule);
        if self.view != View::Outline {
            self.view = View::Rules;
        }
        self.changed();
        let number = (rule + 1).to_string();
        self.say(["Hint shown at rule ", &number, "."].concat());
        let last = [".rules li:nth-child(", &number, ") .hint-list li:last-child"].concat();
        self.out.push(Do::Focus(last.into()));
    }

    /// Breaks what is chosen, or mends it.
    pub(super) fn break_it(&mut self, is_broken: bool) {
        let choice = if is_broken { self.choice() } else { None };
        self.outage = Outage::of(self.editor.design(), &self.exercise.task, choice);
        self.decorate();
        self.changed();
        let says = self.outage.says();
        self.say(says);
        if !is_broken {
            self.focus_on(".outage select");
        }
    }

    /// What is chosen to be broken: the first, when that is gone.
    pub(crate) fn choice(&self) -> Option<Break> {
        let mut choices = breaks(self.design(), self.task());
        let at = choices.iter().position(|choice| choice.id == self.chosen).unwrap_or(0);
        (at < choices.len()).then(|| choices.swap_remove(at))
    }

    /// Puts the stage back to how it began. Undo takes it back.
    pub(super) fn start_again(&mut self) {
        let board = self.exercise.board(self.stage).clone();
        self.run(Command::Load(Box::new(board)));
    }
}

/// A share from 0 to 1 as a number of JSON, to nine places: writing any float takes 8 KB of wasm.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 10^9
fn share(of: f64) -> String {
    let billionths = (of.clamp(0.0, 1.0) * 1e9).round() as u64;
    let digits = (1_000_000_000 + billionths % 1_000_000_000).to_string();
    match billionths {
        1_000_000_000 => "1".to_owned(),
        _ => ["0.", &digits[1..]].concat(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_share_is_a_number_of_json() {
        for (of, text) in [
            (0.0, "0.000000000"),
            (1.0, "1"),
            (0.625, "0.625000000"),
            (2.0 / 3.0, "0.666666667"),
            (1e-12, "0.000000000"),
        ] {
            assert_eq!(super::share(of), text);
        }
        assert_eq!(super::share(1.0 - 1e-12), "1");
    }
}

use sandtable_architecture::editor::{Command, Effect};
use sandtable_architecture::panel::{Break, Outage, Stage, breaks, checked, first_open, no_hint, verdict};
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
        let left = self.add_typed();
        let report = check(self.editor.design(), &self.exercise.task);
        if let Some(item) = self.exercise.item(self.stage) {
            let seconds = self.now.saturating_sub(self.opened) / 1000;
            let told = checked(item, report.fraction, self.editor.design(), self.hints.taken(), seconds);
            let tell = Do::Tell("check", item.id.clone(), told);
            self.out.push(tell);
            let percent = u64::from(whole_percent(report.fraction));
            self.state.scored(&self.exercise, self.stage, percent);
        }
        self.report = Some(report);
        self.is_old = false;
        self.decorate();
        self.changed();
        let says = verdict(self.task(), self.report.as_ref(), self.is_old);
        let more = left.as_deref().unwrap_or_default();
        self.say([&says.lead, " ", &says.rest, " ", more].concat().trim().to_owned());
        self.note = left;
    }

    /// Goes to the rule whose findings are read first.
    pub(super) fn findings(&mut self) {
        let Some(rule) = self.report.as_ref().and_then(first_open) else {
            return;
        };
        self.set_view(View::Rules);
        // To the top, so that what was found stands below; a list of findings may be longer than the window.
        let says = [".rules > :nth-child(", &(rule + 1).to_string(), ") > .rule-say"].concat();
        self.out.push(Do::Reveal(says.clone().into(), true));
        self.out.push(Do::Focus(says.into()));
    }

    /// The next step of help, for the rule that needs it first.
    pub(super) fn hint(&mut self) {
        let report = check(self.editor.design(), &self.exercise.task);
        let Some(rule) = self.hints.next(&self.exercise.task, &report) else {
            let says = no_hint(self.task(), &report);
            self.say(says.clone());
            self.note = Some(says);
            self.changed();
            return;
        };
        self.hints.take(&self.exercise.task, rule);
        self.set_view(View::Rules);
        let number = (rule + 1).to_string();
        self.say(["Hint shown at rule ", &number, "."].concat());
        let last = [".rules li:nth-child(", &number, ") .hint-list li:last-child"].concat();
        self.out.push(Do::Focus(last.into()));
    }

    /// Breaks what is chosen, or mends it.
    pub(super) fn break_it(&mut self, is_broken: bool) {
        let choices = breaks(self.design(), self.task());
        let choice = self.chosen_of(&choices).filter(|_| is_broken).cloned();
        self.outage = Outage::of(self.editor.design(), &self.exercise.task, choice);
        self.decorate();
        self.changed();
        let says = self.outage.says();
        self.say(says);
        if !is_broken {
            self.focus_on(".outage select");
        }
    }

    /// What is chosen of all that can be broken: the first, when that is gone.
    pub(crate) fn chosen_of<'a>(&self, choices: &'a [Break]) -> Option<&'a Break> {
        let chosen = choices.iter().find(|choice| choice.id == self.chosen);
        chosen.or(choices.first())
    }

    /// A file was saved, or the browser did not let us.
    pub(crate) fn saved(&mut self, name: &str, is_saved: bool) {
        match is_saved {
            true => self.say([name, " is saved."].concat()),
            false => {
                let why = "No file can be saved from here. Your design stays on the board.".to_owned();
                self.note = Some(why.clone());
                self.changed();
                self.refuse(why);
            }
        }
    }

    /// Puts the design of a file on the board; `None` for a file that could not be read. Undo takes it back.
    pub(crate) fn open_file(&mut self, text: Option<&str>) {
        let why = "This file could not be read. Choose it again.";
        match text
            .ok_or_else(|| why.to_owned())
            .and_then(|text| self.exercise.of_file(text))
        {
            Ok(design) => {
                self.put_on_board(Command::Load(Box::new(design)));
                self.fit();
            }
            Err(why) => {
                self.note = Some(why.clone());
                self.changed();
                self.refuse(why);
            }
        }
    }

    /// Puts the stage back to how it began. Undo takes it back.
    pub(super) fn start_again(&mut self) {
        let board = self.exercise.board(self.stage).clone();
        self.put_on_board(Command::Reset(Box::new(board)));
    }

    /// Another board: what was found on the one before, and what was typed there, goes with it.
    fn put_on_board(&mut self, command: Command) {
        self.cancel();
        let effects = self.editor.attempt(command);
        if effects.iter().any(|effect| matches!(effect, Effect::Changed(_))) {
            self.report = None;
            self.typed.clear();
        }
        self.effects(effects);
    }
}

use super::{Completeness, part, percent, ratio, reason, scored, unknown_or_repeated};
use crate::{ChoiceRule, OptionKey, PartState, Pick, Piece, Verdict};

/// Grades the chosen options.
pub(super) fn grade(pick: Pick, options: &[Piece], rule: ChoiceRule, keys: &[OptionKey], chosen: &[String]) -> Verdict {
    let (mut parts, mut reasons) = (Vec::new(), Vec::new());
    let mut count = Count {
        options: options.len(),
        ..Count::default()
    };
    let mut weight = 0.0;
    for option in options {
        let Some(key) = keys.iter().find(|key| key.id == option.id) else {
            continue;
        };
        let is_chosen = chosen.contains(&option.id);
        let state = match (is_chosen, key.right) {
            (true, true) => PartState::Right,
            (true, false) => PartState::Wrong,
            (false, true) => PartState::Missed,
            (false, false) => PartState::Left,
        };
        count.add(state);
        if state == PartState::Wrong {
            weight = key.weight;
        }
        parts.push(part(&option.id, state));
        if state != PartState::Left {
            reasons.push(reason(&option.id, &key.why));
        }
    }
    let (fraction, sum) = if pick == Pick::One {
        count.single(weight)
    } else {
        count.by(rule)
    };
    scored(fraction, sum, parts, reasons)
}

/// Whether as many are chosen as the question asks for.
pub(super) fn completeness(pick: Pick, options: &[Piece], chosen: &[String]) -> Completeness {
    if chosen.is_empty() {
        return Completeness::Empty;
    }
    if let Some(reason) = unknown_or_repeated(options, chosen.iter().map(String::as_str)) {
        return Completeness::Unusable(reason);
    }
    let wanted = match pick {
        Pick::One => 1,
        Pick::Exactly(number) => number as usize,
        Pick::Any => return Completeness::Complete,
    };
    match chosen.len() {
        given if given > wanted => Completeness::Unusable(format!(
            "{given} are chosen and {wanted} wanted. Take {} away.",
            given - wanted
        )),
        given if given < wanted => Completeness::Partial { given, wanted },
        _ => Completeness::Complete,
    }
}

#[derive(Default)]
struct Count {
    options: usize,
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn add(&mut self, state: PartState) {
        match state {
            PartState::Right => self.right += 1,
            PartState::Wrong => self.wrong += 1,
            PartState::Missed => self.missed += 1,
            PartState::Left => {}
        }
    }

    fn single(&self, weight: f64) -> (f64, String) {
        match self.right {
            0 if weight > 0.0 => (weight, format!("Partly right: worth {}.", percent(weight))),
            0 => (0.0, "0 right, 1 wrong.".to_owned()),
            _ => (1.0, "1 right.".to_owned()),
        }
    }

    fn by(&self, rule: ChoiceRule) -> (f64, String) {
        let Count {
            options,
            right,
            wrong,
            missed,
        } = *self;
        let wanted = right + missed;
        let chosen = right + wrong;
        match rule {
            ChoiceRule::NetCorrect => (
                ratio(right.saturating_sub(wrong), wanted),
                format!("{right} right, {wrong} wrong: ({right}-{wrong})/{wanted}."),
            ),
            ChoiceRule::EachDecision => {
                let decided = options.saturating_sub(wrong + missed);
                (
                    ratio(decided, options),
                    format!("{decided} of {options} decisions right: {decided}/{options}."),
                )
            }
            ChoiceRule::Coverage => (
                ratio(right, wanted) * ratio(right, chosen),
                format!(
                    "{right} of {wanted} found, {right} of {chosen} right: {right}/{wanted} \u{d7} {right}/{chosen}."
                ),
            ),
            ChoiceRule::AllOrNothing => (
                if wrong == 0 && missed == 0 { 1.0 } else { 0.0 },
                format!("{right} right, {wrong} wrong. All or nothing."),
            ),
        }
    }
}

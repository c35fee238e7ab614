//! The parts of an index.

use serde_json::Value;

use super::Reader;
use crate::index::{Course, ExerciseEntry, ItemEntry, Objective, Topic, Week};

pub(super) fn course(r: &mut Reader, value: &Value) -> Course {
    Course {
        id: r.string(value, "id"),
        title: r.string(value, "title"),
        report_url: r.string_or_none(value, "report_url"),
    }
}

pub(super) fn week(r: &mut Reader, value: &Value) -> Week {
    Week {
        week: r.number(value, "week"),
        title: r.string(value, "title"),
        topics: r.list(value, "topics", topic),
        exercises: r.list(value, "exercises", exercise),
    }
}

fn topic(r: &mut Reader, value: &Value) -> Topic {
    Topic {
        id: r.string(value, "id"),
        title: r.string(value, "title"),
        objectives: r.list(value, "objectives", |r, value| Objective {
            id: r.string(value, "id"),
            text: r.string(value, "text"),
        }),
    }
}

fn exercise(r: &mut Reader, value: &Value) -> ExerciseEntry {
    ExerciseEntry {
        id: r.string(value, "id"),
        kind: r.string(value, "kind"),
        title: r.string(value, "title"),
        purpose: r.string(value, "purpose"),
        topic: r.string(value, "topic"),
        minutes: r.number(value, "minutes"),
        file: r.string(value, "file"),
        items: r.list(value, "items", |r, value| ItemEntry {
            id: r.string(value, "id"),
            version: r.string(value, "version"),
            hint_prices: r.prices(value, "hint_prices"),
            aliases: r.strings_or_none(value, "aliases"),
        }),
        aliases: r.strings_or_none(value, "aliases"),
    }
}

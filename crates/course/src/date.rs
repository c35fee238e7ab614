//! Days, as far as the course needs them.

use std::fmt;

use serde::{Serialize, Serializer};

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A day, if there is such a one.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (year <= 9999 && (1..=days).contains(&day)).then_some(Date { year, month, day })
    }

    /// Reads `2026-11-25`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The day (UTC) that a time in seconds since 1970 lies on; for a caller that has read the clock.
    #[must_use]
    pub fn from_unix(seconds: u64) -> Option<Self> {
        let mut left = seconds / 86_400;
        for year in 1970..=9999u16 {
            for month in 1..=12u8 {
                let length = (28..=31).rev().find(|&day| Date::new(year, month, day).is_some())?;
                match u8::try_from(left) {
                    Ok(day) if day < length => return Date::new(year, month, day + 1),
                    _ => left -= u64::from(length),
                }
            }
        }
        None
    }

    /// The same day so many months later; what a shorter month lacks falls on its last day.
    pub(crate) fn plus_months(self, months: u16) -> Option<Self> {
        let count = self
            .year
            .checked_mul(12)?
            .checked_add(u16::from(self.month) - 1)?
            .checked_add(months)?;
        let month = u8::try_from(count % 12 + 1).ok()?;
        (1..=self.day).rev().find_map(|day| Date::new(count / 12, month, day))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn only_real_days() {
        for (text, real) in [
            ("2026-11-25", true),
            ("2024-02-29", true),
            ("2000-02-29", true),
            ("1900-02-29", false),
            ("2026-02-29", false),
            ("2026-13-01", false),
            ("2026-00-10", false),
            ("2026-04-31", false),
            ("2026-4-1", false),
            ("26-11-25", false),
            ("2026-11-25-1", false),
            ("+026-11-25", false),
            ("", false),
        ] {
            assert_eq!(Date::parse(text).is_some(), real, "{text}");
        }
    }

    #[test]
    fn from_seconds_and_by_months() {
        assert_eq!(Date::from_unix(0), Date::new(1970, 1, 1));
        assert_eq!(Date::from_unix(951_782_400), Date::new(2000, 2, 29));
        assert_eq!(Date::from_unix(1_795_564_800), Date::new(2026, 11, 25));
        assert_eq!(Date::from_unix(u64::MAX), None);
        assert_eq!(
            Date::new(2025, 5, 25).and_then(|day| day.plus_months(18)),
            Date::new(2026, 11, 25)
        );
        assert_eq!(
            Date::new(2025, 8, 31).and_then(|day| day.plus_months(18)),
            Date::new(2027, 2, 28)
        );
    }
}

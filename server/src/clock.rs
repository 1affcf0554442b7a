//! The time, as an input. The only file that reads the wall clock.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::{TimeZone, offset},
};

/// Where "now" comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always this instant: for tests of any day.
    Fixed(Timestamp),
}

impl Clock {
    /// The present instant.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may read the wall clock")]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Fixed(instant) => *instant,
        }
    }

    /// The present instant in milliseconds since 1970, as the tables hold it.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.now().as_millisecond()
    }

    /// Today in Japan.
    #[must_use]
    pub fn today(&self) -> Date {
        in_japan(self.now_ms()).date()
    }
}

/// An instant of the tables as date and time in Japan (UTC+9, no summer time).
#[must_use]
pub fn in_japan(ms: i64) -> DateTime {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(TimeZone::fixed(offset(9))).datetime()
}

/// `2026-11-20T14:02`: date and time in Japan to the minute.
#[must_use]
pub fn minute_in_japan(ms: i64) -> String {
    in_japan(ms).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The first millisecond of a day in Japan.
#[must_use]
pub fn start_of_day_ms(day: Date) -> i64 {
    let start = day.at(0, 0, 0, 0).to_zoned(TimeZone::fixed(offset(9)));
    start.map_or(i64::MIN, |start| start.timestamp().as_millisecond())
}

/// The last millisecond of a day in Japan.
#[must_use]
pub fn end_of_day_ms(day: Date) -> i64 {
    let end = day.at(23, 59, 59, 999_000_000).to_zoned(TimeZone::fixed(offset(9)));
    end.map_or(i64::MAX, |end| end.timestamp().as_millisecond())
}

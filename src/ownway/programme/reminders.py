"""Reminders at the times that a person picks.

A reminder is a time of day on the wall, in the person's own zone: at eight in the morning it stays eight when the clocks
change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Day = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAYS: tuple[Day, ...] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Reminder:
    """A time of day on some days of the week.

    Attributes
    ----------
    id : stays the same for ever, so that a calendar that asks again knows it.
    at : on the wall, to the minute.
    days : at least one, in the order of the week.
    zone : where the wall is (IANA).
    made_at : when it was picked; it never rings before.
    """

    id: str
    at: time
    days: tuple[Day, ...]
    zone: str
    made_at: datetime

    def first(self) -> datetime:
        """Return the first moment at which it rings."""
        zone = ZoneInfo(self.zone)
        made = self.made_at.astimezone(zone)
        for ahead in range(len(DAYS) + 1):
            day = made.date() + timedelta(days=ahead)
            moment = self.on(day)
            if DAYS[day.weekday()] in self.days and moment >= made:
                return moment
        raise AssertionError("a reminder has a day")

    def on(self, day: date) -> datetime:
        """Return the moment at which the wall shows its time on that day."""
        return datetime.combine(day, self.at, ZoneInfo(self.zone))

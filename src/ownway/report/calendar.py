"""Reminders as a calendar, which carries them into other programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, timedelta
from typing import cast

from ownway.programme.reminders import Reminder

LASTS = timedelta(minutes=10)  # what two holds, or three minutes of swinging, take with all around them
_ZONES_FROM = date(2020, 1, 1)


def calendar(reminders: Iterable[Reminder], *, title: str, words: str) -> bytes:
    """Return the reminders as an iCalendar file (RFC 5545), each an event that repeats and rings.

    At a time that a change of the clocks skips, the rule of the calendar holds: it rings an hour later that day.

    Parameters
    ----------
    title, words : what the calendar shows for each.
    """
    from icalendar import Alarm, Calendar, Event

    whole = Calendar()
    whole.add("prodid", "-//Ownway//Reminders//EN")
    whole.add("version", "2.0")
    whole.add("x-wr-calname", title)
    for reminder in reminders:
        event = Event()
        event.add("uid", f"{reminder.id}@ownway")
        event.add("dtstamp", reminder.made_at.astimezone(UTC))
        event.add("dtstart", reminder.first())
        event.add("duration", LASTS)
        event.add("rrule", {"freq": "weekly", "byday": list(reminder.days)})
        event.add("summary", title)
        event.add("description", words)
        event.add("transp", "TRANSPARENT")  # nobody is busy because of it
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", timedelta(0))
        event.add_component(alarm)
        whole.add_component(event)
    whole.add_missing_timezones(first_date=_ZONES_FROM)
    return cast("bytes", whole.to_ical())

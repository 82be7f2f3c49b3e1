"""Reminders: on the wall the time stays the same when the clocks change, and other programs read the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from ownway.programme.reminders import DAYS, Day, Reminder
from ownway.report.calendar import calendar

BERLIN = "Europe/Berlin"
NOON = datetime(2026, 3, 27, 11, 0, tzinfo=UTC)  # a Friday; two days later the clocks go forward


def reminder(
    at: time = time(8, 0), days: tuple[Day, ...] = DAYS, zone: str = BERLIN, made_at: datetime = NOON
) -> Reminder:
    return Reminder("4f1c", at, days, zone, made_at)


def parts(data: bytes, name: str) -> list[Any]:
    """Return the components of that name."""
    return list(Calendar.from_ical(data).walk(name))


def test_it_first_rings_after_it_was_made() -> None:
    """Later the same day if the time is still to come, else on the next of its days."""
    assert reminder(time(18, 30)).first().isoformat() == "2026-03-27T18:30:00+01:00"
    assert reminder(time(8, 0)).first().isoformat() == "2026-03-28T08:00:00+01:00"
    assert reminder(time(8, 0), ("FR",)).first().isoformat() == "2026-04-03T08:00:00+02:00"


@given(
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    days=st.sets(st.sampled_from(DAYS), min_size=1),
    zone=st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]),
    made_after=st.timedeltas(timedelta(0), timedelta(days=2000)),
)
def test_it_rings_within_a_week_and_never_before(at: time, days: set[Day], zone: str, made_after: timedelta) -> None:
    """Whatever the zone: on one of its days, at its time on the wall."""
    made_at = NOON + made_after
    first = reminder(at, tuple(d for d in DAYS if d in days), zone, made_at).first()
    assert made_at <= first <= made_at + timedelta(days=8, hours=2)
    assert (first.hour, first.minute) == (at.hour, at.minute)
    assert DAYS[first.weekday()] in days


def test_other_programs_read_the_calendar() -> None:
    """Each is an event that repeats on its days at the same time on the wall, also across the change, and rings."""
    data = calendar([reminder(), reminder(time(18, 0), ("MO", "TH"))], title="Back", words="Later is fine.")
    events = parts(data, "VEVENT")
    assert [event["uid"] for event in events] == ["4f1c@ownway", "4f1c@ownway"]
    start = events[0]["dtstart"].dt
    rule = rrulestr(events[0]["rrule"].to_ical().decode(), dtstart=start.replace(tzinfo=None))
    days = [moment.replace(tzinfo=ZoneInfo(BERLIN)) for moment in islice(rule, 4)]
    assert [day.isoformat() for day in days] == [
        "2026-03-28T08:00:00+01:00",
        "2026-03-29T08:00:00+02:00",
        "2026-03-30T08:00:00+02:00",
        "2026-03-31T08:00:00+02:00",
    ]
    assert b"RRULE:FREQ=WEEKLY;BYDAY=MO,TH" in data
    assert [alarm["trigger"].dt for alarm in parts(data, "VALARM")] == [timedelta(0)] * 2
    assert {str(zone["tzid"]) for zone in parts(data, "VTIMEZONE")} == {BERLIN}
    assert b"\r\n" in data
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_the_zone_in_the_calendar_knows_the_change() -> None:
    """For a program that does not know the zone by name: eight on the wall is seven, then six, in UTC."""
    zone = parts(calendar([reminder()], title="Back", words=""), "VTIMEZONE")[0].to_tz()
    for day, hour in ((date(2026, 3, 28), 7), (date(2026, 3, 30), 6), (date(2026, 10, 26), 7)):
        assert datetime.combine(day, time(8, 0), zone).astimezone(UTC).hour == hour


def test_no_reminder_is_an_empty_calendar() -> None:
    """Which a calendar that asks again takes for what it is."""
    assert parts(calendar([], title="Back", words=""), "VEVENT") == []


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_the_same_reminders_are_the_same_file(zone: str) -> None:
    """So that nothing changes in a calendar that asks again."""
    kept = [reminder(zone=zone)]
    assert calendar(kept, title="Back", words="x") == calendar(kept, title="Back", words="x")

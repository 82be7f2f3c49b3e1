"""The page of reminders: added, removed, taken back, and given to calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar
from starlette.testclient import TestClient

from ownway.web.app import create_app
from ownway.web.settings import Settings

from .conftest import BASE

ORIGIN = {"origin": BASE}
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WEEKDAYS = {f"day_{day}": "yes" for day in ("MO", "TU", "WE", "TH", "FR")}


def add(client: TestClient, at: str = "18:30", **fields: str) -> int:
    sent = {"at": at, "zone": "Europe/Berlin", **(fields or WEEKDAYS)}
    return client.post("/reminders", data=sent, headers=ORIGIN).status_code


def test_a_reminder_is_kept_and_shown(client: TestClient) -> None:
    """With its days, on the page, in the calendar, and for the open pages."""
    assert "None yet." in client.get("/reminders").text
    assert add(client) == 303
    shown = client.get("/reminders").text
    assert "18:30" in shown
    assert "Mon, Tue, Wed, Thu, Fri" in " ".join(shown.split())
    (told,) = client.get("/reminders.json").json()["reminders"]
    assert (told["at"], told["days"]) == ("18:30", [0, 1, 2, 3, 4])


def test_the_calendar_is_one_that_others_read(settings: Settings) -> None:
    """With a stable name for each reminder: asked again, nothing has changed."""
    with TestClient(create_app(replace(settings, clock=lambda: NOON)), base_url=BASE) as client:
        add(client)
        answer = client.get("/reminders.ics")
        assert answer.headers["content-type"].startswith("text/calendar")
        event: Any = Calendar.from_ical(answer.content).walk("VEVENT")[0]
        assert event["dtstart"].dt.isoformat() == "2026-11-24T18:30:00+01:00"
        assert client.get("/reminders.ics").content == answer.content


def test_a_removed_one_can_be_taken_back(client: TestClient) -> None:
    """The page that says so has a form with the same time and days."""
    add(client)
    page = client.get("/reminders").text
    address = page.partition('action="http://127.0.0.1:8765/reminders/')[2].partition('"')[0]
    answer = client.post(f"/reminders/{address}", headers=ORIGIN)
    assert answer.status_code == 303
    gone = client.get(answer.headers["location"]).text
    assert "Removed." in gone
    assert "None yet." in gone
    assert 'name="at" value="18:30"' in gone
    assert client.post(f"/reminders/{address}", headers=ORIGIN).status_code == 404


def test_all_that_is_wrong_is_told(client: TestClient) -> None:
    """No day, no time and a zone that is none, at once; nothing is kept."""
    answer = client.post("/reminders", data={"at": "noon", "zone": "Moon/Base"}, headers=ORIGIN)
    assert answer.status_code == 422
    for said in ("at least one day", "a time of day", "“Moon/Base” is no time zone"):
        assert said in answer.text
    assert client.get("/reminders.json").json()["reminders"] == []


def test_without_script_the_zone_is_that_of_the_computer(client: TestClient) -> None:
    """The browser names it where it may; else the server does."""
    assert add(client, zone="", day_SA="yes") == 303
    assert client.get("/reminders.ics").status_code == 200

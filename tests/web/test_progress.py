"""The page that tells how it is going, through the app."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from starlette.testclient import TestClient

from ownway.programme.diary import Entry
from ownway.store.database import open_database
from ownway.store.diary import Diary
from ownway.store.people import People
from ownway.web.app import create_app
from ownway.web.settings import Settings

from .conftest import BASE

# At the place of this computer, whatever its zone: a day is the day on the wall.
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC).astimezone().replace(day=20, hour=12).astimezone(UTC)


def text_of(page: str) -> str:
    """Return what stands on the page, data of charts aside."""
    body = re.sub(r"<script.*?</script>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def told(settings: Settings, address: str, *entries: tuple[int, int], person: int | None = None) -> tuple[int, str]:
    """Return the answer for a diary in which pain was told so many days ago."""
    database = open_database(settings.database_url)
    diary = Diary(database) if person is None else Diary(database, person)
    for number, (days_ago, pain) in enumerate(entries):
        diary.save(Entry(f"{person}-{number}", NOW - timedelta(days=days_ago), pain_now=pain))
    database.close()
    app = create_app(replace(settings, clock=lambda: NOW))
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        answer = client.get(address)
        return answer.status_code, answer.text


def test_an_empty_diary_says_kindly_what_will_stand_here(settings: Settings) -> None:
    """No chart, no zero."""
    status, page = told(settings, "/progress")
    assert status == 200
    assert "Here you will see how your pain goes" in text_of(page)
    assert "<ownway-chart" not in page


@pytest.mark.parametrize(
    ("address", "mean", "days"),
    [
        ("", "4.0", "over 2 days"),
        ("?period=month", "4.0", "over 2 days"),
        ("?period=year", "5.0", "over 3 days"),
        ("?period=all", "6.0", "over 4 days"),
        ("?period=month&until=2026-02-01", "7.0", "on 1 day"),
    ],
)
def test_a_time_shows_its_own_days(settings: Settings, address: str, mean: str, days: str) -> None:
    """A month by default; and a month before that."""
    status, page = told(settings, f"/progress{address}", (1, 3), (2, 5), (60, 7), (800, 9))
    assert status == 200
    assert f"Your pain was {mean} of 10 on average, {days}" in text_of(page)
    assert page.count("<ownway-chart") == page.count("<details>") == 1


def test_a_day_shows_its_hours(settings: Settings) -> None:
    """And says that it tells nothing of a change."""
    _, page = told(settings, "/progress?period=day", (0, 3), (1, 8))
    assert "Your pain was 3 of 10." in text_of(page)
    assert "A single day tells nothing of a change" in text_of(page)


@pytest.mark.parametrize("address", ["?period=week", "?until=tomorrow"])
def test_a_time_that_is_none_is_refused(settings: Settings, address: str) -> None:
    """As every address that no page of ours has."""
    assert told(settings, f"/progress{address}")[0] in (404, 422)


def test_the_ways_to_earlier_and_later_lead_through_the_diary(settings: Settings) -> None:
    """No further than it goes, and not into the future."""
    _, now = told(settings, "/progress", (60, 7))
    assert "until=2026-02-18" in now
    assert ">Later<" not in now
    _, first = told(settings, "/progress?until=2026-01-25")
    assert ">Earlier<" not in first
    assert "until=2026-02-24" in first
    _, before = told(settings, "/progress?until=0001-01-01")
    assert ">Later<" in before
    _, future = told(settings, "/progress?until=2999-01-01")
    assert ">Later<" not in future


def test_nothing_of_somebody_else_is_shown(settings: Settings) -> None:
    """Their pain is theirs."""
    database = open_database(settings.database_url)
    grace = People(database).add("Grace")
    database.close()
    status, _ = told(settings, "/progress", (1, 9), person=grace.id)
    assert status in (303, 307, 401, 403)

"""The report for a doctor or physiotherapist: what bears on safety, one file that asks for nothing, and two pages of PDF."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from gettext import NullTranslations

import pytest
from weasyprint import HTML

from ownway.coach.records import HurtReport, SessionRecord
from ownway.programme.progress import Past, period
from ownway.programme.screening import QUESTIONS, Answer, Screening
from ownway.report.charts import PictureKind, picture
from ownway.report.letter import Event, Letter, html, letter, pdf, screened, stopped, worse

DAY = date(2026, 11, 24)
# At the place of this computer, whatever its zone: a day is the day on the wall.
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC).astimezone().replace(day=24, hour=12).astimezone(UTC)
MONTH = period("month", DAY, date(2026, 10, 1))


@pytest.fixture(scope="module")
def told() -> Letter:
    """Return the report of somebody who told of their pain on most days of a month."""
    told = tuple((date(2026, 11, day), 6 - day // 6, 7, None) for day in range(1, 25))
    events = [Event(DAY, "Something <happened>.")]
    return letter(Past(told=told), MONTH, events, NullTranslations(), who="Ada", birth_year=1980, made_on=DAY)


@pytest.fixture(scope="module")
def page(told: Letter) -> str:
    """Return the same as a page."""
    return html(told, NullTranslations(), "en")


def test_a_stopped_session_is_told_with_what_hurt(words: NullTranslations) -> None:
    """Where, how much, whether it went down the leg, whether anything was numb; untold things are left out."""
    session = SessionRecord("s", "hamstring_stretch", 1, "camera", NOON, pain_before=3)
    (event,) = stopped([(session, HurtReport("lower_back", 7, True, "leg"))], words)
    assert event == Event(
        DAY, "Stopped because it hurt: lower back, 7 of 10, down the leg, numb or tingling in a leg, 3 of 10 before."
    )
    bare = SessionRecord("s", "hamstring_stretch", 1, "camera", NOON)
    assert [e.text for e in stopped([(bare, None)], words)] == ["Stopped because it hurt."]


def test_answers_that_held_something_back_are_told(words: NullTranslations) -> None:
    """With their signs; answers of another time, and those that held nothing back, are not."""
    clear: dict[str, Answer] = {question.id: "no" for question in QUESTIONS}
    fell = Screening(1, NOON, answers={**clear, "fall": "yes"}, finished_at=NOON)
    earlier = Screening(2, NOON, answers={**clear, "fall": "yes"}, finished_at=datetime(2025, 1, 1, tzinfo=UTC))
    found = screened([fell, earlier, Screening(3, NOON, answers=clear, finished_at=NOON)], MONTH, words)
    assert found == [Event(DAY, "Told before exercising: a fall or an accident lately.")]


def test_worse_mornings_are_counted_in_one_line(words: NullTranslations) -> None:
    """On the day of the last one; without any there is no line."""
    found = worse({date(2026, 11, 20): "worse", date(2026, 11, 22): "worse", DAY: "same"}, MONTH, words)
    assert found == [Event(date(2026, 11, 22), "2 mornings were worse than the day before.")]
    assert worse({DAY: "better"}, MONTH, words) == []


def test_the_page_carries_all_it_shows(page: str) -> None:
    """No address, no script; its chart drawn within it; texts escaped."""
    assert not re.search(r"(src|href)=|@import|url\(|<script", page)
    assert "<svg" in page
    assert "Something &lt;happened&gt;." in page
    assert "1980" in page


def test_the_pdf_has_two_pages_at_most(page: str) -> None:
    """Made of the same page, without fetching anything."""
    assert pdf(page).startswith(b"%PDF-")
    assert len(HTML(string=page).render().pages) <= 2


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF-")])
def test_each_chart_is_a_file_too(told: Letter, kind: PictureKind, begins: bytes) -> None:
    """Of each kind, drawn from the same specs; and no two charts have one name."""
    shown = told.story.pictures
    assert len({one.name for one in shown}) == len(shown) > 0
    assert picture(shown[0].chart.wide, kind).startswith(begins)


def test_an_empty_diary_has_a_report_too(words: NullTranslations) -> None:
    """It says that nothing was told, and promises nothing."""
    told = letter(Past(), period("year", DAY, None), [], words, who="", birth_year=None, made_on=DAY)
    text = html(told, words, "en")
    assert "Nothing was told in this time that held an exercise back or ended one." in text
    assert "<svg" not in text

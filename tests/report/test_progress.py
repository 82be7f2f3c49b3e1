"""How it is going, told: sentences that promise nothing, tables, and charts that every drawer understands."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest

from ownway.coach.records import Measured
from ownway.exercises.loader import library
from ownway.programme.progress import Past, PeriodName, Practised, period
from ownway.programme.questionnaires import Filled
from ownway.programme.runs import Run
from ownway.report import charts, progress_charts
from ownway.report.progress import Part, Picture, Story, story
from ownway.web.app import STATIC

TODAY = date(2026, 11, 24)


def day(number: int) -> date:
    """Return a day, so many before today."""
    return TODAY - timedelta(days=number)


def life(days: int) -> Past:
    """Return so many days up to today: pain falls from 6 to 2, the reach from 20 to 4 cm, and a holiday lies in between."""
    numbers = [n for n in range(days, -1, -1) if not days / 3 < n < days / 3 + 20]
    eased = {n: n / max(days, 1) for n in numbers}
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    return Past(
        told=[(day(n), round(2 + 4 * eased[n]), 8, None) for n in numbers],
        sessions=[
            Practised(
                day(n), "hamstring_stretch" if n % 2 else "trunk_rotation", None, None, 60.0, 2,
                Measured(None, 4 + 16 * eased[n]) if n % 2 else Measured(None, None, 40.0, 38.0, 2.5),
            )
            for n in numbers
            if n % 3
        ],
        runs=[Run(noon - timedelta(days=n), 1300, 1200, None, None, "run", "gpx") for n in numbers if n % 7 == 0],
        mornings={day(n): "better" if n % 2 else "same" for n in numbers},
        filled=[
            filled
            for n in numbers
            if n % 14 == 0
            for filled in (
                Filled(f"r{n}", "rmdq", noon - timedelta(days=n), tuple(range(1, 3 + round(9 * eased[n])))),
                Filled(f"p{n}", "psfs", noon - timedelta(days=n), (), (("stairs", 8 - round(4 * eased[n])),)),
            )
        ],
    )  # fmt: skip


def told(past: Past, name: PeriodName, days: int) -> Story:
    return story(past, period(name, TODAY, day(days)), NullTranslations())


def parts(of: Story) -> list[Part]:
    return [of.pain, of.done, *of.moving, of.helps]


def pictures(of: Story) -> list[Picture]:
    return [picture for part in parts(of) for picture in part.pictures]


@pytest.fixture(scope="module")
def year() -> Story:
    return told(life(364), "year", 364)


@pytest.mark.parametrize(
    ("exercise", "unit", "sentences"),
    [
        ("half_squat", {"range_deg": (50.0, 75.0)}, "Further: 50° at first, 75° lately."),
        ("half_squat", {"range_deg": (60.0, 64.0)}, "How far: 60° at first, 64° lately, no clear change."),
        ("standing_march", {"range_left_deg": (20.0, 50.0)}, "On the left: 20° at first, 50° lately, no clear change."),
        ("nobodys", {"range_right_deg": (20.0, 60.0)}, "On the right: 20° at first, 60° lately."),
    ],
)
def test_any_other_exercise_is_told_by_its_file(exercise: str, unit: dict[str, Any], sentences: str) -> None:
    """How far, and whether that is a change: by the error of what its file measures; unknown, nothing is called a change."""
    sessions = [
        Practised(
            day(n), exercise, None, None, 40.0, 1, replace(Measured(), **{k: v[n < 3] for k, v in unit.items()}), 10
        )
        for n in range(5, -1, -1)
    ]
    (part,) = (part for part in told(Past(sessions=sessions, exercises=library()), "month", 29).moving if part.aside)
    assert part.told[0].endswith(": 60 repetitions done well, on 6 days.")
    assert part.told[1:] == (sentences,)
    assert [picture.name for picture in part.pictures] == [exercise]


def test_a_year_is_told_in_words(year: Story) -> None:
    """What changed and by how much, and what cannot be told."""
    assert year.pain.told[1] == "It was 6.0 of 10 at first, and 2.0 lately: an important change for the better."
    reach, turned, function = (" ".join(part.told) for part in year.moving)
    assert reach == "Your fingertips came nearer to the floor: 20 cm above it at first, 4 cm lately."
    assert "To the left you turned 40° at first, 40° lately. That is no clear change." in turned
    assert "Both sides are even, as far as the camera can tell." in turned
    assert "11 held at first, 2 lately: an important change for the better." in function
    assert "a change counts from 7 cm on" in year.moving[0].fine[0]
    assert "a count and no proof" in year.helps.told[0]


def test_a_day_of_several_years_is_told_with_its_own(year: Story) -> None:
    """Of the worst, which may lie far back; within one year the day says enough."""
    assert re.search(r"The worst was \d+, on \d+ \w+ \d{4}\.", year.pain.pictures[0].chart.desc)
    assert re.search(r"The worst was \d+, on \d+ \w+\.", told(life(30), "month", 30).pain.pictures[0].chart.desc)


def test_every_picture_has_its_words_and_its_numbers(year: Story) -> None:
    """And a name of its own."""
    some = pictures(year)
    assert [picture.name for picture in some] == ["pain", "calendar", "reach", "range", "function"]
    for picture in some:
        assert picture.chart.title
        assert picture.chart.desc.endswith(".")
        assert picture.numbers.rows
        assert all(len(row) == len(picture.numbers.head) for row in picture.numbers.rows)


@pytest.mark.parametrize(("name", "days"), [("month", 29), ("year", 364), ("all", 3600)])
def test_charts_are_drawn_in_the_page_s_own_colours(name: PeriodName, days: int) -> None:
    """By what draws them for paper, without a word of complaint; each colour has a name that the page knows in the dark, too."""
    page = (STATIC / "css" / "progress.css").read_text(encoding="utf-8")
    known = {
        (what, colour): name
        for what, colour, name in re.findall(r'\[(fill|stroke)="(#\w+)"\] \{ \w+: var\(--([\w-]+)\)', page)
    }
    for picture in pictures(told(life(days), name, days)):
        for spec in (picture.chart.wide, picture.chart.narrow):
            drawn = charts.plain_svg(spec)
            for what, colour in re.findall(r'(fill|stroke)="(#\w+)"', drawn):
                assert known[what, colour] == progress_charts.PALETTE[colour]
            assert int(re.findall(r'width="(\d+)', drawn)[0]) <= 760


def test_ten_years_are_drawn_by_the_month() -> None:
    """So that they are as quick to draw as one: a hundred and twenty points and no more."""
    for picture in pictures(told(life(3600), "all", 3600)):
        rows = [len(rows) for rows in picture.chart.wide["datasets"].values()]
        assert max(rows) <= 140 or picture.name == "function"
        assert len(picture.numbers.rows) <= 140 or picture.name == "function"


@pytest.mark.parametrize("name", ["day", "month", "year", "all"])
def test_an_empty_time_says_so_and_draws_nothing(name: PeriodName) -> None:
    """Nothing told is no pain of zero."""
    empty = told(Past(), name, 3600)
    assert pictures(empty) == []
    assert all(part.told for part in parts(empty))
    assert "0" not in " ".join(empty.pain.told + empty.done.told)


def test_few_days_tell_of_no_change() -> None:
    """Five values are a beginning."""
    few = story(
        Past(told=[(day(n), 9 - n, None, None) for n in range(5)]), period("month", TODAY, day(20)), NullTranslations()
    )
    assert few.pain.told == ("Your pain was 7.0 of 10 on average, over 5 days on which you told it.",)
    assert "from six days" in few.pain.fine[0]


def test_the_versions_that_draw_are_the_same() -> None:
    """In the page and on paper."""
    package = (Path(__file__).parents[2] / "package.json").read_text(encoding="utf-8")
    assert f'"vega-lite": "{charts.VEGA_LITE}.' in package


def test_less_than_a_minute_is_told_in_seconds() -> None:
    """Two short holds are something; "0 min" would say they were nothing."""
    short = Past(sessions=[Practised(TODAY, "wall_sit", None, None, 20.0, 2, None)])
    assert ("In good form", "20 s", "") in told(short, "day", 0).done.figures

"""The printable report: complete, self-contained, and readable without seeing its charts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from gettext import NullTranslations
from html import unescape
from typing import Any

import pytest

from ownway.coach.assessment import Assessment, Swing
from ownway.exercises.schema import Exercise
from ownway.report import charts
from ownway.report.curves import Curves
from ownway.report.page import render
from ownway.report.series import COLUMNS

DAY = date(2026, 3, 1)


@pytest.fixture
def page(held: Assessment, bend_curves: Curves, stretch: Exercise, words: NullTranslations) -> str:
    return render(held, bend_curves, stretch, words, DAY)


def text_of(page: str) -> str:
    """Return what stands on the page, tags and look aside."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_it_asks_for_nothing(page: str) -> None:
    """No script, no address, nothing loaded from anywhere."""
    assert not re.search(r"https?:|//[a-z]|@import|<script|<link|<img|<iframe|\bsrc=|\bhref=|\bon\w+=", page)
    assert set(re.findall(r"url\(([^)]*)\)", page)) == {"#not-judged"}
    assert "default-src 'none'" in page


def test_it_says_all_that_was_found(page: str) -> None:
    """What was judged, holds, faults with advice, what could not be judged with its hint, meanings, cues, and the limits of it all."""
    text = text_of(page)
    for told in (
        "garden <1>.mp4", "1 min 40 s", "93 % of 3000 pictures", "2026-03-01", "178 cm",
        "2 holds. In good form 31.8 s and 30.2 s.",
        "0:07–0:40", "toes (12 cm above the floor)", "57° a second", "well enough",
        "Bent by up to 21°", "Knees: soft, but nearly straight.",
        "No person was seen", "0:50–0:52", "Stand 2 to 3 m away",
        "Off by 1.5° on average, by 4° in the worst film.", "Straighten your knees a little.", "no diagnosis",
        "The file breaks off.",
    ):  # fmt: skip
        assert told in text, told


def test_a_name_cannot_become_markup(page: str) -> None:
    """File names stand as text, in the page, its title and the foot of the printed sheet."""
    assert "<1>" not in page
    assert "garden \\00003c" in page.replace("\\000020", " ")


def test_the_chart_is_told_in_words_and_numbers(page: str) -> None:
    """Each picture has a title, a description and a table of the same numbers."""
    for name in ("wide", "narrow"):
        assert f'role="img" aria-labelledby="{name}-title {name}-desc"' in page
        assert re.search(f'<desc id="{name}-desc">Bend of the trunk: between 0° .* Held: 0:07–0:40 and 1:03–1:34', page)
    assert "The curves as numbers" in page
    assert page.count('aria-label="The curves as numbers"') == 1


def test_every_colour_has_one_for_the_dark(page: str) -> None:
    """What the charts paint with can be replaced by the page's own colours."""
    drawn = "".join(re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL))
    painted = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]+)"', drawn))
    assert painted
    assert painted <= charts.PALETTE.keys()
    for name in charts.PALETTE.values():
        assert page.count(f"--{name}:") >= 2


def test_many_swings_are_folded_away(
    swung: Assessment, turn_curves: Curves, rotation: Exercise, words: NullTranslations
) -> None:
    """A few stand open; fifty are opened by whoever wants them."""
    few = render(swung, turn_curves, rotation, words, DAY)
    swings = tuple(Swing(float(n), "left" if n % 2 else "right", 40.0, 0.9) for n in range(50))
    many = render(replace(swung, swings=swings), turn_curves, rotation, words, DAY)
    assert "<summary>Swing by swing" not in few
    assert "<summary>Swing by swing" in many
    assert "No fault was seen" in text_of(few)


def test_what_could_not_be_judged_has_a_page_too(held: Assessment, stretch: Exercise, words: NullTranslations) -> None:
    """It says why and what helps, and shows no empty chart or table."""
    refused = replace(held, not_judged="not_side_on", sets=(), faults=(), cues=(), judged_fraction=0.0)
    page = render(refused, Curves(COLUMNS), stretch, words, DAY)
    assert text_of(page).count("the person did not stand side-on") == 1
    assert text_of(page).count("Stand with one shoulder to the camera.") == 1
    assert "What the numbers mean" not in page
    assert 'class="chart"' not in page
    assert "No fault was seen" not in page


def fields(spec: Any) -> set[str]:
    """Return every field that a spec's encodings read."""
    if isinstance(spec, dict):
        own = {spec["field"]} if isinstance(spec.get("field"), str) else set()
        return own.union(*(fields(value) for value in spec.values()))
    return set().union(*(fields(value) for value in spec)) if isinstance(spec, list) else set()


def test_a_panel_for_each_measure_and_a_lane_for_what_lasts(
    held: Assessment, bend_curves: Curves, stretch: Exercise, words: NullTranslations
) -> None:
    """Nothing is drawn of what was not measured; the lanes have names, so that no colour stands alone."""
    spec = charts.spec(held, bend_curves, stretch, words, width_px=720)
    titles = [panel.get("title") for panel in spec["vconcat"]]
    assert titles == ["Bend of the trunk", "Bend of the knees", "Fingertips above the floor", None]
    lanes = spec["vconcat"][-1]["layer"][1]["data"]["values"]
    assert [lane["name"] for lane in lanes] == ["Held", "Bent knees", "Too fast", "Not judged"]
    assert {"t", "v", "end", "lane"} <= fields(spec)


def test_a_moment_is_wide_enough_to_be_seen(
    held: Assessment, bend_curves: Curves, stretch: Exercise, words: NullTranslations
) -> None:
    """0.4 s of three hours are still three pixels, and within the axis."""
    long = replace(held, duration_s=10800.0)
    spec = charts.spec(long, bend_curves, stretch, words, width_px=720)
    bars = spec["vconcat"][-1]["layer"][0]["data"]["values"]
    assert all(bar["end"] - bar["t"] >= 0.99 * 10800 * 3 / 720 for bar in bars)
    assert all(0 <= bar["t"] < bar["end"] <= 10800 for bar in bars)


def test_left_is_up_whatever_the_sign_of_the_peak(
    swung: Assessment, turn_curves: Curves, rotation: Exercise, words: NullTranslations
) -> None:
    """Peaks lie on the curve: left above, right below, told apart by shape as well."""
    spec = charts.spec(swung, turn_curves, rotation, words, width_px=720)
    points = next(layer for layer in spec["vconcat"][0]["layer"] if "shape" in layer["encoding"])
    assert [row["v"] > 0 for row in points["data"]["values"]] == [True, False, True, False]
    assert len(set(points["encoding"]["shape"]["scale"]["range"])) == 2

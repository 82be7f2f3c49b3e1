"""An assessment in words."""

from __future__ import annotations

from dataclasses import replace
from gettext import NullTranslations
from io import StringIO

import pytest
from rich.console import Console

from ownway.coach.assessment import Assessment, FaultSeen, Reached
from ownway.exercises.loader import library, setup
from ownway.exercises.schema import Exercise
from ownway.report import told, wording


def test_holds_in_plain_words(held: Assessment, stretch: Exercise, words: NullTranslations) -> None:
    """How many, how long in good form, how far, and what to work on, the longest first."""
    assert told.result(held, stretch, words) == (
        "2 holds. In good form 31.8 s and 30.2 s. Reach: toes (12 cm above the floor). "
        "To work on: bent knees (2 times, 6.0 s in all) and too fast (0.4 s)."
    )


def test_swings_in_plain_words(swung: Assessment, rotation: Exercise, words: NullTranslations) -> None:
    """A range is what was reached twice."""
    assert told.result(swung, rotation, words) == (
        "4 swings: 2 to the left, 2 to the right. Turned 40° left and 38° right. In good form 15.2 s. No faults."
    )


def test_what_could_not_be_judged_says_why_and_what_helps(
    held: Assessment, stretch: Exercise, words: NullTranslations
) -> None:
    """The reason, then the hint."""
    refused = replace(held, not_judged="no_person", sets=(), faults=())
    assert told.result(refused, stretch, words) == (
        "Could not be judged: no person was seen. Stand 2 to 3 m away, so that all of you is in the picture."
    )


def test_nothing_to_count_is_said(
    held: Assessment, swung: Assessment, stretch: Exercise, rotation: Exercise, words: NullTranslations
) -> None:
    """Judged, but no exercise in it: then nothing is praised; a fault that was seen is told all the same."""
    assert told.result(replace(held, sets=(), faults=()), stretch, words) == "No hold of 3 s or more was seen."
    nothing = replace(swung, swings=())
    assert told.result(nothing, rotation, words) == "No swing was seen."
    leaned = replace(nothing, faults=(FaultSeen("leaning", 1.0, 2.0, 20.0, "deg", 0.9),))
    assert told.result(leaned, rotation, words) == "No swing was seen. To work on: leaned to the side (1.0 s)."


def test_the_summary_tells_each_hold_fault_and_refusal(
    held: Assessment, stretch: Exercise, words: NullTranslations
) -> None:
    """A line each, with its time as a player shows it; what was not judged is left out."""
    lines = told.summary(held, stretch, words)
    assert lines[0] == "garden <1>.mp4: Standing hamstring stretch, 1 min 40 s long, 93 % of it judged"
    assert [line.strip() for line in lines[2:]] == [
        "Hold 1, 0:07–0:40: in good form 31.8 s, bend 101°, toes (12 cm above the floor), down at 57° a second, seen well",
        "Hold 2, 1:03–1:34: in good form 30.2 s, bend 99°, ankles (14 cm above the floor), seen well enough",
        "Bent knees, 0:12–0:16: bent by up to 21°",
        "Bent knees, 1:10–1:11: bent by up to 17°",
        "Too fast, 0:05: as quick as 104° a second",
        "Not judged, 0:50–0:52: no person was seen",
        "The file breaks off. It was used as far as it goes.",
    ]


def test_a_long_film_does_not_flood_the_terminal(held: Assessment, stretch: Exercise, words: NullTranslations) -> None:
    """A dozen lines of a kind, and how many more there are."""
    many = replace(held, faults=tuple(FaultSeen("too_fast", n, n + 1, 99.0, "deg/s", 0.9) for n in range(200)))
    lines = told.summary(many, stretch, words)
    assert len(lines) < 30
    assert "  … and 188 more" in lines


@pytest.mark.parametrize("width", [80, 132])
def test_a_row_a_file(
    held: Assessment, swung: Assessment, stretch: Exercise, words: NullTranslations, width: int
) -> None:
    """Columns stand below each other whatever they hold, markup in a name is plain text, nothing is cut off."""
    out = StringIO()
    names = (held.source, "[bold]nobody.mp4")
    rows = told.Rows(Console(file=out, width=width), stretch, names, words)
    rows.head()
    rows.add(held)
    rows.add(replace(held, source="[bold]nobody.mp4", not_judged="no_person", judged_fraction=0.0))
    rows.problem("x.mp4", "x.mp4 is no film")
    assert out.getvalue().count("The file breaks off.") == 2  # what else should be known stands below its row
    lines = out.getvalue().splitlines()
    assert all(len(line) <= width for line in lines)
    assert lines[1].startswith(held.source)
    assert lines[1].index("2") == lines[0].index("Holds")
    assert lines[1].rstrip().endswith("93 %")
    assert "[bold]nobody.mp4" in out.getvalue()
    assert "x.mp4 is no film" in out.getvalue()


def test_every_fault_reason_and_unit_has_words() -> None:
    """A new row in an exercise or in the set-up needs its words."""
    kinds = {fault.kind for exercise in library().values() for fault in exercise.faults}
    assert kinds <= wording.FAULTS.keys()
    assert {text.reason for text in setup().sight} | {"not_still"} <= wording.REASONS.keys()


@pytest.mark.parametrize(
    ("seconds", "length", "clock"),
    [
        (0.0, "0.0 s", "0:00"),
        (59.94, "59.9 s", "0:59"),
        (59.96, "1 min 0 s", "0:59"),
        (3725.0, "62 min 5 s", "1:02:05"),
    ],
)
def test_times(words: NullTranslations, seconds: float, length: str, clock: str) -> None:
    """Tenths below a minute; on the clock as a player shows it."""
    assert wording.length(seconds, words) == length
    assert wording.clock(seconds) == clock


def test_reach_past_the_soles(stretch: Exercise, words: NullTranslations) -> None:
    """Below 0 is past the soles; without a height the zone is still told."""
    assert wording.reach(Reached("floor", -3.2), stretch, words) == "floor (3 cm past the soles)"
    assert wording.reach(Reached("toes", None), stretch, words) == "toes"
    assert wording.reach(Reached(None, None), stretch, words) == "–"

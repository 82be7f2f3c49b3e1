"""A starting file is right as it stands, whatever was answered."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from ownway.body.measures import MEASURES
from ownway.exercises.loader import examine
from ownway.exercises.schema import View
from ownway.exercises.starter import _STILL, USUAL, Counts, Wanted, id_of, starting_file

PLAIN = Wanted(
    id="mine", title="Mine", view="side", counts="repetitions", measure="knee_flexion_deg", far=30, many=8, tempo_s=4,
    sets=2, rest_s=30, say="Bend your knees slowly.", fault="leaning", fault_measure="trunk_flexion_deg", fault_above=40,
    fault_cue="Chest up a little.", author="A. Person",
)  # fmt: skip
FAULTS = {"side": ("trunk_flexion_deg", "knee_flexion_deg"), "front": ("lean_deg", "lean_deg")}


@pytest.mark.parametrize("how", USUAL)
def test_a_starting_file_is_right(how: tuple[View, Counts]) -> None:
    """Without problem or hint: for one set and for several, with a fault and without."""
    view, counts = how
    measure, far = USUAL[how]
    for sets, fault in product((1, 3), ("", "leaning")):
        wanted = replace(
            PLAIN,
            view=view,
            counts=counts,
            measure=measure,
            far=far,
            sets=sets,
            fault=fault,
            fault_measure=FAULTS[view][0],
        )
        assert examine(starting_file(wanted), "mine.toml").problems == (), wanted


def test_what_is_answered_is_kept_as_it_is() -> None:
    """Quotation marks, backslashes and other letters break nothing."""
    title = 'She said "más\\lento" # no comment'
    examined = examine(starting_file(replace(PLAIN, title=title)), "mine.toml")
    assert examined.exercise is not None
    assert examined.exercise.title == title


def test_a_bad_answer_is_told_as_any_mistake() -> None:
    """The file is checked like every other."""
    (problem,) = examine(starting_file(replace(PLAIN, say="One two three four five six seven")), "mine.toml").problems
    assert problem.key == "cues[begin].text"


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("Small knee bend", "small_knee_bend"),
        ("Größer, weiter!", "groer_weiter"),
        ("3 steps", "exercise_3_steps"),
        ("体操", "exercise"),
    ],
)
def test_an_id_is_made_of_the_title(title: str, id_: str) -> None:
    """Letters, digits and underscores, a letter first."""
    assert id_of(title) == id_
    assert id_.isidentifier()


def test_what_it_offers_is_measured() -> None:
    """The measures of the table of measures, each seen from there."""
    for (view, _), (measure, _far) in USUAL.items():
        assert MEASURES[measure].view == view
    assert all(MEASURES[name].unit == "deg/s" and MEASURES[of].unit == "deg" for of, (name, _) in _STILL.items())

"""The actor's movement files: each loads, each variation can be done, and a bad one is refused whole."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from ownway.errors import ExerciseError
from ownway.exercises.loader import library
from tools.actor import bodies
from tools.actor.__main__ import main
from tools.actor.camera import CameraError, parse_camera
from tools.actor.clips import parse_clips, people, samples
from tools.actor.demonstration import FORM
from tools.actor.movement import Choice, UnknownNameError, chosen, movements, parse_movement
from tools.actor.pace import evenly, gently, over_and_back, swinging
from tools.actor.timeline import timeline

MINIMAL = """
exercise = "hamstring_stretch"
arms = "plumb"
order = ["all"]
[numbers]
deep = 30.0
[standing]
feet_apart_m = 0.2
[postures.tilted]
pelvis_tilt_deg = 1.0
[parts]
all = [
    { phase = "stand", lasts_s = 1.0 },
    { phase = "lower", lasts_s = 2.0, to = { tilted = "deep" } },
    { phase = "hold", lasts_s = 1.0, to = { tilted = "-deep" } },
]
"""


def amounts(text: str, fps: int = 10, seed: int = 1) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return timeline(parse_movement(text, "test.toml"), fps, np.random.default_rng(seed)).amounts["tilted"]


def test_every_movement_belongs_to_an_exercise() -> None:
    """A movement of an exercise has its name and shows its faults, no other; the rest say what they are instead."""
    for name, movement in movements().items():
        exercise = library()[movement.exercise]
        assert (name == movement.exercise) == (movement.distractor is None)
        assert set(movement.faults) <= {fault.kind for fault in exercise.faults}
    for name, exercise in library().items():
        assert set(movements()[name].faults) == {fault.kind for fault in exercise.faults}


def test_every_clip_of_people_can_be_done() -> None:
    """Each row names a movement, variations, numbers, a body and a camera that there are; tests/people has no others."""
    for clip in people().values():
        chosen(clip.choice)
        assert clip.body in bodies.names()
        clip.filmed_by()
    folder = Path(__file__).parents[1] / "people"
    assert set(people()) == {file.name.removesuffix(".jsonl.gz") for file in folder.glob("*.jsonl.gz")}


def test_a_leg_gets_there_in_its_time() -> None:
    """Nothing happens before a leg begins; it is half done after half its time and stays where it has come to."""
    tilted = amounts(MINIMAL)
    assert len(tilted) == 41
    assert tilted[[0, 10, 20, 30, 40]] == pytest.approx([0, 0, 15, 30, -30])


def test_paces_begin_and_end_where_they_should() -> None:
    """From 0 to 1 and not beyond; gently is slowest at the ends, over and back comes back."""
    s = np.array([-1.0, 0.0, 0.5, 1.0, 2.0])
    for pace in (gently, swinging, evenly):
        assert pace(s) == pytest.approx([0, 0, 0.5, 1, 1])
    assert over_and_back(s) == pytest.approx([0, 0, 1, 0, 0])
    assert gently(np.array(0.1)) < swinging(np.array(0.1)) < evenly(np.array(0.1))


def test_what_varies_is_a_matter_of_the_seed() -> None:
    """The same seed gives the same movement; another stays within the share that is said."""
    text = MINIMAL.replace("deep = 30.0", "deep = 30.0\nshare = 0.1").replace('"deep" }', '"deep" }, varies = "share"')
    assert amounts(text, seed=7) == pytest.approx(amounts(text, seed=7))
    peaks = [amounts(text, seed=seed).max() for seed in range(20)]
    assert 27 <= min(peaks) < max(peaks) <= 33


def test_phases_follow_the_legs() -> None:
    """Each frame has the phase of its leg; a leg that lasts no time has none."""
    text = MINIMAL.replace("lasts_s = 2.0", "lasts_s = 0.0")
    frames = timeline(parse_movement(text, "test.toml"), 2, np.random.default_rng(1))
    assert frames.phases() == ["stand", "stand", "hold", "hold", "hold"]
    assert [span.phase for span in frames.spans] == ["stand", "hold"]


def test_a_bad_file_is_refused_with_every_problem() -> None:
    """Types, unknown keys and missing ones are found together, with where they stand and what stands there."""
    bad = MINIMAL.replace('arms = "plumb"', 'arms = "folded"\nlegs = 2').replace('phase = "hold"', 'phase = "hang"')
    bad = bad.replace("feet_apart_m = 0.2", "feet_apart_m = true").replace('exercise = "hamstring_stretch"', "")
    with pytest.raises(ExerciseError) as refused:
        parse_movement(bad, "bad.toml")
    found = "\n".join(map(str, refused.value.problems))
    for place in ("arms", "legs", "parts.all.2.phase", "standing.feet_apart_m", "exercise"):
        assert place in found
    assert "'hang'" in found


def test_names_that_lead_nowhere_are_refused_together() -> None:
    """Numbers, postures and parts that do not exist, in the movement and in its variations."""
    bad = MINIMAL.replace('"-deep"', '"-depth"').replace('order = ["all"]', 'order = ["all", "more"]\nhands = "toes"')
    bad += """
[faults.bouncing]
numbers = { size = 1.0 }
[[waves]]
posture = "folded"
size = 1.0
hz = 1.0
"""
    with pytest.raises(ExerciseError) as refused:
        parse_movement(bad, "bad.toml")
    assert len(refused.value.problems) == 6
    for named in ("'depth'", "'more'", "hands_with", "'size'", "'folded'", "shown"):
        assert named in str(refused.value)


def test_not_toml_is_said() -> None:
    """A file that cannot be read at all says so."""
    with pytest.raises(ExerciseError, match="not TOML"):
        parse_movement("a = ", "bad.toml")
    with pytest.raises(ExerciseError, match="not TOML"):
        parse_clips("a = ", "bad.toml")


def test_a_bad_table_of_clips_is_refused_with_every_problem() -> None:
    """As a movement is."""
    with pytest.raises(ExerciseError) as refused:
        parse_clips('A = { choice = { movement = "squat", speed = 2 }, body = 1, seed = 1 }', "bad.toml")
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize(
    "choice",
    [
        Choice(movement="handstand"),
        Choice(movement="squat", fault="bouncing"),
        Choice(movement="hamstring_stretch", level="expert"),
        Choice(movement="hamstring_stretch", forms=("backwards",)),
        Choice(movement="hamstring_stretch", numbers={"speed": 2.0}),
    ],
)
def test_what_there_is_not_cannot_be_chosen(choice: Choice) -> None:
    """A name that leads nowhere is told with those that there are."""
    with pytest.raises(UnknownNameError, match=r"there is no .*; there are"):
        chosen(choice)


def test_variations_add_up() -> None:
    """A level, forms, a fault and numbers of one's own, in this order: the last word on a number counts."""
    movement, shown = chosen(
        Choice(movement="hamstring_stretch", level="toes", forms=("two_sets",), fault="too_fast", numbers={"hold_s": 5})
    )
    assert movement.hands == "toes"
    assert movement.numbers["trunk_deg"] == 122
    assert movement.numbers["hold_s"] == 5
    assert movement.numbers["lower_s"] == movements()["hamstring_stretch"].faults["too_fast"].numbers["lower_s"]
    assert list(movement.order).count("hold") == 2
    assert shown is not None


@pytest.mark.parametrize("told", ["", "front", "top,1,2,3", "front,1,2", "front,a,2,0", "front,1,0,0", "front,nan,2,0"])
def test_a_camera_that_cannot_be_is_refused(told: str) -> None:
    """The message says what was expected."""
    with pytest.raises(CameraError, match="VIEW,HEIGHT_M,DISTANCE_M,OFF_DEG"):
        parse_camera(told)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (["--exercise", "handstand"], "there is no movement 'handstand'"),
        (["--exercise", "squat", "--body", "giant"], "no body is called 'giant'"),
        (["--exercise", "squat", "--camera", "above"], "VIEW,HEIGHT_M,DISTANCE_M,OFF_DEG"),
        (["--exercise", "squat", "--set", "depth=3"], "there is no number 'depth'"),
    ],
)
def test_a_clip_that_cannot_be_made_is_told_and_leaves_nothing(
    wrong: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, what is wrong and what there is, and no file."""
    folder = tmp_path / "clips"
    assert main(["clip", *wrong, "-o", str(folder)]) == 2
    assert told in capsys.readouterr().err
    assert not folder.exists()


def test_every_variation_is_used_or_is_a_level() -> None:
    """What nobody films, nobody tests: each fault and form has a clip or a sample, or is what the figures show."""
    films = [*people().values(), *samples().values()]
    used = {(c.choice.movement, name) for c in films for name in (c.choice.fault, *c.choice.forms)}
    for name, movement in movements().items():
        for variation in chain(movement.faults, movement.forms):
            assert (name, variation) in used or variation == FORM

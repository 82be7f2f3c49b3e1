"""``ownway exercises``: what a physiotherapist sees of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ownway.cli import app
from ownway.commands.exercises import BUILT_IN
from ownway.commands.starting import Given
from ownway.exercises.json_schema import schema_text
from ownway.exercises.loader import parse_exercise
from ownway.exercises.starter import Wanted
from ownway.store.shelves import Shelves

CLIPS = Path(__file__).parent / "clips"
BEND = (BUILT_IN / "hamstring_stretch.toml").read_text(encoding="utf-8").replace('"hamstring_stretch"', '"own_bend"', 1)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give the folder for one's own exercises."""
    folder = tmp_path / "exercises"
    folder.mkdir()
    return folder


def run(own: Path, command: str, *arguments: str | Path, typed: str | None = None) -> Result:
    data_dir = () if command == "schema" else ("--data-dir", str(own.parent))
    return CliRunner().invoke(app, ["exercises", command, *map(str, arguments), *data_dir], input=typed)


def test_the_list_has_what_comes_with_ownway_and_ones_own(own: Path) -> None:
    """A bad file with how much is wrong in it."""
    (own / "bend.toml").write_text(BEND, encoding="utf-8")
    (own / "bad.toml").write_text(BEND.replace("sets = 2\n", "sets = 0\ncolour = 1\n", 1), encoding="utf-8")
    told = run(own, "list").output
    assert "trunk_rotation" in told
    assert "own_bend" in told
    assert "bad.toml: 2 problems" in told


def test_an_exercise_is_shown_in_words(own: Path) -> None:
    """By its id or its file; with its sources, and the nearest words for a name that is none."""
    told = run(own, "show", "trunk_rotation").output
    for part in ("rotation_deg", "to the end when the clock reads 180 s", "“Smaller turn.”", "Cochrane", "(none)"):
        assert part in told
    (own.parent / "bend.toml").write_text(BEND, encoding="utf-8")
    assert "own_bend, version 1" in run(own, "show", own.parent / "bend.toml").output
    assert "no exercise called nothing" in str(run(own, "show", "nothing").exception)


def test_check_tells_each_place_and_ends_with_one(own: Path) -> None:
    """For people, and as JSON for editors; 0 once all is right; of two files with one id, the second is told."""
    bad = own / "bad.toml"
    bad.write_text(BEND.replace("most_s = 45", "most_s = 4"), encoding="utf-8")
    result = run(own, "check", bad)
    line = BEND.split("most_s")[0].count("\n") + 1
    assert result.exit_code == 1
    assert f"{bad}:{line}: dose.most_s: expected at least full_s, 30, got 4" in result.output
    (row,) = json.loads(run(own, "check", bad, "--json").output)
    assert (row["line"], row["key"], row["severity"]) == (line, "dose.most_s", "problem")
    good = own / "good.toml"
    good.write_text(BEND, encoding="utf-8")
    assert run(own, "check", good).exit_code == 0
    twice = own / "twice.toml"
    twice.write_text(BEND, encoding="utf-8")
    assert f"{twice}:3: id: expected" in run(own, "check", twice).output  # by itself: good.toml is there
    assert run(own, "check", good).exit_code == 0
    result = run(own, "check", twice, good, own / "nowhere.toml")
    assert result.exit_code == 1
    assert f"{twice}:3: id: expected an id that nothing else has, got 'own_bend'" in result.output
    assert "nowhere.toml: No such file" in result.output


def test_what_is_not_translated_is_a_hint(tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a file that comes with Ownway; nobody has to translate their own."""
    from ownway.commands import exercises

    (tmp_path / "bend.toml").write_text(BEND.replace("Fold forward", "Fold yourself"), encoding="utf-8")
    assert "translation" not in run(own, "check", tmp_path / "bend.toml").output
    monkeypatch.setattr(exercises, "BUILT_IN", tmp_path)
    result = run(own, "check", tmp_path / "bend.toml")
    assert "cues[fold_forward].text: expected a translation (de)" in result.output
    assert result.exit_code == 0


def test_a_clip_is_coached_as_a_session_would_be(own: Path) -> None:
    """What was said, seen and counted, and when."""
    bend = own.parent / "bend.toml"
    bend.write_text(BEND, encoding="utf-8")
    told = run(own, "try", bend, "--on", CLIPS / "A3_bend_bent_knees.jsonl.gz").output
    for part in (
        "“Stand tall, arms down.”",
        "fault bent_knees: knee_flexion_deg",
        "“Straighten your knees a little.”",
        "set 1",
    ):
        assert part in told
    assert "Faults: bent_knees (" in told
    assert run(own, "try", bend).exit_code == 2


def test_what_is_no_file_is_told_and_not_waited_for(own: Path) -> None:
    """A folder, and a pipe that nobody writes into."""
    (own / "a.toml").mkdir()
    os.mkfifo(own / "b.toml")
    assert [bad.name for bad in Shelves(own).now().bad] == ["a.toml", "b.toml"]


def test_a_tried_file_stands_among_the_others(own: Path) -> None:
    """Wherever it lies; it comes before one of the same id in the folder, which is told."""
    tried = own.parent / "tried.toml"
    tried.write_text(BEND.replace("Standing hamstring stretch", "Tried"), encoding="utf-8")
    (own / "bend.toml").write_text(BEND, encoding="utf-8")
    shelf = Shelves(own, tried).now()
    assert shelf.exercises["own_bend"].title == "Tried"
    assert [bad.name for bad in shelf.bad] == ["bend.toml"]


def test_new_writes_a_right_file_and_never_over_another(own: Path) -> None:
    """With all that editors need; what was given is in it."""
    result = run(own, "new", "--yes", "--title", "Small bow", "--counts", "hold", "--many", "15")
    file = own / "small_bow.toml"
    assert result.exit_code == 0, result.output
    exercise = parse_exercise(file.read_text(encoding="utf-8"), file.name)
    assert (exercise.title, exercise.dose.full_s) == ("Small bow", 15)
    assert file.read_text(encoding="utf-8").startswith("#:schema ./exercise.schema.json\n")
    assert (own / "exercise.schema.json").read_text(encoding="utf-8") == schema_text()
    assert run(own, "check", file).exit_code == 0
    assert "is there already" in str(run(own, "new", "--yes", "--title", "Small bow").exception)
    taken = run(own, "new", "--yes", "--title", "Run").exception
    assert "The guided run has this one" in str(taken)
    file.rename(own / "another_name.toml")
    assert "Another file of yours has this one" in str(run(own, "new", "--yes", "--title", "Small bow").exception)
    assert sorted(file.name for file in own.glob("*.toml")) == ["another_name.toml"]


@pytest.mark.parametrize(
    "option",
    ["--say=One two three four five six seven", "--rest-s=nan", "--tempo-s=inf", "--measure=nothing", "--title= "],
)
def test_an_option_fits_as_an_answer_does(own: Path, option: str) -> None:
    """Else it is named, and nothing is written."""
    result = run(own, "new", "--yes", option)
    assert result.exit_code == 2
    assert option.partition("=")[0] in result.output
    assert not list(own.iterdir())


def test_a_title_may_have_letters_that_stand_on_no_line(own: Path) -> None:
    """They are left out of the file, as is what makes its name too long."""
    result = run(own, "new", "--yes", "--title", "Bow\n\x07" + "w" * 70)
    assert result.exit_code == 0, result.output
    assert len(next(own.glob("*.toml")).stem) == 64


def test_new_asks_and_asks_again(own: Path) -> None:
    """An answer that fits nowhere is asked for once more; an empty one takes what is usual."""
    typed = ["Sway", "above", "front", "sides", "?", "side_bend_deg", "", "lots", "6", "3", "2", "20"]
    typed += ["One two three four five six seven", "Sway slowly.", "leaning", "lean_deg", "9", "", "", ""]
    result = run(own, "new", typed="\n".join(typed) + "\n")
    assert result.exit_code == 0, result.output
    exercise = parse_exercise((own / "sway.toml").read_text(encoding="utf-8"), "sway.toml")
    assert exercise.repetitions is not None
    assert (exercise.repetitions.sides, exercise.repetitions.tempo_s, exercise.dose.repetitions) == (2, 3, 6)
    assert (exercise.faults[0].kind, exercise.faults[0].above) == ("leaning", 9)
    assert exercise.cue("begin").text == "Sway slowly."
    assert "lean_deg (deg): sideways lean of the trunk" in result.output


def test_a_height_is_held_and_not_counted(own: Path) -> None:
    """On tiptoe: said at the question, and not when all is answered."""
    typed = ["On tiptoe", "side", "repetitions", "heel_lift_cm", "knee_flexion_deg"]
    assert "heel_lift_cm" not in run(own, "new", typed="\n".join(typed)).output.split("Error:")[1]
    result = run(
        own, "new", "--yes", "--title", "On tiptoe", "--counts", "hold", "--measure", "heel_lift_cm", "--far", "3"
    )
    assert result.exit_code == 0, result.output
    exercise = parse_exercise((own / "on_tiptoe.toml").read_text(encoding="utf-8"), "on_tiptoe.toml")
    assert (exercise.hold, exercise.keeps) == (None, ("heel_lift_cm",))


def test_every_answer_can_be_given_beforehand() -> None:
    """The options are the answers."""
    assert Given.__annotations__.keys() == Wanted.__annotations__.keys()

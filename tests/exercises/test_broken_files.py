"""Files that somebody broke, one mistake each: what is told names the right line and the right key, and nothing else."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownway.exercises.encodings import decoded
from ownway.exercises.loader import examine
from ownway.exercises.salvage import MOST_BROKEN

FOLDER = resources.files("ownway.exercises") / "library"
TEXTS = {
    name: (FOLDER / f"{name}.toml").read_text(encoding="utf-8") for name in ("hamstring_stretch", "trunk_rotation")
}
STRETCH, ROTATION = TEXTS


@dataclass(frozen=True)
class Broken:
    """A mistake: ``old`` becomes ``new`` where it first stands, and ``key`` is told, ``below`` lines under that place."""

    what: str
    old: str
    new: str
    key: str
    below: int = 0
    at: str = ""  # ... or in the first line that has this
    says: str = ""
    file: str = STRETCH
    severity: str = "problem"

    @property
    def text(self) -> str:
        assert self.old in TEXTS[self.file], self.what
        return TEXTS[self.file].replace(self.old, self.new, 1)

    @property
    def is_toml(self) -> bool:
        try:
            tomllib.loads(self.text)
        except tomllib.TOMLDecodeError:
            return False
        return True

    @property
    def line(self) -> int:
        before = self.text.split(self.at)[0] if self.at else TEXTS[self.file].split(self.old)[0]
        return before.count("\n") + 1 + self.below


_LOWER = '[[phases]]\nname = "lower"'
_HOLD = '[[phases]]\nname = "hold"'
_CUES = '[[cues]]\nid = "fold_forward"'
_LAST_WAY = 'when = [{ measure = "trunk_flexion_deg", above = 25 }]\n'
_AND_THEN = '[[phases.next]]\nto = "{}"\nafter_s = 10\n'
_SPINNING = """[[phases]]
name = "spin"
[[phases.next]]
to = "spin_on"
after_s = 1
[[phases]]
name = "spin_on"
[[phases.next]]
to = "spin"
after_s = 1
"""

BROKEN = (
    # no TOML: what is missing
    Broken("no equals sign", "version = 1", "version 1", "version", says="Write version = …"),
    Broken("a colon for the equals sign", "rest_s = 20", "rest_s: 20", "dose.rest_s", says="not rest_s: …"),
    Broken("a text that does not begin", 'takes = "About', "takes = About", "takes", says="before it, too"),
    Broken("a text that does not end", 'bend forward"\n', "bend forward\n", "needs", says="Close the text"),
    Broken("a text over several lines that does not end", 'needs = "', 'needs = """', "needs", says="three quotation marks"),
    Broken("a text within a list that does not end", '"hip"]', '"hip]', "cautions", says="Close the text"),
    Broken("a text without quotation marks", 'first_phase = "lower"', "first_phase = lower", "first_phase", says='A text is written "lower".'),
    Broken("a list that does not end", 'hip"]', 'hip"', "cautions", says="close the list"),
    Broken("a list that does not begin", '["surgery"', '"surgery"', "cautions", says="before the first entry"),
    Broken("a list without its commas", '"surgery", "preg', '"surgery" "preg', "cautions", says="after each entry"),
    Broken("a table in a list that does not end", 'full_s = 30, cue = "one_set_done" }', 'full_s = 30, cue = "one_set_done"', "dose.finishes", says="close the table"),
    Broken("a table in a list that does not begin", "{ sets = 1,", "sets = 1,", "dose.finishes", says="a curly bracket before it"),
    Broken("a table's bracket is missing", "[camera]", "[camera", "camera", says="the name of a table"),
    Broken("a table's first bracket is missing", "[dose]", "dose]", "dose", says="As many brackets"),
    Broken("one of two brackets", "[[faults]]", "[faults]]", "faults[bent_knees]", says="As many brackets"),
    Broken("one bracket where there are several", "[[faults]]", "[faults]", "faults[bent_knees]", says="[[like_this]]"),
    Broken("two brackets where there is one", "[hold]", "[[hold]]", "hold", says="Write its name [hold]"),
    Broken("nothing behind the equals sign", "full_s = 30", "full_s =", "dose.full_s", says="take the line out"),
    # ... what is twice
    Broken("the same key twice", "sets = 2\n", "sets = 2\nsets = 3\n", "dose.sets", 1, says="stands in line 39 already"),
    Broken("the same table twice", "[hold]", "[dose]", "dose", says="begins in line 38 already"),
    Broken("two keys on a line", "rest_s = 20", "rest_s = 20, counts_from_repetitions = 1", "dose.rest_s", says="a line of its own"),
    # ... how numbers and words are written elsewhere
    Broken("a comma for a point", "above = 1.0", "above = 1,0", "faults[bouncing].above", says="Write 1.0."),
    Broken("a number with its unit", "rest_s = 20", "rest_s = 20 s", "dose.rest_s", says="Write 20 without “s”"),
    Broken("a zero before a number", "rest_s = 20", "rest_s = 020", "dose.rest_s", says="Write 20."),
    Broken("no digit before the point", "for_s = 0.6", "for_s = .6", "faults[bent_knees].for_s", says="Write 0.6."),
    Broken("another minus", "rest_s = 20", "rest_s = −20", "dose.rest_s", says="Write -20."),
    Broken("true with a capital", "bends = true", "bends = True", "bends", says="Write true"),
    Broken("yes for true", "bends = true", "bends = yes", "bends", says="Write true"),
    Broken("a comment of another language", "rest_s = 20", "rest_s = 20  // seconds", "dose.rest_s", says="begins with #"),
    Broken("a quotation mark within a text", "bend forward", 'bend "down" and', "needs", says="“ and ”"),
    Broken("a backslash", "bend forward", r"bend\down", "needs", says="a text without a backslash"),
    # ... what text programs make of it
    Broken("curly quotation marks", '"hori_2019"', "“hori_2019”", "claims[3].sources", says="straight quotation marks"),
    Broken("German quotation marks", 'title = "Standing hamstring stretch"', "title = „Standing hamstring stretch“", "title", says="straight quotation marks"),
    Broken("one of them curly", 'title = "Standing hamstring stretch"', 'title = "Standing hamstring stretch”', "title", says="straight quotation marks"),
    Broken("a blank that is none", "rest_s = 20", "rest_s\u00a0= 20", "dose.rest_s", says="rest_s·= 20"),
    Broken("a letter nobody can see in a comment", "rest_s = 20", "rest_s = 20\n# \x07", "dose", 1, says="nobody can see"),
    Broken("a letter nobody can see", "rest_s = 20", "rest_s = 20\x07", "dose.rest_s", says="nobody can see"),
    # keys
    Broken("a key is missing at the top", 'takes = "About 3 minutes: two holds of 30 to 45 seconds"\n', "", "takes", -7),
    Broken("a key is missing in a table", "most_s = 45\n", "", "dose.most_s", -3),
    Broken("a key is missing in a list of tables", "for_s = 0.6\n", "", "faults[bent_knees].for_s", -5),
    Broken("a key is missing in an inline table", "sets = 1, full_s = 30", "sets = 1", "dose.finishes[one_set_done].full_s"),
    Broken("a whole table is missing", "[fault_texts]", "[fault_text]", "fault_text", says="Did you mean fault_texts?"),
    Broken("a key misspelt at the top", 'summary = "', 'sumary = "', "sumary", says="Did you mean summary?"),
    Broken("a key misspelt in a table", "rest_s = 20", "rests_s = 20", "dose.rests_s", says="Did you mean rest_s?"),
    Broken("an optional key misspelt", "clear_below = 12", "clear_belwo = 12", "faults[bent_knees].clear_belwo"),
    Broken("a key in an inline table misspelt", 'measure = "trunk_drift_deg_s", within = 7', 'measure = "trunk_drift_deg_s", witin = 7', "phases[lower].next[1].when[2].witin"),
    Broken("a key nobody knows", "rest_s = 20", "rest_s = 20\ncolour = 1", "dose.colour", 1),
    Broken("a key in the wrong table", 'pause_by_hand = true', 'pause_by_hand = true\nsets = 2', "camera.sets", 1),
    # types
    Broken("a text for a number", "sets = 2\n", 'sets = "two"\n', "dose.sets", says="expected a whole number, got 'two'"),
    Broken("true for a number", "sets = 2\n", "sets = true\n", "dose.sets", says="got true"),
    Broken("a broken number for a whole one", "version = 1", "version = 1.5", "version"),
    Broken("a number for a text", 'sample = "hamstring_stretch.mp4"', "sample = 1", "sample"),
    Broken("a text for a list", 'phases = ["lower"]', 'phases = "lower"', "faults[too_fast].phases", says="a list"),
    Broken("a list with a wrong entry", '"trunk_flexion_deg", "descent', '7, "descent', "keeps[1]"),
    Broken("a number for true", "bends = true", "bends = 1", "bends", says="true or false"),
    Broken("a table for a text", 'author = "The Ownway authors"', 'author = { name = "me" }', "author"),
    Broken("no such view", 'view = "side"', 'view = "above"', "camera.view", says="one of side, front"),
    Broken("no such level of a cue", 'level = "safety"', 'level = "savety"', "cues[hold_still].level", says="Did you mean safety?"),
    Broken("no such caution", '"hip"]', '"knee"]', "cautions[6]", says="one of surgery, pregnancy"),
    # numbers
    Broken("a negative time", "rest_s = 20", "rest_s = -20", "dose.rest_s", says="at least 0"),
    Broken("a negative time in a way", "after_s = 20", "after_s = -1", "phases[rest].next[1].after_s"),
    Broken("no set at all", "sets = 2\n", "sets = 0\n", "dose.sets", says="at least 1"),
    Broken("version 0", "version = 1", "version = 0", "version"),
    Broken("a number nobody can keep", "rest_s = 20", "rest_s = inf", "dose.rest_s"),
    Broken("no number at all", "clear_below = 12", "clear_below = nan", "faults[bent_knees].clear_below"),
    Broken("surer than sure", "sure_from = 0.7", "sure_from = 70", "faults[over_rotation].sure_from", file=ROTATION),
    Broken("more than the whole peak", "below_share_of_peak = 0.93", "below_share_of_peak = 93", "phases[hold].next[1].when[1].below_share_of_peak"),
    # names that lead nowhere
    Broken("no such measure", 'measure = "knee_flexion_deg"', 'measure = "knee_flexion"', "faults[bent_knees].measure", says="Did you mean knee_flexion_deg?"),
    Broken("no such measure in a condition", '[{ measure = "trunk_flexion_deg", below = 25 }]', '[{ measure = "height", below = 25 }]', "phases[lower].say_while[1].measure"),
    Broken("no such measure to keep", '"fingertip_to_floor_cm"]', '"fingertip"]', "keeps[3]"),
    Broken("a measure of the other view", 'measure = "knee_flexion_deg"', 'measure = "lean_deg"', "faults[bent_knees].measure", says="seen from the front only"),
    Broken("a measure of the other view, held", '[hold]\nmeasure = "trunk_flexion_deg"', '[hold]\nmeasure = "rotation_deg"', "hold.measure", 1),
    Broken("a hold of no angle", '[hold]\nmeasure = "trunk_flexion_deg"', '[hold]\nmeasure = "heel_lift_cm"', "hold.measure", 1, says="Leave [hold] out"),
    Broken("no such cue of a fault", 'cue = "straighten_knees"', 'cue = "straighten_knee"', "faults[bent_knees].cue", says="Did you mean straighten_knees?"),
    Broken("no such cue of a phase", 'say = "hold_here"', 'say = "stay"', "phases[hold].say"),
    Broken("no such cue of a mark", 'cue = "five"', 'cue = "fife"', "marks[fife].cue"),
    Broken("no such cue while standing", 'stand_cue = "stand_tall"', 'stand_cue = "stand"', "camera.stand_cue"),
    Broken("no such cue at the end", 'cue = "one_set_done"', 'cue = "applause"', "dose.finishes[applause].cue"),
    Broken("no such first phase", 'first_phase = "lower"', 'first_phase = "start"', "first_phase"),
    Broken("a way to nowhere", 'to = "done"', 'to = "finish"', "phases[rise].next[1].to"),
    Broken("a fault of no phase there is", 'phases = ["hold", "rise"]', 'phases = ["hold", "raise"]', "faults[too_fast].phases[2]", says="Did you mean rise?"),
    Broken("a mark in no phase there is", 'phase = "hold"', 'phase = "held"', "marks[twenty_seconds].phase"),
    Broken("no such source", '"hori_2019"', '"nobody"', "claims[3].sources[1]"),
    Broken("no such joint", 'joints = ["knee"]', 'joints = ["toe"]', "faults[bent_knees].joints[1]"),
    Broken("no such picture", 'main = "hold"', 'main = "held"', "demonstration.main"),
    Broken("a figure's fault that is none", 'id = "bouncing"', 'id = "hopping"', "demonstration.faults[hopping].id"),
    Broken("a moment that is an angle", 'since = "bounce_since_s"', 'since = "trunk_flexion_deg"', "faults[bouncing].since", says="of unit s"),
    Broken("what only counting knows", 'measure = "bounce_amplitude_deg"', 'measure = "repetition_range_deg"', "faults[bouncing].measure", says="no table [repetitions]"),
    # repetitions
    Broken("repetitions of no angle", 'measure = "rotation_deg"', 'measure = "rotation_speed_deg_s"', "repetitions.measure", says="degrees", file=ROTATION),
    Broken("repetitions that never turn", "back_deg = 8 ", "back_deg = 30 ", "repetitions.back_deg", file=ROTATION),
    Broken("a comfort of one side", "sides = 2\n", "sides = 1\n", "repetitions.comfort", 5, says="both sides", file=ROTATION),
    Broken("three sides", "sides = 2\n", "sides = 3\n", "repetitions.sides", says="one of 1, 2", file=ROTATION),
    Broken("repetitions nobody counts", "rest_s = 20", "rest_s = 20\nrepetitions = 8", "dose.repetitions", 1),
    Broken("a time that no repetitions take", "rest_s = 0", "rest_s = 0\nrepetitions = 20", "dose.full_s", -3, says="70: 20 repetitions of 3.5 s", file=ROTATION),
    Broken("a mark on a count that is none", 'left_s = 10\ncue = "ten_seconds"', 'left_count = 10\ncue = "ten_seconds"', "marks[ten_seconds].left_count", file=ROTATION),
    # words
    Broken("a cue of seven words", 'text = "Ten seconds."', 'text = "Only ten more seconds to go now."', "cues[ten_seconds].text", says="It has 7"),
    Broken("a cue without words", 'text = "Five."', 'text = ""', "cues[five].text"),
    Broken("a threshold without a source", 'source = "Chosen by us, as on the way down."', 'source = ""', "faults[too_fast].source", says="Chosen by us"),
    Broken("a grade without a source", 'sources = ["hori_2019"]', "", "claims[3].sources", -3),
    Broken("a fault without its line", 'bouncing = "Stillness: find your limit, breathe, and let it come to you."\n', "", "fault_texts.bouncing", -2),
    Broken("a place without a name", '"Back Pain"]', '""]', "path[4]"),
    Broken("a title of blanks", 'title = "Standing hamstring stretch"', 'title = " "', "title"),
    # twice
    Broken("a cue twice", _CUES, f'[[cues]]\nid="done"\ntext = "Done."\nlevel = "guide"\n\n{_CUES}', "cues[done].id", at='id = "done"'),
    Broken("a phase twice", _HOLD, f'{_LOWER}\n\n{_HOLD}', "phases[lower].name", 1),
    Broken("a phase of a name that Ownway knows", _LOWER, f'[[phases]]\nname = "find"\n[[phases.next]]\nto = "lower"\nafter_s = 1\n\n{_LOWER}', "phases[find].name", 1, says="other than find, view"),
    Broken("a level twice", 'id = "toes"\ntext = "Fingers', 'id = "knees"\ntext = "Fingers', "levels[knees].id"),
    Broken("a picture twice", 'id = "stand"', 'id = "rise"', "demonstration.pictures[rise].id", 15),
    Broken("a posture's angle misspelt", "trunk_flexion_deg = 90, neck", "trunk_flection_deg = 90, neck", "demonstration.pictures[hold].posture.trunk_flection_deg", says="trunk_flexion_deg"),
    Broken("a fold beyond what bodies do", "trunk_flexion_deg = 90, neck", "trunk_flexion_deg = 190, neck", "demonstration.pictures[hold].posture.trunk_flexion_deg", says="150"),
    Broken("an angle that the view cannot show", "trunk_flexion_deg = 90, neck", "side_bend_deg = 20, neck", "demonstration.pictures[hold].posture.side_bend_deg", says="trunk_flexion_deg"),
    Broken("arms of no such kind", 'trunk_flexion_deg = 90, neck', 'arms = "wide", neck', "demonstration.pictures[hold].posture.arms", says="plumb"),
    Broken("a picture that is not drawn", "posture = { trunk_flexion_deg = 90, neck_flexion_deg = 15, takes_s = 3 }\n", "", "demonstration.pictures[hold].posture", below=-3, severity="hint"),
    Broken("a dose twice", "sets = 1, full_s = 30", "sets = 2, full_s = 30", "dose.finishes[two_sets_done]", 1),
    # limits
    Broken("mended on the wrong side", "clear_below = 12", "clear_below = 20", "faults[bent_knees].clear_below", says="at most 16"),
    Broken("never mended", "clear_below = 40", "clear_below = 0", "faults[too_fast].clear_below"),
    Broken("mended nowhere", "clear_below = 12\n", "", "faults[bent_knees].clear_below", -4),
    Broken("two limits at once", "clear_below = 12", "clear_below = 12\nclear_above = 3", "faults[bent_knees].clear_above", 1),
    Broken("a fault that can never fire", "above = 16", "above = 400", "faults[bent_knees].above", says="between -180 and 180"),
    Broken("a fault that always fires", "above = 1.0\nclear_below = 0.6", "above = -1.0\nclear_below = -2", "faults[bouncing].above", says="all the time"),
    Broken("a fault of everybody who stands", 'measure = "descent_speed_deg_s"\nabove = 90\nclear_below = 40', 'measure = "trunk_flexion_deg"\nabove = -5\nclear_below = -9', "faults[too_fast].above", 1, says="standing"),
    Broken("a fault in no phase", 'phases = ["hold"]', "phases = []", "faults[bent_knees].phases"),
    Broken("own tempo with above", "clear_for_s = 0.4", 'clear_for_s = 0.4\nown = "tempo"', "faults[bent_knees].own", 1),
    Broken("a condition with two limits", "above = 25 },      # chosen", "above = 25, below = 90 },      # chosen", "phases[lower].next[1].when[1]"),
    Broken("a condition that never holds", "above = 25 },      # chosen", "above = 250 },      # chosen", "phases[lower].next[1].when[1].above"),
    Broken("conditions that exclude each other", "when = [{ measure = \"trunk_flexion_deg\", below = 15 }]", "when = [{ measure = \"trunk_flexion_deg\", below = 15 }, { measure = \"trunk_flexion_deg\", above = 30 }]", "phases[rise].next[1].when", says="at the same time"),
    Broken("conditions that only touch each other", 'when = [{ measure = "trunk_flexion_deg", below = 15 }]', 'when = [{ measure = "trunk_flexion_deg", below = 15 }, { measure = "trunk_flexion_deg", above = 15 }]', "phases[rise].next[1].when", says="at the same time"),
    Broken("within and beyond", '"rotation_speed_deg_s", beyond = 4 },', '"rotation_speed_deg_s", beyond = 4 }, { measure = "rotation_speed_deg_s", within = 3 },', "phases[swing].clock_while", -1, says="at the same time", file=ROTATION),
    Broken("a clock that stops before", "at_clock_s = 180", "at_clock_s = 500", "phases[swing].next[1].at_clock_s", says="stops at most_s", file=ROTATION),
    Broken("a way that nothing opens", "after_s = 20\n", "", "phases[rest].next[1]", -2),
    Broken("a fault longer than its phase", 'for_s = 0.6\nclear_for_s = 0.4\nphases = ["hold"]', 'for_s = 60\nclear_for_s = 0.4\nphases = ["rest"]', "faults[bent_knees].for_s", says="20 s"),
    # dose
    Broken("at most less than full", "most_s = 45", "most_s = 20", "dose.most_s"),
    Broken("a set that never counts", "counts_from_s = 10", "counts_from_s = 40", "dose.counts_from_s", says="Else no set would count"),
    Broken("the dose has no finish", "sets = 2, full_s = 30", "sets = 3, full_s = 30", "dose.finishes", -2),
    Broken("a mark beyond the dose", "at_s = 45", "at_s = 50", "marks[roll_up].at_s"),
    Broken("a mark before the beginning", "left_s = 20", "left_s = 40", "marks[twenty_seconds].left_s"),
    Broken("a mark at two times", "at_s = 45", "at_s = 45\nleft_s = 1", "marks[roll_up]", -2),
    Broken("a mark where no clock is", 'phase = "hold"\nat_s = 45', 'phase = "rise"\nat_s = 45', "marks[roll_up].phase"),
    Broken("a level beyond the dose", "full_s = 30\ngood_from_s = 30\ncamera", "full_s = 31\ngood_from_s = 30\ncamera", "levels[seated].full_s"),
    Broken("a level that is never good", "good_from_s = 30\ncamera", "good_from_s = 61\ncamera", "levels[seated].good_from_s"),
    Broken("no first level", "first = true\n", "", "levels", at="[[levels]]"),
    Broken("words without a pole there is", "[hold]", '[without_pole]\nneeds = ""\nsteps = []\nprepare = []\n[hold]', "without_pole"),
    # how phases hang together
    Broken("a phase nobody can reach", _LOWER, f'[[phases]]\nname = "island"\n[[phases.next]]\nto = "lower"\nafter_s = 1\n\n{_LOWER}', "phases[island].name", 1),
    Broken("a phase that another one comes before", "after_s = 20\n", 'after_s = 20\n[[phases.next]]\nto = "late"\nafter_s = 30\n[[phases]]\nname = "late"\nwithout_camera_s = 1\n[[phases.next]]\nto = "done"\nafter_s = 1\n', "phases[late].name", 5),
    Broken("a phase without a way out", _LAST_WAY, _LAST_WAY + _AND_THEN.format("dark") + '[[phases]]\nname = "dark"\n', "phases[dark].next", 4),
    Broken("an end that nobody reaches", 'to = "done"', 'to = "rest"', "phases", at="[[phases]]"),
    Broken("no way out, misspelt", "[[phases.next]]", "[[phases.nxt]]", "phases[swing].nxt", file=ROTATION),
    Broken("a corner from which no way ends", _LAST_WAY, _LAST_WAY + _AND_THEN.format("spin") + _SPINNING, "phases[spin].next", 6),
    Broken("nothing counts", "counts = true", "counts = false", "phases", at="[[phases]]", file=ROTATION),
    Broken("a phase that only a camera ends", "without_camera_s = 6\n", "", "phases[rise].without_camera_s", -7, severity="hint"),
    # file names
    Broken("an id that leaves the folder", 'id = "hamstring_stretch"', 'id = "../stretch"', "id"),
    Broken("a picture that leaves the folder", 'id = "rise"', 'id = "../rise"', "demonstration.pictures[../rise].id"),
    # hints
    Broken("a cue nobody says", 'phase = "hold"\nleft_s = 5\ncue = "five"', 'phase = "hold"\nleft_s = 5\ncue = "ten_seconds"', "cues[five].id", at='id = "five"', severity="hint"),
)  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.what)
def test_a_mistake_is_told_where_it_is(broken: Broken) -> None:
    """File, line and key of the one mistake, and of nothing else."""
    problems = examine(broken.text, "mine.toml").problems
    assert [(p.file, p.line, p.key, p.severity) for p in problems] == [
        ("mine.toml", broken.line, broken.key, broken.severity)
    ], [str(p) for p in problems]
    assert broken.says in str(problems[0])


@pytest.mark.parametrize("digits", [f"1{'0' * 400}", f"0x{'f' * 5000}"])
def test_a_number_of_far_too_many_digits_is_told(digits: str) -> None:
    """Where any number may stand, and where only a whole one; no reckoning breaks on it."""
    text = (
        TEXTS[STRETCH]
        .replace("clear_below = 12", f"clear_below = {digits}")
        .replace("sets = 2\n", f"sets = {digits}\n", 1)
    )
    assert [key for _, key, _ in _problems(text)] == ["dose.sets", "faults[bent_knees].clear_below"]


def test_what_stands_for_a_broken_value_can_be_written() -> None:
    """As a letter that nobody can see, which is told like any other."""
    for letter in ("0000", "001b"):
        text = TEXTS[STRETCH].replace('"The Ownway authors"', f'"\\u{letter}"', 1)
        assert [key for _, key, _ in _problems(text)] == ["author"]


def test_a_line_without_end_is_told_at_once() -> None:
    """What is broken is looked for in lines that somebody could have typed."""
    assert _problems(f"id = 1\n{' ' * 90_000}x") == [(2, "", "at most 2000 letters in a line")]


def test_nobody_is_watched_who_has_not_begun() -> None:
    """Where repetitions come home, a fault below what standing reads accuses nobody, and one of the counted angle needs it to be far."""
    squat = (FOLDER / "half_squat.toml").read_text(encoding="utf-8")
    fault = next(part for part in squat.split("\n\n") if 'kind = "leaning_far"' in part)
    below = fault.replace("above =", "below = 5 #").replace("clear_below =", "clear_above = 7 #")
    assert _problems(squat.replace(fault, below)) == []
    counted = below.replace('measure = "trunk_flexion_deg"', 'measure = "knee_flexion_deg"')
    assert [key for _, key, _ in _problems(squat.replace(fault, counted))] == ["faults[leaning_far].below"]


def _problems(text: str) -> list[tuple[int | None, str, str]]:
    return [(p.line, p.key, str(p.expected)) for p in examine(text, "mine.toml").problems]


THREE = (
    ("no equals sign", "a cue of seven words", "a negative time"),
    ("curly quotation marks", "no such level of a cue", "mended on the wrong side"),
    ("a table's bracket is missing", "a key nobody knows", "no such cue of a fault"),
    ("a list that does not end", "the same key twice", "a condition that never holds"),
    ("a comma for a point", "a text for a number", "a level twice"),
    ("one of two brackets", "a table in a list that does not begin", "a condition with two limits"),
    ("a text over several lines that does not end", "a key in an inline table misspelt", "a way to nowhere"),
    ("a comma for a point", "two limits at once", "a text within a list that does not end"),
)


@pytest.mark.parametrize("names", THREE, ids=" & ".join)
def test_three_mistakes_are_told_together(names: tuple[str, ...]) -> None:
    """Each as it is told alone, and nothing that follows from it: what cannot be read hides nothing that can."""
    named = {broken.what: broken for broken in BROKEN}
    text, kinds = TEXTS[STRETCH], set()
    for broken in (named[name] for name in names):
        assert broken.old in text
        text = text.replace(broken.old, broken.new, 1)
        kinds |= {(key, said) for _, key, said in _problems(broken.text)}
    problems = examine(text, "mine.toml").problems
    assert len(problems) == 3, [str(p) for p in problems]
    assert {(p.key, str(p.expected)) for p in problems} == kinds


_LINES = TEXTS[ROTATION].split("\n")
_EVERY = 37  # lines; what is left out here was tried once, all of 9,000 mistakes in five files


def _slips(line: str) -> set[str]:
    """Return a line as it would be with one sign forgotten, or another in its place."""
    if line.startswith("["):
        return {line.replace("]", "", 1), line.replace("[", "", 1)}
    ends = {line.replace('"', "“", 1), line.replace('"', "", 1), '"'.join(line.rsplit('"', 1)[:1])} - {line}
    return {line.replace(" =", "", 1), line.partition("=")[0] + "=", *ends} if " =" in line else set()


def test_wherever_a_sign_is_forgotten_one_mistake_is_told_and_there() -> None:
    """On its own line, with nothing that follows from it."""
    tried = 0
    for at in range(2, len(_LINES), _EVERY):
        for slip in _slips(_LINES[at].split("  #")[0].rstrip()):
            text = "\n".join([*_LINES[:at], slip, *_LINES[at + 1 :]])
            assert [line for line, *_ in _problems(text)] == [at + 1], slip
            tried += 1
    assert tried > 15


@given(st.lists(st.tuples(st.integers(0, 300), st.text("=\"'[]{}#.,\n abc1\\\x00ü“", max_size=4)), max_size=4))
@settings(max_examples=12, deadline=None)
def test_nothing_that_is_written_breaks_it(strewn: list[tuple[int, str]]) -> None:
    """Signs strewn anywhere: it always comes to an end, and each line told of is there."""
    lines = TEXTS[STRETCH].split("\n")
    for at, signs in strewn:
        lines[at] = lines[at][: at % 7] + signs + lines[at][at % 7 :]
    text = "\n".join(lines)
    assert all(1 <= (line or 1) <= text.count("\n") + 1 for line, *_ in _problems(text))


@pytest.mark.parametrize("text", ["", " \n\n", "# My exercise\n"])
def test_an_empty_file_is_one_mistake(text: str) -> None:
    """Not one for each key it has not."""
    assert [str(p) for p in examine(text, "mine.toml").problems] == [
        "mine.toml:1: expected an exercise, got nothing. `ownway exercises new` writes one to begin with."
    ]


def test_what_holds_no_key_at_all_misses_none() -> None:
    """A page saved by a browser: what it is not is enough."""
    assert [p.line for p in examine("<html>\n", "mine.toml").problems] == [1]


def test_of_far_too_many_mistakes_the_first_are_told() -> None:
    """A file of another kind: nobody mends it line by line."""
    *told, last = examine(TEXTS[STRETCH].replace("=", ":"), "mine.toml").problems
    assert len(told) == MOST_BROKEN
    assert str(last).endswith("There is more; please mend these first.")


@pytest.mark.parametrize(
    ("data", "got", "line"),
    [
        (TEXTS[STRETCH].encode("utf-16"), "UTF-16", 1),
        (TEXTS[STRETCH].encode("utf-16-le"), "UTF-16", 1),
        ("sets = 1\r\ntitle = 'Rücken'".encode("cp1252"), "title = 'Rücken'", 2),
        (b"PK\x03\x04\x14\x00word/document.xml", "Word (.docx)", 1),
        (rb"{\rtf1\ansi title", "RTF", 1),
    ],
)
def test_a_file_that_is_saved_in_another_way(data: bytes, got: str, line: int) -> None:
    """Is told by what it is; the words are read as well as can be, so that what else is wrong is told, too."""
    read = decoded(data)
    first = examine(read.text, "mine.toml", read.findings).problems
    saved = [p for p in first if "UTF-8" in str(p.expected)]
    assert [(p.got, p.line) for p in saved] == [(got, line)]
    assert (len(first) == 1) == (data.startswith((b"PK", b"{")) or b"s\x00t\x00a\x00n\x00d" in data)


def test_how_lines_end_is_all_one() -> None:
    """Windows, an old Mac, and a mark at the beginning that editors put there."""
    plain = decoded(TEXTS[STRETCH].encode())
    assert plain.findings == ()
    for ends, encoding in (("\r\n", "utf-8"), ("\r", "utf-8"), ("\n", "utf-8-sig")):
        assert decoded(TEXTS[STRETCH].replace("\n", ends).encode(encoding)) == plain


def test_there_are_at_least_fifty() -> None:
    """Of many kinds, and each says what was expected."""
    assert len(BROKEN) >= 50
    assert len({broken.what for broken in BROKEN}) == len(BROKEN)

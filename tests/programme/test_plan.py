"""Today's plan: what is offered, what is left, and why."""

from __future__ import annotations

from datetime import date

import pytest

from ownway.programme.days import Days, Mark
from ownway.programme.plan import BECAUSE, Line, Plan, plan_for
from tests.programme.diary import ROTATION, STRETCH, day, session


def states(plan: Plan) -> dict[str, str]:
    """Return the state of each line."""
    return {line.item: line.state for line in plan.lines}


def line(plan: Plan, item: str) -> Line:
    """Return a line of the plan."""
    return next(one for one in plan.lines if one.item == item)


def test_a_fresh_day_offers_everything() -> None:
    """Two holds, a minute of rotation to begin with, and a run or walk."""
    plan = plan_for(day(0), Days())
    assert states(plan) == {STRETCH: "open", ROTATION: "open", "run": "open"}
    assert (line(plan, STRETCH).sets_left, line(plan, STRETCH).left_s) == (2, 90.0)
    assert line(plan, ROTATION).left_s == 60.0
    assert not plan.ask_morning


def test_what_is_done_is_taken_off() -> None:
    """One hold leaves one; twenty seconds of rotation leave forty."""
    plan = plan_for(day(0), Days(sessions=(session(0, sets=1, good_s=40.0), session(0, ROTATION, sets=1, good_s=20.0))))
    assert (line(plan, STRETCH).sets_left, line(plan, STRETCH).left_s) == (1, 50.0)
    assert line(plan, ROTATION).left_s == 40.0


def test_a_whole_day_has_nothing_left() -> None:
    """And says so; tomorrow begins anew."""
    days = Days(sessions=(session(0), session(0, ROTATION, sets=1, good_s=60.0)), marks={(day(0), "run"): "done"})
    assert states(plan_for(day(0), days)) == {STRETCH: "done", ROTATION: "done", "run": "done"}
    assert states(plan_for(day(1), days)) == {STRETCH: "open", ROTATION: "open"}


def test_a_run_counts_for_the_stretch_on_its_day() -> None:
    """As the source text has it; a run from a watch as well as one that the person tells of."""
    for days in (Days(runs=(day(0),)), Days(marks={(day(0), "run"): "done"})):
        assert states(plan_for(day(0), days)) == {STRETCH: "covered", ROTATION: "open", "run": "done"}
        assert line(plan_for(day(1), days), STRETCH).state == "open"


def test_runs_come_every_other_day_and_three_times_a_week_at_most() -> None:
    """No run on the day after one, none after three within seven days."""
    ran: list[date] = []
    for number in range(21):
        days = Days(runs=tuple(ran))
        if "run" in states(plan_for(day(number), days)):
            ran.append(day(number))
    assert [(on - day(0)).days for on in ran] == [0, 2, 4, 7, 9, 11, 14, 16, 18]


@pytest.mark.parametrize(("mark", "state"), [("skipped", "skipped"), ("swapped", "swapped")])
def test_the_stretch_can_be_left_out_or_swapped_for_a_run(mark: Mark, state: str) -> None:
    """For this day alone."""
    days = Days(marks={(day(0), STRETCH): mark}, runs=())  # type: ignore[dict-item]
    assert states(plan_for(day(0), days))[STRETCH] == state
    assert states(plan_for(day(1), days))[STRETCH] == "open"


def test_a_swap_offers_a_run_on_a_day_that_asks_for_none() -> None:
    """The day after a run, too; and its sentence says why."""
    days = Days(runs=(day(0),), marks={(day(1), "hamstring_stretch"): "swapped"})
    assert line(plan_for(day(1), days), "run").because == "run_swapped"


def test_a_swap_ends_where_the_run_is_left_out() -> None:
    """Otherwise neither would be offered, though nobody left out both."""
    marks: dict[object, Mark] = {(day(0), STRETCH): "swapped", (day(0), "run"): "skipped"}
    plan = plan_for(day(0), Days(marks=marks))  # type: ignore[arg-type]
    assert states(plan) == {STRETCH: "open", ROTATION: "open", "run": "skipped"}


def test_a_worse_morning_makes_a_rest_day() -> None:
    """One day, said kindly; the day after offers everything again, a level easier."""
    days = Days(sessions=(session(0),), mornings={day(1): "worse"})
    plan = plan_for(day(1), days)
    assert states(plan) == {STRETCH: "rest", ROTATION: "rest", "run": "rest"}
    assert plan.notes == ("rest",)
    assert plan_for(day(2), days).offered
    assert line(plan_for(day(2), days), STRETCH).because == "eased"


@pytest.mark.parametrize("last", [session(0, ending="hurt", sets=0), session(0, before=2, after=4, sets=1, good_s=20)])
def test_pain_ends_the_day(last: object) -> None:
    """Stopped for pain, or two points more after than before: nothing more today, tomorrow again."""
    days = Days(sessions=(last,))  # type: ignore[arg-type]
    assert states(plan_for(day(0), days)) == {STRETCH: "enough", ROTATION: "enough", "run": "enough"}
    assert plan_for(day(0), days).notes == ("enough",)
    assert plan_for(day(1), days).offered


def test_the_morning_is_asked_once_and_only_the_day_after() -> None:
    """After a session or a run; a sample clip is neither."""
    assert plan_for(day(1), Days(sessions=(session(0),))).ask_morning
    assert plan_for(day(1), Days(runs=(day(0),))).ask_morning
    assert not plan_for(day(0), Days(sessions=(session(0),))).ask_morning
    assert not plan_for(day(2), Days(sessions=(session(0),))).ask_morning
    assert not plan_for(day(1), Days(sessions=(session(0),), mornings={day(1): "same"})).ask_morning
    assert not plan_for(day(1), Days(sessions=(session(0, mode="sample"),))).ask_morning


def test_three_worse_mornings_in_a_row_ask_for_somebody_who_knows() -> None:
    """Days without an answer between them change nothing; a better one does."""
    worse = Days(mornings={day(0): "worse", day(2): "worse", day(5): "worse"})
    assert "ask_someone" in plan_for(day(5), worse).notes
    assert "ask_someone" not in plan_for(day(4), worse).notes
    mended = Days(mornings={**worse.mornings, day(7): "same"})
    assert "ask_someone" not in plan_for(day(7), mended).notes


def test_who_is_held_back_reads_the_reason_and_is_offered_nothing_of_it() -> None:
    """Whatever else was said; and no swap leads to a run that is held back."""
    held = {STRETCH: "Ask your eye doctor first.", "run": "Ask about your heart first."}
    plan = plan_for(day(0), Days(marks={(day(0), "hamstring_stretch"): "swapped"}), held)
    assert states(plan) == {STRETCH: "held", ROTATION: "open", "run": "held"}
    assert line(plan, STRETCH).reason == "Ask your eye doctor first."
    only_the_run = plan_for(day(0), Days(marks={(day(0), "hamstring_stretch"): "swapped"}), {"run": "Ask first."})
    assert states(only_the_run)[STRETCH] == "open"
    assert not line(only_the_run, STRETCH).can_swap


def test_every_line_has_one_sentence_that_says_why() -> None:
    """It begins with the same words everywhere."""
    assert all(text.startswith("You see this because ") for text in BECAUSE.values())

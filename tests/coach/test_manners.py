"""The manners of the voice: what a session sounds like to somebody who looks at the floor."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import cycle, pairwise
from pathlib import Path

import pytest

from ownway.coach.engine import Coach
from ownway.coach.events import Ended, FaultBegan, PhaseBegan, SetEnded
from ownway.coach.setting import Setting
from ownway.coach.voice import speak_s
from ownway.exercises.loader import library, setup
from ownway.media.recordings import open_recording
from tests.figure import HEIGHT_CM, HEIGHT_PX, WIDTH_PX, Points, front, side
from tests.session import HAMSTRING, ROTATION, Session, cues, ease, heard, text_of

CLIPS = Path(__file__).parents[1] / "clips"


def stretch(depth_deg: float = 90.0, hold_s: float = 47.0) -> list[tuple[float, float]]:
    """One set as (time, trunk angle): stand 4 s, down in 4 s, hold, up in 4 s."""
    return [(4.0, 0.0), (8.0, depth_deg), (8.0 + hold_s, depth_deg), (12.0 + hold_s, 0.0), (16.0 + hold_s, 0.0)]


def trunk_at(t: float, keys: list[tuple[float, float]]) -> float:
    before = (0.0, keys[0][1])
    for key in keys:
        if t <= key[0]:
            return ease(t, before[0], key[0], before[1], key[1])
        before = key
    return keys[-1][1]


def two_good_sets(**kind: float) -> Session:
    session = Session(HAMSTRING, hz=20)
    keys = stretch(**kind)
    for _ in range(2):
        session.play(keys[-1][0] + 12.0, lambda t: side(trunk_at(t, keys)))
    return session


def swing(t: float) -> Points:
    return front(0.0 if t < 4 else 40.0 * math.sin((t - 4) / 3.5 * math.pi))


@pytest.fixture(scope="module")
def good_stretch() -> Session:
    return two_good_sets()


@pytest.fixture(scope="module")
def good_rotation() -> Session:
    return Session(ROTATION, hz=15).play(200.0, swing)


def test_a_good_stretch_is_done(good_stretch: Session) -> None:
    """Two holds of 47 s give two full sets of 45 s and the end."""
    sets = [e for e in good_stretch.events if isinstance(e, SetEnded)]
    assert [(s.full, s.counted) for s in sets] == [(True, True)] * 2
    assert [s.clock_s for s in sets] == pytest.approx([45.0, 45.0], abs=0.2)
    assert [e.how for e in good_stretch.events if isinstance(e, Ended)] == ["done"]


def test_a_good_set_hears_little(good_stretch: Session) -> None:
    """In a good first set the voice says what helps, in this order, and nothing else."""
    first = [cue for t, cue, _ in heard(good_stretch.events) if t < 66.0]
    assert first == [
        "stand_tall", "fold_forward", "hold_here", "twenty_seconds", "still_as_a_tree", "ten_seconds", "five", "thirty_stay",
        "roll_up", "rest",
    ]  # fmt: skip


def test_the_second_set_is_announced_and_praise_is_not_repeated(good_stretch: Session) -> None:
    """Praise comes once a session; the first hold's explanation is not given again."""
    second = [cue for t, cue, _ in heard(good_stretch.events) if t >= 66.0]
    assert second == ["second_set", "twenty_seconds", "ten_seconds", "five", "thirty_stay", "roll_up", "two_sets_done"]


def test_a_good_rotation_is_done(good_rotation: Session) -> None:
    """Three minutes of swinging end the session; each minute is told, nothing is criticised."""
    assert [e.how for e in good_rotation.events if isinstance(e, Ended)] == ["done"]
    assert cues(good_rotation.events) == [
        "look_ahead", "turn_left_right", "one_minute", "smooth", "two_minutes", "ten_seconds", "three_minutes_done",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["good_stretch", "good_rotation"])
def test_one_voice_at_a_time_with_quiet_between(name: str, request: pytest.FixtureRequest) -> None:
    """No cue begins while another is spoken, nor within 3 s of its beginning, except for safety and the end."""
    session: Session = request.getfixturevalue(name)
    exercise = HAMSTRING if name == "good_stretch" else ROTATION
    said = list(heard(session.events))
    for (t0, first, _), (t1, second, level) in pairwise(said):
        if level in ("safety", "stop") or second.endswith("done"):
            continue
        assert t1 - t0 >= 3.0
        assert t1 >= t0 + speak_s(text_of(exercise, first)), (first, second)


def test_a_fault_that_stays_is_not_nagged_about() -> None:
    """Bent knees for a minute: the same cue at most three times, at least 8 s apart, then only the screen shows it."""
    session = (
        Session(HAMSTRING)
        .play(4, lambda t: side())
        .play(64, lambda t: side(ease(t, 0, 4, 0, 80), ease(t, 0, 4, 0, 45)))
    )
    times = [t for t, cue, _ in heard(session.events) if cue == "straighten_knees"]
    assert len(times) == 3
    assert all(b - a >= 8.0 for a, b in pairwise(times))
    assert cues(session.events, voiced=False) == ["straighten_knees"]


def test_in_the_last_five_seconds_only_time_speaks() -> None:
    """A bent knee just before the end of a hold is not mentioned while the last seconds run."""
    session = Session(HAMSTRING, hz=20).play(4, lambda t: side())
    session.play(4 + 26, lambda t: side(ease(t, 0, 4, 0, 80)))
    while not (26.9 < session.coach.live().clock_s < 27.1):
        session.play(0.05, lambda t: side(80))
    before = len(session.events)
    session.play(2.0, lambda t: side(80, 40))
    assert "straighten_knees" not in cues(session.events[before:])
    session.play(4.0, lambda t: side(80, 40))  # but a clock that goes on waiting is explained
    assert "straighten_knees" in cues(session.events[before:])


def test_a_cue_whose_reason_has_passed_is_dropped() -> None:
    """Somebody who folds before being told to is not told to fold."""
    session = Session(HAMSTRING, hz=20).play(1.8, lambda t: side()).play(8, lambda t: side(ease(t, 0, 3, 0, 80)))
    assert "fold_forward" not in cues(session.events)


def test_safety_cuts_short() -> None:
    """Too fast is said at once, also while an instruction is being spoken."""
    session = Session(HAMSTRING, hz=30).play(4.2, lambda t: side())
    session.play(3, lambda t: side(ease(t, 0, 0.8, 0, 90)))
    times = {cue: t for t, cue, _ in heard(session.events)}
    assert times["soften_down"] - 4.2 < 0.6
    assert times["soften_down"] - times["fold_forward"] < 3.0


def test_two_cues_for_one_thing_are_one() -> None:
    """Whoever comes up in a rush hears "Come up slowly" whole, and whoever bounces "Be still": nothing is begun and cut short."""
    rushed = Session(HAMSTRING, hz=30).play(26.0, lambda t: side(ease(t, 4, 8, 0, 90) - ease(t, 20, 21.2, 0, 90)))
    assert "slower_up" in cues(rushed.events)
    assert "roll_up" not in cues(rushed.events)

    def bounce(t: float) -> Points:
        return side(ease(t, 4, 7, 0, 80) + (2.5 * math.sin(2 * math.pi * 1.3 * (t - 6)) if t > 6 else 0.0))

    bouncing = Session(HAMSTRING, hz=30).play(14.0, bounce)
    assert "hold_still" in cues(bouncing.events)
    assert "hold_here" not in cues(bouncing.events)


def test_the_pole_is_not_asked_for_just_before_it_goes_on_without() -> None:
    """Without a pole: asked for it once, then the usual instructions, and the swings count."""
    session = Session(ROTATION).play(
        30.0, lambda t: front(0.0 if t < 14 else 40 * math.sin((t - 14) / 3.5 * math.pi), pole=False)
    )
    assert cues(session.events)[:3] == ["pole_up", "look_ahead", "turn_left_right"]


def test_at_a_level_without_a_pole_none_is_asked_for() -> None:
    """Measured as quickly as anybody, and no word of a pole."""
    session = Session(ROTATION)
    session.coach = Coach(library()[ROTATION].bare(), Setting(WIDTH_PX, HEIGHT_PX, False, HEIGHT_CM, camera=True))
    session.play(12.0, lambda t: front(0.0 if t < 4 else 40 * math.sin((t - 4) / 3.5 * math.pi), pole=False))
    assert cues(session.events) == ["look_ahead", "turn_left_right"]


def test_a_short_set_is_no_first_set() -> None:
    """Whoever came up at once is not told that the next is the second."""
    session = Session(HAMSTRING)
    keys = stretch(hold_s=5.0)
    for _ in range(2):
        session.play(keys[-1][0] + 22.0, lambda t: side(trunk_at(t, keys)))
    assert cues(session.events).count("fold_forward") >= 2
    assert "second_set" not in cues(session.events)


def swinging_from_the_middle() -> Session:
    """Give somebody who swings before the coach has measured them: a good clip from its middle on, over and over."""
    session = Session(ROTATION)
    with open_recording(CLIPS / "A7_twist_good.jsonl.gz") as clip:
        frames = [frame for frame in clip.frames if 6.0 <= frame.t_s < 40.0]
    for n, frame in enumerate(cycle(frames)):
        if n >= 38 * 30:
            return session
        session.step(replace(frame, t_s=n / 30 + 0.1))
    raise AssertionError


def test_who_begins_before_being_measured_is_not_nagged() -> None:
    """Two requests that take turns are one nag: each is made when it is new, then the pauses between them grow."""
    asked = [t for t, _, _ in heard(swinging_from_the_middle().events)]
    assert len(asked) <= 4
    assert asked[0] < 3.0
    pauses = [b - a for a, b in pairwise(asked)]
    assert pauses == sorted(pauses)


def test_who_stands_wrongly_is_asked_time_and_again() -> None:
    """At once, and again after longer and longer; whoever then does something else hears of that as quickly as ever."""
    session = Session(HAMSTRING).play(40.0, lambda t: front())
    times = [t for t, cue, _ in heard(session.events) if cue == "turn_side"]
    assert len(times) == 3
    assert times[0] < 3.0
    assert 8.0 <= times[1] - times[0] <= 12.0 < times[2] - times[1] <= 25.0
    session.play(6.0, lambda t: tuple((x, y + 0.25, z, v) for x, y, z, v in side()))
    assert next(t for t, cue, _ in heard(session.events) if cue == "show_feet") < 43.0


def test_after_the_movement_asking_begins_anew() -> None:
    """Somebody who was away for long and comes back standing wrongly is asked at once."""
    session = Session(HAMSTRING).play(12.0, lambda t: front()).play(4.0, lambda t: side())
    session.play(12.0, lambda t: side(ease(t, 0, 4, 0, 80))).play(24.0, lambda t: None)
    back = session.t
    session.play(4.0, lambda t: front())
    assert [t for t, cue, _ in heard(session.events) if cue == "turn_side" and t > back]


def test_nobody_hears_go_further() -> None:
    """No cue of any exercise asks for more range, nor says what is wrong with the person."""
    texts = [cue.text.lower() for e in library().values() for cue in e.cues] + [c.text.lower() for c in setup().cues]
    for banned in ("further", "lower", "harder", "wrong", "bad", "don't", "too "):
        assert [t for t in texts if banned in t and t != "slower."] == []


def test_silence_while_resting() -> None:
    """The rest is announced, then quiet until the second set."""
    session = two_good_sets()
    rest = next(e.t_s for e in session.events if isinstance(e, PhaseBegan) and e.phase == "rest")
    assert [cue for t, cue, _ in heard(session.events) if rest <= t < rest + 19] == ["rest"]


def squats(begins_s: float, leans_deg: tuple[float, ...], lasts_s: float = 3.0) -> Session:
    """Give half squats one behind the other, a second of standing between them, each leaning so far forward."""

    def motion(t: float) -> Points:
        for n, lean_deg in enumerate(leans_deg):
            start = begins_s + n * (lasts_s + 1.0)
            if start <= t <= start + lasts_s:
                there = math.sin(math.pi * (t - start) / lasts_s) ** 2
                return side(lean_deg * there, 65.0 * there)
        return side()

    return Session("half_squat", hz=20).play(begins_s + len(leans_deg) * (lasts_s + 1.0), motion)


def test_the_first_repetition_s_fault_is_told_before_the_second() -> None:
    """It goes by while the instruction is being spoken: that is said to its end, then the correction, in time for the next."""
    begins_s = 3.8
    said = {cue: t for t, cue, _ in heard(squats(begins_s, (65.0, 65.0)).events)}
    assert said["sit_back"] + speak_s(text_of("half_squat", "sit_back")) <= said["chest_up"] <= begins_s + 4.0


def test_what_went_by_is_not_told_of_the_next_repetition() -> None:
    """Where the voice becomes free only after the next one has begun, and that one goes well, nothing is said."""
    assert cues(squats(3.5, (70.0, 30.0), lasts_s=1.2).events) == ["stand_tall", "sit_back"]


def test_who_begins_unasked_is_corrected_at_once_and_not_instructed() -> None:
    """Whoever sets out before the instruction neither hears it late nor waits for a correction until it has been said."""
    session = squats(2.9, (65.0, 30.0))
    assert cues(session.events) == ["stand_tall", "chest_up"]
    began = next(e.t_s for e in session.events if isinstance(e, FaultBegan))
    assert next(t for t, cue, _ in heard(session.events) if cue == "chest_up") == began


def test_a_correction_is_told_again_on_the_way_out_and_never_on_the_way_back() -> None:
    """What may be said again only in the middle of a repetition waits for the next, and then comes as soon as it is certain."""
    session = squats(4.4, (65.0,) * 4)
    began = [e.t_s for e in session.events if isinstance(e, FaultBegan)]
    again = [t for t, cue, _ in heard(session.events) if cue == "chest_up"][1:]
    assert again == [began[3]]
    assert began[2] < again[0] - 3.0


def test_who_sits_through_the_rest_hears_when_it_is_over() -> None:
    """Eight chairs, then sitting for the whole rest: the second set is announced then, not once they have stood up."""

    def chairs(t: float) -> Points:
        there = math.sin(math.pi * t / 5.0) ** 2 if t < 40.0 else ease(t, 40.0, 42.5, 0.0, 1.0)
        return side(20.0 * there, 90.0 * there)

    session = Session("sit_to_stand", hz=12).play(6.0, lambda t: side()).play(92.0, chairs)
    rest = next(e.t_s for e in session.events if isinstance(e, PhaseBegan) and e.phase == "rest")
    second = next(t for t, cue, _ in heard(session.events) if cue == "second_set")
    assert second == pytest.approx(rest + 45.0, abs=0.5)

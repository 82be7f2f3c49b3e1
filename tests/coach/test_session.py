"""A session's rules, one each: phases, clock, pauses, sight, and the mode without camera."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from ownway.body.landmarks import Frame
from ownway.coach.engine import Coach
from ownway.coach.events import (
    Beat,
    Calibrated,
    CameraGivenUp,
    ClockStarted,
    ClockStopped,
    Ended,
    FaultBegan,
    Offered,
    Paused,
    PhaseBegan,
    Progress,
    Resumed,
    SetBegan,
    SetEnded,
    SightLost,
    SightRegained,
    Swung,
    from_dict,
    to_dict,
)  # fmt: skip
from ownway.coach.setting import Command, Setting
from ownway.coach.summary import summarise
from ownway.errors import FrameError
from ownway.exercises.loader import library
from tests.figure import HEIGHT_PX, WIDTH_PX, Points, front, mirrored, side
from tests.session import HAMSTRING, ROTATION, Session, cues, ease


def down(t: float) -> Points:
    """Fold to 80 deg in 4 s and stay."""
    return side(ease(t, 0, 4, 0, 80))


def up(t: float) -> Points:
    """Come up from 80 deg in 4 s and stand."""
    return side(ease(t, 0, 4, 80, 0))


def standing(t: float) -> Points:
    return side()


def nobody(t: float) -> None:
    return None


def swing(t: float) -> Points:
    return front(40.0 * math.sin(t / 3.5 * math.pi))


def holding(seconds: float = 10.0, **kind: object) -> Session:
    return Session(HAMSTRING, **kind).play(4, standing).play(4 + seconds, down)  # type: ignore[arg-type]


def phases(session: Session) -> list[str]:
    return [e.phase for e in session.events if isinstance(e, PhaseBegan)]


# ---- phases and clock ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("near", ["left", "right"])
def test_either_side_will_do(facing: int, near: str) -> None:
    """The stretch is coached from either side."""
    session = Session(HAMSTRING)
    session.play(4, lambda t: side(facing=facing, near=near))
    session.play(14, lambda t: side(ease(t, 0, 4, 0, 80), facing=facing, near=near))
    (calibrated,) = session.of(Calibrated)
    assert isinstance(calibrated, Calibrated)
    assert calibrated.near_side == near
    assert session.coach.live().clock_s == pytest.approx(10.0, abs=1.0)


def test_the_clock_starts_when_the_person_came_to_rest() -> None:
    """The hold is certain only a moment later, but counts from the moment of rest."""
    session = holding(1.5)
    (began,) = session.of(SetBegan)
    assert isinstance(began, SetBegan)
    assert began.set_start_s < began.t_s
    assert began.set_start_s == pytest.approx(8.0, abs=0.5)


def test_a_squat_is_no_hold() -> None:
    """Knees that bend as far as the trunk are not a stretch."""
    session = Session(HAMSTRING).play(4, standing).play(10, lambda t: side(ease(t, 0, 3, 0, 45), ease(t, 0, 3, 0, 90)))
    assert session.of(SetBegan) == []


def test_bent_knees_stop_the_clock_and_mending_starts_it() -> None:
    """The clock waits from the moment the fault began, and runs again after."""
    session = holding(8.0).play(6, lambda t: side(80, ease(t, 0, 0.5, 0, 40)))
    assert session.coach.live().faults == ("bent_knees",)
    assert not session.coach.live().clock_runs
    waits = session.coach.live().clock_s
    assert waits == pytest.approx(8.5, abs=1.0)
    session.play(4, lambda t: side(80, ease(t, 0, 0.5, 40, 0)))
    assert session.coach.live().clock_runs
    assert session.coach.live().clock_s > waits + 2


def test_soft_knees_are_fine() -> None:
    """Ten degrees of bend are soft knees, not a fault."""
    session = Session(HAMSTRING).play(4, standing).play(14, lambda t: side(ease(t, 0, 4, 0, 80), ease(t, 0, 4, 0, 10)))
    assert session.of(FaultBegan) == []


def test_a_small_readjustment_does_not_end_the_hold() -> None:
    """Sinking a little deeper, slowly, is part of the stretch."""
    session = holding(8.0).play(8, lambda t: side(ease(t, 0, 2.5, 80, 88)))
    assert session.of(SetEnded, FaultBegan) == []
    assert session.coach.live().clock_s > 14


def test_coming_up_early_keeps_the_time() -> None:
    """A hold of 14 s is kept, and another is offered after the rest."""
    session = holding(14.0).play(8, up)
    (ended,) = session.of(SetEnded)
    assert isinstance(ended, SetEnded)
    assert ended.clock_s == pytest.approx(14.0, abs=1.2)
    assert (ended.counted, ended.full) == (True, False)
    assert phases(session)[-1] == "rest"


def test_a_very_short_hold_does_not_use_up_a_set() -> None:
    """Five seconds do not count towards the two sets."""
    session = holding(5.0).play(8, up)
    (ended,) = session.of(SetEnded)
    assert isinstance(ended, SetEnded)
    assert not ended.counted


def test_the_clock_stops_at_the_most() -> None:
    """Beyond 45 s nothing more is counted, and the way up is shown."""
    session = holding(55.0)
    assert session.coach.live().clock_s == pytest.approx(45.0, abs=0.2)
    assert cues(session.events)[-1] == "roll_up"


def test_embracing_the_knees_is_the_furthest_reach() -> None:
    """Trunk folded flat and hands behind the legs is told as embracing the knees."""
    session = Session(HAMSTRING).play(4, standing)
    session.play(12, lambda t: side(ease(t, 0, 5, 0, 125), hands=(-0.12, 0.35) if t > 4 else None))
    assert session.coach.live().reach_zone == "embrace"


@pytest.mark.parametrize(
    ("height_m", "zone"), [(0.65, "knees"), (0.43, "shins"), (0.28, "ankles"), (0.23, "toes"), (0.17, "floor")]
)
def test_reach_is_told_as_a_zone(height_m: float, zone: str) -> None:
    """The wrist's height less a hanging hand of 17.5 cm, against a knee at 50 cm."""
    session = Session(HAMSTRING).play(4, standing)
    session.play(9, lambda t: side(ease(t, 0, 4, 0, 95), hands=(0.2, height_m)))
    assert session.coach.live().reach_zone == zone


def test_reach_in_cm_needs_the_height() -> None:
    """Without the person's height there is a zone but no length."""
    assert holding(4.0, height_cm=None).coach.live().reach_cm is None
    assert holding(4.0).coach.live().reach_cm is not None


# ---- rotation -----------------------------------------------------------------------------------------------------------


def test_swings_to_both_sides_are_counted() -> None:
    """A pendulum of 7 s swings once to each side in every period."""
    session = Session(ROTATION).play(3, lambda t: front()).play(28.5, swing)
    sides = [e.side for e in session.events if isinstance(e, Swung)]
    assert sides == ["left", "right"] * 4
    assert session.coach.live().range_left_deg == pytest.approx(40, abs=4)


def test_a_wobble_about_straight_ahead_is_no_swing() -> None:
    """Ten degrees to either side are not counted."""
    session = Session(ROTATION).play(3, lambda t: front()).play(20, lambda t: front(10 * math.sin(t)))
    assert session.of(Swung) == []


def test_resting_pauses_the_clock() -> None:
    """Standing still for ten seconds does not count, and is no fault."""
    session = Session(ROTATION).play(3, lambda t: front()).play(14, swing)
    swung = session.coach.live().clock_s
    session.play(10, lambda t: front())
    assert session.coach.live().clock_s == pytest.approx(swung, abs=1.0)
    assert session.of(FaultBegan) == []


def test_the_comfortable_range_is_what_the_person_showed() -> None:
    """After a minute at 30 deg, a swing of 50 deg is over the own range, though far from the hard limit."""
    session = Session(ROTATION).play(3, lambda t: front())
    session.play(70, lambda t: front(30 * math.sin(t / 3.5 * math.pi)))
    assert session.of(FaultBegan) == []
    session.play(7, lambda t: front(50 * math.sin(t / 3.5 * math.pi)))
    assert [e.fault for e in session.events if isinstance(e, FaultBegan)] == ["over_rotation"]


def test_nobody_is_measured_in_the_middle_of_swinging() -> None:
    """Whoever swings before standing still is asked to, and not measured at the end of a swing."""
    session = Session(ROTATION).play(24, swing)
    assert session.of(Calibrated) == []
    assert "look_ahead" in cues(session.events)


def test_leaning_is_seen() -> None:
    """A side bend is told as standing tall, and is no swing."""
    session = Session(ROTATION).play(3, lambda t: front())
    session.play(8, lambda t: front(lean_deg=25 * math.sin(t / 2)))
    assert "stand_tall_again" in cues(session.events)
    assert session.of(Swung) == []


def test_feet_turning_needs_both_feet() -> None:
    """Both feet turned by 22 deg are seen."""
    session = Session(ROTATION).play(3, lambda t: front()).play(8, lambda t: front(30, feet_deg=ease(t, 0, 2, 0, 22)))
    assert [e.fault for e in session.events if isinstance(e, FaultBegan)] == ["feet_turning"]


def test_without_the_pole_the_rotation_waits() -> None:
    """Hanging arms are answered by where the pole belongs."""
    session = Session(ROTATION).play(4, lambda t: front(pole=False))
    assert "pole_up" in cues(session.events)
    assert session.of(Calibrated) == []


# ---- mirrored pictures, frame rates ---------------------------------------------------------------------------------------


def test_whoever_swings_without_a_pole_from_the_start_is_understood() -> None:
    """Measured at the end of a swing, where people rest a moment: straight ahead is found out, and every later swing counts."""

    def restless(t: float) -> Points:
        return front(max(-38.0, min(38.0, 60.0 * math.sin(t / 4 * math.pi))), pole=False)

    session = Session(ROTATION).play(45.0, restless)
    (measured,) = (e for e in session.events if isinstance(e, Calibrated))
    assert abs(60.0 * math.sin(measured.t_s / 4 * math.pi)) > 30
    later = [e for e in session.events if isinstance(e, Swung) and e.t_s > measured.t_s + 5]
    assert len(later) >= (45.0 - measured.t_s - 5) // 4 - 1
    for swing in later:
        assert swing.side == ("left" if math.sin(swing.peak_s / 4 * math.pi) > 0 else "right")
        assert swing.peak_deg == pytest.approx(38.0, abs=10.0)


def test_left_is_the_persons_own_left_in_a_mirrored_picture() -> None:
    """A flipped picture gives the same swings to the same sides; the degrees differ by what the model errs to one side."""
    plain = Session(ROTATION).play(3, lambda t: front()).play(15, swing)
    flipped = Session(ROTATION, mirrored=True)
    flipped.play(3, lambda t: mirrored(front())).play(15, lambda t: mirrored(swing(t)))
    one, other = ([e for e in s.events if isinstance(e, Swung)] for s in (plain, flipped))
    assert [e.side for e in one] == [e.side for e in other]
    assert [e.peak_deg for e in one] == pytest.approx([e.peak_deg for e in other], abs=4.0)
    assert one[0].side == "left"


@pytest.mark.parametrize("hz", [6, 10, 24, 60])
def test_the_frame_rate_does_not_matter(hz: float) -> None:
    """From 6 to 60 frames a second a hold is as long and a swing counts the same."""
    assert holding(12.0, hz=hz).coach.live().clock_s == pytest.approx(12.0, abs=1.0)
    session = Session(ROTATION, hz=hz).play(3, lambda t: front()).play(28.5, swing)
    assert len(session.of(Swung)) == 8
    assert session.of(FaultBegan, SightLost) == []


@pytest.mark.parametrize("slower", [1.0, 1.5, 2.0])
def test_slow_motion_keeps_the_count(slower: float) -> None:
    """The same swings, slower, are as many."""
    session = Session(ROTATION).play(3, lambda t: front()).play(28.5 * slower, lambda t: swing(t / slower))
    assert len(session.of(Swung)) == 8


def test_the_same_frames_give_the_same_events() -> None:
    """No clock, no chance: a session can be told again from its frames."""
    assert holding(12.0).events == holding(12.0).events


def test_jitter_below_the_hysteresis_causes_no_event() -> None:
    """A knee that wavers between the limits of beginning and ending is one fault, not many."""
    session = holding(4.0).play(2, lambda t: side(80, 20))
    session.play(6, lambda t: side(80, 13 + 1.5 * math.sin(6 * t)))
    assert len(session.of(FaultBegan)) == 1
    assert session.coach.live().faults == ("bent_knees",)


# ---- sight ------------------------------------------------------------------------------------------------------------------


def test_a_flicker_of_the_model_changes_nothing() -> None:
    """Half a second without a person neither stops the clock nor says anything."""
    session = holding(6.0).play(0.5, nobody).play(6, lambda t: side(80))
    assert session.of(SightLost, ClockStopped) == []
    assert session.coach.live().clock_s == pytest.approx(12.5, abs=1.0)


def test_leaving_pauses_the_hold_and_coming_back_goes_on() -> None:
    """Five seconds away do not count; the hold goes on where it was."""
    session = holding(8.0).play(5, nobody).play(6, lambda t: side(80))
    assert [e.reason for e in session.events if isinstance(e, SightLost | SightRegained)] == ["no_person", "no_person"]
    assert session.coach.live().clock_s == pytest.approx(14.0, abs=1.2)
    assert len(session.of(SetBegan)) == 1


def test_leaving_for_long_keeps_the_set_and_offers_a_new_one() -> None:
    """After 20 s away the set is kept as it was; the person is found and measured again."""
    session = holding(12.0).play(25, nobody)
    (ended,) = session.of(SetEnded)
    assert isinstance(ended, SetEnded)
    assert ended.clock_s == pytest.approx(12.0, abs=1.2)
    session.play(4, standing).play(8, down)
    assert len(session.of(Calibrated)) == 2
    assert len(session.of(SetBegan)) == 2


@pytest.mark.parametrize(
    ("reason", "cue", "frame"),
    [
        ("stuck", "picture_stuck", {"picture": "stuck"}),
        ("too_dark", "more_light", {"brightness": 0.05}),
        ("two_people", "one_person", {"people": 2}),
    ],
)
def test_what_is_wrong_with_the_picture_is_said(reason: str, cue: str, frame: dict[str, object]) -> None:
    """A stuck or dark picture and a second person are told by voice, and nothing is judged meanwhile."""
    from ownway.body.landmarks import Picture

    if "picture" in frame:
        frame = {"picture": Picture.STUCK}
    session = Session(HAMSTRING).play(5, standing, **frame)
    assert {e.reason for e in session.events if isinstance(e, SightLost)} == {reason}
    assert cue in cues(session.events)
    assert session.of(Calibrated) == []


@pytest.mark.parametrize("near", ["left", "right"])
def test_the_other_side_may_be_turned_between_sets(near: str) -> None:
    """The second set may be done facing the other way, and from the other side."""
    session = holding(14.0).play(8, up).play(4, lambda t: side(facing=-1, near=near))
    session.play(12, lambda t: side(ease(t, 0, 4, 0, 80), facing=-1, near=near))
    assert session.coach.live().clock_s == pytest.approx(8.0, abs=1.0)
    assert session.of(FaultBegan) == []


def test_stepping_nearer_between_sets_keeps_the_reach_right() -> None:
    """The scale is measured anew: a quarter nearer, the same reach."""
    first = holding(14.0)
    reach_cm = first.coach.live().reach_cm
    session = holding(14.0).play(8, up).play(4, lambda t: side(span_m=1.75))
    session.play(12, lambda t: side(ease(t, 0, 4, 0, 80), span_m=1.75))
    assert reach_cm is not None
    assert session.coach.live().reach_cm == pytest.approx(reach_cm, abs=2.0)


def test_whoever_rests_may_step_aside() -> None:
    """Out of the picture during the rest nobody is called back before it is over."""
    session = holding(14.0).play(8, up)
    before = len(session.events)
    session.play(12, nobody)
    assert "lost_you" not in cues(session.events[before:])
    session.play(6, nobody)
    assert "lost_you" in cues(session.events[before:])


def test_left_and_right_may_be_confused_midway() -> None:
    """Seen from the side the model swaps left and right at times; the hold goes on."""
    session = holding(6.0).play(6, lambda t: side(80, near="left"))
    assert session.of(SightLost, ClockStopped, FaultBegan) == []
    assert session.coach.live().clock_s == pytest.approx(12.0, abs=1.0)


def test_a_picture_below_five_a_second_is_not_judged() -> None:
    """At three poses a second the coach says so instead of guessing."""
    session = Session(HAMSTRING, hz=3).play(15, standing)
    assert "picture_slow" in cues(session.events)


@pytest.mark.parametrize(("shift_y", "cue"), [(0.25, "show_feet"), (-0.45, "show_head")])
def test_cut_off_feet_and_head_are_asked_for(shift_y: float, cue: str) -> None:
    """Who stands too near is asked to step back until feet and head are seen."""

    def cut(t: float) -> Points:
        return tuple((x, y + shift_y, z, v) for x, y, z, v in side())

    assert cue in cues(Session(HAMSTRING).play(4, cut).events)


def test_a_picture_on_its_side_is_refused() -> None:
    """A standing person who lies in the picture means a turned camera."""

    def turned(t: float) -> Points:
        return tuple((y, x, z, v) for x, y, z, v in side())

    assert "turn_phone" in cues(Session(HAMSTRING).play(5, turned).events)


def test_after_a_minute_without_anybody_another_way_is_offered() -> None:
    """Said once, then silence: "I can't see you yet", and after 60 s the mode without camera."""
    session = Session(HAMSTRING, hz=6).play(120, nobody)
    assert cues(session.events) == ["cannot_see_you", "without_camera"]
    assert len(session.of(Offered)) == 1


# ---- pausing, stopping, hurting ---------------------------------------------------------------------------------------------


def test_pause_and_resume() -> None:
    """While paused nothing counts; then the hold goes on."""
    session = holding(8.0).command(Command.PAUSE).play(10, lambda t: side(80)).command(Command.RESUME)
    session.play(5, lambda t: side(80))
    assert [type(e) for e in session.of(Paused, Resumed)] == [Paused, Resumed]
    assert session.coach.live().clock_s == pytest.approx(13.0, abs=1.2)


def test_a_pause_does_not_use_up_the_rest() -> None:
    """The countdown of the rest waits too."""
    session = (
        holding(14.0).play(8, up).command(Command.PAUSE).play(30, standing).command(Command.RESUME).play(1, standing)
    )
    assert phases(session)[-1] == "rest"


def test_a_hidden_page_pauses_and_only_its_return_goes_on() -> None:
    """Coming back to the page does not undo a pause that the person asked for."""
    session = holding(4.0).command(Command.PAUSE).command(Command.HIDE).command(Command.SHOW)
    assert session.coach.live().paused


def test_a_hand_above_the_head_pauses_and_resumes() -> None:
    """Held for 1.5 s; it must come down before it counts again."""
    session = Session(HAMSTRING).play(4, standing).play(4, lambda t: side(hand_up=True))
    assert session.coach.live().paused
    session.play(2, standing).play(2, lambda t: side(hand_up=True))
    assert not session.coach.live().paused


def test_a_pole_across_the_shoulders_is_no_raised_hand() -> None:
    """Wrists beside the head do not pause the rotation."""
    session = Session(ROTATION).play(20, swing)
    assert session.of(Paused) == []


@pytest.mark.parametrize(
    ("command", "how", "cue"), [(Command.STOP, "stopped", "stopped"), (Command.HURT, "hurt", "hurt_stop")]
)
def test_stop_and_it_hurts_work_at_any_moment(command: Command, how: str, cue: str) -> None:
    """The session ends at once, and the set so far is kept."""
    session = holding(12.0).command(command)
    assert cues(session.events)[-1] == cue
    assert isinstance(session.events[-1], Ended)
    assert session.events[-1].how == how
    assert len(session.of(SetEnded)) == 1
    assert session.coach.step(Frame(session.t + 1, side(80))) == ()
    assert session.coach.command(Command.PAUSE, session.t + 2) == ()


def test_a_gap_in_the_frames_does_not_count() -> None:
    """A page that was gone for ten seconds goes on where it was."""
    session = holding(8.0)
    session.t += 10.0
    session.play(4, lambda t: side(80))
    assert session.coach.live().clock_s == pytest.approx(12.0, abs=1.2)


def test_time_that_does_not_increase_is_refused() -> None:
    """The coach's clock only goes forward."""
    coach = Coach(library()[HAMSTRING], Setting(WIDTH_PX, HEIGHT_PX, mirrored=False, height_cm=None, camera=True))
    coach.step(Frame(1.0, None))
    for t in (1.0, 0.5, math.nan):
        with pytest.raises(FrameError, match="time must increase"):
            coach.step(Frame(t, None))


def test_another_picture_size_keeps_the_set_and_measures_afresh() -> None:
    """A phone that is turned midway loses nothing."""
    session = holding(12.0)
    session.coach.refit(Setting(HEIGHT_PX, WIDTH_PX, mirrored=False, height_cm=None, camera=True))
    session.play(1, lambda t: side(80))
    assert len(session.of(SetEnded)) == 1
    assert phases(session)[-1] in ("find", "view", "stand")


# ---- without camera -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", [HAMSTRING, ROTATION])
def test_without_camera_time_alone_leads_to_the_end(exercise: str) -> None:
    """The same engine, driven by time: the whole dose is done and counted."""
    session = Session(exercise, hz=5, camera=False).play(260, nobody)
    summary = summarise(library()[exercise], session.events)
    assert summary.ending == "done"
    assert summary.full_sets == library()[exercise].dose.sets
    assert summary.good_s == pytest.approx(60 if exercise == HAMSTRING else 180, abs=2)
    assert session.of(FaultBegan, SightLost) == []


def test_without_camera_the_stretch_is_guided() -> None:
    """What is heard without camera is the same guidance."""
    said = cues(Session(HAMSTRING, hz=5, camera=False).play(200, nobody).events)
    assert said == [
        "fold_forward", "hold_here", "twenty_seconds", "still_as_a_tree", "ten_seconds", "five", "roll_up", "rest",
        "second_set", "twenty_seconds", "ten_seconds", "five", "roll_up", "two_sets_done",
    ]  # fmt: skip


def test_without_camera_every_phase_has_its_time() -> None:
    """Coming up takes its 6 s and the rest its 20 s; neither counts as holding."""
    began = [(e.phase, e.t_s) for e in Session(HAMSTRING, hz=10, camera=False).play(100, nobody).of(PhaseBegan)]  # type: ignore[attr-defined]
    lasted = {name: later - t for (name, t), (_, later) in pairwise(began)}
    assert lasted == pytest.approx({"lower": 8, "hold": 30, "rise": 6, "rest": 20}, abs=0.3)


def test_coming_up_in_the_last_seconds_is_guided() -> None:
    """The quiet of a hold's last seconds ends with the hold."""
    session = holding(27.0).play(4, up)
    assert "roll_up" in cues(session.events)


def test_a_pause_takes_no_fault_along() -> None:
    """What was seen before a pause accuses nobody after it."""
    session = holding(8.0).play(0.4, lambda t: side(80, 30)).command(Command.PAUSE).play(5, lambda t: side(80, 30))
    session.command(Command.RESUME).play(0.3, lambda t: side(80, 30)).play(3, lambda t: side(80))
    assert session.of(FaultBegan) == []


def test_without_camera_the_rotation_ticks() -> None:
    """Left and right alternate every 3.5 s."""
    beats = [e for e in Session(ROTATION, hz=10, camera=False).play(30, nobody).events if isinstance(e, Beat)]
    assert [b.side for b in beats][:4] == ["left", "right", "left", "right"]
    assert [b.t_s - a.t_s for a, b in pairwise(beats)] == pytest.approx([3.5] * (len(beats) - 1), abs=0.11)


def test_giving_up_the_camera_midway_keeps_the_clock() -> None:
    """A camera that is unplugged in the hold: the hold goes on by time."""
    session = holding(10.0).command(Command.WITHOUT_CAMERA).play(35, nobody)
    assert len(session.of(CameraGivenUp)) == 1
    (ended,) = session.of(SetEnded)
    assert isinstance(ended, SetEnded)
    assert ended.clock_s == pytest.approx(30.0, abs=1.0)


# ---- the log is the product -------------------------------------------------------------------------------------------------------


def test_events_survive_being_written_and_read() -> None:
    """read(write(x)) == x for every event of a session."""
    session = holding(12.0).play(4, lambda t: side(80, 40)).play(8, up).command(Command.HURT)
    assert [from_dict(to_dict(e)) for e in session.events] == session.events


def test_progress_is_written_every_two_seconds() -> None:
    """A power cut loses at most two seconds of a hold."""
    session = holding(11.0)
    assert len(session.of(Progress)) == pytest.approx(5, abs=1)


def test_a_log_that_breaks_off_is_still_a_session() -> None:
    """Without an ending the running set is kept as far as it was written down."""
    session = holding(15.0)
    summary = summarise(library()[HAMSTRING], session.events)
    assert summary.ending == "interrupted"
    assert summary.good_s == pytest.approx(15.0, abs=3.0)
    assert summary.counted_sets == 1


def test_a_later_frame_never_alters_an_earlier_event() -> None:
    """The log of the first ten seconds is the beginning of the log of twenty."""
    short, long = holding(6.0), holding(16.0)
    assert long.events[: len(short.events)] == short.events


def test_clock_tones_alternate() -> None:
    """Started and stopped alternate, so that every tone means something."""
    session = holding(8.0).play(6, lambda t: side(80, 40)).play(6, lambda t: side(80)).play(8, up)
    kinds = [type(e) for e in session.of(ClockStarted, ClockStopped)]
    assert kinds == [ClockStarted, ClockStopped] * (len(kinds) // 2)

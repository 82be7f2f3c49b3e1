"""The live engine: one session of one exercise. ``Coach.step(frame)`` gives events; nothing else goes in but commands.

Pure and deterministic: the same frames and commands give the same events, at any frame rate. There is no exercise here:
what is measured, counted, said and called a fault stands in the exercise's file.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from ownway.body.calibration import Calibration, Calibrator
from ownway.body.landmarks import Frame
from ownway.body.measures import MEASURES, Gauges, Values
from ownway.body.posture import Posture, Side
from ownway.body.view import hand_above_head, missing_part, pole_up, wrong_stance
from ownway.coach.conditions import HeldSince, all_hold, one_broken
from ownway.coach.events import (
    Beat,
    Calibrated,
    CameraGivenUp,
    Cue,
    Ended,
    Ending,
    Event,
    FaultBegan,
    Offered,
    Paused,
    PhaseBegan,
    Repeated,
    Resumed,
    Swung,
)
from ownway.coach.faults import FaultWatch
from ownway.coach.live import Live
from ownway.coach.repetitions import Repetition, RepetitionCounter
from ownway.coach.set import Set, keep_peaks, zone_of
from ownway.coach.setting import Command, Setting
from ownway.coach.sight import VIEW_REASONS, Sight
from ownway.coach.trace import Trace
from ownway.coach.voice import Requests, Voice
from ownway.errors import FrameError
from ownway.exercises.loader import setup
from ownway.exercises.schema import LAST_PHASE, Exercise, Fault, Mark, Phase, Transition

# A mark on the clock is said within this time or not at all: "ten seconds" must be true.
_MARK_VALID_S = 1.5
# ... and one on the count until the next repetition is well under way: chosen by us, half of the quickest tempo we ask for. So
# is what was wrong with the last one.
_COUNT_VALID_S = 2.0
# The last seconds before the full dose, in which only time and safety speak.
_HUSH_S = 5.0
# A shorter loss of sight while standing still is the model's, not the person's.
_FLICKER_S = 0.3
# Before the movement the phase follows what is seen, but does not flicker with it.
_SETUP_PHASE_S = 0.4
# Rest is noticed so much late at most: the time over which it is watched. Before that something else was not as it should be.
_NOTICED_LATE_S = 1.5
# Without frames for so long, time did not count: the page was gone.
_GAP_S = 1.0


class Coach:
    """One session. See the module's text."""

    def __init__(self, exercise: Exercise, setting: Setting) -> None:
        self._exercise = exercise
        self._setup = setup()
        self._setting = setting
        self._camera = setting.camera
        self._view = exercise.camera.view
        repeated = exercise.repetitions is not None
        self._voice = Voice({cue.id: cue for cue in (*self._setup.cues, *exercise.cues)}, repeated)
        self._requests = Requests(self._setup.ask_again_s)
        self._sight = Sight(exercise, self._setup)
        self._sight_texts = {s.reason: s for s in self._setup.sight}
        self._calibrator = self._new_calibrator()
        self._calibration: Calibration | None = None
        self._gauges: Gauges | None = None
        self._values: Values = {}
        self._watches = [FaultWatch(fault, self._setup.judge_from) for fault in exercise.faults]
        self._trace = Trace()
        spec = exercise.repetitions
        self._counter = None if spec is None else RepetitionCounter(spec)
        self._counted = "" if spec is None else spec.measure
        self._phase: Phase | None = None  # None before the movement and after the end
        self._phase_name = ""
        self._phase_since_s = 0.0
        self._phase_said = False
        self._ways: list[tuple[Transition, HeldSince]] = []
        self._set: Set | None = None
        self._approach: dict[str, float] = {}  # peaks on the way into the set
        self._sets_counted = 0
        self._set_no = 0
        self._marks = [m for m in exercise.marks if m.at_count is None and m.left_count is None]
        self._count_marks = [m for m in exercise.marks if m not in self._marks]
        self._marks_due: list[tuple[float, Mark]] = []
        self._beat_s: float | None = None
        self._beats = 0
        self._near: Side = "left"
        self._other_phase = HeldSince()
        self._last_seconds = HeldSince()
        self._hand_up = HeldSince()
        self._hand_armed = True
        self._start_over = False  # the picture has changed: keep the set, and measure the person afresh
        self._paused_by: str | None = None
        self._paused_since_s = 0.0
        self._clean_since_s = 0.0  # when the last fault was last seen
        self._bad_until_s = float("-inf")  # ... and the last one for which the clock waits
        self._offered = False
        self._ended = False
        self._t_s: float | None = None
        self._hindrance: str | None = None

    # ---- what is asked from outside -------------------------------------------------------------------------------------

    @property
    def ended(self) -> bool:
        """Whether the session is over."""
        return self._ended

    @property
    def t_s(self) -> float:
        """Time of the last frame or command, 0 before the first."""
        return self._t_s or 0.0

    def refit(self, setting: Setting) -> None:
        """Go on with another picture (a phone was turned, another camera chosen): the person is measured afresh."""
        changed = (setting.width_px, setting.height_px, setting.mirrored) != (
            self._setting.width_px,
            self._setting.height_px,
            self._setting.mirrored,
        )
        self._setting = setting
        self._camera = self._camera and setting.camera
        self._calibrator = self._new_calibrator()
        self._start_over = changed and self._calibration is not None

    def step(self, frame: Frame) -> tuple[Event, ...]:
        """Take one frame and return what happened.

        Raises
        ------
        FrameError
            When time does not increase or is not finite; nothing has changed then.
        """
        if self._ended:
            return ()
        t = frame.t_s
        if not isfinite(t) or (self._t_s is not None and t <= self._t_s):
            raise FrameError(f"frame at {t} s: time must increase, the last frame was at {self._t_s} s")
        before, self._t_s = self._t_s, t
        events: list[Event] = []
        if before is not None and t - before > _GAP_S:
            events.extend(self._bridge(before, t))
        posture = self._posture(frame)
        if self._camera:
            events.extend(self._gesture(t, posture))
        if self._paused_by is None:
            events.extend(self._step_camera(frame, posture) if self._camera else self._step_timer(t))
        return tuple(events)

    def command(self, command: Command, t_s: float) -> tuple[Event, ...]:
        """Do what the person asks; a command that makes no sense now gives nothing."""
        if self._ended:
            return ()
        t = self._t_s = max(t_s, self.t_s) if isfinite(t_s) else self.t_s
        match command:
            case Command.PAUSE:
                return tuple(self._pause(t, "button"))
            case Command.HIDE:
                return tuple(self._pause(t, "hidden"))
            case Command.RESUME:
                return tuple(self._resume(t, "button"))
            case Command.SHOW:
                return tuple(self._resume(t, "hidden")) if self._paused_by == "hidden" else ()
            case Command.STOP:
                return tuple(self._finish(t, Ending.STOPPED, "stopped"))
            case Command.HURT:
                return tuple(self._finish(t, Ending.HURT, "hurt_stop"))
            case Command.WITHOUT_CAMERA:
                return tuple(self._give_up_camera(t))

    def interrupt(self) -> tuple[Event, ...]:
        """End a session that was left and that nobody came back to; what was done is kept."""
        return () if self._ended else tuple(self._finish(self.t_s, Ending.INTERRUPTED, None))

    def measured(self) -> Values:
        """Return the measures of the last frame by their names in ``body.measures``; empty where nothing can be judged."""
        return self._values if self._hindrance is None else {}

    @property
    def hindrance(self) -> str | None:
        """What hindered judging the last frame: a reason of ``setup.toml``; None where nothing did."""
        return self._hindrance

    def live(self) -> Live:
        """Return what the screen shows now."""
        t, e, s = self.t_s, self._exercise, self._counter
        phase, values = self._phase, self._values
        clock_s = 0.0 if self._set is None else min(self._set.clock.at(t), e.dose.most_s)
        breathing = phase is not None and phase.breathe
        reaching = e.reach is not None and phase is not None and phase.counts
        zone = zone_of(e.reach, values) if reaching and e.reach is not None else None
        return Live(
            t_s=t,
            phase=self._phase_name,
            set_no=min(self._sets_counted + 1, e.dose.sets),  # a set too short to count is done again
            sets=e.dose.sets,
            clock_s=clock_s,
            full_s=e.dose.full_s,
            most_s=e.dose.most_s,
            clock_runs=self._set is not None and self._set.clock.runs,
            rest_left_s=self._rest_left_s(t) if breathing else None,
            reach_zone=None if zone is None else zone.id,
            reach_cm=values.get("reach_held_cm") if reaching else None,
            reach_height=values.get("reach_held") if reaching else None,
            rotation_deg=values.get("rotation_deg"),
            range_left_deg=0.0 if s is None else s.range_deg("left"),
            range_right_deg=0.0 if s is None else s.range_deg("right"),
            swings_left=0 if s is None else s.counts["left"],
            swings_right=0 if s is None else s.counts["right"],
            count=0 if self._set is None else self._set.repetitions,
            full_count=e.dose.repetitions,
            half_period_s=values.get("repetition_period_s"),
            faults=tuple(w.fault.kind for w in self._watches if w.active),
            joints=tuple(joint for w in self._watches if w.active for joint in w.fault.joints),
            near_side=None if self._calibration is None else self._calibration.near,
            sight=self._sight.lost,
            paused=self._paused_by is not None,
            camera=self._camera,
        )

    def _new_calibrator(self) -> Calibrator:
        return Calibrator(self._setup.stand_still_s, self._setting.height_cm, pole=self._exercise.camera.pole)

    # ---- a frame with camera ----------------------------------------------------------------------------------------------

    def _posture(self, frame: Frame) -> Posture | None:
        s = self._setting
        if frame.points is None or not self._camera:
            return None
        return Posture(frame.points, s.width_px, s.height_px, s.mirrored, self._setup.sure_from)

    def _step_camera(self, frame: Frame, posture: Posture | None) -> Iterator[Event]:
        t = frame.t_s
        if self._start_over:
            yield from self._keep_and_find(t)
        if posture is not None and self._calibration is None:
            self._near = posture.near_side()
        if posture is not None and self._phase is not None and (self._set is None or self._pole_comes(posture)):
            yield from self._measure_again(t, posture)
        moving = self._calibration if self._phase is not None else None
        if posture is not None and moving is not None and self._view == "side":
            posture = posture.with_near(moving.near)
        problem = self._hindrance = self._sight.problem(frame, posture, self._near, moving)
        yield from self._sight.step(t, problem)
        if self._phase is None:
            yield from self._set_up(t, posture if problem is None else None, problem)
        else:
            yield from self._move(t, posture if problem is None else None)
        if not self._ended:
            yield from self._speak(t, problem)

    def _set_up(self, t: float, posture: Posture | None, problem: str | None) -> Iterator[Event]:
        """Find the person, see that the view is right, and let them stand still."""
        name = "stand" if problem is None else "view" if problem in VIEW_REASONS else "find"
        if not self._phase_name or self._other_phase.step(t, name != self._phase_name) >= _SETUP_PHASE_S:
            yield from self._name_phase(t, name)
        if posture is None:
            if self._sight.told_for_s(t) >= _FLICKER_S:
                self._calibrator.reset()
            if not self._offered and self._sight.lost_for_s(t) >= self._setup.offer_after_s:
                self._offered = True
                yield Offered(t, "without_camera")
            return
        calibration = self._calibrator.step(t, posture, self._near)
        if calibration is None:
            return
        self._offered = False
        self._requests = Requests(self._setup.ask_again_s)
        yield from self._adopt(t, calibration)
        yield from self._enter(t, t, self._exercise.phase(self._exercise.first_phase))

    def _measure_again(self, t: float, posture: Posture) -> Iterator[Event]:
        """Between sets people turn to the other side or step nearer: whoever stands still then is measured anew."""
        near, camera = posture.near_side(), self._exercise.camera
        seen = missing_part(posture, camera.must_see, near, self._view) is None
        if not seen or wrong_stance(posture, self._view, camera.pole) is not None:
            self._calibrator.reset()
            return
        new, old = self._calibrator.step(t, posture, near), self._calibration
        if new is not None and old is not None and new.differs(old):
            yield from self._adopt(t, new)

    def _pole_comes(self, posture: Posture) -> bool:
        """Return whether a pole was laid across the shoulders since the person was measured without one."""
        measured = self._calibration
        return self._exercise.camera.pole and measured is not None and not measured.with_pole and pole_up(posture)

    def _adopt(self, t: float, calibration: Calibration) -> Iterator[Event]:
        self._calibration = calibration
        self._near = calibration.near
        self._gauges = Gauges(calibration, self._view, self._exercise.measures)
        self._trace.clear()
        yield Calibrated(t, calibration.near, _kept_numbers(calibration))

    def _move(self, t: float, posture: Posture | None) -> Iterator[Event]:
        """Judge a moment of the movement: measures, faults, repetitions, clock, and the way to the next phase."""
        if posture is None and self._sight.lost is None:
            return  # a flicker: everything stays as it was
        if posture is None or self._gauges is None:
            yield from self._blind(t)
            return
        values = self._values = self._gauges.step(t, posture)
        sure = self._gauges.sure
        if self._exercise.hold is not None:
            self._trace.add(t, values.get(self._exercise.hold.measure))
        clock_s = 0.0 if self._set is None else self._set.clock.at(t)
        done: Repetition | None = None
        if self._counter is not None:
            angle = values.get(self._counted)
            if self._phase is not None and self._phase.counts and self._set is not None:
                done = self._counter.step(t, angle, sure, other=self._does_other(values, self._set))
                if done is not None:
                    self._counter.grow_comfort(clock_s)
                doing = self._counter.out and self._counter.under_way
                if doing and self._sets_counted == 0 and not self._exercise.swung:
                    self._phase_said = True  # who does it need not be told how to begin; what is swung has no beginning
            values.update(self._counter.measures(t, angle, clock_s))
        yield from self._watch(t, values, sure)
        if done is not None and self._set is not None:
            yield self._repeated(t, done, self._set)
        if self._set is not None:
            self._set.note(values, sure)
            yield from self._run_clock(t, values)
        else:
            keep_peaks(self._approach, self._exercise.keeps, values)
        yield from self._follow_ways(t, values)

    def _does_other(self, values: Values, running: Set) -> bool:
        """Return whether somebody is seen to do another movement than the one that is counted."""
        spec = self._exercise.repetitions
        return spec is not None and one_broken(spec.only_while, values, running.peaks)

    def _repeated(self, t: float, done: Repetition, running: Set) -> Event:
        """Count a repetition towards the dose, where it was done well from beginning to end."""
        faulty = any(w.active and w.fault.clock == "waits" for w in self._watches)
        good = not faulty and self._bad_until_s < done.start_s
        running.repetitions += good
        if done.side is None:
            return Repeated(t, done.peak_s, done.peak_deg, done.sure, good)
        return Swung(t, done.side, done.peak_s, done.peak_deg, done.sure, good)

    def _blind(self, t: float) -> Iterator[Event]:
        """Nothing can be judged: the clock waits from the moment sight was lost; after long, the set is kept as it was."""
        self._values = {}
        self._forget_repetition()
        if self._set is not None and self._set.clock.runs:
            yield from self._set.wait(t, self._sight.lost_since_s, self._sight.lost or "no_person")
        yield from self._leave_faults(t, "")
        if self._sight.lost_for_s(t) >= self._setup.leave_s:
            yield from self._keep_and_find(t)

    def _keep_and_find(self, t: float) -> Iterator[Event]:
        """Keep the set as it was and go back to finding the person; a new set is offered from there."""
        yield from self._end_set(t)
        self._start_over = False
        self._phase = None
        self._calibration = None
        self._gauges = None
        self._calibrator.reset()

    def _watch(self, t: float, values: Values, sure: float) -> Iterator[Event]:
        start_s = 0.0 if self._set is None else self._set.start_s
        for watch in self._watches:
            armed = self._phase_name in watch.fault.phases and self._at(watch.fault)
            event = watch.step(t, values, sure, armed=armed, not_before_s=start_s)
            if event is None:
                continue
            yield event
            if isinstance(event, FaultBegan):
                if self._set is not None:
                    self._set.clean = False
            else:
                self._clean_since_s = watch.end_s
                self._note_bad(watch)

    def _at(self, fault: Fault) -> bool:
        """Return whether the person is doing what this is a fault of: nobody does badly what they are not doing."""
        by_counting = MEASURES[fault.measure].view is None  # there only where it was done
        return by_counting or self._counter is None or self._counter.under_way

    def _note_bad(self, watch: FaultWatch) -> None:
        """Remember until when a fault spoils what is repeated."""
        if watch.fault.clock == "waits":
            self._bad_until_s = max(self._bad_until_s, watch.end_s)

    def _run_clock(self, t: float, values: Values) -> Iterator[Event]:
        """Let the clock run while the person is in good form, and note the marks it passes."""
        s, phase = self._set, self._phase
        if s is None or phase is None or not phase.counts:
            return
        active = all_hold(phase.clock_while, values, s.peaks)
        faulty = next((w for w in self._watches if w.active and w.fault.clock == "waits"), None)
        yield from s.run(t, active, phase.clock_patience_s, faulty, self._clean_since_s)
        yield from self._pass_marks(t)

    def _pass_marks(self, t: float) -> Iterator[Event]:
        s = self._set
        if s is None:
            return
        (before_s, now_s), (before, now) = s.advance(t), s.advance_count()
        dose = self._exercise.dose
        if before_s != now_s:
            passed = (m for m in self._marks if before_s < _at(m.at_s, m.left_s, dose.full_s) <= now_s)
            self._marks_due.extend((t + _MARK_VALID_S, m) for m in passed if self._suits(m, s))
        if before != now:
            passed = (m for m in self._count_marks if before < _at(m.at_count, m.left_count, dose.repetitions) <= now)
            self._marks_due.extend((t + _COUNT_VALID_S, m) for m in passed if self._suits(m, s))
        yield from s.milestones(t)

    def _suits(self, mark: Mark, running: Set) -> bool:
        return mark.phase == self._phase_name and (running.clean or not mark.clean_only)

    def _follow_ways(self, t: float, values: Values) -> Iterator[Event]:
        peaks = {} if self._set is None else self._set.peaks
        clock_s = 0.0 if self._set is None else self._set.clock.at(t)
        for way, held in self._ways:
            if way.dose_met and self._counted_with_running_set(t) < self._exercise.dose.sets:
                continue
            open_since: float | None = None
            if way.when and held.step(t, all_hold(way.when, values, peaks)) >= way.for_s:
                open_since = held.since
            elif (
                (way.at_clock_s is not None and clock_s >= way.at_clock_s)
                or (way.after_s is not None and t - self._phase_since_s >= way.after_s)
                or (way.set_full and self._set is not None and self._set.full)
            ):
                open_since = t
            if open_since is not None:
                yield from self._go(t, open_since, way.to)
                return

    def _counted_with_running_set(self, t: float) -> int:
        running = self._set is not None and self._set.counts_at(t)
        return self._sets_counted + running

    # ---- a moment without camera --------------------------------------------------------------------------------------------

    def _step_timer(self, t: float) -> Iterator[Event]:
        """Time alone moves the phases."""
        if self._phase is None:
            yield from self._enter(t, t, self._exercise.phase(self._exercise.first_phase))
        phase = self._phase
        if phase is not None and phase.without_camera_s is not None:
            spent_s = t - self._phase_since_s
            if phase.counts and self._set is not None:
                yield from self._set.run(t, True, 0.0, None, t)
                self._set.pace(t)
                yield from self._pass_marks(t)
                yield from self._beat(t, phase)
                spent_s = self._set.clock.at(t)
            if spent_s >= phase.without_camera_s:
                yield from self._go(t, t, self._timer_way(t, phase))
        if not self._ended:
            yield from self._speak(t, None)

    def _timer_way(self, t: float, phase: Phase) -> str:
        met = self._counted_with_running_set(t) >= self._exercise.dose.sets
        return next((way.to for way in phase.next if met or not way.dose_met), LAST_PHASE)

    def _beat(self, t: float, phase: Phase) -> Iterator[Event]:
        """Give the tempo. What the phase says begins the first repetition; the first beat is the next pace of it."""
        spec = self._exercise.repetitions
        if spec is None:
            return
        every_s = spec.tempo_s / max(1, len(spec.paces))
        if self._beat_s is None:
            self._beat_s = t + every_s
        elif t >= self._beat_s:
            self._beat_s += every_s
            side: Side = "right" if self._beats % 2 else "left"
            self._beats += 1
            yield Beat(t, side if spec.sides == 2 else None)
            if spec.paces and self._voice.quiet(t):
                yield self._voice.say(t, spec.paces[self._beats % len(spec.paces)])

    # ---- phases -----------------------------------------------------------------------------------------------------------------

    def _go(self, t: float, since_s: float, to: str) -> Iterator[Event]:
        if to == LAST_PHASE:
            yield from self._finish(t, Ending.DONE, self._exercise.last_cue)
        else:
            yield from self._enter(t, since_s, self._exercise.phase(to))

    def _enter(self, t: float, since_s: float, phase: Phase) -> Iterator[Event]:
        """Begin a phase; ``since_s`` is when its reason began, which is where a set's clock starts."""
        if self._set is not None and not phase.counts:
            left_s = self._left_hold(t, self._set)
            yield from self._leave_faults(t, phase.name, left_s)
            yield from self._set.suspend(t, left_s)
            if not self._keeps_set(phase):
                yield from self._end_set(t)
        yield from self._leave_faults(t, phase.name)
        self._phase = phase
        self._phase_said = False
        self._beat_s, self._beats = None, 0
        self._ways = [(way, HeldSince()) for way in phase.next]
        self._marks_due.clear()
        yield from self._name_phase(t, phase.name)
        if phase.counts and self._set is None:
            self._set_no += 1
            self._voice.new_set()
            moved_s, start_s = self._came_to_hold(t, since_s)
            self._set = Set(self._set_no, start_s, moved_s, self._exercise, self._approach)
            self._approach = {}
            at_it = not self._camera or all_hold(phase.clock_while, self._values, {})
            yield from self._set.begin(t, at_it)

    def _came_to_hold(self, t: float, since_s: float) -> tuple[float, float]:
        """Return when the person left standing and when they came to rest, for a set that was noticed at ``since_s``."""
        trace = self._trace
        level = trace.level(since_s, t)
        if level is None:
            return since_s, since_s
        came_s = trace.came(level, t)
        start_s = since_s if came_s is None else min(since_s, max(came_s, since_s - _NOTICED_LATE_S))
        moved_s = trace.left(0.0, start_s)
        return start_s if moved_s is None else moved_s, start_s

    def _left_hold(self, t: float, s: Set) -> float | None:
        """Return when the person left the hold that they are now on the way out of."""
        level = self._trace.level(s.start_s, t)
        return None if level is None else self._trace.left(level, t)

    def _keeps_set(self, phase: Phase) -> bool:
        """Return whether the running set may still go on from this phase: one way leads back to where it counts, and it is no rest."""
        if phase.breathe:
            return False
        ways = (self._exercise.phase(way.to) for way in phase.next if way.to != LAST_PHASE)
        return any(p.counts for p in ways)

    def _name_phase(self, t: float, name: str) -> Iterator[Event]:
        self._phase_name = name
        self._phase_since_s = t
        yield PhaseBegan(t, name, self._set_no)

    def _leave_faults(self, t: float, to: str, left_s: float | None = None) -> Iterator[Event]:
        """End what is no fault in the phase ``to``; all of them where it names none: a pause, or nothing is seen."""
        for watch in self._watches:
            if to not in watch.fault.phases:
                event = watch.leave(t, t if left_s is None else left_s)
                if event is not None:
                    self._note_bad(watch)
                    yield event

    def _end_set(self, t: float) -> Iterator[Event]:
        if self._set is None:
            return
        yield from self._set.end(t)
        self._sets_counted += self._set.counted
        self._set = None

    def _finish(self, t: float, how: Ending, cue: str | None) -> Iterator[Event]:
        yield from self._leave_faults(t, LAST_PHASE)
        yield from self._end_set(t)
        self._phase = None
        yield from self._name_phase(t, LAST_PHASE)
        if cue is not None:
            yield self._voice.say(t, cue)
        self._ended = True
        yield Ended(t, how.value)

    # ---- pausing, gaps, going on without camera -----------------------------------------------------------------------------------

    def _pause(self, t: float, by: str) -> Iterator[Event]:
        if self._paused_by is not None:
            return
        self._paused_by, self._paused_since_s = by, t
        if self._set is not None:
            yield from self._set.wait(t, t, "paused")
        yield from self._leave_faults(t, "")
        yield Paused(t, by)
        if by != "hidden":
            yield self._voice.say(t, "paused")

    def _resume(self, t: float, by: str) -> Iterator[Event]:
        if self._paused_by is None:
            return
        self._paused_by = None
        self._shift(t - self._paused_since_s)
        yield Resumed(t, by)
        yield self._voice.say(t, "going_on")

    def _bridge(self, before: float, t: float) -> Iterator[Event]:
        """No frames came for a while: that time counts for nothing."""
        if self._paused_by is not None:
            return
        if self._set is not None:
            yield from self._set.wait(t, before, "no_picture")
        yield from self._leave_faults(t, "")
        self._shift(t - before)

    def _shift(self, by_s: float) -> None:
        """Move the phase's beginning past time that did not count, and let the filters settle anew."""
        self._phase_since_s += by_s
        self._sight.restart()
        if self._beat_s is not None:
            self._beat_s += by_s
        for _, held in self._ways:
            held.since = None
        self._trace.clear()
        self._forget_repetition()
        if self._calibration is not None:
            self._gauges = Gauges(self._calibration, self._view, self._exercise.measures)

    def _forget_repetition(self) -> None:
        if self._counter is not None:
            self._counter.forget()

    def _gesture(self, t: float, posture: Posture | None) -> Iterator[Event]:
        """Pause and resume by a hand held above the head; it must come down before it counts again."""
        if not self._exercise.camera.pause_by_hand:
            return
        held_s = self._hand_up.step(t, posture is not None and hand_above_head(posture))
        if held_s < 0.0:
            self._hand_armed = True
        elif held_s >= self._setup.hand_up_s and self._hand_armed:
            self._hand_armed = False
            yield from self._pause(t, "hand") if self._paused_by is None else self._resume(t, "hand")

    def _give_up_camera(self, t: float) -> Iterator[Event]:
        if not self._camera:
            return
        self._camera = False
        self._values = {}
        yield from self._leave_faults(t, "")
        yield CameraGivenUp(t)
        if self._phase is not None:  # go on in the same phase, from now
            self._phase_since_s = t

    # ---- the voice -------------------------------------------------------------------------------------------------------------------

    def _speak(self, t: float, problem: str | None) -> Iterator[Cue]:
        due = self._due(t, problem)
        if self._phase is None:
            due = (cue for cue in due if self._requests.may(t, cue))
        cue = self._voice.choose(t, due, hush=self._hushed(t))
        if cue is not None:
            if self._phase is None and cue.voiced:
                self._requests.made(t, cue.cue)
            if cue.cue in (self._say_of_phase(), self._exercise.camera.stand_cue):
                self._phase_said = True
            self._marks_due = [(until, mark) for until, mark in self._marks_due if mark.cue != cue.cue]
            yield cue

    def _due(self, t: float, problem: str | None) -> Iterator[str]:
        """Give the cues there is a reason for at this moment."""
        for watch in self._watches:
            if self._told_now(t, watch) if watch.pressing else (problem is None and self._went_by(t, watch)):
                yield watch.fault.cue
        if self._offered and problem is not None:
            yield "without_camera"
        if problem is not None and self._rest_left_s(t) > 0.0:
            return  # whoever rests may step aside
        if problem is not None:
            text = self._sight_texts[problem]
            if self._sight.told_for_s(t) >= text.after_s:
                yield text.cue if self._phase is None or text.cue_moving is None else text.cue_moving
            return
        yield from self._due_of_phase(t)
        for until, mark in self._marks_due:
            if t <= until:
                yield mark.cue

    def _due_of_phase(self, t: float) -> Iterator[str]:
        phase = self._phase
        if phase is None:
            if self._phase_name == "stand" and t - self._phase_since_s > 0.3:
                yield self._exercise.camera.stand_cue
            return
        say = self._say_of_phase()
        if say is None or self._phase_said or t - self._phase_since_s > phase.say_within_s:
            return
        if not self._camera or (all_hold(phase.say_while, self._values, {}) and not self._begun(t, phase)):
            yield say

    def _told_now(self, t: float, watch: FaultWatch) -> bool:
        """Return whether this is the moment to tell a fault that is going on.

        In what goes there and back that is the way out. Told not long ago, it may be told again only on the way back, where its
        words would ask for the opposite of what is right just then: so it waits for the next repetition.
        """
        spec = self._exercise.repetitions
        if spec is None or self._exercise.swung or t - watch.certain_s > spec.tempo_s:
            return True
        return self._voice.free_s(watch.fault.cue) <= watch.certain_s

    def _went_by(self, t: float, watch: FaultWatch) -> bool:
        """Return whether a repetition's fault went by while something else was being said: it helps before the next one, or not at all."""
        counter = self._counter
        return (
            counter is not None
            and t - watch.pressed_s <= _COUNT_VALID_S
            and self._phase_name in watch.fault.phases
            and self._voice.free_s(watch.fault.cue) <= watch.certain_s
            and not counter.begun_since(watch.pressed_s)
        )

    def _begun(self, t: float, phase: Phase) -> bool:
        """Return whether the person has begun by themselves: an instruction would come too late, and keep a correction waiting."""
        counter = None if self._exercise.swung else self._counter
        return phase.counts and counter is not None and counter.leaving(t)

    def _rest_left_s(self, t: float) -> float:
        """Return how much of a rest is left, 0 outside of one."""
        if self._phase is None or not self._phase.breathe:
            return 0.0
        return max(0.0, self._exercise.dose.rest_s - (t - self._phase_since_s))

    def _say_of_phase(self) -> str | None:
        phase = self._phase
        if phase is None:
            return None
        return phase.say_again if phase.say_again is not None and self._sets_counted > 0 else phase.say

    def _hushed(self, t: float) -> bool:
        """Return whether the last seconds before the full dose are running; a clock that waits longer is explained again."""
        full_s, by_time = self._exercise.dose.full_s, self._exercise.dose.repetitions is None
        s = self._set if self._phase is not None and self._phase.counts else None
        last = by_time and s is not None and full_s - _HUSH_S <= s.clock.at(t) < full_s
        return 0.0 <= self._last_seconds.step(t, last) <= _HUSH_S


def _at(at: float | None, left: float | None, full: float | None) -> float:
    """Return where on the way to the full dose a mark stands."""
    return (full or 0.0) - (left or 0.0) if at is None else at


def _kept_numbers(c: Calibration) -> dict[str, float]:
    """Return what is kept of a calibration: enough to understand the numbers, nothing to know a person by."""
    numbers = {
        "trunk_tilt_deg": c.trunk_tilt_deg,
        "knee_flexion_deg": c.knee_flexion_deg,
        "trunk_px": c.trunk_px,
        "wrist_span_px": c.square.span_px,
        "cm_per_px": c.cm_per_px,
    }
    return {name: round(value, 3) for name, value in numbers.items() if value is not None}

"""Whether the coach can judge at all, and if not, why: the first reason in order of what explains the rest."""

from __future__ import annotations

from collections import deque

from ownway.body.calibration import Calibration
from ownway.body.landmarks import Frame, Picture
from ownway.body.posture import Posture, Side
from ownway.body.view import missing_part, turned_out_of_side_view, wrong_stance
from ownway.coach.conditions import HeldSince
from ownway.coach.events import Event, SightLost, SightRegained
from ownway.exercises.schema import Exercise, Setup

VIEW_REASONS = frozenset({"not_side_on", "not_facing", "pole_down", "lying_picture"})
_RATE_WINDOW_S = 4.0
_REGAIN_AFTER_S = 0.2  # one good frame between bad ones is no sight


class Sight:
    """Follows what hinders judging from frame to frame."""

    def __init__(self, exercise: Exercise, setup: Setup) -> None:
        self._camera = exercise.camera
        self._setup = setup
        self._times: deque[float] = deque()
        self._people = 1
        self._brightness = 1.0
        self._problem: str | None = None
        self._problem_held = HeldSince()
        self._clear_held = HeldSince()
        self._asked_for_pole = HeldSince()
        self.lost: str | None = None  # the reason, once it has lasted
        self.lost_since_s = 0.0

    def problem(self, frame: Frame, posture: Posture | None, near: Side, calibration: Calibration | None) -> str | None:
        """Return what hinders judging this frame, or None. ``calibration`` is given once the movement has begun."""
        self._note(frame)
        moving = calibration is not None
        if frame.picture is Picture.STUCK:
            return "stuck"
        if self._brightness < self._setup.dark_below and (posture is None or not moving):
            return "too_dark"
        if posture is None:
            return "no_person"
        if self._people > 1 and not moving:
            return "two_people"
        if self._rate_hz() < self._setup.slow_below_hz:
            return "too_slow"
        return self._wrong_view(frame.t_s, posture, near, calibration)

    def _wrong_view(self, t_s: float, posture: Posture, near: Side, calibration: Calibration | None) -> str | None:
        camera = self._camera
        groups = camera.must_see if calibration is None else camera.keep_seeing
        missing = missing_part(posture, groups, near, camera.view)
        if missing is not None:
            return missing
        if calibration is None:
            wrong = wrong_stance(posture, camera.view, camera.pole)
            if wrong == "pole_down" and self._asked_for_pole.step(t_s, True) >= camera.pole_wait_s:
                return None  # there is none: the shoulders tell the side, and the degrees roughly
            return wrong
        turned = camera.view == "side" and turned_out_of_side_view(posture, calibration.trunk_px)
        return "not_side_on" if turned else None

    def step(self, t_s: float, problem: str | None) -> list[Event]:
        """Take this frame's problem; return what became certain: lost after ``settle_s``, regained soon after."""
        if problem != self._problem:
            self._problem = problem
            if problem is not None:
                self._problem_held.since = None
        held_s = self._problem_held.step(t_s, problem is not None)
        clear_s = self._clear_held.step(t_s, problem is None)
        if problem is not None and problem != self.lost and held_s >= self._setup.settle_s:
            if self.lost is None:
                self.lost_since_s = t_s - held_s
            self.lost = problem
            return [SightLost(t_s, problem, t_s - held_s)]
        if self.lost is not None and clear_s >= _REGAIN_AFTER_S:
            regained = SightRegained(t_s, self.lost, t_s - self.lost_since_s)
            self.lost = None
            return [regained]
        return []

    def told_for_s(self, t_s: float) -> float:
        """Return for how long the present problem has lasted."""
        return 0.0 if self._problem_held.since is None else t_s - self._problem_held.since

    def lost_for_s(self, t_s: float) -> float:
        """Return for how long nothing could be judged, 0 while it can."""
        return 0.0 if self.lost is None else t_s - self.lost_since_s

    def restart(self) -> None:
        """Forget the pace of the picture: there was a pause."""
        self._times.clear()

    def _note(self, frame: Frame) -> None:
        if frame.people is not None:
            self._people = frame.people
        if frame.brightness is not None:
            self._brightness = frame.brightness
        if frame.picture is Picture.LIVE:
            self._times.append(frame.t_s)
        while self._times and self._times[0] < frame.t_s - _RATE_WINDOW_S:
            self._times.popleft()

    def _rate_hz(self) -> float:
        """Pictures a second over the last seconds; taken as good until there are enough to tell."""
        times = self._times
        if len(times) < 2 or times[-1] - times[0] < 0.75 * _RATE_WINDOW_S:
            return float("inf")
        return (len(times) - 1) / (times[-1] - times[0])

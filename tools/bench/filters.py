"""Which filter to follow a limb with: how far each lags behind a movement, and how much noise it leaves at rest.

The angles are those of the clips, frame by frame, before any filter. What they truly did at a moment is told from both sides of it (a
parabola through 0.3 s), which no filter that runs live can know. A filter that only smooths falls behind a
movement by its delay; one that follows the speed as well does not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import pi
from statistics import fmean, pstdev

from ownway.body.calibration import Calibrator
from ownway.body.measures import Gauges, Stream
from ownway.body.posture import Posture
from ownway.body.smoothing import Kalman, Smooth
from ownway.exercises.loader import library, setup
from ownway.media.recordings import read_recording
from tools.bench.figures import Figure
from tools.bench.truth import Clip, clips

RAW = ("trunk_flexion_raw_deg", "knee_flexion_raw_deg", "rotation_raw_deg")
NOISE_DEG = 1.0
_BOTH_SIDES_S = 0.15
_MOVING_DEG_S, _STILL_DEG_S = 10.0, 1.0

Course = list[tuple[float, float]]


class OneEuro:
    """The 1 euro filter: a low pass that opens with speed (Casiez, Roussel, Vogel: CHI 2012)."""

    def __init__(self, least_hz: float, per_speed: float) -> None:
        self._least_hz = least_hz
        self._per_speed = per_speed
        self._t: float | None = None
        self._x = self._speed = 0.0

    def step(self, t_s: float, value: float | None) -> float | None:
        """Return the filtered value."""
        if value is None or self._t is None:
            self._t, self._x, self._speed = (None if value is None else t_s), value or 0.0, 0.0
            return value
        dt = t_s - self._t
        self._t = t_s
        self._speed += _share(1.0, dt) * ((value - self._x) / dt - self._speed)
        self._x += _share(self._least_hz + self._per_speed * abs(self._speed), dt) * (value - self._x)
        return self._x


def _share(hz: float, dt: float) -> float:
    return 1.0 / (1.0 + 1.0 / (2.0 * pi * hz * dt))


class SavitzkyGolay:
    """The polynomial through the last moments, by least squares, read at its end (Savitzky and Golay, 1964, for live use)."""

    def __init__(self, window_s: float, order: int) -> None:
        self._window = window_s
        self._order = order
        self._course: Course = []

    def step(self, t_s: float, value: float | None) -> float | None:
        """Return the filtered value."""
        if value is None:
            self._course.clear()
            return None
        self._course = [(t, v) for t, v in self._course if t >= t_s - self._window] + [(t_s, value)]
        return _fitted(self._course, t_s, self._order)


def _fitted(course: Sequence[tuple[float, float]], at_s: float, order: int) -> float:
    """Return the value at ``at_s`` of the polynomial of this order through the course, by its normal equations."""
    order = min(order, len(course) - 1)
    powers = [[(t - at_s) ** k for k in range(order + 1)] for t, _ in course]
    rows = [
        [sum(p[i] * p[j] for p in powers) for j in range(order + 1)]
        + [sum(p[i] * v for p, (_, v) in zip(powers, course, strict=True))]
        for i in range(order + 1)
    ]
    for i in range(order + 1):
        for j in range(i + 1, order + 1):
            ratio = rows[j][i] / rows[i][i]
            rows[j] = [b - ratio * a for a, b in zip(rows[i], rows[j], strict=True)]
    solved = [0.0] * (order + 1)
    for i in range(order, -1, -1):
        solved[i] = (rows[i][-1] - sum(rows[i][j] * solved[j] for j in range(i + 1, order + 1))) / rows[i][i]
    return solved[0]


FILTERS: dict[str, Callable[[], Stream]] = {
    "low pass, 60 ms": lambda: Smooth(0.06),
    "low pass, 120 ms": lambda: Smooth(0.12),
    "1 euro, 1 Hz + 0.05 s per deg": lambda: OneEuro(1.0, 0.05),
    "1 euro, 1.5 Hz + 0.1 s per deg": lambda: OneEuro(1.5, 0.1),
    "Savitzky-Golay, line, 0.2 s": lambda: SavitzkyGolay(0.2, 1),
    "Savitzky-Golay, line, 0.3 s": lambda: SavitzkyGolay(0.3, 1),
    "Savitzky-Golay, parabola, 0.3 s": lambda: SavitzkyGolay(0.3, 2),
    "Kalman, 3e3": lambda: Kalman(3e3),
    "Kalman, 1e4 (the one in use)": lambda: Kalman(1e4),
    "Kalman, 1e5": lambda: Kalman(1e5),
}


@dataclass(frozen=True, slots=True)
class Score:
    """What a filter did with one course."""

    lag_ms: float | None  # how late it is on the way, None where nothing moved
    error_deg: float
    still_deg: float | None  # what is left of the noise at rest


def measure() -> Iterator[Figure]:
    """Run every filter over every angle of every clip, as it is and with noise."""
    courses = [course for clip in clips() if not clip.refused for course in _courses(clip) if len(course) > 60]
    for name, make in FILTERS.items():
        clean = [_score(make(), course, 0.0) for course in courses]
        noisy = [_score(make(), course, NOISE_DEG) for course in courses]
        lags = [s.lag_ms for s in clean if s.lag_ms is not None]
        still = [s.still_deg for s in noisy if s.still_deg is not None]
        result = (
            f"{fmean(lags):4.0f} ms late, {fmean(s.error_deg for s in clean):.2f} deg off; of 1 deg of noise: "
            f"{fmean(s.error_deg for s in noisy):.2f} deg off, {fmean(still):.2f} left at rest"
        )
        yield Figure(name, result)


def _score(stream: Stream, course: Course, noise_deg: float) -> Score:
    chance = random.Random(1)  # noqa: S311 - noise, the same each time
    told = [stream.step(t, v + chance.gauss(0.0, noise_deg)) for t, v in course]
    late: list[float] = []
    errors: list[float] = []
    still: list[float] = []
    for i, (t, _) in enumerate(course):
        around = [(u, v) for u, v in course[max(0, i - 8) : i + 9] if abs(u - t) <= _BOTH_SIDES_S]
        value = told[i]
        if i < 15 or len(around) < 4 or value is None or around[-1][0] - t < 0.03:
            continue
        true = _fitted(around, t, 2)
        speed = (around[-1][1] - around[0][1]) / (around[-1][0] - around[0][0])
        errors.append(abs(value - true))
        if abs(speed) > _MOVING_DEG_S:
            late.append((true - value) / speed * 1000.0)
        elif abs(speed) < _STILL_DEG_S:
            still.append(value - true)
    return Score(fmean(late) if late else None, fmean(errors), pstdev(still) if len(still) > 5 else None)


def _courses(clip: Clip) -> Iterator[Course]:
    """Give the unfiltered angles of a clip's person once they have been measured standing."""
    header, frames = read_recording(clip.path)
    camera = library()[clip.about["exercise"]].camera
    calibrator = Calibrator(setup().stand_still_s, clip.about["stature_cm"], pole=camera.pole)
    gauges: Gauges | None = None
    courses: dict[str, Course] = {name: [] for name in RAW}
    for frame in frames:
        if frame.points is None:
            continue
        posture = Posture(frame.points, header.width_px, header.height_px, header.mirrored, setup().sure_from)
        if gauges is None:
            calibration = calibrator.step(frame.t_s, posture, posture.near_side())
            gauges = None if calibration is None else Gauges(calibration, camera.view)
            continue
        values = gauges.step(frame.t_s, posture)
        for name, course in courses.items():
            value = values.get(name)
            if value is not None:
                course.append((frame.t_s, value))
    return iter(courses.values())

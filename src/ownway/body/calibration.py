"""The person's own standing: what everything later is measured against."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import median

from ownway.body import rotation
from ownway.body.geometry import arcsin_deg, flexion_deg, middle, tilt_deg, wrap_deg
from ownway.body.landmarks import LEFT_KNEE, RIGHT_KNEE, Joint
from ownway.body.posture import Posture, Side
from ownway.body.view import breadth, pole_up

# Nose height over stature, standing (Drillis and Contini's body segments put eyes at 0.936 and chin at 0.870).
NOSE_HEIGHT = 0.91
# Hip over nose as the model sees them through a level camera, in ten bodies: 0.554 to 0.574. A camera that looks down sees the
# legs shorter (0.53 from 1.4 m, 2.3 m away), one that looks up sees them longer (0.59 from 0.6 m).
HIP_OVER_NOSE = 0.565
_MOST_LEANING = 0.15
# Heel to toe over stature (the same source: foot length 0.152).
FOOT_LENGTH = 0.152
# The distance of what fills the longer side of the picture, in lengths of it: that of a lens that sees 60 deg along that side. With
# one of 75 deg a step of 50 deg is read 3 deg too high.
_LENS = 0.87
# From steeper than this nobody films themselves: a foot that is seen so long is a bad landmark.
_STEEPEST = 0.6
# How far shoulders and hips may wander while standing still, in trunk lengths: sway is 2 to 4 cm of a 50 cm trunk.
STILL_WITHIN = 0.12
# ... and the wrists on the pole, in trunk lengths: at the end of a swing of 40 deg they wander 0.11 in the time this takes.
WRISTS_STILL_WITHIN = 0.08
# ... and the shoulders' width, for an exercise that turns them: at 40 deg they look 0.16 trunk lengths narrower.
SHOULDERS_STILL_WITHIN = 0.05
# ... and the asymmetry of the pole's halves from one half of the time to the other: it shows a last bit of turning that the
# span hides, 2 deg of it.
ASYMMETRY_STILL_WITHIN = 0.01
# A foot that points farther aside than 60 deg shows the floor badly.
_MOST_ACROSS = 0.87
_SIDES: tuple[Side, Side] = ("left", "right")
_MOST = 0.8  # of the frames must show the pole
_PARTS = 8


@dataclass(frozen=True, slots=True)
class Calibration:
    """A person standing still. Lengths in pixels, ``y`` down, angles in degrees.

    Attributes
    ----------
    facing : +1 where the person looks to the picture's right, -1 to the left (side view).
    low_scale : how much more a pixel is worth near the floor than on the whole body: a camera that looks down sees less of it.
    floor_y : the near foot's sole. knee_height_px : near knee above it.
    stature_px : what the person's whole height would be in the picture; cm_per_px : None where their height is not known.
    hip_y, ankle_y, neck_tilt_deg : near hip and ankle; the line from ear to nose against the trunk's.
    thigh_px, knees_apart_px : hip to knee, and the left knee above the right one (front view).
    knees_from_above : how steeply the camera looks down on the knees, as a slope; thigh_over_away : a thigh over its distance.
    foot_turn_deg : how far each foot points outward as seen (left, right); only their change means anything.
    breadth : see ``view.breadth``. square : what the rotation is measured against.
    """

    near: Side
    facing: int
    trunk_px: float
    stature_px: float
    cm_per_px: float | None
    low_scale: float
    floor_y: float
    knee_height_px: float
    trunk_tilt_deg: float
    knee_flexion_deg: float
    lean_deg: float
    hip_y: float
    neck_tilt_deg: float
    ankle_y: float
    thigh_px: float
    knees_apart_px: float
    knees_from_above: float
    thigh_over_away: float
    foot_turn_deg: tuple[float, float]
    breadth: float
    square: rotation.SquareStance

    def height_cm(self, above_floor_px: float) -> float | None:
        """Return what so many pixels above the floor are in cm; None where the person's height is not known."""
        if self.cm_per_px is None:
            return None
        up = above_floor_px / max(self.stature_px * NOSE_HEIGHT, 1.0)
        return above_floor_px * self.cm_per_px * (1.0 + (self.low_scale - 1.0) * (1.0 - up))

    @property
    def with_pole(self) -> bool:
        """Whether a pole lay across the shoulders."""
        return self.square.span_px is not None

    def differs(self, other: Calibration) -> bool:
        """Return whether the person has turned round, taken up the pole, or come nearer or gone away by a tenth."""
        size = self.stature_px / max(other.stature_px, 1.0)
        return (
            self.with_pole != other.with_pole
            or (self.near, self.facing) != (other.near, other.facing)
            or not 0.9 < size < 1.1
        )


@dataclass(frozen=True, slots=True)
class _Stance:
    """One frame of standing; what stillness is judged by is taken from it once."""

    t_s: float
    posture: Posture
    trunk_px: float
    places: tuple[float, float, float, float]  # middle of the shoulders and of the hips
    shoulders: float  # their width
    halves: tuple[float, float] | None  # of the pole, where there is one


def _wanders(series: list[float], beyond: float) -> bool:
    """Return whether the value wanders further: the range of its medians over an eighth of the time each, which noise moves less."""
    if max(series) - min(series) <= beyond:
        return False
    parts = min(_PARTS, len(series))
    cuts = [round(i * len(series) / parts) for i in range(parts + 1)]
    medians = [median(series[i:j]) for i, j in pairwise(cuts)]
    return max(medians) - min(medians) > beyond


def _drift(series: list[float]) -> float:
    """Return how far the second half of the values lies from the first, by their medians."""
    half = len(series) // 2
    return abs(median(series[half:]) - median(series[:half])) if half else 0.0


class Calibrator:
    """Collects frames of standing until ``still_s`` of stillness are there; with a ``pole``, the arms must be still too."""

    def __init__(self, still_s: float, height_cm: float | None, *, pole: bool = False) -> None:
        self._pole = pole
        self._still_s = still_s
        self._height_cm = height_cm
        self._stances: deque[_Stance] = deque()

    def reset(self) -> None:
        """Forget what was collected: the person moved away, or could not be seen."""
        self._stances.clear()

    def step(self, t_s: float, posture: Posture, near: Side) -> Calibration | None:
        """Take one frame; return the calibration once the person has stood still for long enough, else None."""
        halves = rotation.halves(posture) if self._pole and pole_up(posture) else None
        places = (*posture.shoulders, *posture.hips)
        width = rotation.shoulder_width_px(posture)
        self._stances.append(_Stance(t_s, posture, posture.trunk_px, places, width, halves))
        while len(self._stances) > 1 and self._stances[1].t_s <= t_s - self._still_s:
            self._stances.popleft()
        if self._stances[0].t_s > t_s - self._still_s or len(self._stances) < 5:
            return None
        if not _upright(posture, near):
            return None
        trunk = median(s.trunk_px for s in self._stances)
        if not self._still(trunk):
            return None
        measured = self._measure(near, trunk)
        self.reset()
        return measured

    def _still(self, trunk_px: float) -> bool:
        stances = self._stances
        if any(_wanders([s.places[i] for s in stances], STILL_WITHIN * trunk_px) for i in range(4)):
            return False
        if self._pole and _wanders([s.shoulders for s in stances], SHOULDERS_STILL_WITHIN * trunk_px):
            return False
        spans = [s.halves for s in stances if s.halves is not None]
        if not spans:
            return True
        if len(spans) < _MOST * len(stances):  # the pole is being lifted, or put down
            return False
        if _drift([rotation.asymmetry(*h) for h in spans]) > ASYMMETRY_STILL_WITHIN:
            return False
        return not any(_wanders([h[i] for h in spans], WRISTS_STILL_WITHIN * trunk_px) for i in (0, 1))

    def _measure(self, near: Side, trunk_px: float) -> Calibration:
        postures = [s.posture for s in self._stances]
        toes = median(p.at("FOOT_INDEX", near)[0] - p.at("HEEL", near)[0] for p in postures)
        floor = median(max(p.at("HEEL", near)[1], p.at("FOOT_INDEX", near)[1]) for p in postures)
        heel = median(p.at("HEEL", near)[1] for p in postures)
        stature = (heel - median(p.xy[Joint.NOSE][1] for p in postures)) / NOSE_HEIGHT
        spans = [s.halves for s in self._stances if s.halves is not None]
        knee_height = floor - median(p.at("KNEE", near)[1] for p in postures)
        thigh = max(median(middle(p.xy[LEFT_KNEE], p.xy[RIGHT_KNEE])[1] - p.hips[1] for p in postures), 1.0)
        away_px = _LENS * postures[-1].longer_px
        return Calibration(
            near=near,
            facing=1 if toes >= 0 else -1,
            trunk_px=trunk_px,
            stature_px=stature,
            cm_per_px=None if self._height_cm is None else self._height_cm / max(stature, 1.0),
            low_scale=_low_scale(heel - median(p.at("HIP", near)[1] for p in postures), stature * NOSE_HEIGHT),
            floor_y=floor,
            knee_height_px=knee_height,
            trunk_tilt_deg=median(trunk_tilt_deg(p, near) for p in postures),
            knee_flexion_deg=median(knee_flexion_deg(p, near) for p in postures),
            lean_deg=median(tilt_deg(p.hips, p.shoulders) for p in postures),
            hip_y=median(p.at("HIP", near)[1] for p in postures),
            neck_tilt_deg=median(neck_tilt_deg(p, near) for p in postures),
            ankle_y=median(p.at("ANKLE", near)[1] for p in postures),
            thigh_px=thigh,
            knees_apart_px=median(knees_apart_px(p) for p in postures),
            knees_from_above=median(_floor_slope(p, stature) for p in postures) - knee_height / away_px,
            thigh_over_away=thigh / away_px,
            foot_turn_deg=(
                median(foot_turn_deg(p, "left", stature) for p in postures),
                median(foot_turn_deg(p, "right", stature) for p in postures),
            ),
            breadth=median(breadth(p) for p in postures),
            square=_square(postures, spans),
        )


def _low_scale(hip_px: float, nose_px: float) -> float:
    """Return what a pixel near the floor is worth, from where the hip is seen between floor and nose.

    With heights as shares of the nose's, z = q (1 + b (1 - q)) for one seen at q: right at floor and nose, and at the hip by choice of b.
    """
    seen = min(0.9, max(0.1, hip_px / max(nose_px, 1.0)))
    b = (HIP_OVER_NOSE - seen) / (seen * (1.0 - seen))
    return 1.0 + min(_MOST_LEANING, max(-_MOST_LEANING, b))


def _floor_slope(posture: Posture, stature_px: float) -> float:
    """Return how steeply the camera looks down on the floor where a person stands who faces it: its height over its distance.

    The floor shows it: the toes are seen below the heels by so much of what the foot is long towards the camera.
    """
    foot_px = max(FOOT_LENGTH * stature_px, 1.0)
    seen = 0.0
    for side in _SIDES:
        heel, toes = posture.at("HEEL", side), posture.at("FOOT_INDEX", side)
        across = min(abs(toes[0] - heel[0]), _MOST_ACROSS * foot_px)
        seen += 0.5 * (toes[1] - heel[1]) / sqrt(foot_px**2 - across**2)
    return min(_STEEPEST, max(0.0, seen))


def _square(postures: list[Posture], spans: list[tuple[float, float]]) -> rotation.SquareStance:
    depths = [depth for p in postures if (depth := rotation.shoulder_depth_px(p)) is not None]
    scales = [scale for p in postures if (scale := rotation.scale_px(p)) is not None]
    return rotation.SquareStance(
        scale_px=max(median(scales), 1.0) if scales else 1.0,
        span_px=median(sum(h) for h in spans) if spans else None,
        asymmetry=median(rotation.asymmetry(*h) for h in spans) if spans else 0.0,
        shoulder_width_px=max(median(rotation.shoulder_width_px(p) for p in postures), 1.0),
        shoulder_depth_px=median(depths) if depths else None,
        mirrored=postures[-1].mirrored,
    )


def trunk_tilt_deg(posture: Posture, side: Side) -> float:
    """Return how far the line from hip to shoulder leans to the picture's right, -180..180 deg."""
    return tilt_deg(posture.at("HIP", side), posture.at("SHOULDER", side))


def knee_flexion_deg(posture: Posture, side: Side) -> float:
    """Return 180 deg minus the angle hip, knee, ankle: 0 for a straight leg."""
    return flexion_deg(posture.at("HIP", side), posture.at("KNEE", side), posture.at("ANKLE", side))


def neck_tilt_deg(posture: Posture, side: Side) -> float:
    """Return how far the line from ear to nose leans to the picture's right of the trunk's, -180..180 deg.

    A head that drops by 48 deg turns this line by 35, and the one from shoulder to ear by 17 alone.
    """
    head = tilt_deg(posture.at("EAR", side), posture.xy[Joint.NOSE])
    return wrap_deg(head - trunk_tilt_deg(posture, side))


def knees_apart_px(posture: Posture) -> float:
    """Return how far the left knee is above the right one: their difference, so that bobbing does not matter."""
    return posture.xy[RIGHT_KNEE][1] - posture.xy[LEFT_KNEE][1]


def foot_turn_deg(posture: Posture, side: Side, stature_px: float) -> float:
    """Return where the foot points, seen from the front: 0 to the camera, positive to the person's own left, in degrees."""
    across = posture.at("FOOT_INDEX", side)[0] - posture.at("HEEL", side)[0]
    return arcsin_deg(across / max(FOOT_LENGTH * stature_px, 1.0))


def _upright(posture: Posture, near: Side) -> bool:
    """Standing: trunk within 20 deg of the picture's vertical, and hips clearly above the knees (not sitting)."""
    thigh = posture.at("KNEE", near)[1] - posture.at("HIP", near)[1]
    return abs(trunk_tilt_deg(posture, near)) < 20.0 and thigh > 0.5 * posture.trunk_px

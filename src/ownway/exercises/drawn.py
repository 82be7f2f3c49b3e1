"""A person drawn from joints: rounded shapes as paths of an SVG, each of the same kind and number in every posture.

So whoever moves them from one posture to the next has numbers to move, and nothing to know of bodies. Sizes are chosen by us,
so that it looks like somebody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import acos, atan2, cos, hypot, radians, sin

from ownway.body.geometry import Point
from ownway.body.view import View
from ownway.exercises.bearing import OUTWARD, TRUNK, Body, between, body
from ownway.exercises.postures import Arms
from ownway.exercises.schema import Exercise, KeyPosture, Variant

UNITS = 1000  # of the drawing, for the stature
STEPS = 5  # pictures from one key posture to the next; between them all numbers run evenly, off by 2 % of a limb that turns by 90 deg
_MARGIN = 0.06
_LEAST_SIDE = 1.14  # of the square it stands in: everybody is of one size, unless the hands go up
_GAP = 0.022  # by which the far limbs stand before the near ones, so that there are two

Circle = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A path: its class, and what is drawn."""

    kind: str
    d: str


@dataclass(frozen=True, slots=True)
class _Things:
    """What is there besides the person: a chair, and a pole, held as this word says."""

    chair: tuple[Shape, ...]
    pole: Arms | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A key posture as it is drawn.

    Attributes
    ----------
    id, text : of the picture. takes_s : to come there.
    shapes : what is drawn. ways : the same shapes on the way there, evenly; the last is the posture itself.
    """

    id: str
    text: str
    takes_s: float
    shapes: tuple[Shape, ...]
    ways: tuple[tuple[str, ...], ...]

    @property
    def told(self) -> dict[str, object]:
        """Return what a page needs to know to let it move."""
        return {"id": self.id, "takes_s": self.takes_s, "ways": self.ways}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn of an exercise: its key moments, round and round, the one that stands for it, and what to avoid."""

    box: tuple[int, int, int]  # x, y, and the side of the square
    moments: tuple[Moment, ...]
    main: Moment
    faults: tuple[tuple[Variant, tuple[Shape, ...]], ...]
    view: View


def drawing(exercise: Exercise) -> Drawing | None:
    """Return what is drawn of an exercise; None where none of its pictures has a posture."""
    show = exercise.demonstration
    postured = [] if show is None else [(one, one.posture) for one in show.pictures if one.posture is not None]
    if show is None or not postured:
        return None
    view = exercise.camera.view
    faults = [(one, one.posture) for one in show.faults if one.posture is not None]
    all_of_them = [posture for _, posture in (*postured, *faults)]
    poles = [one.arms for one in all_of_them if one.arms in {"pole", "pole_along"}]
    things = _Things(_chair(all_of_them, view), poles[0] if poles else None)
    befores = [postured[-1][1], *(posture for _, posture in postured)]
    moments = tuple(
        _moment(one.id, one.text, before, posture, view, things)
        for (one, posture), before in zip(postured, befores, strict=False)
    )
    named = [moment for moment in moments if moment.id == show.main]
    return Drawing(
        box=_box([body(between(one, one, 1.0), view) for one in all_of_them]),
        moments=moments,
        main=named[0] if named else moments[-1],
        faults=tuple((one, _still(posture, view, things)) for one, posture in faults),
        view=view,
    )


def _moment(name: str, text: str, before: KeyPosture, posture: KeyPosture, view: View, things: _Things) -> Moment:
    ways = tuple(
        tuple(shape.d for shape in _shapes(body(between(before, posture, step / STEPS), view), things))
        for step in range(1, STEPS + 1)
    )
    return Moment(name, text, posture.takes_s, _still(posture, view, things), ways)


def _still(posture: KeyPosture, view: View, things: _Things) -> tuple[Shape, ...]:
    return tuple(_shapes(body(between(posture, posture, 1.0), view), things))


def _box(bodies: Sequence[Body]) -> tuple[int, int, int]:
    """Return the square that holds all of it: the floor below, the feet about in the middle."""
    points = [point for one in bodies for point in _extent(one)]
    left, right = min(x for x, _ in points) - _MARGIN, max(x for x, _ in points) + _MARGIN
    height = max(y for _, y in points) + 2 * _MARGIN
    side = max(_LEAST_SIDE, right - left, height)
    middle = (left + right) / 2
    return round((middle - side / 2) * UNITS), round((_MARGIN - side) * UNITS), round(side * UNITS)


def _extent(one: Body) -> Iterator[Point]:
    sign = -1.0 if one.view == "front" else 1.0  # seen as in a mirror
    joints = (point for limb in (*one.arms.values(), *one.legs.values()) for point in limb)
    for x, y in (*joints, one.hips, one.shoulders):
        yield sign * x, y
    yield sign * one.head[0] - 0.06, one.head[1] + 0.07
    yield sign * one.head[0] + 0.06, one.head[1] + 0.07


# ---- shapes -----------------------------------------------------------------------------------------------------------------


def _pen(x: float, y: float) -> str:
    return f"{round(x * UNITS)} {round(-y * UNITS)}"


def _capsule(a: Circle, b: Circle) -> str:
    """Return the hull of two circles. Which of them is the larger is the same in every posture: flags of arcs are no numbers."""
    along = atan2(b[1] - a[1], b[0] - a[0])
    apart = max(hypot(b[0] - a[0], b[1] - a[1]), 1e-6)
    half = acos(max(-1.0, min(1.0, (a[2] - b[2]) / apart)))
    (ax, ay, ar), (bx, by, br) = a, b
    ends = [
        _pen(x + r * cos(along + turn), y + r * sin(along + turn))
        for x, y, r, turn in ((ax, ay, ar, half), (bx, by, br, half), (bx, by, br, -half), (ax, ay, ar, -half))
    ]
    big_a, big_b = (1, 0) if ar >= br else (0, 1)
    ra, rb = round(ar * UNITS), round(br * UNITS)
    return f"M{ends[0]}L{ends[1]}A{rb} {rb} 0 {big_b} 1 {ends[2]}L{ends[3]}A{ra} {ra} 0 {big_a} 1 {ends[0]}Z"


def _chain(*circles: Circle) -> str:
    return "".join(_capsule(a, b) for a, b in pairwise(circles))


def _smooth(points: Sequence[Point]) -> str:
    """Return a closed curve through the points (Catmull and Rom's)."""
    count = len(points)
    parts = [f"M{_pen(*points[0])}"]
    for i in range(count):
        before, start, end, after = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        one = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        two = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        parts.append(f"C{_pen(*one)} {_pen(*two)} {_pen(*end)}")
    return "".join(parts) + "Z"


def _at(point: Point, r: float) -> Circle:
    return point[0], point[1], r


def _along(a: Point, b: Point, share: float, off: float, r: float) -> Circle:
    """Return a circle on the way from ``a`` to ``b``, ``off`` it to the left of who goes there."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    apart = max(hypot(dx, dy), 1e-6)
    return a[0] + dx * share - dy / apart * off, a[1] + dy * share + dx / apart * off, r


# ---- the person ---------------------------------------------------------------------------------------------------------------


def _shapes(one: Body, things: _Things) -> Iterator[Shape]:
    if one.view == "side":
        yield from _side(one, things)
    else:
        yield from _front(_mirrored(one), things)


def _spine(one: Body, share: float) -> tuple[Point, Point]:
    """Return a point of the trunk's middle line, and the direction across it, to the front or the own left."""
    (hx, hy), (sx, sy) = one.hips, one.shoulders
    ux, uy = (sx - hx) / TRUNK, (sy - hy) / TRUNK
    off = 4 * one.bulge * share * (1 - share) if 0 < share < 1 else 0.0
    slope = 4 * one.bulge / TRUNK * (1 - 2 * min(1.0, max(0.0, share)))
    x, y = hx + (sx - hx) * share - uy * off, hy + (sy - hy) * share + ux * off
    tx, ty = ux - uy * slope, uy + ux * slope
    size = hypot(tx, ty)
    if share > 1:
        x, y = sx + tx / size * TRUNK * (share - 1), sy + ty / size * TRUNK * (share - 1)
    return (x, y), (ty / size, -tx / size)


def _ribbon(one: Body, stations: Sequence[tuple[float, float, float]]) -> str:
    """Return a closed curve about the middle line; a station says where along it, and how far it reaches back and ahead."""
    spots = [(_spine(one, share), back, ahead) for share, back, ahead in stations]
    ahead_of = [(x + nx * ahead, y + ny * ahead) for ((x, y), (nx, ny)), _, ahead in spots]
    behind = [(x - nx * back, y - ny * back) for ((x, y), (nx, ny)), back, _ in spots]
    return _smooth([*behind, *reversed(ahead_of)])


_SIDE_PELVIS = ((-0.1, 0.045, 0.03), (0.02, 0.074, 0.05), (0.14, 0.066, 0.056), (0.24, 0.05, 0.05))
_SIDE_SHIRT = (
    (0.1, 0.066, 0.058),
    (0.22, 0.057, 0.058),
    (0.45, 0.05, 0.058),
    (0.7, 0.06, 0.062),
    (0.9, 0.054, 0.054),
    (1.02, 0.04, 0.034),
    (1.1, 0.022, 0.022),
)


def _side(one: Body, things: _Things) -> Iterator[Shape]:
    yield from things.chair
    far = _shifted(one, _GAP)
    yield from _arm_from_side(far, "far ")
    yield from _leg_from_side(far, "far ", "")
    yield from _leg_from_side(one, "", _ribbon(one, _SIDE_PELVIS))
    if things.pole == "pole_along":
        yield Shape("pole", _pole_along(one, -0.082))
    yield Shape("shirt", _ribbon(one, _SIDE_SHIRT))
    neck, _ = _spine(one, 1.1)
    throat = _chain(_at(neck, 0.028), _along(neck, one.head, 0.8, 0.006, 0.027))
    yield Shape("skin", throat + _smooth([_turned(one.head, one.head_deg, point) for point in _PROFILE]))
    yield Shape("hair", _smooth([_turned(one.head, one.head_deg, point) for point in _PROFILE_HAIR]))
    yield from _arm_from_side(one, "")
    if things.pole == "pole":
        x, y = _drop(one, one.shoulders)
        yield Shape("pole", _capsule((x - 0.03, y + 0.03, 0.014), (x - 0.029, y + 0.03, 0.014)))


def _pole_along(one: Body, off: float) -> str:
    """Return a pole along the spine, ``off`` it to the front."""
    (hx, hy), (sx, sy) = one.hips, one.shoulders
    ux, uy = (sx - hx) / TRUNK, (sy - hy) / TRUNK
    low, high = ((hx + uy * off + ux * at, hy - ux * off + uy * at) for at in (-0.12, TRUNK + 0.2))
    return _capsule(_at(low, 0.0085), _at(high, 0.0085))


def _shifted(one: Body, by: float) -> Body:
    def moved(limb: tuple[Point, ...]) -> tuple[Point, Point, Point, Point]:
        a, b, c, d = ((x + by, y) for x, y in limb)
        return a, b, c, d

    def feet(limb: tuple[Point, ...]) -> tuple[Point, Point, Point, Point]:
        hip, knee, ankle, ball = limb
        return (
            (hip[0] + by * 0.4, hip[1]),
            (knee[0] + by * 0.8, knee[1]),
            (ankle[0] + by, ankle[1]),
            (
                ball[0] + by,
                ball[1],
            ),
        )

    return replace(
        one,
        legs={side: feet(limb) for side, limb in one.legs.items()},
        arms={side: moved(limb) for side, limb in one.arms.items()},
    )


def _leg_from_side(one: Body, far: str, pelvis: str) -> Iterator[Shape]:
    hip, knee, ankle, ball = one.legs["left"]
    yield Shape(f"{far}shoe", _shoe(ankle, ball))
    leg = _chain(
        _at(hip, 0.062),
        _along(hip, knee, 0.45, 0.004, 0.05),
        _at(knee, 0.036),
        _along(knee, ankle, 0.3, -0.009, 0.036),
        _along(knee, ankle, 0.65, -0.004, 0.029),
        _along(knee, ankle, 0.93, 0.0, 0.025),
    )
    yield Shape(f"{far}trousers", pelvis + leg)


def _shoe(ankle: Point, ball: Point) -> str:
    """Return a shoe about ankle and ball: heel and sole turn with the foot, the toes stay on the floor."""
    dx, dy = ball[0] - ankle[0], ball[1] - ankle[1]
    far = hypot(dx, dy)
    lean = atan2(dy, dx) + 0.4636  # as it is in standing, where the ball is half as far down as it is ahead

    def of_ankle(x: float, y: float, r: float) -> Circle:
        return ankle[0] + x * cos(lean) - y * sin(lean), ankle[1] + x * sin(lean) + y * cos(lean), r

    heel, top = of_ankle(-0.02, -0.018, 0.021), of_ankle(0.012, -0.006, 0.026)
    toes = (ball[0] + 0.012 * far / 0.087, 0.0165, 0.0165)
    tip = (ball[0] + 0.036, 0.014, 0.014)
    return _chain(heel, top) + _chain(heel, toes) + _chain(top, toes, tip)


def _arm_from_side(one: Body, far: str) -> Iterator[Shape]:
    shoulder, elbow, wrist, tip = one.arms["left"]
    yield Shape(f"{far}skin", _forearm(elbow, wrist, tip))
    yield Shape(f"{far}shirt", _sleeve(_drop(one, shoulder), elbow))


def _drop(one: Body, shoulder: Point, by: float = 0.018) -> Point:
    """Return where the arm begins: a little below the end of the spine."""
    return shoulder[0] - by * sin(radians(one.end_deg)), shoulder[1] - by * cos(radians(one.end_deg))


def _sleeve(shoulder: Point, elbow: Point) -> str:
    return _chain(
        _at(shoulder, 0.041), _along(shoulder, elbow, 0.5, 0.0, 0.034), _along(shoulder, elbow, 0.82, 0.0, 0.031)
    )


def _forearm(elbow: Point, wrist: Point, tip: Point) -> str:
    return _chain(
        _at(elbow, 0.0255), _along(elbow, wrist, 0.3, 0.0, 0.025), _at(wrist, 0.0175),
        _along(wrist, tip, 0.5, 0.0, 0.02), _along(wrist, tip, 0.95, 0.0, 0.012),
    )  # fmt: skip


# The head from the side, about its middle: to where it looks, and up.
_PROFILE = (
    (0.0, 0.066), (0.034, 0.054), (0.05, 0.028), (0.051, 0.01), (0.063, -0.014), (0.053, -0.02), (0.053, -0.036),
    (0.046, -0.058), (0.022, -0.063), (-0.006, -0.045), (-0.032, -0.04), (-0.055, -0.005), (-0.046, 0.042),
)  # fmt: skip
_PROFILE_HAIR = (
    (0.046, 0.042), (0.03, 0.064), (-0.004, 0.074), (-0.042, 0.06), (-0.064, 0.02), (-0.06, -0.02), (-0.042, -0.046),
    (-0.026, -0.034), (-0.016, -0.008), (-0.004, 0.01), (0.012, 0.024), (0.034, 0.034),
)  # fmt: skip


def _turned(centre: Point, angle_deg: float, point: Point) -> Point:
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    return centre[0] + point[0] * c + point[1] * s, centre[1] - point[0] * s + point[1] * c


# ---- from the front -----------------------------------------------------------------------------------------------------------

_FRONT_PELVIS = ((-0.14, 0.03), (-0.02, 0.098), (0.1, 0.096), (0.22, 0.084))
_FRONT_SHIRT = (
    (0.09, 0.1), (0.25, 0.09), (0.42, 0.084), (0.65, 0.098), (0.84, 0.118), (0.97, 0.122), (1.05, 0.085), (1.13, 0.036),
)  # fmt: skip
_DEEP = 0.6  # of its width, what a trunk seen from the side has
_FACE = (
    (0.0, 0.066), (0.034, 0.054), (0.047, 0.02), (0.045, -0.018), (0.032, -0.048), (0.0, -0.066),
    (-0.032, -0.048), (-0.045, -0.018), (-0.047, 0.02), (-0.034, 0.054),
)  # fmt: skip
_HAIR = (
    (0.0, 0.076), (0.036, 0.064), (0.053, 0.03), (0.051, -0.004), (0.043, 0.012), (0.036, 0.032), (0.01, 0.041),
    (-0.012, 0.039), (-0.036, 0.032), (-0.043, 0.012), (-0.051, -0.004), (-0.053, 0.03), (-0.036, 0.064),
)  # fmt: skip


def _mirrored(one: Body) -> Body:
    """Return the body as in a mirror: the own left is on the left."""

    def over(limb: tuple[Point, Point, Point, Point]) -> tuple[Point, Point, Point, Point]:
        a, b, c, d = ((-x, y) for x, y in limb)
        return a, b, c, d

    return replace(
        one,
        hips=(-one.hips[0], one.hips[1]),
        shoulders=(-one.shoulders[0], one.shoulders[1]),
        bulge=-one.bulge,
        trunk_deg=-one.trunk_deg,
        end_deg=-one.end_deg,
        head=(-one.head[0], one.head[1]),
        head_deg=-one.head_deg,
        legs={side: over(limb) for side, limb in one.legs.items()},
        arms={side: over(limb) for side, limb in one.arms.items()},
        turn_deg=-one.turn_deg,
    )


def _front(one: Body, things: _Things) -> Iterator[Shape]:
    raised = one.raised or dict.fromkeys(OUTWARD, 0.0)
    turn = radians(one.turn_deg)
    yield Shape("shoe", "".join(_shoe_from_front(one.legs[side], raised[side]) for side in OUTWARD))
    pelvis = _ribbon(one, [(share, wide, wide) for share, wide in _FRONT_PELVIS])
    yield Shape("trousers", pelvis + "".join(_leg_from_front(one.legs[side], raised[side]) for side in OUTWARD))
    if things.pole is not None:
        yield Shape("pole", _pole_along(one, 0.0) if things.pole == "pole_along" else _pole_across(one))
    shirt = _ribbon(one, [(at, wide, wide) for at, wide in ((at, _wide(at, wide, turn)) for at, wide in _FRONT_SHIRT)])
    sleeves = [_sleeve(_drop(one, one.arms[side][0], 0.034), one.arms[side][1]) for side in OUTWARD]
    yield Shape("shirt", "".join([shirt, *sleeves]))
    yield from _head_from_front(one, 0.05 * sin(turn))
    for side in OUTWARD:
        yield Shape("skin", _forearm(*one.arms[side][1:]))


def _head_from_front(one: Body, looks: float) -> Iterator[Shape]:
    """Yield neck, face and hair; a head that is turned shows its nose at the side it ``looks`` to."""

    def placed(x: float, y: float, r: float) -> Circle:
        return *_turned(one.head, one.head_deg, (x, y)), r

    neck, _ = _spine(one, 1.12)
    throat = _chain(_at(neck, 0.034), _along(neck, one.head, 0.8, 0.0, 0.03))
    face = _smooth([_turned(one.head, one.head_deg, point) for point in _FACE])
    nose = _chain(placed(looks * 0.5, -0.012, 0.018), placed(looks * 1.05, -0.014, 0.0105))
    yield Shape("skin", throat + face + nose)
    yield Shape("hair", _smooth([_turned(one.head, one.head_deg, (x - looks * 0.2, y)) for x, y in _HAIR]))


def _pole_across(one: Body) -> str:
    """Return a pole behind the neck, as long as it looks when it is turned."""
    (x, y), (nx, ny) = _spine(one, 1.04)
    half = 0.56 * cos(radians(one.turn_deg))
    return _capsule((x - nx * half, y - ny * half, 0.009), (x + nx * half, y + ny * half, 0.009))


def _wide(share: float, wide: float, turn: float) -> float:
    """Return how wide the trunk looks there: it turns more the higher, and is an ellipse."""
    angle = turn * min(1.0, max(0.0, share))
    return wide * hypot(cos(angle), _DEEP * sin(angle))


def _leg_from_front(leg: tuple[Point, Point, Point, Point], raised: float) -> str:
    hip, knee, ankle, _ = leg
    nearer = 1 + 0.1 * raised
    return _chain(
        _at(hip, 0.05),
        _along(hip, knee, 0.45, 0.0, 0.046 + 0.003 * raised),
        _at(knee, 0.035 * nearer),
        _along(knee, ankle, 0.3, 0.0, 0.0345 * nearer),
        _along(knee, ankle, 0.7, 0.0, 0.027 * nearer),
        _along(knee, ankle, 0.94, 0.0, 0.0245),
    )


def _shoe_from_front(leg: tuple[Point, Point, Point, Point], raised: float) -> str:
    ankle, ball = leg[2], leg[3]
    low = ball[1] + 0.016 - 0.02 * raised
    out = (ball[0] - ankle[0]) * 0.9
    return _chain(_at((ankle[0], ankle[1] - 0.004), 0.024), (ball[0] + out, low + 0.004, 0.0245 - 0.004))


# ---- a chair --------------------------------------------------------------------------------------------------------------------


def _chair(postures: Sequence[KeyPosture], view: View) -> tuple[Shape, ...]:
    """Return the chair below the first who sits, seen from the side; none where nobody does."""
    seated = next((one for one in postures if one.seat), None)
    if seated is None or view != "side":
        return ()
    x, y = body(between(seated, seated, 1.0), view).hips
    high = y - 0.078
    back, ahead = x - 0.12, x + 0.13
    legs = _capsule((back, high, 0.009), (back - 0.01, 0.009, 0.009)) + _capsule(
        (ahead, high, 0.009), (ahead + 0.008, 0.009, 0.009)
    )
    rest = _capsule((back, high, 0.009), (back - 0.03, high + 0.24, 0.009))
    return (Shape("chair", legs + rest + _capsule((back, high, 0.014), (ahead, high, 0.014))),)

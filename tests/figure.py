"""A stick figure whose every angle is given, so that the expected number can be derived in the head.

The figure is 1.70 m tall with simple segments (metres): sole to knee 0.50, knee to hip 0.45, hip to shoulder 0.50, shoulder
to nose 0.17, arm 0.55 and hand 0.10. One picture height is ``span_m`` metres; the picture is 640 x 480. Visibility is 1 for what the
camera would see.
"""

from __future__ import annotations

from math import cos, radians, sin

from ownway.body.landmarks import LANDMARK_COUNT, Joint, Landmark

WIDTH_PX, HEIGHT_PX = 640, 480
HEIGHT_CM = 170.0
SHANK, THIGH, TRUNK, NECK, ARM, HAND = 0.50, 0.45, 0.50, 0.17, 0.55, 0.10
CAMERA_M = 2.9  # distance of the camera in the front view
HALF_POLE = 0.75

Points = tuple[Landmark, ...]


def _points(metres: dict[Joint, tuple[float, float, float]], *, seen: dict[Joint, float], span_m: float) -> Points:
    """Return landmarks from metres: x right of the picture's middle, y above the floor, z away from the camera."""
    points: list[Landmark] = [(0.5, 0.5, 0.0, 0.0)] * LANDMARK_COUNT
    for joint, (x, y, z) in metres.items():
        points[joint] = (
            0.5 + x / span_m * HEIGHT_PX / WIDTH_PX,
            0.95 - y / span_m,
            z / span_m * HEIGHT_PX / WIDTH_PX,
            seen.get(joint, 1.0),
        )
    return tuple(points)


def side(
    trunk_deg: float = 0.0,
    knee_deg: float = 0.0,
    *,
    facing: int = 1,
    near: str = "right",
    hands: tuple[float, float] | None = None,
    hand_up: bool = False,
    span_m: float = 2.0,
    shift_m: float = 0.0,
) -> Points:
    """Return the figure from the side.

    Parameters
    ----------
    trunk_deg : bend of the trunk from upright. knee_deg : flexion of the knee; the shank tips forward by half of it.
    facing : 1 looks to the picture's right. near : the side towards the camera; the far side is barely seen.
    hands : wrist position (metres before the ankle, metres above the floor); None: the arms hang down.
    hand_up : the near hand is held above the head.
    """
    f = facing
    tip = radians(knee_deg / 2)
    ankle = (0.0, 0.05)
    knee = (ankle[0] + (SHANK - 0.05) * sin(tip), ankle[1] + (SHANK - 0.05) * cos(tip))
    hip = (knee[0] - THIGH * sin(tip), knee[1] + THIGH * cos(tip))
    bend = radians(trunk_deg)
    shoulder = (hip[0] + TRUNK * sin(bend), hip[1] + TRUNK * cos(bend))
    nose = (shoulder[0] + NECK * sin(bend) + 0.08 * cos(bend), shoulder[1] + NECK * cos(bend) - 0.08 * sin(bend))
    wrist = hands if hands is not None else (shoulder[0], shoulder[1] - ARM)
    hanging = wrist
    if hand_up:
        wrist = (shoulder[0], shoulder[1] + ARM)
    seen: dict[Joint, float] = {}
    metres: dict[Joint, tuple[float, float, float]] = {Joint.NOSE: (f * nose[0] + shift_m, nose[1], 0.0)}
    for name in ("LEFT", "RIGHT"):
        is_near = name.lower() == near
        z = -0.15 if is_near else 0.15
        at_wrist = wrist if is_near else hanging
        reach = 1 if at_wrist is hanging else -1
        parts = {
            "SHOULDER": shoulder,
            "HIP": hip,
            "KNEE": knee,
            "ANKLE": ankle,
            "HEEL": (-0.06, 0.0),
            "FOOT_INDEX": (0.18, 0.0),
            "ELBOW": ((shoulder[0] + at_wrist[0]) / 2, (shoulder[1] + at_wrist[1]) / 2),
            "WRIST": at_wrist,
            "INDEX": (at_wrist[0], at_wrist[1] - reach * HAND),
            "EAR": nose,
        }
        for part, (x, y) in parts.items():
            joint = Joint[f"{name}_{part}"]
            metres[joint] = (f * x + shift_m, y, z)
            seen[joint] = 0.97 if is_near or part in ("SHOULDER", "HIP") else 0.3
    return _points(metres, seen=seen, span_m=span_m)


def front(
    rotation_deg: float = 0.0,
    *,
    feet_deg: float = 0.0,
    lean_deg: float = 0.0,
    pole: bool = True,
    span_m: float = 2.4,
    hidden: tuple[Joint, ...] = (),
) -> Points:
    """Return the figure from the front, through a pinhole camera ``CAMERA_M`` away.

    Parameters
    ----------
    rotation_deg : turn of the shoulders, positive to the figure's own left (the picture's right).
    feet_deg : turn of both feet the same way. lean_deg : side bend to the picture's right.
    pole : arms along a pole; False: they hang.
    """
    turn, lean = radians(rotation_deg), radians(lean_deg)
    hip_y = SHANK + THIGH
    metres: dict[Joint, tuple[float, float, float]] = {}

    def place(joint: Joint, x: float, y: float, z: float) -> None:
        depth = CAMERA_M / (CAMERA_M + z)
        middle_y = 1.0  # the camera's height
        metres[joint] = (x * depth, middle_y + (y - middle_y) * depth, z)

    top = (TRUNK * sin(lean), hip_y + TRUNK * cos(lean))
    place(Joint.NOSE, top[0], top[1] + NECK, -0.1)
    for name, sign in (("LEFT", 1.0), ("RIGHT", -1.0)):
        # Turned to the own left the left half goes away from the camera, the right half comes nearer.
        def around(r: float, sign: float = sign) -> tuple[float, float]:
            return sign * r * cos(turn), sign * r * sin(turn)

        for part, r in (("SHOULDER", 0.17), ("ELBOW", 0.45), ("WRIST", HALF_POLE), ("INDEX", HALF_POLE + 0.08)):
            x, z = around(r)
            x, y = x * cos(lean), top[1] - x * sin(lean)  # the pole tilts with the trunk
            if part != "SHOULDER" and not pole:
                x, z = around(0.2)
                y = top[1] - (0.3 if part == "ELBOW" else ARM)
            place(Joint[f"{name}_{part}"], top[0] + x, y, z)
        place(Joint[f"{name}_EAR"], top[0] + sign * 0.07, top[1] + NECK, 0.0)
        place(Joint[f"{name}_HIP"], sign * 0.10, hip_y, 0.0)
        place(Joint[f"{name}_KNEE"], sign * 0.10, SHANK, 0.0)
        place(Joint[f"{name}_ANKLE"], sign * 0.10, 0.05, 0.0)
        place(Joint[f"{name}_HEEL"], sign * 0.10, 0.0, 0.05)
        foot = radians(feet_deg)
        place(Joint[f"{name}_FOOT_INDEX"], sign * 0.10 + 0.26 * sin(foot), 0.0, 0.05 - 0.26 * cos(foot))
    return _points(metres, seen=dict.fromkeys(hidden, 0.1), span_m=span_m)


def mirrored(points: Points) -> Points:
    """Return what a model sees in the flipped picture: x flipped, and left and right exchanged."""
    swap = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9]
    swap += [i + 1 if i % 2 else i - 1 for i in range(11, LANDMARK_COUNT)]
    return tuple((1.0 - points[i][0], *points[i][1:]) for i in swap)

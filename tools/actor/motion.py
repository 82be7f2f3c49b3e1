"""Motions: a movement done by a body, frame by frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tools.actor.chair import chair
from tools.actor.hands import Way, arms
from tools.actor.movement import Led, Movement
from tools.actor.pole import Pole, pole
from tools.actor.posed import Posed
from tools.actor.posing import pose
from tools.actor.posture import Channel, Posture
from tools.actor.rotation import Array
from tools.actor.shapes import Shape
from tools.actor.skeleton import Skeleton
from tools.actor.timeline import Timeline, timeline

_ABOUT_DEG = 100.0  # what 1 of a led posture is about; where the search begins
_TRIALS = 5
_CLOSE_ENOUGH_DEG = 0.01
_LEAST_GAIN_DEG = 10.0  # of a led posture; less would be noise


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """What somebody does, and where they and their pole are in every frame.

    Attributes
    ----------
    chair : in the axes of the person, where it stands all the time.
    led : what it is counted by.
    """

    timeline: Timeline
    posed: Posed
    pole: Pole | None
    chair: Shape | None
    led: Led | None


def perform(skeleton: Skeleton, movement: Movement, fps: int, seed: int) -> Motion:
    """Let a body do a movement; the seed decides sway and whatever varies by chance."""
    frames = timeline(movement, fps, np.random.default_rng(seed))
    if movement.led is None:
        posed = _pose(skeleton, movement, frames.amounts)
    else:
        posed = _led(skeleton, movement, movement.led, frames.amounts)
    held = pole(posed, movement.pole_lies, movement.numbers["pole_m"]) if movement.pole else None
    seat = chair(posed, posed.angle(movement.led.angle)) if movement.chair and movement.led else None
    return Motion(frames, posed, held, seat, movement.led)


def _pose(skeleton: Skeleton, movement: Movement, amounts: Mapping[str, Array]) -> Posed:
    frames = len(next(iter(amounts.values())))
    values: dict[Channel, Array] = {c: np.full(frames, movement.number(v)) for c, v in movement.standing.items()}
    for name, channels in movement.postures.items():
        for channel, value in channels.items():
            values[channel] = values.get(channel, np.zeros(frames)) + movement.number(value) * amounts[name]
    share = _share(amounts[movement.hands_with]) if movement.hands_with else np.zeros(frames)
    return pose(skeleton, Posture(frames, values), arms(movement.arms, Way(movement.hands, share)), movement.hips)


def _share(amount: Array) -> Array:
    """Return how far a posture has come, 0..1 of the most there ever is of it."""
    return np.asarray(np.clip(amount / max(float(amount.max()), 1e-9), 0, 1))


def _led(skeleton: Skeleton, movement: Movement, led: Led, amounts: Mapping[str, Array]) -> Posed:
    """Pose so that the led posture's amounts are degrees of its angle.

    Nobody stands at exactly 0, so amounts run evenly from the angle in standing, at 0, to the angle that is said, at the
    farthest. How much of the posture that takes is searched for, frame by frame, by the secant method.
    """
    wanted_deg = _wanted_deg(skeleton, movement, led, amounts[led.posture])
    before, now = wanted_deg * 0.8 / _ABOUT_DEG, wanted_deg / _ABOUT_DEG

    def posed_with(amount: Array) -> Posed:
        return _pose(skeleton, movement, {**amounts, led.posture: amount})

    off_before = posed_with(before).angle(led.angle) - wanted_deg
    posed = posed_with(now)
    for _ in range(_TRIALS):
        off = posed.angle(led.angle) - wanted_deg
        if np.abs(off).max() < _CLOSE_ENOUGH_DEG:
            break
        step = now - before
        moved = np.abs(step) > 1e-6
        gain = np.divide(off - off_before, step, out=np.full_like(step, _ABOUT_DEG), where=moved)
        before, off_before = now, off
        now = now - off / np.maximum(gain, _LEAST_GAIN_DEG)
        posed = posed_with(now)
    return posed


def _wanted_deg(skeleton: Skeleton, movement: Movement, led: Led, amount: Array) -> Array:
    nothing = dict.fromkeys(movement.postures, np.zeros(1))
    standing = float(_pose(skeleton, movement, nothing).angle(led.angle)[0])
    farthest = float(np.abs(amount).max())
    if not farthest:
        return np.full_like(amount, standing)
    return np.asarray(amount + standing * (1 - np.abs(amount) / farthest))

"""Timelines: how much of each posture there is, moment by moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.actor.movement import Movement, Phase, Wave
from tools.actor.pace import evenly, gently, over_and_back, swinging
from tools.actor.rotation import Array

_SWAY_HZ = (0.1, 0.45)  # people who stand sway slowly
_SWAY_SINES = 3
_SWAY_GAIN = 1.6  # so that the mean of so many sines reaches about its size


@dataclass(frozen=True, slots=True)
class Span:
    """A phase, from when to when; legs of the same phase that follow each other are one."""

    phase: Phase
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Frames of a movement.

    Attributes
    ----------
    t_s : (T,) from 0, evenly.
    spans : its phases in their order.
    amounts : (T,) of each posture.
    pictures : s, the first moment worth a picture of each name.
    """

    t_s: Array
    fps: int
    spans: tuple[Span, ...]
    amounts: Mapping[str, Array]
    pictures: Mapping[str, float]

    def during(self, phases: Sequence[Phase]) -> NDArray[np.bool_]:
        """Return which frames lie in one of the phases (T,)."""
        inside = [(self.t_s >= s.start_s) & (self.t_s < s.end_s) for s in self.spans if s.phase in phases]
        return np.asarray(np.any([np.zeros(len(self.t_s), bool), *inside], axis=0))

    def phases(self) -> list[Phase]:
        """Return the phase of every frame; the last one lasts to the end."""
        starts = np.searchsorted([s.start_s for s in self.spans], self.t_s, side="right") - 1
        return [self.spans[i].phase for i in starts]


def timeline(movement: Movement, fps: int, rng: np.random.Generator) -> Timeline:
    """Run through a movement's legs, and add its waves and sway."""
    lengths_s = [movement.number(leg.lasts_s) for leg in movement.legs]
    t_s = np.arange(round(sum(lengths_s) * fps) + 1) / fps
    amounts = {name: np.zeros_like(t_s) for name in movement.postures}
    now = dict.fromkeys(movement.postures, 0.0)
    spans: list[Span] = []
    pictures: dict[str, float] = {}
    start_s = 0.0
    for leg, lasts_s in zip(movement.legs, lengths_s, strict=True):
        end_s = start_s + lasts_s
        _extend(spans, leg.phase, start_s, end_s)
        done = (t_s - start_s) / lasts_s if lasts_s else (t_s >= start_s).astype(float)
        more = 1 + rng.uniform(-1, 1) * movement.number(leg.varies)
        moves = [(name, movement.number(v) * more, swinging if leg.pendulum else gently) for name, v in leg.to.items()]
        moves += [(name, movement.number(v), evenly) for name, v in leg.evenly.items()]
        moves += [(name, now[name] + movement.number(v), evenly) for name, v in leg.onward.items()]
        for name, target, way in moves:
            amounts[name] += (target - now[name]) * way(done)
            now[name] = target
        for name, size in leg.over_and_back.items():
            amounts[name] += movement.number(size) * over_and_back(done)
        for name, share in leg.pictures.items():
            pictures.setdefault(name, start_s + share * lasts_s)
        start_s = end_s
    frames = Timeline(t_s, fps, tuple(spans), amounts, pictures)
    for wave in movement.waves:
        amounts[wave.posture] += _wave(movement, wave, frames)
    for sway in movement.sways:
        amounts[sway.posture] += _sway(t_s, movement.number(sway.size), rng)
    return frames


def _extend(spans: list[Span], phase: Phase, start_s: float, end_s: float) -> None:
    if spans and spans[-1].phase == phase:
        spans[-1] = Span(phase, spans[-1].start_s, end_s)
    elif end_s > start_s:
        spans.append(Span(phase, start_s, end_s))


def _wave(movement: Movement, wave: Wave, frames: Timeline) -> Array:
    t_s, size, hz = frames.t_s, movement.number(wave.size), movement.number(wave.hz)
    ahead, fades_s = movement.number(wave.turns_ahead), movement.number(wave.fades_s)
    if not wave.phases:
        return np.asarray(size * np.sin(2 * np.pi * (hz * t_s + ahead)))
    total = np.zeros_like(t_s)
    for span in frames.spans:
        if span.phase in wave.phases:
            fade = np.clip((t_s - span.start_s) / fades_s, 0, 1) * np.clip((span.end_s - t_s) / fades_s, 0, 1)
            total += size * fade * np.sin(2 * np.pi * (hz * (t_s - span.start_s) + ahead))
    return total


def _sway(t_s: Array, size: float, rng: np.random.Generator) -> Array:
    hz = rng.uniform(*_SWAY_HZ, _SWAY_SINES)
    turns = rng.uniform(0, 1, _SWAY_SINES)
    sines = np.sin(2 * np.pi * (np.outer(hz, t_s) + turns[:, None]))
    return np.asarray(size * _SWAY_GAIN * sines.mean(0))

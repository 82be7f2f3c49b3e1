"""Paces: how far on its way something is, from 0 to 1, when so much of its time is over."""

from __future__ import annotations

import numpy as np

from tools.actor.rotation import Array


def gently(s: Array) -> Array:
    """Return the way from 0 to 1 with the least jerk; its peak speed is 1.875 times the mean (Flash and Hogan, 1985)."""
    s = np.clip(s, 0, 1)
    return np.asarray(s**3 * (10 - 15 * s + 6 * s * s))


def swinging(s: Array) -> Array:
    """Return the way from 0 to 1 of a pendulum; its peak speed is 1.571 times the mean."""
    return np.asarray((1 - np.cos(np.pi * np.clip(s, 0, 1))) / 2)


def evenly(s: Array) -> Array:
    """Return the way from 0 to 1 at the same speed throughout."""
    return np.clip(s, 0, 1)


def over_and_back(s: Array) -> Array:
    """Return the way from 0 to 1 in the middle and back, gently."""
    return np.asarray(np.sin(np.pi * gently(s)) ** 2)

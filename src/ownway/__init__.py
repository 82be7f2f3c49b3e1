"""Ownway: a coach for two home exercises for an ordinary sore back."""

__version__ = "0.1.0"

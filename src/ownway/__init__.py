"""Ownway: a coach for home exercises for an ordinary sore back."""

__version__ = "0.1.0"

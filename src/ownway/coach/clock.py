"""The clock of one set. It can be stopped at a moment that has passed: what was not good form never counted."""

from __future__ import annotations


class Clock:
    """Time in good form, in seconds."""

    def __init__(self) -> None:
        self._kept_s = 0.0
        self._since: float | None = None

    @property
    def runs(self) -> bool:
        """Whether time counts at present."""
        return self._since is not None

    def start(self, at_s: float) -> None:
        """Count from ``at_s``; nothing happens when it runs already."""
        if self._since is None:
            self._since = at_s

    def stop(self, at_s: float) -> None:
        """Count no further than ``at_s``, which may lie in the past (but not before the last start)."""
        if self._since is not None:
            self._kept_s += max(0.0, at_s - self._since)
            self._since = None

    def at(self, t_s: float) -> float:
        """Return what stands on the clock at ``t_s``."""
        return self._kept_s + (0.0 if self._since is None else max(0.0, t_s - self._since))

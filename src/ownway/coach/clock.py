"""The clock of one set. It can be stopped at a moment that has passed: what was not good form never counted."""

from __future__ import annotations


class Clock:
    """Time in good form, in seconds."""

    def __init__(self) -> None:
        self._kept_s = 0.0
        self._since: float | None = None
        self._last = (0.0, 0.0)  # the spell before: from when to when it ran

    @property
    def runs(self) -> bool:
        """Whether time counts at present."""
        return self._since is not None

    def start(self, at_s: float) -> None:
        """Count from ``at_s``, but no second twice; nothing happens when it runs already."""
        if self._since is None:
            self._since = max(at_s, self._last[1])

    def stop(self, at_s: float) -> None:
        """Count no further than ``at_s``, which may lie in the past: as far back as the last start."""
        if self._since is not None:
            self._last = self._since, max(at_s, self._since)
            self._kept_s += self._last[1] - self._last[0]
            self._since = None
        elif at_s < self._last[1]:
            since, until = self._last
            self._last = since, max(at_s, since)
            self._kept_s -= until - self._last[1]

    def at(self, t_s: float) -> float:
        """Return what stands on the clock at ``t_s``."""
        return self._kept_s + (0.0 if self._since is None else max(0.0, t_s - self._since))

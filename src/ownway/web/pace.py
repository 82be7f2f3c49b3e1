"""How fast a page may send: what is too much is let go, what is far too much closes the socket."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from ownway.web.settings import SocketLimits
from ownway.web.wire import WireError


class Pace:
    """Counts the messages of one connection over the last second."""

    def __init__(self, limits: SocketLimits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._came: deque[float] = deque()
        self._taken: deque[float] = deque()
        self._told_at = -1.0

    def came(self) -> None:
        """Take note of a message; WireError where they flood in."""
        self._count(self._came)
        if len(self._came) > self._limits.flood_hz:
            raise WireError(f"at most {self._limits.flood_hz} messages a second are taken")

    def may_take(self) -> bool:
        """Return whether a frame that came now is to be looked at, and count it if so."""
        self._count(self._taken)
        if len(self._taken) > self._limits.taken_hz:
            self._taken.pop()
            return False
        return True

    def may_tell(self) -> bool:
        """Return whether the screen is due to be told where things stand, and take note that it is."""
        now = self._monotonic()
        if now - self._told_at < 1.0 / self._limits.state_hz:
            return False
        self._told_at = now
        return True

    def _count(self, times: deque[float]) -> None:
        now = self._monotonic()
        while times and times[0] <= now - 1.0:
            times.popleft()
        times.append(now)

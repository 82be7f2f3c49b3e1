"""One fault as it is watched: threshold, hysteresis, persistence. What is missing or unsure accuses nobody."""

from __future__ import annotations

from ownway.body.measures import Values
from ownway.coach.conditions import HeldSince
from ownway.coach.events import Event, FaultBegan, FaultEnded
from ownway.exercises.schema import Fault

# A fault that can no longer be seen is taken back after so long: chosen by us, a little longer than a flicker.
_FORGET_AFTER_S = 1.0


class FaultWatch:
    """Watches one row of an exercise's fault table.

    Parameters
    ----------
    sure_from : nobody is accused of what is less sure than this, 0..1; the row may ask for more.
    """

    def __init__(self, fault: Fault, sure_from: float) -> None:
        self.fault = fault
        self.active = False
        self.pressing = False  # active, and not on the way to being mended: there is something to say
        self.pressed_s = float("-inf")  # when it last was
        self.certain_s = float("-inf")  # when it last became certain
        self.start_s = 0.0
        self.end_s = 0.0  # when it was last seen, once it has ended
        self._sure_from = max(sure_from, fault.sure_from)
        self._worst = 0.0
        self._sure_sum = 0.0
        self._seen = 0
        self._over = HeldSince()
        self._armed = HeldSince()
        self._clear = HeldSince()
        self._unseen = HeldSince()

    def step(self, t_s: float, values: Values, sure: float, *, armed: bool, not_before_s: float) -> Event | None:
        """Take this moment's measures; return what changed, if anything.

        Parameters
        ----------
        sure : how sure they are, 0..1.
        armed : whether the fault may begin now. It must last as long from here; its beginning may lie before.
        not_before_s : a fault of this set did not begin before it.
        """
        fault = self.fault
        value = values.get(fault.measure)
        armed_s = self._armed.step(t_s, armed)
        if not self.active and (value is None or not self._is_over(value)):  # nearly every frame
            self._over.since = None
            return None
        told = value if fault.tells is None else values.get(fault.tells)
        if self.active or value is None:
            return self._step_active(t_s, value, told)
        held_s = self._over.step(t_s, True)
        if held_s == 0.0:
            self._worst, self._sure_sum, self._seen = value if told is None else told, 0.0, 0
        self._note_worst(told)
        self._sure_sum += sure
        self._seen += 1
        if min(held_s, armed_s) < fault.for_s or self._sure_sum < self._sure_from * self._seen:
            return None
        self.active = self.pressing = True
        self.pressed_s = self.certain_s = t_s
        began_s = t_s - held_s
        since_s = None if fault.since is None else values.get(fault.since)
        if since_s is not None and since_s < began_s:
            began_s = since_s
        self.start_s = min(t_s, max(began_s, not_before_s))
        return FaultBegan(t_s, fault.kind, self.start_s, self._worst, self._sure_sum / self._seen)

    def leave(self, t_s: float, end_s: float) -> Event | None:
        """Take the fault back as neither mended nor judged, as of ``end_s``: its phase is over, or nothing is seen."""
        self._over.since = None
        return self._end(t_s, max(self.start_s, end_s), mended=False) if self.active else None

    def _step_active(self, t_s: float, value: float | None, told: float | None) -> Event | None:
        if self._unseen.step(t_s, value is None) > _FORGET_AFTER_S:
            return self._end(t_s, self._unseen.since or t_s, mended=False)
        if value is None:
            return None
        self._note_worst(told)
        clear = self._is_clear(value)
        self.pressing = not clear
        if self.pressing:
            self.pressed_s = t_s
        if self._clear.step(t_s, clear) >= self.fault.clear_for_s:
            return self._end(t_s, self._clear.since or t_s, mended=True)
        return None

    def _end(self, t_s: float, end_s: float, *, mended: bool) -> Event:
        self.active = self.pressing = False
        self.end_s = end_s
        for held in (self._over, self._clear, self._unseen):
            held.since = None
        return FaultEnded(t_s, self.fault.kind, self.start_s, self._worst, mended, end_s)

    def _is_over(self, value: float) -> bool:
        if self.fault.above is not None:
            return value > self.fault.above
        return self.fault.below is not None and value < self.fault.below

    def _is_clear(self, value: float) -> bool:
        if self.fault.clear_below is not None:
            return value < self.fault.clear_below
        return self.fault.clear_above is not None and value > self.fault.clear_above

    def _note_worst(self, told: float | None) -> None:
        if told is not None:
            self._worst = max(self._worst, told) if self.fault.above is not None else min(self._worst, told)

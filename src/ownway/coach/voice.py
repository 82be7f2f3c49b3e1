"""Decides what is said, and when: one voice at a time, silence by default.

Every frame the engine lists what is *due* now; what is no longer due is thereby dropped unsaid. From the list the voice
takes at most one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ownway.coach.events import Cue
from ownway.exercises.schema import CueText, Level

_ORDER: dict[Level, int] = {"stop": 6, "safety": 5, "sight": 4, "form": 3, "guide": 2, "time": 1, "praise": 0}
_CUTS: set[Level] = {"stop", "safety"}  # may cut a lower one short; the others wait for quiet
_HUSHED: set[Level] = {"sight", "form", "guide", "praise"}  # not said in the last seconds of a hold

BETWEEN_STARTS_S = 3.0
QUIET_S = 3.0  # after a cue has been said
# What matters more than the cue before it, and the next instruction, need not wait so long: a correction that comes five
# seconds after its reason is late.
QUIET_BEFORE_MORE_S = 1.0
# In what is repeated a fault is over within a second or two, and there again in four: a correction waits only until the sentence
# before it is said, and so much longer that the two are heard as two. In a hold it lasts, and has time for the longer silence.
QUIET_BEFORE_CORRECTION_S = 0.5


def speak_s(text: str) -> float:
    """Return about how long a calm voice takes to say ``text``: three words a second and a breath."""
    return 0.3 + 0.33 * len(text.split())


@dataclass(slots=True)
class _Said:
    """How often a cue was said, and when last."""

    last_s: float = float("-inf")
    in_set: int = 0
    in_session: int = 0
    shown: bool = False


@dataclass(slots=True)
class Requests:
    """What was asked of somebody before the movement, so that no two requests nag in turn.

    Parameters
    ----------
    pauses_s : so long after the last request, whichever it was, one is made a second time; each time the next of these, at
        the end always the last. What was not asked for yet is asked for at once.
    """

    pauses_s: tuple[float, ...]
    _made: set[str] = field(default_factory=set)
    _again: int = 0
    _last_s: float = float("-inf")

    def may(self, t_s: float, cue_id: str) -> bool:
        """Return whether this may be asked for now."""
        if cue_id not in self._made:
            return True
        return t_s - self._last_s >= self.pauses_s[min(self._again, len(self.pauses_s) - 1)]

    def made(self, t_s: float, cue_id: str) -> None:
        """Take note that this was asked for."""
        self._again += cue_id in self._made
        self._made.add(cue_id)
        self._last_s = t_s


@dataclass(slots=True)
class Voice:
    """The voice of one session.

    Parameters
    ----------
    repeated : the movement goes there and back, so that what is wrong with it passes quickly.
    """

    texts: dict[str, CueText]
    repeated: bool = False
    _said: dict[str, _Said] = field(default_factory=dict)
    _start_s: float = float("-inf")
    _end_s: float = float("-inf")
    _level: Level = "praise"

    def new_set(self) -> None:
        """Begin counting afresh how often each cue was said."""
        for said in self._said.values():
            said.in_set = 0
            said.shown = False

    def choose(self, t_s: float, due: Iterable[str], *, hush: bool) -> Cue | None:
        """Return the cue to say now, if any.

        Parameters
        ----------
        due : ids of what there is reason to say now.
        hush : the last seconds of a hold, in which only time and safety speak.
        """
        best: CueText | None = None
        for cue_id in due:
            text = self.texts[cue_id]
            if (hush and text.level in _HUSHED) or not self._may(t_s, text):
                continue
            if best is None or _ORDER[text.level] > _ORDER[best.level]:
                best = text
        return None if best is None else self.say(t_s, best.id)

    def say(self, t_s: float, cue_id: str) -> Cue:
        """Say it now, whatever else is being said; aloud, unless it was said often enough."""
        text = self.texts[cue_id]
        said = self._said.setdefault(cue_id, _Said())
        voiced = said.in_set < text.most_times
        said.last_s = t_s
        if voiced:
            said.in_set += 1
            said.in_session += 1
            self._start_s, self._end_s, self._level = t_s, t_s + speak_s(text.text), text.level
        else:
            said.shown = True
        return Cue(t_s, cue_id, text.level, voiced)

    def quiet(self, t_s: float) -> bool:
        """Return whether nothing is being said."""
        return t_s >= self._end_s

    def times(self, cue_id: str) -> int:
        """Return how often a cue was said in the session."""
        return self._said[cue_id].in_session if cue_id in self._said else 0

    def free_s(self, cue_id: str) -> float:
        """Return from when on a cue may be said again, as far as its own last time goes."""
        return self._said[cue_id].last_s + self.texts[cue_id].again_s if cue_id in self._said else float("-inf")

    def _may(self, t_s: float, text: CueText) -> bool:
        said = self._said.get(text.id)
        if said is not None:
            if t_s - said.last_s < text.again_s:
                return False
            if text.most_times_in_session is not None and said.in_session >= text.most_times_in_session:
                return False
            if said.in_set >= text.most_times:
                return not said.shown  # once more for the eyes alone
        more = _ORDER[text.level] > _ORDER[self._level]
        if text.level in _CUTS and more:
            return True
        if self.repeated and text.level == "form" and more:
            return t_s >= self._end_s + QUIET_BEFORE_CORRECTION_S
        if t_s < self._start_s + BETWEEN_STARTS_S:
            return False
        soon = text.level == "guide" or more
        return t_s >= self._end_s + (QUIET_BEFORE_MORE_S if soon else QUIET_S)

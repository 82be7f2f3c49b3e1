"""The exercises as they were when they were done: a file that changes or goes changes nothing of the past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ownway.exercises.schema import Exercise
from ownway.exercises.shelf import reread


@dataclass(frozen=True, slots=True)
class Then:
    """What the past is told with.

    Attributes
    ----------
    texts : the files as they were used, by digest.
    now : the exercises of today, by id, for sessions whose file was not kept or can no longer be read.
    """

    texts: Mapping[str, str]
    now: Mapping[str, Exercise]

    def of(self, exercise_id: str, digest: str | None) -> Exercise | None:
        """Return the exercise of a session; None where nobody knows it any more."""
        text = None if digest is None else self.texts.get(digest)
        kept = None if text is None else reread(text)
        return self.now.get(exercise_id) if kept is None else kept

    def known(self) -> dict[str, Exercise]:
        """Return all exercises by id: as they are now, else as they were."""
        were = (exercise for text in self.texts.values() if (exercise := reread(text)) is not None)
        return {one.id: one for one in (*were, *self.now.values())}

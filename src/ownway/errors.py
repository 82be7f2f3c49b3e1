"""The one root of every error that Ownway raises on purpose.

An error knows its message: where, what was expected, what came, what to do. The edges (command line, web) print it in the
person's language with ``told`` and use ``exit_code``; nothing in between catches and rewrites it.
"""

from __future__ import annotations

from collections.abc import Callable


def later(message: str) -> str:
    """Mark a message for translators; it is translated where it is told."""
    return message


class OwnwayError(Exception):
    """Something the person or their data did that we can explain; the message is the explanation.

    Parameters
    ----------
    message : the explanation. With ``values`` it has their names in braces, and is marked with ``later``.
    """

    exit_code = 2

    def __init__(self, message: str, **values: object) -> None:
        self._message = message
        self._values = values
        super().__init__(self.told(str))

    def told(self, translate: Callable[[str], str]) -> str:
        """Return the explanation in the language of ``translate``."""
        words = translate(self._message)
        return words.format(**self._values) if self._values else words


class ExerciseError(OwnwayError):
    """An exercise file cannot be used; carries every problem found in it, not just the first."""

    def __init__(self, source: str, problems: list[str]) -> None:
        self.source = source
        self.problems = problems
        super().__init__(f"{source}: {len(problems)} problem(s)\n" + "\n".join(f"  - {p}" for p in problems))


class FrameError(OwnwayError):
    """A frame that cannot be true: time that does not increase, numbers that are not finite."""

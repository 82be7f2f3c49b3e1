"""The one root of every error that Ownway raises on purpose.

An error knows its message: where, what was expected, what came, what to do. The edges (command line, web) print
``str(error)`` and use ``exit_code``; nothing in between catches and rewrites it.
"""

from __future__ import annotations


class OwnwayError(Exception):
    """Something the person or their data did that we can explain; the message is the explanation."""

    exit_code = 2


class ExerciseError(OwnwayError):
    """An exercise file cannot be used; carries every problem found in it, not just the first."""

    def __init__(self, source: str, problems: list[str]) -> None:
        self.source = source
        self.problems = problems
        super().__init__(f"{source}: {len(problems)} problem(s)\n" + "\n".join(f"  - {p}" for p in problems))


class FrameError(OwnwayError):
    """A frame that cannot be true: time that does not increase, numbers that are not finite."""

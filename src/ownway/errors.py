"""The one root of every error that Ownway raises on purpose.

An error knows its message: where, what was expected, what came, what to do. The edges (command line, web) print it in the
person's language with ``told`` and use ``exit_code``; nothing in between catches and rewrites it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["problem", "hint"]  # a hint does not keep a file from being used


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


@dataclass(frozen=True, slots=True)
class Said:
    """A text with what stands in its braces; marked with ``later``, it is translated where it is told."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, translate: Callable[[str], str]) -> str:
        """Return the text in the language of ``translate``."""
        words = translate(self.message) if self.message else ""
        values = {name: v.told(translate) if isinstance(v, Said) else v for name, v in self.values.items()}
        return words.format(**values) if values else words

    def __str__(self) -> str:
        return self.told(str)


NOTHING = Said("")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file that somebody wrote.

    Attributes
    ----------
    line : counted from 1; None where the problem has no place in the text.
    key : the path of keys that leads to it; empty where it concerns the file as a whole.
    got : what stands there, as it is written; None where nothing does, empty where that is of no help.
    mend : what to do about it.
    """

    file: str
    line: int | None
    key: str
    expected: Said
    got: str | None = ""
    mend: Said = NOTHING
    severity: Severity = "problem"

    def told(self, translate: Callable[[str], str]) -> str:
        """Return place, expectation, finding and remedy as one line, in the language of ``translate``."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        got = translate(later("nothing")) if self.got is None else self.got
        words = translate(later("expected {expected}, got {got}") if got else later("expected {expected}"))
        expected = self.expected.told(translate)
        said = words.format(expected=expected, got=got) if expected else ""
        mend = self.mend.told(translate)
        return ": ".join(filter(None, (place, self.key, ". ".join(filter(None, (said, mend))))))

    def __str__(self) -> str:
        return self.told(str)


def plain_problem(file: str, words: str, line: int | None = None) -> Problem:
    """Return a problem that is told in words alone."""
    return Problem(file, line, "", NOTHING, mend=Said(words))


class ExerciseError(OwnwayError):
    """A file of an exercise cannot be used; carries every problem found in it, not just the first."""

    def __init__(self, source: str, problems: Iterable[Problem | str]) -> None:
        self.source = source
        self.problems = tuple(plain_problem(source, found) if isinstance(found, str) else found for found in problems)
        super().__init__(later("{source}: {count} problem(s)"), source=source, count=len(self.problems))

    def told(self, translate: Callable[[str], str]) -> str:
        """Return how many there are, and each on a line of its own."""
        return "\n".join((super().told(translate), *(f"  - {problem.told(translate)}" for problem in self.problems)))


class FrameError(OwnwayError):
    """A frame that cannot be true: time that does not increase, numbers that are not finite."""

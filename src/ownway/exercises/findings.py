"""What is found wrong in a file, by the way of keys that leads to it; ``loader`` gives it file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from ownway.errors import NOTHING, Problem, Said, Severity, later
from ownway.exercises.places import Path, Places

_NAMING_KEYS = ("id", "name", "kind", "cue")  # what an entry of a list is called by, where it has one of these
_LONGEST_GOT = 60  # letters; chosen by us: a line of a terminal still has room for the rest
_LONG_BITS = 10_000
_MOST_NAMES = 12  # so many names are listed; of more, only the nearest is told


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem as it is found; see ``errors.Problem``.

    Attributes
    ----------
    line : None where the path leads to it.
    """

    path: Path
    expected: Said
    got: str | None = ""
    mend: Said = NOTHING
    severity: Severity = "problem"
    line: int | None = None

    def placed(self, file: str, places: Places, data: Mapping[str, Any]) -> Problem:
        """Return it with the line and the key that a person finds it by."""
        line = places.line(self.path) if self.line is None else self.line
        return Problem(file, line, key_of(self.path, data), self.expected, self.got, self.mend, self.severity)


def said(message: str, **values: object) -> Said:
    """Return a text, marked with ``later``, and what stands in its braces."""
    return Said(message, values)


def shown(value: object) -> str:
    """Return what stands in the file, about as TOML writes it; long things are cut."""
    match value:
        case bool():
            text = str(value).lower()
        case str():
            text = f"'{value}'"
        case float():
            text = f"{value:g}"
        case int() if value.bit_length() > _LONG_BITS:
            text = hex(value)  # Python writes out no more than some thousands of digits
        case dict():
            text = "a table"
        case list() | tuple():
            text = "a list"
        case _:
            text = str(value)
    return shortened(text)


def shortened(text: str) -> str:
    """Return a text as it is, or the beginning of one that is too long to be told; what nobody can see is a dot."""
    text = "".join(letter if letter.isprintable() else "·" for letter in text)
    return text if len(text) <= _LONGEST_GOT else text[: _LONGEST_GOT - 2] + " …"


def nearest(name: object, known: Iterable[str]) -> str | None:
    """Return the known name that was probably meant; None where none is near."""
    near = get_close_matches(str(name), list(known), n=1, cutoff=0.7)
    return near[0] if near else None


def did_you_mean(name: object, known: Iterable[str]) -> Said:
    """Return the remedy for a name that leads nowhere: the one that was probably meant, or those there are."""
    names = list(dict.fromkeys(known))
    near = nearest(name, names)
    if near is not None:
        return said(later("Did you mean {name}?"), name=near)
    if not names or len(names) > _MOST_NAMES:
        return NOTHING
    return said(later("There are: {names}."), names=", ".join(names))


def key_of(path: Path, data: Any) -> str:
    """Return a path as people read it: ``faults[bouncing].measure``; entries without a name are counted from 1."""
    key = ""
    for step in path:
        data = _inside(data, step)
        if isinstance(step, str):
            key += f".{step}" if key else step
        else:
            key += f"[{_name_of(data) or step + 1}]"
    return key


def _inside(data: Any, step: str | int) -> Any:
    if isinstance(data, Mapping):
        return data.get(str(step))
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _name_of(entry: Any) -> str | None:
    if not isinstance(entry, Mapping):
        return None
    return next((entry[key] for key in _NAMING_KEYS if isinstance(entry.get(key), str)), None)

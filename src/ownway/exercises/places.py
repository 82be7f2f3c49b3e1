"""Where in a TOML text each key and each entry of a list stands: ``tomllib`` gives values alone, and a mistake has a line."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from contextlib import suppress
from itertools import accumulate

# The way to a value: keys, and the numbers of entries in lists from 0.
Path = tuple[str | int, ...]

_SKIPPED = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")  # blanks, line ends, comments
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]+")  # numbers, dates, true and false
# The longer openings first. A text of three quotes may end in five: two of them belong to it.
_TEXTS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (r'"""(?:\\.|.)*?"{3,5}', r"'''.*?'{3,5}", r'"(?:\\.|[^"\\\n])*"', r"'[^'\n]*'")
)


class Places:
    """The lines of everything in a TOML text.

    Parameters
    ----------
    text : TOML that ``tomllib`` has read without complaint.
    """

    def __init__(self, text: str) -> None:
        self.lines: Mapping[Path, int] = _Scanner(text).lines()

    def line(self, path: Path) -> int:
        """Return the line (from 1) of what ``path`` leads to; what is not there has that of the table it belongs in."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def beginnings(text: str) -> list[int]:
    """Return the lines, from 0, on which something begins at the top of a text: the name of a table, or a key.

    They are right up to the first that is no TOML; what comes behind it is a guess.
    """
    scanner = _Scanner(text)
    with suppress(tomllib.TOMLDecodeError, IndexError, RecursionError):
        scanner.lines()
    return scanner.begun


class _Scanner:
    """Walks once over a text that is known to be TOML, and notes where things begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._found: dict[Path, int] = {}
        self._entries: dict[Path, int] = {}  # how many tables a list of tables has so far
        self.begun: list[int] = []

    def lines(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip():
            self.begun.append(self._line(self._at) - 1)
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
        return self._found

    def _skip(self) -> bool:
        """Go on to what is neither blank nor comment; return whether there is more."""
        found = _SKIPPED.match(self._text, self._at)
        self._at = self._at if found is None else found.end()
        return self._at < len(self._text)

    def _take(self, wanted: str) -> bool:
        """Go past ``wanted`` if it comes next."""
        self._skip()
        taken = self._text.startswith(wanted, self._at)
        self._at += len(wanted) if taken else 0
        return taken

    def _note(self, path: Path, at: int) -> None:
        self._found.setdefault(path, self._line(at))

    def _line(self, at: int) -> int:
        return bisect_right(self._starts, at)

    def _header(self) -> Path:
        start = self._at
        opening, closing = ("[[", "]]") if self._text.startswith("[[", self._at) else ("[", "]")
        self._take(opening)
        *parents, last = self._key()
        self._take(closing)
        path: Path = ()
        for key in parents:
            path = (*path, key)
            self._note(path, start)
            if path in self._entries:
                path = (*path, self._entries[path] - 1)
        path = (*path, last)
        self._note(path, start)
        if opening == "[[":
            self._entries[path] = self._entries.get(path, 0) + 1
            path = (*path, self._entries[path] - 1)
            self._note(path, start)
        return path

    def _pair(self, table: Path) -> None:
        start = self._at
        path = table
        for key in self._key():
            path = (*path, key)
            self._note(path, start)
        self._take("=")
        self._value(path)

    def _key(self) -> list[str]:
        """Return the parts of a key, which may be dotted and quoted."""
        keys: list[str] = []
        while not keys or self._take("."):
            self._skip()
            bare = _BARE_KEY.match(self._text, self._at)
            if bare is None:
                quoted = self._quoted()
                keys.append(tomllib.loads(f"key = {quoted}")["key"])
            else:
                self._at = bare.end()
                keys.append(bare[0])
        return keys

    def _value(self, path: Path) -> None:
        self._skip()
        match self._text[self._at]:
            case "[":
                self._list(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._quoted()
            case _:
                bare = _BARE_VALUE.match(self._text, self._at)
                self._at = len(self._text) if bare is None else bare.end()

    def _list(self, path: Path) -> None:
        self._take("[")
        count = 0
        while not self._take("]"):
            entry = (*path, count)
            self._note(entry, self._at)
            self._value(entry)
            self._take(",")
            count += 1

    def _inline_table(self, path: Path) -> None:
        self._take("{")
        while not self._take("}"):
            self._pair(path)
            self._take(",")

    def _quoted(self) -> str:
        start = self._at
        found = next((m for text in _TEXTS if (m := text.match(self._text, start))), None)
        self._at = len(self._text) if found is None else found.end()
        return self._text[start : self._at]

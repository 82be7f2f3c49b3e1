"""TOML as people write it: what is broken is told and put aside, by its smallest part, and all the rest is read.

``tomllib`` ends at the first thing it stumbles over. Here that statement is put aside and the text is read again, until there is
nothing left to stumble over. Lines stay where they are, and a key whose value was put aside is still there: nobody misses it.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ownway.errors import NOTHING, Said, later
from ownway.exercises.findings import Finding, said, shortened
from ownway.exercises.places import Path, Places, beginnings
from ownway.exercises.stumbles import STUMBLES, Stumble, reason_of

MOST_BROKEN = 40  # chosen by us: whoever has so many has another kind of file
# Of a broken line; chosen by us, nine times the longest of the library: in longer ones the search takes ages.
MOST_LETTERS = 2_000


class _PutAside:
    """Stands for a value that could not be read; nothing is said of it but what is told already."""


PUT_ASIDE = _PutAside()

_ASIDE = "\0"  # the value of a key, and the end of a key, that was put aside: nobody writes it
_WRITTEN_ASIDE = r"\u0000"

_KEY = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_HEADER = re.compile(r"\s*(?:(?=\[)|(?=[\w .-]+\]))(\[*)\s*([^\[\]#=]*?)\s*(?:(\]+).*|#.*)?$")
_NAME = re.compile(r"[A-Za-z_][\w-]*(?:\s*\.\s*[\w-]+)*")
_PAIR = re.compile(rf"\s*({_KEY}(?:\s*\.\s*{_KEY})*)")
# What looks like the beginning of something new, and what can only be more of what is before it: a value over several lines.
_BEGINS = re.compile(
    rf"\s*(?:\[{{1,2}}\s*[A-Za-z_][\w .-]*\]{{0,2}}\s*(?:#.*)?$|{_KEY}(?:\s*\.\s*{_KEY})*\s*=(?!.*\}}\s*,\s*(?:#.*)?$))"
)
_GOES_ON = re.compile(r"""\s*(?:$|[#\]\[{}"',0-9+-])""")
_EMPTY = re.compile(r"\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a text holds.

    Attributes
    ----------
    data : None where far too much is broken.
    text : the same without what was put aside; TOML, line for line.
    """

    data: dict[str, Any] | None
    text: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Broken:
    """A statement that was put aside: where it begins and where the mistake is, in lines from 0."""

    begins: int
    line: int
    stumble: Stumble
    got: str


def salvage(text: str) -> Salvaged:
    """Return what ``text`` holds, and everything in it that is no TOML.

    Raises
    ------
    ValueError, RecursionError : a number of thousands of digits, lists within lists within lists.
    """
    lines, broken = text.split("\n"), list[_Broken]()
    while len(broken) < MOST_BROKEN:
        read = _read(lines)
        if isinstance(read, dict):
            mended = "\n".join(lines)
            data = (
                _tidy(read) if broken else read
            )  # somebody may have written \\u0000 for a letter, and nothing is put aside
            return Salvaged(data, mended, tuple(_findings(broken, Places(mended))))
        long = next((number for number, line in enumerate(lines, 1) if len(line) > MOST_LETTERS), None)
        if long is not None:
            wanted = said(later("at most {most} letters in a line"), most=MOST_LETTERS)
            return Salvaged(None, text, (Finding((), wanted, str(len(lines[long - 1])), line=long),))
        broken.append(_put_aside(lines, read))
    so_far = Places("\n".join(lines[: max(one.begins for one in broken) + 1]))
    more = Finding((), NOTHING, mend=said(later("There is more; please mend these first.")), line=broken[-1].line + 1)
    return Salvaged(None, text, (*_findings(broken, so_far), more))


def _read(lines: list[str]) -> dict[str, Any] | tomllib.TOMLDecodeError:
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        return error


def _put_aside(lines: list[str], error: tomllib.TOMLDecodeError) -> _Broken:
    """Put the statement aside, in ``lines``, that was being read when it came to ``error``."""
    at = reason_of(error, len(lines)).line
    begins = _begin(lines, at)
    earlier = _should_be_double(lines, begins)
    begins = begins if earlier is None else earlier
    end = _end(lines, begins, at)
    broken = _told(lines, begins, end, error)
    before = lines[:begins]
    stand_in = next(one for one in _stand_ins(lines[begins], begins, earlier is not None) if _fits(before, one))
    lines[begins:end] = [stand_in, *[""] * (end - begins - 1)]
    return broken


def _fits(before: list[str], line: str) -> bool:
    return isinstance(_read([*before, line]), dict)


def _begin(lines: list[str], at: int) -> int:
    """Return the line on which the statement begins that is broken: the last up to which all is right."""
    begun = sorted({at, *(line for line in beginnings("\n".join(lines)) if line < at)})
    right = bisect_left(begun, True, key=lambda line: not isinstance(_read(lines[:line]), dict))
    return begun[right - 1]


def _end(lines: list[str], begins: int, at: int) -> int:
    """Return the line behind the broken statement: something new begins there, or can begin."""
    end = begins + 1
    while end < len(lines) and not _BEGINS.match(lines[end]) and (end <= at or _GOES_ON.match(lines[end])):
        end += 1
    return end


def _should_be_double(lines: list[str], begins: int) -> int | None:
    """Return the earlier line with ``[name]`` where the broken one is a ``[[name]]``."""
    header = _HEADER.match(lines[begins])
    if header is None or header[1] != "[[":
        return None
    single = re.compile(rf"\s*\[\s*{re.escape(header[2])}\s*\]\s*(?:#.*)?$")
    return next((line for line in range(begins) if single.match(lines[line])), None)


def _stand_ins(line: str, number: int, double: bool) -> Iterator[str]:
    """Yield what could stand in place of a broken statement, the nearest to what was meant first."""
    header, pair = _HEADER.match(line), _PAIR.match(line)
    if header is not None:
        brackets = 2 if double or len(header[1]) > 1 or len(header[3] or "") > 1 else 1
        if _NAME.fullmatch(header[2]):
            yield from ("[" * count + header[2] + "]" * count for count in (brackets, 3 - brackets))
        name = header[2].replace('"', "").replace("\\", "")
        yield f'["{name}{_WRITTEN_ASIDE}{number}"]'
    elif pair is not None:
        yield f'{pair[1]} = "{_WRITTEN_ASIDE}"'
        last = re.findall(_KEY, pair[1])[-1].strip("\"'")
        yield f'"{last}{_WRITTEN_ASIDE}{number}" = 0'
    yield f'"{_WRITTEN_ASIDE}{number}" = 0'


def _told(lines: list[str], begins: int, end: int, error: tomllib.TOMLDecodeError) -> _Broken:
    """Return what is wrong with a statement: by itself, or else in its place."""
    part = lines[begins:end]
    while len(part) > 1 and _EMPTY.match(part[-1]):
        part.pop()
    alone = _read(part)
    reason = reason_of(error, len(lines)) if isinstance(alone, dict) else reason_of(alone, len(part), begins)
    over_several_lines = reason.column is None and ('"""' in part[0] or "'''" in part[0])
    line = begins if over_several_lines else min(reason.line, begins + len(part) - 1)
    stumble, got = next(found for row in STUMBLES if (found := row.seen(reason, lines[line])) is not None)
    return _Broken(begins, line, stumble, got)


def _findings(broken: list[_Broken], places: Places) -> Iterator[Finding]:
    """Yield what was put aside, with the way of keys to it and, of what stands twice, where it stands already."""
    ways = {line: path for path, line in places.lines.items()}
    for one in broken:
        path = _plain(ways.get(one.begins + 1, ()))
        mend = one.stumble.mend
        if "{line}" in mend.message:
            mend = Said(mend.message, {**mend.values, "line": places.line(path)})
        yield Finding(path, one.stumble.expected, shortened(one.got), mend, line=one.line + 1)


def _plain(path: Path) -> Path:
    plain = (step.split(_ASIDE)[0] if isinstance(step, str) else step for step in path)
    return tuple(step for step in plain if step != "")


def _tidy(value: Any) -> Any:
    """Return data without keys that were put aside, and ``PUT_ASIDE`` for values that were."""
    match value:
        case Mapping():
            return {key: _tidy(inner) for key, inner in value.items() if _ASIDE not in key}
        case list():
            return [_tidy(inner) for inner in value]
        case _:
            return PUT_ASIDE if value == _ASIDE else value

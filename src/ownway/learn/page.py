"""One Learn page: TOML between two lines of ``+++``, then Markdown. Reading it collects every problem."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil
from typing import Any, cast

from markdown_it.token import Token

from ownway.errors import OwnwayError, Problem, plain_problem
from ownway.exercises.schema import Claim, Grade
from ownway.learn.grades import GRADES
from ownway.learn.markdown import CLAIM, Placed, placed, plain, reader

FENCE = "+++"
WORDS_A_MINUTE = 200  # chosen by us: a calm reader, who looks at the pictures, too
# Where words are longer, a minute has fewer: as many letters as of an English page.
_WORDS_A_MINUTE_IN: Mapping[str, int] = {"de": 170}

_FRONT = re.compile(r"\+\+\+\n(.*?)^\+\+\+\n", re.DOTALL | re.MULTILINE)
# What the front matter may say: of which type, and whether it must.
_KEYS: Mapping[str, tuple[type, bool]] = {
    "title": (str, True),
    "summary": (str, True),
    "reviewed": (date, True),
    "place": (str, False),
    "order": (int, False),
    "sources": (list, False),
    "related": (list, False),
    "moved_from": (list, False),
    "shows": (str, False),
}
_SHOWS = ("evidence",)


def wrong(file: str, line: int | None, what: str) -> Problem:
    """Return what is wrong with a page; without a line it is the page as a whole."""
    return plain_problem(file, what, line)


class LearnError(OwnwayError):
    """Pages that cannot be shown; carries every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("Learn pages:\n" + "\n".join(f"  - {problem}" for problem in problems))


@dataclass(frozen=True)
class Page:
    """A page as it is written.

    Attributes
    ----------
    name : the file's name without its ending; the last part of its address.
    language : in which it is written.
    place : address of the page it stands below; None for the first page of all.
    reviewed : when somebody last held it against its sources.
    sources : ids of ``exercises/sources.toml``: those of its claims.
    related : ``learn:`` and ``exercise:`` links shown at its end.
    moved_from : addresses it once had; they lead here for good.
    order : among its neighbours, small numbers first.
    shows : what is added by Ownway below the text.
    first_line : the line of the file on which the body begins.
    """

    name: str
    language: str
    title: str
    summary: str
    reviewed: date
    place: str | None = None
    order: int = 100
    sources: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    moved_from: tuple[str, ...] = ()
    shows: str = ""
    body: str = ""
    first_line: int = 1

    @property
    def file(self) -> str:
        """Where it lies."""
        return f"{self.language}/{self.name}.md"

    @property
    def address(self) -> str:
        """Its permanent address below ``/learn``; that of the first page is empty."""
        if self.place is None:
            return ""
        return f"{self.place}/{self.name}" if self.place else self.name

    @cached_property
    def tokens(self) -> list[Token]:
        """The body as Markdown tells it."""
        return reader().parse(self.body)

    @cached_property
    def text(self) -> str:
        """The body's words alone."""
        return plain(self.body)

    @property
    def minutes(self) -> int:
        """How long it takes to read."""
        return max(1, ceil(len(self.text.split()) / _WORDS_A_MINUTE_IN.get(self.language, WORDS_A_MINUTE)))

    @property
    def links(self) -> tuple[Placed, ...]:
        """All links, claims and pictures."""
        return tuple(placed(self.tokens))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What it claims, in the order of the text."""
        return tuple(claim_of(link) for link in self.links if link.kind == CLAIM)


def claim_of(link: Placed) -> Claim:
    """Return the claim that is written as this link."""
    return Claim(link.text, cast("Grade", link.target), tuple(link.title.replace(",", " ").split()))


def parse_page(text: str, name: str, language: str) -> Page:
    """Return the page written in ``text``.

    Raises
    ------
    LearnError : with every problem of its front matter and its claims.
    """
    file = f"{language}/{name}.md"
    front = _FRONT.match(text)
    if front is None:
        raise LearnError([wrong(file, 1, f"a page begins with its front matter, between two lines of {FENCE}")])
    try:
        told = tomllib.loads(front[1])
    except tomllib.TOMLDecodeError as error:
        raise LearnError([wrong(file, 1, f"the front matter is no TOML: {error}")]) from None
    problems = [wrong(file, 1, what) for what in _bad_front(told)]
    if problems:
        raise LearnError(problems)
    lists: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    first_line = 1 + text.count("\n", 0, front.end())
    page = Page(name=name, language=language, body=text[front.end() :], first_line=first_line, **lists)
    problems.extend(_bad_claims(page))
    if problems:
        raise LearnError(problems)
    return page


def _bad_front(told: Mapping[str, Any]) -> Iterator[str]:
    for key in told.keys() - _KEYS.keys():
        yield f"{key}: unknown key; known are {', '.join(_KEYS)}"
    for key, (kind, must) in _KEYS.items():
        if key not in told:
            if must:
                yield f"{key}: missing"
        elif type(told[key]) is not kind:
            yield f"{key}: expected {kind.__name__}, got {told[key]!r}"
        elif kind is str and not told[key].strip() and key != "place":
            yield f"{key}: empty"
        elif kind is list and not all(isinstance(entry, str) for entry in told[key]):
            yield f"{key}: expected a list of texts, got {told[key]!r}"
    if told.get("shows", _SHOWS[0]) not in _SHOWS:
        yield f"shows: expected one of {', '.join(_SHOWS)}, got {told['shows']!r}"


def _bad_claims(page: Page) -> Iterator[Problem]:
    for link in page.links:
        if link.kind == CLAIM:
            for what in _bad_claim(claim_of(link)):
                yield wrong(page.file, page.first_line - 1 + link.line, f"claim {link.text!r}: {what}")


def _bad_claim(claim: Claim) -> Iterator[str]:
    if not claim.grade:
        yield f"it has no grade: {', '.join(GRADES)}"
    elif claim.grade not in GRADES:
        yield f"{claim.grade!r} is no grade; there are {', '.join(GRADES)}"
    elif claim.grade != "none" and not claim.sources:
        yield "a grade needs a source; where none was found the grade is none"
    if not claim.claim:
        yield "it says nothing"

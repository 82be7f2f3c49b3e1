"""The Markdown of a Learn page: CommonMark without raw HTML, and links that lead into Ownway.

A link names where it leads by a word and a colon: ``learn:`` a page of these, ``exercise:`` an exercise, ``app:`` another page
of Ownway by its name. A picture is ``figure:EXERCISE/PICTURE``. A **claim** is written as a link, too, so that every Markdown
tool can read it::

    [Exercise eases lasting back pain a little.](claim:moderate "hayden_2021 who_2023")
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

CLAIM = "claim"
FIGURE = "figure"

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A link, picture or claim: what stands before the colon, what behind it, its title and words, and its line in the body."""

    kind: str
    target: str
    title: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, with the name by which a link can lead to it."""

    level: int
    text: str
    line: int

    @property
    def anchor(self) -> str:
        """The part of an address behind ``#``."""
        return slug(self.text)


def reader(renderer: type[RendererHTML] = RendererHTML) -> MarkdownIt:
    """Return what reads a page, and writes it by this renderer."""
    return MarkdownIt("commonmark", {"html": False}, renderer_cls=renderer)


def slug(text: str) -> str:
    """Return a text as part of an address: small letters and hyphens."""
    return _BETWEEN.sub("-", text.casefold()).strip("-")


def split(href: str) -> tuple[str, str]:
    """Return what stands before the first colon of an address, and what behind it."""
    kind, _, target = href.partition(":")
    return kind, target


def placed(tokens: list[Token]) -> Iterator[Placed]:
    """Yield all links, claims and pictures of a page, in their order."""
    for token in tokens:
        line = 1 + (token.map[0] if token.map else 0)
        children = token.children or []
        for at, child in enumerate(children):
            if child.type == "link_open":
                kind, target = split(str(child.attrGet("href")))
                yield Placed(kind, target, str(child.attrGet("title") or ""), words(_inside(children, at)), line)
            elif child.type == "image":
                kind, target = split(str(child.attrGet("src")))
                yield Placed(kind, target, str(child.attrGet("title") or ""), child.content, line)


def unclaimed(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """Yield the texts that stand in no claim, with their lines."""
    for token in tokens:
        claimed = False
        for child in token.children or []:
            if child.type == "link_open":
                claimed = split(str(child.attrGet("href")))[0] == CLAIM
            elif child.type == "link_close":
                claimed = False
            elif child.type == "text" and not claimed and token.map:
                yield 1 + token.map[0], child.content


def headings(tokens: list[Token]) -> Iterator[Heading]:
    """Yield the headings of a page."""
    for token, inside in pairwise(tokens):
        if token.type == "heading_open" and token.map:
            yield Heading(int(token.tag[1]), words(inside.children or []), 1 + token.map[0])


def plain(body: str) -> str:
    """Return the words of a page alone, a paragraph a line, for searching and counting."""
    lines = (words(token.children) for token in reader().parse(body) if token.children)
    return "\n".join(line for line in lines if line)


def words(tokens: list[Token]) -> str:
    """Return the words within some inline tokens. A picture speaks by what is written under it."""
    told = {"softbreak": " ", "hardbreak": " "}
    parts = (
        str(token.attrGet("title") or "") if token.type == "image" else told.get(token.type, token.content)
        for token in tokens
    )
    return "".join(parts).strip()


def _inside(children: list[Token], at: int) -> list[Token]:
    end = next(i for i in range(at, len(children)) if children[i].type == "link_close")
    return children[at + 1 : end]

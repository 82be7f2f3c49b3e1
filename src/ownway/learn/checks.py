"""What all pages together may not get wrong: a link that leads nowhere, a source that is not there, a page nobody finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import unquote

from ownway.errors import Problem
from ownway.exercises.schema import Claim, Exercise
from ownway.learn.evidence import stated
from ownway.learn.markdown import CLAIM, FIGURE, Placed, headings, split, unclaimed
from ownway.learn.page import Page, wrong

RESERVED = ("search",)  # addresses below /learn that are no pages
# What only a study can know, in English and German. "Gefunden" is left out: that is what a search found, or did not.
_FOUND_BY_A_STUDY = re.compile(
    r"\d\s?%|\bper cent\b|\bProzent\b"
    r"|\b(?:trials?|stud(?:y|ies)|reviews?)\b[^.]*\bfound\b"
    r"|\b(?:\w*studien?|übersicht(?:en)?)\b[^.]*\b(?:fand(?:en)?|ergab(?:en)?|zeigten?)\b",
    re.IGNORECASE,
)
# In the EU the purpose that a product states anywhere makes it a medical device or not: SAFETY.md says what Ownway is for.
_PROMISE = re.compile(
    r"\b(?:cures?|cured|heals?|healed|treats?|treated|treatments?|therap(?:y|ies) for"
    r"|(?:ge)?heilt|heilten?|heilen|heilung|behand(?:el|l)\w*|therapien? (?:gegen|für|bei))\b",
    re.IGNORECASE,
)
_HTML = re.compile(r"</?[a-z][^>]*>|<!--", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class World:
    """What pages may point to.

    Attributes
    ----------
    exercises : those that come with Ownway, by id.
    sources : ids of ``exercises/sources.toml``.
    app : names of Ownway's other pages.
    figures : the pictures of the figures, ``EXERCISE/PICTURE``.
    """

    exercises: Mapping[str, Exercise]
    sources: Collection[str]
    app: Collection[str]
    figures: Collection[str]


def problems(pages: Sequence[Page], world: World) -> list[Problem]:
    """Return everything that is wrong with these pages, which are all of one language."""
    each = chain.from_iterable(check(page, pages, world) for page in pages for check in _OF_A_PAGE)
    return [*each, *_twice(pages), *_disagreeing(pages, world), *_promising(pages, world)]


def untrue_translations(translated: Sequence[Page], originals: Sequence[Page]) -> list[Problem]:
    """Return where a translation says something else than its original: other claims, other pictures, other links."""
    by_name = {page.name: page for page in originals}
    found: list[Problem] = []
    for page in translated:
        original = by_name.get(page.name)
        if original is None:
            found.append(wrong(page.file, None, "it translates no page"))
            continue
        for what, told, meant in (
            ("claims", [(c.grade, c.sources) for c in page.claims], [(c.grade, c.sources) for c in original.claims]),
            ("links", _leads(page), _leads(original)),
        ):
            if told != meant:
                found.append(wrong(page.file, None, f"{what}: {told}, and in {original.file} {meant}"))
    return found


def _leads(page: Page) -> list[str]:
    return [f"{link.kind}:{link.target.partition('#')[0]}" for link in page.links if link.kind != CLAIM]


# ---- one page ---------------------------------------------------------------------------------------------------------


def _line(page: Page, line: int) -> int:
    return page.first_line - 1 + line


def _bad_sources(page: Page, _pages: Sequence[Page], world: World) -> Iterator[Problem]:
    used = list(dict.fromkeys(source for claim in page.claims for source in claim.sources))
    for source in used:
        if source not in world.sources:
            yield wrong(page.file, None, f"sources.toml has no {source!r}")
        if source not in page.sources:
            yield wrong(page.file, 1, f"sources: {source!r} is named by a claim, and missing here")
    for source in page.sources:
        if source not in used:
            yield wrong(page.file, 1, f"sources: no claim names {source!r}")


def _orphan(page: Page, pages: Sequence[Page], _world: World) -> Iterator[Problem]:
    addresses = {each.address for each in pages}
    if page.place is None:
        if page.name != "index":
            yield wrong(page.file, 1, "place: missing; only the index stands below nothing")
    elif page.place not in addresses:
        yield wrong(page.file, 1, f"place: no page has the address {page.place!r}, so nobody finds this one")


def _dead_links(page: Page, pages: Sequence[Page], world: World) -> Iterator[Problem]:
    for link in page.links:
        if link.kind != CLAIM and not _leads_somewhere(link, pages, world):
            yield wrong(
                page.file, _line(page, link.line), f"the link {link.kind}:{link.target} of {link.text!r} leads nowhere"
            )
    for named in page.related:
        kind, target = split(named)
        link = Placed(kind, target, "", "", 1)
        if kind not in ("learn", "exercise") or not _leads_somewhere(link, pages, world) or target == page.name:
            yield wrong(page.file, 1, f"related: {named} leads nowhere, or here")


def _leads_somewhere(link: Placed, pages: Sequence[Page], world: World) -> bool:
    if link.kind == "learn":
        name, _, anchor = link.target.partition("#")
        there = next((each for each in pages if each.name == name), None)
        return there is not None and (not anchor or unquote(anchor) in {h.anchor for h in headings(there.tokens)})
    known: Mapping[str, Collection[str]] = {"exercise": world.exercises, "app": world.app, FIGURE: world.figures}
    return link.target in known.get(link.kind, ())


def _pictures_in_words(page: Page, _pages: Sequence[Page], _world: World) -> Iterator[Problem]:
    for link in page.links:
        if link.kind == FIGURE and not link.text:
            yield wrong(
                page.file, _line(page, link.line), f"the picture {link.target} needs words for who cannot see it"
            )


def _bad_headings(page: Page, _pages: Sequence[Page], _world: World) -> Iterator[Problem]:
    found = list(headings(page.tokens))
    for heading in found:
        if heading.level not in (2, 3):
            yield wrong(page.file, _line(page, heading.line), f"heading {heading.text!r}: ## or ###; # is the title")
    for heading, above in zip(found, [1, *(each.level for each in found)], strict=False):
        if heading.level > above + 1:
            yield wrong(page.file, _line(page, heading.line), f"heading {heading.text!r}: a level is left out above it")
    anchors = [heading.anchor for heading in found]
    yield from (wrong(page.file, None, f"two headings are {a!r}") for a in set(anchors) if anchors.count(a) > 1)


def _unmarked(page: Page, _pages: Sequence[Page], _world: World) -> Iterator[Problem]:
    for line, text in unclaimed(page.tokens):
        if _FOUND_BY_A_STUDY.search(text):
            yield wrong(page.file, _line(page, line), f"what a study found is a claim, with a grade: {text.strip()!r}")
        if "](" in text:
            yield wrong(page.file, _line(page, line), f"this was to be a link, and is none: {text.strip()!r}")
        if _HTML.search(text):
            yield wrong(page.file, _line(page, line), f"HTML is shown as it stands; write Markdown: {text.strip()!r}")


_OF_A_PAGE: tuple[Callable[[Page, Sequence[Page], World], Iterator[Problem]], ...] = (
    _bad_sources,
    _orphan,
    _dead_links,
    _pictures_in_words,
    _bad_headings,
    _unmarked,
)


# ---- all of them --------------------------------------------------------------------------------------------------------


def _twice(pages: Sequence[Page]) -> Iterator[Problem]:
    taken = dict.fromkeys(RESERVED, "Ownway itself")
    for page in pages:
        for address in dict.fromkeys((page.address, *page.moved_from)):
            if address in taken:
                yield wrong(page.file, 1, f"the address {address!r} is taken by {taken[address]}")
            taken[address] = page.file
    names = [page.name for page in pages]
    yield from (wrong(p.file, None, f"two pages are named {p.name!r}") for p in pages if names.count(p.name) > 1)


def _disagreeing(pages: Sequence[Page], world: World) -> Iterator[Problem]:
    """The same words are as sure everywhere."""
    first: dict[str, tuple[str, Claim]] = {}
    for place, claim in stated(pages, world.exercises.values(), str):
        where, same = first.setdefault(claim.claim, (place, claim))
        if (same.grade, set(same.sources)) != (claim.grade, set(claim.sources)):
            yield wrong(place, 0, f"{claim.claim!r} is {same.grade} by {same.sources} in {where}, and here it is not")


def _promising(pages: Sequence[Page], world: World) -> Iterator[Problem]:
    """No page and no exercise's claim speaks as a remedy does."""
    told = [(page.file, f"{page.title} {page.summary} {page.text}") for page in pages]
    told += [(id_, claim.claim) for id_, exercise in world.exercises.items() for claim in exercise.claims]
    for place, text in told:
        for word in _PROMISE.findall(text):
            yield wrong(place, 0, f"{word!r} is a medical promise; Ownway is a guide and a diary")

"""Finding words in texts: an index in memory, made anew when the texts change. It knows nothing of what the texts are."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice, product
from threading import Lock

MOST_TERMS = 8  # of a query; what comes after is no longer looked for
MOST_LETTERS = 40  # of a term
MOST_HITS = 30
SNIPPET_TOKENS = 26

_OPEN, _CLOSE = "\x02", "\x03"  # around what was found; no text has them
_TERM = re.compile(r"[^\W_]+")
# People write umlauts without the dots in two ways. SQLite itself takes them off; here are the others.
_SPELLINGS = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("ss", "ß"))
# English and German; a stem is found with any of them.
_ENDINGS = ("ungen", "ung", "ing", "en", "es", "ed", "er", "e", "s", "n")
_SHORTEST_STEM = 4
# Chosen by us: three letters are within every tenth word, "run" within "trunk".
_SHORTEST_INSIDE = 4
_MOST_INSIDE = 60  # words that have a term within them; SQLite takes a few hundred alternatives
_NEAR = 0.75  # chosen by us: two letters of seven may be wrong

_TABLE = "CREATE VIRTUAL TABLE entry USING fts5(title, summary, text, key UNINDEXED, tokenize='unicode61 remove_diacritics 2')"
# A word in the title weighs as much as ten in the text: chosen by us, who looks for "stretch" wants its page.
_FIND = f"""
SELECT key, highlight(entry, 0, '{_OPEN}', '{_CLOSE}'), highlight(entry, 1, '{_OPEN}', '{_CLOSE}'),
       snippet(entry, 2, '{_OPEN}', '{_CLOSE}', '…', {SNIPPET_TOKENS})
FROM entry WHERE entry MATCH ? ORDER BY bm25(entry, 10.0, 4.0, 1.0), key LIMIT {MOST_HITS}
"""  # noqa: S608 - made of constants alone


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that can be found; ``key`` is what finding it gives back."""

    key: str
    title: str
    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some letters of a text, and whether they are what was looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, in parts."""

    key: str
    title: tuple[Part, ...]
    summary: tuple[Part, ...]
    text: tuple[Part, ...]


class _Index:
    """Some texts in SQLite, and the words that are in them: as they are written, by how SQLite knows them."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        rows = [(*map(_clean, (each.title, each.summary, each.text)), each.key) for each in entries]
        self.words: Mapping[str, str] = {
            _folded(word): word for row in rows for word in _TERM.findall(" ".join(row[:3]))
        }
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.execute(_TABLE)
        self._connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", rows)

    def close(self) -> None:
        self._connection.close()

    def hits(self, match: str) -> list[Hit]:
        rows = self._connection.execute(_FIND, (match,)).fetchall()
        return [Hit(key, _parts(title), _parts(summary), _parts(text)) for key, title, summary, text in rows]

    def begin_with(self, term: str) -> bool:
        """Return whether a word begins with a term, in any of its spellings."""
        ways = tuple(_folded(way) for way in _spellings(term))
        return any(word.startswith(ways) for word in self.words)

    def having(self, term: str) -> list[str]:
        """Return the words that have a term within them, in any of its spellings."""
        wanted = [folded for way in _spellings(term) if len(folded := _folded(way)) >= _SHORTEST_INSIDE]
        within = (word for word in self.words if any(way in word for way in wanted))
        return list(islice(within, _MOST_INSIDE))


class Finder:
    """The index of some texts for each language, kept as long as they stay the same."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, _Index] = {}

    def find(self, language: str, entries: Sequence[Entry], query: str) -> list[Hit]:
        """Return what has all words of the query, or their beginnings, then what has them within others.

        Where nothing has all of them it is what has any.
        """
        asked = _asked(query)
        if not asked:
            return []
        with self._lock:
            index = self._index(language, tuple(entries))
            begun = terms(query)
            within = [_any_of(index.having(term), "", way) for term, way in zip(asked, begun, strict=True)]
            hits = index.hits(" AND ".join(begun))
            known = {hit.key for hit in hits}
            hits += [hit for hit in index.hits(" AND ".join(within)) if hit.key not in known]
            return hits[:MOST_HITS] or index.hits(" OR ".join(within))

    def meant(self, language: str, entries: Sequence[Entry], query: str) -> str | None:
        """Return the query with the nearest words there are for those that no text has; None where none is near."""
        asked = _asked(query)
        with self._lock:
            index = self._index(language, tuple(entries))
            near = [word for term in asked if (word := _nearest(term, index)) is not None]
        return " ".join(near) if near != asked and len(near) == len(asked) else None

    def close(self) -> None:
        """Forget all texts."""
        with self._lock:
            for index in self._kept.values():
                index.close()
            self._kept.clear()

    def _index(self, language: str, entries: tuple[Entry, ...]) -> _Index:
        kept = self._kept.get(language)
        if kept is not None:
            if kept.entries == entries:
                return kept
            kept.close()
        self._kept[language] = _Index(entries)
        return self._kept[language]


def terms(query: str) -> list[str]:
    """Return what to look for, in the index's own language: each word with its spellings, as the beginning of a word.

    Letters and digits alone come through, in quotes: nothing that somebody types is an operator.
    """
    return [_any_of(_spellings(term), "*") for term in _asked(query)]


def _asked(query: str) -> list[str]:
    return [term[:MOST_LETTERS].casefold() for term in _TERM.findall(query)][:MOST_TERMS]


def _any_of(words: Iterable[str], ending: str = "", *more: str) -> str:
    return "(" + " OR ".join([*more, *(f'"{word}"{ending}' for word in words)]) + ")"


def _spellings(term: str) -> Iterator[str]:
    stems = [term]
    ending = next((e for e in _ENDINGS if term.endswith(e) and len(term) - len(e) >= _SHORTEST_STEM), None)
    if ending is not None:
        stems.append(term.removesuffix(ending))
    seen: dict[str, None] = {}
    for stem, dotted in product(stems, product((False, True), repeat=len(_SPELLINGS))):
        spelt = stem
        for plain, other in (pair for pair, wanted in zip(_SPELLINGS, dotted, strict=True) if wanted):
            spelt = spelt.replace(plain, other)
        seen[spelt] = None
    return iter(seen)


def _folded(word: str) -> str:
    """Return a word as the index knows it: in small letters, without what stands above or below them."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(letter))


def _nearest(term: str, index: _Index) -> str | None:
    """Return a term that some word begins with, or has within it, as it is; else the two words it is made of, or the nearest."""
    if index.begin_with(term) or index.having(term):
        return term
    cuts = range(_SHORTEST_STEM, len(term) - _SHORTEST_STEM + 1)
    halves = next((cut for cut in cuts if index.begin_with(term[:cut]) and index.begin_with(term[cut:])), None)
    if halves is not None:
        return f"{term[:halves]} {term[halves:]}"
    near = get_close_matches(_folded(term), index.words, n=1, cutoff=_NEAR)
    return index.words[near[0]] if near else None


def _clean(text: str) -> str:
    return text.replace(_OPEN, "").replace(_CLOSE, "").replace("\n", " ").encode("utf-8", "ignore").decode()


def _parts(marked: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    for at, piece in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", marked)):
        if piece:
            parts.append(Part(piece, found=at % 2 == 1))
    return tuple(parts)

"""Where claims come from: the rows of ``sources.toml``, for exercises and Learn pages alike."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Source:
    """A study, a review, a guideline.

    Attributes
    ----------
    text : the whole citation.
    year : of publication; None where it is not known for sure.
    url : a permanent address; None where none is known for sure.
    """

    id: str
    text: str
    year: int | None = None
    url: str | None = None


@cache
def sources() -> Mapping[str, Source]:
    """Return all sources by their id, in the order of the file."""
    text = (resources.files("ownway.exercises") / "sources.toml").read_text(encoding="utf-8")
    rows = [Source(**row) for row in tomllib.loads(text)["sources"]]
    return {row.id: row for row in rows}

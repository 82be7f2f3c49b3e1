"""Ten years of rows in a moment: a text for each year, so that what was made of a year can be kept until somebody changes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, String, cast, func
from sqlalchemy.orm import Session

T = TypeVar("T")
Made = Callable[
    [str, tuple[str, str]], tuple[T, ...]
]  # of the text of a year, and the names of this computer's time zone

_KEPT = 32  # years of a kind, as they were read last; chosen by us: ten years of a few people, some MB
_kept: list[Any] = []


def by_year(make: Made[T]) -> Made[T]:
    """Keep what is made of a year for as long as its text is the same."""
    kept = lru_cache(_KEPT)(make)
    _kept.append(kept)
    return kept


def let_go() -> None:
    """Keep nothing: what is forgotten is in no memory either."""
    for kept in _kept:
        kept.cache_clear()


def years_of(session: Session, asked: Select[Any], at: ColumnElement[datetime]) -> Sequence[str]:
    """Return the rows as JSON, each with its moment ahead, a text for each year.

    A year that nobody has changed is then known by its text, and is not taken apart again. A database server, which has other
    words for it, gives all years as one.
    """
    moment = cast(at, String)
    columns = tuple(asked.selected_columns)
    if session.get_bind().dialect.name != "sqlite":
        rows = session.execute(asked.with_only_columns(moment, *columns))
        return [json.dumps([list(row) for row in rows])]
    year = func.substr(moment, 1, 4)
    texts = asked.with_only_columns(func.json_group_array(func.json_array(moment, *columns)))
    return session.scalars(texts.group_by(year).order_by(None).order_by(year)).all()


def rows_of(year: str) -> list[list[Any]]:
    """Return the rows of such a text, the oldest first."""
    return sorted(json.loads(year), key=itemgetter(0))

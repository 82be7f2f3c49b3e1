"""XML as GPX and TCX are written in, read element by element; no entity is expanded and nothing is fetched."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ownway.media.runs.errors import DamagedError, TooManyPointsError
from ownway.media.runs.points import MOST_POINTS

_MOST_ELEMENTS = 20 * MOST_POINTS  # a point with all that watches add to it has some fifteen

_UNREADABLE = (ParseError, DefusedXmlException, UnicodeError, ValueError, LookupError)


def root_name(data: bytes) -> str | None:
    """Return the local name of the outermost element; None where this is no XML that we would read."""
    try:
        for _event, element in iterparse(io.BytesIO(data), events=("start",), forbid_dtd=True):
            return local(element)
    except _UNREADABLE:
        return None
    return None


def closed(data: bytes, form: str, names: frozenset[str]) -> Iterator[Element]:
    """Yield the elements of these local names, each when it is complete; they are emptied afterwards.

    Parameters
    ----------
    form : what to call the file in an error.

    Raises
    ------
    DamagedError : it is not well-formed, or declares entities.
    TooManyPointsError : it has more elements than that many points need.
    """
    try:
        for count, (_event, element) in enumerate(iterparse(io.BytesIO(data), forbid_dtd=True)):
            if count > _MOST_ELEMENTS:
                raise TooManyPointsError(MOST_POINTS)
            if local(element) in names:
                yield element
                element.clear()
    except _UNREADABLE as error:
        raise DamagedError(form) from error


def local(element: Element) -> str:
    """Return the element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element, *path: str) -> Element | None:
    """Return what lies at this path of local names, the first of each; None where there is none."""
    found: Element | None = element
    for name in path:
        found = next((inner for inner in found if local(inner) == name), None) if found is not None else None
    return found


def text(element: Element, *path: str) -> str:
    """Return the text at this path, without outer spaces; empty where there is none."""
    found = child(element, *path)
    return (found.text or "").strip() if found is not None else ""


def number(written: str | None) -> float | None:
    """Return the number that is written here; None where none is."""
    try:
        value = float(written or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def moment(written: str) -> datetime | None:
    """Return the moment that is written here, in UTC; None where none is. Without a zone it is in UTC, as both formats have it."""
    try:
        at = datetime.fromisoformat(written)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def place(latitude: str | None, longitude: str | None) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees; None where there are none, or none on earth."""
    lat, lon = number(latitude), number(longitude)
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return lat, lon

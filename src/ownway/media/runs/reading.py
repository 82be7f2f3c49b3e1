"""One function for every file: what it is, its content tells."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from ownway.media.runs import fit, gpx, tcx
from ownway.media.runs.elements import root_name
from ownway.media.runs.errors import (
    DamagedError,
    NoRunError,
    RunFileError,
    TooBigError,
    UnknownFormatError,
    ZippedError,
)  # fmt: skip
from ownway.media.runs.points import Activity, as_run
from ownway.programme.runs import Kind, Run, Source

MOST_MB = 50  # chosen by us: a day's run with everything that a watch can write is some 20 MB as GPX
MOST_BYTES = MOST_MB * 1_000_000

ZIP = b"PK\x03\x04"

_GZIP = b"\x1f\x8b"
_FORMS: dict[str, tuple[Source, Callable[[bytes], Iterator[Activity]]]] = {
    gpx.ROOT: ("gpx", gpx.activities),
    tcx.ROOT: ("tcx", tcx.activities),
}


def read_runs(data: bytes, untold: Kind | None = None) -> list[Run]:
    """Return the runs and walks in a GPX, TCX or FIT file, packed with gzip or not; at least one.

    What else somebody did in the same file, as in a triathlon, is left out.

    Parameters
    ----------
    untold : what it was where the file does not say; None lets the pace tell a walk.

    Raises
    ------
    RunFileError : there is none, with the reason; of several reasons the first.
    """
    source, activities = _opened(_unpacked(data))
    runs: list[Run] = []
    reasons: list[RunFileError] = []
    for activity in activities:
        try:
            runs.append(as_run(activity, source, untold))
        except RunFileError as error:
            reasons.append(error)
    if not runs:
        raise reasons[0] if reasons else NoRunError()
    return runs


def _opened(data: bytes) -> tuple[Source, Iterator[Activity]]:
    if fit.is_fit(data):
        return "fit", fit.activities(data)
    if data.startswith(ZIP):
        raise ZippedError
    data = data.lstrip()  # some programs put spaces before the XML declaration, where none may be
    form = _FORMS.get(root_name(data) or "")
    if form is None:
        raise UnknownFormatError
    source, activities = form
    return source, activities(data)


def _unpacked(data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise TooBigError(MOST_MB)
    if not data.startswith(_GZIP):
        return data
    unpacking = zlib.decompressobj(wbits=31)
    try:
        whole = unpacking.decompress(data, MOST_BYTES + 1)
    except zlib.error as error:
        raise DamagedError("gzip") from error
    if len(whole) > MOST_BYTES:
        raise TooBigError(MOST_MB)
    if not unpacking.eof:
        raise DamagedError("gzip")
    return whole

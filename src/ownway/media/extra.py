"""The packages that only films need, and that not every computer has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ownway.errors import OwnwayError, later


class MissingExtraError(OwnwayError):
    """A package of the extra ``video`` is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(
            later(
                "Films need a few more packages, and {package} is not installed. Run `make video` in Ownway's folder once, "
                "or: pip install 'ownway[video]'"
            ),
            package=package,
        )


@contextmanager
def video_extra() -> Iterator[None]:
    """Import packages of the extra ``video`` within this block.

    Raises
    ------
    MissingExtraError : one of them is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "one") from error

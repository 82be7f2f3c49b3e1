"""Files that Ownway writes: whole, or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ownway.errors import OwnwayError, later


class TargetError(OwnwayError):
    """A file that cannot be written, told before any work is done for it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            later("{path} cannot be written: {reason}. Name a file in a folder that is there and may be written to."),
            path=path,
            reason=reason,
        )


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give the path of a new, empty file beside ``path``; it takes that place when the block ends well, and goes when not.

    So nobody ever finds half a file under ``path``, and what was there before stays until the new one is complete. The
    given name ends like ``path``. A link is followed; what is no file of its own (``/dev/stdout``, a pipe) is given as it is.

    Raises
    ------
    TargetError : on entering, where no such file could be written; on leaving, where it could not take its place.
    """
    target = path.resolve()
    if target.is_dir():
        raise TargetError(path, "it is a folder")
    if target.exists() and not target.is_file():
        yield target
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise TargetError(path, "it may not be changed")
    part = target.with_name(f".{secrets.token_hex(4)}-part{''.join(target.suffixes[-2:])}")
    try:
        part.touch(exist_ok=False)
    except OSError as error:
        raise TargetError(path, error.strerror or str(error)) from error
    try:
        yield part
        try:
            part.replace(target)
        except OSError as error:
            raise TargetError(path, error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)

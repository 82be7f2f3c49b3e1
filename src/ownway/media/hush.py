"""Silence for libraries in C that write to the terminal whatever one says."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2


@contextmanager
def hush() -> Iterator[None]:
    """Let what C libraries write to the error stream go nowhere while the block runs; what Python writes there still arrives.

    MediaPipe and TensorFlow Lite print banners and warnings of no use to a user, and know no switch for all of them.
    """
    try:
        kept = os.dup(_STDERR)
    except OSError:  # a program that was started by a click may have none
        yield
        return
    python_stderr = sys.stderr
    own = None
    try:
        if _writes_to_stderr(python_stderr):
            python_stderr.flush()
            own = open(kept, "w", encoding=python_stderr.encoding, errors="replace", buffering=1, closefd=False)  # noqa: SIM115
            sys.stderr = own
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STDERR)
        os.close(nowhere)
        yield
    finally:
        if own is not None:
            own.flush()
            if sys.stderr is own:
                sys.stderr = python_stderr
        os.dup2(kept, _STDERR)
        os.close(kept)


def _writes_to_stderr(stream: object) -> bool:
    try:
        return stream.fileno() == _STDERR  # type: ignore[attr-defined, no-any-return]
    except (AttributeError, OSError, ValueError):
        return False

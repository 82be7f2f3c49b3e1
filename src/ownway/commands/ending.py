"""How a command ends that is asked to end from outside, and how it goes on when nobody listens to it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

import typer


@contextmanager
def tidy_end() -> Iterator[None]:
    """Let a request to end (``kill``, a terminal that is closed) clean up as Ctrl-C does."""

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    names = ("SIGTERM", "SIGHUP")
    before = {
        number: signal.signal(number, end) for name in names if (number := getattr(signal, name, None)) is not None
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def all_streams() -> None:
    """Give a program that was started without input, output or error stream such as lead nowhere.

    Else the first files it opens take their places, and what is meant for a person ends in them.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as it runs


def nobody_reads() -> None:
    """Let what else goes to the standard output go nowhere, with what waits there to be written: nobody takes it any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def say(text: str) -> None:
    """Tell something; it goes on when nobody reads any more."""
    try:
        typer.echo(text)
    except BrokenPipeError:  # which is no reason to stop
        nobody_reads()

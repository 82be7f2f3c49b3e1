"""Where a command tells its results: a terminal, or a file that somebody sends them to."""

from __future__ import annotations

from rich.console import Console

from ownway.commands.ending import nobody_reads

_WIDTH_OF_A_FILE = 132  # where no terminal says how wide it is


def patient_console(*, stderr: bool = False) -> Console:
    """Return a console on the standard output or error stream; it goes on when nobody reads any more."""
    console = _Patient(stderr=stderr)
    return console if console.is_terminal else _Patient(stderr=stderr, width=_WIDTH_OF_A_FILE)


class _Patient(Console):
    """A console that lets what is to be done be done, also when nobody reads any more."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        nobody_reads()

"""How far a long work on a film has come, for whoever waits at a terminal; nothing is shown where nobody does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(label: str, duration_s: float | None) -> Iterator[Callable[[float], None]]:
    """Show a bar with the time left on the error stream, as long as the block runs; give what moves it on.

    Parameters
    ----------
    label : what is worked on.
    duration_s : length of the film; None where it is not known, and the bar only tells that work goes on.

    Yields
    ------
    a function to be told how many seconds of the film are done.
    """
    if not sys.stderr.isatty():
        yield lambda _t_s: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with bar:
        task = bar.add_task(label, total=duration_s)
        yield lambda t_s: bar.update(task, completed=t_s)

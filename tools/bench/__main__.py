"""Prints the report: ``python -m tools.bench [SECTION ...]``, all of them where none is named."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.table import Table

from tools.bench import accuracy, engine, films, filters, page, server, ten_years
from tools.bench.figures import Figure, Grid

SECTIONS: dict[str, tuple[str, Callable[[], Iterable[Figure | Grid]]]] = {
    "accuracy": ("Against the truth of the rendered clips", accuracy.measure),
    "filters": ("Filters compared, over every angle of every clip", filters.measure),
    "engine": ("The engine", engine.measure),
    "films": ("Films", films.measure),
    "server": ("The server", server.measure),
    "pages": ("Pages with ten years in the diary", ten_years.measure),
    "start": ("Starting", server.measure_start),
    "page": ("The pages, in Chromium with a clip for a camera", page.measure),
}


def main() -> int:
    """Measure what was asked for; return 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="Tell how quick and heavy Ownway is.")
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], help="what to measure; all where none is named")
    told = parser.parse_args().sections or list(SECTIONS)
    console = Console(width=150)
    missed = False
    for name in told:
        title, measure = SECTIONS[name]
        with console.status(f"{title} …"):
            measured = list(measure())
        figures = [one for one in measured if isinstance(one, Figure)]
        console.print(_table(title, figures))
        for grid in (one for one in measured if isinstance(one, Grid)):
            console.print(_grid(grid), "")
        missed = missed or any(figure.met is False for figure in figures)
    return int(missed)


def _table(title: str, figures: Sequence[Figure]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("measured", "result", "goal"):
        table.add_column(column, overflow="fold")
    for figure in figures:
        goal = figure.goal if figure.met is None else f"{figure.goal}: {'met' if figure.met else 'MISSED'}"
        table.add_row(figure.what, figure.result, goal)
    return table


def _grid(grid: Grid) -> Table:
    table = Table(title=grid.title, title_justify="left", box=None, padding=(0, 1, 0, 0))
    for head in grid.heads:
        table.add_column(head.replace(" ", "\n"), no_wrap=True)
    for row in grid.rows:
        table.add_row(*row)
    return table


if __name__ == "__main__":
    raise SystemExit(main())

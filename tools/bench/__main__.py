"""Prints the report: ``python -m tools.bench [SECTION ...]``, all of them where none is named."""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.table import Table

from tools.bench import accuracy, engine, films, filters, page, server

SECTIONS = {
    "accuracy": ("Against the truth of the rendered clips", accuracy.measure),
    "filters": ("Filters compared, over every angle of every clip", filters.measure),
    "engine": ("The engine", engine.measure),
    "films": ("Films", films.measure),
    "server": ("The server", server.measure),
    "start": ("Starting", server.measure_start),
    "page": ("The page, in Chromium with a clip for a camera", page.measure),
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
        table = Table(title=title, title_justify="left")
        for column in ("measured", "result", "goal"):
            table.add_column(column, overflow="fold")
        with console.status(f"{title} …"):
            for figure in measure():
                goal = figure.goal if figure.met is None else f"{figure.goal}: {'met' if figure.met else 'MISSED'}"
                table.add_row(figure.what, figure.result, goal)
                missed = missed or figure.met is False
        console.print(table)
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())

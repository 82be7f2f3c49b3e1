"""The messages of the socket: what is read, and what is refused in words."""

from __future__ import annotations

import json
import math
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownway.body.landmarks import Frame, Picture
from ownway.coach.setting import Command
from ownway.web import wire
from ownway.web.wire import Hello, WireError

HELLO: dict[str, Any] = {
    "type": "hello", "version": 1, "exercise": "hamstring_stretch", "mode": "camera", "width_px": 640, "height_px": 480,
    "mirrored": False, "height_cm": 178.0, "pain_before": 3, "session": None,
}  # fmt: skip

number = st.floats(-50, 50, width=32)
points = st.lists(st.tuples(number, number, number, st.floats(0, 1, width=32)), min_size=33, max_size=33).map(tuple)


@given(t_s=st.floats(0, 20000), points=points, people=st.none() | st.integers(0, 3))
def test_a_person_goes_over_the_wire_unchanged(t_s: float, points: Any, people: int | None) -> None:
    """read(write(frame)) == frame, for what the page measures."""
    frame = Frame(t_s=t_s, points=points, people=people)
    data = wire.pack_frame(frame)
    assert len(data) == 540
    assert wire.parse_frame(data) == frame


@pytest.mark.parametrize("picture", list(Picture))
def test_nobody_goes_over_the_wire_unchanged(picture: Picture) -> None:
    """Twelve bytes say which kind of nothing it was."""
    frame = Frame(t_s=1.5, points=None, picture=picture)
    assert len(wire.pack_frame(frame)) == 12
    assert wire.parse_frame(wire.pack_frame(frame)) == frame


@given(st.binary(max_size=700))
def test_any_bytes_are_read_or_refused_never_worse(data: bytes) -> None:
    """What comes in from outside raises nothing but a refusal."""
    try:
        frame = wire.parse_frame(data)
    except WireError:
        return
    assert math.isfinite(frame.t_s)


def _frame(t_s: float = 1.0, *, version: int = 1, what: int = 1, value: float = 0.5) -> bytes:
    return struct.pack("<BBBBd132f", version, what, 255, 255, t_s, *([value] * 132))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "12 or 540 bytes, this one 0"),
        (_frame()[:-1], "540 bytes, this one 539"),
        (_frame() + b"x", "540 bytes, this one 541"),
        (_frame(what=0), "kind 0 has 12 bytes"),
        (_frame(version=2), "version 1"),
        (_frame(what=9), "0, 1, 2 or 3, not 9"),
        (_frame(value=math.nan), "finite"),
        (_frame(value=math.inf), "finite"),
        (_frame(value=1e9), "between -100 and 100"),
        (_frame(math.nan), "t_s"),
        (_frame(-1.0), "t_s"),
        (_frame(1e12), "t_s"),
    ],
)
def test_a_frame_that_cannot_be_is_refused_in_words(data: bytes, reason: str) -> None:
    """The reason says what was expected."""
    with pytest.raises(WireError, match=reason):
        wire.parse_frame(data)


def test_a_hello_is_read() -> None:
    """With everything in its type."""
    assert wire.parse_hello(json.dumps(HELLO)) == Hello(
        "hamstring_stretch", "camera", 640, 480, mirrored=False, height_cm=178.0, pain_before=3, session=None
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "hi"}, "the first message"),
        ({"version": 2}, "version 1 is spoken here"),
        ({"mode": "radar"}, "camera, timer, sample"),
        ({"exercise": 7}, "exercise is a text"),
        ({"exercise": ""}, "exercise is a text"),
        ({"width_px": 0}, "width_px"),
        ({"width_px": "640"}, "width_px"),
        ({"height_px": 10**400}, "height_px"),
        ({"width_px": True}, "width_px"),
        ({"mirrored": "no"}, "mirrored is true or false"),
        ({"height_cm": 17.8}, "height_cm is a number from 50 to 280"),
        ({"pain_before": 11}, "pain_before"),
        ({"session": "x" * 65}, "session is a text"),
        ({"session": "\ud800"}, "session is a text"),
    ],
)
def test_a_hello_that_cannot_be_is_refused_in_words(change: dict[str, Any], reason: str) -> None:
    """One wrong answer is enough."""
    with pytest.raises(WireError, match=reason) as refused:
        wire.parse_hello(json.dumps(HELLO | change))
    assert len(str(refused.value)) < 123


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "1", '"hello"', "[" * 2000, "x" * 5000])
def test_text_that_is_no_message_is_refused(text: str) -> None:
    """Neither shape nor size nor depth does harm."""
    with pytest.raises(WireError):
        wire.parse_hello(text)


def test_orders_are_read() -> None:
    """Every command of the protocol, and no other."""
    for command in Command:
        order = wire.parse_order(json.dumps({"type": "command", "command": command.value, "t_s": 2}))
        assert (order.command, order.t_s) == (command, 2.0)
    with pytest.raises(WireError, match="command is one of"):
        wire.parse_order(json.dumps({"type": "command", "command": "dance", "t_s": 2}))
    with pytest.raises(WireError, match="t_s"):
        wire.parse_order(json.dumps({"type": "command", "command": "stop"}))
    with pytest.raises(WireError, match="command is one of"):
        wire.parse_order(json.dumps({"type": "command", "command": [], "t_s": 2}))


def test_a_close_reason_fits_into_its_frame() -> None:
    """123 bytes at most, and no torn character."""
    assert wire.close_reason("ä" * 100) == "ä" * 61

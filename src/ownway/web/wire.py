"""The messages of the live socket, version 1: bytes and JSON in, JSON out. ``docs/WIRE.md`` is the reference.

Nothing that comes in is trusted. Every refusal is a ``WireError`` that says what was expected and what came, and carries
the close code.
"""

from __future__ import annotations

import json
import math
import struct
from dataclasses import asdict, dataclass
from typing import Any, cast

from ownway.body.landmarks import LANDMARK_COUNT, Frame, Landmark, Picture
from ownway.coach.events import Cue, Event, to_dict
from ownway.coach.live import Live
from ownway.coach.records import MODES, Mode
from ownway.coach.setting import Command
from ownway.coach.voice import speak_s
from ownway.errors import OwnwayError
from ownway.exercises.loader import setup
from ownway.exercises.schema import Exercise
from ownway.web.translation import Translate

VERSION = 1
POLICY, NOT_UNDERSTOOD, TOO_BIG = 1008, 1003, 1009  # RFC 6455, 7.4.1
LONGEST_TEXT = 2048
LONGEST_SESSION_S = 6 * 3600.0

NOBODY, PERSON, STUCK, NO_CAMERA = 0, 1, 2, 3
UNKNOWN = 255
_HEAD = struct.Struct("<BBBBd")
_POINTS = struct.Struct(f"<{LANDMARK_COUNT * 4}f")
BARE_BYTES = _HEAD.size
PERSON_BYTES = _HEAD.size + _POINTS.size
FAR = 100.0  # a guess off the screen lies within a few pictures; beyond this it is no landmark

_PICTURES = {NOBODY: Picture.LIVE, PERSON: Picture.LIVE, STUCK: Picture.STUCK, NO_CAMERA: Picture.NONE}


class WireError(OwnwayError):
    """A message that does not follow the protocol."""

    def __init__(self, message: str, code: int = POLICY) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Hello:
    """The first message of a page. ``height_cm`` and ``pain_before`` (0..10) are None where not told.

    ``bends_anyway``: the person knows that it is early in their day for bending.
    """

    exercise: str
    mode: Mode
    width_px: int
    height_px: int
    mirrored: bool
    height_cm: float | None
    pain_before: int | None
    session: str | None
    bends_anyway: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A button, a key or a hidden page: what to do and when it was asked for, in seconds of the session."""

    command: Command
    t_s: float


def parse_frame(data: bytes) -> Frame:
    """Return the frame in these bytes.

    Raises
    ------
    WireError : wrong version, length or kind, or a number that is not finite.
    """
    if len(data) < BARE_BYTES:
        raise WireError(f"a frame has {BARE_BYTES} or {PERSON_BYTES} bytes, this one {len(data)}", NOT_UNDERSTOOD)
    version, what, people, luma, t_s = _HEAD.unpack_from(data)
    if version != VERSION:
        raise WireError(f"frames of version {VERSION} are expected, not {version}; reload the page", NOT_UNDERSTOOD)
    picture = _PICTURES.get(what)
    if picture is None:
        raise WireError(f"the second byte of a frame is 0, 1, 2 or 3, not {what}", NOT_UNDERSTOOD)
    expected = PERSON_BYTES if what == PERSON else BARE_BYTES
    if len(data) != expected:
        raise WireError(f"a frame of kind {what} has {expected} bytes, this one {len(data)}", NOT_UNDERSTOOD)
    return Frame(
        t_s=_time(t_s, "t_s of a frame"),
        points=_points(data) if what == PERSON else None,
        picture=picture,
        people=None if people == UNKNOWN else people,
        brightness=None if luma == UNKNOWN else luma / 255.0,
    )


def _points(data: bytes) -> tuple[Landmark, ...]:
    numbers = _POINTS.unpack_from(data, _HEAD.size)
    # One pass in C: the sum of the sizes is finite exactly when each of them is.
    if not math.isfinite(sum(map(abs, numbers))) or max(numbers) > FAR or min(numbers) < -FAR:
        raise WireError(f"landmarks are finite numbers between -{FAR:g} and {FAR:g}")
    entries = iter(numbers)
    return tuple(zip(entries, entries, entries, entries, strict=True))


def pack_frame(frame: Frame) -> bytes:
    """Return the bytes of a frame: what a page sends. A missing z or visibility is sent as 0 and 1."""
    people = UNKNOWN if frame.people is None else min(frame.people, UNKNOWN - 1)
    luma = UNKNOWN if frame.brightness is None else min(round(frame.brightness * 255), UNKNOWN - 1)
    if frame.points is not None:
        what = PERSON
    else:
        what = {Picture.LIVE: NOBODY, Picture.STUCK: STUCK, Picture.NONE: NO_CAMERA}[frame.picture]
    head = _HEAD.pack(VERSION, what, people, luma, frame.t_s)
    if frame.points is None:
        return head
    flat = [n for x, y, z, v in frame.points for n in (x, y, 0.0 if z is None else z, 1.0 if v is None else v)]
    return head + _POINTS.pack(*flat)


def parse_hello(text: str) -> Hello:
    """Return the hello in this text, or raise WireError."""
    data = _message(text)
    if data.get("type") != "hello":
        raise WireError(f'the first message is {{"type": "hello", ...}}, not {_short(data.get("type"))}')
    if data.get("version") != VERSION:
        raise WireError(f"version {VERSION} is spoken here, not {_short(data.get('version'))}; reload the page")
    mode = data.get("mode")
    if mode not in MODES:
        raise WireError(f"mode is one of {', '.join(MODES)}, not {_short(mode)}")
    pain = _number(data, "pain_before", 0, 10)
    height = _number(data, "height_cm", 50, 280)
    return Hello(
        exercise=_name(data, "exercise"),
        mode=cast("Mode", mode),
        width_px=int(_needed(data, "width_px", 16, 16384)),
        height_px=int(_needed(data, "height_px", 16, 16384)),
        mirrored=_flag(data, "mirrored"),
        height_cm=height,
        pain_before=None if pain is None else int(pain),
        session=None if data.get("session") is None else _name(data, "session"),
        bends_anyway="bends_anyway" in data and _flag(data, "bends_anyway"),
    )


def parse_order(text: str) -> Order:
    """Return the command in this text, or raise WireError."""
    data = _message(text)
    if data.get("type") != "command":
        raise WireError(f'after the hello, text is {{"type": "command", ...}}, not {_short(data.get("type"))}')
    try:
        command = Command(data.get("command"))
    except ValueError:
        known = ", ".join(str(c.value) for c in Command)
        raise WireError(f"command is one of {known}, not {_short(data.get('command'))}") from None
    return Order(command=command, t_s=_time(_needed(data, "t_s", 0, LONGEST_SESSION_S), "t_s of a command"))


def welcome(session_id: str, resume_at_s: float, events: list[dict[str, Any]]) -> str:
    """Return the answer to a hello."""
    return _text(
        {"type": "welcome", "version": VERSION, "session": session_id, "resume_at_s": resume_at_s, "events": events}
    )


def events_message(frame_t_s: float, events: list[dict[str, Any]]) -> str:
    """Return the message that tells what just happened; ``frame_t_s`` is the time of the frame or command behind it."""
    return _text({"type": "events", "frame_t_s": frame_t_s, "events": events})


def state_message(live: Live) -> str:
    """Return the message that tells what the screen shows now."""
    return _text({"type": "state", **asdict(live)})


def ended_message(session_id: str, summary_url: str) -> str:
    """Return the last message of a session."""
    return _text({"type": "ended", "session": session_id, "summary": summary_url})


def told(event: Event, exercise: Exercise, translate: Translate) -> dict[str, Any]:
    """Return the event as the page gets it: a cue with its words and how long the voice may take for them."""
    data = to_dict(event)
    if isinstance(event, Cue):
        text = translate(cue_text(exercise, event.cue))
        data |= {"text": text, "speak_s": speak_s(text)}
    return data


def cue_text(exercise: Exercise, cue_id: str) -> str:
    """Return the words of a cue: the exercise's own, or those that all exercises share."""
    return next(cue.text for cue in (*exercise.cues, *setup().cues) if cue.id == cue_id)


def close_reason(text: str) -> str:
    """Return the text cut to what a close frame can carry: 123 bytes."""
    return text.encode()[:123].decode(errors="ignore")


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, allow_nan=False, separators=(",", ":"), ensure_ascii=False)


def _message(text: str) -> dict[str, Any]:
    if len(text) > LONGEST_TEXT:
        raise WireError(f"a message has at most {LONGEST_TEXT} characters, this one {len(text)}", TOO_BIG)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise WireError("text messages are JSON, this one is not", NOT_UNDERSTOOD) from None
    if not isinstance(data, dict):
        raise WireError("text messages are JSON objects, this one is not", NOT_UNDERSTOOD)
    return data


def _short(value: object) -> str:
    """Return the value as it came, cut so that it fits a close reason (123 bytes)."""
    text = ascii(value)
    return text if len(text) <= 30 else text[:27] + "..."


def _time(value: float, name: str) -> float:
    if not (math.isfinite(value) and 0 <= value <= LONGEST_SESSION_S):
        raise WireError(f"{name} is a number of seconds from 0 to {LONGEST_SESSION_S:g}, not {value!r}")
    return value


def _name(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not 1 <= len(value) <= 64 or not value.isascii():
        raise WireError(f"{key} is a text of 1 to 64 plain characters, not {_short(value)}")
    return value


def _flag(data: dict[str, Any], key: str) -> bool:
    value = data.get(key)
    if not isinstance(value, bool):
        raise WireError(f"{key} is true or false, not {_short(value)}")
    return value


def _number(data: dict[str, Any], key: str, low: float, high: float) -> float | None:
    return None if data.get(key) is None else _needed(data, key, low, high)


def _needed(data: dict[str, Any], key: str, low: float, high: float) -> float:
    value = data.get(key)
    # Compared as it came, before float(): a number of a thousand digits must not overflow.
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise WireError(f"{key} is a number from {low:g} to {high:g}, not {_short(value)}")
    return float(value)

"""The stage: a room, a person and perhaps a pole, drawn picture by picture with OpenGL. No graphics card is needed.

The room does not change, so it is drawn once in light and once in shade; for each picture only the person and the shadow are
drawn, where they are. Everything is drawn twice as fine as it is shown, which is quicker in software than multisampling.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import moderngl
import numpy as np
from numpy.typing import ArrayLike, NDArray

from ownway.errors import OwnwayError
from tools.actor.bodies import Body
from tools.actor.camera import Camera
from tools.actor.figure import Figure, figure
from tools.actor.look import Look
from tools.actor.pole import RADIUS_M
from tools.actor.rotation import Array, X, unit
from tools.actor.shapes import Shape, boards, box, grain, rectangle, rod

Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]

_SHADERS = Path(__file__).parent / "shaders"
_FINER = 2
_SHADOW_PX = 1024
_SHADOW_M = (1.9, 1.9, 5.0)  # half the space that the light sees, across and along its way
_SHADOW_MIDDLE_M = (0.0, 0.0, 0.8)
_MARGIN_PX = 12  # round what moves
_LEAST_PX = 8
_EVERY = 7  # vertices; enough to know where the person is, within the margin
_ROOM_M, _ROOM_HEIGHT_M = 9.0, 5.0
_WALL_M = 1.9  # behind the person
_POLE_COLOUR = (0.72, 0.58, 0.36)
_CHAIR_COLOUR = (0.62, 0.45, 0.28)
_NOISES = 4
_ALONG_X = 0.5  # more of a thing's direction is along x than up

_PERSON, _FLOOR, _WALL, _POLE, _FURNITURE = range(5)  # as in scene.frag
_VERTEX = ("3f 3f", "place", "normal")
_PLACE = ("3f 12x", "place")
_VERTEX_BYTES = 24


class NoRendererError(OwnwayError):
    """OpenGL cannot be had."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(
            f"nothing can be drawn here: {reason}. On Debian or Ubuntu this helps: sudo apt-get install libegl1 libgl1-mesa-dri"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Where the pole is in one picture: its middle (3,) and its direction (3,)."""

    middle: Array
    along: Array


@dataclass(frozen=True, slots=True)
class _Part:
    """Part of the picture, px; x and y from its lower left corner, as OpenGL counts."""

    x: int
    y: int
    width: int
    height: int

    def box(self, finer: int = 1) -> tuple[int, int, int, int]:
        return finer * self.x, finer * self.y, finer * self.width, finer * self.height

    def of(self, picture: Floats) -> Floats:
        """Return this part of a picture, whose rows count from the top."""
        bottom = len(picture) - self.y
        return picture[bottom - self.height : bottom, self.x : self.x + self.width]


@dataclass(frozen=True, slots=True, eq=False)
class _Thing:
    """What can be drawn: the person, the pole, or a surface of the room. ``buffer`` is written anew for what moves."""

    what: int
    colour: tuple[float, ...] | None
    buffer: moderngl.Buffer
    drawn: moderngl.VertexArray
    shadowed: moderngl.VertexArray
    cast_on: moderngl.VertexArray


class Stage:
    """Draws one clip, picture by picture; ``stage`` opens and closes it."""

    def __init__(
        self,
        gl: moderngl.Context,
        body: Body,
        look: Look,
        camera: Camera,
        pole_m: float | None,
        chair: Shape | None,
        seed: int,
    ) -> None:
        self._gl, self._look, self._camera = gl, look, camera
        self._rng = np.random.default_rng(seed)
        self._figure: Figure = figure(body, look.clothes)
        self._projection = camera.projection()
        self._light = unit(camera.room @ look.light.towards)
        self._scene = self._program("scene", "scene")
        self._shadow = self._program("shadow", "shadow")
        self._cast = self._program("scene", "cast")
        fine = (_FINER * camera.width_px, _FINER * camera.height_px)
        whole = (camera.width_px, camera.height_px)
        self._target = gl.framebuffer([gl.renderbuffer(fine, 4)], gl.depth_renderbuffer(fine))
        self._cast_target = gl.framebuffer([gl.renderbuffer(whole, 1)], gl.depth_renderbuffer(whole))
        self._shadow_map = gl.depth_texture((_SHADOW_PX, _SHADOW_PX))
        self._shadow_map.compare_func = "<="
        self._shadow_map.repeat_x = self._shadow_map.repeat_y = False
        self._shadow_target = gl.framebuffer(depth_attachment=self._shadow_map)
        self._textures = (self._shadow_map, self._texture(boards(self._rng)), self._texture(grain(self._rng)))
        self._tell()
        size = (_NOISES, camera.height_px, camera.width_px, 1)
        self._noise = self._rng.standard_normal(size).astype(np.float32) * np.float32(look.light.noise)
        self._surfaces = list(self._room())
        self._shade, self._lit = (self._empty_room(lit) for lit in (0.0, 1.0))
        self._person = self._moving_person()
        self._rod = None if pole_m is None else rod(pole_m, RADIUS_M)
        self._pole = None if self._rod is None else self._thing(_POLE, self._rod, _POLE_COLOUR)
        self._seat = chair
        self._chair = None if chair is None else self._thing(_POLE, chair, _CHAIR_COLOUR)

    def draw(self, transforms: Array, held: Held | None) -> Picture:
        """Return one picture (height, width, 3) of the person whose bones have moved by ``transforms`` (B, 3, 4)."""
        places, normals = self._figure.skinned(transforms)
        self._person.buffer.write(np.hstack([places, normals]).tobytes())
        moving, seen = [self._person], places[::_EVERY].astype(float)
        if self._pole is not None and self._rod is not None and held is not None:
            shape = self._rod.moved(_lengthwise(held.along), held.middle)
            self._pole.buffer.write(shape.vertices())
            moving, seen = [self._pole, *moving], np.concatenate([seen, shape.places])
        if (
            self._chair is not None and self._seat is not None
        ):  # it hides part of who sits on it, and the other way round
            moving, seen = [self._chair, *moving], np.concatenate([seen, self._seat.places])
        picture = self._lit.copy()
        self._lay_shadow(picture, moving, seen)
        self._lay_figure(picture, moving, seen)
        noise = self._noise[self._rng.integers(_NOISES)]
        picture += np.roll(noise, self._rng.integers(0, self._camera.height_px, 2), (0, 1))
        return np.clip(picture, 0, 255).astype(np.uint8)

    # ---- made once ---------------------------------------------------------------------------------------------------

    def _program(self, vertex: str, fragment: str) -> moderngl.Program:
        return self._gl.program(
            vertex_shader=(_SHADERS / f"{vertex}.vert").read_text(encoding="ascii"),
            fragment_shader=(_SHADERS / f"{fragment}.frag").read_text(encoding="ascii"),
        )

    def _texture(self, picture: Array) -> moderngl.Texture:
        bytes_ = (picture * 255).astype(np.uint8)
        texture = self._gl.texture(bytes_.shape[:2], bytes_.shape[2] if bytes_.ndim == 3 else 1, bytes_.tobytes())
        texture.build_mipmaps()
        texture.anisotropy = 4.0
        return texture

    def _tell(self) -> None:
        """Tell the shaders what stays the same in the whole clip."""
        look, person = self._look, self._figure
        everything: Mapping[str, ArrayLike] = {
            "camera": self._projection.T,
            "sun": self._sun().T,
            "eye": self._camera.eye,
            "light": self._light,
            "sun_power": look.light.sun,
            "ambient": look.light.ambient,
            "gain": look.light.gain,
            "shirt": look.clothes.shirt,
            "trousers": look.clothes.trousers,
            "shoes": look.clothes.shoes,
            "skin": look.clothes.skin,
            "hair": look.clothes.hair,
            "sleeve": look.clothes.sleeve,
            "leg_end": look.clothes.leg,
            "wall": look.room.wall,
            "floor_colour": look.room.floor,
            "head": person.head,
            "eye_left": person.body.eye_left,
            "mouth": person.body.mouth,
            "waist": person.waist_m,
            "hair_low": person.hair_low_m,
            "texel": 1 / _SHADOW_PX,
        }
        for program in (self._scene, self._shadow, self._cast):
            for name, value in everything.items():
                if name in program:
                    _write(program, name, value)
            for number, name in enumerate(("shadow", "boards", "grain")):
                if name in program:
                    program[name] = number

    def _sun(self) -> Array:
        """Return the matrix (4, 4) from places in the room to the picture that the light has of it."""
        across = unit(np.cross(self._light, [0, 0.1, 1.0]))
        axes = np.stack([across, np.cross(across, -self._light), -self._light])
        sun = np.eye(4)
        sun[:3, :3] = axes / np.array(_SHADOW_M)[:, None]
        sun[:3, 3] = -sun[:3, :3] @ np.array(_SHADOW_MIDDLE_M)
        return sun

    def _room(self) -> Iterator[_Thing]:
        side, front, top = _ROOM_M, -_ROOM_M, _ROOM_HEIGHT_M
        floor = np.array([[-side, front, 0], [side, front, 0], [side, _WALL_M, 0], [-side, _WALL_M, 0]])
        wall = np.array([[-side, _WALL_M, 0], [side, _WALL_M, 0], [side, _WALL_M, top], [-side, _WALL_M, top]])
        yield self._surface(_FLOOR, rectangle(floor, np.array([0.0, 0, 1])))
        yield self._surface(_WALL, rectangle(wall, np.array([0.0, -1, 0])))
        for one in self._look.room.boxes:
            low, high = [one.low[0], _WALL_M - one.high[1], one.low[2]], [one.high[0], _WALL_M, one.high[2]]
            yield self._surface(_FURNITURE, box(np.array(low), np.array(high)), tuple(one.colour))

    def _surface(self, what: int, shape: Shape, colour: tuple[float, ...] | None = None) -> _Thing:
        """Return a surface of the room, given as the camera sees the room."""
        return self._thing(what, shape.moved(self._camera.room), colour)

    def _thing(self, what: int, shape: Shape, colour: tuple[float, ...] | None) -> _Thing:
        buffer = self._gl.buffer(shape.vertices())
        return _Thing(
            what,
            colour,
            buffer,
            self._gl.vertex_array(self._scene, [(buffer, *_VERTEX)]),
            self._gl.vertex_array(self._shadow, [(buffer, *_PLACE)]),
            self._gl.vertex_array(self._cast, [(buffer, *_PLACE)]),
        )

    def _moving_person(self) -> _Thing:
        person, gl = self._figure, self._gl
        buffer = gl.buffer(reserve=len(person.places) * _VERTEX_BYTES, dynamic=True)
        fixed = gl.buffer(np.hstack([person.places, person.kinds]).tobytes())
        faces = gl.buffer(person.body.rig.faces.tobytes())
        return _Thing(
            _PERSON,
            None,
            buffer,
            gl.vertex_array(self._scene, [(buffer, *_VERTEX), (fixed, "3f 4f", "rest", "kind")], faces),
            gl.vertex_array(self._shadow, [(buffer, *_PLACE)], faces),
            gl.vertex_array(self._cast, [(buffer, *_PLACE)], faces),
        )

    def _empty_room(self, lit: float) -> Floats:
        """Return the empty room (height, width, 3), 0..255, wholly in light (1) or in shade (0)."""
        _write(self._scene, "room_lit", lit)
        self._target.use()
        self._target.clear(*self._look.room.wall)
        self._render(self._surfaces)
        return self._read(_Part(0, 0, self._camera.width_px, self._camera.height_px), 3)

    # ---- drawn for each picture ------------------------------------------------------------------------------------------

    def _lay_shadow(self, picture: Floats, moving: Sequence[_Thing], seen: Array) -> None:
        self._gl.enable(moderngl.DEPTH_TEST)
        self._shadow_target.use()
        self._shadow_target.clear()
        for thing in moving:
            thing.shadowed.render()
        part = self._around(self._fallen(seen))
        self._shadow_map.use(0)
        self._cast_target.use()
        self._cast_target.scissor = part.box()
        self._cast_target.clear(1.0)
        for thing in self._surfaces:
            thing.cast_on.render()
        data = np.frombuffer(self._cast_target.read(viewport=part.box(), components=1, alignment=1), np.uint8)
        lit = data.reshape(part.height, part.width, 1)[::-1] / np.float32(255)
        shade = part.of(self._shade)
        part.of(picture)[:] = shade + (part.of(self._lit) - shade) * lit

    def _fallen(self, seen: Array) -> Array:
        """Return where the shadows of points (N, 3) fall, on the floor or on the wall."""
        to_floor = seen[:, 2] / self._light[2]
        away = self._camera.room[:, 1]
        to_wall = (_WALL_M - seen @ away) / max(float(-self._light @ away), 1e-3)
        return np.asarray(seen - self._light * np.minimum(to_floor, np.maximum(to_wall, 0))[:, None])

    def _lay_figure(self, picture: Floats, moving: Sequence[_Thing], seen: Array) -> None:
        part = self._around(seen)
        self._target.use()
        self._target.scissor = part.box(_FINER)
        self._target.clear(0, 0, 0, 0)
        self._render(moving)
        drawn = self._read(part, 4)  # black where nothing is, so that colours are weighted by their cover already
        here = part.of(picture)
        here *= 1 - drawn[..., 3:] / 255
        here += drawn[..., :3]

    def _render(self, things: Sequence[_Thing]) -> None:
        self._gl.enable(moderngl.DEPTH_TEST)
        for place, texture in enumerate(self._textures):
            texture.use(place)
        for thing in things:
            self._scene["what"] = thing.what
            if thing.colour is not None:
                _write(self._scene, "plain", thing.colour)
            thing.drawn.render()

    def _read(self, part: _Part, components: int) -> Floats:
        """Return a part of what was drawn (height, width, components), 0..255, as coarse as it is shown."""
        box_ = part.box(_FINER)
        data = np.frombuffer(self._target.read(viewport=box_, components=components, alignment=1), np.uint8)
        fine = data.reshape(box_[3], box_[2], components)[::-1]
        total = np.zeros((part.height, part.width, components), np.uint16)
        for row in range(_FINER):
            for column in range(_FINER):
                total += fine[row::_FINER, column::_FINER]
        return np.asarray(total / np.float32(_FINER**2), np.float32)

    def _around(self, points: Array) -> _Part:
        """Return the part of the picture that holds the points which are in front of the camera."""
        width, height = self._camera.width_px, self._camera.height_px
        clip = np.concatenate([points, np.ones((len(points), 1))], -1) @ self._projection.T
        clip = clip[clip[:, 3] > 0.05]
        if not len(clip):
            return _Part(0, 0, _LEAST_PX, _LEAST_PX)
        px = (clip[:, :2] / clip[:, 3:] * 0.5 + 0.5) * [width, height]
        low = np.clip(np.floor(px.min(0)) - _MARGIN_PX, 0, [width - _LEAST_PX, height - _LEAST_PX]).astype(int)
        high = np.clip(np.ceil(px.max(0)) + _MARGIN_PX, low + _LEAST_PX, [width, height]).astype(int)
        return _Part(int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1]))


@contextmanager
def stage(
    body: Body, look: Look, camera: Camera, *, pole_m: float | None, chair: Shape | None = None, seed: int
) -> Iterator[Stage]:
    """Open a stage, and give back at the end what it holds.

    Parameters
    ----------
    pole_m : length of the pole, None for none.
    chair : where it stands, None for none.
    seed : of the floor's boards, the grain of things and the camera's noise.

    Raises
    ------
    NoRendererError : OpenGL cannot be had.
    """
    gl = _context()
    try:
        yield Stage(gl, body, look, camera, pole_m, chair, seed)
    finally:
        gl.gc()


@cache
def _context() -> moderngl.Context:
    try:
        gl = moderngl.create_context(standalone=True, backend="egl")  # type: ignore[arg-type]  # its stubs err
    except Exception as error:
        raise NoRendererError(error) from error
    gl.gc_mode = "context_gc"  # what is no longer used is given back when a stage closes
    return gl


def _write(program: moderngl.Program, name: str, value: ArrayLike) -> None:
    cast("moderngl.Uniform", program[name]).write(np.asarray(value, "f4").tobytes())


def _lengthwise(along: Array) -> Array:
    """Return the rotation that lays a thing along x into this direction."""
    side = unit(np.cross(X if abs(along[0]) < _ALONG_X else [0, 0.3, 1.0], along))
    return np.stack([along, side, np.cross(along, side)], 1)

"""glTF 2.0 in its binary form, as far as the demonstrator needs it: one file with everything in it."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["SCALAR", "VEC3", "VEC4", "MAT4"]
Target = Literal["vertices", "indices"]

_COMPONENTS = {"i1": 5120, "u1": 5121, "i2": 5122, "u2": 5123, "u4": 5125, "f4": 5126}
_TARGETS = {"vertices": 34962, "indices": 34963}
_MAGIC, _VERSION = 0x46546C67, 2
_JSON, _BINARY = 0x4E4F534A, 0x004E4942
_ALIGNED = 4


class Glb:
    """Collects arrays, and writes them with the document that refers to them."""

    def __init__(self) -> None:
        self._binary = bytearray()
        self._views: list[dict[str, Any]] = []
        self._accessors: list[dict[str, Any]] = []
        self._known: dict[tuple[Any, ...], int] = {}

    def add(
        self,
        data: NDArray[Any],
        kind: Kind,
        *,
        target: Target | None = None,
        normalized: bool = False,
        limits: bool = False,
    ) -> int:
        """Keep an array (N,) or (N, ...), the same one once, and return the number by which the document refers to it.

        Parameters
        ----------
        target : what a vertex buffer or an index buffer is for; None for anything else.
        normalized : its integers stand for -1..1, or 0..1.
        limits : tell the least and the most of it, which positions and times have to.
        """
        data = np.ascontiguousarray(data)
        same = (data.tobytes(), data.dtype.str, kind, target, normalized)
        if same in self._known:
            return self._known[same]
        self._binary += bytes(-len(self._binary) % _ALIGNED)
        view: dict[str, Any] = {"buffer": 0, "byteOffset": len(self._binary), "byteLength": data.nbytes}
        stride = data.nbytes // len(data)
        if target is not None:
            view["target"] = _TARGETS[target]
        rows = data
        if target == "vertices" and stride % _ALIGNED:  # what a vertex has begins on a multiple of four
            stride += -stride % _ALIGNED
            rows = np.zeros((len(data), stride), np.uint8)
            rows[:, : data.nbytes // len(data)] = data.view(np.uint8).reshape(len(data), -1)
            view |= {"byteLength": rows.nbytes, "byteStride": stride}
        self._views.append(view)
        self._binary += rows.tobytes()
        accessor: dict[str, Any] = {
            "bufferView": len(self._views) - 1,
            "componentType": _COMPONENTS[data.dtype.str[1:]],
            "count": len(data),
            "type": kind,
        }
        if normalized:
            accessor["normalized"] = True
        if limits:
            flat = data.reshape(len(data), -1)
            accessor |= {"min": flat.min(0).tolist(), "max": flat.max(0).tolist()}
        self._accessors.append(accessor)
        self._known[same] = len(self._accessors) - 1
        return len(self._accessors) - 1

    def written(self, document: Mapping[str, Any]) -> bytes:
        """Return the file: the document, which has neither accessors nor buffers yet, and all that was kept."""
        binary = bytes(self._binary) + bytes(-len(self._binary) % _ALIGNED)
        whole = {
            **document,
            "accessors": self._accessors,
            "bufferViews": self._views,
            "buffers": [{"byteLength": len(binary)}],
        }
        text = json.dumps(whole, separators=(",", ":")).encode()
        text += b" " * (-len(text) % _ALIGNED)
        chunks = b"".join(struct.pack("<II", len(c), kind) + c for c, kind in ((text, _JSON), (binary, _BINARY)))
        return struct.pack("<III", _MAGIC, _VERSION, 12 + len(chunks)) + chunks

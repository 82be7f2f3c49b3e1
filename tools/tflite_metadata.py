"""Tells a TensorFlow Lite model how its input picture is scaled, by adding the metadata that MediaPipe asks for.

A ``.tflite`` file is one FlatBuffer. Its tables point **forward** to their children by unsigned offsets, so a new root
table can be put **before** the old content: the new table points to the old children, the old content is shifted as a
whole by a multiple of 64 bytes, and every offset and every alignment inside it stays true. The old root table is left
behind, unreachable (some hundred bytes). Nothing else is rewritten, so the weights stay byte for byte what they were.
"""

from __future__ import annotations

import struct

import flatbuffers

FILE_ID = b"TFL3"
METADATA_FILE_ID = b"M001"
METADATA_NAME = b"TFLITE_METADATA"
ALIGNMENT = 64

# Fields of the table Model, in the order of TensorFlow Lite's schema.
_VERSION, _OPERATOR_CODES, _SUBGRAPHS, _DESCRIPTION, _BUFFERS, _METADATA_BUFFER, _METADATA, _SIGNATURES = range(8)
_MODEL_FIELDS = 8
# Members of the unions and enums of the metadata schema.
_IMAGE_PROPERTIES = 2
_RGB = 1
_NORMALIZATION_OPTIONS = 1


class ModelError(ValueError):
    """Bytes that are not the TensorFlow Lite model that was expected."""


def normalisation_metadata(mean: float, std: float) -> bytes:
    """Return a ModelMetadata FlatBuffer that says: the one input is an RGB picture, ``(value - mean) / std``.

    Parameters
    ----------
    mean, std : in units of a picture's byte, 0..255.
    """
    builder = flatbuffers.Builder(512)

    def number(value: float) -> int:
        builder.StartVector(4, 1, 4)
        builder.PrependFloat32(value)
        return int(builder.EndVector())

    def tables(*offsets: int) -> int:
        builder.StartVector(4, len(offsets), 4)
        for offset in reversed(offsets):
            builder.PrependUOffsetTRelative(offset)
        return int(builder.EndVector())

    name = builder.CreateString("image")
    parser_version = builder.CreateString("1.0.0")
    mean_vector, std_vector = number(mean), number(std)

    builder.StartObject(2)  # NormalizationOptions
    builder.PrependUOffsetTRelativeSlot(0, mean_vector, 0)
    builder.PrependUOffsetTRelativeSlot(1, std_vector, 0)
    options = builder.EndObject()

    builder.StartObject(2)  # ProcessUnit
    builder.PrependUint8Slot(0, _NORMALIZATION_OPTIONS, 0)
    builder.PrependUOffsetTRelativeSlot(1, options, 0)
    unit = builder.EndObject()

    builder.StartObject(2)  # ImageProperties
    builder.PrependInt8Slot(0, _RGB, 0)
    picture = builder.EndObject()

    builder.StartObject(3)  # Content
    builder.PrependUint8Slot(0, _IMAGE_PROPERTIES, 0)
    builder.PrependUOffsetTRelativeSlot(1, picture, 0)
    content = builder.EndObject()

    units = tables(unit)
    builder.StartObject(7)  # TensorMetadata
    builder.PrependUOffsetTRelativeSlot(0, name, 0)
    builder.PrependUOffsetTRelativeSlot(3, content, 0)
    builder.PrependUOffsetTRelativeSlot(4, units, 0)
    tensor = builder.EndObject()

    inputs = tables(tensor)
    builder.StartObject(10)  # SubGraphMetadata
    builder.PrependUOffsetTRelativeSlot(2, inputs, 0)
    subgraph = builder.EndObject()

    subgraphs = tables(subgraph)
    builder.StartObject(8)  # ModelMetadata
    builder.PrependUOffsetTRelativeSlot(3, subgraphs, 0)
    builder.PrependUOffsetTRelativeSlot(7, parser_version, 0)
    builder.Finish(builder.EndObject(), file_identifier=METADATA_FILE_ID)
    return bytes(builder.Output())


def add_metadata(model: bytes, metadata: bytes) -> bytes:
    """Return the model with ``metadata`` added as its ``TFLITE_METADATA`` entry; entries it had are kept.

    Parameters
    ----------
    model : a ``.tflite`` file of the schema with file id ``TFL3``.
    metadata : a ModelMetadata FlatBuffer, file id ``M001``.

    Raises
    ------
    ModelError : when the bytes are no such model, or it already says how its input is scaled.
    """
    if model[4:8] != FILE_ID:
        raise ModelError(f"not a TensorFlow Lite model: expected file id {FILE_ID!r} at byte 4, found {model[4:8]!r}")
    old = _Root(model)
    if METADATA_NAME in old.metadata_names():
        raise ModelError("the model already carries TFLITE_METADATA")

    front = _Front(kept={field: old.child(field) for field in range(_MODEL_FIELDS) if field != _VERSION})
    return front.write(
        model, version=old.version(), buffers=old.vector(_BUFFERS), entries=old.vector(_METADATA), metadata=metadata
    )


class _Root:
    """Reads what is needed of an old root table; positions are bytes from the start of the file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._table = self._forward(0)

    def _forward(self, at: int) -> int:
        return at + int(struct.unpack_from("<I", self._data, at)[0])

    def _field(self, table: int, slot: int) -> int | None:
        vtable = table - int(struct.unpack_from("<i", self._data, table)[0])
        size = int(struct.unpack_from("<H", self._data, vtable)[0])
        if 4 + 2 * slot >= size:
            return None
        offset = int(struct.unpack_from("<H", self._data, vtable + 4 + 2 * slot)[0])
        return table + offset if offset else None

    def version(self) -> int:
        at = self._field(self._table, _VERSION)
        return 0 if at is None else int(struct.unpack_from("<I", self._data, at)[0])

    def child(self, slot: int) -> int | None:
        """Position of the child that the field points to, None where the field is absent."""
        at = self._field(self._table, slot)
        return None if at is None else self._forward(at)

    def vector(self, slot: int) -> list[int]:
        """Positions of the tables in the vector that the field points to."""
        start = self.child(slot)
        if start is None:
            return []
        count = int(struct.unpack_from("<I", self._data, start)[0])
        return [self._forward(start + 4 + 4 * index) for index in range(count)]

    def metadata_names(self) -> list[bytes]:
        names = []
        for entry in self.vector(_METADATA):
            at = self._field(entry, 0)
            if at is not None:
                text = self._forward(at)
                length = int(struct.unpack_from("<I", self._data, text)[0])
                names.append(self._data[text + 4 : text + 4 + length])
        return names


class _Front:
    """Lays out the new bytes that go before the old content.

    Every place is reserved first; what points to old content is filled in once the length of the front is known.
    """

    def __init__(self, kept: dict[int, int | None]) -> None:
        self._kept = kept
        self._bytes = bytearray(struct.pack("<I4s", 0, FILE_ID))
        self._old: list[tuple[int, int]] = []  # (place of the offset, old position that it points to)

    def write(self, model: bytes, *, version: int, buffers: list[int], entries: list[int], metadata: bytes) -> bytes:
        fields = {slot: None for slot, position in self._kept.items() if position is not None}
        slots = sorted({_VERSION, _BUFFERS, _METADATA, *fields})
        places = self._table(slots, _MODEL_FIELDS)
        self._point(0, places[slots[0]] - 4)
        struct.pack_into("<I", self._bytes, places[_VERSION], version)
        for slot, position in self._kept.items():
            if position is not None and slot not in {_BUFFERS, _METADATA}:
                self._old.append((places[slot], position))

        self._point(places[_BUFFERS], len(self._bytes))
        new_buffer = self._vector(buffers)
        self._point(places[_METADATA], len(self._bytes))
        new_entry = self._vector(entries)

        entry = self._table([0, 1], 2)  # Metadata: name, buffer
        self._point(new_entry, entry[0] - 4)
        struct.pack_into("<I", self._bytes, entry[1], len(buffers))
        self._point(entry[0], len(self._bytes))
        self._string(METADATA_NAME)

        buffer = self._table([0], 1)  # Buffer: data
        self._point(new_buffer, buffer[0] - 4)
        self._pad(16, before=4)  # the data itself starts on 16 bytes, its length stands before it
        self._point(buffer[0], len(self._bytes))
        self._bytes += struct.pack("<I", len(metadata)) + metadata

        self._pad(ALIGNMENT)
        for place, position in self._old:
            self._point(place, len(self._bytes) + position)
        return bytes(self._bytes) + model

    def _pad(self, alignment: int, before: int = 0) -> None:
        self._bytes += bytes(-(len(self._bytes) + before) % alignment)

    def _point(self, place: int, target: int) -> None:
        struct.pack_into("<I", self._bytes, place, target - place)

    def _table(self, slots: list[int], known: int) -> dict[int, int]:
        """Append a vtable and its table of four-byte fields; return the place of each field."""
        self._pad(4)
        vtable = len(self._bytes)
        offsets = {slot: 4 + 4 * index for index, slot in enumerate(slots)}
        row = [offsets.get(slot, 0) for slot in range(known)]
        self._bytes += struct.pack(f"<HH{known}H", 4 + 2 * known, 4 + 4 * len(slots), *row)
        self._pad(4)
        table = len(self._bytes)
        self._bytes += struct.pack("<i", table - vtable) + bytes(4 * len(slots))
        return {slot: table + offset for slot, offset in offsets.items()}

    def _vector(self, old: list[int]) -> int:
        """Append a vector that points to the old tables and to one more; return the place of the last offset."""
        self._pad(4)
        start = len(self._bytes)
        self._bytes += struct.pack("<I", len(old) + 1) + bytes(4 * (len(old) + 1))
        self._old += [(start + 4 + 4 * index, position) for index, position in enumerate(old)]
        return start + 4 + 4 * len(old)

    def _string(self, text: bytes) -> None:
        self._bytes += struct.pack("<I", len(text)) + text + b"\0"
        self._pad(4)

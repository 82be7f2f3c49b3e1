"""Adding metadata to a model: everything the model had is still there, at the alignment it had."""

from __future__ import annotations

import flatbuffers
import pytest
from flatbuffers.table import Table

from tools.tflite_metadata import ModelError, add_metadata, normalisation_metadata

WEIGHTS = bytes(range(48))  # those of `small_model`


class Reader:
    """Reads tables by their slots with the flatbuffers package, so not with the code under test."""

    def __init__(self, data: bytes, table: Table | None = None) -> None:
        self.data = data
        root = int.from_bytes(data[:4], "little")
        self.table = table or Table(bytearray(data), root)

    def number(self, slot: int) -> int:
        offset = self.table.Offset(4 + 2 * slot)
        return int(self.table.Get(flatbuffers.number_types.Uint32Flags, self.table.Pos + offset)) if offset else 0

    def text(self, slot: int) -> bytes:
        return bytes(self.table.String(self.table.Pos + self.table.Offset(4 + 2 * slot)))

    def tables(self, slot: int) -> list[Reader]:
        offset = self.table.Offset(4 + 2 * slot)
        start, count = self.table.Vector(offset), self.table.VectorLen(offset)
        return [
            Reader(self.data, Table(self.table.Bytes, self.table.Indirect(start + 4 * index))) for index in range(count)
        ]

    def vector(self, slot: int) -> tuple[int, bytes]:
        """Return where the bytes of a vector start and what they are."""
        offset = self.table.Offset(4 + 2 * slot)
        if not offset:
            return 0, b""
        start = int(self.table.Vector(offset))
        return start, self.data[start : start + self.table.VectorLen(offset)]


def test_the_model_keeps_what_it_had(small_model: bytes) -> None:
    """Version, description, buffers and metadata entries of the old model are found again."""
    model = Reader(add_metadata(small_model, b"new"))
    assert model.number(0) == 3
    assert model.text(3) == b"made here"
    assert [buffer.vector(0)[1] for buffer in model.tables(4)] == [b"", WEIGHTS, b"new"]
    assert [(entry.text(0), entry.number(1)) for entry in model.tables(6)] == [
        (b"min_runtime_version", 1),
        (b"TFLITE_METADATA", 2),
    ]


def test_the_old_bytes_are_only_shifted(small_model: bytes) -> None:
    """The old file stands unchanged at the end, on a 64-byte boundary: no weight is touched."""
    old = small_model
    new = add_metadata(old, b"new")
    assert new.endswith(old)
    assert (len(new) - len(old)) % 64 == 0


@pytest.mark.parametrize("length", range(1, 40))
def test_the_metadata_starts_on_16_bytes(small_model: bytes, length: int) -> None:
    """Buffers of a model are read in place, so they have to be aligned whatever their length."""
    start, data = Reader(add_metadata(small_model, bytes(length))).tables(4)[-1].vector(0)
    assert start % 16 == 0
    assert data == bytes(length)


def test_the_scaling_is_written_as_told() -> None:
    """The metadata names one RGB input with its mean and standard deviation."""
    data = normalisation_metadata(mean=127.5, std=255.0)
    assert data[4:8] == b"M001"
    (subgraph,) = Reader(data).tables(3)
    (tensor,) = subgraph.tables(2)
    (unit,) = tensor.tables(4)
    options = Table(unit.table.Bytes, unit.table.Indirect(unit.table.Pos + unit.table.Offset(6)))
    read = [options.Get(flatbuffers.number_types.Float32Flags, options.Vector(options.Offset(slot))) for slot in (4, 6)]
    assert read == [127.5, 255.0]


@pytest.mark.parametrize("data", [b"", b"short", bytes(64), b"PK\x03\x04" * 8])
def test_other_bytes_are_refused(data: bytes) -> None:
    """Only a TensorFlow Lite model is taken."""
    with pytest.raises(ModelError, match="not a TensorFlow Lite model"):
        add_metadata(data, b"new")


def test_metadata_is_added_once(small_model: bytes) -> None:
    """A model that says how its input is scaled is left alone."""
    with pytest.raises(ModelError, match="already"):
        add_metadata(add_metadata(small_model, b"new"), b"newer")

"""A TensorFlow Lite model of a few bytes, made with the flatbuffers package."""

from __future__ import annotations

import flatbuffers
import pytest


@pytest.fixture(scope="session")
def small_model() -> bytes:
    """Return a model of one empty and one weights buffer, a description and one metadata entry."""
    builder = flatbuffers.Builder(256)
    builder.StartVector(1, 48, 16)
    for byte in reversed(range(48)):
        builder.PrependByte(byte)
    data = builder.EndVector()
    name = builder.CreateString("min_runtime_version")
    words = builder.CreateString("made here")
    buffers = []
    for content in (None, data):
        builder.StartObject(1)
        if content is not None:
            builder.PrependUOffsetTRelativeSlot(0, content, 0)
        buffers.append(builder.EndObject())
    builder.StartObject(2)
    builder.PrependUOffsetTRelativeSlot(0, name, 0)
    builder.PrependUint32Slot(1, 1, 0)
    metadata = builder.EndObject()
    builder.StartVector(4, 1, 4)
    builder.PrependUOffsetTRelative(metadata)
    entries = builder.EndVector()
    builder.StartVector(4, 2, 4)
    for buffer in reversed(buffers):
        builder.PrependUOffsetTRelative(buffer)
    all_buffers = builder.EndVector()
    builder.StartObject(8)
    builder.PrependUint32Slot(0, 3, 0)
    builder.PrependUOffsetTRelativeSlot(3, words, 0)
    builder.PrependUOffsetTRelativeSlot(4, all_buffers, 0)
    builder.PrependUOffsetTRelativeSlot(6, entries, 0)
    builder.Finish(builder.EndObject(), file_identifier=b"TFL3")
    return bytes(builder.Output())

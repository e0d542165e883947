"""Protocol Buffers, as far as reading them goes: which numbered fields a message holds.

The encoding is https://protobuf.dev/programming-guides/encoding/. Messages inside a message are bytes until
they are decoded in their turn, so that nesting costs nothing unless it is asked for.
"""

from collections.abc import Iterator

Message = dict[int, list[int | bytes]]
"""The values of each field by its number, in their order; all numbers are unsigned."""


class ProtobufError(ValueError):
    """Bytes that are no message."""


def decode(data: bytes) -> Message:
    """The fields of a message; raises ProtobufError."""
    message: Message = {}
    for number, value in _fields(data):
        message.setdefault(number, []).append(value)
    return message


def integer(message: Message, number: int) -> int:
    """The signed number of a field of 64 bits; 0 where it is not given."""
    for value in reversed(message.get(number, [])):
        if isinstance(value, int):
            return value - (1 << 64) if value >> 63 else value
    return 0


def text(message: Message, number: int) -> str:
    """The text of a field; empty where it is not given."""
    found = blobs(message, number)
    return found[-1].decode("utf-8", "replace") if found else ""


def blobs(message: Message, number: int) -> list[bytes]:
    """The bytes of a field, as often as it is given: texts, bytes, and messages not yet decoded."""
    return [value for value in message.get(number, []) if isinstance(value, bytes)]


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    at, end = 0, len(data)
    while at < end:
        key, at = _varint(data, at)
        number, wire = key >> 3, key & 7
        if not 0 < number < 1 << 29:
            raise ProtobufError("a field number that there cannot be")
        if wire == 0:
            value, at = _varint(data, at)
            yield number, value
            continue
        length, at = _length(data, at, wire)
        if length > end - at:
            raise ProtobufError("a field that is longer than its message")
        piece = data[at : at + length]
        at += length
        yield number, piece if wire == 2 else int.from_bytes(piece, "little")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(10):
        if at >= len(data):
            raise ProtobufError("a number that is cut short")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value & 0xFFFF_FFFF_FFFF_FFFF, at
    raise ProtobufError("a number of more than ten bytes")


def _length(data: bytes, at: int, wire: int) -> tuple[int, int]:
    if wire == 2:
        return _varint(data, at)
    if wire in (1, 5):
        return (8 if wire == 1 else 4), at
    raise ProtobufError("a kind of field that is no longer in use")

"""The small protobuf decoder against the rules of the encoding, and against Google's library."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.exchange.packages.protobuf import ProtobufError, blobs, decode, integer, text
from tests.exchange.anki_oracle import require_anki
from tests.exchange.packages import message, varint

INT64 = st.integers(-(1 << 63), (1 << 63) - 1)
FIELDS = st.lists(
    st.tuples(st.integers(1, (1 << 29) - 1), st.integers(0, (1 << 64) - 1) | st.binary(max_size=300))
)


@given(FIELDS)
@settings(deadline=None)
def test_what_was_written_is_read(fields: list[tuple[int, int | bytes]]) -> None:
    expected: dict[int, list[int | bytes]] = {}
    for number, value in fields:
        expected.setdefault(number, []).append(value)

    assert decode(message(*fields)) == expected


@given(st.lists(st.tuples(st.text(), st.integers(0, (1 << 32) - 1), st.binary(max_size=20))))
@settings(deadline=None)
def test_what_googles_library_writes_is_read(entries: list[tuple[str, int, bytes]]) -> None:
    require_anki()
    from anki import import_export_pb2 as proto

    written = proto.MediaEntries(
        entries=[
            proto.MediaEntries.MediaEntry(name=name, size=size, sha1=sha1) for name, size, sha1 in entries
        ]
    ).SerializeToString()

    found = [decode(blob) for blob in blobs(decode(written), 1)]

    assert [(text(each, 1), integer(each, 2), b"".join(blobs(each, 3))) for each in found] == entries


@given(INT64)
@settings(deadline=None)
def test_numbers_of_64_bits_keep_their_sign(number: int) -> None:
    assert integer(decode(message((9, number))), 9) == number


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=500)
def test_bytes_are_a_message_or_are_refused(data: bytes) -> None:
    try:
        found = decode(data)
    except ProtobufError:
        return
    assert sum(len(values) for values in found.values()) <= len(data) // 2
    assert sum(
        len(value) for values in found.values() for value in values if isinstance(value, bytes)
    ) <= len(data)


@given(FIELDS, st.data())
@settings(deadline=None)
def test_a_message_that_is_cut_short_is_refused_or_has_only_whole_fields(
    fields: list[tuple[int, int | bytes]], data: st.DataObject
) -> None:
    whole = message(*fields)
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    try:
        found = decode(cut)
    except ProtobufError:
        return
    assert sum(map(len, found.values())) <= len(fields)
    assert any(message(*fields[:number]) == cut for number in range(len(fields) + 1))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x00\x01", "a field number that there cannot be"),
        (b"\x0a\x05abc", "longer than its message"),
        (b"\x0a" + varint(1 << 63) + b"abc", "longer than its message"),
        (b"\x08", "a number that is cut short"),
        (b"\x08" + b"\xff" * 11, "a number of more than ten bytes"),
        (b"\x0b\x0c", "no longer in use"),
        (b"\x0d\x01", "longer than its message"),
    ],
)
def test_what_is_no_message_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(ProtobufError, match=why):
        decode(data)


def test_the_last_value_counts_and_others_are_empty() -> None:
    found = decode(message((1, 5), (1, 6), (2, b"a"), (2, b"\xff")))

    assert (integer(found, 1), text(found, 2), integer(found, 3), text(found, 3)) == (
        6,
        "\N{REPLACEMENT CHARACTER}",
        0,
        "",
    )
    assert (integer(found, 2), text(found, 1)) == (0, "")


def test_numbers_of_fixed_length_are_read() -> None:
    assert decode(b"\x0d\x01\x00\x00\x80\x11\xff\xff\xff\xff\xff\xff\xff\xff") == {
        1: [1 + (1 << 31)],
        2: [(1 << 64) - 1],
    }

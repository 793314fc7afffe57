"""Blocks of a receive ring, made by hand: the same frames one by one and in columns."""

import importlib
import struct
from typing import Final, NamedTuple

import pytest

from wiretruth.capture import ring
from wiretruth.capture.ring import Head, Interfaces, batch, head
from wiretruth.model.frames import NANOSECONDS, FrameBatch

BLOCK: Final = 1 << 16
SECONDS: Final = 1_795_199_383


class Frame(NamedTuple):
    octets: bytes
    place: int = 2
    hardware: int = 1
    header: int = 14
    original: int = 0
    fraction: int = 5


def block(frames: list[Frame], status: int = 1) -> bytearray:
    """Lay out a block as the kernel does."""
    made = bytearray(BLOCK)
    struct.pack_into("=IIIII", made, 0, 2, 48, status, len(frames), 48)
    position = 48
    for number, frame in enumerate(frames):
        link = 82
        size = -(-(link + len(frame.octets)) // 8) * 8
        following = size if number + 1 < len(frames) else 0
        original = frame.original or len(frame.octets)
        fields = following, SECONDS + number, frame.fraction, len(frame.octets), original, 0
        struct.pack_into("=6I2H", made, position, *fields, link, link + frame.header)
        struct.pack_into("=H2siHBB", made, position + 48, 17, b"\x08\0", frame.place, frame.hardware, 0, 6)
        made[position + link : position + link + len(frame.octets)] = frame.octets
        position += size
    return made


def read(memory: bytearray, *, columns: bool, monkeypatch: pytest.MonkeyPatch) -> tuple[FrameBatch, list[bytes]]:
    importlib.import_module("numpy")
    monkeypatch.setattr(ring, "COLUMNS", 1 if columns else 1 << 30)
    heads = [one for begin in range(0, len(memory), BLOCK) if (one := head(memoryview(memory), begin))]
    made = batch(memoryview(memory), heads, Interfaces(lambda n: f"eth{n}"), 7)
    places = zip(made.offsets, made.captured, strict=True)
    return made, [bytes(made.buffer[offset : offset + size]) for offset, size in places]


@pytest.fixture(params=[False, True], ids=["one by one", "columns"])
def columns(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_frames_are_where_the_kernel_put_them(columns: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = [bytes([n]) * (60 + n) for n in range(9)]
    made, octets = read(block([Frame(x) for x in sent]), columns=columns, monkeypatch=monkeypatch)

    assert sent == octets
    assert [(SECONDS + n) * NANOSECONDS + 5 for n in range(9)] == list(made.times)
    assert (7, [1] * 9, "eth2") == (made.first_number, list(made.interface), made.interfaces[1].name)


def test_blocks_follow_each_other(columns: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = block([Frame(b"a" * 60)]) + block([], status=0) + block([Frame(b"b" * 60), Frame(b"c" * 60)])

    assert [b"a" * 60, b"b" * 60, b"c" * 60] == read(memory, columns=columns, monkeypatch=monkeypatch)[1]


def test_interfaces_are_told_apart_in_the_order_they_are_met(columns: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = block([Frame(b"x" * 60, index) for index in (9, 2, 9, 4)])
    made, _ = read(memory, columns=columns, monkeypatch=monkeypatch)

    assert [None, "eth9", "eth2", "eth4"] == [interface.name for interface in made.interfaces]
    assert [1, 2, 1, 3] == list(made.interface)


def test_hardware_without_an_ethernet_header_gives_packets(columns: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    tunnel = Frame(b"HEAD" + b"p" * 40, 3, 65534, header=4)
    made, octets = read(block([tunnel, Frame(b"e" * 60)]), columns=columns, monkeypatch=monkeypatch)

    assert [b"p" * 40, b"e" * 60] == octets
    assert [101, 1] == [interface.link_type for interface in made.interfaces[1:]]
    assert [40, 60] == list(made.original)


def test_what_was_cut_keeps_its_length(columns: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = read(block([Frame(b"x" * 60, original=1500)]), columns=columns, monkeypatch=monkeypatch)

    assert ([60], [1500]) == (list(made.captured), list(made.original))


def test_a_block_of_the_kernel_is_left_alone() -> None:
    assert head(memoryview(block([Frame(b"x" * 60)], status=0)), 0) is None
    assert Head(48, 1) == head(memoryview(block([Frame(b"x" * 60)])), 0)


def test_an_interface_that_comes_back_is_the_same_place() -> None:
    """Another number, the same name: a later section, as in a file."""
    interfaces = Interfaces(lambda _: "lan0")
    interfaces.place(2, 1)
    interfaces.place(9, 1)

    assert [("lan0", 0), ("lan0", 1)] == [(one.name, one.section) for one in interfaces.known[1:]]


def test_interfaces_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ring, "MAX_INTERFACES", 3)
    interfaces = Interfaces(lambda n: f"veth{n}")

    assert [1, 2, 2, 2] == [interfaces.place(n, 1) for n in range(4)]

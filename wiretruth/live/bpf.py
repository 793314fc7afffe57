"""A small assembler for the kernel's packet filter: instructions with labels in, octets out (classic BPF).

Source: Linux, ``Documentation/networking/filter.rst``; McCanne and Jacobson, 1993.
"""

import struct
from collections.abc import Iterable
from typing import Final, NamedTuple

LOAD_BYTE, LOAD_HALF, LOAD_WORD = 0x30, 0x28, 0x20
"""A = what stands at a place of the packet."""
INDEXED_BYTE, INDEXED_HALF = 0x50, 0x48
"""The same, so many octets behind X."""
IPV4_LENGTH: Final = 0xB1
"""X = length of the IPv4 header that begins at a place."""
SET_INDEX: Final = 0x01
"""X = a number."""
JUMP, EQUAL, GREATER, ANY_BIT = 0x05, 0x15, 0x25, 0x45
RETURN: Final = 0x06

NETWORK: Final = 0xFFF00000
"""Added to a place: it counts from the network header, whatever the link header is."""
ABOUT: Final = 0xFFFFF000
"""Added to one of the following: it is asked of the kernel."""
PROTOCOL, PACKET_TYPE, INTERFACE, HARDWARE = 0, 4, 8, 28

WHOLE: Final = 0x40000
"""What a filter returns for a frame that is wanted, all of it."""

_INSTRUCTION: Final = struct.Struct("=HBBI")
INSTRUCTION: Final = _INSTRUCTION.size
"""Octets of one."""
_FARTHEST: Final = 0xFF
_MOST: Final = 4096
"""Instructions of a program."""


class Step(NamedTuple):
    """One instruction; labels of the next one where a condition holds, and where it does not (empty: go on)."""

    code: int
    value: int
    """Of a jump: how many instructions it passes over."""
    then: str = ""
    otherwise: str = ""
    label: str = ""
    """By which others name this one."""


def assemble(steps: Iterable[Step]) -> bytes:
    """Make a program.

    Raises:
        ValueError: a label is not known, lies before the jump, or is too far away.
    """
    program = list(steps)
    if not 0 < len(program) <= _MOST:
        raise ValueError(f"{len(program)} instructions")
    places = {step.label: place for place, step in enumerate(program) if step.label}
    return b"".join(_encoded(step, place, places) for place, step in enumerate(program))


def _encoded(step: Step, place: int, places: dict[str, int]) -> bytes:
    def distance(label: str) -> int:
        if not label:
            return 0
        if label not in places or places[label] <= place:
            raise ValueError(f"{label}: not ahead of instruction {place}")
        return places[label] - place - 1

    far = distance(step.then), distance(step.otherwise)
    if max(far) > _FARTHEST:
        raise ValueError(f"instruction {place}: more than {_FARTHEST} ahead")
    return _INSTRUCTION.pack(step.code, *far, step.value)


def decoded(program: bytes) -> list[tuple[int, int, int, int]]:
    """Give the instructions of a program: code, both distances, value."""
    return list(_INSTRUCTION.iter_unpack(program))


def numbers(text: str) -> bytes:
    """Make a program of what ``tcpdump -ddd`` prints: a count, then four numbers a line.

    Raises:
        ValueError: it is something else.
    """
    first, *lines = text.split("\n")
    rows = [tuple(map(int, line.split())) for line in lines if line.strip()]
    if int(first) != len(rows) or any(len(row) != 4 for row in rows):  # noqa: PLR2004 - the fields of an instruction
        raise ValueError("no program")
    return b"".join(_INSTRUCTION.pack(*row) for row in rows)

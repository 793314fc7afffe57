"""The kernel's filter machine, as far as filters of ours need it: an independent judge of the assembler."""

from typing import Final, NamedTuple

from wiretruth.live.bpf import decoded

NETWORK: Final = 0xFFF00000
ABOUT: Final = 0xFFFFF000


class Seen(NamedTuple):
    """A frame as the kernel shows it to a filter."""

    octets: bytes
    """From the link header on."""
    network: int = 14
    protocol: int = 0x0800
    packet_type: int = 0
    interface: int = 2
    hardware: int = 1


def run(program: bytes, seen: Seen) -> int:  # noqa: C901 - a machine is its table of instructions
    """Give what the program returns; a load beyond the end returns 0, as in the kernel."""
    steps = decoded(program)
    a = x = place = 0
    while True:
        code, then, otherwise, value = steps[place]
        place += 1
        try:
            match code:
                case 0x06:
                    return value
                case 0x05:
                    place += value
                case 0x01:
                    x = value
                case 0xB1:
                    x = 4 * (load(seen, value, 1) & 0xF)
                case 0x20 | 0x28 | 0x30:
                    a = load(seen, value, {0x20: 4, 0x28: 2, 0x30: 1}[code])
                case 0x48 | 0x50:
                    a = load(seen, value + x, 2 if code == 0x48 else 1)
                case 0x15 | 0x25 | 0x35 | 0x45:
                    holds = {0x15: a == value, 0x25: a > value, 0x35: a >= value, 0x45: a & value != 0}[code]
                    place += then if holds else otherwise
                case 0x54:
                    a &= value
                case _:
                    raise AssertionError(hex(code))
        except IndexError:
            return 0


def load(seen: Seen, place: int, size: int) -> int:
    if place >= ABOUT:
        return {0: seen.protocol, 4: seen.packet_type, 8: seen.interface, 28: seen.hardware}[place - ABOUT]
    if place >= NETWORK:
        place += seen.network - NETWORK
    if place + size > len(seen.octets):
        raise IndexError(place)
    return int.from_bytes(seen.octets[place : place + size])

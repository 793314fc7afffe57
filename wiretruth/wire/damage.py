"""How damage is said: the few shapes of Fault and Unread that every header needs."""

import dataclasses

from wiretruth.model.frames import Fault
from wiretruth.model.packet import Unread


def too_short(where: str, offset: int, needed: int, there: int) -> Fault:
    """Say that *where*, beginning at *offset* of the frame, needs more octets than are there."""
    return Fault(where, offset, f"{needed} octets", f"{max(there, 0)} octets")


def damaged(fault: Fault) -> Unread:
    """Give up a frame because of *fault*."""
    return Unread("damaged", (fault,))


def numbered(faults: tuple[Fault, ...], number: int) -> tuple[Fault, ...]:
    """Give *faults* the number of the frame in which they lie."""
    return tuple(dataclasses.replace(fault, frame=number) for fault in faults)

from wiretruth.model.frames import Fault
from wiretruth.model.packet import Unread
from wiretruth.wire.damage import damaged, numbered, too_short


def test_too_short_says_what_is_needed_and_what_is_there() -> None:
    assert Fault("udp header", 34, "8 octets", "3 octets") == too_short("udp header", 34, 8, 3)


def test_nothing_there_is_never_negative() -> None:
    assert too_short("udp header", 34, 8, -4).got == "0 octets"


def test_damaged_keeps_its_fault() -> None:
    fault = Fault("ipv4 version", 14, "4", "9")

    assert Unread("damaged", (fault,)) == damaged(fault)


def test_numbered_tells_the_frame_and_nothing_else() -> None:
    fault = Fault("ipv4 version", 14, "4", "9")

    assert (Fault("ipv4 version", 14, "4", "9", frame=12),) == numbered((fault,), 12)

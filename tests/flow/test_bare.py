"""Rows without octets need no packet where they acknowledge or end a side in order; whatever else they are, they do."""

import pytest

from tests.flow.cable import Cable, watch
from tests.flow.test_ordinary import bundled, pieces


def told(story: str) -> Cable:
    cable = Cable().handshake()
    if story == "acknowledgement of what was not seen":
        cable.c("A", 1, 500)
    elif story == "second sighting":
        cable.again(cable.c("FA", 1, 1), ttl=63)
    elif story == "FIN beyond a hole":
        cable.c("FA", 400, 1)
    elif story == "closed window":
        cable.c("A", 1, 1, window=0)
    elif story == "FIN after FIN":
        cable.c("FA", 1, 1)
        cable.wait(10**9).c("FA", 1, 1)
    elif story == "after a reset":
        cable.s("RA", 1, 1)
        cable.c("FA", 1, 1)
    return cable


@pytest.mark.parametrize(
    ("story", "packets"),
    [
        ("nothing more", 2),
        ("acknowledgement of what was not seen", 3),
        ("second sighting", 3),
        ("FIN beyond a hole", 3),
        ("closed window", 3),
        ("FIN after FIN", 3),
        ("after a reset", 4),
    ],
)
def test_what_else_is_said_needs_a_packet(story: str, packets: int) -> None:
    cable = told(story)
    events, taken = bundled(cable)

    assert packets == len(cable.packets) - taken
    assert watch(cable.packets).events == pieces(events)

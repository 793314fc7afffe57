"""What passed below the dialogue."""

from dataclasses import replace

import pytest

from tests.reports.scenes import SECOND, at, sighting
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import (
    KEPT_FRAMES,
    HalfStream,
    Outcome,
    Rejection,
    Reset,
    SegmentMark,
    Sighting,
    Unacknowledged,
    moments,
)
from wiretruth.reports._transcript.below import beginning, end, meanwhile

SEEN = sighting()
SYN = SegmentMark(at(0), 7, 64, 1)
LATER = SegmentMark(at(1_000_000), 9, 64, 2)


def begun(**changes: object) -> list[str]:
    return [line for beat in beginning(replace(SEEN, **changes)) for line in beat.lines]  # type: ignore[arg-type] # checked when made


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["connected"]),
        ({"established": Mark(SEEN.opened.at + SECOND, 9)}, ["connected after 1.0 s"]),
        ({"syns": (SYN, LATER), "syn_count": 2, "established": None}, ["SYN", "SYN again, for the 2nd time"]),
        ({"syns": (SYN, LATER), "syn_count": 9, "established": None},
         ["SYN", "SYN again, for the 2nd time, and 7 times more"]),
        ({"syn_acks": (SYN,), "syn_ack_count": 1, "established": None}, ["SYN", "SYN-ACK"]),
        ({"syn_count": 0, "syns": ()}, ["the handshake is not in this capture: the connection was there before"]),
    ],
)  # fmt: skip
def test_how_it_began(changes: dict[str, object], expected: list[str]) -> None:
    assert expected == begun(**changes)


def test_what_went_wrong_meanwhile() -> None:
    quoted = Endpoint("192.0.2.1", 1)
    seen = replace(
        SEEN,
        from_client=HalfStream(retransmitted=20, resent=(Mark(5, 5), Mark(6, 6)), moments=moments(fin=Mark(9, 9))),
        from_server=HalfStream(zero_window=Mark(7, 7)),
        rejections=(Rejection(8, 8, "203.0.113.254", 4, 3, 1, None, quoted, quoted, 64, of_syn=True),),
        resets=(Reset(10, 10, False, 64, 1, 0, True, False),),
    )
    told = {beat.frame: beat.lines[0] for beat in meanwhile(seen)}

    assert told == {
        5: "the client sends a segment again",
        6: "the client sends a segment again, and 18 times more",
        7: "the server has no room for more, and never says that it has again",
        8: "ICMP error about the SYN by 203.0.113.254: host unreachable",
        9: "the client closes",
        10: "RST in the server's name",
    }


def test_a_refusal_is_called_so() -> None:
    seen = replace(SEEN, outcome=Outcome.REFUSED, resets=(Reset(10, 10, False, 64, 1, 0, True, False),))

    assert ["RST: connection refused"] == [beat.lines[0] for beat in meanwhile(seen)]


def ended(seen: Sighting, after: int = 0, unanswered: str | None = None, *, spoke: bool = True) -> list[str]:
    return [beat.lines[0] for beat in end(seen, seen.last.at + after, unanswered, spoke=spoke)]


def test_how_it_ended() -> None:
    open_still, silent = replace(SEEN, closed=None), replace(SEEN, closed=None, outcome=Outcome.UNANSWERED)
    stuck = Unacknowledged(56, Mark(1, 1), Mark(2, 2), 6, (), 56, dont_fragment=True, fin_only=False)

    assert [] == ended(SEEN)
    assert ["the capture ends here"] == ended(open_still)
    assert ["nothing more until the capture ends, 3.0 s later"] == ended(open_still, 3 * SECOND)
    assert ["no answer until the capture ends, 3.0 s later"] == ended(silent, 3 * SECOND, spoke=False)
    assert ["no reply to RCPT was seen"] == ended(SEEN, 0, "RCPT")
    assert ["the client's 56 octets never acknowledged, sent 6 times"] == ended(
        replace(SEEN, from_client=HalfStream(unacknowledged=stuck))
    )
    assert ["not a word in 0.4 ms"] == ended(
        replace(SEEN, from_client=HalfStream(), from_server=HalfStream()), spoke=False
    )


def test_a_storm_is_bounded() -> None:
    marks = tuple(SegmentMark(at(i), i, 64, i) for i in range(KEPT_FRAMES))

    assert KEPT_FRAMES == len(begun(syns=marks, syn_count=10_000, established=None))

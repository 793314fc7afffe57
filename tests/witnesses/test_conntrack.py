"""Connection tracking in all its textual forms; the lines are recorded ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.witnesses.told import tell
from wiretruth.model.packet import TCP, UDP, Endpoint
from wiretruth.model.translation import FlowTuple, Translation
from wiretruth.witnesses.conntrack import MAX_ENTRY, Reader

CLIENT, MEANT, PROXY = Endpoint("10.99.0.1", 56106), Endpoint("198.51.100.10", 25), Endpoint("127.0.0.1", 2525)
TUPLES = "src=10.99.0.1 dst=198.51.100.10 sport=56106 dport=25{} src=127.0.0.1 dst=10.99.0.1 sport=2525 dport=56106"
PLAIN = TUPLES.format("")
COUNTED = TUPLES.format(" packets=2 bytes=112") + " packets=1 bytes=60"
UNREPLIED = TUPLES.format(" [UNREPLIED]")


def read(line: str) -> Translation:
    (entry,) = tell(Reader("conntrack.txt"), line).claims
    assert isinstance(entry, Translation)
    return entry


@pytest.mark.parametrize(
    ("line", "state", "event", "at", "timeout", "flags", "mark"),
    [
        (f"tcp      6 431999 ESTABLISHED {PLAIN} [ASSURED] mark=0 use=1", "ESTABLISHED", None, None, 431999, "ASSURED", 0),
        (
            f"tcp      6 431999 ESTABLISHED {COUNTED} [ASSURED] mark=7 delta-time=0 use=1",
            "ESTABLISHED", None, None, 431999, "ASSURED", 7,
        ),
        (
            (f"ipv4     2 tcp      6 431999 ESTABLISHED {COUNTED} [ASSURED] mark=0 delta-time=0 "
            "[start=Sat Nov 21 03:22:54 2026] use=1 id=2654105800"),
            "ESTABLISHED", None, None, 431999, "ASSURED", 0,
        ),
        (
            f"ipv4     2 tcp      6 431999 TIME_WAIT {COUNTED} [ASSURED] mark=0 zone=0 delta-time=0 use=2",
            "TIME_WAIT", None, None, 431999, "ASSURED", 0,
        ),
        (f"    [NEW] tcp      6 120 SYN_SENT {UNREPLIED}", "SYN_SENT", "NEW", None, 120, "UNREPLIED", None),
        (
            f"[1795231374.269445]\t    [NEW] ipv4     2 tcp      6 120 SYN_SENT {UNREPLIED} id=2654105800",
            "SYN_SENT", "NEW", 1795231374269445000, 120, "UNREPLIED", None,
        ),
        (f" [UPDATE] tcp      6 60 SYN_RECV {PLAIN}", "SYN_RECV", "UPDATE", None, 60, "", None),
        (f"[DESTROY] tcp      6 {PLAIN} [ASSURED]", None, "DESTROY", None, None, "ASSURED", None),
        (f"[DESTROY] tcp      6 CLOSE {PLAIN} [ASSURED]", "CLOSE", "DESTROY", None, None, "ASSURED", None),
    ],
)  # fmt: skip
def test_every_form(
    line: str, state: str | None, event: str | None, at: int | None, timeout: int | None, flags: str, mark: int | None
) -> None:
    expected = Translation(
        source="conntrack.txt",
        line=1,
        protocol=TCP,
        original=FlowTuple(CLIENT, MEANT),
        reply=FlowTuple(PROXY, CLIENT),
        state=state,
        flags=tuple(flags.split()),
        event=event,
        at=at,
        timeout=timeout,
        mark=mark,
    )

    assert expected == read(line)


def test_udp_and_the_long_form_of_addresses() -> None:
    entry = read(
        "ipv6     10 udp      17 29 src=2001:0db8:0000:0000:0000:0000:0000:0001 dst=2001:0db8:0000:0000:0000:0000:0000:0010 "
        "sport=54296 dport=53 src=2001:0db8:0000:0000:0000:0000:0000:0010 dst=2001:0db8:0000:0000:0000:0000:0000:0001 "
        "sport=53 dport=54296 mark=0 use=2"
    )

    assert (UDP, "2001:db8::1", "2001:db8::10") == (
        entry.protocol,
        entry.original.source.address,
        entry.original.destination.address,
    )


@pytest.mark.parametrize(
    ("line", "unknown"),
    [
        ("icmp     1 29 src=10.99.0.1 dst=10.99.0.2 type=8 code=0 id=7 src=10.99.0.2 dst=10.99.0.1 type=0 code=0 id=7 use=1", False),
        ("conntrack v1.4.7 (conntrack-tools): 5 flow entries have been shown.", False),
        (f"tcp 6 100 ESTABLISHED {PLAIN}".replace("port=25", "port=443").replace("2525", "443"), False),
        ("", True),
        ("Nov 20 18:48:03 client postfix/smtp[1]: connect to x", True),
        (f"tcp 6 100 ESTABLISHED {PLAIN}".replace("dport=25", "dport=99999"), True),
        (f"tcp 6 100 ESTABLISHED {PLAIN}".replace("198.51.100.10", "198.51.100.999"), True),
        ("tcp 6 100 ESTABLISHED src=10.99.0.1 dst=10.99.0.2 sport=1 dport=25", True),
        (f"tcp 6 100 ESTABLISHED {PLAIN} {'x' * MAX_ENTRY}", True),
    ],
)  # fmt: skip
def test_what_claims_nothing(line: str, unknown: bool) -> None:
    told = tell(Reader("conntrack.txt"), [line])

    assert ([], unknown) == (told.claims, bool(told.unknown))


@given(
    st.text()
    | st.from_regex(r"(\[[0-9.]*\])?\s*(\[NEW\])? *tcp +6 +[0-9]* *[A-Z]* *src=[0-9.:a-f]* dst=.*", fullmatch=True)
)
def test_hostile_lines_raise_nothing(line: str) -> None:
    tell(Reader("conntrack.txt"), [line])

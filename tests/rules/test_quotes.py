"""What hops quote of a SYN, and what they should have seen of it."""

from ipaddress import ip_address

import pytest

from tests.rules.scene import MX1, STRANGER, Scene, finding, findings, grade, loud
from tests.rules.session import Session

HOP = "203.0.113.254"
CODES = ("destination-rewritten", "source-rewritten", "transparent-proxy")


def rejected(
    *, ttl: int = 62, ip_id: int | None = None, source: str = "", destination: str = "", port: int = 0
) -> Scene:
    """A hop rejects the SYN, and quotes it with some fields changed."""
    scene = Scene()
    scene.example_net()
    session = Session(scene)
    session.syn()
    quoted = bytearray(session.last_packet)
    quoted[8] = ttl
    if ip_id is not None:
        quoted[4:6] = ip_id.to_bytes(2)
    quoted[12:16] = ip_address(source).packed if source else quoted[12:16]
    quoted[16:20] = ip_address(destination).packed if destination else quoted[16:20]
    quoted[22:24] = port.to_bytes(2) if port else quoted[22:24]
    scene.icmp(HOP, bytes(quoted), 3, 13)
    return scene


def test_quoted_as_it_was_sent() -> None:
    scene = rejected()

    assert [] == [f for code in CODES for f in findings(scene, code)]


@pytest.mark.parametrize(
    ("change", "to"), [({"destination": STRANGER}, f"{STRANGER}:25"), ({"port": 2526}, f"{MX1}:2526")]
)
def test_another_destination(change: dict[str, object], to: str) -> None:
    scene = rejected(**change)  # type: ignore[arg-type] # the table holds what it takes
    found = finding(scene, "destination-rewritten")

    assert ("info", "proven") == grade(found)
    assert found.summary.endswith(f"[{MX1}]:25 was addressed to {to} when it came to {HOP}")
    assert ["connect-rejected"] == [code for code, _, _ in loud(scene)]


def test_another_source() -> None:
    found = finding(rejected(source="203.0.113.1"), "source-rewritten")

    assert ("info", "proven") == grade(found)
    assert "came from 203.0.113.1" in found.summary


@pytest.mark.parametrize("change", [{"ttl": 65}, {"ip_id": 4711}], ids=["more hops to live", "another identification"])
def test_sent_anew(change: dict[str, int]) -> None:
    scene = rejected(**change)  # type: ignore[arg-type] # as above

    assert ("info", "possible") == grade(finding(scene, "transparent-proxy"))
    assert [] == findings(scene, "destination-rewritten")


def test_an_identification_of_zero_says_nothing() -> None:
    assert [] == findings(rejected(ip_id=0), "transparent-proxy")

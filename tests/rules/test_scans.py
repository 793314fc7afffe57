"""Scans: many servers, one stranger, not a word."""

import pytest

from tests.rules.packets import ACK, RST
from tests.rules.scene import MTA, Scene, findings
from tests.rules.session import Session, inbound
from wiretruth.rules._scans import MANY_SERVERS


@pytest.mark.parametrize(("servers", "expected"), [(MANY_SERVERS - 1, MANY_SERVERS - 1), (MANY_SERVERS, 0)])
def test_few_servers_are_no_scan(servers: int, expected: int) -> None:
    scene = Scene()
    for number in range(servers):
        session = inbound(scene, server=f"198.51.100.{number + 1}")
        session.syn()
        session.send(False, RST | ACK, seq=0)

    assert expected == len(findings(scene, "connect-refused"))


@pytest.mark.parametrize("asks", [True, False])
def test_our_own_host_is_no_scanner(asks: bool) -> None:
    """A blocked port 25 looks the same at every server; it is seen from the sender's side."""
    scene = Scene()
    for number in range(MANY_SERVERS + 1):
        if asks:
            scene.told(f"mail{number}.example.net", "A", f"198.51.100.{number + 1}")
        session = Session(scene, f"198.51.100.{number + 1}", client_address=MTA)
        session.syn()
        session.send(False, RST | ACK, seq=0)

    assert MANY_SERVERS + 1 == len(findings(scene, "connect-refused"))

"""The record of an ICMP error."""

from tests.flow.cable import CLIENT, SERVER, Cable
from wiretruth.flow.rejection import rejection
from wiretruth.model.packet import IcmpMessage
from wiretruth.model.sighting import Rejection


def test_record_holds_what_the_error_says() -> None:
    cable = Cable()
    error = cable.error(cable.c("S"), 3, 4)
    assert isinstance(error.transport, IcmpMessage)
    assert error.transport.quoted is not None

    assert Rejection(
        error.at,
        2,
        "203.0.113.1",
        4,
        3,
        4,
        1400,
        CLIENT,
        SERVER,
        quoted_ttl=63,
        of_syn=True,
        quoted_id=error.transport.quoted.ip_id,
    ) == rejection(error, error.transport._replace(mtu=1400), error.transport.quoted, of_syn=True)


def test_errors_without_identification_are_icmpv6() -> None:
    cable = Cable()
    error = cable.error(cable.c("S"))._replace(ip_id=None)
    assert isinstance(error.transport, IcmpMessage)
    assert error.transport.quoted is not None

    assert 6 == rejection(error, error.transport, error.transport.quoted, of_syn=False).version

"""A connection is on the way of mail when it speaks SMTP, or reached for a mail port and said nothing else."""

import pytest

from tests.ledger.made import dialogue, sighting
from wiretruth.model.connection import Connection
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import HalfStream, Sighting
from wiretruth.model.smtp import Dialogue
from wiretruth.witnesses.contact import MAIL_PORTS, state

TALKING = sighting(port=25, from_server=HalfStream(packets=3, octets=9))


@pytest.mark.parametrize(
    ("sightings", "said", "expected"),
    [
        ((sighting(port=25, answered=None),), None, True),
        ((sighting(port=25),), None, True),
        ((sighting(port=80),), dialogue(), True),
        ((sighting(port=80, answered=None),), None, False),
        ((TALKING,), None, False),
        ((sighting(port=25), sighting(port=25, from_client=HalfStream(octets=1))), None, False),
        ((sighting(port=80, answered=None), sighting(port=2525, answered=None)), None, True),
        ((sighting(port=10025, reply_source=Endpoint("198.51.100.10", 25)),), None, True),
    ],
    ids=["SYN", "silence", "SMTP anywhere", "web", "not SMTP", "said at one vantage", "translated port", "redirected"],
)
def test_on_the_way_of_mail(sightings: tuple[Sighting, ...], said: Dialogue | None, expected: bool) -> None:
    connection = Connection(sightings, said)
    told = state(connection)

    assert expected is (told is not None)
    assert told is None or (told.at, told.connection) == (connection.at, connection)


@pytest.mark.parametrize("port", sorted(MAIL_PORTS))
def test_mail_ports(port: int) -> None:
    assert state(Connection((sighting(port=port, answered=None),))) is not None

"""A sighting has two halves, named by who sends."""

from tests.ledger.made import sighting


def test_half() -> None:
    one = sighting()

    assert (one.from_client, one.from_server) == (one.half(client=True), one.half(client=False))

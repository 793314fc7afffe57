"""The record says what was seen, and of a side never seen nothing."""

from tests.flow.cable import CLIENT, SERVER, Cable, watch
from wiretruth.flow.direction import UNSEEN


def test_lone_syn() -> None:
    cable = Cable()
    cable.c("S")
    record = watch(cable.packets).only

    assert (CLIENT, SERVER, 1, UNSEEN) == (record.client, record.server, record.syn_count, record.from_server)
    assert (None, None, ()) == (record.closed, record.established, record.resets)

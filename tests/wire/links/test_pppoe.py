"""PPP over Ethernet, the session stage."""

import pytest

from wiretruth.model.packet import Unread
from wiretruth.wire.links import _ppp
from wiretruth.wire.links._pppoe import follow


def test_ppp_follows_the_header() -> None:
    assert (_ppp.ETHERTYPE, 7) == follow(bytes.fromhex("ff 1100 0001 0020 0021"), 1)


@pytest.mark.parametrize("head", ["", "1100 0001 00", "2100 0001 0020", "1200 0001 0020"])
def test_cut_or_impossible_header_is_damage(head: str) -> None:
    found = follow(bytes.fromhex(head), 0)

    assert isinstance(found, Unread)
    assert ["pppoe header"] == [fault.where for fault in found.faults]

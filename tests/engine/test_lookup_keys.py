"""Keys of what was read one by one are those of columns."""

import numpy as np
import pytest

from tests.columns.test_dns import CLIENT, CLIENT6, SERVER, SERVER6, datagram, read
from tests.protocols.dns.forge import query
from tests.wire.made import decoded
from wiretruth.columns.dns import client_hash, key_hash
from wiretruth.engine.lookup_keys import concerned, ends_of, keys_of, table_of
from wiretruth.model.packet import Endpoint, Packet


@pytest.mark.parametrize(("ends", "client"), [((CLIENT, SERVER), "192.0.2.7"), ((CLIENT6, SERVER6), "2001:db8::7")])
def test_the_same_key(ends: tuple[bytes, bytes], client: str) -> None:
    octets = datagram(query(), (40000, 53), ends)
    _, found = read(octets)
    expected = key_hash(client_hash(found.ends), found.ends)[0]
    packet = decoded(octets)
    assert isinstance(packet, Packet)
    (first, identity), _ = concerned(packet)

    assert (Endpoint(client, 40000), 4711) == (first, identity)
    assert [expected] == keys_of([ends_of(0, first, 4711)]).tolist()


def test_no_ends_no_keys() -> None:
    assert (0, 5) == table_of([]).shape
    assert 0 == len(keys_of([]))
    assert np.uint64 == table_of([]).dtype

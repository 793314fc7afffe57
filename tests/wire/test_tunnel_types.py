from wiretruth import discover
from wiretruth.wire.tunnel_types import by_port, by_protocol


def test_tunnels_are_found_by_protocol_and_by_port() -> None:
    assert {4, 41, 47, 50} == set(by_protocol())
    assert {1701, 2152, 4789, 4790, 6081, 8472} == set(by_port())


def test_nothing_is_claimed_twice() -> None:
    rooms = discover.modules("wiretruth.wire.tunnels")
    for claims, found in (("PROTOCOLS", by_protocol()), ("PORTS", by_port())):
        assert len(found) == sum(len(getattr(room, claims, ())) for room in rooms)

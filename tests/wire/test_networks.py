import pytest

from wiretruth.wire.networks import unread


@pytest.mark.parametrize(
    ("ethertype", "kind"), [(0x0806, "ARP"), (0x88CC, "EtherType 0x88cc"), (0x0900, "EtherType 0x0900")]
)
def test_what_no_reader_takes_is_named(ethertype: int, kind: str) -> None:
    assert kind == unread(ethertype).kind

"""Where packets were seen: the input, or each interface that it tells apart; labels do not depend on batches."""

import pytest

from wiretruth.engine import vantages
from wiretruth.engine.vantages import Vantages
from wiretruth.model.frames import Interface, Vantage

ETH, PPP, NAMELESS = Interface("eth0", 1, 0), Interface("ppp0", 1, 0), Interface(None, 1, 0)
AGAIN = Interface("eth0", 1, 0, section=1)


@pytest.mark.parametrize(
    ("interfaces", "frames", "expected"),
    [
        ((NAMELESS,), [(0, None)], ["x"]),
        ((ETH,), [(0, None), (0, None)], ["x", "x"]),
        ((ETH, PPP), [(0, None), (1, None)], ["x#eth0", "x#ppp0"]),
        ((NAMELESS, NAMELESS), [(1, None), (0, None)], ["x#interface1", "x#interface0"]),
        ((ETH, AGAIN), [(0, None), (1, None)], ["x#eth0", "x#eth0"]),
        ((ETH, ETH), [(0, None), (1, None)], ["x#eth0", "x#eth0.2"]),
        ((ETH, ETH, AGAIN), [(0, None), (1, None), (2, None)], ["x#eth0", "x#eth0.2", "x#eth0"]),
        ((NAMELESS,), [(0, 2), (0, 3), (0, 2)], ["x#if2", "x#if3", "x#if2"]),
        ((ETH, AGAIN), [(0, 2), (1, 2)], ["x#if2", "x#if2"]),
    ],
    ids=[
        "pcap",
        "one interface",
        "several",
        "nameless",
        "a second section",
        "merged",
        "merged, captured on",
        "SLL2",
        "SLL2 twice",
    ],
)
def test_labels(interfaces: tuple[Interface, ...], frames: list[tuple[int, int | None]], expected: list[str]) -> None:
    named = Vantages("x", "x.pcap")

    assert expected == [named.naming(index, interfaces)(kernel) for index, kernel in frames]


def test_a_section_that_comes_later_changes_no_label() -> None:
    """While only one interface is known, its frames are the input's; the same interface, described again, stays that."""
    named = Vantages("x", "x.pcap")
    first = named.naming(0, (ETH,))(None)
    second = named.naming(1, (ETH, AGAIN))(None)
    third = named.naming(2, (ETH, AGAIN, PPP))(None)

    assert ["x", "x", "x#ppp0"] == [first, second, third]


def test_all_in_the_order_of_their_first_frame() -> None:
    named = Vantages("x", "x.pcap")
    for index in (1, 0, 1):
        named.naming(index, (ETH, PPP))(None)

    assert (Vantage("x#ppp0", "x.pcap", "ppp0"), Vantage("x#eth0", "x.pcap", "eth0")) == named.all()
    assert ["x#ppp0", "x#eth0"] == named.labels()


def test_crafted_interfaces_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vantages, "MAX_VANTAGES", 2)
    named = Vantages("x", "x.pcap")
    naming = named.naming(0, (NAMELESS,))

    assert ["x#if1", "x#if2", "x#others", "x#others", "x#if1"] == [naming(n) for n in (1, 2, 3, 4, 1)]
    assert 2 == named.crowded_out

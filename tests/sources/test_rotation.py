"""Names of rotated files: which belong together, and which only look so."""

from calendar import timegm

import pytest

from wiretruth.model.frames import NANOSECONDS
from wiretruth.sources.rotation import Dated, RotatedName, Stamp, continues, rotated_name, stamps_hold

NOON = timegm((2026, 11, 20, 12, 0, 0))


@pytest.mark.parametrize(
    ("path", "template", "stamp", "number"),
    [
        ("r/mail.pcap", "r/mail.pcap", None, None),
        ("r/mail.pcap1", "r/mail.pcap", None, 1),
        ("mail.pcap007", "mail.pcap", None, 7),
        ("mail.pcap12.gz", "mail.pcap", None, 12),
        ("mail-20261120-120000.pcap", "mail-*.pcap", Stamp(NOON, 1), None),
        ("mail-2026-11-20_12:00:00.pcap3", "mail-*.pcap", Stamp(NOON, 1), 3),
        ("mail-2026-11-20T12.pcap", "mail-*.pcap", Stamp(NOON, 3600), None),
        ("mail-20261120.pcap", "mail-*.pcap", Stamp(NOON - 43_200, 86_400), None),
        ("mail-20261120-1200.pcap.zst", "mail-*.pcap", Stamp(NOON, 60), None),
        (f"mail-{NOON}.pcap", "mail-*.pcap", Stamp(NOON, 1), None),
        ("ring_00012_20261120120000.pcapng", "ring_*.pcapng", None, 12),
    ],
)
def test_names_of_a_rotation(path: str, template: str, stamp: Stamp | None, number: int | None) -> None:
    assert RotatedName(template, stamp, number) == rotated_name(path)


@pytest.mark.parametrize(
    "path",
    ["a1.pcap", "eth0", "gw2", "x/lan.1", "1.pcap", "mail-20269920.pcap", "mail-20261120-9900.pcap", "v1.2.3.pcap"],
)
def test_other_names_stand_for_themselves(path: str) -> None:
    """Above all numbers that are part of a name: eth0 and eth1 are two places."""
    assert RotatedName(path, None, None) == rotated_name(path)


def dated(*files: tuple[str, float]) -> list[Dated]:
    return [Dated(rotated_name(path), int((NOON + at) * NANOSECONDS)) for path, at in files]


HOURLY = [(f"m-20261120-{hour}0000.pcap", (hour - 12) * 3600) for hour in (13, 14, 15)]


@pytest.mark.parametrize(
    ("files", "holds"),
    [
        ([(name, at) for name, at in HOURLY], True),
        ([(name, at + 0.9) for name, at in HOURLY], True),
        ([(name, at - 3600) for name, at in HOURLY], True),  # stamps of a zone east of UTC
        ([(name, at + 5.5 * 3600) for name, at in HOURLY], True),
        ([(HOURLY[0][0], HOURLY[0][1] + 1500), *HOURLY[1:]], True),  # the first one waited for its packet
        ([HOURLY[0], (HOURLY[1][0], HOURLY[1][1] + 400), HOURLY[2]], False),
        ([(name, at + 400) for name, at in HOURLY], False),
        ([("m.pcap", 0), ("m.pcap1", 77)], True),
    ],
)
def test_stamps_are_those_of_the_first_packets(files: list[tuple[str, float]], holds: bool) -> None:
    assert holds is stamps_hold(dated(*files))


def numbered(*numbers: int) -> list[Dated]:
    return dated(*((f"m.pcap{number or ''}", place) for place, number in enumerate(numbers)))


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (numbered(0, 1, 2), [True, True]),
        (numbered(0, 2, 3), [False, True]),
        (numbered(3, 4, 0, 1, 2), [True, True, True, True]),
        (numbered(3, 4, 1, 2), [True, False, True]),
        (numbered(0, 1, 3, 0), [True, False, False]),
        (numbered(1, 0), [True]),
        (numbered(2, 2), [False]),
        (dated(*HOURLY), [True, True]),
        (dated(*HOURLY[:2]), [None]),
        (dated(*HOURLY, ("m-20261120-180000.pcap", 6 * 3600)), [True, True, None]),
        (dated(("m-20261120-130000.pcap1", 0), *HOURLY[1:]), [None, True]),
    ],
)
def test_what_names_prove(files: list[Dated], told: list[bool | None]) -> None:
    """A missing number is proof of a missing file; a missing stamp may only mean a quiet hour."""
    assert told == continues(files)


def test_where_an_empty_file_stands_nothing_is_missing() -> None:
    assert [True] == continues(numbered(0, 2), [rotated_name("m.pcap1")])

"""First labels of names, and the hosts that MX records name."""

import numpy as np
import pytest

from tests.protocols.dns.forge import decoded, name, record, response
from wiretruth.columns.dns_names import MX, exchanges, first_label, first_labels, octets_of
from wiretruth.columns.view import View

SLACK = bytes(16)


def labels(*names: str) -> list[int]:
    octets = [name(one) for one in names]
    at = np.cumsum([0, *map(len, octets)])[:-1]
    found: list[int] = first_labels(View(b"".join(octets) + SLACK), at).tolist()
    return found


@pytest.mark.parametrize("text", ["mail.example.net", "MAIL.example.net", "m.example", "averylonglabel.example", "x"])
def test_text_and_octets_give_the_same(text: str) -> None:
    assert labels(text) == labels(text.lower()) == [first_label(text)]


def test_the_root_is_nobody() -> None:
    assert [0] == labels("")


def test_labels_that_differ_early_or_in_length() -> None:
    assert 4 == len(set(labels("mail", "mailx", "main", "mai")))
    assert 2 == len(set(labels("averylonglabel", "averylonglabe")))


def test_escapes() -> None:
    assert b"a.b\\c\xff" == octets_of("a\\046b\\092c\\255")


def told(octets: bytes) -> list[int]:
    """Give the first labels of the exchanges in a response for ``example.net``."""
    octets += SLACK
    end = len(octets) - len(SLACK)
    question_end = octets.index(b"\0", 12) + 5
    _, labels = exchanges(View(octets), np.array([0]), np.array([end]), np.array([question_end]))
    found: list[int] = labels.tolist()
    return found


@pytest.mark.parametrize(
    "hosts",
    [
        [b"\4mail\xc0\x0c"],
        [name("mail.other.example")],
        [b"\xc0\x0c"],
        [b"\0"],
        [b"\3mx1\xc0\x0c", b"\3MX2\xc0\x0c", b"\xc0\x0c"],
    ],
)
def test_exchanges_are_those_that_are_read_one_by_one(hosts: list[bytes]) -> None:
    octets = response(*(record(b"\xc0\x0c", MX, b"\0\x0a" + host) for host in hosts), code=MX)
    expected = [0 if r.target == "." else first_label(r.target or "") for r in decoded(octets).answers]

    assert expected == told(octets)


def test_other_records_and_owners_in_full() -> None:
    octets = response(
        record(name("example.net"), 5, b"\xc0\x0c"), record(b"\xc0\x0c", MX, b"\0\x0a\4mail\xc0\x0c"), code=MX
    )

    assert [first_label("mail")] == told(octets)


@pytest.mark.parametrize("cut", range(1, 40))
def test_cut_messages_and_loops_end(cut: int) -> None:
    octets = response(
        record(b"\xc0\x0c", MX, b"\0\x0a\xc0\x2d"), record(b"\xc0\x0c", MX, b"\0\x0a\4mail\xc0\x0c"), code=MX
    )

    assert len(told(octets[:-cut])) <= 2

"""The lab's lookups: real resolvers and real clients, one fault each."""

from pathlib import Path

import pytest

from tests.protocols.dns.captures import heard
from tests.protocols.dns.forge import decoded
from wiretruth.model.dns import Lookup
from wiretruth.protocols.dns.lookups import LookupTable

pytestmark = pytest.mark.shared


def lookups(capture: Path) -> list[Lookup]:
    table = LookupTable()
    given: list[Lookup] = []
    for one in heard(capture):
        given += table.receive(
            "gw", one.at, one.frame, one.source, one.destination, transport="udp", message=decoded(one.payload)
        )
    return given + table.finish()


def test_a_stub_resolver_that_tries_again_and_again(shared: Path) -> None:
    """The stub of glibc sends each query twice from one port with one id, then begins anew."""
    seen = lookups(shared / "lab/cases/mx-order-skipped/mta-eth0.pcap")

    assert [
        ("example.net", "MX", 1, "NOERROR"),
        ("mail.example.net", "A", 1, "NOERROR"),
        ("backup.example.net", "A", 1, "NOERROR"),
        ("vm", "A", 2, None),
        ("vm", "A", 2, None),
    ] == [(x.question.name, x.question.type, x.query_count, x.rcode) for x in seen]
    assert (20, "backup.example.net") == (seen[0].answers[0].preference, seen[0].answers[0].target)


def test_a_resolver_that_is_down_and_returns(shared: Path) -> None:
    seen = lookups(shared / "lab/cases/resolver-restart-defers-mail/mta-eth0.pcap")

    assert [None] * 11 + ["NOERROR"] == [x.rcode for x in seen]
    assert ["mx.sender.example"] == [x.target for x in seen[-1].answers]


@pytest.mark.parametrize("case", ["benign-cached-dns", "masquerade", "redirect-output-local", "starttls-stripped"])
def test_lookups_that_nothing_happened_to(shared: Path, case: str) -> None:
    seen = [x for path in (shared / "lab/cases" / case).glob("*eth0.pcap") for x in lookups(path)]

    assert {("NOERROR", 1, None, ())} >= {(x.rcode, x.query_count, x.reply_source, x.other_answers) for x in seen}

"""Asking a resolver: one that answers as it is told, on this machine."""

import socketserver
import sys
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from wiretruth.errors import WiretruthError
from wiretruth.model.comparison import NowTold
from wiretruth.sources.asking import MAX_QUESTIONS, SYSTEM, ask

WORLD = {
    ("example.net.", "MX"): ("20 Backup.example.net.", "10 mail.EXAMPLE.net."),
    ("mail.example.net.", "A"): ("198.51.100.20", "198.51.100.10"),
    ("mail.example.net.", "AAAA"): ("2001:DB8:0::25",),
    ("null.example.net.", "MX"): ("0 .",),
}
RCODES = {"gone.example.net.": "NXDOMAIN", "refused.example.net.": "REFUSED", "broken.example.net.": "SERVFAIL"}


class Answering(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        octets, out = self.request
        query = dns.message.from_wire(octets)
        question = query.question[0]
        name, kind = question.name.to_text().lower(), dns.rdatatype.to_text(question.rdtype)
        if name.startswith("silent"):
            return
        response = dns.message.make_response(query, recursion_available=True)
        response.set_rcode(dns.rcode.from_text(RCODES.get(name, "NOERROR")))
        if (name, kind) in WORLD:
            response.answer.append(dns.rrset.from_text(question.name, 300, "IN", kind, *WORLD[name, kind]))
        out.sendto(response.to_wire(), self.client_address)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def told(port: int, name: str, kind: str) -> NowTold:
    (one,) = ask(["127.0.0.1"], [(name, kind)], 0.5, port)
    assert ("127.0.0.1", name, kind) == one[:3]
    return one


@pytest.mark.parametrize(
    ("name", "kind", "records"),
    [
        ("example.net", "MX", ("10 mail.example.net", "20 backup.example.net")),
        ("mail.example.net", "A", ("198.51.100.10", "198.51.100.20")),
        ("mail.example.net", "AAAA", ("2001:db8::25",)),
        ("null.example.net", "MX", ("0 .",)),
    ],
)
def test_answers_are_in_compared_form(port: int, name: str, kind: str, records: tuple[str, ...]) -> None:
    one = told(port, name, kind)

    assert (records, 300, "NOERROR", "") == one[3:]


def test_no_record_and_no_name_are_answers(port: int) -> None:
    assert ((), "NOERROR", "") == (told(port, "example.net", "A").records, *told(port, "example.net", "A")[5:])
    assert ((), "NXDOMAIN", "") == (
        told(port, "gone.example.net", "A").records,
        *told(port, "gone.example.net", "A")[5:],
    )


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("refused.example.net", "REFUSED"),
        ("broken.example.net", "SERVFAIL"),
        ("silent.example.net", "nothing came in 0.5 s"),
        ("x" * 70 + ".example.net", "label"),
        ("a..example.net", "label"),
    ],
)
def test_trouble_is_told_and_not_raised(port: int, name: str, trouble: str) -> None:
    assert trouble in told(port, name, "A").trouble


def test_several_resolvers_are_asked_in_turn(port: int) -> None:
    told_all = ask(["127.0.0.1", "127.0.0.2"], [("mail.example.net", "A"), ("example.net", "MX")], 0.3, port)

    assert ["A", "MX", "A", "MX"] == [one.type for one in told_all]
    assert ["127.0.0.1"] * 2 + ["127.0.0.2"] * 2 == [one.resolver for one in told_all]


def test_a_resolver_is_not_flooded(port: int) -> None:
    assert MAX_QUESTIONS == len(ask(["127.0.0.1"], [("gone.example.net", "A")] * (MAX_QUESTIONS + 5), 5, port))


def test_without_dnspython(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dns.exception", None)

    with pytest.raises(WiretruthError, match=r"pip install 'wiretruth\[dns\]'"):
        ask([SYSTEM], [])

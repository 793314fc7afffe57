"""Names of the failed lookups that a deferral may rest on."""

import pytest

from tests.rules.scene import Scene, findings
from tests.rules.session import inbound
from wiretruth.rules._deferral import reverse_name


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.99", "99.2.0.192.in-addr.arpa"),
        ("2001:db8::1", "1." + "0." * 23 + "8.b.d.0.1.0.0.2.ip6.arpa"),
    ],
)
def test_reverse_name(address: str, expected: str) -> None:
    assert expected == reverse_name(address)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sender.example", 1),
        ("mx.sender.example", 1),
        ("corp.example", 1),
        ("mta.corp.example", 1),
        ("99.2.0.192.in-addr.arpa", 1),
        ("notsender.example", 0),
        ("example", 0),
    ],
)
def test_concerned_are_sender_recipient_helo_and_client(name: str, expected: int) -> None:
    scene = Scene()
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.asks("MAIL FROM:<a@sender.example>", "250 Ok")
    session.says("RCPT TO:<b@corp.example>")
    scene.ask(name, "A").answer(rcode="SERVFAIL")
    session.hears("451 4.4.3 DNS trouble")

    assert expected == len(findings(scene, "deferral-caused-by-dns"))


def test_lookups_of_other_hosts_do_not_count() -> None:
    scene = Scene()
    session = inbound(scene).connect().greeted("mta.corp.example")
    session.asks("MAIL FROM:<a@sender.example>", "250 Ok")
    session.says("RCPT TO:<b@corp.example>")
    scene.ask("sender.example", "A", client="10.10.0.77").answer(rcode="SERVFAIL")
    session.hears("451 4.4.3 DNS trouble")

    assert [] == findings(scene, "deferral-caused-by-dns")

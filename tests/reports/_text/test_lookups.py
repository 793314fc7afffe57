"""One lookup as a line of a story."""

import pytest

from tests.reports import scenes
from wiretruth.model.dns import Lookup, ResourceRecord
from wiretruth.model.frames import Mark
from wiretruth.model.packet import Endpoint
from wiretruth.model.sighting import Rejection
from wiretruth.reports._text.lookups import lookup_pieces
from wiretruth.reports._text.page import text

ANSWERED = scenes.lookup("example.net", "MX", "10 mail.example.net", 3, scenes.at(0)).nearest
UNANSWERED = scenes.lookup("example.net", "MX", None, 3, scenes.at(0), rcode=None).nearest
ALIAS = ResourceRecord("www.example.net", "CNAME", 60, "example.net", target="example.net")
RESOLVER = Endpoint("198.51.100.53", 53)
ERROR = Rejection(
    scenes.at(1), 4, "198.51.100.53", 4, 3, 3, None, Endpoint("10.10.0.5", 34254), RESOLVER, 64, of_syn=False
)


@pytest.mark.parametrize(
    ("lookup", "expected"),
    [
        (ANSWERED, "says MX example.net: 10 mail.example.net"),
        (ANSWERED._replace(answers=(ALIAS,)), "says MX example.net: alias of example.net"),
        (ANSWERED._replace(answers=(ALIAS,) * 6), "says MX example.net: " + "alias of example.net, " * 3
         + "alias of example.net and 2 more records"),
        (ANSWERED._replace(answers=()), "says MX example.net: no such record"),
        (ANSWERED._replace(answers=(), truncated=True), "says MX example.net: answer cut short"),
        (ANSWERED._replace(answers=(), rcode="NXDOMAIN"), "says MX example.net: no such name (NXDOMAIN)"),
        (ANSWERED._replace(answers=(), rcode="SERVFAIL"), "says MX example.net: SERVFAIL, no answer"),
        (ANSWERED._replace(response=Mark(scenes.at(3_000_000), 4), query_count=2),
         "says MX example.net: 10 mail.example.net (after 3.0 s, asked 2 times)"),
        (ANSWERED._replace(reply_source=Endpoint("192.0.2.53", 53)),
         "says MX example.net: 10 mail.example.net (answered from 192.0.2.53:53)"),
        (ANSWERED._replace(other_answers=((Mark(scenes.at(9), 9), (ALIAS,)),)),
         "says MX example.net: 10 mail.example.net (and 1 other answer to the same query)"),
        (UNANSWERED, "was asked for MX example.net: no answer in 10.0 s, asked 2 times"),
        (UNANSWERED._replace(waited_until=0, query_count=1), "was asked for MX example.net: no answer"),
        (UNANSWERED._replace(rejections=(ERROR,)), "was asked for MX example.net: ICMP error from 198.51.100.53"),
    ],
)  # fmt: skip
def test_lookup(lookup: Lookup, expected: str) -> None:
    assert f"198.51.100.53 {expected}" == text(*lookup_pieces(lookup)).plain

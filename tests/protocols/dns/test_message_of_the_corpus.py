"""Every DNS message of the corpus, before two other judges: dnspython and tshark."""

from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from tests.protocols.dns.captures import heard, ours, theirs, with_dns
from tests.protocols.dns.forge import decoded
from tests.protocols.dns.judge import our_opinion, their_opinion

pytestmark = pytest.mark.shared

UNLIKE_TSHARK: Final = {
    "arkime/arkime_synthetic.pcap": "BADVERS: tshark's rcode leaves out the eight bits of EDNS",
    "zeek/dns__dns_extended_rcode.pcap": "BADVERS: tshark's rcode leaves out the eight bits of EDNS",
    "dns-stats-compactor/knot-live.ignored.pcap": "a QNAME above 255 octets: tshark writes <Name too long>",
    "dns-stats-compactor/nsd-live.ignored.pcap": "a QNAME above 255 octets: tshark writes <Name too long>",
    "ndpi/default__pcap__malformed_dns.pcap": "a CNAME above 255 octets",
    "ndpi/default__pcap__dns-tunnel-iodine.pcap": "octets above 127 in names: tshark shows them raw, we escape them",
    "ndpi/default__pcap__fuzz-2006-06-26-2594.pcap": "damaged names, which tshark completes or shows raw",
    "packetq/pcap__sample-rfc1035escape.pcap.gz": "dots and backslashes within labels: tshark cannot tell them",
    "suricata-verify/dns__dns-forward-pointer__input.pcap": "a pointer forward: tshark follows it, RFC 1035 §4.1.4 forbids it",
}
"""Captures in which what we hear is read otherwise, each for a reason."""

READ_WHOLE: Final = 150
"""Captures, of those with DNS, in which every message comes over UDP, whole and outside of tunnels; more is welcome."""


def test_tshark_reads_the_same(shared: Path) -> None:
    """We read nothing that tshark does not read; and the same, where every message comes in a datagram of its own."""
    corpus = shared / "corpus"
    unlike = set()
    whole = 0
    for capture in with_dns(corpus):
        ours_, theirs_ = ours(capture), theirs(capture, corpus)
        all_heard = ours_[0].total() == theirs_[0].total()
        whole += all_heard
        if ours_ != theirs_ if all_heard else _only_ours(ours_, theirs_):
            unlike.add(str(capture.relative_to(corpus)))

    assert set(UNLIKE_TSHARK) == unlike
    assert whole >= READ_WHOLE


def test_dnspython_reads_the_same(shared: Path) -> None:
    """Where dnspython and we both find nothing wrong; and what we refuse, it refuses too."""
    agreed = 0
    for capture in with_dns(shared / "corpus"):
        for one in heard(capture):
            message, opinion = decoded(one.payload), their_opinion(one.payload)
            if opinion is None:
                continue
            assert () == message.faults, (capture.name, one.frame)
            assert opinion == our_opinion(message), (capture.name, one.frame)
            agreed += 1

    assert agreed > 5000


def _only_ours(ours_: tuple[Counter[Any], Counter[Any]], theirs_: tuple[Counter[Any], Counter[Any]]) -> bool:
    return any(mine - other for mine, other in zip(ours_, theirs_, strict=True))

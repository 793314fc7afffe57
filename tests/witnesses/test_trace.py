"""Traces of nft and of xtables; the lines are recorded ones."""

from hypothesis import given
from hypothesis import strategies as st

from tests.witnesses.told import tell
from wiretruth.model.packet import TCP, UDP, Endpoint
from wiretruth.model.trace import Traced
from wiretruth.witnesses.trace import MAX_OPEN, Reader

NFT = """\
trace id 739b784c inet t pre packet: iif "lan0" ether saddr 1a:19:13:6f:da:a7 ether daddr 3a:3c:c3:e2:b3:53 ip saddr 10.10.0.5 ip daddr 198.51.100.10 ip dscp cs0 ip ecn not-ect ip ttl 64 ip id 64360 ip protocol udp ip length 30 udp sport 53253 udp dport 25 udp length 10 @th,64,16 0x780a 
trace id 739b784c inet t pre rule meta nftrace set 1 (verdict continue)
trace id 739b784c inet t pre policy accept 
trace id 739b784c inet t dn rule udp dport 25 ip daddr 198.51.100.10 dnat ip to 192.0.2.66:26 (verdict accept)
trace id 739b784c inet t fw packet: iif "lan0" oif "wan0" ether saddr 1a:19:13:6f:da:a7 ether daddr 3a:3c:c3:e2:b3:53 ip saddr 10.10.0.5 ip daddr 192.0.2.66 ip dscp cs0 ip ecn not-ect ip ttl 63 ip id 64360 ip protocol udp ip length 30 udp sport 53253 udp dport 26 udp length 10 @th,64,16 0x780a 
trace id 739b784c inet t fw rule iifname "lan0" ip daddr 192.0.2.66 jump one (verdict jump one)
trace id 739b784c inet t fw rule udp dport 26 drop comment "no mail" (verdict drop)
trace id 2414faca inet t pre packet: iif "wan0" ether saddr b6:80:e4:f9:69:f7 ether daddr 33:33:00:00:00:16 ip6 saddr fe80::1 ip6 daddr ff02::16 ip6 nexthdr ip ip6 length 36 @th,0,160 0x8f
"""  # noqa: W291 - as nft prints them
XTABLES = """\
PACKET: 2 30051cbd IN=lan0 MACSRC=1a:19:13:6f:da:a7 MACDST=3a:3c:c3:e2:b3:53 MACPROTO=0800 SRC=10.10.0.5 DST=198.51.100.10 LEN=60 TOS=0x0 TTL=64 ID=38794 DF SPORT=46710 DPORT=25 SYN 
 TRACE: 2 30051cbd raw:PREROUTING:rule:0x2:CONTINUE  -4 -t raw -A PREROUTING -p tcp -j TRACE
 TRACE: 2 30051cbd raw:PREROUTING:policy:ACCEPT 
 TRACE: 2 30051cbd nat:PREROUTING:rule:0x2:ACCEPT  -4 -t nat -A PREROUTING -d 198.51.100.10/32 -p tcp -m tcp --dport 25 -j DNAT --to-destination 192.0.2.66:26
PACKET: 2 30051cbd IN=lan0 OUT=wan0 MACSRC=1a:19:13:6f:da:a7 MACDST=3a:3c:c3:e2:b3:53 MACPROTO=0800 SRC=10.10.0.5 DST=192.0.2.66 LEN=60 TOS=0x0 TTL=63 ID=38794 DF SPORT=46710 DPORT=26 SYN 
 TRACE: 2 30051cbd filter:FORWARD:rule:0x3:DROP  -4 -t filter -A FORWARD -p tcp -m tcp --dport 26 -m comment --comment "no mail" -j DROP
"""  # noqa: W291 - as xtables-monitor prints them
REACHED = Endpoint("192.0.2.66", 26)


def only(text: str) -> Traced:
    told = tell(Reader("trace.txt"), text)
    (traced,) = told.claims
    assert isinstance(traced, Traced)
    assert [] == told.unknown
    return traced


def test_nft() -> None:
    traced = only(NFT)
    led, ended = traced.led_to(REACHED), traced.discarded_by()

    assert (UDP, "10.10.0.5:53253 > 198.51.100.10:25", REACHED) == (
        traced.protocol,
        str(traced.first),
        traced.last.destination,
    )
    assert led is not None
    assert (4, "t dn", "udp dport 25 ip daddr 198.51.100.10 dnat ip to 192.0.2.66:26") == led[:3]
    assert ended is not None
    assert (7, "t fw", 'udp dport 26 drop comment "no mail"') == ended[:3]


def test_xtables() -> None:
    traced = only(XTABLES)
    led, ended = traced.led_to(REACHED), traced.discarded_by()

    assert (TCP, "10.10.0.5:46710 > 198.51.100.10:25") == (traced.protocol, str(traced.first))
    assert led is not None
    assert (4, "nat PREROUTING") == led[:2]
    assert led.text.endswith("-j DNAT --to-destination 192.0.2.66:26")
    assert ended is not None
    assert (6, "filter FORWARD", '-A FORWARD -p tcp -m tcp --dport 26 -m comment --comment "no mail" -j DROP') == ended[
        :3
    ]


def test_packets_are_given_up_in_order() -> None:
    lines = [NFT.splitlines()[0].replace("739b784c", f"{n:x}") for n in range(MAX_OPEN + 3)]

    assert MAX_OPEN + 3 == len(tell(Reader("trace.txt"), lines).claims)


def test_foreign_lines_are_told() -> None:
    assert [1, 2] == tell(Reader("trace.txt"), ["hello", "trace id x"]).unknown


@given(st.text() | st.from_regex(r"trace id [0-9a-f]+ ip t c (packet:|rule|policy).*", fullmatch=True))
def test_hostile_lines_raise_nothing(line: str) -> None:
    tell(Reader("trace.txt"), [line, *NFT.splitlines(), line])

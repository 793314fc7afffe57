"""Random rules on a real router: the rules that we say decide are those that the kernel counted. Needs root."""

import contextlib
import random
from collections.abc import Iterator

import pytest

from tests.firewall.kernel import CLIENT, MEANT, OTHER, Router, counted, fates, negated, some
from tests.lab.requirements import missing
from tests.lab.shell import LabError
from tests.witnesses.told import Told, tell
from wiretruth.model.ruleset import RuleSet
from wiretruth.witnesses import iptables_save, nft_json, nft_ruleset

REASONS = missing()
pytestmark = [pytest.mark.lab, pytest.mark.skipif(bool(REASONS), reason="; ".join(REASONS) or "the lab can run")]
ROUNDS = 30


@pytest.fixture(scope="module")
def router() -> Iterator[Router]:
    with Router() as made:
        yield made


ADDRESSES = [MEANT, CLIENT, OTHER, "198.51.100.0/24", "192.0.2.0/24", "0.0.0.0/0", "198.0.100.10/255.0.255.255"]


def source(chance: random.Random) -> str:
    return f"{negated(chance, '', '!')} -s {chance.choice(ADDRESSES[:5])}"


def destination(chance: random.Random) -> str:
    return f"{negated(chance, '', '!')} -d {chance.choice(ADDRESSES)}"


def ports(chance: random.Random) -> str:
    sign = negated(chance, "", "!")
    return "-p udp -m " + chance.choice((
        f"udp {sign} --dport {chance.choice(('25', '20:30', '26', ':24'))}",
        f"multiport {sign} --dports {chance.choice(('25,587', '587,20:30', '465,587'))}",
        f"multiport {sign} --ports 25,26",
    ))  # fmt: skip


def interface(chance: random.Random) -> str:
    return f"{negated(chance, '', '!')} -i {chance.choice(('lan0', 'lan+', 'wan0'))}"


def state(chance: random.Random) -> str:
    sign = negated(chance, "", "!")
    return chance.choice((
        f"-m conntrack {sign} --ctstate {chance.choice(('NEW', 'ESTABLISHED', 'NEW,RELATED', 'DNAT', 'INVALID'))}",
        f"-m conntrack {sign} --ctorigdst {chance.choice((MEANT, OTHER))}",
        "-m conntrack --ctdir ORIGINAL",
        "-m state --state NEW",
        f"-m iprange {sign} --dst-range 198.51.100.1-198.51.100.20",
        '-m comment --comment "-j DROP"',
    ))  # fmt: skip


def protocol(chance: random.Random) -> str:
    return f"{negated(chance, '', '!')} -p {chance.choice(('udp', 'tcp', '17'))}"


MAKERS = (source, destination, ports, interface, state)


def rule(chance: random.Random, chain: str, targets: tuple[str, ...]) -> str:
    makers = tuple(m for m in MAKERS if m is not interface) if chain == "POSTROUTING" else MAKERS
    return f"-A {chain} {some(chance, *makers) or protocol(chance)} {chance.choice(targets)}"


def tables(chance: random.Random) -> str:
    usual = ("-j ACCEPT", "-j ACCEPT", "-j DROP", "-j RETURN", "-j one", "-g one", "-j two", "-g two")
    inner = ("-j ACCEPT", "-j RETURN", "-g two", "-j two")
    last = ("-j ACCEPT", "-j RETURN", "-j DROP")
    dnat = (
        f"-j DNAT --to-destination {OTHER}",
        "-j DNAT --to-destination 192.0.2.60-192.0.2.60",
        "-j ACCEPT",
        "-j RETURN",
        "-j one",
    )
    snat = ("-j MASQUERADE", "-j SNAT --to-source 203.0.113.1", "-j RETURN", "-j ACCEPT")
    lines: list[str] = []
    for name, chains, targets in (
        ("raw", ("PREROUTING",), ("-j ACCEPT", "-j RETURN", "-j CT --notrack", "-j one")),
        ("mangle", ("PREROUTING", "FORWARD", "POSTROUTING"), usual),
        ("nat", ("PREROUTING",), dnat),
        ("filter", ("FORWARD",), usual),
    ):
        lines += [
            f"*{name}",
            *(
                f":{chain} {chance.choice(('ACCEPT', 'ACCEPT', 'ACCEPT', 'DROP')) if name == 'filter' else 'ACCEPT'} [0:0]"
                for chain in chains
            ),
        ]
        lines += [":one - [0:0]", ":two - [0:0]"]
        lines += [rule(chance, chain, targets) for chain in chains for _ in range(chance.randint(0, 4))]
        deeper = dnat[:4] if name == "nat" else inner
        lines += [rule(chance, "one", deeper) for _ in range(chance.randint(0, 3))]
        lines += [rule(chance, "two", dnat[:4] if name == "nat" else last) for _ in range(chance.randint(0, 3))]
        if name == "nat":
            lines += [":POSTROUTING ACCEPT [0:0]", *(rule(chance, "POSTROUTING", snat) for _ in range(2))]
        lines.append("COMMIT")
    return "\n".join(lines) + "\n"


def load(router: Router, chance: random.Random) -> None:
    """Load random tables; what iptables itself refuses is made anew."""
    while True:
        with contextlib.suppress(LabError):
            router.run("iptables-restore", text=tables(chance))
            return


def only(told: Told) -> RuleSet:
    (rules,) = told.claims
    assert isinstance(rules, RuleSet)
    assert [] == told.unknown
    return rules


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_iptables(router: Router, seed: int) -> None:
    router.run("nft", "flush", "ruleset")
    load(router, random.Random(seed))
    router.send()
    saved = router.run("iptables-save", "-c")
    rules = only(tell(iptables_save.Reader("rules.txt"), saved))

    assert counted(rules) == fates(rules), saved


CONDITIONS = [
    f"ip saddr {CLIENT}", f"ip daddr != {OTHER}", "ip daddr 198.51.100.0/24", f"ip daddr {{ {MEANT}, 192.0.2.0/24 }}",
    f"ip daddr != {{ {MEANT}, {OTHER} }}", "ip daddr @known", "ip saddr != @known", "udp dport 25", "udp dport != 20-30",
    "udp dport { 25, 587 }", "th dport 1-30", "tcp dport 25", "tcp dport != 25", "meta l4proto udp", "meta l4proto { tcp, udp }",
    "meta l4proto != tcp", "ip protocol udp", "ip6 nexthdr udp", "meta nfproto ipv4", 'iifname "lan*"', 'iifname != "wan0"',
    'iifname { "lan0", "lan1" }', "iif lan0", "ct state new", "ct state established,related", "ct state != new",
    "ct state { new, invalid }", f"ct original ip daddr {MEANT}", "ct direction original", "ct status dnat", "ct status != dnat,snat",
    f"ip daddr . udp dport {{ {MEANT} . 25, {OTHER} . 20-30 }}", "ip daddr . udp dport @pairs", "tcp flags syn / syn,ack",
    "ip daddr & 255.0.255.255 == 198.0.100.10", "ip daddr 198.51.100.5-198.51.100.15", "meta mark 0x0",
]  # fmt: skip
UNDERSTOOD = [text for text in CONDITIONS if "&" not in text and "mark" not in text and "status !" not in text]


def nft_rule(chance: random.Random, targets: tuple[str, ...]) -> str:
    conditions = " ".join(chance.sample(UNDERSTOOD, chance.choice((0, 1, 1, 1, 2))))
    return f"{conditions} counter {chance.choice(targets)}"


def ruleset(chance: random.Random) -> str:
    verdicts = (
        "udp dport vmap { 25 : jump one, 26 : accept }",
        "ip daddr vmap @verdicts",
        "ct state vmap { new : goto two }",
    )
    usual = (
        "accept",
        "accept",
        "drop",
        "return",
        "jump one",
        "goto one",
        "jump two",
        *verdicts,
        "reject",
        "continue",
        'log prefix "x drop" accept',
    )
    last = ("accept", "return", "drop", "reject with icmpx admin-prohibited")
    dnat = (
        f"dnat ip to {OTHER}",
        "dnat ip to 192.0.2.60-192.0.2.60",
        "dnat ip to ip daddr map @hosts",
        f"dnat ip to udp dport map {{ 25 : {OTHER} }}",
        "accept",
        "return",
        f"dnat ip to {MEANT}:2525",
    )
    snat = ("masquerade", "snat ip to 203.0.113.1", "masquerade random", "return", "accept")

    def rules(number: int, targets: tuple[str, ...]) -> str:
        return "\n".join(nft_rule(chance, targets) for _ in range(chance.randint(0, number)))

    return f"""
table inet t {{
  set known {{ type ipv4_addr; flags interval; elements = {{ 198.51.100.0/24, 203.0.113.1-203.0.113.9 }} }}
  set pairs {{ type ipv4_addr . inet_service; elements = {{ {MEANT} . 25, {OTHER} . 587 }} }}
  map verdicts {{ type ipv4_addr : verdict; elements = {{ {MEANT} : {chance.choice(("accept", "drop", "jump two"))}, {OTHER} : drop }} }}
  map hosts {{ type ipv4_addr : ipv4_addr; elements = {{ {MEANT} : {OTHER} }} }}
  chain two {{ {rules(3, last)}
  }}
  chain one {{ {rules(3, (*last, "jump two", "goto two"))}
  }}
  chain early {{ type filter hook prerouting priority raw; policy accept; {rules(2, ("accept", "notrack", "return"))}
  }}
  chain marking {{ type filter hook prerouting priority mangle + 1; policy accept; {rules(3, usual)}
  }}
  chain there {{ type nat hook prerouting priority dstnat; policy accept; {rules(3, dnat)}
  }}
  chain there_too {{ type nat hook prerouting priority dstnat + 1; policy accept; {rules(2, dnat)}
  }}
  chain through {{ type filter hook forward priority filter; policy {chance.choice(("accept", "accept", "drop"))}; {rules(5, usual)}
  }}
  chain away {{ type nat hook postrouting priority srcnat; policy accept; {rules(3, snat)}
  }}
}}
"""


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_nft(router: Router, seed: int) -> None:
    chance = random.Random(seed)
    router.run("nft", "flush", "ruleset")
    while True:
        with contextlib.suppress(LabError):
            router.run("nft", "-f", "-", text=ruleset(chance))
            break
    router.send()
    listed, document = router.run("nft", "list", "ruleset"), router.run("nft", "-j", "list", "ruleset")
    rules, same = (
        only(tell(nft_ruleset.Reader("rules.txt"), listed)),
        only(tell(nft_json.Reader("rules.json"), document)),
    )

    assert counted(rules) == fates(rules), listed
    assert counted(same) == fates(same) == fates(rules), document

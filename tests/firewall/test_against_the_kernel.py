"""Random rules on a real router: the rules that we say decide are those that the kernel counted. Needs root."""

import contextlib
import random
from collections.abc import Iterator

import pytest

from tests.firewall.kernel import CLIENT, MEANT, OTHER, Router, counted, fates, negated, some
from tests.lab.requirements import missing
from tests.lab.shell import LabError
from tests.witnesses.told import tell
from wiretruth.model.ruleset import RuleSet
from wiretruth.witnesses import iptables_save

REASONS = missing()
pytestmark = [pytest.mark.lab, pytest.mark.skipif(bool(REASONS), reason="; ".join(REASONS) or "the lab can run")]
ROUNDS = 40


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


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_iptables(router: Router, seed: int) -> None:
    load(router, random.Random(seed))
    router.send()
    saved = router.run("iptables-save", "-c")
    told = tell(iptables_save.Reader("rules.txt"), saved)
    (rules,) = told.claims
    assert isinstance(rules, RuleSet)

    assert [] == told.unknown
    assert counted(rules) == fates(rules), saved

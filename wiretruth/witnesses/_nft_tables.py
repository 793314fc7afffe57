"""Tables of nftables while they are read: chains, rules and sets, until they are a rule set."""

from dataclasses import dataclass, field
from typing import Final

from wiretruth.model.ruleset import Action, Chain, Family, Hook, Match, Rule, RuleSet, Target
from wiretruth.octets import printable
from wiretruth.witnesses._nft_terms import NamedSet

MAX_RULES = 500_000
"""Rules of one file: the largest sets that clouds run have a tenth of that."""

FAMILIES: Final = {family.value: family for family in Family}
"""Those whose chains mail passes as IP packets; ``bridge``, ``netdev`` and ``arp`` are counted as missed."""

PRIORITIES: Final = {
    "raw": -300,
    "mangle": -150,
    "dstnat": -100,
    "filter": 0,
    "security": 50,
    "srcnat": 100,
}
"""nft(8): standard priority names."""

_HOOKS: Final = {hook.value: hook for hook in Hook}
_IPTABLES_TABLES: Final = frozenset({"raw", "mangle", "nat", "filter", "security"})

HIDDEN_MATCH: Final = Match("a condition that nft does not show (iptables-save does)")
HIDDEN_TARGET: Final = Target(Action.UNKNOWN, "a target that nft does not show (iptables-save does)")


@dataclass(slots=True)
class OpenChain:
    """A chain whose rules are being read."""

    table: "OpenTable"
    name: str
    line: int
    text: str
    hook: Hook | None = None
    priority: int = 0
    translates: bool = False
    policy: Action = Action.ACCEPT
    rules: list[Rule] = field(default_factory=list)

    def hang(self, kind: str, hook: str, priority: int) -> None:
        """Make it a base chain."""
        self.hook = _HOOKS.get(hook)
        self.priority = priority
        self.translates = kind == "nat"

    @property
    def of_iptables(self) -> bool:
        """iptables-nft made it: nft may show its rules only in part."""
        if self.table.family is Family.INET or self.table.name not in _IPTABLES_TABLES:
            return False
        return any(chain.hook and chain.name == chain.hook.value.upper() for chain in self.table.chains.values())


@dataclass(slots=True)
class OpenTable:
    """A table that is being read."""

    family: Family | None
    """``None``: one that IP packets do not pass."""
    name: str
    dormant: bool = False
    chains: dict[str, OpenChain] = field(default_factory=dict)
    sets: dict[str, NamedSet] = field(default_factory=dict)


def rule_set(source: str, tables: list[OpenTable], refused: int) -> RuleSet | None:
    """Give the rules of a file; ``None`` where it declares no chain."""
    chains = tuple(
        Chain(
            family=table.family,
            table=table.name,
            name=chain.name,
            line=chain.line,
            text=chain.text,
            rules=tuple(chain.rules),
            hook=None if table.dormant else chain.hook,
            priority=chain.priority,
            translates=chain.translates,
            policy=chain.policy,
        )
        for table in tables
        if table.family is not None
        for chain in table.chains.values()
    )
    others = (table.name for table in tables if table.family is None and table.chains)
    missed = [f"table {printable(name.encode(errors='replace'))} of another family" for name in others]
    if refused:
        missed.append(f"{refused} rules beyond the first {MAX_RULES}")
    return RuleSet(source, chains, tuple(missed)) if chains or missed else None

"""Tables become a rule set; those that mail does not pass are told."""

from wiretruth.model.ruleset import Action, Family, Hook
from wiretruth.witnesses._nft_tables import OpenChain, OpenTable, rule_set


def table(family: Family | None, name: str, *chains: str, dormant: bool = False) -> OpenTable:
    made = OpenTable(family, name, dormant)
    for chain in chains:
        made.chains[chain] = OpenChain(made, chain, 1, chain)
        made.chains[chain].hang("nat", "output", -100)
    return made


def test_chains_in_order() -> None:
    rules = rule_set("rules.txt", [table(Family.IP, "nat", "OUTPUT"), table(Family.IP6, "nat", "OUTPUT")], 0)

    assert rules is not None
    assert [(Family.IP, Hook.OUTPUT, True), (Family.IP6, Hook.OUTPUT, True)] == [
        (c.family, c.hook, c.translates) for c in rules.chains
    ]
    assert Action.ACCEPT is rules.chains[0].policy


def test_nothing_is_no_rule_set() -> None:
    assert None is rule_set("rules.txt", [OpenTable(Family.IP, "nat")], 0)


def test_what_was_left_out_is_told() -> None:
    rules = rule_set("rules.txt", [table(None, "b", "c"), table(Family.IP, "nat", "c", dormant=True)], 7)

    assert rules is not None
    assert ("table b of another family", "7 rules beyond the first 500000") == rules.missed
    assert None is rules.chains[0].hook


def test_chains_of_iptables_are_told_by_their_names() -> None:
    made = table(Family.IP, "nat", "OUTPUT", "own")

    assert all(chain.of_iptables for chain in made.chains.values())
    assert not table(Family.IP, "nat", "output").chains["output"].of_iptables
    assert not table(Family.INET, "nat", "OUTPUT").chains["OUTPUT"].of_iptables

"""Rule sets are given to ask until enough was asked."""

from wiretruth.ledger.rulesets import MAX_ASKED, RuleSets
from wiretruth.model.ruleset import Chain, Family, Rule, RuleSet


def rules(number: int) -> RuleSet:
    return RuleSet("rules.txt", (Chain(Family.IP, "filter", "FORWARD", 1, "", (Rule(1, "", (), ()),) * number),))


def test_every_file_is_asked() -> None:
    known = RuleSets()
    assert not known
    known.add(rules(2))
    known.add(rules(3))

    assert known
    assert list(known) == list(known.asked())


def test_asking_ends() -> None:
    known = RuleSets()
    known.add(rules(MAX_ASKED // 2))
    asked = [len(list(known.asked())) for _ in range(4)]

    assert ([1, 1, 0, 0], 2) == (asked, known.unasked)

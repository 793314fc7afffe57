"""Addresses of both families lie on one line of numbers."""

import pytest

from wiretruth.model.ruleset import IPV6_ABOVE, Chain, Family, Rule, RuleSet, address_number


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("0.0.0.0", 0),  # noqa: S104 - nobody listens there
        ("192.0.2.1", 0xC0000201),
        ("::", IPV6_ABOVE),
        ("::c000:201", IPV6_ABOVE + 0xC0000201),
    ],
)
def test_address_number(address: str, number: int) -> None:
    assert number == address_number(address)


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="mail"):
        address_number("mail")


def test_rules_are_counted_over_all_chains() -> None:
    rule = Rule(1, "-A X", (), ())
    chains = [Chain(Family.IP, "filter", name, 1, "", (rule,) * n) for name, n in (("A", 2), ("B", 3))]

    assert RuleSet("rules.txt", tuple(chains)).rules == 5

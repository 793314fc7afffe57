"""One base chain: the first rule that ends it counts; what is unknown becomes a condition."""

import pytest

from tests.firewall.made import SYN, rules, table
from wiretruth.firewall.walking import MAX_CONDITIONS, MAX_STEPS, Condition, Outcome, Walk
from wiretruth.model.ruleset import RuleSet


def outcomes(made: RuleSet) -> list[Outcome]:
    chains = {chain.name: chain for chain in made.chains}
    return list(Walk(chains, SYN).outcomes(chains["FORWARD"]))


def told(*lines: str) -> list[str]:
    """Give each outcome as action, the number of the rule among *lines* (0: the policy), and conditions."""
    made = rules(table("filter", *lines))
    first = min((rule.line for chain in made.chains for rule in chain.rules), default=0) - 1
    return [_told(outcome, first) for outcome in outcomes(made)]


def _told(outcome: Outcome, first: int) -> str:
    number = outcome.rule.line - first if outcome.rule else 0
    conditions = [f"{'' if c.holds else 'not '}{c.line - first}" for c in outcome.conditions]
    return " ".join([str(outcome.target.action), str(number), *(["if", ", ".join(conditions)] if conditions else [])])


UNKNOWN = "-m owner --uid-owner 105"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), ["accept 0"]),
        ((":FORWARD DROP [0:0]",), ["drop 0"]),
        (("FORWARD -j DROP",), ["drop 1"]),
        (("FORWARD -p udp -j DROP",), ["accept 0"]),
        (("FORWARD -j LOG", "FORWARD -p tcp", "FORWARD -j DROP", "FORWARD -j ACCEPT"), ["drop 3"]),
        (("FORWARD -p tcp -j ACCEPT", "FORWARD -j DROP"), ["accept 1"]),
        ((f"FORWARD {UNKNOWN} -j DROP",), ["drop 1 if 1", "accept 0 if not 1"]),
        ((f"FORWARD {UNKNOWN} -j ACCEPT", "FORWARD -j DROP"), ["accept 1 if 1", "drop 2 if not 1"]),
        ((f"FORWARD -p udp {UNKNOWN} -j DROP",), ["accept 0"]),
        (("FORWARD -j NFQUEUE --queue-num 0",), ["unknown 1", "accept 0 if not 1"]),
        ((":x - [0:0]", "FORWARD -j x", "x -j DROP"), ["drop 2"]),
        ((":x - [0:0]", "FORWARD -j x", "FORWARD -j DROP", "x -p udp -j ACCEPT"), ["drop 2"]),
        ((":x - [0:0]", "FORWARD -j x", "FORWARD -j DROP", "x -j RETURN", "x -j ACCEPT"), ["drop 2"]),
        ((":x - [0:0]", "FORWARD -g x", "FORWARD -j DROP", "x -p udp -j DROP"), ["accept 0"]),
        ((":x - [0:0]", ":y - [0:0]", "FORWARD -j x", "FORWARD -j DROP", "x -g y", "x -j ACCEPT", "y -p udp -j ACCEPT"), ["drop 2"]),
        (("FORWARD -j RETURN", "FORWARD -j DROP"), ["accept 0"]),
        ((":x - [0:0]", f"FORWARD {UNKNOWN} -j x", "FORWARD -j ACCEPT", "x -j DROP"), ["drop 3 if 1", "accept 2 if not 1"]),
        (
            (":x - [0:0]", "FORWARD -j x", "FORWARD -j DROP", f"x {UNKNOWN} -j ACCEPT"),
            ["accept 3 if 3", "drop 2 if not 3"],
        ),
        ((":x - [0:0]", "FORWARD -j x", "FORWARD -j DROP", f"x {UNKNOWN} -j RETURN", "x -j ACCEPT"), ["accept 4 if not 3", "drop 2 if 3"]),
        ((":x - [0:0]", "FORWARD -j x", "FORWARD -j DROP", f"x {UNKNOWN} -j RETURN", "x -p udp -j ACCEPT"), ["drop 2"]),
        ((":x - [0:0]", "FORWARD -j x", "FORWARD -j DROP", f"x {UNKNOWN} -j RETURN", "x -j RETURN"), ["drop 2"]),
    ],
)  # fmt: skip
def test_order_of_rules(lines: tuple[str, ...], expected: list[str]) -> None:
    assert expected == told(*lines)


def test_condition_says_the_line_and_the_words() -> None:
    made = rules(table("filter", f"FORWARD -p tcp {UNKNOWN} -m limit --limit 5/min -j DROP"))
    (drop, _) = outcomes(made)

    assert (Condition(6, f"{UNKNOWN} -m limit --limit 5/min", holds=True),) == drop.conditions


def test_jumps_in_a_ring_end() -> None:
    assert "unknown" in told(":x - [0:0]", "FORWARD -j x", "x -j x")[0]


def test_jumps_that_multiply_end() -> None:
    """Each chain calls the next one ten times: without a bound, 10^9 rules would be asked."""
    chains = [f":c{n} - [0:0]" for n in range(10)]
    jumps = [f"c{n} -j c{n + 1}" for n in range(9) for _ in range(10)]

    assert "unknown" in " ".join(told(*chains, "FORWARD -j c0", *jumps, "c9 -p udp -j DROP"))
    assert MAX_STEPS < 10**9


def test_conditions_do_not_grow_without_bound() -> None:
    made = rules(table("filter", *[f"FORWARD {UNKNOWN}{n} -j ACCEPT" for n in range(500)], "FORWARD -j DROP"))

    assert MAX_CONDITIONS == max(len(outcome.conditions) for outcome in outcomes(made))

"""The page of limits names bounds that exist, and what each attack meets."""

from scripts.limit_page import ATTACKS, attack_rows, bounds


def test_attacks_name_bounds_of_the_code() -> None:
    known = {f"{bound.place} {bound.name}" for bound in bounds()}

    assert set() == {name for _, held, _ in ATTACKS for name in held} - known


def test_every_attack_has_its_row() -> None:
    rows = list(attack_rows())

    assert len(ATTACKS) == len(rows)
    assert "`tally.MAX_FAULTS` 100" in "".join(rows)
    assert all(row.count("|") == 4 for row in rows)

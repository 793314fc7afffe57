"""Numbers that stand for addresses: the same for the same host however it is written, and apart for others."""

import numpy as np

from wiretruth.engine.row_numbers import address_numbers, label_numbers, mix, told_apart


def test_an_address_has_one_number() -> None:
    first, second, mapped = address_numbers(["192.0.2.1", "192.0.2.2", "::ffff:192.0.2.1"]).tolist()

    assert first == mapped
    assert first != second


def test_the_order_of_what_is_mixed_matters() -> None:
    one, other = np.array([1], np.uint64), np.array([2], np.uint64)

    assert mix(one, other).tolist() != mix(other, one).tolist()


def test_a_crowd_is_told_apart() -> None:
    crowd = {f"2001:db8:{n:x}::{n * 7 % 65_521:x}" for n in range(20_000)} | {
        f"10.0.{n >> 8}.{n & 255}" for n in range(20_000)
    }

    assert told_apart(crowd)


def test_first_labels() -> None:
    mail, capitals, root, longer = label_numbers(
        ["mail.example.net", "MAIL.example.org", ".", "mail2.example.net"]
    ).tolist()

    assert mail == capitals
    assert root == 0
    assert len({mail, root, longer}) == 3

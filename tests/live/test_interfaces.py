"""Interfaces by name and number."""

import pytest

from wiretruth.errors import WiretruthError
from wiretruth.live import interfaces


def test_loopback_is_there_under_its_name_and_number() -> None:
    number = interfaces.number("lo")

    assert number != interfaces.NOWHERE
    assert "lo" == interfaces.name(number)
    assert "lo" in interfaces.every()
    assert isinstance(interfaces.is_up("lo"), bool)


def test_what_is_gone_keeps_its_number_for_a_name() -> None:
    assert "if99999999" == interfaces.name(99_999_999)


def test_any_is_no_choice() -> None:
    assert () == interfaces.numbers(["lo", "any"])
    assert (interfaces.number("lo"), interfaces.NOWHERE) == interfaces.numbers(["lo", "none0"])


def test_what_is_not_there_is_refused() -> None:
    interfaces.check(["any", "lo"])
    with pytest.raises(WiretruthError, match=r"there is no interface 'none0' here; there are .*lo"):
        interfaces.check(["none0"])
    assert not interfaces.is_up("none0")

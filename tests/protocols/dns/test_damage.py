"""Damage between readers becomes a value."""

from wiretruth.model.frames import Fault
from wiretruth.protocols.dns.damage import FormatError


def test_error_becomes_a_fault_in_the_part_that_was_read() -> None:
    error = FormatError(12, "a label", "nothing")

    assert error.at("dns question 1") == Fault("dns question 1", 12, "a label", "nothing")

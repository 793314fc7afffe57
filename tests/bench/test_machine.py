"""A machine is described by what it can do, never by its name."""

import platform

from bench import machine


def test_nothing_names_the_machine() -> None:
    lines = list(machine.described())

    assert 3 == len(lines)
    assert platform.python_version() in lines[2]
    assert [] == [line for line in lines if platform.node() and platform.node() in line]


def test_load() -> None:
    assert machine.load() >= 0

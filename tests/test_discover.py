"""Plug rooms are found by looking: public modules, in the order of their names, helpers left out."""

from pathlib import Path

import pytest

import wiretruth
from wiretruth import discover, rules


@pytest.mark.parametrize("room", ["rules", "reports", "wire.links"])
def test_modules_are_the_public_files_of_the_room(room: str) -> None:
    folder = Path(wiretruth.__file__).parent.joinpath(*room.split("."))
    expected = sorted(p.stem for p in folder.glob("[!_]*.py")) + sorted(
        p.parent.name for p in folder.glob("[!_]*/__init__.py")
    )

    assert sorted(f"wiretruth.{room}.{name}" for name in expected) == [
        m.__name__ for m in discover.modules(f"wiretruth.{room}")
    ]


def test_names_are_in_order_and_without_helpers() -> None:
    names = discover.names(rules)

    assert sorted(names) == names
    assert [] == [name for name in names if name.startswith("_")]


def test_looking_twice_finds_the_same() -> None:
    assert discover.modules("wiretruth.rules") is discover.modules("wiretruth.rules")


def test_what_is_loaded_is_known() -> None:
    assert (True, False) == (discover.loaded("pathlib"), discover.loaded("wiretruth.no_such_room"))

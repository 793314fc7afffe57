"""Modules: those of a plug room, found by looking, in the order of their names (no central list to edit); and what is loaded."""

import functools
import importlib
import pkgutil
import sys
from types import ModuleType


@functools.cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """Import every public module and package of *package* (a dotted name), in alphabetical order.

    Names that begin with an underscore are helpers and left out.
    """
    room = importlib.import_module(package)
    return tuple(importlib.import_module(f"{package}.{name}") for name in names(room))


def names(room: ModuleType) -> list[str]:
    """List the public modules of a package without importing them."""
    return sorted(info.name for info in pkgutil.iter_modules(room.__path__) if not info.name.startswith("_"))


def loaded(module: str) -> bool:
    """Tell whether *module* (a dotted name) has been imported already: using it then costs nothing more."""
    return module in sys.modules

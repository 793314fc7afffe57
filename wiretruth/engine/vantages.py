"""Names for the places where one input's packets were seen."""

from collections.abc import Callable

from wiretruth.model.frames import Interface, Vantage

MAX_VANTAGES = 1024
"""Vantages of one input: no host has more interfaces that carry mail; what comes beyond shares one, and is counted."""


class Vantages:
    """The vantages of one input: the input itself, or each interface that it tells apart."""

    def __init__(self, label: str, path: str) -> None:
        """Begin with the input's own label.

        Args:
            label: unique among the inputs.
            path: the input as the user named it.
        """
        self._label = label
        self._path = path
        self.crowded_out = 0
        """Interfaces beyond the bound."""
        self._naming: dict[int, Callable[[int | None], str]] = {}
        self._known: dict[tuple[int, int | None], str] = {}
        self._by_name: dict[tuple[str, int], str] = {}
        self._named: dict[str, Vantage] = {}

    def naming(self, index: int, interfaces: tuple[Interface, ...]) -> Callable[[int | None], str]:
        """Give the function that names the vantage of a frame on interface *index* by its kernel interface index.

        Args:
            index: into *interfaces*, counted over all sections of the input.
            interfaces: described before the frame was.
        """
        naming = self._naming.get(index)
        if naming is None:

            def vantage_of(kernel_index: int | None) -> str:
                label = self._known.get((index, kernel_index))
                return label if label is not None else self._add(index, kernel_index, interfaces)

            naming = self._naming[index] = vantage_of
        return naming

    def _add(self, index: int, kernel_index: int | None, interfaces: tuple[Interface, ...]) -> str:
        if len(self._known) >= MAX_VANTAGES:
            self.crowded_out += 1
            return self._label_for("others")
        label = self._known[index, kernel_index] = self._name(index, kernel_index, interfaces)
        return label

    def _name(self, index: int, kernel_index: int | None, interfaces: tuple[Interface, ...]) -> str:
        if kernel_index is not None:
            return self._label_for(f"if{kernel_index}")
        name = interfaces[index].name
        several = len(interfaces) > 1 or index > 0
        if name is None:
            return self._label_for(f"interface{index}" if several else None)
        same = _namesakes(index, interfaces)
        if (name, same) not in self._by_name:
            suffix = f"{name}.{same + 1}" if same else name
            self._by_name[name, same] = self._label_for(suffix if several else None, name)
        return self._by_name[name, same]

    def _label_for(self, suffix: str | None, name: str | None = None) -> str:
        label = f"{self._label}#{suffix}" if suffix else self._label
        if label not in self._named:
            self._named[label] = Vantage(label, self._path, suffix or name)
        return label

    def labels(self) -> list[str]:
        """Give the labels of the vantages met so far."""
        return list(self._named)

    def all(self) -> tuple[Vantage, ...]:
        """Give the vantages met so far, in the order of their first frame."""
        return tuple(self._named.values())


def _namesakes(index: int, interfaces: tuple[Interface, ...]) -> int:
    """Count the interfaces of the same section that come before and have the same name: mergecap keeps other hosts' names.

    Across sections a name is the same interface, captured on.
    """
    this = interfaces[index]
    return sum((one.name, one.section) == (this.name, this.section) for one in interfaces[:index])

"""Names for the places where one input's packets were seen."""

from collections.abc import Callable

from wiretruth.model.frames import Interface, Vantage


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
        self._known: dict[tuple[int, int | None], str] = {}
        self._named: dict[str, Vantage] = {}

    def naming(self, index: int, interfaces: tuple[Interface, ...]) -> Callable[[int | None], str]:
        """Give the function that names the vantage of a frame on interface *index* by its kernel interface index."""

        def vantage_of(kernel_index: int | None) -> str:
            label = self._known.get((index, kernel_index))
            if label is None:
                label = self._name(index, kernel_index, interfaces)
                self._known[index, kernel_index] = label
            return label

        return vantage_of

    def _name(self, index: int, kernel_index: int | None, interfaces: tuple[Interface, ...]) -> str:
        name = None
        if kernel_index is not None:
            name = f"if{kernel_index}"
        elif len(interfaces) > 1 or index:
            name = interfaces[index].name or f"interface{index}"
        label = f"{self._label}#{name}" if name else self._label
        self._named[label] = Vantage(label, self._path, name)
        return label

    def all(self) -> tuple[Vantage, ...]:
        """Give the vantages met so far, in the order of their first frame."""
        return tuple(self._named.values())

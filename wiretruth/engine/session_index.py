"""Where each connection is that may go on: by its ends, and by its first sequence number."""

from collections.abc import Iterator


class SessionIndex:
    """Hashes of ends, and what stands for them; one connection for each."""

    def __init__(self) -> None:
        """Begin empty."""
        self._refs: dict[int, int] = {}
        self._by_isn: dict[int, int | set[int]] = {}

    def __len__(self) -> int:
        return len(self._refs)

    def get(self, hashed: int) -> int | None:
        """Give what stands for a connection."""
        return self._refs.get(hashed)

    def all(self, hashes: list[int], default: int) -> list[int]:
        """Give the same of some, and *default* for those that are not known."""
        refs = self._refs
        return [refs.get(hashed, default) for hashed in hashes]

    def add(self, hashed: int, client_isn: int, ref: int) -> None:
        """Note a connection that began with a number."""
        self._refs[hashed] = ref
        known = self._by_isn.setdefault(client_isn, hashed)
        if isinstance(known, set):
            known.add(hashed)
        elif known != hashed:
            self._by_isn[client_isn] = {known, hashed}

    def move(self, hashed: int, ref: int) -> None:
        """Let something else stand for a connection."""
        self._refs[hashed] = ref

    def drop(self, hashed: int, client_isn: int) -> None:
        """Forget a connection."""
        del self._refs[hashed]
        known = self._by_isn.get(client_isn)
        if isinstance(known, set):
            known.discard(hashed)
        if not isinstance(known, set) or not known:
            self._by_isn.pop(client_isn, None)

    def named(self, client_isn: int) -> Iterator[int]:
        """Give what stands for those that began with a number."""
        found = self._by_isn.get(client_isn, ())
        yield from [self._refs[hashed] for hashed in ((found,) if isinstance(found, int) else tuple(found))]

    def clear(self) -> None:
        """Forget all."""
        self._refs.clear()
        self._by_isn.clear()

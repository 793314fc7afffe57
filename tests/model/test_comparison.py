"""What was compared."""

from wiretruth.model.comparison import Comparison, Entry, Hunk, Mark

ONE, OTHER = (Entry(Mark.BOTH, "mail.example.net", address, "") for address in ("192.0.2.1", "192.0.2.2"))


def test_every_entry_of_every_hunk() -> None:
    hunks = tuple(Hunk("10.10.0.5", "example.net", "", (entry,)) for entry in (ONE, OTHER))

    assert (ONE, OTHER) == Comparison(hunks).entries
    assert () == Comparison(()).entries

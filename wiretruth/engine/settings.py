"""What a run is asked to do: passed in, never global."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of one run."""

    start: int | None = None
    """Frames before this are passed over; nanoseconds since the Unix epoch."""
    end: int | None = None
    """Frames after this are passed over."""
    hosts: tuple[str, ...] = ()
    """Addresses, networks or names: the report is only about mail, lookups and findings that concern one of them."""
    every_connection: bool = False
    """Keep connections that have nothing to do with mail for the record list ``connections``."""
    every_lookup: bool = False
    """Keep lookups that have nothing to do with mail for the record list ``lookups``."""
    every_delivery: bool = True
    """Keep mail with which nothing was wrong for the record lists ``connections``, ``dialogues`` and ``deliveries``, and to
    tell its story; otherwise it is counted."""
    digests: bool = True
    """Take the SHA-256 of what was said, for the record list ``dialogues``; it costs as much as reading the mail."""
    headers: bool = False
    """Keep the header sections of messages, to show them; the rest of a message never is kept."""
    frame_by_frame: bool = False
    """Never decode by columns: slower, and the same report (tests hold both to it)."""

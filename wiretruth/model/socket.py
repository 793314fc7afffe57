"""What the kernel's socket table says: the application's view of a connection, and whose socket it is."""

from dataclasses import dataclass

from wiretruth.model.packet import Endpoint


@dataclass(frozen=True, slots=True)
class SocketOwner:
    """One TCP socket. Its remote end is the one that the application asked for, before any translation of its host."""

    source: str
    """The file, as the user named it."""
    line: int
    state: str
    """As ``ss`` names it: ``ESTAB``, ``SYN-SENT``, ``LISTEN`` …"""
    local: Endpoint
    remote: Endpoint
    """Port 0 for a listening socket."""
    process: str | None = None
    """Name of the program, escaped; ``None`` where the table does not say."""
    pid: int | None = None
    uid: int | None = None
    """``None`` where the table does not say (``ss`` leaves root out)."""

    @property
    def owner(self) -> str:
        """Say whose socket it is: ``smtp (pid 4711)``, ``uid 105``, or nothing."""
        if self.process is not None:
            return self.process if self.pid is None else f"{self.process} (pid {self.pid})"
        return "" if self.uid is None else f"uid {self.uid}"

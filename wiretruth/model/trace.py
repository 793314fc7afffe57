"""What a firewall's own trace says: which rules one packet met, and what became of it."""

from dataclasses import dataclass
from typing import NamedTuple

from wiretruth.model.packet import Endpoint
from wiretruth.model.translation import FlowTuple


class TraceStep(NamedTuple):
    """A rule, or a policy, that decided something about the packet."""

    line: int
    place: str
    """Table and chain: ``filter FORWARD``."""
    text: str
    """The rule, verbatim; ``policy`` where the chain's policy decided."""
    verdict: str
    """``drop``, ``accept``, ``continue`` …, in lower case."""
    before: FlowTuple
    """The packet as it came to it."""


@dataclass(frozen=True, slots=True)
class Traced:
    """One packet on its way through the rules."""

    source: str
    """The file, as the user named it."""
    protocol: int
    first: FlowTuple
    """The packet as it came in."""
    steps: tuple[TraceStep, ...]
    last: FlowTuple
    """The packet as it was last seen, behind what translated it."""

    def discarded_by(self) -> TraceStep | None:
        """Give the step that ended it, without a word to its sender or with one."""
        return next((step for step in self.steps if step.verdict == "drop"), None)

    def led_to(self, destination: Endpoint) -> TraceStep | None:
        """Give the step behind which it went to *destination*; ``None`` where it never did, or always had."""
        if self.last.destination != destination or self.first.destination == destination:
            return None
        before = [step for step in self.steps if step.before.destination != destination and step.text != "policy"]
        return before[-1] if before else None

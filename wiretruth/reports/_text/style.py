"""Colours, by meaning. They repeat what the words say and never say anything alone."""

from typing import Final

from wiretruth.model.delivery import DeliveryOutcome
from wiretruth.model.finding import Severity

GOOD: Final = "green"
BAD: Final = "red"
DOUBTFUL: Final = "yellow"
QUIET: Final = "dim"

SEVERITY: Final = {Severity.INFO: "bold cyan", Severity.WARNING: "bold yellow", Severity.CRITICAL: "bold red"}
OUTCOME: Final = {
    DeliveryOutcome.ACCEPTED: GOOD,
    DeliveryOutcome.DEFERRED: DOUBTFUL,
    DeliveryOutcome.REJECTED: BAD,
    DeliveryOutcome.UNKNOWN: DOUBTFUL,
}

"""What each vantage could see: the measure against which every claim of silence is weighed."""

from collections.abc import Iterable

from wiretruth.model.statements import Survey

COINCIDENCE = 0.01
"""Capture loss explains a silence "as well" when it alone would produce it more often than once in a hundred times."""


class Visibility:
    """Surveys by vantage, and who was seen to get replies where."""

    def __init__(self) -> None:
        self._surveys: dict[str, Survey] = {}
        self._replied: set[tuple[str, str]] = set()

    def add(self, survey: Survey) -> None:
        """Remember what a vantage could see."""
        self._surveys[survey.vantage] = survey

    def saw_reply(self, vantage: str, address: str) -> None:
        """Remember that packets to *address* pass this vantage."""
        self._replied.add((vantage, address))

    def sees_replies_to(self, vantage: str, address: str) -> bool:
        """Tell whether any packet to *address* was seen there: without one, silence may be a one-sided capture."""
        return (vantage, address) in self._replied

    def survey(self, vantage: str) -> Survey | None:
        """Give the survey of one vantage, if it is known."""
        return self._surveys.get(vantage)

    def surveys(self) -> Iterable[Survey]:
        """Give every survey, in the order of the inputs."""
        return self._surveys.values()

    def ends(self, vantage: str) -> int:
        """Give the time of the last packet of a vantage."""
        survey = self._surveys.get(vantage)
        return survey.last if survey else 0

    def watched_from(self, vantage: str) -> int:
        """Give the first moment at which a vantage is known to have been watching: the first frame of its input."""
        survey = self._surveys.get(vantage)
        return survey.watched_from if survey else 0

    def watched_until(self, vantage: str) -> int:
        """Give the last moment at which a vantage is known to have been watching: the last frame of its input."""
        survey = self._surveys.get(vantage)
        return survey.watched_until if survey else 0

    def loss(self, vantage: str) -> float:
        """Give the share of packets that this vantage is known to have missed, 0.0 to 1.0."""
        survey = self._surveys.get(vantage)
        if survey is None:
            return 0.0
        return max(survey.loss, self._kernel_loss(survey))

    def _kernel_loss(self, survey: Survey) -> float:
        """The capturing host counts what it dropped for the whole input, of all its vantages."""
        dropped = survey.kernel_drops or 0
        if not dropped:
            return 0.0
        seen = sum(s.packets for s in self._surveys.values() if s.path == survey.path)
        return dropped / (seen + dropped)

    def loss_explains(self, vantage: str, packets: int) -> bool:
        """Tell whether the capture's own loss explains as well that *packets* packets in a row were not seen."""
        return self.loss(vantage) ** max(packets, 1) > COINCIDENCE

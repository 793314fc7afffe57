"""Mail logs for scenes: lines as Postfix writes them, at the time of the scene, and the report that holds both together."""

from datetime import UTC, datetime, tzinfo
from typing import Final

from tests.rules.scene import MX1, SECOND, Scene, batch
from wiretruth.engine.analysis import Analysis
from wiretruth.engine.log_reading import LogReading
from wiretruth.engine.yielded import Ending
from wiretruth.model.finding import Finding
from wiretruth.model.log import JudgedLine, Verdict
from wiretruth.model.report import Report

OK: Final = "250 2.0.0 Ok: queued as 9A1B2C3D4E"


class Logbook:
    """Written while a scene plays."""

    def __init__(
        self, scene: Scene, *, zone: int = 0, wrong: float = 0.0, host: str = "mta", label: str = "mail.log"
    ) -> None:
        """Begin an empty log.

        Args:
            scene: tells the time.
            zone: hours east of UTC that the log's clock shows.
            wrong: seconds that it is ahead.
            host: who writes.
            label: of the log.
        """
        self.lines: list[str] = []
        self.label = label
        self._scene = scene
        self._host = host
        self._ahead = zone * 3600 + wrong

    def write(self, daemon: str, message: str) -> int:
        """Write a line; give its number."""
        moment = datetime.fromtimestamp(self._scene.now / SECOND + self._ahead, UTC)
        stamp = f"{moment:%b} {moment.day:2d} {moment:%H:%M:%S}"
        self.lines.append(f"{stamp} {self._host} postfix/{daemon}[7]: {message}")
        return len(self.lines)

    def sent(
        self,
        to: str = "bob@example.net",
        address: str = MX1,
        reply: str = OK,
        *,
        port: int = 25,
        delays: str = "0/0/0/0",
    ) -> int:
        """Say that a message was sent."""
        return self._result(to, f"mail1.example.net[{address}]:{port}", delays, "2.0.0", "sent", reply)

    def deferred(
        self, words: str, to: str = "bob@example.net", *, address: str | None = None, delays: str = "0/0/0/0"
    ) -> int:
        """Say that a message was put off; *address* where the host was reached."""
        relay = f"mail1.example.net[{address}]:25" if address else "none"
        return self._result(to, relay, delays, "4.4.1", "deferred", words)

    def _result(self, to: str, relay: str, delays: str, dsn: str, status: str, words: str) -> int:
        return self.write(
            "smtp",
            f"F13F273B: to=<{to}>, relay={relay}, delay=1, delays={delays}, dsn={dsn}, status={status} ({words})",
        )


def report(scene: Scene, *logs: Logbook, zone: tzinfo | None = None) -> Report:
    """Read what the taps saw and what the logs say."""
    analysis = Analysis()
    for tap, frames in scene.frames.items():
        analysis.open(tap, f"{tap}.pcap")
        analysis.receive(batch(frames))
        analysis.close(Ending("pcap", (), scene.cut_off, scene.kernel_drops))
    for log in logs:
        reading = LogReading(analysis.log_settings(zone), log.label, log.label)
        reading.receive([line.encode() for line in log.lines])
        analysis.add_log(reading.finish())
    return analysis.finish()


def judged(scene: Scene, log: Logbook) -> list[JudgedLine]:
    """Give every line that claims something."""
    return list(report(scene, log).lines)


def verdicts(scene: Scene, log: Logbook) -> list[tuple[int, str]]:
    """Give number and verdict of every line, with the reason or what differs behind it."""
    told = sorted(judged(scene, log), key=lambda x: x.claim.line.number)
    return [(x.claim.line.number, _words(x)) for x in told]


def _words(x: JudgedLine) -> str:
    if x.verdict is Verdict.CONFIRMED:
        return "confirmed"
    return f"{x.verdict}: {x.differs or x.reason}"


def findings(scene: Scene, log: Logbook, code: str) -> list[Finding]:
    """Give the findings of one code."""
    return [f for f in report(scene, log).findings if f.code == code]

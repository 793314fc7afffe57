"""Which reply belongs to which command: first in, first out (RFC 5321 §4.1.1, RFC 2920), until octets are missing.

Where a gap may have swallowed commands or replies, order proves nothing. Then a reply is paired only where its code
can answer one command alone (354 to DATA, 334 to AUTH …), or where a single command waits; else it stays unpaired.
"""

from collections import defaultdict
from dataclasses import dataclass

from wiretruth.model.smtp import Command, Exchange, Reply, Step
from wiretruth.protocols.smtp.transactions import Draft, Recipient

MAX_WAITING = 20_000
"""Commands that may wait for a reply: as many as events are kept. A client that sends more without a reply is flooding."""

DISTINCTIVE = {354: Step.DATA, 220: Step.STARTTLS, 221: Step.QUIT, 334: Step.AUTH, 235: Step.AUTH}
"""Codes that answer one kind of command only (RFC 5321 §4.3.2, RFC 3207 §4, RFC 4954 §4)."""

OF_AUTH = frozenset({235, 334, 432, 534, 535, 538})
"""Codes that only AUTH gets (RFC 4954 §6, RFC 2554 §6), whichever command they seem to answer."""

_ACCEPTS = {
    Step.BANNER: {220},
    Step.EHLO: {250},
    Step.STARTTLS: {220},
    Step.AUTH: {235, 334},
    Step.MAIL: {250},
    Step.RCPT: {250, 251, 252},
    Step.DATA: {250, 354},
    Step.END_OF_DATA: {250},
    Step.QUIT: {221},
}
"""Codes below 400 that a command may get; those above may answer anything."""

_REFUSALS = 400
_BLANK_LINE_CODES = range(500, 504)
_NO_GREETING = ("1", "2")
"""RFC 3463 subjects (address, mailbox) of which a greeting cannot speak."""


@dataclass(slots=True, eq=False)
class Asked:
    """Something that a reply may answer."""

    step: Step
    command: Command | None
    at: int
    frame: int
    reply: Reply | None = None
    draft: Draft | None = None
    recipient: Recipient | None = None
    waits: bool = False
    """It is among those that wait."""
    veiled: bool = False
    """Its argument is withheld, so its reply must not repeat it."""
    optional: bool = False
    """A blank line: some servers complain, others take no notice."""
    end: "Asked | None" = None
    """For DATA: the end of its text, if that was sent."""
    void: bool = False
    """It turned out that the server never took it for what it was meant to be."""


class Pairing:
    """The commands of a dialogue, and those among them that wait."""

    __slots__ = (
        "_all",
        "_banner",
        "_began_later",
        "_counts",
        "_doubt",
        "_heard",
        "_lost_replies",
        "_noise",
        "_waiting",
    )

    def __init__(self, at: int, frame: int) -> None:
        self._banner = Asked(Step.BANNER, None, at, frame, waits=True)
        self._all = [self._banner]
        self._waiting = [self._banner]
        self._counts: dict[Step, int] = defaultdict(int)
        self._counts[Step.BANNER] = 1
        self._began_later = False
        self._heard = False
        """A reply was seen."""
        self._doubt = False
        self._lost_replies = False
        self._noise = False

    @property
    def idle(self) -> bool:
        """Nothing waits for a reply."""
        return not self._waiting

    def waits(self, step: Step) -> bool:
        """Tell whether something of this step waits."""
        return self._counts[step] > 0

    def expect(self, asked: Asked, *, keep: bool) -> None:
        """Something was asked; *keep* it for the list of exchanges."""
        waiting = self._waiting
        if not self._heard and len(waiting) == 1 and asked.step is not Step.EHLO:
            self.begin_later()
        if len(waiting) >= MAX_WAITING:
            self._doubt = True
            return
        waiting.append(asked)
        asked.waits = True
        self._counts[asked.step] += 1
        if keep:
            self._all.append(asked)

    def begin_later(self) -> None:
        """No client begins so: the capture began behind the greeting. Only a 220 will say otherwise."""
        if not self._heard and self._waiting and self._waiting[0] is self._banner:
            self._drop_banner()
            self._began_later = True

    def completed(self, asked: Asked, at: int, frame: int) -> None:
        """The last chunk of BDAT is complete: from now on its command awaits the verdict on the message."""
        if asked.waits:
            self._counts[asked.step] -= 1
            self._counts[Step.END_OF_DATA] += 1
        asked.step, asked.at, asked.frame = Step.END_OF_DATA, at, frame

    def doubt(self, *, replies_lost: bool) -> None:
        """Octets are missing: commands, or replies."""
        self._doubt = True
        self._lost_replies |= replies_lost

    def expect_noise(self) -> None:
        """Replies will come to what was no command: only a distinctive code tells where they end."""
        self._doubt = self._noise = True

    def match(self, code: int, enhanced: str | None) -> Asked | None:
        """Find what a reply answers, and take it off the queue."""
        if not self._heard:
            self._heard = True
            if self._is_greeting(code, enhanced):
                return self._greet()
            if self._waiting and self._waiting[0] is self._banner:
                self._drop_banner()
        waiting = self._waiting
        if waiting and (waiting[0].void or waiting[0].optional):
            self._pass_silent(code)
        if not waiting:
            return None
        if self._doubt or (code == 354 and waiting[0].step is not Step.DATA):  # noqa: PLR2004 - RFC 5321's own number
            found = self._settle(DISTINCTIVE.get(code))
            if found or self._doubt:
                return found or self._only_one(code)
        asked = waiting.pop(0)
        asked.waits = False
        self._counts[asked.step] -= 1
        return asked

    def exchanges(self) -> tuple[Exchange, ...]:
        """Give all that was asked, in order, with the replies."""
        asked = [a for a in self._all if not a.void and (a.reply is not None or not a.optional)]
        return tuple([Exchange(a.step, a.command, a.at, a.frame, a.reply) for a in asked])

    def _is_greeting(self, code: int, enhanced: str | None) -> bool:
        next_step = next((a.step for a in self._waiting if a is not self._banner), None)
        if code == 220:  # noqa: PLR2004 - RFC 5321's own number
            return next_step is not Step.STARTTLS
        if (
            self._began_later
            or code < _REFUSALS
            or code in OF_AUTH
            or (enhanced and enhanced.split(".")[1] in _NO_GREETING)
        ):
            return False
        return next_step is None or (next_step is Step.EHLO and code in (421, 554))

    def _greet(self) -> Asked:
        if self._waiting and self._waiting[0] is self._banner:
            self._take()
        else:
            self._all.insert(0, self._banner)
        return self._banner

    def _drop_banner(self) -> None:
        """The capture began behind the greeting."""
        self._take()
        self._all.remove(self._banner)

    def _take(self) -> Asked:
        asked = self._waiting.pop(0)
        asked.waits = False
        self._counts[asked.step] -= 1
        return asked

    def _pass_silent(self, code: int) -> None:
        waiting = self._waiting
        while waiting and (waiting[0].void or (waiting[0].optional and code not in _BLANK_LINE_CODES)):
            self._take()

    def _settle(self, step: Step | None) -> Asked | None:
        """Pair by what only one kind of command gets; what waited before it lost its reply."""
        if step is None or not self.waits(step):
            return None
        self._doubt = self._lost_replies = self._noise = False
        while (asked := self._take()).step is not step:
            pass
        return asked

    def _only_one(self, code: int) -> Asked | None:
        if len(self._waiting) != 1 or self._noise:
            return None
        step = self._waiting[0].step
        if code < _REFUSALS and code not in _ACCEPTS.get(step, (code,)):
            return None
        if step is Step.EHLO and self._lost_replies:  # what is left of the reply may lack extensions
            return None
        self._doubt = self._lost_replies = False
        return self._take()

"""Mail transactions as they build up (RFC 5321 §3.3): drafts that replies fill in later."""

from dataclasses import dataclass, field

from wiretruth.model.smtp import ForwardPath, Reply, Transaction
from wiretruth.protocols.smtp.headers import HeaderReader

UNSEEN = "?"
"""The reverse-path where the MAIL command itself was not seen; no mailbox looks so, and it is not the null path."""

_REFUSED = 400


@dataclass(slots=True)
class Recipient:
    """A forward-path that may yet get its reply."""

    mailbox: str
    at: int
    frame: int
    reply: Reply | None = None


@dataclass(slots=True)
class Draft:
    """A transaction that is not complete."""

    at: int
    frame: int
    reverse_path: str
    mail_reply: Reply | None = None
    recipients: list[Recipient] = field(default_factory=list)
    data_reply: Reply | None = None
    octets: int = 0
    text_begun: bool = False
    ended_at: int | None = None
    ended_frame: int | None = None
    reply: Reply | None = None
    header: HeaderReader | None = None

    def end(self, at: int, frame: int) -> None:
        """The message is complete."""
        self.ended_at, self.ended_frame = at, frame

    def freeze(self) -> Transaction:
        """Give the transaction as it stands."""
        return Transaction(
            at=self.at,
            frame=self.frame,
            reverse_path=self.reverse_path,
            mail_reply=self.mail_reply,
            forward_paths=tuple([ForwardPath(r.mailbox, r.at, r.frame, r.reply) for r in self.recipients]),
            data_reply=self.data_reply,
            octets=self.octets,
            ended_at=self.ended_at,
            ended_frame=self.ended_frame,
            reply=self.reply,
            abandoned=not self.text_begun and self.ended_at is None and self.reply is None,
            header=self.header.header() if self.header is not None and not _refused(self.data_reply) else None,
        )


class Transactions:
    """The transactions of one dialogue, as long as its commands are kept: then it is ``full``."""

    __slots__ = ("_drafts", "_outer", "current", "full", "may_have_missed_mail")

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._outer: Draft | None = None
        """The open transaction within which a second MAIL was sent."""
        self.current: Draft | None = None
        self.may_have_missed_mail = True
        """The capture may have begun, or have a hole, behind a MAIL command."""
        self.full = False
        """A command was not kept: no transaction and no recipient is begun any more, what is open may end."""

    def mail(self, at: int, frame: int, reverse_path: str) -> Draft | None:
        """MAIL: a new transaction, as long as it is not refused."""
        if self.full:
            self.current = self._outer = None
            return None
        self._outer = self.current if self.current and not _refused(self.current.mail_reply) else None
        return self._open(at, frame, reverse_path)

    def mail_answered(self, draft: Draft, reply: Reply) -> None:
        """The reply to MAIL. A MAIL refused within a transaction (503) leaves that transaction as it was."""
        draft.mail_reply = reply
        if _refused(reply) and draft is self.current and self._outer is not None:
            self._outer.recipients += draft.recipients
            draft.recipients = []
            self.current = self._outer
        self._outer = None

    def rcpt(self, at: int, frame: int, mailbox: str) -> Recipient | None:
        """RCPT: one more recipient, where there is a transaction."""
        draft = self.open_draft(at, frame)
        if draft is None or self.full:
            return None
        recipient = Recipient(mailbox, at, frame)
        draft.recipients.append(recipient)
        return recipient

    def open_draft(self, at: int, frame: int) -> Draft | None:
        """Give the transaction at hand; one without its MAIL where that may have been missed."""
        if self.current is None and self.may_have_missed_mail and not self.full:
            return self._open(at, frame, UNSEEN)
        return self.current

    def reset(self) -> None:
        """RSET, EHLO, HELO, or the message is complete (RFC 5321 §4.1.1.5, §4.1.4)."""
        self.current = self._outer = None
        self.may_have_missed_mail = False

    def freeze(self) -> tuple[Transaction, ...]:
        """Give all transactions as they stand."""
        return tuple([draft.freeze() for draft in self._drafts])

    def _open(self, at: int, frame: int, reverse_path: str) -> Draft:
        self.current = Draft(at, frame, reverse_path)
        self._drafts.append(self.current)
        return self.current


def _refused(reply: Reply | None) -> bool:
    return reply is not None and reply.code >= _REFUSED

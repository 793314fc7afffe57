"""Enhanced status codes in plain words (IANA's registry of RFC 5248; RFC 3463 and the RFCs that added to it)."""

from typing import NamedTuple

REGISTRY = "https://www.iana.org/assignments/smtp-enhanced-status-codes"
"""What the table below follows, in our own words; as of 2024-12-06."""


class StatusMeaning(NamedTuple):
    """What a code says."""

    words: str
    source: str
    """The RFC that defines it."""


_CLASSES = {"2": "success", "4": "for now", "5": "for good"}
_SUBJECTS = {
    "0": "nothing more is said",
    "1": "something about an address",
    "2": "something about the recipient's mailbox",
    "3": "something about the receiving mail system",
    "4": "something about the network or routing",
    "5": "something about the SMTP dialogue",
    "6": "something about the content of the message",
    "7": "security or policy",
}
_DETAILS = {
    "RFC 3463": {
        "0.0": "nothing more is said",
        "1.0": "something about an address",
        "1.1": "the recipient's mailbox does not exist",
        "1.2": "the recipient's domain does not exist, or takes no mail",
        "1.3": "the recipient's address is not written correctly",
        "1.4": "the recipient's address matches several mailboxes",
        "1.5": "the recipient's address is valid",
        "1.6": "the recipient has moved, and left no new address",
        "1.7": "the sender's address is not written correctly",
        "1.8": "the sender's domain does not exist in DNS, or takes no mail",
        "2.0": "something about the recipient's mailbox",
        "2.1": "the recipient's mailbox exists and is disabled",
        "2.2": "the recipient's mailbox is full",
        "2.3": "the message is longer than the recipient's mailbox may take",
        "2.4": "the mailing list could not be expanded",
        "3.0": "something about the receiving mail system",
        "3.1": "the receiving system's disk is full",
        "3.2": "the receiving system takes no mail at the moment (shutdown, load, maintenance)",
        "3.3": "the receiving system lacks a feature that the message needs",
        "3.4": "the message is longer than the receiving system takes",
        "3.5": "the receiving system is not configured for this mail",
        "4.0": "something about the network or routing",
        "4.1": "the next host did not answer",
        "4.2": "the connection to the next host broke",
        "4.3": "a directory server (DNS above all) did not work",
        "4.4": "no way to the domain was found",
        "4.5": "the mail system is congested",
        "4.6": "the message goes round in circles",
        "4.7": "the message was in the queue for too long",
        "5.0": "something about the SMTP dialogue",
        "5.1": "the command is not valid here",
        "5.2": "the command could not be understood",
        "5.3": "more recipients than one message may have",
        "5.4": "the command's arguments are not valid",
        "5.5": "the two sides speak different versions of the protocol",
        "6.0": "something about the content of the message",
        "6.1": "the kind of content is not supported",
        "6.2": "the content would have to be converted, and must not be",
        "6.3": "the content would have to be converted, and cannot be",
        "6.4": "the content was converted with loss",
        "6.5": "the content could not be converted",
        "7.0": "security or policy",
        "7.1": "the receiving side's policy does not allow this mail",
        "7.2": "the sender may not write to this mailing list",
        "7.3": "the message would have to be secured in another way, and cannot be",
        "7.4": "a security feature that the message needs is not supported",
        "7.5": "the message could not be decrypted, or its signature not checked",
        "7.6": "a cryptographic algorithm is not supported",
        "7.7": "the message was changed on its way",
    },
    "RFC 3886": {"1.9": "the message was handed on to a host without delivery reports"},
    "RFC 4468": {"6.6": "content that the message refers to could not be fetched"},
    "RFC 4954": {
        "5.6": "a line of the authentication is too long",
        "7.8": "user name or password is wrong",
        "7.9": "the kind of authentication is too weak",
        "7.11": "this kind of authentication needs encryption first",
        "7.12": "the password has to be set anew first",
    },
    "RFC 5248": {
        "7.10": "encryption is needed first",
        "7.13": "the account is disabled",
        "7.14": "there is no relationship of trust with the sending side",
    },
    "RFC 6531": {
        "6.7": "an address that is not ASCII is not permitted for this sender or recipient",
        "6.8": "the reply would have to be UTF-8, and the client does not take it",
        "6.9": "a header that is not ASCII cannot be handed to some recipient",
        "6.10": "the reply would have to be UTF-8, and the client does not take it",
    },
    "RFC 6710": {
        "3.6": "the message's priority was changed",
        "7.15": "the message's priority is too low",
        "7.16": "the message is too long for its priority",
    },
    "RFC 7293": {
        "7.17": "the mailbox belongs to somebody else now",
        "7.18": "the domain belongs to somebody else now",
        "7.19": "whether the mailbox still belongs to the same person could not be told",
    },
    "RFC 7372": {
        "7.20": "no DKIM signature was valid",
        "7.21": "no DKIM signature was acceptable",
        "7.22": "no valid DKIM signature is the author's",
        "7.23": "SPF: the sender's domain does not allow this host",
        "7.24": "SPF: the sender's policy could not be evaluated",
        "7.25": "the client's address has no reverse name that leads back to it",
        "7.26": "several of SPF, DKIM, DMARC and reverse DNS failed",
    },
    "RFC 7505": {
        "1.10": "the recipient's domain takes no mail (null MX)",
        "7.27": "the sender's domain takes no mail (null MX)",
    },
    "IANA registry": {"7.28": "too much mail of this kind came"},
    "RFC 8617": {"7.29": "the chain of ARC seals is not valid"},
    "RFC 8689": {"7.30": "the message needs TLS all the way (REQUIRETLS), and the next host does not offer it"},
}
_MEANINGS = {
    detail: StatusMeaning(words, source) for source, table in _DETAILS.items() for detail, words in table.items()
}


def meaning(enhanced: str | None) -> StatusMeaning | None:
    """Say what an enhanced status code means; ``None`` where it is no such code, or of a class that nobody defined.

    Args:
        enhanced: ``4.1.8``; an unknown detail (RFC 3463 §2) falls back on its subject.
    """
    code_class, _, detail = (enhanced or "").partition(".")
    if code_class not in _CLASSES:
        return None
    known = _MEANINGS.get(detail)
    if known is not None:
        return known
    subject = _SUBJECTS.get(detail.partition(".")[0])
    return StatusMeaning(subject, "RFC 3463") if subject else None


def explained(enhanced: str | None) -> str:
    """Say a code with its meaning: ``4.1.8: the sender's domain …``; nothing where there is nothing to say."""
    said = meaning(enhanced)
    return f"{enhanced}: {said.words}" if said else ""

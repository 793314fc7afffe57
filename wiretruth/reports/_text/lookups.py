"""One lookup as a line of a story: who was asked for what, and what came back."""

from typing import Final

from wiretruth.model.dns import Lookup, ResourceRecord
from wiretruth.model.durations import duration
from wiretruth.model.frames import NANOSECONDS
from wiretruth.model.idn import beside
from wiretruth.reports._text.page import Piece
from wiretruth.reports._text.style import BAD
from wiretruth.reports._words import count

SHOWN_RECORDS: Final = 4
"""Records of an answer that are told; the rest is counted."""


def lookup_pieces(lookup: Lookup) -> list[Piece]:
    """Tell a lookup: ``198.51.100.53 says MX example.net: 10 mail.example.net``."""
    question = f"{lookup.question.type} {beside(lookup.question.name)}"
    if lookup.rcode is None:
        return [f"{lookup.resolver.address} was asked for {question}: ", (_silence(lookup), BAD)]
    answer = answer_words(lookup)
    style = "" if lookup.rcode in ("NOERROR", "NXDOMAIN") else BAD
    return [f"{lookup.resolver.address} says {question}: ", (answer, style), _remarks(lookup)]


def _silence(lookup: Lookup) -> str:
    if lookup.rejections:
        return f"ICMP error from {lookup.rejections[0].sender}"
    waited = lookup.waited_until - lookup.at
    asked = f", asked {lookup.query_count} times" if lookup.query_count > 1 else ""
    return f"no answer in {duration(waited)}{asked}" if waited > 0 else f"no answer{asked}"


def answer_words(lookup: Lookup) -> str:
    if lookup.rcode == "NXDOMAIN":
        return "no such name (NXDOMAIN)"
    if lookup.rcode != "NOERROR":
        return f"{lookup.rcode}, no answer"
    if not lookup.answers:
        return "answer cut short" if lookup.truncated else "no such record"
    told = [_record(record) for record in lookup.answers[:SHOWN_RECORDS]]
    more = len(lookup.answers) - len(told)
    return ", ".join(told) + (f" and {count(more, 'more record')}" if more else "")


def _record(record: ResourceRecord) -> str:
    return f"alias of {record.data}" if record.type == "CNAME" else record.data


def _remarks(lookup: Lookup) -> str:
    remarks = []
    if lookup.latency is not None and lookup.latency >= NANOSECONDS:
        remarks.append(f"after {duration(lookup.latency)}")
    if lookup.query_count > 1:
        remarks.append(f"asked {lookup.query_count} times")
    if lookup.reply_source is not None:
        remarks.append(f"answered from {lookup.reply_source}")
    if lookup.other_answers:
        remarks.append(f"and {count(len(lookup.other_answers), 'other answer')} to the same query")
    return f" ({', '.join(remarks)})" if remarks else ""

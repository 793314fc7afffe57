"""Mail transactions as they build up."""

from wiretruth.model.smtp import ForwardPath, Reply
from wiretruth.protocols.smtp.transactions import UNSEEN, Draft, Transactions


def reply(code: int) -> Reply:
    return Reply(9, 9, code, None, ("",))


def complete() -> Transactions:
    """A dialogue whose start was seen."""
    transactions = Transactions()
    transactions.may_have_missed_mail = False
    return transactions


def mail(transactions: Transactions, at: int, reverse_path: str) -> Draft:
    draft = transactions.mail(at, at + 10, reverse_path)
    assert draft is not None
    return draft


def test_one_transaction() -> None:
    transactions = complete()
    draft = mail(transactions, 1, "alice@example.org")
    transactions.mail_answered(draft, reply(250))
    recipient = transactions.rcpt(2, 12, "bob@example.net")
    assert recipient is not None
    recipient.reply = reply(550)
    draft.end(3, 13)
    (frozen,) = transactions.freeze()

    assert "alice@example.org" == frozen.reverse_path
    assert (ForwardPath("bob@example.net", 2, 12, reply(550)),) == frozen.forward_paths
    assert (3, 13, False) == (frozen.ended_at, frozen.ended_frame, frozen.abandoned)


def test_nothing_but_an_envelope_is_abandoned() -> None:
    transactions = complete()
    transactions.mail(1, 1, "alice@example.org")
    transactions.reset()
    transactions.mail(2, 2, "")

    assert [True, True] == [t.abandoned for t in transactions.freeze()]


def test_a_refused_mail_within_a_transaction_changes_nothing() -> None:
    transactions = complete()
    outer = mail(transactions, 1, "alice@example.org")
    transactions.mail_answered(outer, reply(250))
    inner = mail(transactions, 2, "mallory@example.org")
    transactions.rcpt(3, 3, "bob@example.net")
    transactions.mail_answered(inner, reply(503))

    assert outer is transactions.current
    assert [["bob@example.net"], []] == [[p.mailbox for p in t.forward_paths] for t in transactions.freeze()]


def test_an_accepted_mail_within_a_transaction_replaces_it() -> None:
    transactions = complete()
    transactions.mail_answered(mail(transactions, 1, "alice@example.org"), reply(250))
    inner = mail(transactions, 2, "carol@example.org")
    transactions.mail_answered(inner, reply(250))

    assert inner is transactions.current


def test_a_refused_mail_has_no_outer_to_return_to() -> None:
    transactions = complete()
    transactions.mail_answered(mail(transactions, 1, "alice@example.org"), reply(550))
    second = mail(transactions, 2, "alice@example.org")
    transactions.mail_answered(second, reply(550))

    assert second is transactions.current


def test_rcpt_without_mail_is_no_transaction() -> None:
    transactions = complete()

    assert transactions.rcpt(1, 1, "bob@example.net") is None
    assert () == transactions.freeze()


def test_rcpt_behind_a_mail_that_was_missed() -> None:
    """The reverse-path is unknown, which is not the null path."""
    transactions = Transactions()
    transactions.rcpt(1, 1, "bob@example.net")

    assert [UNSEEN] == [t.reverse_path for t in transactions.freeze()]


def test_a_full_record_begins_nothing() -> None:
    """A client that says MAIL or RCPT for ever must not fill the memory; what was open may yet end."""
    transactions = Transactions()
    open_one = mail(transactions, 1, "alice@example.org")
    transactions.rcpt(1, 1, "bob@example.net")
    transactions.full = True

    assert transactions.rcpt(2, 2, "carol@example.net") is None
    assert open_one is transactions.open_draft(3, 3)
    assert transactions.mail(4, 4, "alice@example.org") is None
    assert transactions.open_draft(5, 5) is None
    assert [["bob@example.net"]] == [[p.mailbox for p in t.forward_paths] for t in transactions.freeze()]

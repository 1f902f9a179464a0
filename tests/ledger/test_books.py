"""The books in the database: written once, balanced, never changed."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from storefront.ledger import rules
from storefront.ledger.models import Entry, Journal
from storefront.ledger.queries import balances, owed_to
from storefront.ledger.rules import Account, JournalKind
from storefront.ledger.services import post
from tests.factories.catalogue import make_seller

pytestmark = pytest.mark.django_db


@transaction.atomic
def write_one_line_by_hand() -> None:
    journal = Journal.objects.create(key="by hand", kind=JournalKind.GOODWILL)
    Entry.objects.create(journal=journal, account=Account.BANK, amount_paise=1)


def test_an_event_is_written_once() -> None:
    first = post(JournalKind.MONEY_IN, key="capture:ch_1", postings=rules.money_in(250_000))
    again = post(JournalKind.MONEY_IN, key="capture:ch_1", postings=rules.money_in(250_000))

    assert (first, again) == (True, False)
    assert balances() == {Account.BUYER_MONEY: -250_000, Account.GATEWAY_CLEARING: 250_000}


def test_an_event_that_moved_nothing_is_not_written() -> None:
    assert not post(JournalKind.FEE, key="fee:ch_1", postings=rules.fee(0))
    assert Journal.objects.count() == 0


def test_a_seller_is_owed_what_was_sold_less_what_was_undone() -> None:
    seller = make_seller()
    post(JournalKind.SALE, key="sale:1", postings=rules.sale({seller.pk: 180_000}))
    post(JournalKind.SALE_UNDONE, key="undone:1", postings=rules.sale_undone({seller.pk: 30_000}))

    assert owed_to(seller) == 150_000


def test_lines_that_do_not_balance_are_refused() -> None:
    with pytest.raises(ValueError, match="capture:ch_1 does not balance"):
        post(
            JournalKind.MONEY_IN,
            key="capture:ch_1",
            postings=[rules.Posting(Account.BANK, 1), rules.Posting(Account.BUYER_MONEY, -2)],
        )

    assert Journal.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_journal_out_of_balance() -> None:
    with pytest.raises(IntegrityError, match="out of balance by 1 paise"):
        write_one_line_by_hand()

    assert Journal.objects.count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET amount_paise = 1",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_journal SET kind = 'fee'",
        "DELETE FROM ledger_journal",
    ],
)
def test_the_database_refuses_to_change_what_is_written(statement: str) -> None:
    post(JournalKind.MONEY_IN, key="capture:ch_1", postings=rules.money_in(100))

    with (
        pytest.raises(DatabaseError, match=r"rows of ledger_\w+ are only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert balances() == {Account.BUYER_MONEY: -100, Account.GATEWAY_CLEARING: 100}


def test_only_what_is_owed_to_sellers_names_one() -> None:
    journal = Journal.objects.create(key="by hand", kind=JournalKind.SALE)

    for account, seller in ((Account.BANK, make_seller()), (Account.SELLER_PAYABLE, None)):
        with (
            pytest.raises(IntegrityError, match="ledger_only_payables_name_a_seller"),
            transaction.atomic(),
        ):
            Entry.objects.create(journal=journal, account=account, seller=seller, amount_paise=1)

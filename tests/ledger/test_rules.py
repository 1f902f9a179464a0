"""The books: what each event writes, in paise."""

from storefront.ledger import rules
from storefront.ledger.rules import Account, Deductions, Posting


def test_money_that_came_is_the_buyers_until_it_pays_a_sale() -> None:
    came, sold = rules.money_in(250_000), rules.sale({7: 180_000, 9: 70_000})

    assert came == [
        Posting(Account.GATEWAY_CLEARING, 250_000),
        Posting(Account.BUYER_MONEY, -250_000),
    ]
    assert sold == [
        Posting(Account.BUYER_MONEY, 250_000),
        Posting(Account.SELLER_PAYABLE, -180_000, 7),
        Posting(Account.SELLER_PAYABLE, -70_000, 9),
    ]


def test_what_the_shop_and_the_tax_office_keep_comes_out_of_the_sellers_money() -> None:
    kept = rules.earned(7, Deductions(commission=18_000, commission_gst=3_240, tcs=857, tds=180))

    assert kept == [
        Posting(Account.SELLER_PAYABLE, 22_277, 7),
        Posting(Account.COMMISSION, -18_000),
        Posting(Account.GST_OUTPUT, -3_240),
        Posting(Account.TCS_PAYABLE, -857),
        Posting(Account.TDS_PAYABLE, -180),
    ]


def test_a_dispute_that_is_won_leaves_nothing_and_a_lost_one_a_loss() -> None:
    held, won, lost = (
        rules.dispute_opened(5_000),
        rules.dispute_won(5_000),
        rules.dispute_lost(5_000),
    )

    assert won == rules.turned_round(held)
    assert [(each.account, each.paise) for each in held + lost] == [
        (Account.DISPUTE_HOLDING, 5_000),
        (Account.GATEWAY_CLEARING, -5_000),
        (Account.DISPUTE_LOSS, 5_000),
        (Account.DISPUTE_HOLDING, -5_000),
    ]

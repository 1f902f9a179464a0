"""Which accounts there are, and what each event writes into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Account(StrEnum):
    """Where money is, or to whom it is owed."""

    # What the shop has
    GATEWAY_CLEARING = "gateway-clearing"
    COD_RECEIVABLE = "cod-receivable"
    BANK = "bank"
    DISPUTE_HOLDING = "dispute-holding"
    # What it owes
    BUYER_MONEY = "buyer-money"
    SELLER_PAYABLE = "seller-payable"
    GST_OUTPUT = "gst-output"
    TCS_PAYABLE = "tcs-payable"
    TDS_PAYABLE = "tds-payable"
    # What it earns and spends
    COMMISSION = "commission"
    GATEWAY_FEE = "gateway-fee"
    DISPUTE_LOSS = "dispute-loss"
    GOODWILL = "goodwill"
    # Whole rupees at the door: what they are more (credit) or less than the price
    ROUNDING = "rounding"


class JournalKind(StrEnum):
    """What happened."""

    MONEY_IN = "money-in"
    MONEY_OUT = "money-out"
    SALE = "sale"
    SALE_UNDONE = "sale-undone"
    EARNED = "earned"
    FEE = "fee"
    GOODWILL = "goodwill"
    DISPUTE = "dispute"
    DISPUTE_WON = "dispute-won"
    DISPUTE_LOST = "dispute-lost"
    REMITTED = "remitted"
    ROUNDING = "rounding"
    # Of a payment provider to our bank
    PAYOUT = "payout"
    PAYOUT_FAILED = "payout-failed"
    # Of ours to a seller
    SELLER_PAID = "seller-paid"


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a journal, in paise: debits are positive, credits negative."""

    account: Account
    paise: int
    seller_id: int | None = None


@dataclass(frozen=True, slots=True)
class Deductions:
    """What the shop keeps back of a delivered part, in paise."""

    commission: int
    commission_gst: int
    tcs: int
    tds: int


_A = Account


def money_in(paise: int, *, into: Account = _A.GATEWAY_CLEARING) -> list[Posting]:
    """Return the lines for money of a buyer that came; it is the buyer's until it pays a sale."""
    return _pair(into, _A.BUYER_MONEY, paise)


def money_out(paise: int, *, out_of: Account = _A.GATEWAY_CLEARING) -> list[Posting]:
    """Return the lines for money that went back to a buyer."""
    return _pair(_A.BUYER_MONEY, out_of, paise)


def sale(parts: Mapping[int, int]) -> list[Posting]:
    """Return the lines by which a buyer's money becomes the sellers'; paise by seller."""
    shares = [Posting(_A.SELLER_PAYABLE, -paise, seller) for seller, paise in parts.items()]
    return [Posting(_A.BUYER_MONEY, sum(parts.values())), *shares]


def sale_undone(parts: Mapping[int, int]) -> list[Posting]:
    """Return the lines by which sellers' money becomes the buyer's again; paise by seller."""
    return turned_round(sale(parts))


def earned(seller_id: int, kept: Deductions) -> list[Posting]:
    """Return the lines for what the shop and the tax office keep of a delivered part."""
    kept_by = {
        _A.COMMISSION: kept.commission,
        _A.GST_OUTPUT: kept.commission_gst,
        _A.TCS_PAYABLE: kept.tcs,
        _A.TDS_PAYABLE: kept.tds,
    }
    lines = [Posting(account, -paise) for account, paise in kept_by.items()]
    return [Posting(_A.SELLER_PAYABLE, sum(kept_by.values()), seller_id), *lines]


def fee(paise: int) -> list[Posting]:
    """Return the lines for what the payment provider kept."""
    return _pair(_A.GATEWAY_FEE, _A.GATEWAY_CLEARING, paise)


def goodwill(paise: int) -> list[Posting]:
    """Return the lines for money a buyer gets that no seller gives."""
    return _pair(_A.GOODWILL, _A.BUYER_MONEY, paise)


def dispute_opened(paise: int) -> list[Posting]:
    """Return the lines for money the provider holds back because a buyer disputes a charge."""
    return _pair(_A.DISPUTE_HOLDING, _A.GATEWAY_CLEARING, paise)


def dispute_won(paise: int) -> list[Posting]:
    """Return the lines for disputed money that came back."""
    return turned_round(dispute_opened(paise))


def dispute_lost(paise: int) -> list[Posting]:
    """Return the lines for disputed money that is gone."""
    return _pair(_A.DISPUTE_LOSS, _A.DISPUTE_HOLDING, paise)


def collected(paise: int) -> list[Posting]:
    """Return the lines for cash that a courier took from a buyer at the door."""
    return money_in(paise, into=_A.COD_RECEIVABLE)


def remitted(paise: int) -> list[Posting]:
    """Return the lines for collected cash that came to our bank account."""
    return _pair(_A.BANK, _A.COD_RECEIVABLE, paise)


def paid_out(paise: int) -> list[Posting]:
    """Return the lines for money a provider sent to our bank; negative if it took some there."""
    return _pair(_A.BANK, _A.GATEWAY_CLEARING, paise)


def rounded_up(paise: int) -> list[Posting]:
    """Return the lines for what whole rupees at the door are more than the price."""
    return _pair(_A.BUYER_MONEY, _A.ROUNDING, paise)


def rounded_down(paise: int) -> list[Posting]:
    """Return the lines for what whole rupees at the door are less than the price."""
    return turned_round(rounded_up(paise))


def seller_paid(seller_id: int, paise: int) -> list[Posting]:
    """Return the lines for what the shop owed a seller and has paid from its bank account."""
    return [Posting(_A.SELLER_PAYABLE, paise, seller_id), Posting(_A.BANK, -paise)]


def turned_round(postings: Sequence[Posting]) -> list[Posting]:
    """Return the lines that undo these."""
    return [Posting(each.account, -each.paise, each.seller_id) for each in postings]


def _pair(debit: Account, credit: Account, paise: int) -> list[Posting]:
    return [Posting(debit, paise), Posting(credit, -paise)]

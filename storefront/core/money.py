"""Rupees inside, paise at the gateways, and shares that add up."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

PAISA = Decimal("0.01")
ZERO = Decimal("0.00")


def rupees(value: Decimal | int | str) -> Decimal:
    """Return the value as rupees with two places, rounded half up."""
    return Decimal(value).quantize(PAISA, rounding=ROUND_HALF_UP)


def to_paise(amount: Decimal) -> int:
    """
    Return rupees as integer paise, the unit Stripe charges in.

    Raises:
        ValueError: a fraction of a paisa.
    """
    paise = amount * 100
    if paise != paise.to_integral_value():
        raise ValueError(f"{amount} has a fraction of a paisa")
    return int(paise)


def from_paise(paise: int) -> Decimal:
    """Return integer paise as rupees with two places."""
    return (Decimal(paise) / 100).quantize(PAISA)


def share(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """
    Split rupees by weight so that the parts add up to the total, paisa for paisa.

    The paise left over go to the parts with the largest remainders, earlier ones first.
    All weights zero means equal parts.

    Raises:
        ValueError: no weights.
    """
    if not weights:
        raise ValueError("nothing to share among")
    units = to_paise(total)
    whole = [Decimal(weight) for weight in weights]
    if not sum(whole):
        whole = [Decimal(1)] * len(whole)
    exact = [units * weight / sum(whole) for weight in whole]
    parts = [int(part // 1) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_remainder[: units - sum(parts)]:
        parts[index] += 1
    return [from_paise(part) for part in parts]


def grouped(amount: Decimal, *, paise: bool | None = None) -> str:
    """
    Return rupees as people write them in India: ₹1,23,456 or ₹1,23,456.50.

    `paise` forces or drops the two places; left out, whole rupees drop them.
    """
    value = rupees(amount)
    digits, _, places = f"{abs(value):.2f}".partition(".")
    head, tail = digits[:-3], digits[-3:]
    pairs: list[str] = []
    while head:
        pairs.insert(0, head[-2:])
        head = head[:-2]
    text = ",".join([*pairs, tail])
    if paise or (paise is None and places != "00"):
        text = f"{text}.{places}"
    return f"{'-' if value < 0 else ''}₹{text}"

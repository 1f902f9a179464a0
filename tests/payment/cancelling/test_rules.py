"""However an order is cut up, the paise add up; no database."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from storefront.core.money import ZERO, from_paise, share
from storefront.order.rules import LineStand, Undone, price_of_left, undone, within

PAISE = st.integers(min_value=0, max_value=50_000_000)


@st.composite
def parts(draw: st.DrawFn) -> tuple[list[LineStand], Decimal]:
    """Draw a part: its lines, nothing cancelled, and what its delivery cost."""
    lines = [
        LineStand(id=number, quantity=draw(st.integers(1, 12)), cancelled=0, paid=from_paise(paid))
        for number, paid in enumerate(draw(st.lists(PAISE, min_size=1, max_size=4)))
    ]
    return lines, from_paise(draw(PAISE))


def after(lines: list[LineStand], picks: dict[int, int]) -> list[LineStand]:
    return [
        LineStand(each.id, each.quantity, each.cancelled + picks.get(each.id, 0), each.paid)
        for each in lines
    ]


@given(parts(), st.data())
def test_any_sequence_of_cancellations_adds_up_and_the_last_gives_the_rest(
    part: tuple[list[LineStand], Decimal], data: st.DataObject
) -> None:
    lines, delivery = part
    price = sum((line.paid for line in lines), delivery)
    given_back = ZERO

    while any(line.left for line in lines):
        picks = {line.id: data.draw(st.integers(0, line.left)) for line in lines}
        if not any(picks.values()):
            picks = {line.id: line.left for line in lines}
        steps = undone(lines, picks, delivery=delivery)
        assert all(step.goods >= 0 and step.delivery >= 0 for step in steps)
        is_last = all(line.left == picks[line.id] for line in lines)
        assert is_last or not any(step.delivery for step in steps)
        lines = after(lines, picks)
        given_back += sum((step.worth for step in steps), ZERO)

    assert given_back == price


@given(PAISE, st.integers(1, 50), st.data())
def test_pieces_cost_what_the_order_wrote_down_for_them(
    paise: int, quantity: int, data: st.DataObject
) -> None:
    total, cancelled = from_paise(paise), data.draw(st.integers(0, quantity))

    left = price_of_left(total, quantity=quantity, cancelled=cancelled)

    assert left == sum(share(total, [1] * quantity)[cancelled:], ZERO)
    assert ZERO <= left <= total
    assert price_of_left(total, quantity=quantity, cancelled=0) == total


@given(st.lists(st.tuples(PAISE, PAISE), max_size=5), PAISE)
def test_no_more_goes_back_than_there_is_room_for(
    amounts: list[tuple[int, int]], paise: int
) -> None:
    steps = [
        Undone(number, 1, from_paise(goods), from_paise(delivery))
        for number, (goods, delivery) in enumerate(amounts)
    ]
    room, wanted = from_paise(paise), sum((step.worth for step in steps), ZERO)

    cut = within(steps, room)

    assert sum((step.worth for step in cut), ZERO) == min(room, wanted)
    for was, is_now in zip(steps, cut, strict=True):
        assert ZERO <= is_now.goods <= was.goods
        assert ZERO <= is_now.delivery <= was.delivery


def test_the_last_paisa_goes_with_the_dearer_piece() -> None:
    lotas = LineStand(id=1, quantity=3, cancelled=0, paid=Decimal("2040.85"))

    first = undone([lotas], {1: 1}, delivery=Decimal(60))
    rest = undone(after([lotas], {1: 1}), {1: 2}, delivery=Decimal(60))

    assert first == [Undone(1, 1, Decimal("680.29"), ZERO)]
    assert rest == [Undone(1, 2, Decimal("1360.56"), Decimal("60.00"))]

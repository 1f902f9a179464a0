"""Stock and price in two taps, never over somebody's order, never by somebody else."""

import pytest

from storefront.gst.rules import GstRule
from storefront.partner.models import StockRecord
from storefront.stock.models import StockMovement
from tests.factories.catalogue import make_picture, make_product, stock_record
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db


def page_of(record):
    return f"/seller/products/{record.pk}/"


def make_record(seat, **facts):
    return stock_record(make_product(seller=seat.seller, **facts))


def post(seat, record, **typed):
    known = {"free": record.free, "price": record.price, "version": record.version}
    return seat.client.post(page_of(record), known | typed)


def now_of(record):
    fresh = StockRecord.objects.get(pk=record.pk)
    return fresh.num_in_stock, fresh.num_allocated, str(fresh.price)


def test_a_seller_sees_stock_and_price_of_the_own_products(seat, other_seat):
    record = make_record(seat, title_en="Terracotta horse", stock=7, price="450.00")
    make_record(other_seat, title_en="Brass bell")

    response = seat.client.get("/seller/products/")

    assert [(row["title"], row["stock"], row["price"]) for row in response.context["products"]] == [
        ("Terracotta horse", 7, "450")
    ]
    assert f'action="{page_of(record)}"' in response.content.decode()


def test_a_seller_changes_stock_and_price_in_one_go(seat):
    record = make_record(seat, stock=5, price="450.00")

    response = post(seat, record, free="8", price="₹1,250")

    assert response.status_code == 302
    assert response["Location"] == page_of(record)
    assert now_of(record) == (8, 0, "1250.00")
    moved = StockMovement.objects.filter(stockrecord=record, reason="edit")
    assert list(moved.values_list("in_stock_change", "by")) == [(3, seat.user.pk)]


def test_numbers_may_be_written_in_devanagari(seat):
    record = make_record(seat, stock=5, price="450.00")

    post(seat, record, free="१२", price="४९९")

    assert now_of(record) == (12, 0, "499.00")


def test_what_orders_wait_for_comes_on_top_of_what_is_free(seat):
    product = make_product(seller=seat.seller, stock=5)
    make_order(product, quantity=2)
    record = stock_record(product)

    post(seat, record, free="0")

    assert now_of(record) == (2, 2, "1450.00")


def test_saving_nothing_new_changes_nothing(seat):
    record = make_record(seat, stock=5)

    post(seat, record)

    assert stock_record(record.product).version == record.version


def test_a_sale_meanwhile_is_not_overwritten_and_the_new_numbers_are_shown(seat):
    product = make_product(seller=seat.seller, stock=5, price="450.00")
    seen = stock_record(product)
    make_order(product, quantity=2)

    response = post(seat, seen, free="10", price="500")

    assert response.status_code == 409
    assert "Now 3 pieces are free, at ₹450." in response.content.decode()
    assert response.context["form"]["free"].value() == 3
    assert response.context["form"]["version"].value() == stock_record(product).version
    assert now_of(seen) == (5, 2, "450.00")


def test_a_price_between_two_gst_rates_is_refused_and_the_stock_stays(seat):
    rule = GstRule(rate=5, rate_above=18)
    record = make_record(seat, stock=5, price="2000.00", gst=rule)

    response = post(seat, record, free="9", price="2800")

    assert response.status_code == 422
    assert "Between ₹2,625 and ₹2,950 no GST rate fits" in response.content.decode()
    assert now_of(record) == (5, 0, "2000.00")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"price": "449.50"}, "whole rupees"),
        ({"price": "0"}, "Please give a price between"),
        ({"price": "-5"}, "Please give a price between"),
        ({"price": "many"}, "Enter a number."),
        ({"price": "NaN"}, "Enter a number."),
        ({"price": ""}, "This field is required."),
        ({"price": "99999999"}, "Please give a price between"),
        ({"free": "-1"}, "greater than or equal to 0"),
        ({"free": "2.5"}, "Enter a whole number."),
        ({"free": "100001"}, "less than or equal to 100000"),
        ({"free": ""}, "This field is required."),
        ({"version": ""}, "This field is required."),
        ({"version": "x"}, "Enter a whole number."),
    ],
)
def test_a_senseless_number_is_refused_and_nothing_changes(seat, typed, said):
    record = make_record(seat, stock=5, price="450.00")

    response = post(seat, record, **typed)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert now_of(record) == (5, 0, "450.00")


def test_a_price_with_paise_that_was_there_before_may_stay(seat):
    record = make_record(seat, stock=5, price="449.50")

    response = post(seat, record, free="6")

    assert response.status_code == 302
    assert now_of(record) == (6, 0, "449.50")


@pytest.mark.parametrize(("promised", "free", "status"), [(0, 1, 302), (0, 2, 422), (1, 1, 422)])
def test_there_is_no_second_piece_of_its_kind(seat, promised, free, status):
    product = make_product(seller=seat.seller, stock=1, is_one_of_a_kind=True)
    if promised:
        make_order(product)
    record = stock_record(product)

    response = post(seat, record, free=free)

    assert response.status_code == status
    assert now_of(record) == (1, promised, "1450.00")


def test_saving_in_the_list_leads_back_to_the_list(seat):
    record = make_record(seat)

    response = post(seat, record, free="3", next="/seller/products/?q=lota&page=2")

    assert response["Location"] == "/seller/products/?q=lota&page=2"


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "/en/", "javascript:x"]
)
def test_saving_leads_nowhere_else(seat, away):
    record = make_record(seat)

    response = post(seat, record, free="3", next=away)

    assert response["Location"] == page_of(record)


def test_a_second_seller_neither_sees_nor_changes_the_product(seat, other_seat):
    record = make_record(seat, stock=5)

    seen = other_seat.client.get(page_of(record))
    changed = post(other_seat, record, free="0", price="1")

    assert (seen.status_code, changed.status_code) == (404, 404)
    assert now_of(record) == (5, 0, "1450.00")


@pytest.mark.parametrize("number", ["0", "99999999999999999999999"])
def test_a_product_that_is_not_there_is_not_found(seat, number):
    assert seat.client.get(f"/seller/products/{number}/").status_code == 404


@pytest.mark.parametrize("word", ["horse", "HORSE", "घोड़ा", "SKU-HORSE"])
def test_a_product_is_found_by_name_in_both_languages_and_by_code(seat, word):
    make_record(seat, title_en="Terracotta horse", title_hi="मिट्टी का घोड़ा", sku="SKU-HORSE")
    make_record(seat, title_en="Brass bell", title_hi="पीतल की घंटी")

    response = seat.client.get("/seller/products/", {"q": word})

    assert [row["title"] for row in response.context["products"]] == ["Terracotta horse"]


@pytest.mark.parametrize("word", ["%", "_", "nothing", "'", "x" * 500])
def test_a_word_that_finds_nothing_says_so(seat, word):
    make_record(seat, title_en="Brass bell", sku="BELL")

    response = seat.client.get("/seller/products/", {"q": word})

    assert response.context["products"] == []
    assert "No such product" in response.content.decode()


def test_the_tabs_show_what_runs_out_and_what_buyers_do_not_see(seat):
    make_record(seat, title_en="Plenty", stock=50)
    make_record(seat, title_en="Nearly gone", stock=3)
    make_record(seat, title_en="Only one ever", stock=1, is_one_of_a_kind=True)
    make_record(seat, title_en="Draft", stock=1, is_live=False)

    def titles(show):
        products = seat.client.get("/seller/products/", {"show": show}).context["products"]
        return sorted(row["title"] for row in products)

    assert titles("low") == ["Nearly gone"]
    assert titles("out") == ["Draft"]
    assert titles("nonsense") == ["Draft", "Nearly gone", "Only one ever", "Plenty"]


def test_the_product_page_tells_what_happened_to_the_stock(seat):
    product = make_product(seller=seat.seller, stock=5)
    order = make_order(product, quantity=2)

    events = seat.client.get(page_of(stock_record(product))).context["events"]

    assert [event["text"] for event in events] == [
        f"Ordered -2 ({order.number})",
        "First count +5",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_it_holds(seat, django_assert_num_queries, number):
    for _ in range(number):
        make_record(seat, pictures=[make_picture()])

    with django_assert_num_queries(9):
        response = seat.client.get("/seller/products/")

    assert len(response.context["products"]) == number

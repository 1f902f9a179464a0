"""The counts of the shop's filters."""

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.test import Client

from storefront.catalogue.models import Product
from storefront.catalogue.queries.filters import WORDS, Flag, Group, Wish, fitting
from storefront.catalogue.queries.tally import Bearer, Tally, bits, whole_shop
from tests.catalogue.pages import options, titles
from tests.factories.catalogue import (
    make_artisan,
    make_colour,
    make_craft,
    make_district,
    make_gi_right,
    make_material,
    make_product,
    make_seller,
)

RUNS = 40


def bearer(slug: str, *places: int) -> Bearer:
    return Bearer(
        key=slug,
        slug=slug,
        name_en=slug,
        name_hi="",
        products=bits(places),
        number=len(places),
    )


@pytest.fixture
def tally() -> Tally:
    """Nine things: five of brass from Moradabad, three from Varanasi, and a toy from there."""
    bearers: dict[Group, dict[str, Bearer]] = {
        Group.CRAFT: {"brass": bearer("brass", *range(8)), "toys": bearer("toys", 8)},
        Group.DISTRICT: {
            "moradabad": bearer("moradabad", *range(5)),
            "varanasi": bearer("varanasi", *range(5, 9)),
        },
        Group.COLOUR: {"gold": bearer("gold", 0, 1, 8), "red": bearer("red", 1, 8)},
    }
    return Tally(
        bearers=bearers,
        flags={Flag.IN_STOCK: bits([0, 8])},
        everything=bits(range(9)),
        priced=[8, 0, 1, 2, 3, 4, 5, 6, 7],
        paise=[9_900, *[45_000] * 8],
    )


def test_everything_is_counted_where_nothing_is_chosen(tally: Tally):
    counted = tally.counted(Wish())

    assert counted.total == 9
    assert counted.of_group(Group.DISTRICT) == {"moradabad": 5, "varanasi": 4}
    assert counted.of_flag(Flag.IN_STOCK) == 2


def test_names_of_a_group_are_either_and_groups_narrow_each_other(tally: Tally):
    assert tally.counted(Wish(districts=("moradabad", "varanasi"))).total == 9
    assert tally.counted(Wish(crafts=("brass",), districts=("varanasi",))).total == 3
    assert tally.counted(Wish(crafts=("toys",), districts=("moradabad",))).total == 0


def test_a_product_of_two_colours_asked_for_is_counted_once(tally: Tally):
    assert tally.counted(Wish(colours=("gold", "red"))).total == 3


def test_a_group_is_counted_as_if_nothing_were_chosen_in_it(tally: Tally):
    counted = tally.counted(Wish(crafts=("toys",), districts=("varanasi",)))

    assert counted.of_group(Group.CRAFT) == {"brass": 3, "toys": 1}
    assert counted.of_group(Group.DISTRICT) == {"moradabad": 0, "varanasi": 1}


def test_prices_and_stock_narrow_and_are_counted_too(tally: Tally):
    cheap = tally.counted(Wish(price_to=Decimal("99.00")))
    dear = tally.counted(Wish(price_from=Decimal("99.01"), in_stock=True))

    assert (cheap.total, cheap.of_flag(Flag.IN_STOCK)) == (1, 1)
    assert (dear.total, dear.of_group(Group.CRAFT)) == (1, {"brass": 1, "toys": 0})
    assert dear.of_flag(Flag.IN_STOCK) == 1


@pytest.fixture
def town() -> list[Product]:
    """Thirty products of every kind, strewn by a die that falls the same each time."""
    dice = Random(7)
    places = [make_district(name) for name in ("Moradabad", "Varanasi", "Agra")]
    crafts = [make_craft(name) for name in ("Brassware", "Toys", "Weaving")]
    makers = [make_artisan(f"Maker {number}") for number in range(3)]
    sellers = [make_seller(f"Seller {number}") for number in range(3)]
    colours = [make_colour(name) for name in ("Red", "Blue", "Gold")]
    materials = [make_material(name) for name in ("Brass", "Wood", "Silk")]
    right = make_gi_right()
    return [
        make_product(
            district=dice.choice(places),
            craft=dice.choice(crafts),
            artisan=dice.choice([*makers, None]),
            seller=dice.choice(sellers),
            colours=dice.sample(colours, dice.randrange(3)),
            made_of=dice.sample(materials, dice.randrange(3)),
            gi_right=dice.choice([right, None]),
            country_of_origin=dice.choice(["IN", "IN", "NP"]),
            price=dice.randrange(100, 2000),
            stock=dice.choice([0, 1, 5]),
            lead_days=dice.choice([0, 0, 9]),
        )
        for _ in range(30)
    ]


def some_wish(dice: Random) -> Wish:
    """Return a wish with about half of what can be asked for."""
    bearers = whole_shop().bearers
    words: dict[str, Any] = {
        WORDS[group]: tuple(dice.sample(sorted(bearers[group]), dice.choice([0, 0, 1, 2])))
        for group in Group
        if len(bearers[group]) > 1
    }
    flags: dict[str, Any] = {flag.value: dice.random() < 0.2 for flag in Flag}
    lowest = dice.choice([None, None, Decimal(dice.randrange(100, 900))])
    highest = dice.choice([None, None, Decimal(dice.randrange(900, 2000))])
    return Wish(**words, **flags, price_from=lowest, price_to=highest)


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_whatever_is_chosen_as_many_are_counted_as_are_found():
    dice = Random(11)
    tally = whole_shop()

    for _ in range(RUNS):
        wish = some_wish(dice)
        found = set(fitting(wish, tally.keys(wish)).values_list("pk", flat=True))
        assert tally.counted(wish).total == len(found), wish


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("chosen", ["", "?district=agra&district=varanasi", "?in_stock=1&gi=1"])
def test_each_name_gives_as_many_as_stand_beside_it(client: Client, chosen: str):
    page = client.get(f"/en/shop/{chosen}")
    asked = {key for key, _ in page.request.items()} and page.wsgi_request.GET
    for group in page.context["facets"]["groups"]:
        kept = [(key, value) for key in asked for value in asked.getlist(key) if key != group.key]
        for option in group.options:
            alone = client.get("/en/shop/", [*kept, (group.key, option.slug)])
            assert alone.context["total"] == option.count, (chosen, group.key, option.slug)
            assert len(titles(alone)) == min(24, option.count)


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
def test_each_tick_gives_as_many_as_stand_beside_it(client: Client):
    flags = client.get("/en/shop/?colour=red").context["facets"]["flags"]

    assert [flag["name"] for flag in flags] == ["in_stock", "ready", "gi"]
    for flag in flags:
        ticked = client.get(f"/en/shop/?colour=red&{flag['name']}=1")
        assert ticked.context["total"] == flag["count"] > 0


@pytest.mark.django_db
def test_counts_may_be_old_but_products_are_those_of_the_moment(client: Client, settings: Any):
    make_product(title_en="Lota")
    client.get("/en/shop/")
    settings.COUNTS_KEPT_SECONDS = 1000
    make_product(title_en="Lamp")

    response = client.get("/en/shop/?sort=new")
    narrowed = client.get("/en/shop/?price_from=1")

    assert titles(response) == titles(narrowed) == ["Lamp", "Lota"]
    assert options(response, "craft") == options(narrowed, "craft") == {"Brassware": 1}

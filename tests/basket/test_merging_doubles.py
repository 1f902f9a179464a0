"""The migration that leaves each person one open basket: nothing picked is lost."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command

from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.basket.queries import basket_view
from tests.factories.catalogue import make_product
from tests.factories.purchase import make_basket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _now_again() -> Iterator[None]:
    """Whatever a test leaves of the tables, the next one has those of today."""
    yield
    call_command("migrate", "basket", verbosity=0)


@pytest.mark.usefixtures("_now_again")
def test_the_doubles_of_a_person_become_the_newest_of_them() -> None:
    lota, bell, toy = (make_product(sku=sku, stock=9) for sku in ("A", "B", "C"))
    asha = User.objects.create_user("asha@example.org", "a long password")
    ravi = User.objects.create_user("ravi@example.org", "a long password")
    oldest, older, newest = (Basket.objects.create() for _ in range(3))
    baskets.add(oldest, product_id=lota.pk, quantity=3)
    baskets.add(older, product_id=bell.pk, quantity=1)
    baskets.add(newest, product_id=lota.pk, quantity=2)
    single, guests = baskets.ensure_basket(user=ravi, token=""), make_basket(toy)

    # Before the constraint, all three could be hers. The code of today needs the columns of today.
    call_command("migrate", "basket", "0013", verbosity=0)
    Basket.objects.filter(pk__in=[oldest.pk, older.pk, newest.pk]).update(owner=asha)
    call_command("migrate", "basket", verbosity=0)

    statuses = dict(Basket.objects.values_list("pk", "status"))
    assert statuses == {
        oldest.pk: Basket.MERGED,
        older.pk: Basket.MERGED,
        newest.pk: Basket.OPEN,
        single.pk: Basket.OPEN,
        guests.pk: Basket.OPEN,
    }
    held = {line.product_id: line.quantity for line in basket_view(newest).lines}
    assert held == {lota.pk: 3, bell.pk: 1}
    assert Basket.objects.get(pk=newest.pk).version == 3

"""What a buyer reads about an order: on its own page, and in the list of the account."""

import pytest
from django.test import Client

from storefront.accounts.models import User
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order

pytestmark = pytest.mark.django_db


def test_the_order_says_where_the_parcels_go_down_to_pin_and_state(client: Client) -> None:
    order = make_order(make_product())

    page = client.get(f"/en/orders/{order.token}/").content.decode()

    assert "Lucknow 226001<br>Uttar Pradesh<br>" in page


@pytest.mark.parametrize(("language", "label"), [("en", "Confirmed"), ("hi", "पक्का")])
def test_the_account_lists_an_order_with_its_state_in_a_word(
    client: Client, language: str, label: str
) -> None:
    member = User.objects.create_user("asha@example.org", "a-long-password-1")
    make_order(make_product(), user=member)
    client.force_login(member)

    page = client.get(f"/{language}/account/").content.decode()

    assert f'<span class="badge badge--ok">{label}</span>' in page

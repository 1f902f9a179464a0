"""Addresses: kept once, one of them the usual one, nobody else's, filled in at checkout."""

from typing import Any

import pytest
from django.test import Client
from oscar.apps.address.models import UserAddress

from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.checkout.services import addresses
from tests.factories.catalogue import make_product
from tests.factories.purchase import address_form, make_post

pytestmark = pytest.mark.django_db
BOOK = "/en/account/addresses/"


@pytest.fixture(autouse=True)
def _post() -> None:
    make_post()


def save(client: Client, path: str = "new/", **facts: Any) -> Any:
    return client.post(f"{BOOK}{path}", address_form(**facts), follow=True)


def usual() -> str:
    return UserAddress.objects.get(is_default_for_shipping=True).line1


def test_the_first_address_is_the_usual_one_until_another_is(signed_in: Client):
    save(signed_in)
    save(signed_in, line1="7 Aminabad")
    assert usual() == "12 Hazratganj"

    other = UserAddress.objects.get(line1="7 Aminabad")
    signed_in.post(f"{BOOK}{other.pk}/usual/")

    assert usual() == "7 Aminabad"


def test_the_same_address_is_kept_once(signed_in: Client):
    save(signed_in)
    save(signed_in)

    assert UserAddress.objects.count() == 1


def test_an_address_is_changed(signed_in: Client):
    save(signed_in)
    address = UserAddress.objects.get()

    form = signed_in.get(f"{BOOK}{address.pk}/").content.decode()
    save(signed_in, f"{address.pk}/", line1="9 Chowk", postcode="110001", state="07")

    assert 'value="12 Hazratganj"' in form
    assert '<option value="09" selected>' in form
    address.refresh_from_db()
    assert (address.line1, address.postcode, address.state) == ("9 Chowk", "110001", "Delhi")


def test_changed_into_another_one_they_become_one(signed_in: Client):
    save(signed_in)
    save(signed_in, line1="7 Aminabad")
    other = UserAddress.objects.get(line1="7 Aminabad")

    save(signed_in, f"{other.pk}/")

    assert usual() == UserAddress.objects.get().line1 == "12 Hazratganj"


def test_a_pin_that_does_not_fit_is_said_and_nothing_is_kept(signed_in: Client):
    answer = save(signed_in, postcode="110001")

    assert answer.status_code == 422
    assert "PIN 110001 lies in Delhi, not in Uttar Pradesh" in answer.content.decode()
    assert UserAddress.objects.count() == 0


def test_looking_a_pin_up_keeps_what_was_typed_and_saves_nothing(signed_in: Client):
    page = save(signed_in, town="", state="", look_up="1").content.decode()

    assert 'value="12 Hazratganj"' in page
    assert 'value="Lucknow"' in page
    assert '<option value="09" selected>' in page
    assert UserAddress.objects.count() == 0


def test_town_and_state_left_empty_are_filled_in_and_shown_to_be_checked(signed_in: Client):
    answer = save(signed_in, town="", state="")

    assert answer.status_code == 422
    assert "We filled this in from your PIN code. Please check it." in answer.content.decode()
    assert UserAddress.objects.count() == 0


def test_another_pin_changes_the_town_of_a_kept_address(signed_in: Client):
    save(signed_in)
    address = UserAddress.objects.get()
    form = signed_in.get(f"{BOOK}{address.pk}/").context["form"]
    shown = {name: form[name].value() or "" for name in form.fields if name != "is_usual"}

    page = save(signed_in, f"{address.pk}/", **shown | {"postcode": "110001", "look_up": "1"})

    assert page.context["form"]["town"].value() == ""
    assert page.context["form"]["state"].value() == "07"


def test_deleting_asks_first_and_another_one_becomes_usual(signed_in: Client):
    save(signed_in)
    save(signed_in, line1="7 Aminabad")
    first = UserAddress.objects.get(line1="12 Hazratganj")

    asked = signed_in.get(f"{BOOK}{first.pk}/delete/")
    assert UserAddress.objects.count() == 2
    for _ in range(2):
        signed_in.post(f"{BOOK}{first.pk}/delete/")

    assert "Delete this address?" in asked.content.decode()
    assert usual() == UserAddress.objects.get().line1 == "7 Aminabad"


def test_anothers_address_is_out_of_reach(signed_in: Client, client: Client, asha: User):
    save(signed_in)
    address = UserAddress.objects.get()
    client.force_login(User.objects.create_user("ravi@example.org", "a long pass phrase"))

    assert client.get(f"{BOOK}{address.pk}/").status_code == 404
    assert save(client, f"{address.pk}/").status_code == 404
    client.post(f"{BOOK}{address.pk}/delete/")
    client.post(f"{BOOK}{address.pk}/usual/")
    assert UserAddress.objects.get().user == asha


def test_nobody_keeps_more_than_twenty(signed_in: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(addresses, "MOST_ADDRESSES", 1)
    save(signed_in)

    answer = save(signed_in, line1="7 Aminabad")

    assert answer.status_code == 409
    assert "You have 1 addresses" in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "hi"])
def test_the_usual_address_is_filled_in_at_checkout(signed_in: Client, asha: User, language: str):
    save(signed_in, postcode="110001", state="07", name="Asha Verma")
    basket = baskets.ensure_basket(user=asha, token="")
    baskets.add(basket, product_id=make_product().pk, quantity=1)

    page = signed_in.get(f"/{language}/checkout/").content.decode()

    for typed in ("12 Hazratganj", "110001", "Asha Verma", "asha@example.org"):
        assert f'value="{typed}"' in page
    assert '<option value="07" selected>' in page

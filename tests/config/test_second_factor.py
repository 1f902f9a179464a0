"""Who works here needs a second factor, gives it once, and is let in; at every door."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from django.test import Client

from storefront.accounts.models import User
from storefront.config.api import api
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.orders import make_order, part_of
from tests.factories.people import authenticator_code

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "s@example.org", "a long pass phrase"
DOORS = (
    "/seller/",
    "/seller/orders/",
    "/seller/products/",
    "/cms/",
    "/cms/pages/",
    "/cms/images/",
    "/dashboard/",
    "/dashboard/orders/",
    "/dashboard/catalogue/",
)


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def person(client: Client) -> User:
    """Somebody with every right who signed in with a password alone."""
    user = User.objects.create_superuser(EMAIL, PASSWORD)
    make_seller(users=[user])
    sign_in(client)
    return user


def sign_in(client: Client, address: str = "/en/account/login/") -> Any:
    return client.post(address, {"login": EMAIL, "password": PASSWORD})


@pytest.mark.parametrize("door", DOORS)
def test_who_has_no_second_factor_is_sent_to_set_one_up(
    client: Client, person: User, door: str
) -> None:
    answer = client.get(door)

    assert (answer.status_code, answer["Location"]) == (302, "/en/account/2fa/")


def test_nothing_moves_without_a_second_factor(client: Client, person: User) -> None:
    product = make_product(seller=person.partners.get(), stock=5)
    part = part_of(make_order(product))
    record = stock_record(product)
    known = {"free": 1, "price": 1, "version": record.version}

    moved = [
        client.post(f"/seller/products/{record.pk}/", known),
        client.post(f"/seller/orders/{part.number}/", {"action": "pack"}),
        client.post(f"/dashboard/catalogue/products/{product.pk}/delete/"),
    ]

    assert [answer["Location"] for answer in moved] == ["/en/account/2fa/"] * 3
    assert stock_record(product).version == record.version
    assert part_of(part.order).state == "accepted"


def test_a_password_alone_opens_the_shop_and_the_own_account(client: Client, person: User) -> None:
    for address in ("/en/shop/", "/en/basket/", "/en/account/", "/en/account/2fa/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("path", sorted(path for path in api.get_openapi_schema()["paths"]))
def test_the_api_opens_nothing_to_who_is_signed_in(client: Client, person: User, path: str) -> None:
    """No session counts there, so that no second factor can be left out."""
    asked = client.get(path)
    nobody = Client().get(path)

    assert (asked.status_code, asked.content) == (nobody.status_code, nobody.content)
    assert "cookie" not in asked.get("Vary", "").lower()


def set_one_up(client: Client) -> RecoveryCodes:
    """Do what the pages ask for; return the codes for a lost phone."""
    address = "/en/account/2fa/totp/activate/"
    asked = client.get(address)
    client.post(asked["Location"], {"password": PASSWORD})
    secret = client.get(address).context["form"].secret
    activated = client.post(address, {"code": authenticator_code(secret)})
    assert activated["Location"] == "/en/account/2fa/recovery-codes/"
    return RecoveryCodes(Authenticator.objects.get(type="recovery_codes"))


def test_who_came_in_before_it_was_set_up_elsewhere_is_asked_for_it(
    client: Client, person: User
) -> None:
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")

    asked = client.get("/seller/orders/")
    codes = client.get("/en/account/2fa/recovery-codes/generate/")
    given = client.post(asked["Location"], {"code": authenticator_code("JBSWY3DPEHPK3PXP")})

    assert asked["Location"] == "/en/account/2fa/reauthenticate/?next=%2Fseller%2Forders%2F"
    assert codes["Location"].startswith("/en/account/2fa/reauthenticate/")
    assert given["Location"] == "/seller/orders/"
    assert client.get("/seller/orders/").status_code == 200


def test_who_has_a_second_factor_is_asked_for_it_while_signing_in(person: User) -> None:
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    client = Client()

    password = sign_in(client, "/hi/account/login/?next=/seller/products/")
    outside = client.get("/seller/products/")
    wrong = client.post(password["Location"], {"code": "000000"})
    code = client.post(password["Location"], {"code": authenticator_code("JBSWY3DPEHPK3PXP")})

    assert password["Location"] == "/hi/account/2fa/authenticate/"
    assert outside["Location"].startswith("/hi/account/login/")
    assert wrong.status_code == 200
    assert code["Location"] == "/seller/products/"
    assert client.get("/seller/products/").status_code == 200


@pytest.mark.parametrize(("turns_ago", "comes_in"), [(1, True), (3, False)])
def test_a_code_that_changed_while_it_was_typed_is_taken_and_an_old_one_is_not(
    person: User, turns_ago: int, comes_in: bool
) -> None:
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    client = Client()
    password = sign_in(client, "/hi/account/login/?next=/seller/products/")
    code = authenticator_code("JBSWY3DPEHPK3PXP", turns_ago=turns_ago)

    answer = client.post(password["Location"], {"code": code})

    assert answer.status_code == (302 if comes_in else 200)


def test_who_has_a_second_factor_can_come_in_by_a_recovery_code_once(person: User) -> None:
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    first, second = Client(), Client()

    for client in (first, second):
        client.post(sign_in(client)["Location"], {"code": code})

    assert first.get("/seller/").status_code == 200
    assert second.get("/seller/").status_code == 302


def test_the_first_superuser_can_set_one_up(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email=EMAIL, interactive=False, verbosity=0)
    sign_in(client)

    codes = set_one_up(client)

    assert len(codes.get_unused_codes()) == 10

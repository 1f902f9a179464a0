"""One login behind every door, in the reader's language, and one way out."""

from typing import Any

import pytest
from django.test import Client

from storefront.accounts.models import User
from tests.factories.catalogue import make_seller

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "meera@example.org", "a long pass phrase"
# Where somebody works, and what the libraries themselves would sign people in with.
WORKPLACES = ("/seller/orders/?show=done", "/cms/pages/?q=1", "/dashboard/orders/", "/en/account/")
LIBRARY_LOGINS = (
    "/cms/login/",
    "/cms/password_reset/",
    "/dashboard/login/",
    "/en/_util/login/",
    "/hi/_util/login/",
)


@pytest.fixture
def person() -> User:
    """Somebody who may go through every door."""
    user = User.objects.create_superuser(EMAIL, PASSWORD)
    make_seller(users=[user])
    return user


def sign_in(client: Client, address: str, email: str = EMAIL) -> Any:
    return client.post(address, {"login": email, "password": PASSWORD})


@pytest.mark.parametrize("door", WORKPLACES)
def test_every_door_leads_to_the_login_and_then_to_where_one_wanted(
    client: Client, person: User, door: str
) -> None:
    asked = client.get(door)
    entered = sign_in(client, asked["Location"])

    assert asked.status_code == 302
    assert asked["Location"].startswith("/en/account/login/?next=")
    assert (entered.status_code, entered["Location"]) == (302, door)
    assert client.get(door).status_code == 200


@pytest.mark.parametrize("door", LIBRARY_LOGINS)
def test_a_library_s_own_login_leads_to_ours_and_signs_nobody_in(
    client: Client, person: User, door: str
) -> None:
    language = "hi" if door.startswith("/hi/") else "en"
    typed = {"username": EMAIL, "login": EMAIL, "password": PASSWORD}

    asked = client.get(f"{door}?next=/dashboard/")
    posted = client.post(door, typed)

    assert asked["Location"] == f"/{language}/account/login/?next=/dashboard/"
    assert (posted.status_code, posted["Location"]) == (302, f"/{language}/account/login/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("door", ["/accounts/login/", "/admin/login/", "/django-admin/login/"])
def test_other_doors_are_not_there(client: Client, door: str) -> None:
    assert client.get(door, follow=True).status_code == 404


def test_an_old_address_of_the_login_leads_to_the_one_of_now(client: Client) -> None:
    moved = client.get("/account/login/?next=/seller/")

    assert moved["Location"] == "/en/account/login/?next=/seller/"


@pytest.mark.parametrize(
    "away",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example/", ""],
)
def test_nobody_is_sent_to_another_site(client: Client, person: User, away: str) -> None:
    entered = sign_in(client, f"/en/account/login/?next={away}")

    assert (entered.status_code, entered["Location"]) == (302, "/en/account/")


@pytest.mark.parametrize("way_out", ["/en/account/logout/", "/cms/logout/"])
def test_signing_out_anywhere_is_signing_out_everywhere(
    client: Client, person: User, way_out: str
) -> None:
    client.force_login(person)

    client.post(way_out)

    for door in WORKPLACES:
        assert client.get(door)["Location"].startswith("/en/account/login/")


def test_looking_at_the_way_out_signs_nobody_out(client: Client, person: User) -> None:
    client.force_login(person)

    client.get("/en/account/logout/")

    assert client.get("/seller/").status_code == 200


def test_signing_out_ends_in_the_reader_s_language(client: Client, person: User) -> None:
    client.force_login(person)

    assert client.post("/hi/account/logout/")["Location"] == "/hi/"


@pytest.mark.parametrize("address", ["/cms/", "/cms/login/", "/cms/settings/", "/cms/images/"])
def test_who_writes_nothing_is_told_so_and_not_sent_in_circles(
    client: Client, address: str
) -> None:
    client.force_login(User.objects.create_user("asha@example.org", PASSWORD))

    answer = client.get(address)

    assert answer.status_code == 403
    assert "This page is not for you to open" in answer.content.decode()


def test_a_reader_of_hindi_signs_in_and_works_in_hindi(client: Client, person: User) -> None:
    public = client.get("/hi/shop/")
    asked = client.get("/hi/account/")
    login = client.get(asked["Location"])
    desk = client.get("/seller/")
    sign_in(client, desk["Location"])

    assert not public.cookies
    assert asked["Location"] == "/hi/account/login/?next=/hi/account/"
    assert '<html lang="hi">' in login.content.decode()
    assert desk["Location"] == "/hi/account/login/?next=/seller/"
    assert '<html lang="hi">' in client.get("/seller/").content.decode()


def test_the_language_read_last_is_the_one_that_counts(client: Client, person: User) -> None:
    client.force_login(person)
    client.get("/hi/account/")
    client.get("/en/me/")

    assert '<html lang="en-IN">' in client.get("/seller/").content.decode()
    assert not client.get("/en/me/").cookies


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_public_page_remembers_nothing(client: Client, language: str) -> None:
    client.get("/hi/account/")

    for page in ("shop/", "no-such-page/"):
        assert not client.get(f"/{language}/{page}").cookies


@pytest.mark.parametrize(("browser", "home"), [("hi-IN,hi;q=0.9", "/hi/"), ("fr", "/en/")])
def test_who_comes_to_the_shop_s_bare_address_is_led_to_their_language(
    client: Client, browser: str, home: str
) -> None:
    assert client.get("/", headers={"accept-language": browser})["Location"] == home


def test_the_login_s_language_links_lead_to_the_same_page(client: Client) -> None:
    page = client.get("/en/account/login/?next=/seller/").content.decode()

    assert 'href="/hi/account/login/?next=/seller/"' in page


def test_the_account_names_the_doors_of_who_works_here(client: Client, person: User) -> None:
    client.force_login(person)
    everything = client.get("/en/account/").content.decode()
    client.force_login(User.objects.create_user("asha@example.org", PASSWORD))
    nothing = client.get("/en/account/").content.decode()

    for door in ("/seller/", "/cms/", "/dashboard/"):
        assert f'href="{door}"' in everything
        assert f'href="{door}"' not in nothing

"""What is no text is refused once, at every door, with words; nothing is done or changed."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from storefront.accounts.models import User
from storefront.basket.models import Basket
from storefront.basket.queries import basket_view
from storefront.basket.session import COOKIE
from storefront.core.text import is_readable, is_storable, texts_in
from storefront.order.models import Order
from tests.factories.catalogue import make_product
from tests.factories.purchase import address_form, make_basket, make_post

WORDS = {
    "en": "Some characters cannot be read, so nothing was done.",
    "hi": "कुछ अक्षर पढ़े नहीं जा सकते, इसलिए कुछ नहीं किया गया।",
}
TOO_MUCH = {
    "en": "That is too much at once. Please send less.",
    "hi": "यह एक बार में बहुत अधिक है। कृपया कम भेजें।",
}
FORM = "application/x-www-form-urlencoded"
# NUL, a byte that is never UTF-8, one that ends too soon, half of a surrogate pair.
BAD = ["%00", "a%00b", "%FF", "%E0%A4", "%ED%A0%80"]


@pytest.mark.parametrize("text", ["", "chikan", "चिकन", "😀", "\ufffd", "\uffff", "a\nb"])
def test_text_of_any_script_can_be_kept(text: str) -> None:
    assert is_storable(text)


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800", "x\udfff"])
def test_nul_and_half_a_character_cannot_be_kept(text: str) -> None:
    assert not is_storable(text)


@pytest.mark.parametrize("encoded", BAD)
def test_an_encoded_text_is_read_strictly(encoded: str) -> None:
    assert not is_readable(encoded)
    assert not is_readable(encoded.encode())


def test_every_text_of_a_json_value_is_found_however_deep() -> None:
    value: Any = {"a": ["b", 1, None, {"c": "d"}]}
    for _ in range(5000):
        value = [value]

    assert set(texts_in(value)) == {"a", "b", "c", "d"}


def refused(answer: Any, language: str) -> None:
    assert answer.status_code == 400
    assert WORDS[language] in answer.content.decode()
    assert f'<html lang="{"hi" if language == "hi" else "en-IN"}">' in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-cache"


@pytest.mark.django_db
@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize(
    "address",
    [
        "/{language}/shop/?craft={bad}",
        "/{language}/search/?q={bad}",
        "/{language}/search/?{bad}=x",
        "/{language}/?nobody-reads-this={bad}",
        "/{language}/orders/{bad}/",
        "/{language}/orders/{bad}/paid/",
        "/{language}/{bad}/",
    ],
)
def test_an_address_that_is_no_text_is_refused(
    client: Client, address: str, language: str, bad: str
) -> None:
    refused(client.get(address.format(language=language, bad=bad)), language)


@pytest.mark.django_db
@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_form_that_is_no_text_is_refused_and_nothing_is_lost(
    browser_client: Client, language: str, bad: str
) -> None:
    make_post()
    basket = make_basket(make_product(stock=5), quantity=2)
    line = basket_view(basket).lines[0]
    browser_client.cookies[COOKIE] = basket.token
    forms = {
        f"/{language}/basket/add/": f"product_id={line.product_id}&quantity={bad}",
        f"/{language}/basket/lines/{line.id}/": f"quantity={bad}",
        f"/{language}/checkout/": "&".join(
            f"{name}={bad if name == 'town' else told}" for name, told in address_form().items()
        ),
    }

    for address, body in forms.items():
        refused(browser_client.post(address, body, content_type=FORM), language)

    assert [each.quantity for each in basket_view(basket).lines] == [2]
    assert Basket.objects.count() == 1
    assert not Order.objects.exists()


@pytest.mark.django_db
def test_a_form_in_parts_is_read_as_strictly(browser_client: Client) -> None:
    form = {"product_id": str(make_product().pk), "quantity": "1\x00"}

    refused(browser_client.post(reverse("basket-add"), form), "en")

    assert not Basket.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", [COOKIE, "sessionid", "csrftoken", "messages", "of-others"])
def test_a_cookie_that_is_no_text_is_refused_once_and_taken_away(client: Client, name: str) -> None:
    # A quoted cookie may write any byte as three octal digits.
    held = f'{name}="{"a" * 32}\\000"'

    answer = client.get("/hi/basket/", headers={"cookie": held})

    refused(answer, "hi")
    # Django itself gives another CSRF token for a broken one; the others end.
    assert "\x00" not in answer.cookies[name].value
    assert answer.cookies[name]["max-age"] == (31449600 if name == "csrftoken" else 0)


@pytest.mark.django_db
def test_foreign_bytes_in_a_cookie_shut_nobody_out(client: Client) -> None:
    answer = client.get("/en/basket/", headers={"cookie": f"{COOKIE}=\xff; other=caf\xe9"})

    assert answer.status_code == 200
    assert "Your basket is empty" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_form_that_is_too_large_is_refused_with_words(client: Client, language: str) -> None:
    body = "email=" + "x" * 2_200_000

    answer = client.post(f"/{language}/checkout/", body, content_type=FORM)

    assert answer.status_code == 413
    assert TOO_MUCH[language] in answer.content.decode()


@pytest.mark.django_db
def test_a_form_with_too_many_fields_is_refused_with_words(browser_client: Client) -> None:
    body = "&".join(f"a{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))

    answer = browser_client.post("/hi/basket/add/", body, content_type=FORM)

    assert answer.status_code == 413
    assert TOO_MUCH["hi"] in answer.content.decode()


@pytest.mark.django_db
def test_a_name_of_another_shop_is_not_understood(client: Client) -> None:
    answer = client.get("/hi/", headers={"host": "another.example"})

    assert answer.status_code == 400
    assert "दुकान इस अनुरोध को समझ नहीं सकी।" in answer.content.decode()


@pytest.mark.django_db
def test_the_seller_desk_is_no_exception(client: Client) -> None:
    client.force_login(User.objects.create_user("s@example.org", "a long password"))

    answer = client.post("/seller/", "q=%00", content_type=FORM, headers={"accept-language": "hi"})

    refused(answer, "hi")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        f"/sitemap.xml?section=products&p={'9' * 20}",
        f"/sitemap.xml?section=products&p={'9' * 5000}",
        "/sitemap.xml?section=products&p=०",
        f"/documents/{'9' * 19}/x/",
        f"/documents/{'9' * 5000}/x/",
        f"/en/shop/x-{'9' * 5000}/",
    ],
)
def test_a_number_larger_than_any_is_of_nothing(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("path", ["x" * 300 + ".jpg", "a/" + "9" * 5000])
def test_a_picture_with_a_name_longer_than_any_is_not_there(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404

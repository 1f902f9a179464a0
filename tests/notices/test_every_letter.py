"""Every letter the shop can write: shown to its makers, whole, in both languages, links good."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from cms.planting import plant_site
from storefront.config.letters import SAMPLES, sample_letter
from storefront.media.models import Rendition
from storefront.notices.tasks import Letter
from storefront.order.models import Order
from tests.factories.catalogue import make_picture, make_product, make_seller
from tests.factories.orders import make_order, make_shipped
from tests.notices.test_letters import _holes_show, holes_in  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db
TEMPLATES = settings.BASE_DIR / "themes" / "base" / "templates" / "emails"
LINK = re.compile(r"http://testserver(/[^\s\"<]*)")
MOST_BYTES = 100_000
# Names that stay as they are in Hindi too.
NAMES = re.compile(
    r"GSTIN \w+|India Post|EU123456789IN|Account closed|SBIN\w+|Asha Verma|12 Hazratganj|Lucknow"
    r"|Uttar Pradesh|Brass Workshop|\S+@\S+|https?://\S+|\bZ\w*-[\w-]+|\bGST\b|\bUPI\b|\bUTR\b"
)


@pytest.fixture
def order() -> Order:
    """Order two pieces with pictures from two sellers; one has left."""
    placed = make_order(
        make_product(pictures=[make_picture()]),
        make_product(seller=make_seller(), price="123456.00", pictures=[make_picture()]),
    )
    make_shipped(placed.seller_orders.order_by("pk")[0])
    return placed


def letter_of(name: str, language: str) -> Letter:
    letter = sample_letter(name, language)
    assert letter is not None
    return letter


def readable(html: str) -> str:
    """Return what a person reads of a letter's HTML."""
    body = html[html.index("<body") :]
    alts = " ".join(re.findall(r'alt="([^"]*)"', body))
    return unescape(re.sub(r"<[^>]+>", " ", body)) + alts


def links_of(letter: Letter) -> set[str]:
    return {unescape(link) for link in LINK.findall(letter.text + letter.html)}


def test_every_letter_is_shown_to_its_makers() -> None:
    written = {each.name.removesuffix(".subject.txt") for each in TEMPLATES.glob("*.subject.txt")}

    assert set(SAMPLES) == written


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.usefixtures("order")
def test_a_letter_is_whole_light_and_ready_for_any_mail_program(name: str, language: str) -> None:
    letter = letter_of(name, language)

    assert holes_in({"subject": letter.subject, "text": letter.text, "html": letter.html}) == {}
    assert letter.subject.splitlines() == [letter.subject]
    assert len(letter.html.encode()) <= MOST_BYTES
    assert letter.html.count("<h1 style=") == 1
    assert settings.SHOP_IMPRINT in letter.text
    assert settings.SHOP_IMPRINT in letter.html
    assert "\n\n\n" not in letter.text
    assert "<script" not in letter.html
    assert max(map(len, letter.html.splitlines())) < 998


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.usefixtures("order")
def test_no_english_is_left_in_a_hindi_letter(name: str) -> None:
    letter = letter_of(name, "hi")
    names = [settings.SHOP_IMPRINT, Order.objects.get().number]

    for text in (letter.subject, letter.text, readable(letter.html)):
        for known in names:
            text = text.replace(known, "")  # noqa: PLW2901 -- each name leaves the same text
        assert re.findall(r"[A-Za-z]{2,}", NAMES.sub("", text)) == []


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.usefixtures("order")
def test_every_link_of_a_letter_opens(name: str, language: str, client: Client) -> None:
    plant_site()
    links = links_of(letter_of(name, language))

    answers = {link: client.get(link, follow=True).status_code for link in links}

    assert len(links) >= 3
    assert set(answers.values()) == {200}, answers


@pytest.mark.parametrize("name", ["order_confirmed", "order_delivered", "order_cancelled"])
@pytest.mark.usefixtures("order")
def test_pictures_are_small_jpegs_with_words_and_sizes(name: str) -> None:
    letter = letter_of(name, "hi")

    [first, *_] = re.findall(r"<img [^>]*>", letter.html)
    assert re.search(r'src="http://testserver/media/[^"]+\.jpg"', first)
    assert 'alt="पीतल का लोटा"' in first
    assert 'width="72" height="72"' in first


@pytest.mark.usefixtures("order")
def test_a_letter_goes_without_a_picture_that_is_lost() -> None:
    from storefront.media.models import Picture

    for picture in Picture.objects.all():
        Path(picture.file.path).unlink()
    Rendition.objects.filter(filter_spec__contains="jpeg").delete()

    letter = letter_of("order_confirmed", "en")

    assert "<img" not in letter.html
    assert "Brass lota" in letter.html


def test_lines_cost_the_same_queries_however_many(django_assert_num_queries: Any) -> None:
    from storefront.media.templatetags.letter_pictures import with_pictures

    lines = [{"title": "Lota", "picture": make_picture().pk} for _ in range(3)]
    with_pictures(lines)

    for number in (1, 3):
        with django_assert_num_queries(1):
            with_pictures(lines[:number])


def test_a_square_is_cut_anew_when_its_picture_got_another_middle() -> None:
    from storefront.media.templatetags.letter_pictures import with_pictures

    picture = make_picture()
    [before] = with_pictures([{"picture": picture.pk}])
    picture.focal_point_x, picture.focal_point_y = 3, 3
    picture.focal_point_width, picture.focal_point_height = 4, 4
    picture.save()

    [after] = with_pictures([{"picture": picture.pk}])

    assert after["shown"]["src"] != before["shown"]["src"]


@override_settings(STYLEGUIDE=True)
@pytest.mark.usefixtures("order")
def test_the_sheet_shows_each_letter_in_both_languages(client: Client) -> None:
    sheet = client.get("/en/styleguide/letters/").content.decode()

    assert sheet.count('<iframe sandbox=""') == 2 * len(SAMPLES)
    assert 'src="/en/styleguide/letters/order_packed/hi/"' in sheet
    shown = client.get("/en/styleguide/letters/order_packed/hi/")
    assert shown.content.decode() == letter_of("order_packed", "hi").html
    assert "style-src 'unsafe-inline'" in shown["Content-Security-Policy"]


@override_settings(STYLEGUIDE=True)
def test_without_an_order_the_sheet_says_so(client: Client) -> None:
    assert "no paid order" in client.get("/en/styleguide/letters/").content.decode()
    assert client.get("/en/styleguide/letters/order_packed/hi/").status_code == 404


@override_settings(STYLEGUIDE=True)
@pytest.mark.parametrize("address", ["no_such_letter/hi/", "order_packed/fr/"])
@pytest.mark.usefixtures("order")
def test_what_is_no_letter_is_not_there(client: Client, address: str) -> None:
    assert client.get(f"/en/styleguide/letters/{address}").status_code == 404


@override_settings(STYLEGUIDE=False)
@pytest.mark.usefixtures("order")
def test_buyers_have_no_such_pages(client: Client) -> None:
    assert client.get("/en/styleguide/letters/").status_code == 404
    assert client.get("/en/styleguide/letters/order_packed/hi/").status_code == 404

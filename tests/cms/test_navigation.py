"""Menu and footer: set by editors, in both languages; what leads nowhere readers do not see."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.front_page import kinds_of_care
from cms.navigation import Navigation, menus
from cms.pages.standard import StandardPage
from storefront.accounts.roles import Role
from tests.cms.conftest import member
from tests.cms.story_forms import items
from tests.factories.pages import make_story

EMPTY = {"page": "", "place": "", "address": "", "label_en": "", "label_hi": ""}


def form_address() -> str:
    site = Site.objects.get(is_default_site=True)
    return reverse("wagtailsettings:edit", args=["cms", "navigation", site.pk])


def link(**facts: Any) -> dict[str, Any]:
    return {**EMPTY, **facts}


def form(*links: dict[str, Any], columns: Any = (), accounts: Any = (), **facts: str) -> Any:
    """Return what the browser sends: these links in the menu, nothing else unless told."""
    texts = dict.fromkeys(("line_en", "line_hi", "contact_en", "contact_hi", "email", "phone"), "")
    return nested_form_data(
        {
            **texts,
            **facts,
            "menu": streamfield([("link", each) for each in links]),
            "columns": streamfield([("column", each) for each in columns]),
            "accounts": streamfield([("account", each) for each in accounts]),
        }
    )


def column(*links: dict[str, Any], **words: str) -> dict[str, Any]:
    texts = {"title_en": "Read", "title_hi": "पढ़ें", "text_en": "", "text_hi": ""}
    return {**texts, **words, "links": items(list(links))}


def menu_of(page: Any) -> list[tuple[str, str]]:
    """Return the words and addresses of the main menu."""
    found = BeautifulSoup(page.content, "html.parser").select(".nav a")
    return [(each.get_text(strip=True), str(each["href"])) for each in found]


def footer_of(page: Any) -> str:
    footer = BeautifulSoup(page.content, "html.parser").select_one("footer")
    assert footer
    return " ".join(footer.get_text(" ").split())


def test_before_an_editor_does_anything_there_is_the_first_menu(client: Client) -> None:
    english, hindi = client.get("/en/"), client.get("/hi/")

    assert menu_of(english) == [
        ("Districts", "/en/districts/"),
        ("Crafts", "/en/crafts/"),
        ("Stories", "/en/stories/"),
        ("Shop", "/en/shop/"),
    ]
    assert menu_of(hindi)[0] == ("ज़िले", "/hi/districts/")
    assert "75 districts, one bazaar" in english.content.decode()
    assert "75 ज़िले, एक बाज़ार" in hindi.content.decode()
    assert "Look around All 75 districts The whole shop Collections" in footer_of(english)
    assert "हमारे ई-मेल का लिंक सँभालकर रखें" in footer_of(hindi)
    assert not Navigation.objects.exists()


def test_opening_and_saving_the_form_changes_nothing_for_readers(
    editor: Client, client: Client
) -> None:
    before = client.get("/hi/").content
    editor.get(form_address())
    saved = Navigation.objects.get()
    saved.save()

    assert client.get("/hi/").content == before


def test_an_editor_sets_menu_footer_contact_and_the_line_above(
    editor: Client, client: Client
) -> None:
    story = make_story(title="The ghat")
    make_story(title="घाट", language="hi")
    lamps = link(address="/en/shop/?craft=brassware", label_en="Lamps", label_hi="दीये")

    answer = editor.post(
        form_address(),
        form(
            link(place="shop"),
            lamps,
            link(page=story.pk),
            columns=[column(link(place="about", label_en="Who we are", label_hi="हम कौन"))],
            accounts=[{"network": "instagram", "address": "https://example.org/zila"}],
            line_en="Closed on Holi",
            line_hi="होली पर बंद",
            contact_en="Hazratganj, Lucknow",
            contact_hi="हज़रतगंज, लखनऊ",
            email="namaste@example.org",
            phone="+91 522 400 1234",
        ),
    )

    assert answer.status_code == 302
    english, hindi = client.get("/en/"), client.get("/hi/")
    assert menu_of(english) == [
        ("Shop", "/en/shop/"),
        ("Lamps", "/en/shop/?craft=brassware"),
        ("The ghat", "/en/stories/sand-fire-and-a-small-chisel/"),
    ]
    assert menu_of(hindi) == [
        ("दुकान", "/hi/shop/"),
        ("दीये", "/hi/shop/?craft=brassware"),
        ("घाट", "/hi/stories/sand-fire-and-a-small-chisel/"),
    ]
    assert "<p>Closed on Holi</p>" in english.content.decode()
    assert "<p>होली पर बंद</p>" in hindi.content.decode()
    told = footer_of(hindi)
    for words in ("हम कौन", "हज़रतगंज, लखनऊ", "namaste@example.org", "Instagram"):
        assert words in told
    html = english.content.decode()
    assert 'href="tel:+915224001234"' in html
    assert 'href="https://example.org/zila" rel="me"' in html
    assert english["Cache-Control"].startswith("public")
    assert not english.cookies


def test_the_entry_one_is_in_is_marked(editor: Client, client: Client) -> None:
    lamps = link(address="/en/shop/?craft=x", label_en="Lamps", label_hi="दीये")
    editor.post(form_address(), form(link(place="home"), link(place="shop"), lamps))

    def marked(address: str) -> list[str]:
        page = BeautifulSoup(client.get(address).content, "html.parser")
        return [each.get_text() for each in page.select(".nav [aria-current]")]

    assert marked("/en/") == ["Home"]
    assert marked("/en/shop/?sort=new") == ["Shop"]
    assert marked("/en/shop/?craft=x") == ["Lamps"]
    assert marked("/en/stories/") == []


def test_what_leads_nowhere_readers_do_not_see_and_editors_do(
    editor: Client, client: Client
) -> None:
    story = make_story(title="The ghat")
    editor.post(form_address(), form(link(place="about"), link(page=story.pk), link(place="shop")))
    about = StandardPage.objects.get(slug="about", locale__language_code="en")
    before = menu_of(client.get("/en/"))

    about.unpublish()

    after, hindi = menu_of(client.get("/en/")), menu_of(client.get("/hi/"))
    told = editor.get(form_address()).content.decode()
    assert [name for name, _url in before] == ["About us", "The ghat", "Shop"]
    assert [name for name, _url in after] == ["The ghat", "Shop"]
    assert [name for name, _url in hindi] == ["हमारे बारे में", "दुकान"]
    assert "About us: not there in English" in told
    assert "The ghat: not there in Hindi" in told
    [care] = [kind for kind in kinds_of_care() if "menu" in kind.title]
    assert [item.text for item in care.items] == [
        "About us: not there in English",
        "The ghat: not there in Hindi",
    ]


def test_a_deleted_page_leaves_no_link_and_the_form_opens(editor: Client, client: Client) -> None:
    story = make_story()
    words = {"label_en": "Read", "label_hi": "पढ़ें"}
    editor.post(form_address(), form(link(page=story.pk, **words), link(place="shop")))

    story.delete()

    assert [name for name, _url in menu_of(client.get("/en/"))] == ["Shop"]
    assert "Read: the page was deleted" in editor.get(form_address()).content.decode()


WRONG = {
    "nothing": (link(), "Choose one"),
    "two things": (link(place="shop", address="/en/shop/"), "Choose one"),
    "a list without words": (link(address="/en/shop/"), "no name of its own"),
    "elsewhere": (link(address="https://example.org/", label_en="x", label_hi="y"), "no list of"),
    "not public": (link(address="/cms/", label_en="x", label_hi="y"), "no list of"),
    "script": (link(address="javascript:alert(1)", label_en="x", label_hi="y"), "no list of"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_link_that_makes_no_sense_is_refused_with_a_reason(editor: Client, case: str) -> None:
    sent, reason = WRONG[case]

    answer = editor.post(form_address(), form(sent))

    assert answer.status_code == 200
    assert reason in answer.content.decode()


def test_words_in_one_language_only_are_refused(editor: Client) -> None:
    answer = editor.post(form_address(), form(link(place="shop"), line_en="Closed on Holi"))

    assert "Write it in both languages, or in none." in answer.content.decode()


def test_editors_and_moderators_set_it_and_nobody_else(
    editor: Client, moderator: Client, client: Client
) -> None:
    correspondent = member(Role.CORRESPONDENT)

    assert [who.get(form_address()).status_code for who in (editor, moderator)] == [200, 200]
    assert correspondent.get(form_address()).status_code == 302
    assert client.get(form_address()).status_code == 302


def test_the_menu_costs_two_queries_a_minute(client: Client) -> None:
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/help/")
        asked.append(sum("cms_navigation" in query["sql"] for query in queries))

    assert asked == [1, 0]
    assert menus("en") is menus("en")

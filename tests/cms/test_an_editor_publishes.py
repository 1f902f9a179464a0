"""The editor's job, over HTTP: write, choose products, preview, publish, mend."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.test.utils.form_data import nested_form_data, rich_text

from cms.pages.districts import DistrictIndexPage, DistrictPage
from cms.pages.stories import StoryPage
from cms.queries import stories_of_product
from storefront.catalogue import services as catalogue
from storefront.catalogue.models import Product
from tests.cms.story_forms import STORY, adding, editing, form, stories_page
from tests.factories.catalogue import make_product
from tests.factories.pages import make_district_page, make_story


def test_an_editor_publishes_a_story_whose_products_link_back(
    editor: Client, client: Client
) -> None:
    lota, plate = make_product(), make_product(title_en="Brass plate")
    add = adding()

    answer = editor.post(add, form(lota, plate) | {"action-publish": "publish"})

    assert answer.status_code == 302
    shown = client.get("/en/stories/a-lota-is-born/").content.decode()
    assert "<h2>The mould</h2>" in shown
    assert shown.index("Brass lota") < shown.index("Brass plate")
    assert "₹1,450" in shown
    [card] = stories_of_product(lota)
    assert (card.title, card.url) == ("A lota is born", "/en/stories/a-lota-is-born/")
    assert StoryPage.objects.get().latest_revision is not None


def test_an_editor_previews_what_nobody_else_can_see(editor: Client, client: Client) -> None:
    lota = make_product()
    at = [*STORY, stories_page().pk]
    preview = reverse("wagtailadmin_pages:preview_on_add", args=at)

    accepted = editor.post(preview, form(lota)).json()
    shown = editor.get(preview)

    assert accepted["is_valid"] is True
    assert "Damp sand." in shown.content.decode()
    assert "Brass lota" in shown.content.decode()
    assert client.get("/en/stories/a-lota-is-born/").status_code == 404


def test_a_preview_of_a_hindi_story_is_hindi(editor: Client) -> None:
    lota = make_product()
    preview = reverse("wagtailadmin_pages:preview_on_add", args=[*STORY, stories_page("hi").pk])
    editor.post(preview, form(lota))

    assert "पीतल का लोटा" in editor.get(preview).content.decode()


def test_a_preview_tells_the_editor_which_products_readers_do_not_see(editor: Client) -> None:
    lota, plate = make_product(), make_product(title_en="Brass plate")
    story = make_story([lota, plate])
    catalogue.withdraw(plate)

    shown = editor.get(reverse("wagtailadmin_pages:view_draft", args=[story.pk]))

    assert "1 product here is no longer on sale" in shown.content.decode()


def test_the_form_and_the_front_page_name_a_withdrawn_product(editor: Client) -> None:
    plate = make_product(title_en="Brass plate")
    story = make_story([plate])
    catalogue.withdraw(plate)

    edit = editor.get(editing(story)).content.decode()
    front = editor.get(reverse("wagtailadmin_home")).content.decode()

    assert "withdrawn from sale" in edit
    assert ": Brass plate</li>" in front


def test_a_deleted_product_leaves_a_gap_the_editor_can_see_and_mend(
    editor: Client, client: Client
) -> None:
    lota, plate = make_product(), make_product(title_en="Brass plate")
    story = make_story([lota, plate], slug="a-lota-is-born")
    Product.objects.get(pk=plate.pk).delete()
    edit = editing(story)

    front = editor.get(reverse("wagtailadmin_home")).content.decode()
    opened = editor.get(edit)
    mended = editor.post(edit, form(lota) | {"action-publish": "publish"})
    after = editor.get(reverse("wagtailadmin_home")).content.decode()

    assert "a product that was deleted" in front
    assert opened.status_code == 200
    assert mended.status_code == 302
    assert "a product that was deleted" not in after
    assert "Brass lota" in client.get("/en/stories/a-lota-is-born/").content.decode()


def test_a_story_taken_back_is_no_longer_named_on_the_product_page(editor: Client) -> None:
    lota = make_product()
    story = make_story([lota])
    back = reverse("wagtailadmin_pages:unpublish", args=[story.pk])

    editor.post(back)

    assert stories_of_product(lota) == []


def test_a_draft_that_drops_a_product_does_not_count_before_it_is_published() -> None:
    lota = make_product()
    story = make_story([lota])
    story.body = []

    story.save_revision()

    assert len(stories_of_product(lota)) == 1


def test_the_chooser_finds_products_on_sale_with_price_and_seller(editor: Client) -> None:
    make_product(title_en="Engraved lota")
    make_product(title_en="Engraved draft", is_live=False)
    make_product(title_en="Padlock")
    results = reverse("product_chooser:choose_results")

    found = editor.get(results, {"q": "engrav"}).content.decode()

    text = " ".join(BeautifulSoup(found, "html.parser").get_text(" ").split())
    assert "Engraved lota" in text
    assert "₹1,450" in text
    assert "Moradabad Brass Workshop" in text
    assert "Engraved draft" not in text
    assert "Padlock" not in text


def test_choosing_a_product_tells_the_form_its_title(editor: Client) -> None:
    lota = make_product()

    answer = editor.get(reverse("product_chooser:chosen", args=[lota.pk])).json()

    assert answer["result"]["id"] == str(lota.pk)
    assert answer["result"]["title"] == "Brass lota"
    assert answer["result"]["edit_url"] is None


def test_a_correspondent_writes_but_does_not_publish(correspondent: Client, client: Client) -> None:
    add = adding()

    correspondent.post(add, form(make_product()) | {"action-publish": "publish"})

    assert StoryPage.objects.get().live is False
    assert client.get("/en/stories/a-lota-is-born/").status_code == 404


def test_a_correspondent_cannot_touch_the_districts(correspondent: Client) -> None:
    page = make_district_page()

    answer = correspondent.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert answer.status_code == 302


def test_an_editor_changes_a_district_but_does_not_publish_it(editor: Client) -> None:
    page = make_district_page()
    content = nested_form_data(
        {
            "title": "Moradabad",
            "district": page.district_id,
            "intro": "Unpublished words.",
            "cover": "",
            "body": rich_text("<p>More.</p>"),
            "slug": "moradabad",
            "seo_title": "",
            "search_description": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )

    editor.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        content | {"action-publish": "publish"},
    )

    page.refresh_from_db()
    assert page.intro == "Brass rings in every lane."
    assert page.get_latest_revision_as_object().intro == "Unpublished words."


def test_there_is_one_page_a_district_and_language() -> None:
    import pytest
    from django.core.exceptions import ValidationError

    page = make_district_page()
    lists = DistrictIndexPage.objects.get(locale__language_code="en")
    second = DistrictPage(title="Again", district=page.district, intro="x", locale=page.locale)

    with pytest.raises(ValidationError):
        lists.add_child(instance=second)

    assert make_district_page(language="hi").pk != page.pk
    assert DistrictPage.objects.count() == 2


def test_who_is_no_staff_gets_no_way_to_the_dashboard(editor: Client) -> None:
    assert "Shop dashboard" not in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_a_story_with_a_hindi_title_gets_an_address_in_latin_letters(
    editor: Client, client: Client
) -> None:
    add = adding("hi")
    sent = form(make_product(), title="लोटे का जन्म", slug="")

    answer = editor.post(add, sent | {"action-publish": "publish"})

    assert answer.status_code == 302
    assert StoryPage.objects.get().slug == "lote-ka-jnm"
    assert client.get("/hi/stories/lote-ka-jnm/").status_code == 200


def test_a_story_sent_for_translation_becomes_a_hindi_story_with_hindi_products(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    from wagtail.models import Locale
    from wagtail_localize.models import StringTranslation, Translation, TranslationSource

    lota = make_product()
    story = make_story([lota])
    hindi = Locale.objects.get(language_code="hi")
    source, _ = TranslationSource.update_or_create_from_instance(story)
    translation = Translation.objects.create(source=source, target_locale=hindi)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=hindi,
            context=segment.context,
            data="हिन्दी में",
        )

    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    shown = client.get("/hi/stories/sand-fire-and-a-small-chisel/").content.decode()
    assert "<h2>हिन्दी में</h2>" in shown
    assert "पीतल का लोटा" in shown
    with override("hi"):
        assert [card.title for card in stories_of_product(lota)] == ["हिन्दी में"]

"""The account on a small phone without script: keep for later, wait, tell others, ask, and go."""

from pathlib import Path

from django.core import mail
from playwright.sync_api import expect

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.feedback.models import ProductReview
from storefront.fulfilment.services import say_arrived
from storefront.stock.rules import Reason
from storefront.stock.services import set_free
from storefront.wishes.services import tell_waiting
from tests.browser.barriers import problems
from tests.browser.conftest import NewVisitor
from tests.browser.purchase import click
from tests.browser.town import PASSWORD, Town, add_asha
from tests.factories.catalogue import make_picture, stock_record
from tests.factories.orders import make_order, make_shipped, part_of


def settle_asha(town: Town) -> User:
    """Take in a buyer who has a lota at home."""
    asha = add_asha()
    order = make_order(town.lota, user=asha)
    say_arrived(make_shipped(part_of(order)), by=None, now=now())
    mail.outbox.clear()
    return asha


def test_a_guest_saves_a_piece_signs_in_and_moves_it_to_the_basket(
    visit: NewVisitor, town: Town
) -> None:
    settle_asha(town)
    buyer = visit()
    buyer.go(town.bell.get_absolute_url())
    click(buyer, "Save to my wish list")
    expect(buyer.tab.get_by_role("main")).to_contain_text("Sign in, and it is on your wish list.")
    buyer.tab.get_by_label("Email").fill("asha@example.org")
    buyer.tab.get_by_label("Password").fill(PASSWORD)
    click(buyer, "Sign in")

    expect(buyer.tab.get_by_role("main")).to_contain_text("“Temple bell” is on your wish list.")
    buyer.assert_fits()
    click(buyer, "Move to basket Temple bell")
    expect(buyer.tab.get_by_role("heading", level=1)).to_have_text("Your basket")
    expect(buyer.tab.get_by_role("main")).to_contain_text("Temple bell")


def test_a_guest_hears_once_that_a_piece_is_back(visit: NewVisitor, town: Town) -> None:
    set_stock(town, free=0)
    guest = visit()
    guest.go(f"/hi/shop/{town.bell.slug}-{town.bell.pk}/")
    click(guest, "वापस आए तो बताएँ")
    guest.tab.get_by_label("ई-मेल").fill("guest@example.org")
    guest.assert_fits()
    click(guest, "वापस आए तो बताएँ")
    expect(guest.tab.get_by_role("heading", level=1)).to_have_text("अपना ई-मेल देखें")
    asked = mail.outbox.pop()
    link = next(word for word in asked.body.split() if "/account/alerts/" in word)
    guest.tab.goto(link)
    click(guest, "हाँ, वापस आए तो बताएँ")
    expect(guest.tab.get_by_role("heading", level=1)).to_have_text("वापस आने पर हम लिखेंगे")
    set_stock(town, free=1)
    tell_waiting(now=now())
    tell_waiting(now=now())

    [letter] = mail.outbox
    assert letter.subject == "“मंदिर की घंटी” फिर आ गया है"


def test_a_buyer_writes_with_a_photo_and_others_read_it(
    visit: NewVisitor, town: Town, tmp_path: Path
) -> None:
    settle_asha(town)
    buyer = visit()
    buyer.sign_in("asha@example.org", then="/en/account/reviews/")
    click(buyer, "Write a review Brass lota", "link")
    click(buyer, "Send")
    expect(buyer.tab.get_by_role("alert")).to_contain_text("How many stars?")
    buyer.tab.get_by_label("4 stars").check()
    buyer.tab.get_by_label("What is it like?").fill("It rings when you tap it.")
    photo = tmp_path / "photo.png"
    photo.write_bytes(make_picture().file.read())
    buyer.tab.get_by_label("Photos (if you like)").set_input_files(photo)
    buyer.assert_fits()
    click(buyer, "Send")
    expect(buyer.tab.get_by_role("main")).to_contain_text("We are reading it")
    review = ProductReview.objects.get()
    review.status = ProductReview.APPROVED
    review.save()

    reader = visit(script=True)
    reader.go(town.lota.get_absolute_url())
    reader.assert_fits()
    expect(reader.tab.locator("#reviews")).to_contain_text("4.0 of 5, from 1 review")
    expect(reader.tab.locator("#reviews")).to_contain_text("It rings when you tap it.")
    assert problems(reader) == []
    reader.go(f"/hi/shop/{town.lota.slug}-{town.lota.pk}/reviews/")
    reader.assert_fits()
    assert problems(reader) == []


def set_stock(town: Town, *, free: int) -> None:
    record = stock_record(town.bell)
    set_free(record, free=free, version=record.version, by=None, reason=Reason.EDIT)

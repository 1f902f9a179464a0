"""The small town that every browser test starts in: two sellers, three products, one editor."""

from dataclasses import dataclass
from io import StringIO

from django.core.management import call_command

from storefront.accounts.models import User
from storefront.accounts.roles import Role
from storefront.accounts.services import PersonFacts, add_person
from storefront.atlas.models import District
from storefront.catalogue.models import Product
from storefront.partner.models import Partner
from tests.factories.catalogue import (
    make_artisan,
    make_craft,
    make_picture,
    make_product,
    make_seller,
)
from tests.factories.pages import make_artisan_page, make_craft_page, make_district_page, make_story
from tests.factories.people import confirm_address, make_asha

PASSWORD = "a long pass phrase"
PEOPLE = {
    "editor@example.org": ("Ila Sen", Role.EDITOR),
    "meera@example.org": ("Meera Devi", Role.SELLER),
    "salim@example.org": ("Salim Khan", Role.SELLER),
    "staff@example.org": ("Asif Ali", Role.STAFF),
}


@dataclass(frozen=True, slots=True)
class Town:
    """What tests look for by name."""

    brass: Partner
    silk: Partner
    lota: Product
    bell: Product
    stole: Product
    staff: User


def build_town() -> Town:
    """Build it the way the shop is built: places, roles, people, goods, pages."""
    call_command("load_atlas", stdout=StringIO())
    call_command("setup_roles", stdout=StringIO())
    people = {
        email: add_person(PersonFacts(email, name, PASSWORD), role=role)
        for email, (name, role) in PEOPLE.items()
    }
    brass = make_seller("Moradabad Brass Workshop", users=[people["meera@example.org"]])
    silk = _silk_house(people["salim@example.org"])
    maker = make_artisan(portrait=make_picture("Shabana Parveen", "शबाना परवीन"))
    lota = make_product(seller=brass, artisan=maker, pictures=[make_picture()])
    bell = make_product(
        title_en="Temple bell",
        title_hi="मंदिर की घंटी",
        seller=brass,
        price="650.00",
        stock=1,
        pictures=[
            make_picture("A brass bell", "पीतल की घंटी"),
            make_picture("The bell from below", "घंटी नीचे से"),
            make_picture("The bell in a hand", "हाथ में घंटी"),
        ],
    )
    stole = _stole(silk)
    for language in ("en", "hi"):
        make_district_page(language=language)
        make_craft_page(language=language)
        make_artisan_page(maker, language=language)
    make_story([lota])
    return Town(brass, silk, lota, bell, stole, people["staff@example.org"])


def add_asha() -> User:
    """Take in a buyer whose address is confirmed."""
    asha = make_asha(password=PASSWORD)
    confirm_address(asha)
    return asha


def _silk_house(user: User) -> Partner:
    return make_seller(
        "Varanasi Silk House",
        name_hi="वाराणसी सिल्क हाउस",
        district=District.objects.get(slug="varanasi"),
        town_en="Varanasi",
        town_hi="वाराणसी",
        pin="221001",
        users=[user],
    )


def _stole(seller: Partner) -> Product:
    return make_product(
        title_en="Banarasi stole",
        title_hi="बनारसी स्टोल",
        seller=seller,
        price="3800.00",
        stock=1,
        is_one_of_a_kind=True,
        district=seller.district,
        craft=make_craft("Silk weaving", "रेशम की बुनाई", family="textile"),
        hsn="5007",
        pictures=[make_picture("A silk stole", "रेशमी स्टोल")],
    )

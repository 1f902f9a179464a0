"""Moderators say where no parcel goes, from when till when, and why."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from storefront.accounts.roles import Role
from storefront.atlas.models import UnservedPin
from storefront.core.clock import today
from tests.cms.conftest import member

pytestmark = pytest.mark.django_db
TYPED = {
    "prefix": "7443",
    "reason_en": "No ship.",
    "reason_hi": "जहाज़ नहीं जाता।",
    "first_day": f"{today()}",
}


def test_a_moderator_says_where_no_parcel_goes(moderator: Client) -> None:
    moderator.post(reverse("unserved-pins:add"), TYPED)

    row = UnservedPin.objects.get()
    assert (row.prefix, row.first_day, row.last_day) == ("7443", today(), None)
    assert "No ship." in moderator.get(reverse("unserved-pins:index")).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"prefix": "74"}, "three to six digits"),
        ({"prefix": "0744"}, "three to six digits"),
        ({"reason_hi": ""}, "This field is required."),
        ({"last_day": f"{today() - timedelta(days=1)}"}, "The last day is before the first."),
    ],
)
def test_what_makes_no_sense_is_refused(
    moderator: Client, typed: dict[str, Any], told: str
) -> None:
    answer = moderator.post(reverse("unserved-pins:add"), TYPED | typed)

    assert told in answer.content.decode()
    assert not UnservedPin.objects.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CORRESPONDENT])
def test_others_who_write_find_no_such_list(role: Role) -> None:
    client = member(role)

    client.post(reverse("unserved-pins:add"), TYPED)

    assert (
        reverse("unserved-pins:index")
        not in client.get(reverse("wagtailadmin_home")).content.decode()
    )
    assert not UnservedPin.objects.exists()

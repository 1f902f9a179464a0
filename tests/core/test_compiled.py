"""Compiled queries give what Django's own give, and refuse what they cannot keep."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, QuerySet, Sum
from django.db.transaction import TransactionManagementError, atomic
from django.utils import translation

from storefront.core.clock import now
from storefront.core.compiled import LONGEST, compiled
from storefront.core.models import Heartbeat
from storefront.partner.models import Partner
from tests.factories.catalogue import make_seller, make_state

pytestmark = pytest.mark.django_db
SELLERS = {"Agra": "आगरा", "Lalitpur": "ललितपुर", "Lucknow": "लखनऊ"}


@pytest.fixture
def sellers() -> None:
    for english, hindi in SELLERS.items():
        make_seller(english, name_hi=hindi)


@compiled
def sellers_from(name: str, state: str) -> QuerySet[Partner]:
    found = Partner.objects.filter(name__gte=name, state=state)
    return found.select_related("state").order_by("name")


@compiled
def sellers_among(codes: list[str]) -> QuerySet[Partner]:
    return Partner.objects.filter(code__in=codes).order_by("code")


@compiled
def beats(since: Any, every: int) -> QuerySet[Heartbeat, Any]:
    later = Heartbeat.objects.filter(at__gte=since, every__gt=every).order_by("name")
    return later.annotate(twice=F("every") * 2).values_list("name", "twice")


@compiled
def locked(name: str) -> QuerySet[Heartbeat]:
    return Heartbeat.objects.filter(name=name).select_for_update()


@compiled
def in_state(state: str | None) -> QuerySet[Partner, Any]:
    return Partner.objects.filter(state=state).values_list("code", flat=True).order_by("code")


@pytest.mark.usefixtures("sellers")
def test_rows_are_those_of_the_queryset_again_and_again_with_other_values() -> None:
    for name in ("L", "A", "Z", "L"):
        own = Partner.objects.filter(name__gte=name, state="09").order_by("name")
        assert sellers_from(name, "09") == list(own)


@pytest.mark.usefixtures("sellers")
def test_related_rows_come_along_without_another_query(
    django_assert_num_queries: Any,
) -> None:
    sellers_from("A", "09")
    with django_assert_num_queries(1):
        assert {each.state.code for each in sellers_from("L", "09")} == {"09"}


@pytest.mark.usefixtures("sellers")
@pytest.mark.parametrize("language", ["en", "hi"])
def test_translated_columns_are_those_of_the_language_of_the_moment(language: str) -> None:
    letter, names = {"en": ("L", list(SELLERS)), "hi": ("ल", list(SELLERS.values()))}[language]
    with translation.override(language):
        found = [each.name for each in sellers_from(letter, "09")]
        assert sorted(found) == sorted(name for name in names if name >= letter)


@pytest.mark.usefixtures("sellers")
def test_lists_may_have_any_length() -> None:
    codes = list(Partner.objects.order_by("code").values_list("code", flat=True))
    for length in (2, 0, 1, 3):
        assert [each.code for each in sellers_among(codes[:length])] == codes[:length]
    assert len(sellers_among(codes * LONGEST)) == len(codes)


def test_values_and_sums_come_as_they_do_from_the_queryset() -> None:
    at = now()
    Heartbeat.objects.create(name="a", at=at, every=60)
    Heartbeat.objects.create(name="b", at=at - timedelta(hours=1), every=90)
    assert beats(at - timedelta(minutes=1), 10) == [("a", 120)]
    assert beats(at - timedelta(hours=2), 10) == [("a", 120), ("b", 180)]
    assert beats(at - timedelta(hours=2), 70) == [("b", 180)]


@pytest.mark.usefixtures("sellers")
def test_nothing_given_is_another_question_than_something() -> None:
    assert in_state(None) == []
    assert len(in_state("09")) == len(SELLERS)


@pytest.mark.django_db(transaction=True)
def test_rows_are_only_locked_inside_a_transaction() -> None:
    with atomic():
        assert locked("nobody") == []
        assert connection.in_atomic_block
    with pytest.raises(TransactionManagementError):
        locked("nobody")


def test_what_is_no_plain_value_is_refused() -> None:
    with pytest.raises(TypeError, match="no plain value"):
        in_state(make_state())  # as `filter` itself would take it


def test_a_query_that_decides_by_a_value_is_refused() -> None:
    @compiled
    def decides(number: int) -> QuerySet[Heartbeat]:
        some = Heartbeat.objects.filter(every=number)
        return some.filter(name="low") if number < 21_000 else some

    with pytest.raises(TypeError, match="another query"):
        decides(3)


def test_a_value_that_is_changed_on_its_way_is_refused() -> None:
    @compiled
    def changes(number: int) -> QuerySet[Heartbeat]:
        return Heartbeat.objects.filter(every=number + 1)

    with pytest.raises(TypeError, match="as it is"):
        changes(3)


def test_a_sum_may_be_asked_for() -> None:
    @compiled
    def total(at_least: int) -> QuerySet[Heartbeat, Any]:
        some = Heartbeat.objects.filter(every__gte=at_least).values("name")
        return some.annotate(n=Sum("every")).values_list("n", flat=True)

    Heartbeat.objects.create(name="a", at=now(), every=60)
    assert total(5) == [60]
    assert total(61) == []

"""What our models promise of the database is there: a migration can lose it."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

pytestmark = pytest.mark.django_db
OURS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith(("storefront.", "cms.")) and not model._meta.proxy
]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_constraint_and_index_of_a_model_is_in_the_database(model: type[Model]) -> None:
    """Django takes a partial unique index for the one of a foreign key, and drops both."""
    about = model._meta
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, about.db_table)

    assert {each.name for each in (*about.constraints, *about.indexes)} <= set(there)

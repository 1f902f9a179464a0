"""The tables of docs/chapters/roles.md, row by row and role by role, asked of the office itself."""

import pytest

from tests.cms.kinds.kinds import KINDS
from tests.cms.roles.deeds import DEEDS
from tests.cms.roles.pages import may_with, row_of
from tests.cms.roles.people import WHO, Table, table, undone, visitor
from tests.cms.roles.rooms import ROOMS
from tests.cms.roles.world import make_world

STORIES, PAGES, LISTS = (table(name) for name in ("A story", "Pages", "Lists"))


def column(rows: Table, who: str) -> dict[str, str]:
    return {name: cells[who] for name, cells in rows.items()}


def test_no_deed_list_or_kind_of_page_is_without_its_row() -> None:
    assert STORIES.keys() == DEEDS.keys()
    assert LISTS.keys() == ROOMS.keys()
    assert PAGES.keys() == {row_of(kind) for kind in KINDS}


@pytest.mark.parametrize("who", WHO)
def test_with_a_story_each_may_do_what_the_table_says(who: str) -> None:
    somebody, world = visitor(who), make_world()

    found = {}
    for name, deed in DEEDS.items():
        with undone():
            found[name] = deed.outcome(somebody, world)

    assert found == column(STORIES, who)


@pytest.mark.parametrize("who", WHO)
def test_in_the_lists_each_may_do_what_the_table_says(who: str) -> None:
    somebody = visitor(who)

    found = {}
    for name, room in ROOMS.items():
        with undone():
            found[name] = room.outcome(somebody, room.make())

    assert found == column(LISTS, who)


@pytest.mark.parametrize("who", WHO)
def test_with_pages_each_may_do_what_the_table_says(who: str) -> None:
    somebody = visitor(who)
    for kind in KINDS:
        kind.draft("As it was")

    found = {}
    for kind in KINDS:
        with undone():
            found[row_of(kind)] = may_with(somebody, kind)

    assert found == column(PAGES, who)

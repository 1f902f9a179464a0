"""What somebody's agreements let the shop and its pages show, and on which days."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

# So long before an agreement ends editors are told.
TOLD_BEFORE = timedelta(days=30)


class Use(StrEnum):
    """What somebody agrees to: being named, being seen, being told about."""

    NAME = "name"
    PORTRAIT = "portrait"
    STORY = "story"


class Proof(StrEnum):
    """What shows that somebody agreed; who was made up by a program could not be asked."""

    PAPER = "paper"
    RECORDING = "recording"
    MADE_UP = "made-up"


class State(StrEnum):
    """What an agreement is worth on a day."""

    COMING = "coming"
    GIVEN = "given"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Said:
    """
    One agreement. Both days count; without a last day it is open.

    A portrait is of one photo. Without a `story` all stories are meant.
    """

    use: Use
    languages: frozenset[str]
    from_on: date
    until_on: date | None = None
    photo: int | None = None
    story: UUID | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """What a page shows of a person, and so must be agreed to."""

    person: int
    use: Use
    language: str
    photo: int | None = None
    story: UUID | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be shown of somebody wherever they are met; a photo only if in all languages."""

    named_in: frozenset[str]
    told_in: frozenset[str]
    photo: int | None


def state_of(said: Said, *, on: date) -> State:
    """Return what an agreement is worth on a day in India."""
    if said.is_withdrawn:
        return State.WITHDRAWN
    if on < said.from_on:
        return State.COMING
    if said.until_on is not None and said.until_on < on:
        return State.ENDED
    return State.GIVEN


def covers(said: Said, need: Need, *, on: date) -> bool:
    """Return whether an agreement of the same person lets a page show this."""
    return (
        state_of(said, on=on) == State.GIVEN
        and said.use == need.use
        and need.language in said.languages
        and said.photo == need.photo
        and said.story in {None, need.story}
    )


def missing(
    needs: Iterable[Need], said: Mapping[int, Sequence[Said]], *, on: date
) -> tuple[Need, ...]:
    """Return what is not agreed to, in the order given; agreements by their person's number."""
    return tuple(
        need
        for need in needs
        if not any(covers(each, need, on=on) for each in said.get(need.person, ()))
    )


def allowed(said: Sequence[Said], *, languages: Collection[str], on: date) -> Allowed:
    """Return what may be shown of somebody; of several photos the one agreed to last."""
    given = [each for each in said if state_of(each, on=on) == State.GIVEN]
    photos = [
        each.photo
        for each in given
        if each.use == Use.PORTRAIT and each.languages.issuperset(languages)
    ]
    return Allowed(
        named_in=_languages(given, Use.NAME),
        told_in=_languages(given, Use.STORY),
        photo=photos[-1] if photos else None,
    )


def ends_soon(said: Said, others: Iterable[Said], *, on: date) -> bool:
    """Return whether an agreement ends within thirty days and none of the others goes on."""
    if state_of(said, on=on) != State.GIVEN or said.until_on is None:
        return False
    last = said.until_on
    return last - on <= TOLD_BEFORE and not any(_goes_on(said, each, last) for each in others)


def _goes_on(said: Said, other: Said, last: date) -> bool:
    after = last + timedelta(days=1)
    return (
        state_of(other, on=after) == State.GIVEN
        and (said.use, said.photo) == (other.use, other.photo)
        and said.languages <= other.languages
        and other.story in {None, said.story}
    )


def _languages(given: Iterable[Said], use: Use) -> frozenset[str]:
    """Return where a use is agreed to in general: of one story alone is not enough."""
    return frozenset(
        language
        for said in given
        if said.use == use and said.story is None
        for language in said.languages
    )

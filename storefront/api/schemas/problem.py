"""A problem as RFC 9457 has it."""

from ninja import Schema
from pydantic import ConfigDict, Field


class Mistake(Schema):
    """One value that cannot be used: where it is, and what is wrong with it."""

    loc: list[str | int] = Field(examples=[["body", "address", "pin"]])
    msg: str


class Problem(Schema):
    """What went wrong. `type` never changes, `title` and `detail` are for people."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Names the kind of problem; tells about it when opened.")
    title: str
    status: int
    detail: str
    code: str = Field(description="The last part of `type`.", examples=["sold-out"])
    errors: list[Mistake] | None = None


class ProblemKind(Schema):
    """A kind of problem."""

    code: str
    title: str
    status: int

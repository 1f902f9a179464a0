"""What the shop will not do, said so that the person who asked can read it."""


class Refusal(Exception):
    """
    Something the shop will not do; `str()` of it is fit for a buyer, in their language.

    `code` names the refusal for programs (API, tests) and never changes.
    """

    code = "refused"


class KeyReused(Refusal):
    """An idempotency key was sent before, with another wish."""

    code = "idempotency-key-reused"

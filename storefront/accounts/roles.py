"""Who works here, and what each may do: the groups that `manage.py setup_roles` writes."""

from enum import StrEnum


class Role(StrEnum):
    """A person's part in the shop; the value is the name of its group."""

    BUYER = "Buyers"
    EDITOR = "Editors"
    CORRESPONDENT = "District correspondents"
    MODERATOR = "Moderators"
    SELLER = "Sellers"
    AGENT = "Agents"
    STAFF = "Staff"


# Those who write. What they may do to which pages is the pages' own matter (cms/roles.py).
WRITERS = (Role.EDITOR, Role.CORRESPONDENT, Role.MODERATOR)

# Oscar's dashboard asks for these. Orders, stock and money are moved by services, and sellers
# closed by hand, so there is nothing to delete but what staff themselves make: offers.
STAFF_MAY: dict[str, tuple[str, ...]] = {
    "accounts.user": ("view", "change"),
    "analytics.userrecord": ("view",),
    "catalogue.category": ("view", "add", "change"),
    "catalogue.product": ("view", "add", "change"),
    "catalogue.productclass": ("view",),
    "communication.communicationeventtype": ("view",),
    "offer.conditionaloffer": ("view", "add", "change", "delete"),
    "offer.range": ("view", "add", "change", "delete"),
    "order.order": ("view", "change"),
    "partner.partner": ("view", "change"),
    "partner.stockalert": ("view",),
    "payment.refund": ("view", "change"),
    "payouts.payoutbatch": ("view", "change"),
    "reviews.productreview": ("view", "change"),
    "voucher.voucher": ("view", "add", "change", "delete"),
    "voucher.voucherset": ("view", "add", "change", "delete"),
}


def permissions_of(role: Role) -> list[str]:
    """Return a role's permissions, as `app.action_model`; buyers and sellers need none."""
    if role in WRITERS:
        return ["wagtailadmin.access_admin"]
    if role != Role.STAFF:
        return []
    return [
        model.replace(".", f".{action}_")
        for model, actions in STAFF_MAY.items()
        for action in actions
    ]

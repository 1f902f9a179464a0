"""The last thing `make run` prints: where the shop is, and who can log in."""

import tomllib

from storefront.config.environment import ROOT
from storefront.config.up.plan import Plan
from storefront.config.up.screen import say

PEOPLE = ROOT / "fixtures" / "data" / "people.toml"
DOORS = {
    "Shop": "/en/",
    "दुकान": "/hi/",
    "Seller desk": "/seller/",
    "Editors": "/cms/",
    "Staff": "/dashboard/",
    "API": "/api/v1/docs",
}


def welcome(plan: Plan) -> None:
    """Print the addresses and the demo log-ins."""
    say("\nZila is open:")
    for name, path in DOORS.items():
        say(f"  {name:<14}{plan.url}{path}")
    if plan.stripe_port is not None:
        say("  Paying is a rehearsal: card 4242 4242 4242 4242, any later date, any CVC.")
    say("\nDemo log-ins:")
    for person in _people():
        say(f"  {person['role']:<24}{person['email']:<36}{person['password']}")
    say(f"\nLogs: {plan.var / 'log'}.  Ctrl-C stops everything.\n")


def _people() -> list[dict[str, str]]:
    return list(tomllib.loads(PEOPLE.read_text())["people"])

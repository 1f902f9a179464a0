"""What axe finds wrong with a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visitor

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}


def problems(visitor: Visitor) -> list[str]:
    """Return what is wrong with the page: the rule and where it is broken."""
    found: list[dict[str, Any]] = Axe().run(visitor.tab, options=RULES).response["violations"]
    return [
        f"{visitor.tab.url}: {rule['id']} at {node['target']}"
        for rule in found
        for node in rule["nodes"]
    ]

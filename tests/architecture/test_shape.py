"""The caps and customs that keep the shop readable."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("storefront", "cms", "fixtures", "tests", "benchmarks")
GENERATED = {"migrations", "customer_migrations"}
MODULES = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if not GENERATED & set(path.parts)
)
TEMPLATES = sorted((ROOT / "themes").rglob("*.html"))
FORKS = ("basket", "catalogue", "checkout", "order", "partner", "payment", "search", "shipping")
MOST_LINES, MOST_LINES_OF_A_FUNCTION, MOST_LINES_OF_A_TEMPLATE = 300, 50, 120
MOST_PARAMETERS = 6


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_fits_in_three_hundred_lines_and_a_function_in_fifty(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    long_functions = {
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    }

    assert source.count("\n") <= MOST_LINES
    assert long_functions == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_fits_in_a_hundred_and_twenty_lines(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= MOST_LINES_OF_A_TEMPLATE


@pytest.mark.parametrize("fork", FORKS)
def test_a_fork_says_what_it_changes(fork: str) -> None:
    docstring = ast.get_docstring(
        ast.parse((ROOT / "storefront" / fork / "__init__.py").read_text(encoding="utf-8"))
    )

    assert (docstring or "").startswith(f"Oscar's {fork}")


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.parts[len(ROOT.parts)] in {"storefront", "cms"}], ids=named
)
def test_only_services_move_a_state(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    moves = re.findall(r"^\s+\w+\.(?:state|status) = ", source, flags=re.MULTILINE)

    assert moves == [] or "services" in named(path)


@pytest.mark.parametrize(
    "component", sorted((ROOT / "themes/base/templates/components").glob("*.html")), ids=named
)
def test_a_component_has_a_sample(component: Path) -> None:
    assert component.with_suffix(".yaml").is_file()


def test_no_consumer_page_asks_another_host_for_anything() -> None:
    asked = re.compile(r"""(?:src|href)=["'](?:https?:)?//""")
    found = {named(path) for path in TEMPLATES if asked.search(path.read_text(encoding="utf-8"))}

    assert found == set()

"""What the docs say of the tests is so."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
FAULTS = PROJECT / "tests" / "payment" / "faults"
ROW = re.compile(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
TABLE = ROW.findall((PROJECT / "docs" / "chapters" / "payment.md").read_text())


def named_in(cell: str) -> list[tuple[Path, str]]:
    """Return the file and the words of each test that a row names."""
    named = []
    for place in cell.split(";"):
        where, _, names = re.sub(r"\([^)]*\)", "", place).strip().partition(":")
        file = (PROJECT / f"{where}.py") if "/" in where else FAULTS / f"{where}.py"
        named += [(file, name.strip(" …")) for name in names.split(",")]
    return named


def test_the_table_of_faults_has_all_rows() -> None:
    assert [int(number) for number, _ in TABLE] == list(range(1, 65))


@pytest.mark.parametrize(("number", "cell"), TABLE)
def test_a_fault_names_tests_that_exist(number: str, cell: str) -> None:
    for file, words in named_in(cell):
        assert re.search(rf"def test_\w*{words}", file.read_text()), f"row {number}: {words}"

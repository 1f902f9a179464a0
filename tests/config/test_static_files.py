"""Addresses of static files are put together once, and anew when a file is another."""

import pytest

from storefront.config.static_files import HashedFiles


def test_the_address_of_a_file_is_remembered_until_the_file_is_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = HashedFiles()
    asked: list[str] = []
    plain = HashedFiles.stored_name

    def counted(self: HashedFiles, name: str) -> str:
        asked.append(name)
        return plain(self, name)

    monkeypatch.setattr(HashedFiles, "stored_name", counted)
    files.hashed_files = {"zila/a.css": "zila/a.1.css"}
    assert {files.url("zila/a.css") for _ in range(3)} == {"/static/zila/a.1.css"}
    files.hashed_files = {"zila/a.css": "zila/a.2.css"}
    assert {files.url("zila/a.css") for _ in range(3)} == {"/static/zila/a.2.css"}

    assert asked == ["zila/a.css"] * 2

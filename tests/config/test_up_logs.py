"""What `make run` shows of its programs' logs."""

from pathlib import Path

from storefront.config.up.logs import Log


def test_of_a_traceback_only_the_error_is_shown(tmp_path: Path) -> None:
    log = Log(tmp_path / "log" / "web.log")
    log.file.write_text(
        "10:00 INFO web ready\n"
        "10:01 ERROR django.request Internal Server Error: /en/\n"
        "Traceback (most recent call last):\n"
        '  File "views.py", line 3, in home\n'
        "    raise ERROR\n"
        "KeyError: 'district'\n"
        "10:02 ERROR half a li"
    )

    assert log.worrying_news() == [
        "10:01 ERROR django.request Internal Server Error: /en/",
        "KeyError: 'district'",
    ]
    with log.file.open("a") as file:
        file.write("ne\n")
    assert log.worrying_news() == ["10:02 ERROR half a line"]

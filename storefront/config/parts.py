"""Parts of files: a player asks for the piece of a recording that somebody is at."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

PLAYED = ("audio/", "video/")
ASKED = re.compile(r"bytes=([0-9]{1,18})?-([0-9]{1,18})?")
PIECE = 64 * 1024


def in_parts(request: HttpRequest, whole: HttpResponseBase) -> HttpResponseBase:
    """
    Return the part of a recording that was asked for; anything else as it is.

    Source: https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
    """
    if not isinstance(whole, FileResponse) or not whole["Content-Type"].startswith(PLAYED):
        return whole
    whole["Accept-Ranges"] = "bytes"
    wanted = ASKED.fullmatch(request.headers.get("Range", ""))
    # Who has a part of an older file gets the new one whole.
    if request.headers.get("If-Range", whole["Last-Modified"]) != whole["Last-Modified"]:
        return whole
    if wanted is None or wanted[0] == "bytes=-":
        return whole
    return _part(whole, first=wanted[1], last=wanted[2])


def _part(whole: FileResponse, *, first: str | None, last: str | None) -> HttpResponseBase:
    size = int(whole["Content-Length"])
    if first is None:
        start, end = max(size - int(last or 0), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    if start >= end:
        whole.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file = whole.file_to_stream
    assert file is not None, "the file was just opened"
    file.seek(start)
    whole.streaming_content = _pieces(file, end - start)
    whole.status_code = 206
    whole["Content-Length"] = str(end - start)
    whole["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return whole


def _pieces(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left > 0 and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece

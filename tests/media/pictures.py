"""Files that are pictures, or say so."""

import struct
import zlib
from io import BytesIO

from PIL import Image

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
)


def drawn(kind: str = "JPEG", *, size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a picture with enough in it to be cut off in the middle."""
    content = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(content, kind)
    return content.getvalue()


def claiming(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that says of itself how large it is, and holds no pixels."""
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", size), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    parts = [_chunk(name, data) for name, data in chunks]
    return b"".join([b"\x89PNG\r\n\x1a\n", *parts])


def _chunk(name: bytes, data: bytes) -> bytes:
    checked = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + checked


def halves(left: tuple[int, int, int], right: tuple[int, int, int]) -> bytes:
    """Return a wide picture whose halves have one colour each."""
    content, picture = BytesIO(), Image.new("RGB", (800, 200), left)
    picture.paste(right, (400, 0, 800, 200))
    picture.save(content, "PNG")
    return content.getvalue()

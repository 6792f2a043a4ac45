"""Which pictures a page may show: told by their first bytes, never by a name."""

_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def image_type(body: bytes) -> str | None:
    """The media type of a raster picture, ``None`` for all else; SVG is none, for it can hold a script."""
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for sign, kind in _SIGNS if body.startswith(sign)), None)

"""The pictures of a deck within the page: each is in it once, however often it is shown."""

from base64 import b64encode

from fasti.page.contents import Contents
from fasti.page.markup import Markup, element, joined


def picture_store(contents: Contents) -> Markup:
    """The pictures themselves, out of sight, as `data:` addresses; nothing where there are none."""
    images = [
        element("image", {"id": _name(contents, image), "href": _address(contents, image), **_WHOLE})
        for image in contents.pictures
    ]
    if not images:
        return joined(())
    return element(
        "svg",
        {"class": "store", "aria-hidden": "true", "width": 0, "height": 0},
        element("defs", None, images),
    )


def picture(contents: Contents, image: str, about: str) -> Markup:
    """A fact's picture, described by `about`; nothing where the page does not have it."""
    if image not in contents.pictures:
        return joined(())
    drawing = element("use", {"href": f"#{_name(contents, image)}"})
    title = element("title", None, about)
    return element("svg", {"class": "picture", "role": "img"}, [title, drawing])


def media_type_of(data: bytes) -> str | None:
    """The media type of a picture that browsers show, by its first bytes; None where they show no such thing."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in {b"avif", b"avis"}:
        return "image/avif"
    if found := next((kind for start, kind in _STARTS.items() if data.startswith(start)), None):
        return found
    return "image/svg+xml" if b"<svg" in data[:_SVG_WITHIN] else None


_STARTS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
}
_SVG_WITHIN = 4096
_WHOLE = {"width": "100%", "height": "100%", "preserveAspectRatio": "xMidYMid meet"}


def _name(contents: Contents, image: str) -> str:
    return f"picture-{list(contents.pictures).index(image) + 1}"


def _address(contents: Contents, image: str) -> str:
    kept = contents.pictures[image]
    return f"data:{kept.media_type};base64,{b64encode(kept.data).decode('ascii')}"

"""HTML as the text that a reader sees, and the names of what only a web page can show."""

from typing import NamedTuple

from fasti.core.text import printable, unsafe_character
from fasti.exchange.html_pieces import Tag, html_pieces


class Plain(NamedTuple):
    """What a piece of HTML says.

    `pictures` are the addresses of its pictures, `links` those of web pages that it leads to; `embedded` are the
    names of elements whose content no text can hold: `audio`, `video`, `iframe`, `script`, `svg`, …
    """

    text: str
    pictures: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    embedded: tuple[str, ...] = ()


def plain_text(html: str) -> str:
    """The text of a piece of HTML. Never raises."""
    return plain(html).text


def plain(html: str) -> Plain:
    """The text of a piece of HTML, and what it shows beside the text. Never raises.

    Lines end where a browser would end them for `<br>`, paragraphs, lists and the rows of tables; other line
    breaks are spaces. No character that a deck may not hold is in the text.
    """
    if "<" not in html and "&" not in html:
        return Plain(tidy(html.replace("\n", " ").replace("\r", " ")))
    layout = _Layout()
    for piece in html_pieces(html):
        if isinstance(piece, str):
            layout.text(piece)
        elif piece.closing:
            layout.close(piece.name)
        else:
            layout.open(piece)
    return Plain(tidy(layout.written()), tuple(layout.pictures), tuple(layout.links), tuple(layout.embedded))


def tidy(text: str) -> str:
    """A text as a deck may hold it: single spaces, no more than one blank line, nothing that acts on a terminal."""
    if unsafe_character(text) is not None:
        text = printable(text.replace("\r\n", "\n").replace("\r", "\n")).replace(
            "\N{REPLACEMENT CHARACTER}", ""
        )
    text = text.translate(_UNSEEN)
    if "\n" not in text:
        return " ".join(text.split())
    lines = [" ".join(line.split()) for line in text.split("\n")]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept).strip()


_UNSEEN = {ord("\N{SOFT HYPHEN}"): None, ord("\N{ZERO WIDTH SPACE}"): None, ord("\N{WORD JOINER}"): None}

_BLOCK_NAMES = """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr html legend main menu nav ol p pre section summary table tbody tfoot thead
    tr ul caption optgroup option"""
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_EMBEDDED_NAMES = "audio video iframe object embed svg canvas script applet math"
_UNREAD_NAMES = "head title template rp svg canvas object audio video noembed noframes"
_BLOCKS, _VOID, _EMBEDDED, _UNREAD = (
    frozenset(names.split()) for names in (_BLOCK_NAMES, _VOID_NAMES, _EMBEDDED_NAMES, _UNREAD_NAMES)
)

_MOST_RAISED = 5
_ABOVE = str.maketrans("0123456789+-−=()nixykm", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣʸᵏᵐ")
_BELOW = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


class _Layout:
    """The text so far, as a browser would break it into lines."""

    def __init__(self) -> None:
        self.pictures: list[str] = []
        self.links: list[str] = []
        self.embedded: list[str] = []
        self._out: list[str] = []
        self._line_begun = False
        self._mark = ""
        self._unread = ("", 0)
        self._lists: list[int | None] = []
        self._cells = 0
        self._raised: list[tuple[str, int]] = []
        self._preformatted = 0
        self._reading_open = False

    def written(self) -> str:
        return "".join(self._out)

    def text(self, text: str) -> None:
        if self._unread[1]:
            return
        if not self._preformatted:
            text = text.replace("\n", " ").replace("\r", " ")
        if not self._line_begun and not text.isspace():
            self._line_begun = True
            self._out.append(self._mark)
            self._mark = ""
        self._out.append(text)

    def open(self, tag: Tag) -> None:
        name = tag.name
        if self._unread[1]:
            if name == self._unread[0]:
                self._unread = (name, self._unread[1] + 1)
            return
        self._note(tag)
        if name in _UNREAD or _is_hidden(tag):
            if name not in _VOID:
                self._unread = (name, 1)
        elif name == "br":
            self._break()
        elif name == "li":
            self._begin_item(tag)
        elif name in ("td", "th"):
            self._cells += 1
            if self._line_begun:
                self._out.append(" | ")
        elif name in ("sup", "sub"):
            if len(self._raised) < _MOST_RAISED:
                self._raised.append((name, len(self._out)))
        elif name == "rt":
            self._close_reading()
            self._reading_open = True
            self.text("(")
        elif name == "q":
            self.text("“")
        elif name in _BLOCKS:
            self._begin_block(tag)

    def close(self, name: str) -> None:
        if self._unread[1]:
            if name == self._unread[0]:
                self._unread = (name, self._unread[1] - 1)
            return
        if name in ("td", "th"):
            self._cells = max(0, self._cells - 1)
        elif name in ("sup", "sub"):
            self._lower(name)
        elif name in ("rt", "ruby"):
            self._close_reading()
        elif name == "q":
            self.text("”")
        elif name == "li":
            self._boundary()
            self._mark = ""
        elif name == "br":
            self._break()
        elif name in _BLOCKS:
            self._end_block(name)

    def _note(self, tag: Tag) -> None:
        if tag.name == "img":
            self.pictures.append(tag.attributes.get("src", "").strip())
        elif tag.name in _EMBEDDED - {"math"}:
            self.embedded.append(tag.name)
        elif tag.name == "a":
            address = tag.attributes.get("href", "").strip()
            if address.startswith(("http://", "https://")):
                self.links.append(address)

    def _begin_block(self, tag: Tag) -> None:
        if tag.name in ("ul", "ol", "menu"):
            first = tag.attributes.get("start", "1")
            number = int(first) if first.isascii() and first.isdigit() and len(first) < 6 else 1
            self._lists.append(number if tag.name == "ol" else None)
        elif tag.name == "pre":
            self._preformatted += 1
        elif tag.name in ("table", "tr"):
            self._cells = 0
        self._boundary()

    def _end_block(self, name: str) -> None:
        if name in ("ul", "ol", "menu") and self._lists:
            self._lists.pop()
        elif name == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        elif name in ("table", "tr"):
            self._cells = 0
        self._boundary()

    def _begin_item(self, tag: Tag) -> None:
        self._boundary()
        number = self._lists[-1] if self._lists else None
        if number is None:
            self._mark = "- "
            return
        self._mark = f"{number}. "
        self._lists[-1] = number + 1

    def _boundary(self) -> None:
        """The end of a line, where one has begun; in a table's cell only a space."""
        if self._cells:
            self._out.append(" ")
        elif self._line_begun:
            self._break()

    def _break(self) -> None:
        self._out.append(" " if self._cells else "\n")
        self._line_begun = self._line_begun and bool(self._cells)

    def _lower(self, name: str) -> None:
        """Put what stood in `<sup>` or `<sub>` in raised or lowered characters, where there are such."""
        if not self._raised or self._raised[-1][0] != name:
            return
        _, start = self._raised.pop()
        text = "".join(self._out[start:])
        signs = text.strip()
        table = _ABOVE if name == "sup" else _BELOW
        if signs and all(ord(letter) in table for letter in signs) and not _is_ending(signs):
            self._out[start:] = [text.translate(table)]

    def _close_reading(self) -> None:
        if self._reading_open:
            self.text(")")
            self._reading_open = False


def _is_ending(signs: str) -> bool:
    """Letters raised as the end of a word or of a number, such as `m` and `x` of French; one alone is a power."""
    return len(signs) > 1 and signs.isalpha()


def _is_hidden(tag: Tag) -> bool:
    style = tag.attributes.get("style", "")
    return "none" in style and "display:none" in "".join(style.lower().split())

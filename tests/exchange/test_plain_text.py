"""HTML as text: what a browser would show, and nothing that could act."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fasti.core.text import unsafe_character
from fasti.exchange.plain_text import plain, plain_text

LINES = [
    ("Rome fell", "Rome fell"),
    ("  Rome \n\t fell  ", "Rome fell"),
    ("Rome<br>fell", "Rome\nfell"),
    ("Rome<br><br><br><br>fell", "Rome\n\nfell"),
    ("Rome<BR/>fell<br />now", "Rome\nfell\nnow"),
    ("<div>a</div><div>b</div>", "a\nb"),
    ("a<div>b</div>c", "a\nb\nc"),
    ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
    ("a<br><div>b</div>", "a\nb"),
    ("<p>a</p>\n\n<p>b</p>", "a\nb"),
    ("<div><div><div>a</div></div></div>", "a"),
    ("a\n<hr>\nb", "a\nb"),
    ("<h2>Rome</h2>fell", "Rome\nfell"),
    ("<pre>a\n  b</pre>c", "a\nb\nc"),
    ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    ("<ul><li>a<li><p>b</p></ul>c", "- a\n- b\nc"),
    ("why?<ol><li>a</li><li>b</li></ol>", "why?\n1. a\n2. b"),
    ('<ol start="3"><li>c</li></ol>', "3. c"),
    ("<ul><li></li></ul>a", "a"),
    ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</th><th>d</th></tr></table>", "a | b\nc | d"),
    ("<table><tr><td><div>a</div><div>b</div></td><td>c</td></tr></table>d", "a b | c\nd"),
    ("<b>Rome</b> <i>f</i>ell <s>down</s>", "Rome fell down"),
]  # fmt: skip

CHARACTERS = [
    ("a &lt;b&gt; &amp;&quot;c&quot;", 'a <b> &"c"'),
    ("a&nbsp;&nbsp;b&#160;c", "a b c"),
    ("&eacute; &#233; &#xe9; &copy", "é é é ©"),
    ("&nosuch; & &;", "&nosuch; & &;"),
    ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
    ("if x<y then", "if x<y then"),
    ("&#0;&#xD800;&#99999999999;a", "\N{REPLACEMENT CHARACTER}" * 3 + "a"),
    ("a&#x202e;b\u202ec\u2066d\x07e\x7ff\ufeffg", "abcdefg"),
    ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
    ("x<sup>2</sup> + y<sup>10</sup>", "x² + y¹⁰"),
    ("H<sub>2</sub>O", "H₂O"),
    ("19<sup>th</sup> century, XV<sup>e</sup> siècle, M<sup>me</sup>", "19th century, XVe siècle, Mme"),
    ("a<sup>b<sup>2</sup>", "ab²"),
    ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>", "漢字(かんじ)"),
    ("<ruby>日<rt>に<rt>ひ</ruby>x", "日(に)(ひ)x"),
    ("<q>Veni</q>", "“Veni”"),
    (r"\(x^2\)", r"\(x^2\)"),
]  # fmt: skip

UNSEEN = [
    ("a<!-- b > <b>c</b> -->d", "ad"),
    ("a<!-->b", "ab"),
    ("a<style>b { c: 'd' }</style>e", "ae"),
    ("a<script>if (b < c) { '</b>' }</script>d", "ad"),
    ("a<SCRIPT>b</SCRIPT>c", "ac"),
    ("a<!DOCTYPE html><?xml b?>c", "ac"),
    ("a<![CDATA[b]]>c", "ac"),
    ("<head><title>b</title></head>a", "a"),
    ('a<div style="display: none">b<div>c</div>d</div>e', "ae"),
    ('a<span style="DISPLAY:none">b</span>c', "ac"),
    ('<a title="1 > 2" href=x>a</a>', "a"),
    ("<a title='it\"s > b'>a</a>", "a"),
    ("a</>b</ >c</b d>e", "abce"),
    ("<object>b</object><svg><text>c</text></svg>a", "a"),
]


@pytest.mark.parametrize(("html", "text"), [*LINES, *CHARACTERS, *UNSEEN])
def test_a_reader_of_the_text_sees_what_a_reader_of_the_page_sees(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_what_no_text_can_hold_is_named() -> None:
    html = '<img src="a%20b.jpg"><IMG SRC=c.png alt=x><img><a href="https://e.org/?a=1&amp;b=2">e</a><a href="x">f</a>'
    read = plain(html + "<iframe src=x>g</iframe><video><source></video><script>h</script>")

    assert read.text == "ef"
    assert read.pictures == ("a%20b.jpg", "c.png", "")
    assert read.links == ("https://e.org/?a=1&b=2",)
    assert read.embedded == ("iframe", "video", "script")


PIECES = st.sampled_from(
    [
        *("<", ">", "</", "<!--", "-->", "<b>", "</b>", "<div", "<a b=", '"', "'", "=", "/", "&", "&#", "&#x;"),
        *("<script>", "</script", "<td>", "</table>", "<ol>", "<li>", "</li>", "<sup>", "</sup>", "<rt>", "</ruby>"),
        *("<br>", "<pre>", "\n", " ", "a", "1", "\u202e", "\x00", "<![", "]]>", "<?", "9" * 5000, "<svg>", "</svg>"),
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_html_raises_and_none_leaves_what_a_deck_may_not_hold(html: str) -> None:
    text = plain_text(html)

    assert unsafe_character(text) is None
    assert text == text.strip()
    assert "\n\n\n" not in text


@given(st.text())
def test_text_without_markup_keeps_every_word(text: str) -> None:
    words = "".join(letter for letter in text if letter.isalnum())
    told = plain_text(text.replace("&", "&amp;").replace("<", "&lt;"))

    assert "".join(letter for letter in told if letter.isalnum()) == words


HOSTILE = [
    *("<!--", "<a ", "<b>", "<", "</", "<div>", '<a b="', "&", "<sup>1", "<![", "<script>", "<a b='>'", "<td>"),
    *("<!-->", "<title>", "<ruby>a<rt>b", "<br>", "a\n", " ", "\u202e", "<ol><li>", "<p style=display:none>"),
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_megabytes_of_what_is_never_closed_are_done_with_in_one_go(piece: str) -> None:
    # Were the rest looked at once for every piece, this would take hours.
    html = piece * (2_000_000 // len(piece))

    assert isinstance(plain_text(html + '">'), str)

"""An author's plain words as safe HTML: limited tags, clickable addresses, line breaks."""

import re
from functools import lru_cache
from html import escape

import nh3

_TAGS = {"a", "b", "strong", "i", "em", "u", "p", "br", "ul", "ol", "li"}
_LOOKS_LIKE_HTML = re.compile(r"</?(?:a|b|strong|i|em|u|p|br|ul|ol|li)\b", re.IGNORECASE)
_MARKED = re.compile("[<&\x00]")  # without these, HTML is what it says
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_ADDRESS = re.compile(r"(https?://[^\s<>\"'«»]+[^\s<>\"'«».,;:!?)\]])")


@lru_cache(maxsize=4096)
def to_html(text: str) -> str:
    """`text` as HTML that is safe to show: what is not in the short list of tags is shown as text or dropped."""
    if not text.strip():
        return ""
    html = text if _LOOKS_LIKE_HTML.search(text) else _with_links(escape(text.strip(), quote=False))
    html = html.replace("\r\n", "\n").replace("\n", "<br>")
    return nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"})


def _with_links(escaped: str) -> str:
    return _ADDRESS.sub(r'<a href="\1">\1</a>', escaped)


@lru_cache(maxsize=4096)
def to_text(text: str) -> str:
    """`text` without any tag, on one line; blanks that must not break stay."""
    if _MARKED.search(text):
        text = nh3.clean(text, tags=set()).replace("&nbsp;", "\u00a0")
        text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    return _BLANKS.sub(" ", text).strip()

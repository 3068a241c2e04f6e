"""Questions about the whole corpus, told by their form: how many documents mention X, which sources say that Y, list
every passage about Z.

A question that merely begins so is none ("how many countries joined", "which article of the treaty forbids"). Nor is
one after what documents do not mention, which no quotation could show, or one that picks documents by a word that the
corpus cannot be asked ("which Italian articles mention").
"""

import re

from msgspec import Struct

from qa.exhaustive.limits import SCAN_LIMITS
from qa.language.english import ENGLISH
from qa.language.language import Language, ScanForms, ScanKind
from qa.language.question import content_words

_QUOTED = re.compile(r"[\"“«][^\"“”«»]*[\"”»]")


class ScanIntent(Struct, frozen=True):
    """what: the question's own words for what is to be found everywhere, as they stand in it.

    kind: "mention", the words themselves; "statement", what is said, maybe in part in other words; "things", what is
    said of the things listed.
    """

    kind: ScanKind
    what: str


def scan_intent(question: str, language: Language = ENGLISH) -> ScanIntent | None:
    """What the question wants found in the whole corpus, None if it is another kind of question. Pure and cheap."""
    forms = language.scans
    asked = " ".join(question.split()).rstrip(" ?!.;:")
    asked = forms.polite.put("", asked, count=1) if forms.polite.fits(asked) else asked
    if len(asked) > SCAN_LIMITS.longest_question:
        return None
    found = forms.kinds.first(asked)
    return _search(found[0], found[1]["what"], forms) if found else None


def _search(kind: ScanKind, what: str, forms: ScanForms) -> ScanIntent | None:
    if kind == "mention" and forms.that_clause.fits(what):
        kind = "statement"
    while (shorter := _without_frame(what, forms)) not in (what, ""):
        what = shorter
    if kind == "things" and not _can_be_listed(what, forms):
        return None
    return None if kind != "statement" and forms.negated.fits(_QUOTED.sub("", what)) else ScanIntent(kind, what)


def _without_frame(what: str, forms: ScanForms) -> str:
    head = forms.head.find(what)
    return forms.tail.put("", what[head.end() :] if head else what)


def _can_be_listed(what: str, forms: ScanForms) -> bool:
    """Of things, more must be told than what they are called."""
    return len(content_words(what)) > 1 and not forms.abstract_things.fits(what)

"""Questions about the whole corpus, told by their form: how many documents mention X, which sources say that Y, list
every passage about Z.

A question that merely begins so is none ("how many countries joined", "which article of the treaty forbids"). Nor is
one after what documents do not mention, which no quotation could show, or one that picks documents by a word that the
corpus cannot be asked ("which Italian articles mention").
"""

import re
from typing import Literal

from msgspec import Struct

from index.language.lexicon import FUNCTION_WORDS
from qa.language.question import words

Kind = Literal["mention", "statement", "things"]


class Search(Struct, frozen=True):
    """what: the question's own words for what is to be found everywhere, as they stand in it.

    kind: "mention", the words themselves; "statement", what is said, maybe in part in other words; "things", what is
    said of the things listed.
    """

    kind: Kind
    what: str


def _verbs(stems: str) -> str:
    """Verbs in all forms: after "+" the third person's ending where that is not "s"; a "/" stands for a final "e"."""
    forms = []
    for verb in stems.split():
        stem, _, third = verb.partition("+")
        plain = stem.removesuffix("/")
        forms.append(f"{plain}(?:{third or 's'}|ed|ing)?" if plain == stem else f"{plain}(?:e|es|ed|ing)")
    return "|".join(forms)


# Pieces of forms. One that may be absent brings its own space. The repeated one never gives back what it took, so that
# no question makes the search for a form slow.
_THE = (
    r"(?:(?:of )?(?:the|these|those|this|my|our|your|its|both) |(?:all|any|each|every|different|various|other|news|two|"
    r"three|four|five|\d{1,3}) (?:of )?)*+"
)
_DOCUMENTS = r"(?:documents|docs|articles|sources|files|papers|reports|texts|pieces|essays|pages|e-?mails|memos|pdfs)"
_DOCUMENT = rf"(?:{_DOCUMENTS}|document|article|source|file)"
_PLACE = r"(?:passages?|sentences?|paragraphs?|places|parts|excerpts?|quotes|quotations?|statements)"
_UNIT = rf"{_THE}(?:{_DOCUMENT}|{_PLACE})"
_TIMES = r"(?:mentions?|occurrences?|appearances?|references?|instances?)"
_HERE = rf"(?:in|across|throughout|within|by|anywhere in) {_THE}(?:{_DOCUMENT}|corpus|collection|library|archive)"
_ANYWHERE = rf"(?: anywhere| {_HERE})"
_THAT = (
    r"(?:(?:there )?(?:are|exist) (?:there )?)?(?:(?:that|which|who) )?(?:(?:do|does|have|has|had) )?"
    r"(?:(?:also|ever|even|actually|explicitly|directly|all|both) )?"
)
_ABOUT = r"(?:about|regarding|concerning|containing|dealing with|related to|relating to)"
_SPEAK = (
    r"(?:say|says|said|saying|speaks?|spoke|talks?|talked|talking|writes?|wrote|writing|tells?(?: us)?|have to say|"
    r"has to say)"
)
_MENTION = (
    rf"(?:(?:{_verbs('mention discuss+es referenc/ cit/ contain includ/ quot/ describ/ cover featur/ nam/')})"
    rf"|(?:{_verbs('comment report touch+es')}) (?:up)?on|address(?:es|ed|ing)?"
    rf"|refer(?:s|red|ring)? to|deal(?:s|t|ing)? with"
    rf"|{_SPEAK} (?:(?:anything|something|things|much|more) )?(?:about|of|on)"
    r"|(?:has|have|uses?|used|using) (?=the (?:exact )?(?:words?|terms?|phrase|name|expression)\b|[\"“«]))"
)
_SAY = (
    r"(?:say|says|said|saying|writes?|writing|wrote|thinks?|denies|deny|denied|"
    + _verbs("stat/ claim argu/ suggest assert report maintain not/ agre/ believ/ warn conclud/ indicat/ confirm show")
    + "|"
    + _verbs("mention explain")
    + ")"
)
_MENTIONED = (
    r"(?:(?:ever|also|explicitly) )?(?:mentioned|discussed|named|referred to|referenced|cited|quoted|described|covered|"
    r"talked about|written about)"
)
_APPEAR = r"(?:appears?|occurs?|comes? up|shows? up|features?|found|used)"
_ASK = (
    r"(?:(?:list|show|find|give|get|enumerate|collect|display|extract|identify|quote|cite|locate|look for|search for|"
    r"count|name|tell)(?: me| us| up| out)? (?:(?:a |the )?(?:full |complete )?list of )?)"
)
_ALL = r"(?:(?:all|every|each)(?: of)? (?:single )?)"
_IS = r"(?:is|are|was|were|does|do|did|has|have)"
_X = r"(?P<what>.+?)"

# The first that fits the whole question decides.
_FORMS: tuple[tuple[Kind, str], ...] = (
    # how many, how often
    ("mention", rf"(?:how many|(?:what is |what's )?(?:the )?number of|count) {_UNIT} {_THAT}{_MENTION} {_X}"),
    ("mention", rf"how many {_UNIT} (?:{_IS} )?(?:there )?{_ABOUT} {_X}(?: are there| do we have)?"),
    ("mention", rf"in how many {_UNIT} {_IS} {_X} (?:{_MENTIONED}|{_APPEAR})"),
    ("mention", rf"how many {_UNIT} {_IS} {_X} {_MENTIONED} in"),
    ("mention", rf"(?:how many|count) {_THE}{_TIMES} (?:{_IS} there )?(?:of|to) {_X}(?: {_IS} there)?"),
    ("mention", rf"how (?:many times|often) {_IS} {_X} {_MENTIONED}{_ANYWHERE}?"),
    ("mention", rf"how (?:many times|often) {_IS} {_X} {_APPEAR}{_ANYWHERE}"),
    ("mention", rf"how (?:many times|often) do(?:es)? {_THE}{_DOCUMENT} {_MENTION} {_X}"),
    ("statement", rf"how many {_THE}{_DOCUMENT} {_THAT}{_SAY} {_X}"),
    # which, where, whether any
    ("mention", rf"(?:(?:which|what) {_THE}(?:{_DOCUMENTS}|{_PLACE})|which {_THE}{_DOCUMENT}) {_THAT}{_MENTION} {_X}"),
    ("mention", rf"(?:which|what) {_THE}{_DOCUMENTS} {_IS} (?:there )?{_ABOUT} {_X}"),
    ("mention", rf"(?:in )?(?:which|what) {_UNIT} {_IS} {_X} (?:{_MENTIONED}|{_APPEAR})(?: in)?"),
    ("mention", rf"where(?: exactly)? (?:is|are) {_X} (?:mentioned|discussed|referred to|referenced){_ANYWHERE}?"),
    ("mention", rf"where{_ANYWHERE} {_IS} {_X} (?:{_MENTIONED}|{_APPEAR})"),
    ("mention", rf"where {_IS} {_X} {_APPEAR}{_ANYWHERE}"),
    ("mention", rf"where do(?:es)? {_THE}{_DOCUMENT} {_MENTION} {_X}"),
    ("mention", rf"do(?:es)? any {_THE}{_DOCUMENT} {_MENTION} {_X}"),
    ("mention", rf"(?:is|are) there any {_TIMES} (?:of|to) {_X}"),
    ("mention", rf"(?:is|are|was|were) {_X} {_MENTIONED} (?:anywhere|in any {_THE}{_DOCUMENT})"),
    ("statement", rf"(?:which|what) {_THE}{_DOCUMENTS} {_THAT}{_SAY} {_X}"),
    ("statement", rf"which {_THE}{_DOCUMENT} {_THAT}{_SAY} that {_X}"),
    ("statement", rf"do(?:es)? any {_THE}{_DOCUMENT} {_SAY} {_X}"),
    # list all, find every
    ("mention", rf"(?:{_ASK}|{_ALL}|{_ASK}{_ALL}){_THE}{_TIMES} (?:of|to) {_X}"),
    ("mention", rf"(?:{_ASK}|{_ALL}){_UNIT} (?:{_THAT}{_MENTION}|(?:that are )?(?:{_ABOUT}|with|on)) {_X}"),
    ("mention", rf"(?:{_ASK}|{_ALL}){_UNIT} (?:where|in which) {_X} (?:{_IS} )?(?:{_MENTIONED}|{_APPEAR})"),
    ("mention", rf"{_ASK}everything (?:(?:that )?{_THE}{_DOCUMENT} {_SPEAK} )?(?:about|on) {_X}"),
    ("mention", rf"{_DOCUMENTS} (?:that|which) {_MENTION} {_X}"),
    ("statement", rf"(?:{_ASK}|{_ALL}){_UNIT} (?:that |which |where it )?{_SAY} {_X}"),
    # what all of them say
    (
        "mention",
        rf"what do(?:es)? (?=all|each|every|different|(?:the )?various){_THE}{_DOCUMENT} {_SPEAK} (?:about|of|on) {_X}",
    ),
    ("mention", rf"what is (?:said|written) (?:about|of|on) {_X} (?:in|across|by) (?=all|each|every){_THE}{_DOCUMENT}"),
    # things, not mentions ("list all ports that China bought"): what is said of them is looked for
    ("things", rf"(?:list|name|enumerate|find|show|give)(?: me| us)? {_ALL}{_THE}{_X}"),
)
_PATTERNS = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _FORMS)
_LONGEST = 400  # characters; what is longer asks for more than this
_POLITE = re.compile(
    r"\A(?:(?:please|kindly|(?:can|could|would|will) you(?: please)?|i (?:want|need|would like)(?: you)? to|tell me|"
    r"let me know|and|so|but|also|then|ok|now)[,:]? )*+",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\A(?:that |(?:(?:the|a|an|any|some) )?(?:exact |following )?(?:words?|terms?|names?|phrases?|expressions?|"
    r"topics?|subjects?|(?:issue|idea|concept|notion|fact|claim|view)(?= of| that))(?: of| that)?:? )",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf",? (?:please|at all|by name|anywhere|{_HERE}|and (?:what|where|how|when|who|why|which)\b.*)$", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]")
_NEGATED = re.compile(r"\b(?:not|never|without|except|excluding|other than|no mention)\b|n['’]t\b", re.IGNORECASE)
# What is listed for its own sake: reasons and ways are told, not mentioned.
_TOLD = re.compile(
    r"(?:\w+ ){0,2}(?:reasons?|causes?|ways?|steps?|factors?|points?|arguments?|advantages?|disadvantages?|benefits?|"
    r"drawbacks?|pros|problems?|differences?|similarities|features?|examples?|kinds?|types?|things?|effects?|"
    r"consequences?|conditions?|requirements?)\b",
    re.IGNORECASE,
)


def seek(question: str) -> Search | None:
    """What the question wants found in the whole corpus, None if it is another kind of question. Pure and cheap."""
    asked = " ".join(question.split()).rstrip(" ?!.;:")
    asked = _POLITE.sub("", asked, count=1)
    if len(asked) > _LONGEST:
        return None
    for kind, pattern in _PATTERNS:
        if found := pattern.fullmatch(asked):
            return _search(kind, found["what"])
    return None


def _search(kind: Kind, what: str) -> Search | None:
    if kind == "mention" and what.casefold().startswith("that "):
        kind = "statement"
    while (shorter := _TAIL.sub("", _HEAD.sub("", what, count=1))) not in (what, ""):
        what = shorter
    if kind == "things" and not _can_be_listed(what):
        return None
    return None if kind != "statement" and _NEGATED.search(_QUOTED.sub("", what)) else Search(kind, what)


def _can_be_listed(what: str) -> bool:
    """Of things, more must be told than what they are called."""
    content = [word for word in words(what) if word not in FUNCTION_WORDS]
    return len(content) > 1 and _TOLD.match(what) is None

"""A sentence's main clause, cut into subject, verb and rest, where its grammar is plain enough to be sure of."""

import re
from typing import Literal

from msgspec import Struct

from index.language.dates import find_dates
from index.language.lexicon import FUNCTION_WORDS
from qa.language.verbs import finite, goes_with, is_participle

LINKS = "and|but|or|which|who|whom|whose|while|where|because|although|though|so|as|after|before|when|with|including"
BREAK = re.compile(rf"[;:]\s|\s[—–-]+\s|,\s(?:{LINKS})\s|\s(?:because|although|whereas|unless|while|if|that)\s")
ASIDE = re.compile(r"(?<!\s)\s*\([^()]*\)")
POINTING = frozenset("he she it they this that these those i we you his her their its our my such there here".split())
AUXILIARIES = "is|are|was|were|has|have|had|can|could|will|would|should|may|must"
# Verbs whose object can be asked for with no more than their subject.
TAKING = frozenset("cover include involve mean prohibit promote protect provide require".split())
_AUXILIARY = frozenset(AUXILIARIES.split("|"))
_DISCOURSE = re.compile(
    r"(?:however|also|thus|finally|moreover|therefore|instead|meanwhile|furthermore|additionally|in addition|indeed"
    r"|in fact|similarly|likewise|consequently|as a result|for example|for instance|in particular|overall|nevertheless"
    r"|eventually|ultimately|traditionally|historically|in general|generally|in turn|interestingly|notably"
    r"|significantly),\s+",
    re.IGNORECASE,
)
_DATE_FIRST = re.compile(r"(?:In|On|During)\s+(?:the\s+)?(?:(?:early|late|mid)[- ])?")
_NOT_A_SUBJECT = FUNCTION_WORDS - frozenset("the a an".split())
_INSIDE = frozenset("of the a an and for in on de la le du der van von al bin to at with".split())
_LONGEST_SUBJECT = 9  # words
_DETERMINED = frozenset("the a an that to its his her their several many more all some about over new no".split())
_WORD = re.compile(r"[^\s,]+|,")
_OPENING = re.compile(r"[A-Z][a-z]+(?:ly|ing)|North|South|East|West|Among|Within|Several|Under|Unlike|Based|Given")
_ADVERB = re.compile(r"[a-z]+ly|soon|once|often|then|also|later|rather|first")
_SURE_NAME = 2  # times that a document has a name
_ALMOST_NOT = re.compile(r"rarely|hardly|barely|scarcely|seldom|nearly|reportedly|allegedly|rather|probably|supposedly")


class Clause(Struct, frozen=True):
    """`[time] subject [auxiliary] [adverb] [verb] rest`, as display text. time: "In 1921" that stood first, or empty.

    auxiliary: empty where the verb stands alone; verb: empty where the auxiliary does ("is", "had").
    rest: up to the end of the sentence. base, tense: of a verb that stands alone.
    """

    time: str
    subject: str
    auxiliary: str
    verb: str
    rest: str
    base: str = ""
    tense: Literal["past", "present", ""] = ""

    def asked(self, word: str, rest: str) -> str:
        """The question that begins with `word`, of this subject and verb and what is given as the rest of them."""
        if self.auxiliary:
            return _joined(word, self.auxiliary, self.subject, self.verb, rest)
        return _joined(word, "did" if self.tense == "past" else "does", self.subject, self.base, rest)


def lowered(text: str, document: str) -> str:
    """With a small first letter, unless it is a name: function words are none, and words that the document writes small
    as often as large where they open no sentence; what goes on with a capital is one."""
    opening = re.match(r"[A-Z][a-z’']*\b", text)
    if not opening:
        return text
    small = opening.group().lower()
    if small not in FUNCTION_WORDS:
        if re.match(r"[ -][A-Z]", text[opening.end() :]):
            return text
        large = len(re.findall(rf"[a-z,] {opening.group()}\b", document))
        if len(re.findall(rf"\s{re.escape(small)}\b", document)) <= large:
            return text
    return small + text[opening.end() :]


def read_clause(sentence: str, document: str) -> Clause | None:
    """The main clause of a sentence that begins with its subject, or with a date and then its subject; None of others.

    document: text that tells whether a word that opens the sentence is a name.
    """
    text = ASIDE.sub("", sentence).rstrip(" .")
    text = _DISCOURSE.sub("", text, count=1) if _DISCOURSE.match(text) else text
    time, text = _time_first(text)
    words = list(_WORD.finditer(text))
    for number, word in enumerate(words[: _LONGEST_SUBJECT + 1]):
        found = word.group()
        if found == ",":
            return None
        if found in _AUXILIARY and number:
            return _with_auxiliary(time, text, words, number, document)
        form = finite(found) if number else None
        if form is not None:
            after = words[number + 1].group() if number + 1 < len(words) else ""
            if form.tense == "present" and not _is_verb_before(form.base, after):
                return None
            subject = _subject(text[: word.start()], document)
            if subject is None:
                return None
            return Clause(time, subject, "", found, text[word.end() :].strip(), form.base, form.tense)
        if number and found in _NOT_A_SUBJECT - _INSIDE:
            return None
    return None


def _with_auxiliary(time: str, text: str, words: list[re.Match[str]], number: int, document: str) -> Clause | None:
    """has, have and had alone are verbs like others; with a participle they, and all other auxiliaries, go first."""
    subject = _subject(text[: words[number].start()], document)
    if subject is None:
        return None
    auxiliary = words[number].group()
    ahead = number + 1
    while ahead < len(words) and re.fullmatch(
        r"[a-z]+ly|also|not|never|first|been|once|often|still", words[ahead].group()
    ):
        ahead += 1
    after = words[ahead].group() if ahead < len(words) else ""
    rest = text[words[number].end() :].strip()
    if auxiliary in ("has", "have", "had") and not is_participle(after):
        if auxiliary == "have" or ahead > number + 1:
            return None
        return Clause(time, subject, "", auxiliary, rest, "have", "past" if auxiliary == "had" else "present")
    if is_participle(after):
        verb = text[words[number].end() : words[ahead].end()].strip()
        return Clause(time, subject, auxiliary, _without_adverbs(verb), text[words[ahead].end() :].strip())
    return Clause(time, subject, auxiliary, "", rest)


def _without_adverbs(verb: str) -> str:
    """They say how, and a question asks no less without; what turns the meaning round stays."""
    return re.sub(r"\b(?:also|often|still|[a-z]+(?<!hard)(?<!rare)(?<!bare)(?<!near)(?<!on)ly)\s", "", verb)


def _is_verb_before(base: str, after: str) -> bool:
    """Whether "plans" and the like, which may be a noun, is a verb, by the word after it."""
    return after in _DETERMINED or goes_with(base, after) or (base in TAKING and after not in _INSIDE - _DETERMINED)


def _time_first(text: str) -> tuple[str, str]:
    opening = _DATE_FIRST.match(text)
    if opening is None:
        return "", text
    for moment in find_dates(text[:80]):
        after = re.match(r",?\s+(?=[A-Z]|the |a )", text[moment.end :])
        if moment.start == opening.end() and after:
            time = text[: moment.end]
            return time[0].lower() + time[1:], text[moment.end + after.end() :]
    return "", text


def _subject(text: str, document: str) -> str | None:
    """With a small first letter if it is no name; None where it cannot be a subject that stands by itself."""
    words = text.split()
    first = words[0]
    plain = first.casefold().strip("’'")
    # "Following the vote" and "Sadly" open something else; a participle inside likely is another clause's verb
    if plain in _NOT_A_SUBJECT or re.search(r"[“”\"«»$€£]|\b(?:in|on) \d", text) or _OPENING.fullmatch(first):
        return None
    if any(word.islower() and word.endswith("ed") for word in words) or first[0].isdigit():
        return None
    if plain in ("a", "an") or (plain == "the" and not _is_named(words[1:])):
        return None
    if _ADVERB.fullmatch(words[-1]):  # it is the verb's, and a question does well without it
        if _ALMOST_NOT.fullmatch(words[-1]) or len(words) == 1:
            return None
        text = text.strip().removesuffix(words[-1])
    subject = lowered(text.strip(), document)
    if len(words) > 1 and subject[0].isupper() and words[1].islower() and plain != "the":  # a name, or just the first?
        name = re.escape(re.sub(r"[’']s$", "", first))
        if len(re.findall(rf"\b{name}\b", document)) < _SURE_NAME:
            return None
    return subject


def _is_named(words: list[str]) -> bool:
    """Whether "the …" has a name, or a complement that tells which."""
    return any(word[0].isupper() for word in words) or any(word in ("of", "for", "between", "to") for word in words[1:])


def _joined(*parts: str) -> str:
    return " ".join(" ".join(parts).split())

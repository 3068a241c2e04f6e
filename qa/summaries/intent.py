"""Whether a question asks for the gist of something, of what, and how long it is to be."""

from msgspec import Struct

from qa.language.english import ENGLISH
from qa.language.language import Language, SummaryForms, SummaryKind
from qa.summaries.limits import SUMMARY_LIMITS


class SummaryIntent(Struct, frozen=True):
    """what: the question's words for what is to be summarised, "" for the document that is spoken of, or for all.

    within: its words for those documents that shall say it, "" for any. sentences: how many were asked for, None where
    that was not said.
    """

    kind: SummaryKind
    what: str
    within: str = ""
    sentences: int | None = None


def summary_intent(question: str, language: Language = ENGLISH) -> SummaryIntent | None:
    """What a question wants summarised, None if it asks for something else. Pure and cheap."""
    forms = language.summaries
    asked = " ".join(question.split()).strip(" ?!.;:")
    if len(asked) > SUMMARY_LIMITS.longest_question:
        return None
    sentences = _sentences(asked, forms)
    asked = forms.length.put("", asked, count=1).strip(" ,;:?!.")
    asked = " ".join(forms.polite.put("", asked, count=1).split())
    found = forms.kinds.first(asked)
    if found is None:
        return None
    kind, match = found
    groups = match.groupdict()
    what, within = ((groups.get(name) or "").strip(" ,;:\"'“”‘’") for name in ("what", "within"))
    if kind != "collection" and forms.pointing.fits(what):
        kind, what = "document", ""
    if kind == "either" and forms.everything.fits(what):
        kind, what = "collection", ""
    return SummaryIntent(kind, what, "" if forms.everything.fits(within) else within, sentences)


def _sentences(asked: str, forms: SummaryForms) -> int | None:
    found = forms.length.find(asked)
    said = (found["count"] or found["sized"] or "").casefold() if found else ""
    number = int(said) if said.isdigit() else forms.counts.get(said)
    if number is not None:
        return max(1, min(SUMMARY_LIMITS.most_sentences, number))
    if forms.brief.fits(asked):
        return SUMMARY_LIMITS.brief_sentences
    return SUMMARY_LIMITS.long_sentences if forms.long.fits(asked) else None

"""Questions that a sentence answers, in natural English: only by patterns that are safe, so that most sentences give
none.

After Heilman and Smith, "Good Question! Statistical Ranking for Question Generation" (NAACL 2010): a clause is made
simple, its verb taken apart and its subject put behind the auxiliary. Without their parser, what is not plain is left.
"""

import re
from collections.abc import Iterator

from index.language.dates import find_dates
from qa.language.clauses import ASIDE, Clause, read_clause
from qa.language.english import ENGLISH
from qa.language.language import Language, SuggestionForms
from qa.language.people import people_of
from qa.suggestions.limits import LIMITS
from qa.suggestions.question_forms import QUESTION_FORMS, MadeQuestion
from qa.suggestions.self_contained import stands_alone

_PLAIN = re.compile(r"[A-Z][^*_<>|\[\]{}#\\]+\.[”\"’]?")  # a sentence without any markup


def questions_of(sentence: str, document: str, title: str, language: Language = ENGLISH) -> Iterator[MadeQuestion]:
    """The questions that `sentence`, in display form, answers; each stands by itself.

    document: the text around it, which tells names from other words. title: what the document is about.
    """
    if len(sentence) > LIMITS.longest_sentence or not _PLAIN.fullmatch(sentence):
        return
    forms = language.suggestions
    text = ASIDE.sub("", sentence)
    clause = read_clause(sentence, document)
    found = [*_of_terms(sentence, text, document, forms), *(_of_clause(clause, document, forms) if clause else ())]
    seen = set()
    for asked in found:
        if asked.question not in seen and stands_alone(asked.question, title, language):
            seen.add(asked.question)
            yield asked


def _of_terms(sentence: str, text: str, document: str, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    """Of people and short names, wherever in the sentence they are explained."""
    for person in people_of(text):
        after = (forms.was_before.regex.match(document, at.end()) for at in re.finditer(re.escape(person), document))
        past = any(after) or _is_long_ago(sentence)
        yield MadeQuestion(f"{forms.ask['who']} {forms.ask['was' if past else 'is']} {person}?", "who-is")


def _is_long_ago(sentence: str) -> bool:
    years = [dated.date.last for dated in find_dates(sentence) if dated.date.last is not None]
    return bool(years) and max(years) < LIMITS.long_ago


def _of_clause(clause: Clause, document: str, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    for form in QUESTION_FORMS:
        for asked in form(clause, forms):
            if asked.form != "what-is" or not _is_surname(clause.subject, document):
                yield asked


def _is_surname(name: str, document: str) -> bool:
    """Whether it is one word that the document has after another name: "What was Byron?" is not asked."""
    return " " not in name and re.search(rf"\b[A-Z][a-zà-ž]+ {re.escape(name)}\b", document) is not None

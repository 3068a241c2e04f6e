"""Questions that a sentence answers, in natural English: only by patterns that are safe, so that most sentences give
none.

After Heilman and Smith, "Good Question! Statistical Ranking for Question Generation" (NAACL 2010): a clause is made
simple, its verb taken apart and its subject put behind the auxiliary. Without their parser, what is not plain is left.
"""

import re
from collections.abc import Iterator

from qa.language.clauses import ASIDE, Clause, read_clause
from qa.language.dates import find_moments
from qa.language.people import people_of
from qa.suggestions.question_forms import FORMS, Asked
from qa.suggestions.self_contained import stands_alone

_LONGEST_SENTENCE = 420  # characters


def questions_of(sentence: str, document: str, title: str) -> Iterator[Asked]:
    """The questions that `sentence`, in display form, answers; each stands by itself.

    document: the text around it, which tells names from other words. title: what the document is about.
    """
    if len(sentence) > _LONGEST_SENTENCE or not re.fullmatch(r"[A-Z][^*_<>|\[\]{}#\\]+\.[”\"’]?", sentence):
        return
    text = ASIDE.sub("", sentence)
    clause = read_clause(sentence, document)
    found = [*_of_terms(sentence, text, document), *(_of_clause(clause, document) if clause else ())]
    seen = set()
    for asked in found:
        if asked.question not in seen and stands_alone(asked.question, title):
            seen.add(asked.question)
            yield asked


def _of_terms(sentence: str, text: str, document: str) -> Iterator[Asked]:
    """Of people and short names, wherever in the sentence they are explained."""
    for person in people_of(text):
        past = re.search(rf"{re.escape(person)} (?:was|had been)\b", document) or _is_long_ago(sentence)
        yield Asked(f"Who {'was' if past else 'is'} {person}?", "who-is")


def _is_long_ago(sentence: str) -> bool:
    years = [dated.moment.last for dated in find_moments(sentence) if dated.moment.last is not None]
    return bool(years) and max(years) < 1960


def _of_clause(clause: Clause, document: str) -> Iterator[Asked]:
    for form in FORMS:
        for asked in form(clause):
            if asked.form != "what-is" or not _is_surname(clause.subject, document):
                yield asked


def _is_surname(name: str, document: str) -> bool:
    """Whether it is one word that the document has after another name: "What was Byron?" is not asked."""
    return " " not in name and re.search(rf"\b[A-Z][a-zà-ž]+ {re.escape(name)}\b", document) is not None

"""Which persons a pronoun may mean, and which two are meant together. Pure text."""

import re
from collections.abc import Sequence

from qa.followups.limits import FOLLOW_UP_LIMITS
from qa.language.forms import Form
from qa.language.language import FollowUpForms


def fitting(persons: Sequence[str], question: str, evidence: str, forms: FollowUpForms) -> list[str]:
    """In their order, but those last of whom the evidence says "she" where the question says "he", and the reverse."""
    said, other = (forms.he, forms.she) if forms.he.fits(question) else (forms.she, forms.he)
    if not said.fits(question):
        return list(persons)
    return sorted(persons, key=lambda person: _is_called(person, other, said, evidence))


def _is_called(person: str, so: Form, not_so: Form, evidence: str) -> bool:
    """Whether what stands next after the person's name is more often the one than the other."""
    last = person.split(" ")[-1]
    score = 0
    for match in re.finditer(rf"\b{re.escape(last)}\b", evidence):
        after = evidence[match.end() : match.end() + FOLLOW_UP_LIMITS.gender_range]
        yes, no = so.find(after), not_so.find(after)
        if yes is not None and (no is None or yes.start() < no.start()):
            score += 1
        elif no is not None:
            score -= 1
    return score > 0

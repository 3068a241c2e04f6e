"""English, the one language there is: `ENGLISH`."""

from qa.language.english.asking import ASKING
from qa.language.english.collections import COLLECTIONS
from qa.language.english.combining import COMBINING
from qa.language.english.comparisons import COHESION, COMPARISONS
from qa.language.english.courtesies import COURTESIES
from qa.language.english.followups import FOLLOW_UPS
from qa.language.english.questions import QUESTIONS
from qa.language.english.scans import SCANS
from qa.language.english.suggestions import SUGGESTIONS
from qa.language.english.summaries import SUMMARIES
from qa.language.english.verdicts import VERDICTS
from qa.language.language import Language

ENGLISH = Language(
    code="en",
    asking=ASKING,
    courtesies=COURTESIES,
    collections=COLLECTIONS,
    questions=QUESTIONS,
    summaries=SUMMARIES,
    scans=SCANS,
    follow_ups=FOLLOW_UPS,
    suggestions=SUGGESTIONS,
    comparisons=COMPARISONS,
    cohesion=COHESION,
    verdicts=VERDICTS,
    combining=COMBINING,
)

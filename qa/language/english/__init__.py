"""English, the one language there is: `ENGLISH`."""

from qa.language.english.asking import ASKING
from qa.language.language import Language

ENGLISH = Language(code="en", asking=ASKING)

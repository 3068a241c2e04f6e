"""A question as it is taken: clean, not empty, and not too long."""

from index.errors import QuestionError
from index.sentences.markup import visible
from qa.types import CleanQuestion

LONGEST_QUESTION = 2_000  # characters
LONGEST_RAW_QUESTION = 65_536  # characters before cleaning; as many as fit into a body of the API


def clean_question(question: str) -> CleanQuestion:
    """The question without control and formatting characters (NUL, bidi overrides) and outer space, spaces folded.

    Raises QuestionError if nothing is left or it is longer than LONGEST_QUESTION characters.
    """
    if len(question) > LONGEST_RAW_QUESTION:
        raise _too_long(len(question))
    clean = visible(question)
    if not any(c.isalnum() for c in clean):
        raise QuestionError("The question is empty: write what you would like to know.")
    if len(clean) > LONGEST_QUESTION:
        raise _too_long(len(clean))
    return CleanQuestion(clean)


def _too_long(characters: int) -> QuestionError:
    return QuestionError(
        f"The question has {characters:,} characters, and {LONGEST_QUESTION:,} are allowed: shorten it."
    )

"""How English marks that something is asked, and which words of a request say nothing of its subject."""

from qa.language.forms import Pieces
from qa.language.language import AskingForms

_PIECES = Pieces(
    {
        "led": r"(?:(?:and|but|so|or|ok|okay|then|also)\W+)*+",
        "asking": r"(?:who|whom|whose|what|which|when|where|why|how|what's|who's|tell|list|name|explain|describe|"
        r"define|show|find|give|compare|count|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)",
    }
)

ASKING = AskingForms(
    marked=_PIECES.form(r"[?？؟⁇][)\"'”’»\]\s]*+\Z", "(who went to Weir?)", "https://weir.example/?q=1"),
    begun=_PIECES.form(r"\A\W*+{led}{asking}\b(?!\W*\Z)", "And what about the trade", "I think so.", "start"),
    address=_PIECES.form(
        r"\b(?:urls?|uris?|links?|hyperlinks?|home ?pages?|web ?(?:sites?|pages?|address(?:es)?)|address(?:es)?)\b",
        "What is the URL of the status page?",
        "Who keeps the linked list?",
    ),
    where=_PIECES.form(
        r"\A\W*+{led}where(?:'s|\s+(?:is|are|can|could|do|does|should|will|would|might|may))\b",
        "Where is the calendar?",
        "Somewhere it is.",
        "start",
    ),
    # They tell that something is wanted, not what.
    request_words=frozenset("according know mean means please say says said tell".split()),
)

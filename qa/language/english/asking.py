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
    # They tell that something is wanted, not what.
    request_words=frozenset("according know mean means please say says said tell".split()),
)

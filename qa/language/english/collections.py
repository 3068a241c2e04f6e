"""How English asks about documents themselves, and how a question names those that shall answer it."""

from qa.language.forms import Pieces
from qa.language.language import CollectionForms, FactKind

_PIECES = Pieces(
    {
        "the": r"(?:(?:all(?: of)?(?: the| these| those| my| our| your)?|the|these|those|my|our|your|any)\s+)?",
        "documents": r"(?:documents?|docs?|articles?|files?|papers?|reports?|texts?|sources?|pdfs?|books?|manuals?)",
        "have": r"(?:\s+(?:do|can|did|have|are|is)\s+(?:you|we|i|there|they|here)(?:\s+(?:have|got|know|hold|use|read|"
        r"indexed|see|answer from|there|about|access|ask about|search|loaded|in total))*(?:\s+(?:access to|here|"
        r"in (?:the|this|my|"
        r"our) (?:collection|corpus|folder|library|archive)|in total|altogether|indexed))*|\s+(?:in|are in|is "
        r"in) (?:the|this|"
        r"my|our) (?:collection|corpus|folder|library|archive|index)|\s+(?:here|in total|indexed|available))?",
        "newest": r"(?:newest|latest|most recent(?:ly (?:written|published))?)",
        "oldest": r"(?:oldest|earliest|least recent)",
        "is": r"(?:is|was|are|were)",
        "doc": r"(?:document|doc|article|file|paper|report|text|source|pdf|page|essay|book|manual|chapter|piece|story|"
        r"folder)",
        "x": r"(?P<what>.+?)",
        "rest": r"(?P<rest>.+)",
        "short": r"(?!.{300})",  # no longer text has these forms, so that time stays linear
    }
)

_FACTS: tuple[tuple[FactKind, str, str, str], ...] = (
    ("count", r"how many {the}{documents}{have}", "How many documents do you have", "How many documents mention Weir"),
    ("list", r"(?:which|what) {the}{documents}{have}", "Which documents do you have", "Which documents mention Weir"),
    (
        "list",
        r"(?:(?:list|show|name|enumerate)(?: me)?|what are) (?:all (?:of )?)?(?:the |your |my |our |these |"
        r"those )?{documents}{have}|"
        r"what (?:have you|did you) (?:read|index(?:ed)?)|what do you (?:have|know)(?: about)?",
        "List all the documents",
        "List the documents of Weir's trial",
    ),
    (
        "newest",
        r"(?:which|what) (?:{documents} )?(?:{is} (?:the )?)?{newest}(?: {documents}| one)?(?: {is} there)?{have}|"
        r"(?:which|what) {the}{documents} {is} (?:the )?{newest}(?: one)?",
        "Which document is the newest",
        "What is the latest news of Weir",
    ),
    (
        "oldest",
        r"(?:which|what) (?:{documents} )?(?:{is} (?:the )?)?{oldest}(?: {documents}| one)?(?: {is} there)?{have}|"
        r"(?:which|what) {the}{documents} {is} (?:the )?{oldest}(?: one)?",
        "What is the oldest article",
        "What is the oldest mill",
    ),
    (
        "formats",
        r"(?:which|what) (?:file )?(?:formats?|types?|kinds?)(?: of (?:files?|documents?))?(?: {is} (?:they|"
        r"these|those|the "
        r"{documents})(?: in)?|{have})",
        "What formats are the documents",
        "What kinds of fish are there in Weir",
    ),
    (
        "authors",
        r"who (?:wrote|(?:is|are|were) the authors? of) (?:what|which(?: {documents})?|them|(?:all )?(?:the|"
        r"these|those) {documents}|"
        r"each(?: {documents})?|it all|everything)|who (?:is|are|were) the authors|(?:list|name|show)(?: me)? "
        r"(?:all )?the authors|"
        r"(?:which|what) authors{have}",
        "Who wrote these articles",
        "Who wrote the article on Weir",
    ),
)

COLLECTIONS = CollectionForms(
    facts=_PIECES.table(_FACTS, "whole"),
    # "what" names documents, "rest" is asked of them.
    within=(
        _PIECES.form(
            r"{short}{rest}\s*\(in “{x}”\)", "When did it open? (in “Weir”)", "When did it open (in Weir)?", "whole"
        ),
        _PIECES.form(
            r"{short}(?:according to|as (?:stated|reported|described|explained|argued|said|written) (?:in|by)|going by|"
            r"based on|"
            r"per|in the (?:words|opinion|view) of) {x},\s*{rest}",
            "According to Weir, when did it open?",
            "According to plan it opened.",
            "whole",
        ),
        _PIECES.form(
            r"{short}(?P<rest>.+?),?\s+(?:according to|as (?:stated|reported|described|explained|argued|said|written) "
            r"(?:in|by)|"
            r"going by|based on) {x}\W*",
            "When did it open according to Weir?",
            "When did it open",
            "whole",
        ),
        _PIECES.form(
            r"{short}(?:(?:in|from|by|of|within)\s+)(?P<what>(?:the |this |that "
            r")?(?:[^\s,]+\s+){0,6}?{doc}(?:\s+(?:no\.?|number|#|"
            r"called|named|titled|by|from|of|on)?\s*[^\s,?]+){0,6}?),\s*{rest}",
            "In the 2018 article, who visited Weir?",
            "In 2018, who visited Weir?",
            "whole",
        ),
        _PIECES.form(
            r"{short}(?P<asks>(?:what|who|when|where|why|how|which|whom)\b.*?\b)(?P<aux>do(?:es)?|did) {x} "
            r"(?P<verb>say|says|write|state|report|argue|explain|describe|mention|claim|tell us|propose|"
            r"recommend|suggest|conclude)(?P<rest>\b.*)",
            "What does file 003 say about tariffs?",
            "What does it cost?",
            "whole",
        ),
        _PIECES.form(
            r"{short}(?P<rest>.+?)\s+(?:in|from|by|within)\s+(?P<what>(?:the |this |that "
            r")?(?:(?:[^\s,]+\s+){0,3}?{doc}\s+(?:no\.?\s*|number\s+|#\s*|"
            r"called\s+|named\s+|titled\s+|by\s+|from\s+)?[^\s,?]+(?:\s+[^\s,?]+){0,5}|(?:[^\s,]+\s+){1,4}{doc}))\W*",
            "Who visited Weir in the 2018 article?",
            "Who visited Weir in 2018?",
            "whole",
        ),
        _PIECES.form(
            r"{short}(?P<rest>.+?)\s+(?:in|from|by|within)\s+(?P<what>[^\s,]+\.[A-Za-z]\w{1,4})\W*",
            "Who visited Weir in notes.md?",
            "Who visited Weir in 2018?",
            "whole",
        ),
    ),
)

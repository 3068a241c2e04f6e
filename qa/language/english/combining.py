"""How English puts questions together of others: two things set beside each other, sources that differ."""

from types import MappingProxyType

from index.language.lexicon import ROLES, alternation
from qa.language.combining import CombiningForms, ValueMeasure
from qa.language.forms import Pieces

_PIECES = Pieces(
    {
        "polite": r"\A\W*+(?:(?:please|can you|could you|tell me|show me|explain|describe)\W+)*+",
        "left": r"(?P<left>[^,;:?\n]{1,80}?)",
        "right": r"(?P<right>[^,;:?\n]{1,80}?)",
        "topic": r"(?:,? (?:in terms of|with regard to|with respect to|when it comes to|regarding|concerning|as to|in|"
        r"on|about) (?:the |their |its )?(?P<topic>[^;:?\n]{1,80}?))?",
        "end": r"\W*\Z",
        "is": r"(?:is|are|was|were)",
        "differences": r"(?:differences?|distinctions?|contrasts?|comparison)",
        "documents": r"(?:sources|documents|articles|reports|papers|texts|files|authors|studies|accounts)",
        "these": r"(?:(?:the|these|those|my|our|your|all|both|two|different|various|several|other) )*",
        "say": r"(?:say|write|report|state|claim)",
        "more": r"(?P<more>(?:more|less) [^\W_]{3,20}|[^\W\d_]{2,15}er)",
        "more_than": r"(?P<more>before|after|(?:(?:more|less) [^\W_]{3,20}|[^\W\d_]{2,15}er)(?= than\b))(?: than)?",
    }
)
_form = _PIECES.form


_LENGTH, _AREA, _TIME = frozenset(("m",)), frozenset(("m2",)), frozenset(("day",))
_MONEY = frozenset("$ euro pound yen yuan rupee won CHF A$ C$ HK$".split())
_WHEN: frozenset[str] = frozenset()
_TOLD = {"before": "earlier", "after": "later"}
_SIZE = frozenset(("m2", "litre"))


def _measures() -> dict[str, ValueMeasure]:
    made = {}
    for asked, units, more, less in (
        ("How high {}", _LENGTH, "higher taller", "lower shorter"),
        ("How long {}", _LENGTH | _TIME, "longer", "briefer"),
        ("How deep {}", _LENGTH, "deeper", "shallower"),
        ("How wide {}", _LENGTH, "wider broader", "narrower"),
        ("How far {}", _LENGTH, "farther further", "nearer closer"),
        ("How heavy {}", frozenset(("kg",)), "heavier", "lighter"),
        ("How large {}", _SIZE, "larger bigger greater", "smaller"),
        ("How fast {}", frozenset(("km/h", "m/s")), "faster quicker", "slower"),
        ("How warm {}", frozenset(("°C", "°F")), "warmer hotter", "colder cooler"),
        ("How much {}", _MONEY, "more expensive,dearer,costlier", "cheaper,less expensive"),
        ("How old {}", _WHEN, "newer younger", "older"),
        ("When {}", _WHEN, "later after", "earlier before"),
    ):
        parts = (each.split(",") if "," in each else each.split() for each in (more, less))
        for words, least in zip(parts, (False, True), strict=True):
            made.update({word: ValueMeasure(asked, units, least, _TOLD.get(word, "")) for word in words})
    return made


COMBINING = CombiningForms(
    sides=(
        _form(
            r"{polite}(?:what(?:['’]?s| is| are| was| were) |is there |are there |give me |list )?(?:the |an? |any )?"
            r"(?:(?:main|key|biggest|major|exact) )?{differences} between {left} and {right}{topic}{end}",
            "What is the main difference between a mill and a weir in price?",
            "What is the bridge between Weir and Ghent?",
            "start",
        ),
        _form(
            r"{polite}(?:how|in what ways?) (?:do|does|did|{is}) {left} (?:differ|differs|different|compare|"
            r"compares|compared|distinguished|distinct) (?:from|to|with) {right}{topic}{end}",
            "How does Weir differ from Ghent?",
            "How does Weir vote?",
            "start",
        ),
        _form(
            r"{polite}how (?:do|does|did) {left} and {right} (?:differ|compare){topic}{end}",
            "How do Weir and Ghent differ?",
            "How do Weir and Ghent vote?",
            "start",
        ),
        _form(
            r"{polite}(?:compare|contrast) {left} (?:and|with|to|against|versus|vs\.?) {right}{topic}{end}",
            "Compare Weir with Ghent",
            "Comparable to Weir",
            "start",
        ),
        _form(
            r"\A\W*+(?!(?:who|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|can)\b)"
            r"{left} (?:versus|vs\.?|compared (?:to|with)) {right}{topic}{end}",
            "mills versus weirs",
            "Who won versus Weir?",
            "start",
        ),
    ),
    measured=_form(
        r"\A\W*+(?P<aux>is|are|was|were|did|does|do) {left} {more_than} {right}{end}",
        "Is Weir older than Ghent?",
        "Is Weir old?",
        "start",
    ),
    choice=(
        _form(
            r"\A\W*+(?:which|who|what)\b[^,:;?\n]{0,30}? (?P<aux>is|are|was|were) (?P<verb>[^\W\d_]{3,20}ed |built |"
            r"made |held |born )?(?:the )?{more}\W{1,3}{left},? or {right}{end}",
            "Which is older, Weir or Ghent?",
            "Which is older, Weir?",
            "start",
        ),
        _form(
            r"\A\W*+(?P<aux>is|are|was|were) {left} or {right} (?:the )?{more}{end}",
            "Is Weir or Ghent older?",
            "Is Weir or Ghent open?",
            "start",
        ),
    ),
    sources=(
        _form(
            r"{polite}(?:how|where|in what) (?:do|does|did) {these}{documents} (?:differ|disagree|diverge|vary|"
            r"conflict)(?: from each other| with each other)?(?: on| about| over| in| as to)(?: what (?:they|"
            r"it) {say} (?:on|about|of))? (?:the )?(?P<topic>[^;:?\n]{2,120}?){end}",
            "How do the sources differ on the flood?",
            "How do the mills differ on the flood?",
            "start",
        ),
        _form(
            r"{polite}do {these}{documents} (?:agree|disagree|differ) (?:on|about|over) (?:the )?"
            r"(?P<topic>[^;:?\n]{2,120}?){end}",
            "Do the sources agree on the flood?",
            "Do the mills agree on the flood?",
            "start",
        ),
        _form(
            r"{polite}(?:what(?:['’]?s| is| are) )?(?:the )?{differences} between {these}{documents} (?:on|about|over|"
            r"regarding) (?:the )?(?P<topic>[^;:?\n]{2,120}?){end}",
            "What are the differences between the sources on the flood?",
            "What are the differences between the mills on the flood?",
            "start",
        ),
        _form(
            r"{polite}compare what {these}{documents} {say} (?:on|about|of) (?:the )?(?P<topic>[^;:?\n]{2,120}?){end}",
            "Compare what the reports say about the flood",
            "Compare what the mills say about the flood",
            "start",
        ),
    ),
    steps=(
        _form(
            r"\A\W*+(?P<ask>(?:where|when|how|why|(?:in|at|on|to|from) (?:what|which) [^\W_]+|(?:what|which) [^\W_]+) "
            r"(?P<aux>is|are|was|were|did|does|do|has)) (?P<inner>the [^,;:?\n]{3,160}?) (?P<tail>[^\W\d_]+"
            r"(?: (?:up|in|from|at|to|for|as|on|by))?){end}",
            "Where was the author of Weir born?",
            "Where was she born?",
            "start",
        ),
        _form(
            r"\A\W*+(?P<ask>(?:who|what|where|when) (?P<aux>is|are|was|were)) "
            r"(?P<outer>the (?!(?:names?|titles?|terms?|words?)\b)[^,;:?\n]{2,60}?) of "
            r"(?P<inner>the (?:[^\W_]+ ){1,4}?(?:of|who|that|which) [^,;:?\n]{2,120}?){end}",
            "Who is the wife of the mayor of Weir?",
            "Who is the mayor of Weir?",
            "start",
        ),
    ),
    inner=(
        _form(r"the (?P<role>(?:[^\W_]+ ){0,2}?[^\W_]+) of (?P<of>.+)", "the mayor of Weir", "the author", "whole"),
        _form(
            r"the (?P<kind>[^\W_]+(?: [^\W_]+)?) (?:who|that|which) (?P<does>.+)",
            "the man who built the mill",
            "the author of Weir",
            "whole",
        ),
    ),
    person=_form(
        rf"(?:.* )?(?:{alternation(ROLES)}|person|man|woman|boy|girl|wife|husband|mother|father|brother|sister|son|"
        r"daughter|child|friend|head|[^\W\d_]+(?:ist|ian|(?<!riv)(?<!tow)(?<!numb)(?<!cent)er|(?<!col)(?<!harb)or))",
        "vice president",
        "town",
        "whole",
    ),
    pronoun=_form(
        r"\b(?:it|its|he|she|they|them|him|her|his|their|this|that|these|those|we|us|you|i|me|one|ones|the (?:other|"
        r"former|latter|two|first|second))\b",
        "that of Weir",
        "Weir",
    ),
    asks_whole=_form(r"(?:who|what|which|when|where|why|how|whether)\b", "when it fell", "the fall", "start"),
    measures=MappingProxyType(_measures()),
    about="What is {}?",
    on="What is the {1} of {0}?",
    only="Nothing was found on {1}, only on {0}.",
    one_source="Only one document was found to speak of it.",
    by_values="By these two values: {} is {}.",
    both="{} and {}",
    who="Who {} {}?",
    what="What {} {}?",
    who_does="Who {1}?",
    which_does="Which {0} {1}?",
    two_steps="Taken in two steps: {} is {}.",
    one_step="{} was found to be {}, but nothing was found for “{}”",
)

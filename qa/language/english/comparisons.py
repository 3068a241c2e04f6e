"""How English sets things beside each other, and how its sentences hang together.

Connectives as Halliday and Hasan, "Cohesion in English", 1976, sort them; only what opens a sentence is looked at.
"""

from types import MappingProxyType

from qa.language.forms import Pieces
from qa.language.language import CohesionForms, ComparisonForms

_PIECES = Pieces(
    {
        "texts": r"(?:articles|papers|documents|sources|reports|texts|accounts|stories|authors|files|studies)\b"
        r"(?! of\b)",
        "member": r"(?:\w+ ){0,2}(?:reason|factor|cause|point|step|way|part|goal|aim|principle|aspect|stage|type|kind|"
        r"problem)s?\b",
        "counted": r"(?:reasons|factors|causes|ways|steps|parts|points|types|kinds|areas|goals|principles|measures|"
        r"challenges|aspects|stages|elements|objectives|problems|aims|forms|groups|phases|conditions|sources|features|"
        r"advantages|effects)",
    }
)
_form = _PIECES.form

COMPARISONS = ComparisonForms(
    between=_form(
        r"\b(?:compar\w+|contrast\w*|(?:differ|similarit)\w* between|in common|alike|better|worse)\b",
        "What do Weir and Ghent have in common?",
        "Is Weir like Ghent?",
    ),
    choice=_form(
        r"\A\W*(?:is|are|was|were|do|does|did|has|have|which)\b.*\bor\b", "Is Weir or Ghent older?", "Weir or Ghent?"
    ),
    against=_form(
        r"\b(?:compared? (?:to|with)|in contrast (?:to|with)|as opposed to|rather than|different from|differs? from|"
        r"unlike|similar to|versus|vs|than(?!\s+\d))\b",
        "Is Weir older than Ghent?",
        "Is Weir older than 300 years?",
    ),
    joined=_form(r"\b(?:and|or)\b", "Weir and Ghent", "Weir, Ghent"),
    either=_form(r"\bor\b", "Weir or Ghent", "Weir and Ghent"),
    several_texts=_form(
        r"\b(?:two|both|different|various|several|each of the|all (?:of )?the)\s+(?:[\w-]+\s+){0,2}?{texts}|"
        r"\bthe\s+(?:[\w-]+\s+)?{texts}\s+(?:say|report|give|state|claim|tell|mention|name|call|agree|disagree)\b",
        "What do the two newer reports say?",
        "What do the two sources of the river share?",
    ),
    # A word that asks, and names nothing.
    comparing=_form(r"(?:compar|contrast|differ|similar|alike|unlike|spell)", "differences", "indifferent", "start"),
    degree=_form(r".*er", "older", "oldest", "whole"),
)

COHESION = CohesionForms(
    pronoun=_form(
        r"[\W_]*(?:and |but |so |yet |thus |therefore,? |however,? |instead,? |moreover,? |additionally,? |also,? )?"
        r"(?:he|she|it|they|his|her|its|their|him|them|this|that|these|those|such|the (?:former|latter|same))\b",
        "However, they left.",
        "Ada left them.",
        "start",
    ),
    # "It is clear that …" stands for nothing before it.
    empty_it=_form(
        r"[\W_]*(?:\w+,? )?it (?:is|was|seems|appears|remains|has been) (?:also |not |now |very |quite |more )?"
        r"(?:clear|true|likely|unlikely|possible|impossible|important|necessary|essential|evident|obvious|known|said|"
        r"believed|reported|thought|hoped|expected|estimated|hard|easy|difficult|worth)\b",
        "It is not clear that Ada left.",
        "It is not open.",
        "start",
    ),
    consequence=_form(
        r"[\W_]*(?:therefore|thus|hence|consequently|accordingly|so(?! (?:far|called|much|many|long))|"
        r"as a (?:result|consequence)|because of (?:this|that)|for (?:this|that|these|those) reasons?|that is why|"
        r"this is why|in consequence)\b",
        "For these reasons Ada left.",
        "So far Ada stays.",
        "start",
    ),
    first=_form(
        r"[\W_]*(?:firstly|first,|first of all|to begin with|in the first place|on (?:the )?one (?:hand|side)|"
        r"one,|one (?:is|was|{member})|the first (?:is|was|{member}))",
        "The first main reason is the flood.",
        "The first mayor was Ada.",
        "start",
    ),
    later=_form(
        r"[\W_]*(?:(?:second|third|(?:four|fif|six|seven|eigh|nin|ten)th)(?:ly\b|,)|finally,|lastly,|next,|last,|"
        r"on the other(?: hand| side)?\b|the other (?:is|was|{member})|another (?:is|was|{member})|"
        r"(?:the|a) (?:second|third|fourth|fifth|last|final) (?:is|was|{member}))",
        "Secondly, the mill fell.",
        "Second mills fell.",
        "start",
    ),
    counted=_form(
        r"\b(?P<count>two|three|four|five|several|various|(?:the )?following|a number of|a few|many)\s+"
        r"(?:[\w-]+\s+){0,2}?{counted}\b",
        "There are three main reasons.",
        "There are three main mills.",
    ),
    counts=MappingProxyType({"two": 2, "three": 3, "four": 4, "five": 5}),
)

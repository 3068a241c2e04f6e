"""What English puts before a value that only bounds what is asked for: "after 5 March", "more than 5 kg"."""

from qa.language.forms import Pieces

BOUNDS = Pieces({}).form(
    r"\b(?:more|less|fewer|greater|later|earlier|older|newer|higher|lower|over|under|above|below|than|before|after|since|"
    r"until|till|by|between|from|to|and|about|around|at (?:least|most)|up to|within|approximately|roughly)"
    r"(?: (?:the|an?))? ?\Z",
    "what weighs more than ",
    "what weighs ",
)

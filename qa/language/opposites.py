"""Words of which one says the contrary of the other."""

import re

# Pairs that name contrary acts, sides or ranks: a sentence with the one does not answer a question with the other.
_CONTRARY = """
open close; opened closed; opens closes; opening closing; win lose; won lost; buy sell; bought sold; import export;
imported exported; join leave; joined left; enter leave; entered left; add remove; added removed; begin end; began
ended; start stop; started stopped; start finish; started finished; rise fall; rose fell; increase decrease; increased
decreased; support oppose; supported opposed; accept reject; accepted rejected; approve reject; approved rejected;
allow forbid; allowed forbidden; permitted prohibited; allowed banned; include exclude; included excluded; arrive
depart; arrived departed; attack defend; attacked defended; enable disable; enabled disabled; install uninstall;
connect disconnect; lock unlock; encrypt decrypt; hire dismiss; hired dismissed; hired fired; born died; cause
prevent; caused prevented; lend borrow; lent borrowed; create delete; created deleted; first last; oldest youngest;
oldest newest; earliest latest; highest lowest; largest smallest; biggest smallest; longest shortest; cheapest
dearest; maximum minimum; north south; northern southern; eastern western; husband wife; king queen; advantages
disadvantages; indoors outdoors
"""
# Others that questions are turned round with.
_TURNED = """
most least; more less; more fewer; before after; east west; imports exports; supports opposes; men women; male female;
father mother; brother sister; son daughter; early late; best worst; good bad; like dislike; loved hated; love hate;
strong weak; high low; large small; long short; old new; rich poor; hot cold; public private; foreign domestic;
internal external; inside outside; urban rural; positive negative; never always; advantage disadvantage; success
failure; easy difficult; cheap expensive; modern ancient; majority minority; upper lower; left right; winter summer;
spring autumn; victory defeat
"""
# Of which only one can be true of the same thing at the same time: who says the one denies the other.
_EXCLUSIVE = """
open closed; opened closed; won lost; win lose; accepted rejected; approved rejected; approved refused; allowed
forbidden; allowed banned; allowed prohibited; permitted prohibited; permitted forbidden; permitted banned; allow
forbid; permit prohibit; include exclude; included excluded; enable disable; enabled disabled; on off; public private;
alive dead; legal illegal; lawful unlawful; valid invalid; possible impossible; free paid; mandatory optional;
compulsory optional; mandatory voluntary; compulsory voluntary; compatible incompatible; available unavailable; safe
unsafe; present absent; encrypted unencrypted; locked unlocked; supported opposed; married unmarried; paid unpaid; true
false; complete incomplete; refundable non-refundable; required optional; succeeded failed; innocent guilty
"""


def _pairs(listed: str) -> tuple[tuple[str, str], ...]:
    made = (pair.split() for pair in listed.replace("\n", " ").split(";"))
    return tuple((left, right) for left, right in made)


CONTRARY = _pairs(_CONTRARY)
OPPOSITES = (*CONTRARY, *_pairs(_TURNED))
EXCLUSIVE = _pairs(_EXCLUSIVE)
# Acts whose words are as often attributes: "his close aides", "the open sea".
_ATTRIBUTE = re.compile(
    r"(?:['’]s|\b(?:the|an?|his|her|its|their|our|your|my|very|so|too|more|most))\s(open|close|closed)\b", re.IGNORECASE
)


def attributes(text: str) -> frozenset[str]:
    """The words of a text, lower case, that would name an act, and stand where they tell what something is like."""
    return frozenset(match.group(1).lower() for match in _ATTRIBUTE.finditer(text))

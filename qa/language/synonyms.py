"""Words that say the same in a question and in the sentences that answer it: general English, of no subject."""

from functools import lru_cache

# Verbs with their forms, and nouns; a word may be in several groups.
_GROUPS = """
open opens opened opening inaugurate inaugurated inauguration unveil unveiled
close closes closed closing shut closure
found founded founder founders founding establish established establishment created creation set
build builds built building construct constructed construction erect erected
begin begins began begun beginning start starts started launch launched commence commenced
end ends ended ending finish finished conclude concluded
die dies died dead death deaths kill killed kills perished fatalities lives
born birth birthplace
invent invented inventor invention devised
write writes wrote written author authored writer penned
compose composed composer
paint painted painter
lead leads led leader head heads headed chaired
represent represented representative represents delegate delegation delegated send sent dispatch dispatched envoy
announce announced announcement propose proposed proposal
discover discovered discoverer discovery find found finds
win wins won winner victory defeat defeated beat
buy bought purchase purchased acquire acquired acquisition
sell sold sale
cost costs price priced spend spent paid pay worth budget
measure measures height high tall altitude elevation
length long
weigh weighs weighed weight heavy
area size large big covers
population inhabitants people residents persons populace live lives living
people persons person individuals
country countries nation nations state states
worker workers employee employees staff
student students pupil pupils
child children
design designed designer architect
direct directed director
make makes made making produce produced production manufacture manufactured
marry married marriage wed wife husband
publish published publication
release released
adopt adopted adoption
sign signed signing signature
destroy destroyed destruction
move moved relocate relocated
elect elected election
host hosted hosts held
live lived lives reside resided
age aged old
attack attacked
name named names called
join joined
""".strip()


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _GROUPS.splitlines():
        group = frozenset(line.split())
        for word in group:
            found[word] = found.get(word, frozenset()) | group
    return found


def kin(word: str) -> frozenset[str]:
    """A lower-case word and those that may stand for it."""
    return _groups().get(word, frozenset()) | {word}

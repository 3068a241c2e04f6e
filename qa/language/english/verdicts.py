"""How English asks for yes or no, and what makes one of its sentences less than either."""

from types import MappingProxyType

from qa.language.combining import VerdictForms
from qa.language.forms import Pieces

_PIECES = Pieces(
    {
        "led": r"(?:(?:and|but|so|or|ok|okay|then|also)\W+)*+",
        "aux": r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|must|shall|should|will|would)",
        "hedge": r"(?:only|just|merely|unless|except\w*|apart from|other than|if|provided|whether|until|till|without|"
        r"might|would|could|should|supposed\w*|say|says|said|sa[iy]ing|claim\w*|alleg\w*|report\w*|deny|denie[sd]|"
        r"denying|rumou?r\w*|expect\w*|plan\w*|propos\w*|intend\w*|hope[sd]?|want\w*|think|thought|believ\w*|suggest\w*|"
        r"almost|nearly|hardly|barely|scarcely|rarely|seldom|sometimes|usually|generally|normally|typically|often|mostly|"
        r"partly|partially|likely|unlikely|perhaps|maybe|probably|possibly|reportedly|apparently|according|yet|"
        r"at (?:first|least|most)|neither|nor|none|false\w*|untrue|myth\w*|wrong\w*|failed|refused|declined|threatened|"
        r"no (?:more|fewer|less)|used to)",
    }
)
_form = _PIECES.form


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOW, _THEN = _set("is are"), _set("was were")
_MAY = _set("can may")

VERDICTS = VerdictForms(
    asked=_form(
        r"\A\W*+{led}(?P<aux>{aux})(?P<not>n['’]t)?\s+(?P<rest>[^\n?]*[^\W_][^\n?]*)[?!.\s]*\Z",
        "Did Weir join the league?",
        "What did Weir join?",
        "start",
    ),
    request=_form(
        r"\A\W*+{led}(?:(?:can|could|would|will) you (?:please )?(?:tell|show|give|explain|find|name|list|summari[sz]e|"
        r"describe|compare|help|say)|do you (?:know|happen to know|remember)|do we know|is it (?:known|clear)|"
        r"may i (?:ask|know)|can i (?:ask|know|get (?:a|the) (?:list|summary|overview)))\b",
        "Can you tell me the height of the bridge?",
        "Can you cross the bridge?",
        "start",
    ),
    choice=_form(r"\b(?:or|than)\b", "Is it Weir or Ghent?", "Is it Weir?"),
    reserved=_form(
        r"(?<![^\W_]){hedge}(?![^\W_])|\?|[“”\"]", "Dogs are allowed only in the yard.", "Dogs are allowed here."
    ),
    opening=_form(
        r"(?:(?:yes|no)\s*[,:]\s*|(?:however|also|today|currently|now|officially|formally|finally|in fact|at present|"
        r"by law|note(?: that)?|please note(?: that)?|(?:in|on|since|from|by|during) (?:the )?(?:[^\W_]+ ){0,2}\d{4}|"
        r"the|an?)(?:\s*[,:]\s*|\s+))++",
        "However, the bridge is open.",
        "Bridges are open.",
        "start",
    ),
    half_denied=_form(
        r"\b(?:not|n['’]t) (?:all|always|necessarily|every|really|fully|entirely|quite|completely|exactly|so|too|very|"
        r"because|in order)\b",
        "It is not always open.",
        "It is not open.",
    ),
    tenses=MappingProxyType(
        {
            **dict.fromkeys(_NOW, _NOW),
            **dict.fromkeys(_THEN, _THEN),
            "do": _set("do does"),
            "does": _set("do does"),
            "did": _set("did has have had"),
            "has": _set("has have"),
            "have": _set("has have"),
            "had": _set("had"),
            "can": frozenset(("can",)),  # of others "may not" may be a guess
            "may": _MAY,
            **{each: frozenset((each,)) for each in ("could", "must", "shall", "should", "will", "would")},
        }
    ),
    needed=_NOW | _THEN | _set("can could may must shall should will would"),
    finished=_THEN | _set("did has have had"),
    light=_set(
        "the a an already also later formally officially finally eventually soon then now currently still been "
        "therefore thus indeed both any ever fully please to"
    ),
    speakers=_set("i we you one"),
    going_on=_set("in on at by during since from with as alongside after before when under through near and"),
    describing=_set("in on near that which who with by from"),
    indefinite=_set("a an"),
    allowed=_set("allowed permitted"),
    permitting=_MAY,
    doing=_set("do does did"),
    being="is",
    deniers=_set("not never"),
    none="no",
    longer="longer",
    contracted=MappingProxyType(
        {
            f"{word}n't": (word, "not")
            for word in "is are was were do does did has have had could must should would".split()
        }
        | {"can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not")}
    ),
)

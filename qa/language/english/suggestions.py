"""What an English clause must look like for a question to be made of it, and what such a question must not have."""

from types import MappingProxyType

from qa.language.forms import Pieces
from qa.language.language import SuggestionForms


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PIECES = Pieces(
    {
        "number": r"(?:\d[\d,.]*(?:\s(?:million|billion|thousand))?|three|four|five|six|seven|eight|nine|ten|eleven|"
        r"twelve|twenty|thirty)",
        "about": r"(?:(?:about|around|some|approximately|over|nearly|almost|roughly|more than|at least|up to|"
        r"a total of)\s+)?",
    }
)

_form = _PIECES.form

SUGGESTIONS = SuggestionForms(
    # --- when, where, who ---
    before_date=_form(
        r"(?<!\s)\s*\b(?:in|on)\s+(?:the\s+)?(?:(?:early|late|mid)[- ])?\Z", "bank in late ", "since ", cased=True
    ),
    placed=_form(
        r"(?:in|at|near)\s+(?P<place>(?:the\s+)?(?:[A-Z][\w’'.-]*)(?:,?\s+(?:of\s+|the\s+)?[A-Z][\w’'-]*)*)"
        r"(?=\s*(?:$|,|in \d|on |and\s))",
        "in Ghent in 1790",
        "in the mill",
        "start",
        cased=True,
    ),
    agent=_form(
        r"by\s+(?P<agent>(?:[A-Z][\w’'.-]*\s+)*[A-Z][\w’'-]*)(?=\s*(?:$|,|\sin \d|in the|on [A-Z]))",
        "by Ada Byron, an engineer",
        "by farmers",
        "start",
        cased=True,
    ),
    # --- how many, how much ---
    adverb=_form(r"(?:also|now|currently|already)\s+", "also seven mills", "seven mills", "start", cased=True),
    counted=_form(
        r"{about}(?P<number>{number})\s+(?P<things>(?!more\s)(?:[a-z][\w’'-]*\s+){0,2}?"
        r"(?:[a-z][\w’'-]*s|people|men|women|children))"
        r"(?=\s*(?:$|,|\s(?:in|on|at|for|with|from|by|of|and|to|during|between|across)\s))",
        "about seven savings banks in Ghent",
        "two mills",
        "start",
        cased=True,
    ),
    money=_form(
        r"{about}(?P<sum>(?:US)?[$€£¥]\s?\d(?:[\d,.]*\d)?(?:\s(?:million|billion|trillion|thousand))?)",
        "more than $2,000 for it",
        "2,000 mills",
        "start",
        cased=True,
    ),
    # --- why, how ---
    cause=_form(
        r"(?:,|(?<![\s,]))\s+(?:(?:partly|largely|mainly|primarily|chiefly|mostly|in part|simply|perhaps|probably)\s+)?"
        r"(?P<because>because(?: of)?|due to|owing to)\s+(?P<cause>.{12,})",
        " in 1821, mainly because of its many debts",
        " in 1821 because of it",
        cased=True,
    ),
    denied=_form(r"\bnot\Z", "was closed, but not", "was closed", cased=True),
    means=_form(
        r"(?<!\s)\s+by\s+(?P<means>[a-z]+ing\s.{8,})", " it by lending money to mills", " it by the mills", cased=True
    ),
    purpose=_form(r"\bto [a-z]", "farmers to lend", "lent to Ghent", cased=True),
    # --- what ---
    being=_form(
        r"(?P<what>(?:(?:highly|largely|mainly|heavily|closely|best|solely|directly|partly|strongly)\s)?"
        r"(?:dependent on|responsible for|known for|famous for|based on|related to|opposed to|similar to|named after|"
        r"concerned with|aimed at|derived from|linked to|composed of|made of))\s+(?P<object>.+)",
        "mainly known for its mills",
        "known as a town of mills",
        "start",
        cased=True,
    ),
    person_object=_form(
        r"[A-Z]|who\b|an? [a-z]+[eo]r\b|the [A-Z]", "a farmer of Weir", "mills", "start", cased=True
    ),
    with_object=_form(r"(?P<with>[a-z]+)\s+(?P<object>.+)", "of two mills", "Ghent", "start", cased=True),
    that=_form(r"that ", "that it is so", "mills", "start", cased=True),
    infinitive=_form(r"to\s+[a-z]+\s", "to lend money", "to Ghent", "start", cased=True),
    use=_form(r"(?:in|for|to)\s", "for milling", "by millers", "start", cased=True),
    led_to=_form(r"to ", "to the growth of Weir", "the growth of Weir", "start", cased=True),
    # Which "embargo"? And "the Mongols" are who, not what.
    unidentified=_form(
        r"the (?!.* of )[^A-Z]*$|the [A-Z]\w+s$", "the embargo", "the embargo of Weir", "start", cased=True
    ),
    by_things=_form(
        r"by (?:the |an? )?[a-z]{3,} (?!\d)", "by the flood that came", "by Ada Byron", "start", cased=True
    ),
    object=_form(
        r"(?!in |on |at |with |by |up |only )[\w$]", "the growth of Weir", "in the growth", "start", cased=True
    ),
    indefinite=_form(
        r"(?:an?|one of the|the)\s+(?P<noun>[^,]+)", "a savings bank of farmers", "savings banks", "start", cased=True
    ),
    any_such=_form(r"an?\s", "a bank", "the bank", "start", cased=True),
    complement=_form(
        r"\s(?:of|for|in|on|at|to|from|with|by|that|who|which|where|during|between|based)\b",
        "bank of farmers",
        "savings bank",
        cased=True,
    ),
    pair=_form(r" and ", "Weir and Ghent", "Weir", cased=True),
    known=_form(
        r"(?P<as>(?:also |commonly |often |widely |formerly )?(?:known|called|referred to))\s+as\s+\S",
        "also known as the Town of Mills",
        "known for mills",
        "start",
        cased=True,
    ),
    # --- what somebody says ---
    reported=_form(r"(?:that\s+)?(?P<said>.+)", "that Ghent was too far", "", "start", cased=True),
    no_adjective=_form(
        r"\s*$|[,.]|\s(?:is|are|was|were|has|had|have|will|would|could|should|can|may|must|and|or|of|in|on|to|for|as|"
        r"by)\b",
        " was too far away",
        " mills were better",
        "start",
        cased=True,
    ),
    article_before=_form(r"\b[tT]he \Z", "said that the ", "said that ", cased=True),
    # --- whole and by itself ---
    definite=_form(r"\b[tT]he ((?:[a-z][\w’'-]*\s?){1,4})", "the old mill", "the Weir Bank", cased=True),
    # After "the": a name, or a complement.
    identified=_form(
        r"(?:[a-z][\w’'-]*\s){1,3}(?:(?:of|for|to|between|against)\s|(?:in|on|at|with|by|from)\s(?:the\s)?[A-Z])"
        r"|(?:[a-z][\w’'-]*\s){1,2}[A-Z]",
        "old mill in the Weir valley",
        "old mill in town",
        "start",
        cased=True,
    ),
    stranded=_form(
        r"\b(?:and|or|the|an?|than|between|such|such as|both|not only|most|more|either|that)\Z",
        "What does Ghent want from the",
        "What does Ghent want from Weir",
        cased=True,
    ),
    also=_form(r"\balso\s", "also the mill", "the mill", cased=True),
    vague=_form(r"an? (?:[^A-Z]*|[A-Z]\w+)\Z", "a market in town", "a market of Weir town", "start", cased=True),
    manner=_form(r"[a-z]+ly\b", "quickly in town", "in town", "start", cased=True),
    participle=_form(r"[a-z]{3,}(?<!e)ed", "opened", "agreed", "whole", cased=True),
    gerund=_form(r"[^\W_]+ing", "lending", "lends", "whole", cased=True),
    goes_on=_form(r",\s[A-Z]|\s(?:that|if|unless)\s", ", Michigan-based mills", ", in 1821", "start", cased=True),
    clause_end=_form(r",\s|\s(?:and|but)\s(?=[a-z]+ed\b)", "a bank and opened a mill", "a bank and mill", cased=True),
    was_before=_form(r" (?:was|had been)\b", " was an engineer", " is an engineer", "start", cased=True),
    asking=_form(
        r"(?:What|Why|How|When|Where|Who|Whose|Which|Is|Are|Was|Were|Do|Does|Did|Can|Could|Will|Would|Should|Has|Have|"
        r"Must)\s[^?!.]{8,110}\?",
        "How is the mill of Weir kept running?",
        "The mill of Weir: how is it run?",
        "whole",
        cased=True,
    ),
    # --- words ---
    be=("is", "are", "was", "were"),
    passive=("was", "were"),
    ends_itself=_set(
        "die begin end open close collapse retire resign start arrive return surrender fall launch debut premiere"
    ),
    placing=_set("born located situated based headquartered held founded buried built signed discovered"),
    achieving=_set(
        """founded invented discovered wrote built designed led won directed composed created developed established
        proposed introduced painted defeated conquered commanded coined formulated appointed nominated launched
        organized organised started published produced named signed elected captured ruled edited translated opened"""
    ),
    not_in_a_person=_set("of the and for"),
    units=_set("percent years months weeks days hours minutes miles kilometres kilometers metres feet times"),
    paying=_set("cost spend pay invest raise donate earn lose receive provide lend give borrow"),
    aiming=_set("aim seek plan promise agree decide intend hope pledge refuse"),
    designed=_set("designed intended expected required supposed"),
    causing=_set(
        """caused triggered prompted forced enabled inspired ended influenced motivated drove shaped delayed weakened
        threatened destroyed damaged"""
    ),
    saying=_set("say note state argue claim warn declare insist suggest emphasize emphasise predict deny"),
    dull_nouns=_set(
        """success failure example result reason problem issue matter case factor part sign source way time day one
        number lot kind type form thing subject topic question answer same only first second third last best most major
        key main member focus center centre site home product consequence target"""
    ),
    # What points elsewhere: to another sentence, to the reader, or to something that was said before.
    elsewhere=_set(
        """he she it they him them this these those we us you our your my i me here there such former latter another
        others then however thus further respectively following above below rest both same instead therefore so also own
        now today currently recently later earlier already still too again even else aforementioned"""
    ),
    possessives=_set("his her its their"),
    unique=_set("world sea internet economy public press sun moon earth past future universe"),
    linking_words=_set(
        "is are was were has had who which when where while before after until since whose including"
    ),
    # What will not do as the rest of a clause.
    no_rest="which",
    ask=MappingProxyType(
        {
            "when": "When", "where": "Where", "who": "Who", "how-many": "How many", "how-much": "How much",
            "why": "Why", "how": "How", "what": "What", "due": "due to", "do": "to do", "for": "for", "about": "about",
            "say": "say", "led": "led", "led to": "led to", "used": "used", "will": "will", "as": "as", "the": "the",
            "is": "is", "was": "was",
        }
    ),
)  # fmt: skip

"""How English points back to what was said before, and what a follow-up changes of it."""

from index.language.lexicon import (
    FINITE_AUXILIARIES,
    HONORIFICS,
    INSTITUTIONS,
    MONTHS,
    NAME_PARTICLES,
    OFFICES,
    ORDINALS,
    ROLES,
    SEASONS,
    alternation,
)
from qa.language.forms import Pieces
from qa.language.language import FollowUpForms

_LINKS = NAME_PARTICLES - frozenset("y e el los di do".split()) | frozenset("of the and for di".split())
_ACTS = frozenset(
    """said says told tells spoke wrote writes argued argues added asked met meets visited married died born explained
    claimed claims noted notes thinks thought joked resigned retired who whose himself herself he she his her""".split()
)
_TIMES = frozenset(month.capitalize() for month in MONTHS) | (SEASONS - frozenset(["fall"]))

_PIECES = Pieces(
    {
        "link": rf"(?:{alternation(_LINKS)})",
        "auxiliary": rf"(?:{alternation(FINITE_AUXILIARIES)})",
        "all": r"(?:.*\w|.)",  # but what signs stand at the end
        "role": rf"(?:{alternation(HONORIFICS | OFFICES | ROLES)})\.?",
        "acts": rf"(?:{alternation(_ACTS)})",
        "month": rf"(?:{alternation(_TIMES)})",
        "period": r"(?:year|month|week|day|summer|winter|decade|century)",
        "be": r"(?:is|are|was|were|be|been|will|would)",
    }
)
_form = _PIECES.form

FOLLOW_UPS = FollowUpForms(
    # --- what points back ---
    person=_form(
        r"\b(?P<bare>he|she|him)\b|\b(?P<whose>his|hers)\b|\b(?P<her>her)\b", "When did he leave?", "When did it leave?"
    ),
    thing=_form(r"\b(?P<bare>it|they|them)\b|\b(?P<whose>its|theirs?)\b", "How tall is it?", "How tall is he?"),
    place=_form(
        r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )(?<!will )(?<!would )\bthere\b"
        r"(?! (?:{be}|any|a|an|some)\b)",
        "When did he go there?",
        "Is there a tram?",
    ),
    # It stands for nothing.
    empty_it=_form(
        r"\b(?:{be} it|it(?:[’']s| {be}))(?: \w+)? (?:possible|necessary|allowed|true|safe|legal|likely|worth|hard|"
        r"easy|difficult|important|better|best|ok|okay|the same|so|normal|common|required|forbidden)\b"
        r"|\bit (?:(?:takes?|costs?) to|(?:rain|snow)(?:s|ed)?)\b"
        r"|\b(?:does|did|will|would|can) it (?:take|cost|mean) (?:me |you |us |them )?to\b",
        "Is it possible to swim?",
        "Is it deep?",
    ),
    object=_form(
        r"\b(?i:{auxiliary}) [A-Z][\w’'-]*(?: (?:of |and |the )?[A-Z][\w’'-]*){0,4} [a-z]+ (?:it|them|him|her)\b"
        r"(?=\W*$| (?:in|on|at|by|to|for|with|from|after|before|as|about|so|again|then|too|because|during|since)\b)",
        "Did Japan join it?",
        "Did Japan say it joined?",
        cased=True,
    ),
    that=_form(
        r"(?:^\W*|\b(?:{auxiliary}|about|after|before|of|for|with|by|do|mean|say|said|claims?|think|like) )"
        r"(?:this|that|these|those)(?=\W*$| (?:more|less|true|better|worse|different|possible|than|in|on|at|to|for|"
        r"happen\w*|mean\w*|change\w*|affect\w*|work\w*|so|an?|the|why|because|still|also|again|happen)\b)",
        "Is that more than Norway?",
        "Who said that he came?",
    ),
    many=_form(r"\b(?:they|them|theirs?)\b", "Where did they meet?", "Where did it end?"),
    pointing=_form(
        r"\b(?:this|that|these|those|then|there|such(?! as\b| an?\b))\b(?! {period}\b)",
        "Who said that?",
        "Did he win that year?",
    ),
    other=_form(
        r"\b(?:else|other|others|another|more|again|same|former|latter|instead|too)\b", "Who else came?", "Who came?"
    ),
    another=_form(r"\banother(?=\W*$)", "Did she open another?", "Did she open another lock?"),
    of_many=_form(r"\bof (?:them|these|those)\b", "Which of them won?", "Which of us won?"),
    # "Which Chinese …" names nobody.
    asked_for=_form(r"\b(?:which|what|whose) +[A-Z]\w+", "Which Belgian town was it?", "Was it in Ghent?"),
    # --- what is left of a question that leans ---
    opening=_form(
        r"^\W*(?:(?:and|but|so|or|also|ok|okay|now|then|well)\b[,\s]*)+(?=\S)", "And who paid?", "Andy paid", "start"
    ),
    about=_form(
        r"^\W*(?:(?:what|how) about|what of)\s+(?P<other>.*\w|.)\W*$", "What about Norway?", "What is Norway?", "start"
    ),
    bare=_form(
        r"^\W*(?P<wh>(?:why(?: not)?|how(?: so| come| long| often| soon| many times)?|(?:since |until )?when"
        r"|where(?: to)?|(?:by|with|to|for|from) whom|what for)(?: exactly)?)"
        r"(?: (?:is|was|did|does) (?:that|this|it)(?: happen)?)?\W*$",
        "Since when?",
        "When did it end?",
        "start",
    ),
    bare_words={"why not": "why", "how so": "how", "how come": "why", "what for": "why"},
    bare_not=_form(r"why not(?: exactly)?", "Why not", "Why", "whole"),
    negated={
        "is": "isn’t",
        "are": "aren’t",
        "was": "wasn’t",
        "were": "weren’t",
        "do": "don’t",
        "does": "doesn’t",
        "did": "didn’t",
        "has": "hasn’t",
        "have": "haven’t",
        "had": "hadn’t",
        "can": "can’t",
        "could": "couldn’t",
        "will": "won’t",
        "would": "wouldn’t",
        "should": "shouldn’t",
    },
    asking=_form(
        r"\b(?:who|whom|whose|what|which|when|where|why|how|{auxiliary}|he|she|it|they|tell|list|show|give|name|explain|"
        r"describe|him|them|her)\b|n[’']t\b",
        "tell of Norway",
        "in Norway",
    ),
    time=_form(
        r"\b(?:(?:in|on|during|since|before|after|by|until|around) )?(?:the )?(?:(?:early|late|mid)[- ])?"
        r"(?:{month}(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? \d{4})?|(?:1\d|20)\d\ds?|"
        r"(?:last|next|this) (?:year|month|week|decade|century))\b",
        "since early May 1951",
        "since the march of 300 men",
        cased=True,
    ),
    dated=_form(
        r"(?:in|on|during|since|before|after|by|until|around|last|next|this)\b", "since 1990", "1990 or so", "start"
    ),
    # What can only be put behind another question.
    behind=_form(
        r"^(?:compared (?:to|with)|than|without|despite|because of|due to|instead of|as well as)\b",
        "compared to Norway",
        "Norway",
        "start",
    ),
    ordinal=_form(rf"\b(?P<number>{alternation(ORDINALS)}|last|next)\b", "the second one", "the one"),
    bare_ordinal=_form(
        rf"(?:the )?(?P<number>{alternation(ORDINALS)}|last|next)(?: ones?)?", "the second", "the second lock", "whole"
    ),
    owners=_form(
        r"\b(?P<owner>[A-Z][\w-]*(?: [A-Z][\w-]*){0,3})(?=[’']s )", "of Japan’s exports", "of Japan", cased=True
    ),
    preposition=_form(
        r"^(?P<prep>in|on|for|with|by|at|to|from|of|under|against|between|about)\s+", "in France", "France", "start"
    ),
    # --- what a question asks for, to be asked anew ---
    asked_when=_form(
        r"^\W*(?:(?:when|where|why|how(?: (?:long|often|much|many|far|soon))?)\s+)?(?P<rest>{auxiliary}\s+{all})\W*$",
        "How long did the war last?",
        "Who won the war?",
        "start",
    ),
    asked_who=_form(
        r"^\W*(?:who|what)\s+(?P<aux>is|are|was|were|has|have|had)\s+(?P<rest>.*\w|.)\W*$",
        "Who was sent to Rome?",
        "Who went to Rome?",
        "start",
    ),
    asked_subject=_form(
        r"^\W*(?:who|(?:what|which)(?: [\w-]+){0,3}?) (?P<verb>[a-z]+)(?: (?P<rest>{all}))?\W*$",
        "Who won the war?",
        "When was the war?",
        "start",
    ),
    asked_which=_form(
        r"^\W*(?:what|which|whose|who|whom)\s+(?:[\w-]+\s+){0,3}?(?P<rest>{auxiliary}\s+{all})\W*$",
        "Which Danish port did he see?",
        "He saw which port?",
        "start",
    ),
    says_where=_form(
        r" (?:in|on|at|during|since|before|after|by|for|with|from|to) ",
        "did he see in the harbour",
        "did he see",
    ),
    # --- where a place is put ---
    placed=_form(
        r"\b(?:from|in|to|of|around|near|over|out|up|down) there\b",
        "How far is it from there?",
        "When did he go there?",
    ),
    going=_form(
        r"\A(?>.*?\b(?:go|goes|went|travel\w*|get|fly|flew|move\w*|come|came|return\w*|send|sent)\b).*?\bthere\b",
        "When did he go there?",
        "What did he do there?",
        cased=True,
    ),
    # --- what may be meant ---
    row=_form(r"^(?:, |,? and )$", ", and ", " of ", cased=True),
    determined=_form(r"\bthe $", "of the ", "of these ", cased=True),
    opens_phrase=_form(
        r"(?:\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Yy]our)"
        r"|\b[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}[’']s)(?= )",
        "Who opened the lock?",
        "Who opened Weir?",
        cased=True,
    ),
    of_what=_form(
        r" of (?:the )?(?:[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3}|[a-z]+s\b(?=\W*$))",
        " of Weir",
        " of it",
        "start",
        cased=True,
    ),
    owned_phrase=_form(r"(?P<owner>.*\w)[’']s .*", "Ada’s lock", "Ada", "whole"),
    determiner=_form(r"^(?:an?|the|this|that|these|those) ", "this lock", "lock", "start"),
    owner=_form(r"[’']s?$", "Ada’s", "Ada"),
    owner_end=_form(r"[’']s (?=\S)", "Ada’s lock", "Ada lock"),
    # What goes on so after the first word of a sentence shows that this is a name.
    after_name=_form(r"$|,|[’']s? | (?:and|or) ", "’s lock", " lock", "start", cased=True),
    role=_form(r"{role}", "mayor", "lock", "whole"),
    role_before=_form(r"\b(?i:{role}) (?:[A-Z][\w’'-]+ )?\Z", "then Mayor Carl ", "then Carl ", cased=True),
    act_after=_form(r",? {acts}\b", ", who was mayor", " bridge", "start", cased=True),
    where_before=_form(
        r"\b(?:in|at|near|from|into|across|throughout|outside|inside|around|via|toward|towards|to|reached|left) "
        r"(?:the )?\Z",
        "He lives in ",
        "He likes ",
        cased=True,
    ),
    act_after_place=_form(r" (?i:{acts})\b", " said so", " fell", "start", cased=True),
    of_name=_form(r" of ", "Bank of Weir", "Weir Bank", cased=True),
    and_name=_form(r" and ", "Ada and Carl", "Ada Carl", cased=True),
    link=_form(r"{link}", "of", "bank", "whole", cased=True),
    institutions=INSTITUTIONS,
    # Before a phrase whose end cannot be told: "did the war end".
    auxiliaries=frozenset("do does did can could will would should has have had may might must".split()),
    being=frozenset("is are was were has have had be been".split()),
    in_phrases=frozenset("same only own last first next very other one several few many".split()),
    demonstratives=frozenset("this that these those".split()),
    no_antecedents=frozenset(
        """time times year years month week day days period article way case reason kind fact issue issues aspect
        aspects number name end beginning result same first second last others rest""".split()
    ),
    pointing_openings=frozenset("the this that these those".split()),
    of="of ",
    he=_form(r"\b(?:he|his|him|himself|mr)\b", "he said", "she said"),
    she=_form(r"\b(?:she|her|hers|herself|mrs|ms)\b", "she said", "he said"),
    # "RCEP is a trade agreement", "Acme, a tool company"
    being_a=_form(
        r"(?:,| (?:is|are|was|were|became|remains)) (?:an?|the|one of the) "
        r"(?P<what>[\w-]+(?: (?:of |for )?[\w-]+){0,5})",
        " is a trade agreement",
        " has a lock",
        "start",
    ),
    # They carry nothing over.
    empty=frozenset(
        """else other others another aspect aspects article interesting important significant anything something happen
        happened""".split()
    ),
    rows_after=r"(?: [a-z]+s(?=,? and ))?",
    row_joins=r"(?:,? and |, | or )",
    # What things with names are.
    kinds=INSTITUTIONS
    | frozenset(
        """company firm business country state nation city town village agreement treaty pact deal product plan book
        film movie song album band team group party school university bank agency organisation organization club island
        river region area project programme program initiative law act policy ship station church museum magazine paper
        newspaper language airline hotel brand tool app service website platform""".split()
    ),
    follows_nothing=(
        "This goes on from a question, and there is none before it here. Ask it whole: who or what it is about, and "
        "what you want to know."
    ),
    article="the",
    joined="{} and {}",
    another_word="another",
    did={"past": "did", "present": "does"},
    put_in="in",
    put_to="to",
    owned="{}’s",
)

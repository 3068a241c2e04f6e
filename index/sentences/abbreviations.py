"""Which words a full stop belongs to: lists of what is common in the languages, and shapes for the rest."""

import re
from enum import Enum


class Abbreviation(Enum):
    """What a full stop after a word can be."""

    NONE = "an end"
    NEVER = "part of the word, whatever follows"
    NUMBERED = "part of the word before a number, else maybe an end"
    MAYBE = "part of the word, or an end before a word that opens sentences"
    OFTEN = "an end before any capital"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Stands before a name. In lower case some of these are words ("one more rep."), so that only the capital tells.
_TITLES = _words(
    "mr mrs ms mx dr drs prof gen col maj capt cpt cmdr lt sgt cpl pvt adm rev revd hon sen rep reps gov pres supt "
    "insp messrs mme mmes mlle mlles mgr msgr fr br amb atty hr frl sra srta dña ud uds sig dott avv ing lic "
    "geom dhr mevr mw"
)
# Stands before the thing meant: "for example", "versus".
_NEVER = _words(
    "vs cf viz eg ie i.e e.g p.e vgl bzw ca bspw sog z.b d.h u.u s.o s.u v.a "
    "med bijv m.a.w d.w.z np tzn wg ul им ул т.е т.к св проф акад"
)
_NUMBERED = _words(
    "p pp pg no nos nr nrs num núm vol vols fig figs figg sec secs sect ch chap chaps art arts para paras eq eqs eqn "
    "eqns ref refs ex exs ed eds ser pt pts op opp cap n° nº pág págs bd abb abs kap lfd ziff rz str стр рис табл гл № "
    "v app cat lot tab pos tel fax est approx max min n"
)
_WORDS_TOO = _words("no app cat lot tab pos tel fax max min est art arts ex pt")  # also words that can end a sentence
_DATES = _words("jan feb apr jun jul aug sep sept oct nov dec mon tue tues thu thurs fri")
_DATES_AND_WORDS = _words("mar wed sat sun")  # "5 Sun. Then" is rare, "in the sun. Then" is not
_MAYBE = _words(
    "inc ltd co corp cos jr sr bros llc plc dept depts univ assn assoc intl natl govt bldg ave blvd rd hwy pkwy apt "
    "st ste mt mts ft sq al esq ph.d d.phil ibid id op.cit loc.cit repr rpt fl misc conf proc lit geb gest jh jhd jhdt "
    "usw hrsg kath ev tsd mio mrd evtl ggf inkl exkl zzgl allg av boul éd p.ex ej ee.uu gmbh enz "
    "itd itp др пр гг г руб коп тыс млн oz dist mfg attn encl"
)
_OFTEN = _words("etc a.m p.m am pm et.al u.s.w e.t.c")
_UNITS = _words(
    "km cm mm nm m kg g mg lb lbs oz ft in yd mi ha l ml dl hr hrs min mins sec secs h s hp kw mw gw mph kph"
)

# Opens sentences and hardly ever a name, so that after "U.S." or an initial it tells a new sentence.
_STARTERS = _words(
    "the this that these those there it its he she they we you i his her their our your my who what when where why how "
    "which whose if in on at by for from with as after before since during while although though because despite "
    "unlike when once until upon through throughout between among within without about against "
    "but and or nor so yet however moreover furthermore therefore thus hence meanwhile nevertheless nonetheless "
    "additionally also then now here today later soon instead still even indeed finally perhaps according "
    "did do does is are was were has have had can could would should may might must will "
    "a an each every both many most several some such another others other neither either all no not "
    "please let see note consider "
    "der die das dem den ein eine einer er sie es wir ihr im am auf aus bei mit nach seit zu zum zur für über und aber "
    "doch wenn als dies diese dieser dieses auch da dann hier wie was wer wo warum bis "
    "il elle ils elles nous vous ces cette dans pour par avec mais selon "
    "él ella ellos ellas pero según para como cuando gli nel nella per ma questo questa "
    "het een hij zij wij maar ook op bij voor "
    "он она они это в на но и по"
)
_TOO_COMMON_IN_NAMES = _words("all no on may will den am by can more mark see of")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}\Z")
_VOWEL = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôûæøåаеёиоуыэюя]", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z]+\Z")
_LONGEST_SHAPE = 5


def kind_of(word: str, *, after_number: bool = False) -> Abbreviation:
    """What a full stop after `word` (without it) can be. after_number: a number stands before the word ("5 km")."""
    lower, capital = word.lower(), word[:1].isupper()
    if lower in _OFTEN or (after_number and lower in _UNITS):
        return Abbreviation.OFTEN
    if lower in _NEVER or (lower in _TITLES and capital and not (word.isupper() and len(word) > 1)):
        return Abbreviation.NEVER  # "6.4 MS." is no title
    if lower in _NUMBERED or (lower in _DATES_AND_WORDS and capital):
        return Abbreviation.NUMBERED
    if lower in _MAYBE or lower in _TITLES or (lower in _DATES and capital) or _looks_short(word):
        return Abbreviation.MAYBE
    return Abbreviation.NONE


def _looks_short(word: str) -> bool:
    """An initial ("J"), letters with stops ("U.S"), or a few letters without a vowel ("Hrsg") that are no acronym."""
    if len(word) == 1:
        return word.isalpha()
    if _ACRONYM.match(word):
        return True
    no_vowel = len(word) <= _LONGEST_SHAPE and bool(_LATIN.match(word)) and not _VOWEL.search(word)
    return no_vowel and not word.isupper()


def is_also_a_word(word: str) -> bool:
    """Is this NUMBERED abbreviation a word of its own, which ends a sentence as any other ("He said no.")?"""
    lower = word.lower()
    return lower in _DATES_AND_WORDS or (lower in _WORDS_TOO and not word[:1].isupper())


def opens_sentences(word: str) -> bool:
    """Is `word` one that opens sentences and is hardly ever part of a name?"""
    lower = word.lower()
    return lower in _STARTERS and lower not in _TOO_COMMON_IN_NAMES

"""A question in the corpus's own words: misspelt words as the corpus spells them, short names in full, capitals as the
governments that sit in them ("what Oslo wants").

The states of the world and their capitals, but for those that are called alike, are world knowledge, not learned.
"""

import re
from collections.abc import Sequence
from typing import Protocol

from index.language.acronyms import acronym_key, acronyms
from index.language.lexicon import FUNCTION_WORDS
from index.search.aliases import NameFinder, alias_key
from index.search.vocabulary import Renaming

# State and capital (several with "/"). Left out: capitals that have their state's name, or likelier are another town or
# a person (Victoria, Georgetown, Kingston, Saint John's).
_TABLE = """
Afghanistan,Kabul;Albania,Tirana;Algeria,Algiers;Angola,Luanda;Argentina,Buenos Aires;Armenia,Yerevan;
Australia,Canberra;Austria,Vienna;Azerbaijan,Baku;Bahamas,Nassau;Bahrain,Manama;Bangladesh,Dhaka/Dacca;
Barbados,Bridgetown;Belarus,Minsk;Belgium,Brussels;Belize,Belmopan;Benin,Porto-Novo;Bhutan,Thimphu;
Bolivia,La Paz/Sucre;Bosnia,Sarajevo;Botswana,Gaborone;Brazil,Brasília;Brunei,Bandar Seri Begawan;Bulgaria,Sofia;
Burkina Faso,Ouagadougou;Burundi,Gitega;Cambodia,Phnom Penh;Cameroon,Yaoundé;Canada,Ottawa;Cape Verde,Praia;
Chad,N'Djamena;Chile,Santiago;China,Beijing/Peking;Colombia,Bogotá;Comoros,Moroni;Congo,Kinshasa/Brazzaville;
Croatia,Zagreb;Cuba,Havana;Cyprus,Nicosia;Czech Republic,Prague;Denmark,Copenhagen;Dominican Republic,Santo Domingo;
East Timor,Dili;Ecuador,Quito;Egypt,Cairo;El Salvador,San Salvador;Equatorial Guinea,Malabo;Eritrea,Asmara;
Estonia,Tallinn;Eswatini,Mbabane;Ethiopia,Addis Ababa;Fiji,Suva;Finland,Helsinki;France,Paris;Gabon,Libreville;
Gambia,Banjul;Georgia,Tbilisi;Germany,Berlin/Bonn;Ghana,Accra;Greece,Athens;Guinea,Conakry;Guinea-Bissau,Bissau;
Haiti,Port-au-Prince;Honduras,Tegucigalpa;Hungary,Budapest;Iceland,Reykjavík;India,New Delhi/Delhi;Indonesia,Jakarta;
Iran,Tehran/Teheran;Iraq,Baghdad;Ireland,Dublin;Israel,Jerusalem;Italy,Rome;Ivory Coast,Yamoussoukro;Japan,Tokyo;
Jordan,Amman;Kazakhstan,Astana;Kenya,Nairobi;Kosovo,Pristina;Kyrgyzstan,Bishkek;Laos,Vientiane;Latvia,Riga;
Lebanon,Beirut;Lesotho,Maseru;Liberia,Monrovia;Libya,Tripoli;Liechtenstein,Vaduz;Lithuania,Vilnius;
Madagascar,Antananarivo;Malawi,Lilongwe;Malaysia,Kuala Lumpur/Putrajaya;Mali,Bamako;Malta,Valletta;
Mauritania,Nouakchott;Mauritius,Port Louis;Mexico,Mexico City;Micronesia,Palikir;Moldova,Chișinău;
Mongolia,Ulaanbaatar/Ulan Bator;Montenegro,Podgorica;Morocco,Rabat;Mozambique,Maputo;Myanmar,Naypyidaw;
Namibia,Windhoek;Nepal,Kathmandu;Netherlands,Amsterdam/The Hague;New Zealand,Wellington;Nicaragua,Managua;
Niger,Niamey;Nigeria,Abuja;North Korea,Pyongyang;North Macedonia,Skopje;Norway,Oslo;Oman,Muscat;Pakistan,Islamabad;
Palestine,Ramallah;Papua New Guinea,Port Moresby;Paraguay,Asunción;Peru,Lima;Philippines,Manila;Poland,Warsaw;
Portugal,Lisbon;Qatar,Doha;Romania,Bucharest;Russia,Moscow;Rwanda,Kigali;Samoa,Apia;Saudi Arabia,Riyadh;Senegal,Dakar;
Serbia,Belgrade;Sierra Leone,Freetown;Slovakia,Bratislava;Slovenia,Ljubljana;Solomon Islands,Honiara;
Somalia,Mogadishu;South Africa,Pretoria;South Korea,Seoul;South Sudan,Juba;Spain,Madrid;Sri Lanka,Colombo;
Sudan,Khartoum;Suriname,Paramaribo;Sweden,Stockholm;Switzerland,Bern/Berne;Syria,Damascus;Taiwan,Taipei;
Tajikistan,Dushanbe;Tanzania,Dodoma;Thailand,Bangkok;Togo,Lomé;Tonga,Nukuʻalofa;Trinidad and Tobago,Port of Spain;
Tunisia,Tunis;Turkey,Ankara;Turkmenistan,Ashgabat;Uganda,Kampala;Ukraine,Kyiv/Kiev;United Arab Emirates,Abu Dhabi;
United Kingdom,London;United States,Washington;Uruguay,Montevideo;Uzbekistan,Tashkent;Vanuatu,Port Vila;
Venezuela,Caracas;Vietnam,Hanoi;Yemen,Sana'a/Sanaa;Zambia,Lusaka;Zimbabwe,Harare
"""
_STATES = {
    alias_key(capital): state
    for state, _, capitals in (row.strip().partition(",") for row in _TABLE.split(";"))
    for capital in capitals.split("/")
}
_FINDER = NameFinder(_STATES)
# What governments do and have, and towns seldom. Up to one word may stand between ("did Oslo really want").
_ACTS = re.compile(
    r"(?:['’]s?)?\s(?:(?-i:[a-z-]+)\s)?(?:want|seek|sought|demand|propos|offer|ask|refus|accept|agree|disagree|oppos|support|"
    r"back(?:s|ed|ing)?\b|reject|plan(?:s|ned)?\b|hop(?:e|es|ed|ing)\b|fear|insist|urg(?:e|es|ed|ing)\b|warn|deny|den(?:ies|ied)|"
    r"claim|respon[ds]|react|threat|sign(?:s|ed|ing)?\b|join|promis|pledg|condem|welcom|decid|abandon|object|negotiat|need|"
    r"think|regard|view|treat(?:s|ed|ing)?\b|persua|convinc|retaliat|intend|intention|aim(?:s|ed)?\b|cope|deal(?:s|t)?\b|condition|request|"
    r"policy|policies|stance|position\b|attitude|interest|strateg|diploma|approach|relation|ambition|concern|worr|reluctan|"
    r"willing|allies|ally\b|rival)",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:in|at|to|from|near|around|of|through|via|outside|inside|visit\w*|leav\w+|reach\w*)\s$", re.IGNORECASE
)


def governments(question: str) -> tuple[Renaming, ...]:
    """The capitals in a question that act as a government would, each with its state."""
    return tuple(
        Renaming(start, end, (_STATES[key],))
        for key, start, end in _FINDER.find(question)
        if _ACTS.match(question, end) and not _WHERE.search(question, 0, start)
    )


_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"(?<=\w{4})(?:ing|ed|es|s|er|ers|ly)$")  # a known word's form is no slip

_MOST_EXPANSIONS = 2


class SpellingVocabulary(Protocol):
    """What is asked of the corpus's words (index.corpus.Corpus)."""

    def knows(self, word: str) -> bool:
        """Whether it is a word of the corpus, or one that the embedding model has a token of its own for."""
        ...

    def spelling(self, word: str) -> str | None: ...

    def long_name(self, key: str) -> str | None: ...


def normalise_query(question: str, vocabulary: SpellingVocabulary) -> str:
    """The question, with only such words changed as the corpus does not have. Case and all else stay as they are."""
    changed = question
    for short in acronyms(question):
        name = vocabulary.long_name(acronym_key(short))
        if name is not None and _stands_for(short, vocabulary):
            changed = name.join(re.split(rf"(?<![\w&]){re.escape(short)}(?![\w&])", changed))
    return _WORD.sub(lambda match: _respelt(match.group(), vocabulary), changed)


def _stands_for(short: str, vocabulary: SpellingVocabulary) -> bool:
    """Two letters fit too many names to tell one by, unless an "&" says how they are joined."""
    return "&" in short or (len(acronym_key(short)) > 2 and not vocabulary.knows(short))


def _respelt(word: str, vocabulary: SpellingVocabulary) -> str:
    if word.casefold() in FUNCTION_WORDS or vocabulary.knows(word) or vocabulary.knows(_ENDING.sub("", word)):
        return word
    if word.islower() and 3 <= len(word) <= 6 and (name := vocabulary.long_name(word)):
        return name
    found = vocabulary.spelling(word)
    if found is None:
        return word
    return found.capitalize() if word[0].isupper() else found


class Renamer(Protocol):
    """What is asked of the corpus's names (index.corpus.Corpus)."""

    def renamings(self, text: str) -> Sequence[Renaming]: ...


def expand_query(question: str, names: Renamer) -> tuple[str, ...]:
    """The question with other names for what it names, at most two: all renamed in one, since each costs a search."""
    found = _apart((*names.renamings(question), *governments(question)))
    most = min(_MOST_EXPANSIONS, max((len(one.names) for one in found), default=0))
    return tuple(_renamed(question, found, number) for number in range(most))


def _apart(found: Sequence[Renaming]) -> list[Renaming]:
    """In order, without those that overlap one before them."""
    kept: list[Renaming] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _renamed(question: str, found: Sequence[Renaming], number: int) -> str:
    for one in reversed(found):
        name = one.names[min(number, len(one.names) - 1)]
        question = question[: one.start] + name + question[one.end :]
    return question

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from qa.language.question import AnswerType
from qa.language.values import Value, read_values, values_differ

NUMBER, DATE, PERSON, PLACE = AnswerType.NUMBER, AnswerType.DATE, AnswerType.PERSON, AnswerType.PLACE
_MONTHS = "January February March April May June July August September October November December".split()
_ONES = "one two three four five six seven eight nine".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def values(kind: AnswerType, text: str) -> tuple[Value, ...]:
    return read_values(kind, text, 0, len(text))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (NUMBER, "1,000", "one thousand"),
        (NUMBER, "1000", "1 000"),
        (NUMBER, "$26 trillion", "26 trillion US dollars"),
        (NUMBER, "US$5bn", "$5 billion"),
        (NUMBER, "5%", "five per cent"),
        (NUMBER, "a third", "33%"),
        (NUMBER, "1.3 million", "1.34 million"),
        (NUMBER, "1.3", "1.34"),
        (NUMBER, "1,300", "1,340"),
        (NUMBER, "more than 25", "30"),
        (NUMBER, "up to 25", "20"),
        (NUMBER, "about 300", "320"),
        (NUMBER, "5 to 10 million", "7 million"),
        (NUMBER, "100 km", "62 miles"),
        (NUMBER, "12 m", "40 feet"),
        (NUMBER, "two hundred and fifty thousand", "250,000"),
        (NUMBER, "half a million", "500,000"),
        (NUMBER, "a dozen", "12"),
        (NUMBER, "two years", "24 months"),
        (NUMBER, "$5", "€6"),
        (DATE, "May 2017", "14 May 2017"),
        (DATE, "2017", "May 14, 2017"),
        (DATE, "2017-05-14", "14th of May, 2017"),
        (DATE, "14/05/2017", "14 May 2017"),
        (DATE, "4/5/2017", "4 May 2017"),
        (DATE, "4/5/2017", "April 5, 2017"),
        (DATE, "Sept. 3, 1999", "3 September 1999"),
        (DATE, "in May", "14 May 2017"),
        (DATE, "the 1930s", "1934"),
        (DATE, "the 19th century", "1834"),
        (DATE, "1914–18", "1916"),
        (DATE, "circa 1900", "1905"),
        (DATE, "before 1900", "1884"),
        (DATE, "on Monday", "on Tuesday"),
        (PERSON, "Ada Keller, an engineer of Ludlow", "Keller"),
        (PERSON, "Dr. Ada Keller", "the engineer Ada Keller"),
        (PERSON, "Keller Ada", "Ada Keller"),
        (PERSON, "Adá Kellér", "Ada Keller’s"),
        (PERSON, "A. Keller", "Ada Keller"),
        (PERSON, "Bob Keller", "Robert Keller"),
        (PERSON, "Toivo Nikanen", "Toivo Nikonen"),
        (PERSON, "Ada Keller and Jonas Ruud", "Jonas Ruud"),
        (PERSON, "the mayor of Ludlow", "Ada Keller"),
        (PERSON, "Nordic Reconstruction Bank", "NRB"),
        (PLACE, "the U.S.", "the United States"),
        (PLACE, "Ghent, Belgium", "Ghent"),
        (PLACE, "Ghent", "Belgium"),
        (PLACE, "North Africa", "East Africa and North Africa"),
    ],
)
def test_these_do_not_differ(kind: AnswerType, one: str, other: str) -> None:
    assert not values_differ(values(kind, one), values(kind, other))
    assert not values_differ(values(kind, other), values(kind, one))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (NUMBER, "25", "30"),
        (NUMBER, "1.3", "1.4"),
        (NUMBER, "1,000", "1,234"),
        (NUMBER, "5 to 10 million", "12 million"),
        (NUMBER, "between 5 and 10", "twelve"),
        (NUMBER, "more than 30", "25"),
        (NUMBER, "$5-10 million", "$12 million"),
        (NUMBER, "100 km", "90 miles"),
        (NUMBER, "5%", "half"),
        (NUMBER, "twenty-five", "52"),
        (DATE, "1932", "1934"),
        (DATE, "19 March 1932", "March 20, 1932"),
        (DATE, "April 1932", "19 March 1932"),
        (DATE, "44 BC", "AD 44"),
        (DATE, "the nineteenth century", "1934"),
        (PERSON, "Ada Keller", "Jonas Ruud"),
        (PERSON, "Maria Keller", "Anna Keller"),
        (PERSON, "engineer Ada Keller", "Ruud"),
        (PLACE, "Ghent", "Bruges"),
        (PLACE, "Peru", "Chile"),
    ],
)
def test_these_differ(kind: AnswerType, one: str, other: str) -> None:
    assert values_differ(values(kind, one), values(kind, other))
    assert values_differ(values(kind, other), values(kind, one))


def test_what_stands_beside_a_number_or_date_counts() -> None:
    text = "It cost nearly 26 million euros around 1900."
    start = text.index("26")
    (amount,) = read_values(NUMBER, text, start, start + 2)
    assert not values_differ((amount,), values(NUMBER, "€25 million"))
    assert values_differ((amount,), values(NUMBER, "€40 million"))
    start = text.index("1900")
    assert not values_differ(read_values(DATE, text, start, start + 4), values(DATE, "1903"))


@pytest.mark.parametrize("text", ["the mayor", "Roman troops", "Prime Minister", "", "...", "because of a flood"])
def test_a_description_or_a_mere_title_is_no_name(text: str) -> None:
    assert values(PERSON, text) == ()


def test_open_questions_have_no_values() -> None:
    assert values(AnswerType.REASON, "1932, because of Ada Keller") == ()


_kinds = st.sampled_from((NUMBER, DATE, PERSON, PLACE, AnswerType.NAME))
_pieces = st.sampled_from(
    "1,000|1000|five|hundred|half|a |million|$|€|%|km|miles|about |more than |between |and|to|–|-| |, |May|14|1932|BC|"
    "19th century|1930s|Ada|Keller|A.|Dr. |of|the |NRB|Peru|Ghent|(|)|’s|\n|é|０".split("|")
)
_texts = st.lists(_pieces | st.text(max_size=3), max_size=8).map(" ".join) | st.lists(_pieces, max_size=6).map("".join)


@given(_kinds, _texts)
def test_no_value_differs_from_itself(kind: AnswerType, text: str) -> None:
    found = values(kind, text)
    assert not values_differ(found, found)


@given(_kinds, _texts, _texts)
def test_differing_is_mutual(kind: AnswerType, one: str, other: str) -> None:
    left, right = values(kind, one), values(kind, other)
    assert values_differ(left, right) == values_differ(right, left)


@given(st.integers(0, 10**12))
def test_a_whole_number_is_itself_however_it_is_grouped(number: int) -> None:
    for written in (f"{number:,}", f"{number:,}".replace(",", " "), f"{number:,}".replace(",", " ")):
        assert not values_differ(values(NUMBER, str(number)), values(NUMBER, written))
        assert values_differ(values(NUMBER, written), values(NUMBER, str(2 * number + 1)))


@given(st.integers(1, 9), st.integers(2, 9), st.integers(1, 9))
def test_a_number_in_words_is_itself_in_digits(hundreds: int, tens: int, ones: int) -> None:
    words = f"{_ONES[hundreds - 1]} hundred and {_TENS[tens - 2]}-{_ONES[ones - 1]}"
    (found,) = values(NUMBER, words)
    assert values(NUMBER, str(100 * hundreds + 10 * tens + ones)) == (found,)


@given(st.integers(1000, 2099), st.integers(1, 12), st.integers(1, 28), st.integers(1, 28))
def test_a_day_is_itself_however_it_is_written(year: int, month: int, day: int, other: int) -> None:
    name = _MONTHS[month - 1]
    forms = (f"{day} {name} {year}", f"{name} {day}, {year}", f"{name} {day}th {year}", f"{year}-{month:02}-{day:02}")
    found = {values(DATE, form) for form in forms}
    assert len(found) == 1
    whole = found.pop()
    assert values_differ(whole, values(DATE, f"{other} {name} {year}")) == (day != other)
    for vague in (f"{name} {year}", f"in {name}", str(year), f"the {year // 10}0s"):
        assert not values_differ(whole, values(DATE, vague))


class Person(Struct, frozen=True):
    first: str
    last: str


_people = st.builds(
    Person,
    st.sampled_from(("Ada", "Jonas", "Mirela", "Tomasz")),
    st.sampled_from(("Keller", "Ruud", "Okafor", "Ibáñez")),
)


@given(_people)
def test_a_person_is_the_same_by_title_order_surname_and_initial(person: Person) -> None:
    forms = (
        f"{person.first} {person.last}", f"{person.last} {person.first}", person.last, f"Dr. {person.last}",
        f"{person.first[0]}. {person.last}", f"President {person.first} {person.last}", f"{person.last}’s",
        f"{person.first} {person.last}, the inventor", f"{person.first} {person.last} (Ludlow)",
        person.last.replace("áñ", "an"),
    )  # fmt: skip
    found = {form: values(PERSON, form) for form in forms}
    assert [(a, b) for a in forms for b in forms if values_differ(found[a], found[b])] == []

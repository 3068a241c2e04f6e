"""Values of invented documents, drawn at random: names, amounts, dates, numbers in the many ways people write them."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_DAYS = 4_000  # from the first day that is drawn to the last
_FIRST_DAY = date(2016, 1, 1)


class Values:
    """Draws values of a kind; `words` are the lists of kinds whose values are words."""

    def __init__(self, words: dict[str, list[str]], draw: random.Random) -> None:
        self._words = words
        self._draw = draw
        self._day = draw.choice(_DAY_FORMS)
        self._currency = draw.choice(("${}", "{} euros", "€{}", "{} EUR", "£{}", "{} CHF"))
        self._kinds: dict[str, Callable[[], str]] = {
            "person": lambda: f"{draw.choice(words['first'])} {draw.choice(words['last'])}",
            "doctor": lambda: f"Dr. {draw.choice(words['last'])}",
            "number": lambda: str(draw.randint(2, 98)),
            "bignumber": lambda: f"{draw.randint(110, 9_900):,}",
            "minutes": lambda: f"{draw.randint(2, 95)} minutes",
            "days": lambda: f"{draw.randint(2, 45)} days",
            "months_count": lambda: f"{draw.randint(2, 36)} months",
            "grams": lambda: f"{draw.randint(4, 120) * 10} g",
            "km": lambda: f"{draw.randint(900, 240_000):,} km",
            "kilometres": lambda: f"{draw.randint(12, 290) / 10} km",
            "metres": lambda: f"{draw.randint(40, 1_900)} m",
            "centimetres": lambda: f"{draw.randint(15, 240)} cm",
            "sqm": lambda: f"{draw.randint(21, 160)} m²",
            "litres": lambda: f"{draw.randint(1, 60)} litres",
            "torque": lambda: f"{draw.randint(4, 140)} Nm",
            "percent": lambda: f"{draw.randint(3, 99)}%",
            "money": lambda: self._currency.format(f"{draw.randint(2, 1_900)}{draw.choice(('', '', '.50', '.90'))}"),
            "bigmoney": lambda: self._currency.format(f"{draw.randint(12, 940) * 1_000:,}"),
            "time": lambda: f"{draw.randint(5, 22)}:{draw.choice(('00', '05', '15', '20', '30', '40', '45', '55'))}",
            "year": lambda: str(draw.randint(1871, 2024)),
            "date": lambda: self._written(_FIRST_DAY + timedelta(draw.randrange(_DAYS))),
            "month_year": lambda: f"{draw.choice(_MONTHS)} {draw.randint(2024, 2031)}",
            "phone": lambda: f"{draw.choice(('ext. ', '0', '555-', '+44 20 '))}{draw.randint(1_000, 9_999)}",
            "room": lambda: f"room {draw.randint(1, 4)}{draw.choice('.-')}{draw.randint(1, 40):02}",
            "email": lambda: f"{draw.choice(words['last']).lower()}@{draw.choice(words['city']).lower()}.example",
            "version": lambda: f"{draw.randint(0, 6)}.{draw.randint(0, 14)}.{draw.randint(0, 9)}",
            "ordinal": lambda: draw.choice(("ground", "first", "second", "third", "fourth")),
            "id": lambda: f"{draw.choice(words['prefix'])}-{draw.randint(100, 9_999)}",
            "code": lambda: f"{draw.choice('EFW')}{draw.randint(10, 990)}",
            "unit": lambda: f"{draw.choice('ABCDH')}{draw.randint(1, 60)}",
        }

    def value(self, kind: str) -> str:
        """One value of the kind."""
        return self._kinds[kind]() if kind in self._kinds else self._draw.choice(self._words[kind])

    def keys(self, kind: str | Sequence[str], most: int, *, strict: bool = True) -> list[str]:
        """Up to `most` different values; a sequence is the values themselves. Not strict: half as many more."""
        if isinstance(kind, str) and kind not in self._words:
            return list(dict.fromkeys(self.value(kind) for _ in range(most)))
        known = self._words[kind] if isinstance(kind, str) else kind
        return self._draw.sample(known, min(most, max(2, len(known) - 2) if strict else len(known)))

    def as_asked(self, key: str, kind: str | Sequence[str]) -> str:
        """The key as somebody types it: now and then in small letters."""
        return key.lower() if not isinstance(kind, str) and self._draw.random() < 0.3 else key

    def lead(self, title: str) -> str:
        """A sentence above what is listed."""
        return self._draw.choice(self._words["lead"]).format(things=title.lower())

    def falling_versions(self, most: int) -> list[str]:
        """Versions, newest first."""
        major, minor = self._draw.randint(1, 5), self._draw.randint(8, 30)
        return [f"{major}.{minor - step}.{self._draw.randint(0, 4)}" for step in range(most)]

    def falling_dates(self, most: int) -> list[str]:
        """Days, newest first."""
        days = sorted(self._draw.sample(range(_DAYS), most), reverse=True)
        return [self._written(_FIRST_DAY + timedelta(day)) for day in days]

    def _written(self, day: date) -> str:
        return self._day(day)


_DAY_FORMS: tuple[Callable[[date], str], ...] = (
    lambda day: day.isoformat(),
    lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{_MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
)

"""Units and what they are worth, and how far numbers may be apart."""

import math

import pytest

from index.language.numbers import Quantity, find_quantities, quantities_differ


def read(text: str) -> Quantity:
    (found,) = find_quantities(text)
    return found.quantity


@pytest.mark.parametrize(
    ("texts", "unit", "value"),
    [
        ("7%, 7 percent, 7 per cent, 7 percentage points", "%", 7),
        ("1 percentage point", "%", 1),
        ("7 US dollars, 7 U.S. dollars, 7 dollars, $7, US$7, 7 USD, 700 cents", "$", 7),
        ("1 dollar", "$", 1),
        ("7 euros, 7 euro, 7 EUR, €7, 7€", "euro", 7),
        ("7 pounds sterling, 7 pounds, 7 pound, 7 GBP, £7, 7 lbs, 7 lb", "pound", 7),
        ("7 yen, 7 JPY, ¥7", "yen", 7),
        ("7 yuan, 7 renminbi, 7 RMB", "yuan", 7),
        ("7 rupees, ₹7", "rupee", 7),
        ("7 won", "won", 7),
        ("3 metres, 3 meters, 3 metre, 3 meter", "m", 3),
        ("3 millimetres, 3 millimeters, 3 mm", "m", 0.003),
        ("3 centimetres, 3 centimeters, 3 cm", "m", 0.03),
        ("3 kilometres, 3 kilometers, 3 kilometre, 3 kilometer, 3 km", "m", 3000),
        ("3 miles, 3 mile", "m", 4828.032),
        ("3 yards, 9 feet, 9 foot, 9 ft, 108 inches, 108 inch", "m", 2.7432),
        ("3 square kilometres, 3 square kilometers, 3 km², 3 km2, 300 hectares, 300 ha", "m2", 3e6),
        ("3 square metres, 3 square meters, 3 m²", "m2", 3),
        ("1 square miles, 640 acres", "m2", 2589988.0),
        ("3 kilograms, 3 kilogrammes, 3 kg, 3000 grams", "kg", 3),
        ("3 tonnes, 3 tons, 3 tonne", "kg", 3000),
        ("86400 seconds, 1440 minutes, 24 hours, 24 hour, 1 days, 1 day", "day", 1),
        ("2 weeks, 2 week, 14 days", "day", 14),
        ("12 months, 12 month, 1 years, 1 year", "day", 365.25),
        ("2 decades, 20 years", "day", 7305),
        ("2 centuries, 2 century, 200 years", "day", 73050),
        ("7°C, 7 degrees Celsius, 7 degrees C", "°C", 7),
        ("7°F, 7 degrees Fahrenheit, 7 degrees F", "°F", 7),
        ("7000 kilowatts, 7000 kW, 7 megawatts, 7 MW", "W", 7e6),
        ("7 gigawatts, 7 GW", "W", 7e9),
        ("7 km/h, 7 kph, 7 kilometres per hour", "km/h", 7),
        ("7 mph, 7 miles per hour", "km/h", 11.265408),
        ("7 litres, 7 liters", "litre", 7),
        ("2 gallons", "litre", 7.57),
    ],
)
def test_a_unit_is_worth_what_it_is(texts: str, unit: str, value: float) -> None:
    for text in texts.split(", "):
        found = read(text)
        assert found.unit == unit, text
        assert found.value == pytest.approx(value, rel=1e-3), text
        assert found.low > 0


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("5 km", "6 km", True),
        ("5 km", "5 km", False),
        ("5 km", "6 kg", False),  # not comparable
        ("5", "6", True),
        ("99 km", "64 miles", False),  # converted: 4.0 km off
        ("99 km", "65 miles", True),
        ("99 km", "103 km", True),
        ("about 20", "22", False),
        ("about 20", "23", True),
        ("more than 20", "21", False),
        ("more than 20", "19", True),
        ("up to 20", "19", False),
        ("up to 20", "21", True),
    ],
)
def test_numbers_that_cannot_both_be_true_differ(one: str, other: str, differ: bool) -> None:
    assert quantities_differ(read(one), read(other)) is differ
    assert quantities_differ(read(other), read(one)) is differ


@pytest.mark.parametrize(
    ("text", "low", "high", "value"),
    [
        ("5 to 10", 5, 10, 7.5),
        ("between 5 and 10", 5, 10, 7.5),
        ("more than 25", 25, math.inf, 25),
        ("up to 25", 0, 25, 25),
        ("25+", 25, math.inf, 25),
        ("25 or more", 25, math.inf, 25),
        ("5 to 10 km", 5000, 10000, 7500),
        ("$5 to 10 million", 5e6, 10e6, 7.5e6),
    ],
)
def test_a_range_has_two_ends(text: str, low: float, high: float, value: float) -> None:
    found = read(text)
    assert (found.low, found.high) == pytest.approx((low, high), rel=0.06)
    assert found.value == pytest.approx(value, rel=0.06)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,25", 1.25), ("1,250", 1250), ("1.250.000", 1.25e6), ("€1.250", 1250), ("1.250", 1.25),
        ("1.250,75", 1250.75), ("1 250 000", 1.25e6), ("12,34,567", 1234567), ("two hundred and five thousand", 205000),
        ("half a million", 5e5),
        ("2 dozen", 2),
    ],
)  # fmt: skip
def test_digits_are_grouped_and_parted_in_many_ways(text: str, value: float) -> None:
    assert next(find_quantities(text)).quantity.value == pytest.approx(value, rel=1e-6)

"""How a workbook shows a number: percent, thousands, currency; dates as YYYY-MM-DD, whatever their format."""

import re
from datetime import datetime, timedelta

from msgspec import Struct

_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0"}
_BUILT_IN |= {
    39: "#,##0.00",
    40: "#,##0.00",
    44: '"$"#,##0.00',
    42: '"$"#,##0',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
}
_BUILT_IN |= dict.fromkeys((14, 15, 16, 17), "yyyy-mm-dd") | dict.fromkeys((18, 19, 20, 21), "hh:mm:ss")
_BUILT_IN |= {22: "yyyy-mm-dd hh:mm"}
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_BRACKETED = re.compile(r"\[(?!h|m|s)[^\]]*\]", re.IGNORECASE)
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_DIGITS = re.compile(r"[#0?][#0?,.]*")
_DECIMALS = re.compile(r"\.([0#?]+)")


class NumberFormat(Struct, frozen=True):
    """date, time: it shows these of a moment. percent, thousands: how a number is shown; decimals: how many, None for
    as many as it has. before, after: what stands round it."""

    date: bool = False
    time: bool = False
    percent: bool = False
    thousands: bool = False
    decimals: int | None = None
    before: str = ""
    after: str = ""


def read_format(code: str) -> NumberFormat:
    """What a format code says of a positive number."""
    positive = code.split(";")[0]
    positive = _BRACKETED.sub("", _CURRENCY.sub(lambda found: f'"{found[1]}"', positive))
    bare = _LITERAL.sub("", positive)
    if bare.strip().lower() in {"general", "@", ""}:
        return NumberFormat()
    if _DATE.search(bare) and not re.search(r"[#?]|0(?!0?0?\Z)", bare.replace(".0", "")):
        low = bare.lower()
        return NumberFormat(date="y" in low or "d" in low or "mmm" in low, time="h" in low or "s" in low)
    digits = _DIGITS.search(bare)
    if digits is None or "E" in bare or "/" in bare:
        return NumberFormat()
    decimals = _DECIMALS.search(digits[0])
    shown = _LITERAL.sub(lambda found: found[1] or found[2] or "", positive)
    number = _DIGITS.search(shown)
    before, after = (shown[: number.start()], shown[number.end() :]) if number else ("", "")
    return NumberFormat(
        percent="%" in bare,
        thousands="," in digits[0].rstrip(","),
        decimals=len(decimals[1]) if decimals else 0,
        before=before.lstrip("-( "),
        after=after.rstrip(") ").replace("%", ""),
    )


def built_in(number: int) -> NumberFormat:
    """A format that workbooks name by number alone."""
    return read_format(_BUILT_IN.get(number, ""))


def shown(value: float, form: NumberFormat, *, since_1904: bool = False) -> str:
    """The number as its cell shows it."""
    if form.date or form.time:
        return _moment(value, form, since_1904=since_1904)
    number = value * 100 if form.percent else value
    if form.decimals is None:
        text = f"{number:.15g}" if abs(number) < 1e15 else f"{number:.10g}"
    else:
        text = f"{number:,.{min(form.decimals, 15)}f}" if form.thousands else f"{number:.{min(form.decimals, 15)}f}"
    sign = "-" if text.startswith("-") else ""
    return f"{sign}{form.before}{text.removeprefix('-')}{'%' if form.percent else ''}{form.after}"


def _moment(value: float, form: NumberFormat, *, since_1904: bool) -> str:
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    try:
        moment = first + timedelta(seconds=round(value * 86_400))
    except (OverflowError, ValueError):
        return f"{value:.15g}"
    if form.date and form.time:
        return moment.strftime("%Y-%m-%d %H:%M")
    if form.date:
        return moment.strftime("%Y-%m-%d")
    hours, rest = divmod(round(value * 86_400), 3_600)
    return f"{hours}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")

"""Values drawn at random, each in the forms in which people write it."""

import datetime as dt
import random

from training.everyday.shape import Maker, Value, World, parts

MONTHS = "January February March April May June July August September October November December".split()
MONATE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
ZAHLEN = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
_FIRST = (
    "Adela Alban Amira Anselm Aurel Bastian Beatrix Bojan Camille Cecily Chidi Dalia Darius Delphine Dov Edwin Elif "
    "Emeka Esther Fabian Farida Felicity Gideon Greta Halina Henrike Hugo Imogen Ingrid Ismael Jasper Joana Judith "
    "Kamil Katya Kenji Lavinia Leopold Linnea Lucian Magnus Malika Marius Maud Milos Nadia Nestor Noor Octavia Olek "
    "Ottilie Pavel Phoebe Prosper Quentin Ramona Rashid Renate Rufus Sabina Samir Selma Silvan Sunniva Tamsin Teodor "
    "Thandi Ulrike Umar Valentin Vera Viktor Wilma Xenia Ysolde Yvette Zainab Zoltan"
).split()
_START = (
    "Al Bar Bel Bran Cal Cor Dal Dor Ebb Fen Gar Hal Har Isl Kal Kel Lan Lor Mar Mel Nor Pel Quil Ran Ros Sel Stan Tal "
    "Tor Ul Var Wen Wil Yar Zel"
).split()
_END = (
    "berry burne combe dale den dorf feld field ford gate ham hurst kov lander leigh lowe mere mont nik over qvist "
    "rath rup sen shaw stad ster thorpe ton vale wick worth"
).split()
_TOWN_END = "bach bridge burgh by caster cliff cross den ford haven holm kirk lea minster mouth port stead stow".split()
_TRADE = parts(
    "Bakery|Builders|Catering|Cleaning|Dental Care|Design|Electric|Energy|Flooring|Freight|Gardens|Glass|Heating|"
    "Insurance|Joiners|Legal|Logistics|Media|Motors|Optics|Packaging|Pharmacy|Plumbing|Print|Roofing|Security|Software|"
    "Supplies|Telecom|Textiles|Tools|Travel|Water"
)
_FORM = parts("Ltd|GmbH|plc|Inc.|& Sons|& Partners|AG|B.V.|Group|Co.")
_STREET = (
    "Alder Anchor Barley Cedar Chapel Copper Falcon Foundry Garden Harbour Heron Juniper Lantern Maple Market Orchard "
    "Poplar Quarry River Saddler Tannery Thistle Willow Windmill"
).split()
_WAY = "Street Road Lane Avenue Close Way Square Terrace".split()
_STRASSE = "Birken Buchen Dorf Eichen Feld Garten Hafen Kirch Mühlen Schul Tannen Wald Wiesen".split()
_CURRENCIES = (("€", "EUR", "euros"), ("£", "GBP", "pounds"), ("$", "USD", "dollars"), ("CHF", "CHF", "francs"))
_LETTERS = "ABCDEFGHKLMNPRSTVWX"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def fill(pattern: str, **values: str) -> str:
    """A wording with its values; a capital where the name of one is written so: `{S}`."""
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", value).replace(f"{{{capital(name)}}}", capital(value))
    return pattern


def surname(rng: random.Random) -> str:
    return rng.choice(_START) + rng.choice(_END)


def company_name(rng: random.Random) -> str:
    return f"{surname(rng)} {rng.choice(_TRADE)} {rng.choice(_FORM)}"


def town_name(rng: random.Random) -> str:
    return rng.choice(_START) + rng.choice(_TOWN_END)


def person(world: World) -> Value:
    family = surname(world.rng)
    return Value("name", (f"{world.rng.choice(_FIRST)} {family}",), loose=(family,))


def titled(*titles: str) -> Maker:
    """A person with a title such as `Dr`."""

    def make(world: World) -> Value:
        first, family, title = world.rng.choice(_FIRST), surname(world.rng), world.rng.choice(titles)
        return Value("name", (f"{title} {first} {family}",), loose=(f"{title} {family}", f"{first} {family}"))

    return make


def company(world: World) -> Value:
    name = company_name(world.rng)
    return Value("company", (name,), loose=(" ".join(name.split()[:2]),))


def town(world: World) -> Value:
    return Value("town", (town_name(world.rng),))


def street(world: World) -> Value:
    number = world.rng.randrange(1, 180)
    if world.language == "de":
        return Value("street", (f"{world.rng.choice(_STRASSE)}straße {number}",))
    return Value("street", (f"{number} {world.rng.choice(_STREET)} {world.rng.choice(_WAY)}",))


def address(world: World) -> Value:
    where = street(world).forms[0]
    return Value("address", (f"{where}, {town_name(world.rng)}",), loose=(where,))


def phrase(texts: str, kind: str = "phrase") -> Maker:
    """One of these; `a=b` are two forms of one."""

    def make(world: World) -> Value:
        forms = tuple(form.strip() for form in world.rng.choice(parts(texts)).split("="))
        return Value(kind, forms)

    return make


def date_value(day: dt.date, language: str = "en") -> Value:
    points = f"{day.day:02}.{day.month:02}.{day.year}"
    if language == "de":
        name = f"{day.day}. {MONATE[day.month - 1]}"
        return Value("date", (f"{name} {day.year}", points, f"{day.day}.{day.month}.{day.year}"), loose=(name,))
    month = MONTHS[day.month - 1]
    forms = (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        day.isoformat(),
        f"{day.day} {month[:3]} {day.year}",
        points,
        f"{day.day:02}/{day.month:02}/{day.year}" if day.day > 12 else f"{day.day} {month} {day.year}",
    )
    return Value("date", forms, loose=(f"{day.day} {month}", f"{month} {day.day}"))


def date(world: World) -> Value:
    return date_value(dt.date(world.year, 1, 1) + dt.timedelta(days=world.rng.randrange(365)), world.language)


def birthday(world: World) -> Value:
    rng = world.rng
    return date_value(dt.date(rng.randrange(1950, 2004), rng.randrange(1, 13), rng.randrange(1, 29)), world.language)


def weekday(world: World) -> Value:
    days = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag" if world.language == "de" else _DAYS
    return Value("weekday", (world.rng.choice(days.split()),))


_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"


def month(world: World) -> Value:
    at, year = world.rng.randrange(12), world.year + world.rng.choice((0, 0, 0, 1))
    if world.language == "de":
        return Value("month", (f"{MONATE[at]} {year}", f"{at + 1:02}/{year}"), loose=(MONATE[at],))
    name = MONTHS[at]
    forms = (f"{name} {year}", f"{name} {year}", f"{year}-{at + 1:02}", f"{at + 1:02}/{year}")
    return Value("month", forms, loose=(name,))


def year(world: World) -> Value:
    return Value("year", (str(world.year - world.rng.randrange(12)),))


def clock(first: int = 7, last: int = 20) -> Maker:
    """A time of the day."""

    def make(world: World) -> Value:
        hour, minute = world.rng.randrange(first, last), world.rng.choice((0, 0, 15, 30, 30, 45, 10, 20))
        if world.language == "de":
            return Value("clock", (f"{hour}:{minute:02} Uhr", f"{hour}.{minute:02} Uhr"))
        half, twelve = "am" if hour < 12 else "pm", (hour - 1) % 12 + 1
        short = f"{twelve}:{minute:02} {half}" if minute else f"{twelve} {half}"
        return Value("clock", (f"{hour}:{minute:02}", f"{hour:02}:{minute:02}", short))

    return make


def hours(world: World) -> Value:
    opens, closes = world.rng.randrange(6, 12), world.rng.randrange(15, 23)
    half = world.rng.choice(("00", "30"))
    return Value("hours", tuple(f"{opens}:00{joint}{closes}:{half}" for joint in (" to ", "-", " – ")))


def _grouped(amount: float, digits: int, language: str) -> str:
    text = f"{amount:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "de" else text


def money(low: float, high: float, *, cents: bool = True, step: int = 1) -> Maker:
    """An amount in the collection's currency."""

    def make(world: World) -> Value:
        drawn = world.rng.uniform(low, high)
        return money_value(round(drawn, 2) if cents else float(round(drawn / step) * step), world, cents=cents)

    return make


def money_value(amount: float, world: World, *, cents: bool) -> Value:
    sign, code, name = _CURRENCIES[world.currency]
    digits = 2 if cents else 0
    grouped = _grouped(amount, digits, world.language)
    if world.language == "de":
        forms = (f"{grouped} Euro", f"{grouped} EUR", f"{grouped} €")
        return Value("money", forms, cell=(grouped,), unit="EUR", amount=amount)
    tight = f"{sign}{grouped}" if sign != code else f"{code} {grouped}"
    forms = (tight, f"{grouped} {code}", f"{grouped} {name}", f"{code} {grouped}")
    return Value("money", forms, cell=(grouped, f"{amount:.{digits}f}"), unit=code, amount=amount)


def amount_of(low: float, high: float, units: str, digits: int = 0) -> Maker:
    """A number with a unit, whose forms are written `kg|kilograms`."""

    def make(world: World) -> Value:
        number = round(world.rng.uniform(low, high), digits)
        written, names = _grouped(number, digits, world.language), parts(units)
        plain = (f"{number:.{digits}f} {names[0]}",) if number >= 1000 and world.language == "en" else ()
        forms = tuple(f"{written} {unit}" for unit in names)
        return Value(f"amount {names[0]}", forms, loose=plain, cell=(written,), unit=names[0], amount=float(number))

    return make


def count(low: int, high: int) -> Maker:
    """A bare number; small ones also as words."""

    def make(world: World) -> Value:
        number = world.rng.randrange(low, high)
        words = ZAHLEN if world.language == "de" else NUMBERS
        loose = (words[number],) if 1 < number < len(words) else ()
        return Value("count", (str(number),), loose=loose, amount=float(number))

    return make


def counted(low: int, high: int, one: str, many: str) -> Maker:
    """A number of days or things: `3 months`, `three months`."""

    def make(world: World) -> Value:
        number = world.rng.randrange(low, high)
        words, unit = ZAHLEN if world.language == "de" else NUMBERS, one if number == 1 else many
        spelt = words[number] if 1 < number < len(words) else str(number)
        return Value("counted", (f"{number} {unit}", f"{spelt} {unit}"), amount=float(number))

    return make


def percent(low: float, high: float, digits: int = 0) -> Maker:
    """A share in per cent."""

    def make(world: World) -> Value:
        number = round(world.rng.uniform(low, high), digits)
        written, word = _grouped(number, digits, world.language), "Prozent" if world.language == "de" else "percent"
        return Value("percent", (f"{written}%", f"{written} {word}", f"{written} %"), amount=float(number))

    return make


def code(pattern: str, kind: str = "code") -> Maker:
    """A number such as `INV-####`: # is a digit, @ a capital, Y the year."""

    def make(world: World) -> Value:
        rng = world.rng
        draws = {"#": lambda: str(rng.randrange(10)), "@": lambda: rng.choice(_LETTERS), "Y": lambda: str(world.year)}
        return Value(kind, ("".join(draws[sign]() if sign in draws else sign for sign in pattern),))

    return make


def phone(world: World) -> Value:
    rng = world.rng
    number = f"0{rng.randrange(20, 99)} {rng.randrange(100, 999)} {rng.randrange(1000, 9999)}"
    return Value("phone", (number,))


def email(world: World) -> Value:
    box = world.rng.choice("info office service contact help desk".split())
    return Value("email", (f"{box}@{surname(world.rng).lower()}.example",))


def version(world: World) -> Value:
    rng = world.rng
    return Value("version", (f"{rng.randrange(1, 6)}.{rng.randrange(10)}.{rng.randrange(10)}",))


def one_of(*makers: Maker) -> Maker:
    """A value by one of these makers, the same throughout a collection."""

    def make(world: World) -> Value:
        return makers[world.styles.setdefault("which maker", world.rng.randrange(12)) % len(makers)](world)

    return make

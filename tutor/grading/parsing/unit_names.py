"""What units are called in German, French and Spanish, and in everyday abbreviations."""

from __future__ import annotations

import re
import unicodedata

# Without accents and capital letters; each with the name by which `units` knows it.
_NAMES = {
    "m": "metro metros metri metrow м метр метра метров",
    "cm": "centimetri см сантиметр сантиметра сантиметров",
    "mm": "millimetri мм",
    "km": "chilometri chilometro quilometro quilometros км километр километра километров",
    "g": "gramm gramo gramos gr grs grammi grammo gramow grama gramas г грамм граммов",
    "kg": "kilo kilos kgs chilo chili chilogrammi quilo quilos кг килограмм килограмма",
    "L": "litro litros litri л литр литра литров",
    "mL": "мл",
    "s": "sekunde sekunden sek seconde secondes segundo segundos secs secondi secondo sekunder"
    " seconden sekund sekundy с сек секунд секунды",
    "min": "minuten minuto minutos mins minutes minuti minuter minut minuty мин минут минуты",
    "h": "stunde stunden std heure heures hora horas hrs ora ore uur timer timmar timme godzin"
    " godziny godzina ч час часа часов",
    "day": "tag tage tagen jour jours dia dias giorno giorni dagen dagar dage dni день дней",
    "week": "woche wochen semaine semaines semana semanas wk wks settimana settimane weken"
    " veckor uger tygodni tygodnie",
    "month": "monat monate monaten mois mes meses mese mesi maand maanden",
    "year": "jahr jahre jahren an ans annee annees ano anos yrs anno anni jaar lat lata",
    "deg": "grad grado grados degre degres gradi graus grau graden grader stopni stopnie",
    "°C": "celsius centigrade",
    "°F": "fahrenheit",
    "%": "prozent porcentaje",
    "ohm": "ohms ohmios ohmio",
    "t": "tonnen tonelada toneladas",
    "lb": "lbs pfund",
    "€": "euros eur",
    "¢": "centimes centavos ct cts centesimi rappen rp",
    "CHF": "fr sfr franken francs chf",
    "kr": "kronor kroner kronen krona krone kronur sek nok dkk",
    "Ft": "forint forints",
    "zl": "zloty zlotych zlote zlotys zł złoty złote złotych",
    "₹": "rupee rupees rs",
    "₽": "rubel rubles roubles руб рублей рубля рубль",
    "R$": "reais",
    "円": "yen",
    "ha": "hektar hectares hectareas hectarea",
    "rad": "radiant radianes radians",
    "cal": "kalorien calories calorias",
    "km/h": "kmh kph kmph",
    "m/s": "mps",
    "m^3": "cbm",
    "μm": "micron microns",
    "cm^3": "ccm",
    "cm^2": "qcm",
    "m^2": "qm",
    "mm^2": "qmm",
    "km^2": "qkm",
}
_BY_NAME = {name: unit for unit, names in _NAMES.items() for name in names.split()}
_PREFIXES = {
    "zenti": "centi", "dezi": "deci", "mikro": "micro", "hekto": "hecto", "kilo": "kilo",
    "milli": "milli", "mili": "milli", "centi": "centi", "deci": "deci", "micro": "micro",
    "mega": "mega", "nano": "nano", "hecto": "hecto",
}  # fmt: skip
_BASES = {
    "meter": "meter", "metre": "meter", "metro": "meter", "gramm": "gram", "gramme": "gram",
    "gramo": "gram", "liter": "liter", "litre": "liter", "litro": "liter", "sekunde": "second",
    "sekunden": "second", "seconde": "second", "segundo": "second", "volt": "volt",
    "voltio": "volt", "ampere": "ampere", "amperio": "ampere", "watt": "watt", "vatio": "watt",
    "farad": "farad", "faradio": "farad", "ohm": "ohm", "ohmio": "ohm", "joule": "joule",
    "julio": "joule", "newton": "newton", "pascal": "pascal", "hertz": "hertz", "mol": "mole",
}  # fmt: skip
_POWERS = [
    (re.compile(r"\A(?:quadrat)(?=[a-z])"), "^2"),
    (re.compile(r"\A(?:kubik)(?=[a-z])"), "^3"),
]
_IN_FRONT = re.compile(r"(?<=[\s/])(?:(square|sq\.?)|(?:cubic|cu\.?)) ([^\W\d_]{1,20})")
_BEHIND = re.compile(
    r"\b([^\W\d_]{1,20})\s(?:(squared|carres?|carrees?|cuadrados?)|(?:cubed|cubes?|cubicos?))\b"
)


def english_unit(name: str) -> str | None:
    """The unit as `units` knows it; None for words of other languages that are no unit."""
    plain = without_accents(name).lower()
    if unit := _BY_NAME.get(plain):
        return unit
    for pattern, power in _POWERS:
        if area := pattern.match(plain):
            inner = plain[area.end() :]
            return f"{english_unit(inner) or inner}{power}"
    for prefix, english in {"": "", **_PREFIXES}.items():
        base = plain.removeprefix(prefix) if prefix and plain.startswith(prefix) else plain
        base = base if base in _BASES else base.removesuffix("s")
        if base in _BASES and (prefix == "" or plain.startswith(prefix)):
            return english + _BASES[base]
    return None


def powers_in_front(text: str) -> str:
    """cm squared, mètres carrés and per cubic metre as cm^2, mètres^2 and per metre^3."""
    plain = without_accents(text)
    plain = _IN_FRONT.sub(lambda unit: f"{unit[2]}^{2 if unit[1] else 3}", plain)
    return _BEHIND.sub(lambda unit: f"{unit[1]}^{2 if unit[2] else 3}", plain)


def without_accents(text: str) -> str:
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", re.sub("[\u0300-\u0304\u0306\u0308\u0327]", "", letters))

"""Does a hint give away an answer in words, or the letter of a choice?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.answer_key import AnswerKey
from tutor.grading.leaks import codes, disguises, number_words
from tutor.grading.leaks.plain_text import plain as plain_text
from tutor.grading.parsing.boxes import find_boxes
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.parsing.words import choice_letters, plain_words, synonyms

_SENTENCE = re.compile(r"(?<!\d)[.!?;\n]|(?<=\d)[.!?;\n](?=\s|$)")
_ANNOUNCED = re.compile(
    r"(?:answer|choice|option|is|are|答案|选项?|是|为|(?<![\s:(])[\s(]*+:)[\s:(]*+\Z", re.IGNORECASE
)
_LETTER = (
    r"(?:\b(?i:option|choice|(?:answer|antwort|réponse|respuesta)(?: (?:is|ist|est|es))?:?)"
    r"|答案[是为:]?|故?选项?)\s*\(?{letter}\b"
    r"|\({letter}\)|\b{letter}\)|\b{letter}\s+is\b|{letter}\s*(?:正确|对)|\A\W*{letter}\W*\Z"
)


def _plain_words(text: str, ignore_case: bool = True) -> str:
    return plain_words(normalize_text(text), ignore_case)


def _choice_letters(text: str) -> frozenset[str]:
    try:
        return choice_letters(normalize_text(text))
    except Unreadable:
        return frozenset()


def leaked_choice(hint: str, key: AnswerKey, choices: Sequence[str]) -> str:
    """The right choice as the hint names it, openly or in disguise; empty if it does not."""
    return _choice_in(hint, key, choices) or _choice_disguised_in(hint, key, choices)


def leaked_words(hint: str, key: AnswerKey, statement: str) -> str:
    """The stored words as the hint has them, openly or in disguise; empty if it does not."""
    return _words_in(hint, key, statement) or _words_disguised_in(hint, key)


def _choice_in(hint: str, key: AnswerKey, choices: Sequence[str]) -> str:
    letters = sorted(_choice_letters(key.value))
    plain = normalize_text(hint, 8_000)
    for box in find_boxes(plain):
        if _choice_letters(box.content) & set(letters):
            return box.content
    named = [letter for letter in letters if re.search(_LETTER.format(letter=letter), plain)]
    if named:
        return ", ".join(named)
    texts = [_plain_words(choice) for choice in choices]
    right = {ord(letter) - ord("A") for letter in letters}
    words = _plain_words(plain)
    mentioned = {index for index, text in enumerate(texts) if text and _contains(words, text)}
    # A hint that weighs all choices against one another gives none of them away.
    if not mentioned <= right:
        return ""
    return ", ".join(choices[index] for index in sorted(mentioned))


def _words_in(hint: str, key: AnswerKey, statement: str) -> str:
    answers = synonyms(normalize_text(key.value))
    known = _plain_words(normalize_text(statement, 8_000))
    is_told = any(_contains(known, words) for words in answers)
    for box in find_boxes(hint):
        if _plain_words(box.content) in answers:
            return box.content
    for sentence in _SENTENCE.split(normalize_text(hint, 8_000)):
        plain = _plain_words(sentence, ignore_case=False).lower()
        for words in answers:
            for match in re.finditer(_word(words), plain):
                before, after = plain[: match.start()], plain[match.end() :].strip(" )}$")
                if not is_told or (not after and _ANNOUNCED.search(before)):
                    return words
    return ""


_ORDINALS = [
    ("first", "1st", "one", "erste", "premi", "primer", "第一", "一"),
    ("second", "2nd", "two", "zweite", "deuxième", "segund", "第二", "二"),
    ("third", "3rd", "three", "dritte", "troisième", "tercer", "第三", "三"),
    ("fourth", "4th", "four", "vierte", "quatrième", "cuart", "第四", "四"),
    ("fifth", "5th", "five", "fünfte", "cinquième", "quint", "第五", "五"),
    ("sixth", "6th", "six", "sechste", "sixième", "sext", "第六", "六"),
]
_CALLED = [  # in the alphabets that are spoken over the radio, and in Greek
    ("alpha", "alfa", "able"), ("bravo", "beta", "baker"), ("charlie", "gamma"),
    ("delta", "dog"), ("echo", "epsilon", "easy"), ("foxtrot", "zeta", "fox"),
]  # fmt: skip
_OPTION = (
    r"(?:options?|choices?|answers?|alternatives?|possibilit\w+|statements?"
    r"|möglichkeit|antwort|réponse|opción|respuesta|选项|个|项)"
)
_SPOKEN_LETTERS = [
    ("ay", "eh", "aleph", "alef"), ("bee", "bé", "beth"),
    ("cee", "sea", "see", "cé", "tse"), ("dee", "dé"), ("ee",),
    ("eff", "ef"),
]  # fmt: skip
_LETTERS_IN_SPANISH = "a", "be", "ce", "de", "e", "efe"
_GREEK, _STEMS = "αβγδεφ", "甲乙丙丁戊己"
_CHINESE = "一二三四五六"
_HAN = "\u4e00-\u9fff"
_DENIED = re.compile(
    r"\b(?:not|neither|nor|wrong|false|except|rule out|exclude|eliminate|discard"
    r"|cross out|strike|drop"
    r"|weder|nicht|kein\w{0,3}|falsch|streiche?|ohne|ni|pas|aucune?|faux|fausses?|barre|élimine|sauf"
    r"|no|ninguna?|falsas?|tacha|elimina|descarta|incorrect\w{0,3})\b|n['’]t\b|不|排除|错|划掉|去掉|除了|非",
    re.IGNORECASE,
)
_TAKE = (
    r"(?:\b(?:take|choose|pick|select|tick|it is|it's|only|except)\s+the"
    r"|\b(?:all|everything|none)\s+but\s+the"
    r"|\b(?:la|le|el)|\b(?:nimm|wähle)\s+(?:die|das|den))"
)


def _choice_disguised_in(hint: str, key: AnswerKey, choices: Sequence[str]) -> str:
    """By its position, by a name of its letter, in code, or by ruling out all the others."""
    letters = _choice_letters(key.value)
    right = [_plain_words(choices[ord(letter) - ord("A")]) for letter in letters if choices]
    for reading in codes.decoded(hint):
        text = reading.strip()[: codes.MAX_CODE]
        if _choice_letters(text) == letters or (len(text) > 3 and _plain_words(text) in right):
            return text
    for reading in codes.unwrapped(hint):
        if _plain_words(reading[: codes.MAX_CODE]) in right:
            return reading
    count = max(len(choices), ord(max(letters, default="A")) - ord("A") + 1)
    plain = plain_text(hint)
    named = {
        chr(ord("A") + index)
        for index in range(min(count, len(_ORDINALS)))
        if _names_choice(plain, index, count)
    }
    if named and named <= letters:
        return ", ".join(sorted(named))
    return _ruling_out_others(plain, letters, count) or _value_disguised_in(hint, letters, choices)


def _value_disguised_in(hint: str, letters: frozenset[str], choices: Sequence[str]) -> str:
    """The right choice, if it is a number and the hint has it, and no other choice, in disguise."""
    values = {
        chr(ord("A") + index): Fraction(choice)
        for index, choice in enumerate(map(str.strip, choices))
        if re.fullmatch(r"-?\d{1,12}(?:\.\d{1,12}|/[1-9]\d{0,8})?", choice)
    }
    if not set(values) & letters:
        return ""
    number_words.prepare()
    numbers = disguises.numbers_in(hint, "\n".join(choices)) | disguises.in_words(hint)
    named = {
        letter
        for letter, value in values.items()
        if value in numbers
        or number_words.names_number(hint, value)
        or codes.names_in_code(hint, value)
    }
    return ", ".join(sorted(named)) if named and named <= letters else ""


def _names_choice(hint: str, index: int, count: int) -> bool:
    letter = chr(ord("A") + index)
    ordinal = "|".join(_ORDINALS[index])
    if index == 0:
        ordinal += "|top|topmost|uppermost|oberste|最上面"
    if index == count - 1:
        ordinal += "|bottom|lowest one|unterste|last|letzte|derni|últim|最后"
    if index == count - 2:
        ordinal += "|last but one|second[- ]to[- ]last|penultimate|倒数第二"
    before, after = chr(ord(letter) - 1), chr(ord(letter) + 1)
    spoken = "|".join((*_SPOKEN_LETTERS[index], _GREEK[index], _STEMS[index]))
    ways = [
        rf"(?<![^\W{_HAN}])(?<!最后)(?<!倒数第)(?:{ordinal})\w{{0,3}}\s*"
        rf"(?:of the\s+)?(?:\w+\s+)?{_OPTION}",
        rf"{_OPTION}\s*(?:number|no\.?|nr\.?|nummer|#|号)?\s*"
        rf"(?:{index + 1}(?!\d)|(?:{ordinal})(?!\w))",
        rf"\bthe\s+(?:{ordinal})\s+(?:one\b|of\s+(?:them|these|those|all"
        rf"|the\s+(?:\w+\s+)?{_OPTION}))"
        rf"|#\s*{index + 1}\b",
        rf"\b(?:letter|buchstabe|lettre|letra)\s+(?:number|no\.?|nummer|numéro|número)?\s*"
        rf"(?:{index + 1}(?!\d)|(?:{ordinal})(?!\w))",
        rf"\b(?:{ordinal})\w{{0,3}}\s+(?:letter|buchstabe|lettre|letra)\b|第{_CHINESE[index]}个字母",
        rf"\b(?:letter|option|choice|answer)\s+(?:{spoken})(?!\w)",
        rf"\A\W*(?:{spoken})\W*\Z",
        rf"\A\W*(?:number|no\.?|nr\.?|nummer|numéro|número)\s*(?:{index + 1}|{ordinal})\W*\Z",
        rf"\A\W*(?:the\s+)?(?:{ordinal})\W*\Z",
        rf"(?:{ordinal})\w{{0,3}}\s+(?:von\s+oben|en partant du haut|desde arriba)",
        rf"\bcount\s+(?:{ordinal})\s+down\b",
        rf"\b(?:letter|buchstabe|lettre|letra)\s+(?-i:{letter})\b",
        rf"\b(?:letra|opción|respuesta)\s+(?:{_LETTERS_IN_SPANISH[index]})\b",
        rf"(?:starts|begins|start|begin)\s+(?:with|of)\s+[\"'“]?(?:{letter})\b",
        rf"(?:first letter|initial|anfangsbuchstabe|première lettre"
        rf"|primera letra)\s+(?:of|in|von|de)\s+"
        rf"(?:the\s+word\s+)?[\"'“„«]?{letter}\w",
        rf"letter\s+(?:that|which|with which)?\s*[\"'“]?{letter}\w+[\"'”]?\s+(?:begins|starts)",
        rf"{_TAKE}\s+(?:{ordinal})\w{{0,3}}\s*(?:[.!?,;]|\Z)",
        rf"(?<!\w)(?:{ordinal})\s+(?:lines?\s+)?from\s+(?:the\s+)?(?:top|left)\b",
        rf"(?<!\w){index + 1}(?:st|nd|rd|th)\s+(?:one|from)\b",
        rf"(?<!\w)(?:{'|'.join(_CALLED[index])})(?!\w)",
        rf"(?-i:\b{letter})\s+(?:as in|for|like in|wie|comme)\s+\w+",
    ]
    if index == 0 and count < 5:  # of A to D
        ways.append(r"\b(?:only|the)\s+vowel\b|voyelle|唯一的元音")
    if count > 2 and index in (0, count - 1):
        others = rf"(?:{count - 1}|{_ORDINALS[count - 2][2]})"
        ways.append(rf"\b{'last' if index == 0 else 'first'}\s+{others}\s+(?:\w+\s+)?(?:are|can)\b")
    if index:
        ways.append(rf"(?:after|follows|following|next to|behind)\s+\(?(?-i:{before})\b")
    if index < count - 1:
        ways.append(rf"(?:before|precedes|preceding)\s+\(?(?-i:{after})\b")
    if 0 < index < count - 1:
        ways.append(rf"between\s+\(?(?-i:{before})\)?\s+and\s+\(?(?-i:{after})\b")
    return any(re.search(way, hint, re.IGNORECASE) for way in ways)


def _ruling_out_others(hint: str, letters: frozenset[str], count: int) -> str:
    """The sentence that rules out every other letter; empty if there is none."""
    others = {chr(ord("A") + index) for index in range(count)} - letters
    for sentence in _SENTENCE.split(hint):
        named = set(re.findall(r"(?<![A-Za-z0-9])[A-F](?![A-Za-z0-9'])", sentence))
        is_denied = _DENIED.search(sentence)
        named |= {
            chr(ord("A") + index)
            for index in range(min(count, len(_ORDINALS)))
            if re.search(rf"\b(?:{'|'.join(_ORDINALS[index][:2])})\b", sentence)
        }
        if count > 1 and is_denied and not named & letters and others <= named:
            return sentence.strip()[:80]
    return ""


def _words_disguised_in(hint: str, key: AnswerKey) -> str:
    answers = [words for words in synonyms(normalize_text(key.value)) if len(words) > 2]
    for reading in codes.decoded(hint):
        for words in answers:
            if _contains(_plain_words(reading), words) or _joined_in(words, reading):
                return words
    return ""


def _joined_in(words: str, reading: str) -> bool:
    """For initials and spelled letters, which have no spaces. Short words occur by chance."""
    whole = re.sub(r"\W", "", words).lower()
    return (
        len(whole) > 3
        and whole in re.sub(r"\W", "", reading).lower()
        and " " not in reading.strip()
    )


def _contains(text: str, words: str) -> bool:
    return bool(re.search(_word(words), text))


def _word(words: str) -> str:
    is_latin = bool(re.search(r"[A-Za-z0-9]", words))
    return rf"(?<![A-Za-z0-9]){re.escape(words)}(?![A-Za-z0-9])" if is_latin else re.escape(words)

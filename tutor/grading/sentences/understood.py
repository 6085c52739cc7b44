"""Whether each word around an answer is understood, and leaves it as it is.

No list knows all words that make another answer of one: "about", "my friend says", "if it were".
So it is the other way round. In the clause that states the answer, only words with a known role may
stand (`lexicon.py`), in an order that states something. An unknown word may name what is counted,
"5 apples", or who has it, "each child gets". Other clauses may tell in any words what led to the
answer, unless they suppose something or tell what others say.

The patterns below are of roles, a letter each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tutor.grading.parsing.natural.languages import fold_languages
from tutor.grading.sentences.answer_shapes import EQUALS
from tutor.grading.sentences.calculations import comes_out, has_false_calculation, is_worked_out
from tutor.grading.sentences.clauses import ARROWS, CONCLUDES
from tutor.grading.sentences.clauses_of_words import (
    SentenceToken,
    WordClause,
    before_reason,
    clauses_of,
    tokens_of,
)
from tutor.grading.sentences.doubts import supposes
from tutor.grading.sentences.lexicon import FIRST_CHINESE, WordRole
from tutor.grading.sentences.plain_sentences import plain_sentence

_BEFORE = re.compile(
    r"(?:[hldsw]"
    r"|g(?=h*l)"  # solving gives
    r"|p(?=h*m)"  # my answer
    r"|m(?:o[dpe]*+(?:m|x{1,2}|f))?"  # the sum of the angles
    r"|e(?:o[dph]++)?"  # each of the
    r"|(?<=[de])x{1,3}(?=h*l)|(?<![ldswmo])x(?=h*l)"  # the train takes, Anna has
    r"|(?<=l[de])x{1,2}\Z"  # bekommt jedes Kind
    r"|f(?=h*l)"  # x is
    r"|(?:\A|(?<=h))t(?:[dh]|(?=[xm]{2}))[dhxmo]{1,6}(?=h*l)"  # after collecting like terms it is
    r"|(?<=[wd])d?x\Z"  # il a parcouru
    r"|(?<=ld)mo\Z|(?<=l)mo\Z"  # has an area of
    r"|x(?=o?m)|(?<=x)o(?=m))*"  # 三角形的面积
)
_BEFORE_RELATION = re.compile(
    r"(?:[hldswg]|p(?=h*m)|m(?:o[dpe]*+(?:m|x{1,2}|f))?|e(?:o[dph]++)?"
    r"|(?:\A|(?<=h))t(?:[dh]|(?=[xm]{2}))[dhxmo]{1,6}"
    r"|(?<=[de])x{1,3}(?=h*[lt]|\Z)"  # the line, the curves meet at
    r"|f(?=h*l)|x(?=o?m)|(?<=x)o(?=m))*(?:(?<=[ml])t|(?<=dx)t|(?<=dxx)t)?"
)
_BEHIND = re.compile(
    r"(?:c?u{1,4})?(?:x{0,2}[xm])?[hbsdew]*"  # cm, red apples, altogether
    r"(?:o(?:h|[dp]*[xm])lx{1,2}|om)?"  # of them are boys
    r"(?:l[dph]*[mb]?)?"  # is the answer
    r"(?:(?<=[ux])[hbdew]*t[^zcV]*)?"  # apples in the bag
)
_BEHIND_RELATION = re.compile(r"(?:c?u{1,4})?(?:[hbs]|l[dp]*h*m(?:o[dp]*[xm])?)*")
_OF_A_SHARE = re.compile(r"u?o[dpe]*x{1,2}[hb]*")  # 3/4 of the pizza
_BETWEEN = re.compile("[hfmuV]*")
_OF_ALL = re.compile("[Vhd]*l[hd]*")  # the sum of 2 and 3 is
_IN_CLAUSE_BEHIND = re.compile(r"(?:[hbsdpwuf]|t[de]*+[mu]|l[dp]*+h*+m?)*")
_ROLES_OF_LABEL = re.compile(
    r"(?:[hldswmpeuoftr]|c(?!h*l)|(?<=[de])x{1,3}(?=h*[lo])|(?<![ldswm])x(?=h*lVu)|x(?=o?m))*"
)
_ROLES_BEHIND_NUMBER = re.compile(
    r"(?:t?[ucfe]){0,6}(?:x?f?x{1,2}(?<!cx))?(?:[hldswmpeufbr]|(?<!x)c|t(?=u))*(?:(?<=[ux])[ot][^zV]*)?"
)
_OWN_CLAUSE = re.compile(r"(?<=V)(?:w|h)l+(?=V[^V]*\Z)")  # when you multiply 3 by 4 it is 12
_OWN_RELATION = re.compile(r"(?<=V)[hwlsdg]*(?=V[^V]*\Z)")
_SOMEWHERE = re.compile("h*t")  # in base 8 it is 12
_NAMED = re.compile(r"fh*lh*\Z")  # x is
_PERSON = re.compile(r"h*x")  # Anna has 12 apples left; without "left", others may have them
_LEFT_OVER = re.compile("[ux]+b")
_ADJUNCT = re.compile(r"h*t[dex]*V[ux]{1,2}(?=[^V]*V[^V]*\Z)")  # in five hours
_DESCRIPTION = re.compile(  # the number that divides 8 and 6 is
    r"h*d?m[dhmtoxuVf]{0,14}V[hdmux]*l[hd]*"
)
_VERB = re.compile(r"wd?x\Z|\Ah*x\Z")  # il a parcouru, of which a unit must follow
_GETTER = re.compile(r"(?<![ot])dx{1,3}(?:h*l|\Z)")  # the train takes, of which a thing must follow
_SOMEBODY_THINKS = re.compile("[wxmf]h*s")
_SPEAKS_OF_OTHERS = re.compile(r"[zs]|p(?!h*m)|\Ah*x+h*l")  # my friend got, Anna got
_UNIT_AS_THING = re.compile(r"u(?!\Z)")  # one hour is 60 minutes
_COUNTED = re.compile("[uc]*([xm]+)")

_WORD = re.compile(r"(?<![\\A-Za-z])[^\W\d_]{2}|\\(?:text|mathrm|mbox)|[\u4e00-\u9fff]")
_RELATION = re.compile(r"[=<>≠(\[{]|\\(?:[lg]eq?|neq?|in)(?![a-z])")
_OF_LETTERS = re.compile(r"[A-Za-z<>≠]|\A\s?[(\[{]")
_EQUATION = re.compile("[=<>≠]")
_STATES = re.compile(rf"{ARROWS}|[:：]")
_LETTER = re.compile(r"\\?[A-Za-z](?:_?\{?\d\}?)?")
_DERIVATIVE_OF = re.compile(r"\s?(?:the )?d/d[a-z] of ")
_DECIMAL = re.compile(r"\d[.,]\d")
_SHARE = re.compile("[/%]")
_NOTE = re.compile(r"(?<=\S)\s\([^()]{1,40}\)\s{0,3}\Z")
_IN_ROW = re.compile(r"\s?(?:[,;、\n]|and|und|et|y|or|oder|ou|o|或者?|[和与及])?\s?", re.IGNORECASE)
_NEEDS_VERB = re.compile(r"\b(?:left|over|right|deep|high|tief|hoch|profond|alt)\b", re.IGNORECASE)
_AMOUNT_OF = re.compile(
    r"\s?(?:an?|the|la|une|eine|una)? ?(?:total|probability|chance|probabilité|wahrscheinlichkeit"
    r"|probabilidad) (?:of|de|von)\s",
    re.IGNORECASE,
)
_THING = re.compile(r"[A-ZÄÖÜ]\w+|\w+[sxner]|children|people|fish|[\u4e00-\u9fff]+")
_NAMELESS = re.compile(  # "number 12" is the twelfth, and "maximum 12" at most 12
    r"(?:\A|\s)(?:number|maximum|minimum|max|min|zahl|nombre|número|máximo|mínimo)\s\Z",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\s?(?:is|are|was|does|do|did|should|shall|can|must|may|ist|sind|soll|muss|est|doit)[ -]"
    r"(?:it|that|this|there|the|he|she|they|es|das|ce)\b",
    re.IGNORECASE,
)
_CHINESE_NOUN = re.compile(r"(?:(?![万亿千百十分之又半年月])[\u4e00-\u9fff]){2,}")
_DEFINITE = re.compile(r"\s?(?:the|der|die|das|les?|la|el|los|las)\s\Z", re.IGNORECASE)
_AT = re.compile(r"\s?(?:at|bei|in|en)\s?", re.IGNORECASE)  # a point
_IMPERATIVE = re.compile(r"\s?(?:take|find|make|give|use)\s\Z", re.IGNORECASE)
_HAS = re.compile(r"\b(?:has|have|got|gets?|hat|haben|bekommt|a|ont|tiene|tienen)\b", re.IGNORECASE)
_AGE = re.compile(
    r"\b(?:(?:he|she)(?: is|'s)|(?:er|sie) ist|(?:il|elle) est|(?:él|ella) es)\s\Z", re.IGNORECASE
)
_LIMIT = re.compile(
    r"\s(?:max|maximum|minimum|maximal|minimal)\W{0,3}\Z|[双倍打对次]", re.IGNORECASE
)
_IF_EQUAL = re.compile(
    r"\b(?:if|when|wenn|si|quand|cuando) [^,;.]{0,40}(?<![a-z])[a-z] ?"
    r"(?:=|is|equals|ist|est|es|vaut|vale)",
    re.IGNORECASE,
)
_SIGNS = {"por": "*", "durch": "/", "entre": "/", "par": "/", "mal": "*"}
_SILENT = (WordRole.HARMLESS, WordRole.OTHER_PERSON, WordRole.ROUGHLY)


@dataclass(frozen=True, slots=True)
class StatedAnswer:
    """An answer that a sentence states, and what stands before and behind it.

    name: x for "x is 3". row: where in `before` other values begin that may belong to it.
    """

    before: str
    value: str
    behind: str
    name: str = ""
    unit: str = ""
    row: tuple[int, ...] = ()


@lru_cache(maxsize=8)  # asked more than once for one answer
def answer_in(text: str, decimal_comma: bool) -> StatedAnswer | None:
    """The last value of a sentence, or the one before its reason, if each word leaves it so."""
    plain = plain_sentence(text)
    if plain.rstrip().endswith("=") or supposes(plain):
        return None
    if has_false_calculation(plain, decimal_comma):
        return None
    told = before_reason(clauses_of(plain))
    last = max((i for i, clause in enumerate(told) if clause.has_value), default=None)
    if last is None or _IF_EQUAL.search(plain[: told[-1].end]):
        return None
    if not all(_IN_CLAUSE_BEHIND.fullmatch(clause.roles) for clause in told[last + 1 :]):
        return None
    return _stated(told[: last + 1]) if _states(told[: last + 1], decimal_comma) else None


def is_understood(text: str, decimal_comma: bool) -> bool:
    """Whether a text is only a formula, or a sentence in which each word is understood."""
    tokens = tokens_of(plain_sentence(text))
    if all(token.role in (WordRole.VALUE, WordRole.FORMULA) for token in tokens):
        return True
    return answer_in(text, decimal_comma) is not None


def is_named(text: str, decimal_comma: bool) -> bool:
    """As `is_understood`, for a number that was read with all its words but labels and things."""
    if not _WORD.search(text):
        return True
    plain = _NOTE.sub("", plain_sentence(text))
    if has_false_calculation(plain, decimal_comma) or supposes(plain):
        return False
    told = before_reason(clauses_of(plain, as_read=True))
    whole = WordClause(plain, tuple(token for clause in told for token in clause.tokens))
    if not whole.has_value:
        return True
    value = whole.text_of(*whole.values)
    if WordRole.ROUGHLY in whole.lead + whole.behind and not _is_decimal(value):
        return False
    is_more = _is_relation(value) and "xx" in whole.behind  # x = 5 leads nowhere
    if is_more or _LIMIT.search(plain, whole.values[-1].end):
        return False
    if _NAMELESS.search(_text_before(whole)) or not _ROLES_OF_LABEL.fullmatch(whole.lead):
        return False
    is_share = _SHARE.search(value) and _OF_A_SHARE.fullmatch(whole.behind)
    return _counts(whole) and bool(is_share or _ROLES_BEHIND_NUMBER.fullmatch(whole.behind))


def _stated(clauses: Sequence[WordClause]) -> StatedAnswer:
    clause = clauses[-1]
    text, at = clause.text, clause.roles.rfind(WordRole.VALUE)
    start, end = clause.tokens[at].start, clause.tokens[at].end
    value, unit = text[start:end], ""
    for token in clause.tokens[at + 1 :]:
        if token.role not in (WordRole.UNIT, WordRole.CALCULATION):
            break
        unit = text[end : token.end]
    named = _NAMED.search(clause.roles[:at])
    name = clause.text_of(clause.tokens[named.start()]) if named else ""
    if not _LETTER.fullmatch(name) or "=" in value:
        name = ""
    if re.search("[co]", clause.roles[:at].partition(WordRole.VALUE)[2]):
        value = EQUALS.split(value)[-1].strip()  # 6 times 4 = 24
    row = _starts_of_row([token for clause in clauses for token in clause.tokens], clause, at)
    return StatedAnswer(text[:start], value, text[end + len(unit) :], name, unit, row)


def _starts_of_row(tokens: Sequence[SentenceToken], clause: WordClause, at: int) -> tuple[int, ...]:
    """Where the values begin that only "and", "or" or a sign part from the last one."""
    starts: list[int] = []
    last = clause.tokens[at]
    for token in reversed(tokens[: tokens.index(last)]):
        if token.role != WordRole.VALUE:
            continue
        if not _IN_ROW.fullmatch(clause.text[token.end : last.start]):
            break
        last = token
        starts.insert(0, token.start)
    return tuple(starts)


def _states(clauses: Sequence[WordClause], decimal_comma: bool) -> bool:
    """Whether the last of these clauses states its value as it is."""
    *before, final = clauses
    final = _own_clause(final)
    while before and not _says_so(final):
        final = final.after(before.pop())
    stated = final.text_of(*final.values)
    lead = _UNIT_AS_THING.sub("x", final.lead)
    if is_worked_out(stated, decimal_comma):
        return not _SPEAKS_OF_OTHERS.search(lead) and _stays(final, WordRole.LINK)
    between = final.roles[len(final.lead) + 1 : len(final.roles) - len(final.behind) - 1]
    if _is_decimal(stated):
        between = between.replace(WordRole.ROUGHLY, "")
    described = final.roles[: len(final.roles) - len(final.behind) - 1]
    if "V" in between + lead + described and _DESCRIPTION.fullmatch(described):
        return _stays(final, WordRole.LINK)
    is_of_all = _of_all(final) and _OF_ALL.fullmatch(between)
    if not is_of_all and not _is_led(final, lead, stated):
        return False
    is_clear = _BETWEEN.fullmatch(between) or is_of_all or _is_true(final, decimal_comma)
    return bool(is_clear) and _stays(final, lead)


def _of_all(clause: WordClause) -> bool:
    """Whether a measure of several values stands before them: the sum of, d/dx of."""
    return clause.lead.endswith("mo") or bool(_DERIVATIVE_OF.match(_text_before(clause)))


def _own_clause(clause: WordClause) -> WordClause:
    """you get 12, for "if you multiply 3 by 4 you get 12"."""
    value = clause.text_of(clause.values[-1])
    is_relation = _EQUATION.search(value.lstrip("="))
    if adjunct := _ADJUNCT.match(clause.roles):
        clause = WordClause(clause.text, clause.tokens[adjunct.end() :], clause.sign)
    own = (_OWN_RELATION if is_relation else _OWN_CLAUSE).search(clause.roles)
    if own is None or (not is_relation and _SOMEWHERE.match(clause.roles)):
        return clause
    return WordClause(clause.text, clause.tokens[own.start() :], " ")


def _says_so(clause: WordClause) -> bool:
    """Whether it says that its value is the answer, so that any words may stand before it."""
    own = clause.text_of(*clause.tokens)
    is_told = CONCLUDES.match(own) or _STATES.search(clause.sign)
    return bool(is_told or _RELATION.search(own) or re.search("[ls]", clause.lead))


def _is_led(clause: WordClause, lead: str, stated: str) -> bool:
    """Whether the words before a value leave it as it is. lead: their roles."""
    before = _text_before(clause)
    if _ASKS.match(before) or _IMPERATIVE.match(before) or _SOMEBODY_THINKS.search(lead):
        return False
    if _AGE.search(before) and not clause.behind.startswith(WordRole.UNIT):
        return False
    if WordRole.ROUGHLY in lead and not _is_decimal(stated):
        return False
    lead = lead.replace(WordRole.ROUGHLY, "")
    if _is_relation(stated):
        if _AT.fullmatch(before):
            return True
        is_thing = WordRole.UNKNOWN not in lead or WordRole.MEASURE in lead
        is_somebody = not is_thing and _HAS.search(before)
        return not is_somebody and bool(_BEFORE_RELATION.fullmatch(lead))
    is_sign = stated.startswith("=") or before.rstrip().endswith((":", "："))
    if is_sign:
        return bool(_BEFORE.fullmatch(lead + WordRole.LINK))
    if WordRole.MEASURE in lead and WordRole.LINK not in lead:
        return bool(_AMOUNT_OF.fullmatch(before))
    is_time = lead.lstrip("h") == WordRole.WHERE and clause.behind.startswith(WordRole.UNIT)
    return is_time or bool(_BEFORE.fullmatch(lead))


def _is_relation(stated: str) -> bool:
    """Whether it states something by itself, as x = 3 and (2, 3) do, and 3 * 4 = 12 does not."""
    text = stated.lstrip("= ")
    return bool(_RELATION.search(text)) and bool(_OF_LETTERS.search(text))


def _is_decimal(stated: str) -> bool:
    return stated[:1] not in ("(", "[") and bool(_DECIMAL.search(stated))


def is_rough(text: str) -> bool:
    """Whether it begins with a word such as "about", before anything but a decimal."""
    if not _WORD.search(text):
        return False
    first = next(iter(tokens_of(text)), None)
    return first is not None and first.role == WordRole.ROUGHLY and not _is_decimal(text)


def _text_before(clause: WordClause) -> str:
    return clause.text[clause.start : clause.values[0].start]


def _stays(clause: WordClause, lead: str) -> bool:
    """Whether the words behind the value leave it as it is. lead: the roles before it."""
    value, behind = clause.text_of(clause.values[-1]), clause.behind
    if _is_relation(value):
        return bool(_BEHIND_RELATION.fullmatch(behind))
    if _GETTER.search(lead) and behind[:1] not in (WordRole.UNIT, WordRole.UNKNOWN):
        return False
    is_verb = _VERB.search(lead) and not value.startswith("=")
    if is_verb and behind[:1] != WordRole.UNIT:
        return False
    if _LIMIT.search(clause.text, clause.values[-1].end):
        return False
    if WordRole.LINK not in lead and _NEEDS_VERB.search(clause.text, clause.values[-1].end):
        return False
    is_person = _PERSON.match(lead) and not value.startswith("=")
    if is_person and not _LEFT_OVER.match(behind) and not _is_chinese_thing(clause):
        return False
    is_share = _SHARE.search(value) and _OF_A_SHARE.fullmatch(behind)
    return _counts(clause) and bool(_BEHIND.fullmatch(behind) or is_share)


def _is_chinese_thing(clause: WordClause) -> bool:
    """Whether the unknown subject is Chinese, and no name of a person: 售价是200元, 兔有4只."""
    at = clause.roles.find(WordRole.UNKNOWN)
    pair = [clause.text_of(token) for token in clause.tokens[at : at + 2]] if at >= 0 else []
    if len(pair) < 2:
        return False
    subject, link = pair
    is_measured = link in ("是", "为", "等于") and clause.behind[:1] in (WordRole.UNIT, "x")
    return subject >= FIRST_CHINESE and (is_measured or len(subject) == 1)


def _counts(clause: WordClause) -> bool:
    """Whether an unknown word right behind the value may be what is counted.

    Its ending tells, in Chinese the measure word before it; "the 12 apostles" answer nothing.
    """
    counted = _COUNTED.match(clause.behind)
    if counted is None:
        return True
    first = clause.text_of(clause.tokens[len(clause.roles) - len(clause.behind)])
    is_bare = _CHINESE_NOUN.fullmatch(first) and clause.behind.startswith(WordRole.UNKNOWN)
    if is_bare or _DEFINITE.fullmatch(_text_before(clause)):
        return False
    noun = clause.tokens[len(clause.roles) - len(clause.behind) + counted.end() - 1]
    return bool(_THING.fullmatch(clause.text_of(noun)))


def _is_true(clause: WordClause, decimal_comma: bool) -> bool:
    """Whether a calculation in words comes to what it says: 3 times 4 is 12."""
    spoken, end = "", clause.values[0].start
    for token in clause.values:
        word = clause.text_of(token)
        if token.role == WordRole.LINK:
            word = "="
        elif token.role in _SILENT:
            word = ""
        spoken += clause.text[end : token.start] + _SIGNS.get(word.lower(), word)
        end = token.end
    return comes_out(fold_languages(spoken), decimal_comma)

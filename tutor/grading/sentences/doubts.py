"""Whether a text takes back, doubts or leaves open what it says, however its words are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tutor.grading.sentences.words import DENYING, denies

_MORE_DOUBTS = """
    could might könnte könnten pourrait podría suppose assume assuming assumed angenommen
    supposons supongamos try tried nope nah nay nt unsure guessing rather wrongly maby mabey
    vielleicht evtl eventuell vermutlich odr wahrscheinlich vllt vlt ansonsten sonst bzw nein
    peut-être peutêtre non ne sinon probablement probably quizá quizas tal acaso alternativ
    alternatively otherwise else another si ikke inte niet nie nem tai eller lub albo ili oppure
    ovvero nebo vagy veya forse talvez senão
"""
_NEGATIONS = """
    not no never none cannot nicht kein keine keinen nie niemals ne pas non jamais aucun aucune
    nunca jamás ningún ninguna but mais aber pero
"""
_TAKING_BACK = """
    impossible nonsense rubbish mistake mistaken error oops scratch kidding joking jk lie lying fake
    reject rejected rejects discard discarded exclude excluded extraneous crossed doubt doubtful
    suspicious perhaps contradiction contradicts disagrees
    unmöglich unsinn quatsch blödsinn verkehrt fehler irrtum entfällt ausgeschlossen gestrichen
    verworfen scheidet gelogen geschummelt bezweifle widerspruch
    exclu exclue écarter écarté rejeter rejeté erreur trompé trompée impossible mensonge doute
    imposible equivocado equivocada equivoco equivoqué error descartado descartada descarto mentira
    excluido excluida dudo tontería
"""
_NOT = frozenset(_NEGATIONS.split())
_CONDITIONS = frozenset(["if", "wenn", "falls", "si", "without", "ohne", "sans", "sin"])
_DOUBTS = DENYING | frozenset(_MORE_DOUBTS.split())
_TAKES_BACK = frozenset(_TAKING_BACK.split())
_CHINESE_TAKING_BACK = re.compile("[不没非错误否舍骗]|作废|划掉|玩笑|假的|怀疑|排除|增根")
_NO_SOLUTION = re.compile(
    r"\b(?:no|keine|pas de|aucune|ninguna|sin) (?:\w{1,12} )?(?:soluti|lösung|soluci)|[无没]有?解",
    re.IGNORECASE,
)
_NO_BEHIND = re.compile(
    r"\bno\b(?:\W*\Z| (?:way|good|es|vale|sirve|creo|puede|funciona|cumple)\b)", re.IGNORECASE
)
_LEFT_OVER = frozenset(
    ["without", "ohne", "sans", "sin", "no", "non", "but", "aber", "mais", "pero", "else", "sonst"]
)
MIN_TAKING_BACK = 3  # letters; shorter ones may be units
MIN_MOVED = 3  # letters of a word in which two letters may have changed places
MIN_LOST = 5  # letters of a word that may lack a letter, or have it twice
_CONTRACTED = re.compile(
    r"(?:is|are|was|were|do|does|did|can?|wo|would|could|should|have|has|had|must|need)n['’]?t"
)
_WORD = re.compile(r"[^\W\d_\u4e00-\u9fff]+(?:['’-][^\W\d_\u4e00-\u9fff]+)*")
_LETTER = re.compile(r"[^\W\d_]")
_CHINESE = re.compile("[不没非未误错或否吗]|也许|可能|大概")
_INEQUALITY = re.compile("不等[式号]|无[理穷限]|非[负零]")
_SIGNS = re.compile(r"≠|\\neq?(?![a-z])|!=")
_OR = re.compile(r"(?<=[\w)}\]]),? (?:or|oder|ou|o|或) (?=[-+(\[\w$\\])|[或]")
_ZERO = r"(?:0|zero|zéro|null|nulle?|cero)(?!\w| ?[./]\d)"
_NOT_ZERO = re.compile(  # of a denominator, which is said on the way to a domain
    r"\b(?:can(?:['’]?t|not| not)|(?:must|is|are)(?: not|n['’]?t)"
    r"|(?:darf|dürfen|kann|können|soll|ist) nicht|(?:peut|doit|est) pas|no (?:puede|debe|es))"
    rf" (?:(?:be|equal(?: to)?|sein|être|ser) )?{_ZERO}"
    r"|不(?:能|可以?|得)?(?:等于|为|是) ?0(?!\d)|(?:≠|\\neq?|!=)\s{0,2}0(?!\d| ?[./])",
    re.IGNORECASE,
)
REMINDER = re.compile(
    r"\b(?:do(?: not|n['’]?t)|never|must(?: not|n['’]?t)) forget\b|\bnicht vergessen\b"
    r"|\bn['’]oublie[rz]? pas\b|\bno (?:hay que )?olvid\w{1,4}\b|别忘了?|不要忘记?",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"\b(?:says|said|told|tells|thinks|reckons|claims|suggests|sagt|sagte|meint|meinte|behauptet"
    r"|dit|disent|(?<!a )(?<!the )dice|dicen|dijo|laut|according|selon|según|angeblich"
    r"|supposedly|apparently|imagine|suppose|let'?s say|pretend|forget|forgot|vergisst|vergessen"
    r"|oublie[sz]?|olvid\w{1,3}|were"
    r"|(?:it|that|this|there|he|she|they) would(?! (?:say|write))"
    r"|would(?! (?:say|write|be (?:\w{1,12} )?[-$€£(]?\d))"
    r"|wäre[nt]?|würde[nt]?|hätte[nt]?"
    r"|serai\w{1,2}|feraient|ferait|serían?|daría)\b"
    r"|(?<!我)说|听说|写的|假[设定如]|设为|如果|要是|同桌|书上"
    r"|(?<![我程题式后终])的(?:答案|结果|得数)",
    re.IGNORECASE,
)
_AT_FIRST = re.compile(
    r"\b(?:at first|zuerst dachte|au début|al principio)\b|一开始", re.IGNORECASE
)
_SO_LATER = re.compile(
    r"\b(?:so|now|also|jetzt|donc|maintenant|así que|ahora)\b|所以|现在", re.IGNORECASE
)
_REMARK = re.compile(r"\([^()]{0,80}\d[^()]{0,40}\)\W{0,3}\Z")  # (x = -2 is rejected)
_REJECTING = re.compile("~~|[❌❎✗✘✖🚫⛔🛑👎🙅🗑💩]")
_BEHIND_NUMBERS = re.compile(r"\A(?:.*\d|\D*\Z)", re.DOTALL)
_NEGATED = re.compile(r"(?<!\S)!\w")
_SINE = re.compile(r"\\?\bsin(?=\s?[\d(^{\\]|\s?[a-z]\b(?! ?=))")
_SPANISH_OR = re.compile(
    r"(?:\A|(?<=[\d)}\]]) |[,;] )[ou] (?!sea )(?=[-+(\[\d$\\]|[a-z] ?=|[a-z]{2})", re.IGNORECASE
)


def is_doubtful(text: str, *, may_choose: bool = False) -> bool:
    """Whether a denial, a condition, a choice or a question stands anywhere in it.

    may_choose: "x = 2 or x = 3" is an answer with two values.
    """
    if may_choose:
        text = _OR.sub(" ", text)
    text = _SINE.sub(" ", REMINDER.sub(" ", _NOT_ZERO.sub(" 0 ", text)))
    if _SIGNS.search(text) or _SPANISH_OR.search(text) or _asks(text):
        return True
    if _CHINESE.search(_INEQUALITY.sub("", text)):
        return True
    return any(is_doubt(word.lower()) for word in _WORD.findall(text))


def takes_back(behind: str) -> bool:
    """Whether the words behind an answer take it back, doubt it or leave it open: stimmt nicht.

    What it comes without may follow, such as "no remainder".
    """
    if not _LETTER.search(behind):
        return False
    behind = _NO_SOLUTION.sub(" ", REMINDER.sub(" ", behind))
    if _NO_BEHIND.search(behind) or _CHINESE_TAKING_BACK.search(_INEQUALITY.sub("", behind)):
        return True
    words = (word.lower() for word in _WORD.findall(behind))
    long = (word for word in words if len(word) >= MIN_TAKING_BACK and word not in _LEFT_OVER)
    return any(word in _TAKES_BACK or is_doubt(word) for word in long)


def is_negated(text: str) -> bool:
    """Whether a sign of programs turns a truth value around: !true."""
    return bool(_NEGATED.search(text))


def is_withdrawn(text: str) -> bool:
    """Whether signs or the words behind its last number take it back: ~~9~~, 9 stimmt nicht."""
    if _REJECTING.search(text):
        return True
    text = _REMARK.sub("", text) if "(" in text else text
    return takes_back(_BEHIND_NUMBERS.sub("", text))


def supposes(text: str) -> bool:
    """Whether it supposes something, or tells what others say or what was first thought."""
    first = _AT_FIRST.search(text)
    is_past = first is not None and not _SO_LATER.search(text, first.end())
    return is_past or bool(_SUPPOSES.search(text))


def leaves_open(text: str) -> bool:
    """As `is_doubtful`, where a plain "not" may stand: a square is never negative, so none."""
    words = [word.lower() for word in _WORD.findall(text)]
    is_open = any(
        is_doubt(word) and word not in _NOT and not _CONTRACTED.fullmatch(word) for word in words
    )
    return is_open or _asks(text) or bool(_SPANISH_OR.search(text) or re.search("[误错或吗]", text))


def is_hard_doubt(text: str) -> bool:
    """As `is_doubtful`, where a condition may stand as well as a plain "not"."""
    words = [word.lower() for word in _WORD.findall(text)]
    soft = (word in _NOT or word in _CONDITIONS or _CONTRACTED.fullmatch(word) for word in words)
    pairs = zip(words, soft, strict=True)
    is_open = any(is_doubt(word) and not is_soft for word, is_soft in pairs)
    return is_open or "?" in text or bool(re.search("[误错或否吗]|可能|也许", text))


def _asks(text: str) -> bool:
    """Whether there is a question mark; a single one at the end may belong to the answer."""
    return text.count("?") > 1 or "?" in text.rstrip(" ?!.")


@lru_cache(maxsize=4096)
def is_doubt(word: str) -> bool:
    """Also of nto, isnt, nciht and exept. word: in small letters."""
    if word in _DOUBTS or denies(word) or _CONTRACTED.fullmatch(word):
        return True
    return word in _MISSPELLED


def misspellings(word: str) -> Iterator[str]:
    """Its first letter stays: eine is no keine."""
    if len(word) >= MIN_MOVED:
        for i in range(1, len(word) - 1):
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    if len(word) >= MIN_LOST:
        for i in range(1, len(word)):
            yield word[:i] + word[i + 1 :]
            yield word[: i + 1] + word[i:]


_TRUE_WORDS = """
    abre amos eiter elle eller ether fall fasse fore fosse fusse keine kien kine nether oder quiz
    rater seno sinn sion sons sont stat statt tia weer
"""
_MISSPELLED = frozenset(spelling for word in _DOUBTS for spelling in misspellings(word)).difference(
    _TRUE_WORDS.split()
)

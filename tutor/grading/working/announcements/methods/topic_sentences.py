"""Sentences that hold for every problem of a topic: "add up and divide by how many"."""

from __future__ import annotations

import re

from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statistics import data_in
from tutor.grading.working.quantities.counting_words import with_decimal_points
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_LENGTH = 100
MIN_DATA = 3
_BY = r"(?:\s?(?:\*|×|·|x|times|mal|por|fois|乘以?)\s?)"
_SENTENCES = (  # what the statement is about, and what a line says of it
    (
        words(r"mean|average|mittelwert|durchschnitt|moyenne|media|promedio", "平均"),
        re.compile(
            r"(?:add|sum) (?:them |it |everything |all )?(?:all )?(?:up )?(?:and|then"
            r"|,) (?:then )?divide "
            r"by (?:how many(?: there are)?|the (?:number|count|amount)(?: of (?:values|numbers"
            r"|them|data))?)"
            r"|(?:alles )?(?:addieren|zusammenzählen) und (?:dann )?durch die anzahl (?:teilen"
            r"|dividieren)"
            r"|(?:on )?(?:additionne|ajoute) (?:tout )?et (?:on )?divise par (?:le nombre de "
            r"valeurs"
            r"|l'effectif)|(?:se )?sum(?:o|a|ar) (?:todo )?y (?:se )?divid(?:o|e|ir) (?:entre|por) "
            r"(?:cuántos|cuantos|el número de datos|el total de datos)(?: hay| son)?"
            r"|(?:全部)?(?:加起来|求和),?(?:再|然后)?除以个数",
            re.IGNORECASE,
        ),
    ),
    (
        words(r"prisms?|prisma\w{0,2}|prismes?", "棱柱"),
        re.compile(
            r"(?:v(?:ol(?:ume|\.)?)?(?: of (?:a |the )?prism)?|volumen(?: del prisma)?|体积"
            r"|V)\s?=\s?"
            rf"(?:area of (?:the )?cross[- ]?section{_BY}length|base area{_BY}(?:height|length)"
            rf"|cross[- ]?section(?:al)? area{_BY}length|grundfläche{_BY}(?:höhe|länge)|G{_BY}h"
            rf"|aire de (?:la )?base{_BY}hauteur|(?:área|area) de la base{_BY}altura"
            rf"|底面积{_BY}高)",
            re.IGNORECASE,
        ),
    ),
    (
        words(
            r"dilut\w{2,4}|water|wasser|eau|agua", "水"
        ),
        re.compile(
            r"(?:the )?(?:amount of )?(?:salt|sugar|acid|solute) (?:does ?n[o']t change"
            r"|stays the same)"
            r"(?: when (?:adding )?water(?: is added)?)?|(?:die )?(?:salz"
            r"|zucker)menge bleibt gleich"
            r"|la (?:quantité|masse) de (?:sel|sucre) ne change pas|la (?:cantidad de )?(?:sal"
            r"|azúcar)"
            r" no cambia|(?:加水(?:前)?后?)?(?:溶质|盐|糖)(?:的质量|量)?不变",
            re.IGNORECASE,
        ),
    ),
    (
        words(
            r"same (?:road|way|route)|(?:and )?back|returns?|zurück|retour|revient|vuelve|vuelta"
            r"|regres\w{1,3}",
            "返回|原路",
        ),
        re.compile(
            r"(?:the )?same distance (?:both ways|there and back|each way)|gleiche (?:strecke"
            r"|entfernung)"
            r" hin und zurück|(?:c'est )?la même distance (?:à )?l'aller et (?:au )?retour"
            r"|(?:la )?misma distancia (?:a la |de )?ida y (?:a la |de )?vuelta|(?:来回"
            r"|往返)(?:的)?路程"
            r"(?:相同|相等|一样)",
            re.IGNORECASE,
        ),
    ),
    (
        words(r"perimeter|umfang|périmètre|perímetro", "周长"),
        re.compile(
            r"(?:dont|don't|do not) forget (?:to add )?(?:the )?(?:two|2) radii|(?:remember"
            r"|and) (?:to )?"
            r"add (?:the )?(?:two|2) radii|(?:noch )?(?:die )?(?:zwei|2) radien (?:dazu|addieren)"
            r"|(?:ne pas oublier|on ajoute) les (?:deux|2) rayons|(?:hay que )?sum(?:ar"
            r"|o) (?:los )?"
            r"(?:dos|2) radios|(?:注意)?(?:扇形)?(?:的)?周长(?:要|还要)加(?:上)?(?:两条|2条)半径",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip
_SECTORS = words(r"sectors?|kreis(?:sektor|ausschnitt)\w{0,2}|secteurs?|sectores", "扇形")
_MEAN = re.compile(r"divi[ds]|teilen|÷|除以", re.IGNORECASE)
_STAYS = re.compile(r"chang|stays|bleibt|cambia|不变", re.IGNORECASE)
_ADDED = re.compile(r"add|pour|verse|geb|gieß|ajout|añad|加", re.IGNORECASE)
_NOT_ALL = re.compile(r"radi[iuoe]|rayons|半径", re.IGNORECASE)
_SOLUTE = re.compile(
    r"salt|sugar|acid|solute|salz|zucker|sel|sucre|sal|azúcar|溶质|盐|糖", re.IGNORECASE
)
_MORE_SOLUTE = re.compile(
    r"(?:加|加入)[^水，。]{0,8}(?:盐|糖)|add\w{0,3}[^.,]{0,20}(?:salt|sugar)"
    r"|(?:salz|zucker) (?:hinzu|dazu)|ajout\w{1,3}[^.,]{0,20}(?:sel|sucre)"
    r"|añad\w{1,4}[^.,]{0,20}(?:sal|azúcar)",
    re.IGNORECASE,
)


def is_topic_sentence(text: str, task: Task) -> bool:
    """Whether the statement is of the topic, and nothing in it speaks against the sentence."""
    if len(text) > MAX_LENGTH:
        return False
    for topic, sentence in _SENTENCES:
        if topic.search(task.text) and sentence.fullmatch(text):
            return _fits(text, task)
    return False


def _fits(text: str, task: Task) -> bool:
    """A mean is of data, radii belong to a sector, and salt stays where water alone is added."""
    if _MEAN.search(text) and len(data_in(with_decimal_points(plain_text(task.text)))) < MIN_DATA:
        return False  # an average speed is no mean of numbers
    if _NOT_ALL.search(text) and not _SECTORS.search(task.text):
        return False
    if _SOLUTE.search(text) and _STAYS.search(text):
        return bool(_ADDED.search(task.text)) and not _MORE_SOLUTE.search(task.text)
    return True

"""Words that answer a question, by their meanings: Mittwoch, mercredi and 星期三 are Wednesday."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.words import plain_words

MAX_CHARACTERS = 160
# The first word of a line names the meaning; "_" stands for a space.
_CONCEPTS = """
    monday mon montag lundi lunes 周一
    tuesday tue tues dienstag mardi martes 周二
    wednesday wed mittwoch mercredi miércoles 周三
    thursday thu thur thurs donnerstag jeudi jueves 周四
    friday fri freitag vendredi viernes 周五
    saturday sat samstag sonnabend samedi sábado 周六
    sunday sun sonntag dimanche domingo 周日 周天
    january jan januar jänner janvier enero 一月
    february feb februar février febrero 二月
    march mar märz mars marzo 三月
    april apr avril abril 四月
    may mai mayo 五月
    june jun juni juin junio 六月
    july jul juli juillet julio 七月
    august aug août agosto 八月
    september sep sept septembre septiembre 九月
    october oct oktober octobre octubre 十月
    november nov novembre noviembre 十一月
    december dec dezember décembre diciembre 十二月
    square quadrat carré cuadrado 正方形
    rectangle rechteck rectángulo 长方形 矩形
    rhombus raute losange rombo 菱形
    parallelogram parallelogramm parallélogramme paralelogramo 平行四边形
    trapezium trapezoid trapez trapèze trapecio 梯形
    kite drachenviereck cerf-volant 筝形
    quadrilateral viereck quadrilatère cuadrilátero 四边形
    triangle dreieck triángulo 三角形
    circle kreis cercle círculo 圆 圆形
    ellipse elipse 椭圆
    parabola parabel parabole parábola 抛物线
    hyperbola hyperbel hyperbole hipérbola 双曲线
    pentagon fünfeck pentagone pentágono 五边形
    hexagon sechseck hexagone hexágono 六边形
    octagon achteck octogone octógono 八边形
    cube würfel cubo 正方体 立方体
    cuboid quader rectangular_prism pavé_droit 长方体
    cylinder zylinder cylindre cilindro 圆柱 圆柱体
    cone kegel cône cono 圆锥 圆锥体
    sphere kugel sphère esfera 球 球体
    pyramid pyramide pirámide 棱锥
    prism prisma prisme 棱柱
    equilateral gleichseitig équilatéral equilátero 等边 等边三角形
    isosceles gleichschenklig isocèle isósceles 等腰 等腰三角形
    scalene ungleichseitig unregelmäßig scalène escaleno
    right-angled right_angled right_triangle rechtwinklig
    right-angled triangle_rectangle triángulo_rectángulo 直角三角形
    obtuse obtuse-angled stumpf stumpfwinklig obtus obtusangle obtuso obtusángulo 钝角 钝角三角形
    acute acute-angled spitz spitzwinklig aigu acutangle agudo acutángulo 锐角 锐角三角形
    parallel parallèle paralelo 平行
    perpendicular orthogonal senkrecht rechtwinkelig perpendiculaire 垂直
    skew windschief gauche 异面
    similar ähnlich semblable semejante 相似
    congruent kongruent deckungsgleich congruente 全等
    even gerade pair par 偶数 偶 偶函数
    odd ungerade impair impar 奇数 奇 奇函数
    prime prim primzahl premier primo 质数 素数
    composite zusammengesetzt composé compuesto 合数
    rational rationnel racional 有理数
    irrational irrationnel irracional 无理数
    positive positiv positif positivo 正 正数
    negative negativ négatif negativo 负 负数
    increasing increases steigend steigt wachsend croissant creciente 递增 增函数 单调递增
    decreasing decreases fallend fällt décroissant decreciente 递减 减函数 单调递减
    constant konstant constante 常数
    linear linéaire lineal 线性
    quadratic quadratisch quadratique cuadrática 二次
    exponential exponentiell exponentiel exponencial 指数
    convex konvex convexe convexo 凸
    concave konkav cóncavo 凹
    maximum max hochpunkt máximo 最大值 极大值
    minimum min tiefpunkt mínimo 最小值 极小值
    saddle_point sattelpunkt point-selle punto_de_silla 鞍点
    inflection_point point_of_inflection wendepunkt point_d'inflexion punto_de_inflexión 拐点
    continuous stetig continu continuo 连续
    converges convergent convergence konvergent konvergiert converge convergente 收敛
    diverges divergent divergence divergiert diverge divergente 发散
    independent unabhängig indépendant independiente 独立
    dependent abhängig dépendant dependiente 不独立
    mean average mittelwert durchschnitt arithmetisches_mittel moyenne media promedio 平均数
    median zentralwert médiane mediana 中位数
    mode modus modalwert moda 众数
    hypotenuse hypoténuse hipotenusa 斜边
    diameter durchmesser diamètre diámetro 直径
    radius rayon radio 半径
    numerator zähler numérateur numerador 分子
    denominator nenner dénominateur denominador 分母
    commutative kommutativ kommutativgesetz commutativité conmutativa conmutativo 交换律
    associative assoziativ assoziativgesetz associativité asociativa asociativo 结合律
    distributive distributiv distributivgesetz distributivité distributiva distributivo 分配律
    red rot rouge rojo 红 红色
    blue blau bleu azul 蓝 蓝色
    green grün vert verde 绿 绿色
    yellow gelb jaune amarillo 黄 黄色
    black schwarz noir negro 黑 黑色
    white weiß blanc blanco 白 白色
    yes yep yeah yup ja oui sí si 是 是的
    no nope nah nein non 否 不是 不
    true correct right wahr richtig vrai vraie verdadero verdadera 正确 对 真 真命题 √ ✓
    false incorrect wrong falsch faux fausse falso falsa 错误 错 不对 不正确 假 假命题 × ✗
"""
_MONTHS = """
    january february march april may june july august september october november december
"""
_NONE = re.compile(
    r"\b(?:there (?:is|are|exists?) )?(?:no|zero|0) (?:real )?(?:solutions?|roots?|answers?|zeros)"
    r"(?: exists?| possible)?\b|\b(?:unsolvable|impossible|unmöglich|unlösbar|imposible)\b"
    r"|\b(?:cannot|can't|can not) be solved\b|\bnot? (?:possible|solvable)\b|\bnicht lösbar\b"
    r"|\b(?:es gibt |hat )?keine (?:reellen? )?(?:lösung(?:en)?|nullstellen?)\b"
    r"|\b(?:(?:il )?n'(?:y )?a |n'admet )?(?:pas de|aucune) (?:solutions?|racines?)(?: réelles?)?\b"
    r"|\b(?:no (?:hay|tiene|existe) |sin |ninguna )(?:ninguna )?(?:solución|soluciones|raíces)"
    r"(?: real(?:es)?)?\b|(?:没有|无)(?:实数)?[解根]"
)
_ALL = re.compile(
    r"\b(?:all|any|every) (?:the )?(?:real |possible )?(?:numbers?|values?|x)(?: of x)?\b"
    r"|\b(?:all|any) (?:the )?reals\b|\bx can be anything\b|\balle reellen zahlen\b"
    r"|\bjede reelle zahl\b|\btous les (?:nombres )?réels\b|\btout (?:nombre )?réel\b"
    r"|\bn'importe quel (?:nombre )?réel\b|\btodos los (?:números )?reales\b"
    r"|\bcualquier (?:número |valor )?real\b|(?:全体|所有|任意|一切|任何)(?:的)?实数"
)
_INFINITE = re.compile(
    r"\b(?:there (?:are|is) )?(?:infinitely many|an infinite number of|infinite|unlimited)"
    r"(?: solutions?)?\b|\b(?:es gibt |hat )?unendlich viele(?: lösungen)?\b"
    r"|\b(?:il y a )?une infinité(?: de solutions)?\b|\b(?:hay |tiene )?infinitas soluciones\b"
    r"|(?:有)?(?:无数|无穷多)(?:个|组)?解"
)
_FILLER_WORDS = """
    a l = the an it is its it's thats are was be they this that these those on in of as so
    answer result i think called se llama llaman appelle s'appelle heißt nennt man
    because both two lines line shape figure equation equations system has have called said to be
    day month year event events number function graph sequence series therefore hence thus must
    can for x works holds true_for domain solution solutions statement triangle term my we get
    es ist sind der die das ein eine einer einem am im also antwort lösung gerade_n geraden linien
    figur gleichung gleichungen tag monat zahl funktion folge reihe das_ist nämlich beide für gilt
    c'est est sont le la les un une ce cet cette il elle elles ils donc réponse droites figure jour
    mois nombre fonction suite équation l' d' en à de du des pour
    angle winkel ángulo dreieck_ist 角 aussage behauptung affirmation proposition afirmación
    proposición claim
    es son el los las una unos ella ellos la_respuesta respuesta rectas figura día mes número
    función sucesión ecuación entonces por lo tanto al y et und and that's das's
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
_CHINESE_FILLERS = re.compile(
    "^(?:这|那|它|该|说法|句话|命题|陈述|是|为|答案|方程|组|两条?|直线|所以|因此|的|答|个|一个|图形|函数)+|(?:的|函数|直线|三角形){1,4}$"
)
_REASON = re.compile(
    r"[,;:.(]?\s?\b(?:because|since|weil|denn|da|car|parce|puisque|porque|ya que"
    r"|for example|for instance|zum beispiel|par exemple|por ejemplo)\b.*"
    r"|[,;(]?\s?(?:因为|例如|比如).*",
    re.DOTALL,
)
_WORD = re.compile(r"[\u4e00-\u9fff]+|[^\s,;()]+")
_ENDINGS = re.compile("(?:es|er|en|em|os|as|s|e|o|a)$")


def meaning_of(text: PlainText) -> tuple[str, ...]:
    """What an answer in words says, in English words, without those that add nothing."""
    plain = _with_statements(_REASON.sub("", plain_words(text)))
    words = [_meaning(word) for word in _WORD.findall(plain)]
    return tuple(word for word in dict.fromkeys(words) if word and word not in _FILLERS)


def is_meaning(word: str) -> bool:
    """Whether it is one of the words that `meaning_of` knows in several languages."""
    return word in _KNOWN


def _with_statements(plain: str) -> str:
    plain = _NONE.sub(" no_solution ", plain)
    plain = _INFINITE.sub(" infinitely_many ", _ALL.sub(" all_reals ", plain))
    for phrase, meaning in _PHRASES.items():
        if phrase in plain:
            plain = re.sub(rf"\b{re.escape(phrase)}\b", meaning, plain)
    return plain


@lru_cache(maxsize=512)
def _meaning(word: str) -> str:
    if word in _FILLERS:
        return word
    if "\u4e00" <= word[0] <= "\u9fff":
        bare = _CHINESE_FILLERS.sub("", word)
        return _MEANINGS.get(word) or _MEANINGS.get(bare) or bare
    return _MEANINGS.get(word) or _MEANINGS.get(_stem(word)) or word


def _stem(word: str) -> str:
    """Without accents and the ending for gender and number; short words as they are."""
    letters = unicodedata.normalize("NFD", word)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _ENDINGS.sub("", plain) if len(plain) > 4 else plain


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _CONCEPTS.split("\n"):
        meaning, *others = line.split() or [""]
        for word in (meaning, *others):
            table[word.replace("_", " ")] = meaning
            table.setdefault(_stem(word), meaning)
    return table


_MEANINGS = _table()
_KNOWN = frozenset(_MEANINGS.values())
# Weekdays and months: "12 March" is no number of something.
DATES = frozenset(
    word
    for word, meaning in _MEANINGS.items()
    if meaning.endswith("day") or meaning in _MONTHS.split()
) - {"may", "mar", "mars", "sat", "sun", "mon", "mai", "son"}
_PHRASES = {phrase: meaning for phrase, meaning in _MEANINGS.items() if " " in phrase}

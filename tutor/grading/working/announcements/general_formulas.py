"""Rules in letters or words, before anything is put in: "m = (y2 - y1)/(x2 - x1)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Term, Unreadable, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, unchecked
from tutor.grading.working.knowledge.formulas import term_of, words
from tutor.grading.working.task import Task

MAX_LENGTH = 120
_LINES = words(
    r"slope|line|gradient|gerade|steigung|droite|pente|recta|pendiente|collinear|points?",
    "直线|斜率",
)
_DETERMINANTS = words(r"det|determinants?|determinante|déterminants?", "行列式|vmatrix")
_DISTANCES = words(r"distance|length|midpoint|abstand|länge|distancia|longueur", "距离|长度")
_MODULI = words(r"modulus|complex|betrag|module|módulo|absolute", "模")
_QUADRATICS = words(
    r"solve|equation|löse|gleichung|résou\w{1,3}|équation|resuelve|ecuación|solutions?|zeros",
    "方程",
)
_SERIES = r"series|sequence|sum|folge|reihe|summe|suite|somme|sucesión|suma|serie"
_SERIES += r"|rows?|reihen|rangées?|filas|progresi[oó]n|progression|数列|和"
_ARITHMETIC = re.compile(  # what is called geometric has none of its formulas
    rf"\A(?!.{{0,4000}}(?:geometri|géométri|geométri|等比))(?=.{{0,4000}}(?:{_SERIES}))",
    re.IGNORECASE | re.DOTALL,
)
_GEOMETRIC = re.compile(
    rf"\A(?!.{{0,4000}}(?:arithmeti|arithméti|aritméti|等差))(?=.{{0,4000}}(?:{_SERIES}))",
    re.IGNORECASE | re.DOTALL,
)
_TRIANGLES = words(r"triangle|dreieck|triángulo", "三角形")
_INTEREST = words(
    r"interest|invest\w{0,4}|compounded|per annum|(?:ver)?zins\w{0,5}|intérêts?|interés",
    "利率|利息",
)
_MOTION = words(
    r"speed|velocity|km/h|m/s|geschwindigkeit|vitesse|velocidad|rides?|drives?", "速度|千米"
)
_DIVISIONS = words(r"quotient|cociente|remainder|rest|reste|resto", "余数|商")
_DENSITY = words(r"density|dichte|densité|densidad", "密度")
_KINETIC = words(r"kinetic|kinetische|cinétique|cinética", "动能")
_CIRCUITS = words(
    r"current|resist(?:or|ance)|voltage|strom\w{0,8}|widerstand|spannung|courant|résistance|corriente"
    r"|resistencia",
    "电流|电阻|电压",
)
_SPRINGS = words(r"springs?|federn?|ressorts?|resortes?|muelles?", "弹簧")
_VERTICES = words(
    r"vertex|parabola|scheitel\w{0,8}|parabel|sommet|parabole|vértice|parábola", "顶点|抛物线"
)
_UNIT_VECTORS = words(r"unit vector|einheitsvektor|vecteur unitaire|vector unitario", "单位向量")
_ARROW = re.compile(r"\s?(?:=>|⇒|⟹|->|→)\s?")
_CHANCES = re.compile(r"P\s?_|probab|wahrscheinl|概率", re.IGNORECASE)
_OTHER_EVENT = r"(?:Ā|A\u0304|A'|A\^c|¬A|\\(?:bar|overline)\s?\{?A\}?)"
_RULES_OF_CHANCES = re.compile(  # the two ways in which B may happen, and those of A or B
    r"P\(A(?:∪|or|oder|ou|o)B\)=P\(A\)\+P\(B\)[-−]P\(A(?:∩|and|und|et|y)B\)|"
    r"P\(B\)=(?:P\(A\)[·×*]?(?:P_\{?A\}?\(B\)|P\(B\|A\))"
    rf"\+P\({_OTHER_EVENT}\)[·×*]?(?:P_\{{?{_OTHER_EVENT}\}}?\(B\)|P\(B\|{_OTHER_EVENT}\))"
    rf"|P\(A∩B\)\+P\({_OTHER_EVENT}∩B\))"
)
_NORMAL = words(r"normal\w{0,12}|z-?\s?scores?|z-?werte?", "正态")
_RATIO = re.compile(  # cos(35°) = adjacent/hypotenuse
    r"(?P<name>sin|cos|tan)\s?\(?\s?(?:[a-zA-Zα-ωθ]|\d{1,2}(?:\.\d)?)\s?°?\s?\)?\s?=\s?"
    r"(?:(?:the|côté|cateto)\s)?"
    r"(?:(?P<opposite>opp(?:osite|osé|\.)?|opuesto|gegenkathete|gk|对边)"
    r"|(?P<adjacent>adj(?:acente?|\.)?|adyacente|ankathete|ak|邻边))(?: side)?"
    r"\s?/\s?(?:(?:the|côté|cateto)\s)?"
    r"(?:(?P<hypotenuse>hyp(?:ot[eé]nuse|\.)?|hipotenusa|hy|斜边)"
    r"|(?P<below>adj(?:acente?|\.)?|adyacente|ankathete|ak|邻边))(?: side)?",
    re.IGNORECASE,
)
_RIGHT_TRIANGLES = words(
    r"right[- ]?(?:angled )?(?:triangle)?|rechtwinklig\w{0,2}|rectangle|rectángulo|ladder|leiter"
    r"|échelle|escalera|hypotenuse|hypoténuse|hipotenusa",
    "直角",
)
_AREAS = words(r"area|fläche\w{0,8}|aire|área|flächeninhalt", "面积")
_SUMS = re.compile(r"\d\s?\+\s?\d{1,3}\s?\+\s?(?:\d{1,3}\s?\+\s?)?(?:\.{2,3}|…|⋯|\\[lc]?dots)")
_SECTORS = words(r"sectors?|kreisausschnitt\w*|secteur|sector", "扇形")
_INVERSE_PROPORTION = words(
    r"inversely|antiproportional|umgekehrt proportional|inversement|inversamente", "反比例"
)
_PROPORTION = words(
    r"(?:directly )?proportional|proportionnelle?s?|directamente|proporcional(?:es)?", "正比例"
)
_OF_SERIES = r"s|s_?n|sum|summe|somme|sum to infinity|[a-gt-w]_?\(?n\)?"
_FORMULAS = (  # topic, names of what it gives, terms
    (_LINES, "m|k|a|slope|gradient|pente|steigung|pendiente|coef directeur|斜率",
     ("(y_2-y_1)/(x_2-x_1)", "(y_1-y_2)/(x_1-x_2)")),
    (_DETERMINANTS, "det|d|determinant|determinante|déterminant|行列式", ("a*d-b*c",)),
    (_DISTANCES, "d|distance|abstand|length|l|距离",
     (r"\sqrt{(x_2-x_1)^2+(y_2-y_1)^2}", r"\frac{|A*x_0+B*y_0+C|}{\sqrt{A^2+B^2}}",
      r"\frac{|a*x_0+b*y_0+c|}{\sqrt{a^2+b^2}}")),
    (_MODULI, r"\|z\||r|modulus|betrag|module", (r"\sqrt{a^2+b^2}", r"\sqrt{x^2+y^2}")),
    (_QUADRATICS, "d|disc\\w{0,9}|Δ|delta", ("b^2-4*a*c",)),
    (_ARITHMETIC, _OF_SERIES,
     ("a_1+(n-1)*d", "a+(n-1)*d", "a_0+n*d", "a_1+(n-1)*r", "a_0+n*r", r"\frac{n*(a_1+a_n)}{2}",
      r"\frac{n}{2}*(2*a+(n-1)*d)", r"\frac{n}{2}*(2*a_1+(n-1)*d)")),
    (_GEOMETRIC, _OF_SERIES,
     (r"\frac{a}{1-r}", r"\frac{a_1}{1-q}", r"\frac{a_1}{1-r}", "a*r^(n-1)", "a_1*r^(n-1)",
      "a_1*q^(n-1)", "a_0*q^n", "a_0*r^n", r"\frac{a*(1-r^n)}{1-r}", r"\frac{a*(r^n-1)}{r-1}",
      r"\frac{a_1*(1-q^n)}{1-q}", r"\frac{a_1*(q^n-1)}{q-1}")),
    (_TRIANGLES, "a|area|fläche|aire|s", (r"\frac{1}{2}*b*h", r"\frac{1}{2}*a*h")),
    (_SUMS, "s|s_?n|summe?|sum|somme|suma", (r"\frac{n*(n+1)}{2}",)),
    (_SECTORS, "a|s|aire|área|area", (r"\pi*r^2*a/360", r"\pi*r^2*\alpha/360",
     r"\frac{\alpha}{360}*\pi*r^2")),
    (_INVERSE_PROPORTION, "y", ("k/x",)),
    (_INVERSE_PROPORTION, "k", ("x*y",)),
    (_PROPORTION, "y", ("k*x",)),
    (_PROPORTION, "k", ("y/x",)),
    (_TRIANGLES, "c^2|c²", ("a^2+b^2", r"a^2+b^2-2*a*b*\cos(C)")),
    (_INTEREST, "z|zinsen|i|interest|intérêts?|interés",
     ("K*p*t/(100*12)", "K*p*m/(100*12)", "K*p*t/1200", "K*p*m/1200", "K*p*t/100", "K*p/100",
      "P*r*t", "P*r*t/100", "C*t*n", "C*r*t/100")),
    (_LINES, "y", ("m*x+b", "m*x+c", "m*x+n", "m*x+t", "m*x+p", "k*x+b", "a*x+b")),
    (_DIVISIONS, "d|n|dividend|dividendo|dividende", ("d*c+r", "d*q+r", "b*q+r")),
    (_INTEREST, "a|k|v|fv|k_?n|c_?n",
     ("P*(1+r/n)^(n*t)", "P*(1+r/m)^(m*t)", "P*(1+r/k)^(k*t)", "C*(1+r/n)^(n*t)", "P*e^(r*t)",
      "C*(1+i/m)^(m*t)", "K*(1+p/100)^n", "K*(1+p/n)^(n*t)", "K*q^n", "K_0*q^n", "P*(1+i)^t",
      "P*(1+r)^n", "P*(1+r)^t", "K*(1+p)^n", "P*(1+i)^n", "P*(1+i*n)", "P*(1-i)^n", "C*(1+i)^n",
      "C*(1+t)^n", "K*(1+i)^n", "P*(1+r*t)", "P*(1+r*n)")),
    (_MOTION, "speed|v", ("s/t", "d/t")),
    (_MOTION, "time|t", ("s/v", "d/v")),
    (_MOTION, "distance|s|d", ("v*t",)),
    (_DENSITY, "density|d|ρ", ("m/V",)),
    (_KINETIC, "e|e_?k|e_?kin|e_?c|k|ke|kinetic energy|动能", (r"\frac{1}{2}*m*v^2",)),
    (_CIRCUITS, "p|power|leistung|puissance|potencia", ("V*I_0", "U*I_0")),
    (_CIRCUITS, "v|u", ("I_0*R",)),
    (_CIRCUITS, "i", ("V/R", "U/R")),
    (_CIRCUITS, "r", ("V/I_0", "U/I_0")),
    (_SPRINGS, "f", ("k*x", "k*s", "D*s")),
    (_SPRINGS, "k|d", ("F/x", "F/s")),
    (_VERTICES, "x_?[vs0]?|h", ("-b/(2*a)",)),
    (_AREAS, "area|a|f|s|fläche|aire|área|面积",
     (r"\frac{1}{2}*(a+c)*h", r"\frac{1}{2}*(a+b)*h", "l*w")),
)  # fmt: skip
_QUANTITIES = (  # words of a formula, and their letters
    (
        words(r"the sum of the parallel sides|sum of the parallel sides|sum of parallel sides"),
        "(a+c)",
    ),
    (words(r"distance|way|strecke|weg|distancia", "路程"), "s"),
    (words(r"time|zeit|temps|tiempo", "时间"), "t"),
    (words(r"speed|velocity|geschwindigkeit|vitesse|velocidad", "速度"), "v"),
    (words(r"mass|masse|masa", "质量"), "m"),
    (words(r"volume|volumen", "体积"), "V"),
    (words("upper base", "上底"), "a"),
    (words("lower base", "下底"), "c"),
    (words(r"base|grundseite|grundlinie", "底"), "b"),
    (words(r"height|höhe|hauteur|altura", "高"), "h"),
    (words(r"half of|half|die hälfte von"), " (1/2)*"),
    (words(r"times|mal|fois|por"), "*"),
    (words(r"divided by|over|durch|divisé par|entre"), "/"),
    (words(r"the|der|die|das|la|le|el"), " "),
)
_SUBSCRIPTS = str.maketrans(
    {"₀": "_0", "₁": "_1", "₂": "_2", "²": "^2", "·": "*", "×": "*", "ₙ": "_n"}
)
_POINT = re.compile(r"(?<![A-Za-z\\])([xy])_?(?:\{?([0-2AB])\}?)(?![A-Za-z])")
_BESIDE_POINT = re.compile(r"(?<![A-Za-z\\])([ABab])([xy])_?0(?![A-Za-z\d])")  # |Ax0 + By0 + C|
_CAPITAL_I = re.compile(r"(?<![A-Za-z\\])I(?![A-Za-z_])")
_INDEX = {"A": "1", "B": "2"}
_MEMBER = re.compile(r"(?<![A-Za-z\\])[a-gt-w](?:_?\{?([01n])\}?|\(([01n])\))(?![A-Za-z\d(])")
_CORNERS = str.maketrans({"α": "A", "β": "B", "γ": "C", "∠": None, "\\": None})
_SIDE_AND_SINE = "|".join(rf"{s}\s?/\s?s[ie]n\s?\(?\s?{s}\s?\)?" for s in "abc")
_SINE_AND_SIDE = "|".join(rf"s[ie]n\s?\(?\s?{s}\s?\)?\s?/\s?{s}" for s in "abc")
_SINE_RULE = re.compile(
    r"(?:[^:=]{3,30}[:：]\s?)?(?:"
    rf"(?:{_SIDE_AND_SINE})(?:\s?=\s?(?:{_SIDE_AND_SINE})){{1,2}}"
    rf"|(?:{_SINE_AND_SIDE})(?:\s?=\s?(?:{_SINE_AND_SIDE})){{1,2}})",
    re.IGNORECASE,
)
_TANGENTS = words(r"tangente?s?", "切线")
_TANGENT = re.compile(  # y = f'(2)(x - 2) + f(2), whose 2 the statement tells
    r"(?:[^:=]{1,12}:\s?)?y\s?=\s?([fgh])'\s?\(([^()]{1,6})\)\s?[·*×]?\s?\(\s?x\s?[-−]\s?\2\s?\)"
    r"\s?\+\s?\1\s?\(\2\)"
)
_TOPICS = (  # what the statement is about, and what a line tells of it in words
    (_TRIANGLES, words(
        r"(?:sum of (?:the )?angles|angles? sum|angles add up to|winkelsumme|somme des angles)"
        r"(?: of (?:a|the) triangle| in (?:a|the|every) triangle| im dreieck)?"
        r"(?: is| ist|:| =| beträgt| est)? ?180(?: ?°| ?degrees| ?grad)?",
        "内角和(?:是|为)?180°?")),
    (words(r"perpendicular|orthogonal|senkrecht|perpendiculaires?|perpendiculares", "垂直|perp"),
     words(r"(?:perpendicular |orthogonal )?(?:means|if|when|iff)?(?: the)? ?"
           r"(?:dot|scalar) product (?:is |= ?|must be |has to be )?(?:0|zero)",
           "∵ ?a ?⊥ ?b ?[,，]? ?∴ ?a ?[·⋅] ?b ?= ?0|数量积(?:为|等于)0")),
    (_UNIT_VECTORS, re.compile(
        r"(?:the |der |le |el )?"
        r"(?:unit vector|einheitsvektor|vecteur unitaire|vector unitario|单位向量|[euâ])"
        r"\s?=\s?([a-z])\s?/\s?\|\s?\1\s?\|", re.IGNORECASE)),
    (_NORMAL, re.compile(
        r"z\s?=\s?(?:\(\s?(?:x|score)\s?[-−]\s?(?:μ|µ|mu|mean)\s?\)\s?/\s?(?:σ|sigma|sd|SD)"
        r"|\\frac\{x\s?-\s?\\mu\}\{\\sigma\})")),
    (words(r"exactly one|one (?:real )?solution|double root|genau eine"),
     words(r"(?:exactly )?one (?:real )?solution (?:<=>|⇔|means|if|when)(?: the)? ?"
           r"disc(?:riminant)?(?: is|=| =)? ?(?:0|zero)")),
)  # fmt: skip


def judge_general_formula(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Given for a rule that holds in general, on the topic of the statement; else None."""
    text = text.strip(" .,;:!")
    if len(text) > MAX_LENGTH:
        return None
    if any(t.search(task.text) and told.fullmatch(text) for t, told in _TOPICS):
        return unchecked(ClaimRelation.DEFINE)
    if _TRIANGLES.search(task.text) and _SINE_RULE.fullmatch(text.translate(_CORNERS)):
        return unchecked(ClaimRelation.DEFINE)
    if _RIGHT_TRIANGLES.search(task.text) and _is_ratio(text):
        return unchecked(ClaimRelation.DEFINE)
    if _CHANCES.search(task.text) and _RULES_OF_CHANCES.fullmatch(text.replace(" ", "")):
        return unchecked(ClaimRelation.DEFINE)
    tangent = _TANGENT.fullmatch(text) if _TANGENTS.search(task.text) else None
    if tangent is not None and (tangent[2].isalpha() or tangent[2] in task.text):
        return unchecked(ClaimRelation.DEFINE)
    are_rules = all(_is_rule(part, task, budget) for part in _ARROW.split(text))
    return unchecked(ClaimRelation.DEFINE) if are_rules else None


def _is_rule(text: str, task: Task, budget: WorkBudget) -> bool:
    """Whether it is one equation, of a quantity and a known term for it."""
    name, sign, right = text.rpartition("=")
    name = name.strip().rpartition(":")[2].strip()
    if not sign or not name or any(digit in right for digit in "3456789"):
        return False
    own = _read(right)
    if own is None or len(free_names(own)) < 2:
        return False
    return any(_is_same(own, term, budget) for term in _terms(name, task))


def _is_ratio(text: str) -> bool:
    """Whether it is the right one of two sides: the sine is no side beside the angle."""
    ratio = _RATIO.fullmatch(text)
    if ratio is None:
        return False
    top, bottom = {"sin": ("opposite", "hypotenuse"), "cos": ("adjacent", "hypotenuse"),
                   "tan": ("opposite", "below")}[ratio["name"].casefold()]  # fmt: skip
    return ratio[top] is not None and ratio[bottom] is not None


def _terms(name: str, task: Task) -> Iterator[Term]:
    for topic, names, texts in _FORMULAS:
        if topic.search(task.text) and re.fullmatch(names, name, re.IGNORECASE):
            yield from map(term_of, texts)


def _read(text: str) -> Term | None:
    text = _MEMBER.sub(lambda match: f"a_{match[1] or match[2]}", text.translate(_SUBSCRIPTS))
    text = _CAPITAL_I.sub("I_0", text)  # a current, and not the imaginary unit
    text = _POINT.sub(lambda match: f"{match[1]}_{_INDEX.get(match[2], match[2])}", text)
    text = _BESIDE_POINT.sub(r"\1*\2_0", text)
    for pattern, letter in _QUANTITIES:
        text = pattern.sub(letter, text)
    with suppress(Unreadable, RecursionError):
        value = read_expression(text.strip())
        return value if is_term(value) else None
    return None


def _is_same(own: Term, formula: Term, budget: WorkBudget) -> bool:
    if free_names(own) != free_names(formula):
        return False
    return own == formula or same_value(own, formula, budget).equal is True

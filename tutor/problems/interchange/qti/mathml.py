"""MathML as TeX: the presentation elements of school mathematics."""

import html

from tutor.problems.interchange.unknown_kinds import unknown_formula
from tutor.problems.interchange.xml_tree import Node

_SIGNS = {
    "⋅": r"\cdot ",
    "·": r"\cdot ",
    "×": r"\times ",
    "÷": r"\div ",
    "±": r"\pm ",
    "≤": r"\le ",
    "≥": r"\ge ",
    "≠": r"\ne ",
    "∞": r"\infty ",
    "π": r"\pi ",
    "→": r"\to ",
    "−": "-",
    "\u2062": "",
    "\u2061": "",
    "\u2063": "",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "α": r"\alpha ",
    "β": r"\beta ",
    "γ": r"\gamma ",
    "∈": r"\in ",
    "∪": r"\cup ",
    "∫": r"\int ",
    "∑": r"\sum ",
    "√": r"\surd ",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
}
_FUNCTIONS = {"sin", "cos", "tan", "ln", "log", "exp", "lim", "min", "max"}
_FORMATS = {
    "mfrac": r"\frac{%s}{%s}",
    "msup": "{%s}^{%s}",
    "msub": "{%s}_{%s}",
    "msubsup": "{%s}_{%s}^{%s}",
    "munderover": "{%s}_{%s}^{%s}",
    "munder": "{%s}_{%s}",
    "mover": r"\overset{%s}{%s}",
}
_ROWS = ("math", "mrow", "mstyle", "mpadded", "merror", "mphantom")


def to_tex(node: Node) -> str:
    """Raises InvalidRecord for an element that is not known."""
    inside = [to_tex(child) for child in node.children]
    if node.name in _ROWS:
        return "".join(inside)
    if node.name in ("mi", "mn", "mo"):
        return _sign(node.whole_text.strip())
    if node.name in ("mtext", "ms"):
        return rf"\text{{{node.whole_text}}}" if node.whole_text.strip() else r"\ "
    if node.name == "mspace":
        return r"\ "
    if node.name == "msqrt":
        return rf"\sqrt{{{''.join(inside)}}}"
    if node.name == "mroot" and len(inside) == 2:
        return rf"\sqrt[{inside[1]}]{{{inside[0]}}}"
    if node.name == "mfenced":
        opening = node.attributes.get("open", "(")
        separated = node.attributes.get("separators", ",")[:1].join(inside)
        return rf"\left{opening}{separated}\right{node.attributes.get('close', ')')}"
    if node.name == "mtable":
        return r"\begin{matrix}" + r" \\ ".join(inside) + r"\end{matrix}"
    if node.name == "mtr":
        return " & ".join(inside)
    if node.name == "mtd":
        return "".join(inside)
    if node.name == "semantics" and inside:
        return inside[0]
    if node.name.startswith("annotation"):
        return ""
    form = _FORMATS.get(node.name)
    if form is None or form.count("%s") != len(inside):
        raise unknown_formula(node.name)
    order = inside[::-1] if node.name == "mover" else inside
    return form % tuple(order)


def _sign(text: str) -> str:
    if text in _FUNCTIONS:
        return rf"\{text} "
    signs = "".join(_SIGNS.get(character, character) for character in text)
    return rf"\mathrm{{{signs}}}" if len(text) > 1 and text.isalpha() else signs


def formula_markup(node: Node) -> str:
    """A formula in the delimiters that our HTML reader knows."""
    tex = to_tex(node)
    is_block = node.attributes.get("display") == "block"
    return html.escape(rf"\[{tex}\]" if is_block else rf"\({tex}\)", quote=False)

"""Converts LaTeX formulas to Typst's notation, through MathML.

Every character of the formula is escaped or quoted, so Typst reads none of it as a command.
"""

import html
import re
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from latex2mathml import converter

_Writer = Callable[[Element, int], str]
MAX_LENGTH = 4_000  # characters of one formula
_MAX_DEPTH = 40
_ACCENTS = {
    **dict.fromkeys("→⃗", "arrow"),
    **dict.fromkeys("^ˆ", "hat"),
    **dict.fromkeys("~˜", "tilde"),
    **dict.fromkeys("―¯‾_", "overline"),
    "˙": "dot",
    "¨": "dot.double",
    "⏞": "overbrace",
}
_BELOW = {**dict.fromkeys("―¯_", "underline"), "⏟": "underbrace"}
_FRAME = "stroke: 0.5pt, inset: 3pt"
_TO_THE_EDGES = '#set text(top-edge: "bounds", bottom-edge: "bounds");'
_STROKES = {
    "updiagonalstrike": "",
    "downdiagonalstrike": "inverted: #true, ",
    "updiagonalstrike downdiagonalstrike": "cross: #true, ",
}
_PRIMES = {"′": 1, "″": 2, "‴": 3, "⁗": 4}
_LIMITS = {"lim", "max", "min", "sup", "inf", "limsup", "liminf"}
_LIMITS_OF_NOTHING = re.compile(r"\\(?:no)?limits(?!\s*[_^]|[A-Za-z])")
_OPENING, _CLOSING = set("([{|‖⟨⌊⌈"), set(")]}|‖⟩⌋⌉")
_FENCE = {"stretchy": "true", "fence": "true"}
_BARE = re.compile(r"[A-Za-z]|\d+(\.\d+)?")
_NO_LINE = ("0", "0em", "0px")  # of a fraction
_BLANK_EM = 0.25
_EM = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?=em)")


class Untypeset(ValueError):
    """A formula that cannot be put into Typst's notation."""


def to_typst(latex: str) -> str:
    """The formula as Typst writes it between dollar signs. Raises Untypeset."""
    if len(latex) > MAX_LENGTH:
        raise Untypeset(f"need at most {MAX_LENGTH} characters, got {len(latex)}")
    latex = re.sub(r"\\(begin|end)\{(aligned|gathered)\}", r"\\\1{align*}", latex)
    latex = _LIMITS_OF_NOTHING.sub("", latex)
    try:
        tree = converter.convert_to_element(latex)
    except Exception as error:  # the library has a dozen of them, and no base
        raise Untypeset(str(error)) from error
    _pair_brackets(tree)
    try:
        return _written(tree, 0)
    except (ValueError, IndexError) as error:  # an element without the parts that it needs
        raise Untypeset(str(error)) from error


def _pair_brackets(tree: Element) -> None:
    """A matrix or a binomial coefficient and its brackets become a row of their own.

    The library puts them beside their neighbours: two matrices would get one bracket for both, and
    the power of a matrix four parts.
    """
    for node in list(tree.iter()):
        children = list(node)
        for left, inner, right in zip(children, children[1:], children[2:], strict=False):
            if _is_bracketed(left, inner, right):
                row = Element("mrow")
                row.extend([_bracket(left, "prefix"), inner, _bracket(right, "postfix")])
                node.insert(list(node).index(left), row)
                for part in (left, inner, right):
                    node.remove(part)


def _is_bracketed(left: Element, inner: Element, right: Element) -> bool:
    is_tall = inner.tag == "mtable" or inner.get("linethickness") in _NO_LINE
    is_between = left.tag == right.tag == "mo" and not (left.get("form") or right.get("form"))
    return is_tall and is_between and _text(left) in _OPENING and _text(right) in _CLOSING


def _bracket(mark: Element, form: str) -> Element:
    bracket = Element("mo", {**_FENCE, "form": form})
    bracket.text = mark.text
    return bracket


def _written(node: Element, depth: int) -> str:
    if depth > _MAX_DEPTH:
        raise Untypeset(f"need at most {_MAX_DEPTH} levels")
    write = _WRITERS.get(node.tag)
    if write is None:
        raise Untypeset(f"there is no element {node.tag}")
    return write(node, depth + 1)


def _text(node: Element) -> str:
    return html.unescape(node.text or "")


def _escaped(text: str) -> str:
    if _BARE.fullmatch(text):
        return text
    return " ".join(char if char.isalnum() else f"\\{char}" for char in text if not char.isspace())


def quoted(text: str) -> str:
    """The text as a string of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _word(node: Element, _depth: int) -> str:
    text = _text(node)
    if text.startswith("\\"):
        raise Untypeset(f"there is no command {text}")
    if text == "&":  # where a line is to be aligned
        return ""
    if size := _EM.match(node.get("minsize", "")):  # \big and its like
        return f"lr(size: #{size[0]}em, {_escaped(text)})"
    if len(text) == 1 and node.get("mathvariant") == "normal":
        return f"upright({_escaped(text)})"
    if len(text) > 1 and text.isalpha():
        return f'op("{text}", limits: #{"true" if text in _LIMITS else "false"})'
    return _escaped(text)


def _quotation(node: Element, _depth: int) -> str:
    text = re.sub(r"\\([%$&#_{}])", r"\1", _text(node)).replace("\N{NO-BREAK SPACE}", " ")
    return quoted(text) if text.strip() else f"#h({len(text) * _BLANK_EM:.2f}em)"


def _all(nodes: list[Element], depth: int) -> str:
    """Mark bars as pairs: otherwise Typst spaces them like operators."""
    written = [_written(node, depth) for node in nodes]
    bars = [index for index, node in enumerate(nodes) if node.tag == "mo" and _text(node) == "|"]
    if len(bars) % 2 == 0:
        for index, side in zip(bars, ["opening", "closing"] * len(bars), strict=False):
            written[index] = f'class("{side}", {written[index]})'
    return _beside(filter(None, written))


def _beside(parts: Iterable[str]) -> str:
    """Join the parts; a space beside a text would be visible in Typst."""
    whole = ""
    for part in parts:
        touches = not whole or whole.endswith('"') or part.startswith('"')
        whole += part if touches else f" {part}"
    return whole


def _row(node: Element, depth: int) -> str:
    nodes = list(node)
    written = _all(nodes, depth)
    edges = [nodes[0], nodes[-1]] if len(nodes) > 1 else []
    # Brackets that grow with what is between them; one of the two may be missing.
    if any(edge.get("fence") == "true" and edge.get("form") for edge in edges):
        return f"lr({written})"
    return written


def _group(node: Element, depth: int) -> str:
    return _written(node, depth) or '""'


def _filled(node: Element, depth: int) -> str:
    return _all(list(node), depth) or '""'


def _call(name: str, parts: int) -> _Writer:
    def write(node: Element, depth: int) -> str:
        if len(node) != parts:
            raise Untypeset(f"{name} needs {parts} parts, got {len(node)}")
        return f"{name}({', '.join(_group(child, depth) for child in node)})"

    return write


def _fraction(node: Element, depth: int) -> str:
    if node.get("linethickness") in _NO_LINE:
        above, below = (_group(child, depth) for child in node)
        return f"vec(delim: #none, {above}, {below})"
    return _call("frac", 2)(node, depth)


def _square_root(node: Element, depth: int) -> str:
    return f"sqrt({_filled(node, depth)})"


def _root(node: Element, depth: int) -> str:
    base, index = node
    return f"root({_group(index, depth)}, {_group(base, depth)})"


def _attached(*places: str) -> _Writer:
    def write(node: Element, depth: int) -> str:
        base, *scripts = node
        above = html.unescape("".join(scripts[-1].itertext()))
        if places == ("t",) and above and set(above) <= _PRIMES.keys():
            count = sum(_PRIMES[mark] for mark in above)
            return f"attach({_group(base, depth)}, tr: primes(#{count}))"
        pairs = zip(places, scripts, strict=True)
        attachments = ", ".join(f"{position}: {_group(other, depth)}" for position, other in pairs)
        return f"attach({_group(base, depth)}, {attachments})"

    return write


def _over(node: Element, depth: int) -> str:
    base, above = node
    if accent := _ACCENTS.get(_text(above).strip() if above.tag == "mo" else ""):
        return f"{accent}({_group(base, depth)})"
    return f"attach(limits({_group(base, depth)}), t: {_group(above, depth)})"


def _under(node: Element, depth: int) -> str:
    base, below = node
    if accent := _BELOW.get(_text(below).strip() if below.tag == "mo" else ""):
        return f"{accent}({_group(base, depth)})"
    return f"attach(limits({_group(base, depth)}), b: {_group(below, depth)})"


def _under_and_over(node: Element, depth: int) -> str:
    base, below, above = (_group(child, depth) for child in node)
    return f"attach(limits({base}), b: {below}, t: {above})"


def _table(node: Element, depth: int) -> str:
    # As large as what stands around the table, and not as the parts of a fraction are.
    rows = [[f"inline({_filled(cell, depth)})" for cell in row] for row in node]
    aligned = {cell.get("columnalign") for row in node for cell in row}
    align = "left" if aligned == {"left"} else "center"
    written = "; ".join(", ".join(row) for row in rows)
    return f"mat(delim: #none, align: #{align}, row-gap: #0.5em, {written})"


def _space(node: Element, _depth: int) -> str:
    if node.get("linebreak"):
        return "\\ "
    width = _EM.match(node.get("width", ""))
    return f"#h({float(width[0]):.3f}em)" if width else ""


def _enclosed(node: Element, depth: int) -> str:
    inner = _filled(node, depth)
    strokes = _STROKES.get(node.get("notation", ""))
    if strokes is not None:
        return f"cancel({strokes}{inner})"
    return f"#box({_FRAME})[{_TO_THE_EDGES}$display({inner})$]"


def _styled(node: Element, depth: int) -> str:
    inner = _row(node, depth)
    return f"display({inner})" if inner and node.get("displaystyle") == "true" else inner


_WRITERS: dict[str, _Writer] = {
    **dict.fromkeys(("math", "mrow", "mpadded", "semantics"), _row),
    "mstyle": _styled,
    **dict.fromkeys(("mi", "mn", "mo"), _word),
    **dict.fromkeys(("mtext", "ms"), _quotation),
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "msup": _attached("t"),
    "msub": _attached("b"),
    "msubsup": _attached("b", "t"),
    "mover": _over,
    "munder": _under,
    "munderover": _under_and_over,
    "mtable": _table,
    "mspace": _space,
    "menclose": _enclosed,
}

"""Answers, lines and steps that ask for as much work as two thousand characters can."""

from __future__ import annotations

from collections.abc import Iterator

KEYS = {
    "number": "17",
    "root": r"\sqrt{7}",
    "expression": "x^2+3x",
    "equation": "x^2=2",
    "line": "y=3x+7",
    "curve": "x^2+y^2=1",
    "solution": "x=2",
    "interval": r"(-\infty,3)\cup(4,\infty)",
    "inequality": "x>7",
    "half plane": "x<y",
    "set": r"\{7,11\}",
    "point": "(7,11)",
    "list": "1, 7, 11",
    "matrix": r"\begin{pmatrix}7&2\\3&11\end{pmatrix}",
    "quantity": r"17\text{ cm}",
    "ratio": "7:11",
    "system": r"\begin{cases}x+y=1\\x-y=2\end{cases}",
    "word": "parallel",
    "choice": "D",
}


def _sines(count: int, name: str = "x") -> str:
    return rf"\sum_{{k=1}}^{{{count}}}\sin(k{name})"


def _joined(sign: str, pattern: str, count: int, start: int = 1) -> str:
    return sign.join(pattern.replace("#", str(number)) for number in range(start, start + count))


def _matrix(size: int, pattern: str = "a_{#}") -> str:
    rows = (_joined("&", pattern, size, size * row) for row in range(size))
    return r"\begin{pmatrix}" + r"\\".join(rows) + r"\end{pmatrix}"


def _nested(pattern: str, core: str, depth: int) -> str:
    for _ in range(depth):
        core = pattern.replace("#", core)
    return core


def numbers() -> Iterator[str]:
    """Without variables."""
    yield from (f"2^{{{n}}}" for n in (20_000, 30_000, 59_999))
    yield from (f"{n}!" for n in (2_999, 3_000, 5_000, 100_000))
    yield _joined("+", "#!", 150, 2_700)
    yield _joined(r"\cdot", "#!", 150, 2_700)
    yield _joined("+", r"\frac{1}{#!}", 100, 2_000)
    yield _joined("+", r"\frac{#}{3^{#}}", 150, 2_000)
    yield _joined("+", r"\frac{1}{#^{4000}}", 90, 3)
    yield _joined(r"\cdot", r"\frac{#}{7^{#}}", 150, 900)
    yield _joined("+", r"\binom{3000}{#}", 130, 1_400)
    yield _joined("+", r"\frac{1}{\binom{3000}{#}}", 80, 1_400)
    yield _joined("+", r"\gcd(3^{9999},6^{#})", 70, 9_000)
    yield _joined("+", r"\operatorname{lcm}(2999!,#!)", 50, 2_000)
    yield r"\gcd(" + "7" * 900 + "," + "3" * 900 + ")"
    yield "+".join([r"\gcd(2^{50000}-1,3^{30000}-1)"] * 50)
    yield _joined("+", r"\sqrt{2^{50000}+#}", 80)
    yield _joined("+", r"\sqrt[#]{2^{50000}+1}", 60, 2)
    yield _joined("+", r"\sqrt[#]{3^{33333}}", 60, 2)
    yield _nested(r"\sqrt{2+#}", "2", 150)
    yield _nested(r"\frac{1}{1+#}", "3", 140)
    yield _nested(r"\frac{1}{1+#}", r"\sqrt{3}", 140)
    yield _nested(r"\frac{#}{1+\frac{1}{7}}", "3", 80)
    yield _nested("(#)^{1.1}", "3", 200)
    yield _nested("2^{#/9}", "3", 200)
    yield _nested(r"\ln(2+#)", "3", 150)
    yield _nested(r"\left|#-1\right|", "3", 90)
    yield _nested(r"\sin(#)", "3", 200)
    yield _nested("e^{#}", "0.1", 150)
    yield _joined("+", r"e^{-#^{3}}", 120)
    yield _joined("+", r"10^{-#00}\sqrt{#}", 90, 20)
    yield _joined("+", r"e^{#\pi}", 150, 30)
    yield _joined("+", r"\Gamma(#.5)", 150, 100)
    yield _joined("+", r"\Gamma(\frac{1}{#})", 100)
    yield _joined(r"\cdot", r"\Gamma(10^{#})", 90, 10)
    yield r"\Gamma(10^{-300})\cdot\sin(10^{-300})\cdot 10^{300}"
    yield r"(10^{20}+\frac12)!-(10^{20})!"
    yield r"\binom{10^{12}}{10^{11}}"
    yield _joined("+", r"\binom{10^{12}+#}{\sqrt2}", 80)
    yield _joined("+", r"\cot(10^{#})", 100, 100)
    yield r"\sin(2^{20000})+\cos(3^{10000})"
    yield _joined("+", r"\sin(2^{#})", 130, 9_000)
    yield _joined("+", r"\arctan(2^{#}+\pi)", 100, 5_000)
    yield r"\sqrt{10^{7000}+1}-10^{3500}"
    yield _joined("+", r"(\sqrt{10^{#}+1}-10^{#})", 70, 1_000)
    yield r"(\sqrt2+1)^{9999}-(\sqrt2-1)^{9999}"
    yield _joined("+", r"(\sqrt2-1)^{#}", 130, 9_000)
    yield r"\sum_{k=1}^{400}\sum_{j=1}^{400}\sqrt{k+j}"
    yield "+".join([r"\sum_{k=1}^{400}\sum_{j=1}^{400}kj"] * 40)
    yield _joined("+", r"\sum_{k=1}^{400}k^{-#}", 80)
    yield r"\sum_{k=1}^{400}\frac{1}{k!}-e"
    yield r"\sum_{k=1}^{400}(k!)^{k}"
    yield r"\prod_{k=1}^{400}\prod_{j=1}^{400}(k+j)"
    yield r"\sum_{k=1}^{400}\Gamma(k+\frac13)"
    yield r"\prod_{k=1}^{400}\prod_{j=1}^{400}\prod_{i=1}^{400}\sin(kji)"
    yield r"\int_0^{1000}\sin(t^3)dt"
    yield "+".join([r"\int_0^{100}\cos(t^{9})dt"] * 60)
    yield r"\int_0^1\int_0^1\int_0^1\int_0^1 e^{xyzw}dxdydzdw"
    yield r"\int_0^{10}e^{e^{t}}dt"
    yield r"\int_0^1\frac{1}{t^{40}+10^{-9}}dt"
    yield r"\int_0^1\sum_{k=1}^{400}\sin(kt)dt"
    yield r"\sum_{k=1}^{400}\int_0^{k}\sin(t^{4})dt"
    yield r"\int_0^{1}\prod_{k=1}^{50}(t-k)dt"
    yield r"\int_0^{\pi}\frac{1}{1+\tan(t)^{\sqrt2}}dt"
    yield r"\lim_{x\to0}\frac{\sin(\tan x)-\tan(\sin x)}{\arcsin(\arctan x)-\arctan(\arcsin x)}"
    yield r"\lim_{x\to\infty}(\sum_{k=1}^{30}x^k)^{1/x}"
    yield r"\sum_{k=1}^{\infty}\frac{1}{k^{17}+k+1}"
    yield r"\prod_{k=2}^{\infty}\frac{k^7-1}{k^7+1}"
    yield r"\int_0^{\infty}\frac{x^{9}\ln(x)}{e^{x}+x^{3}+1}dx"
    yield r"\sum_{k=1}^{\infty}\frac{\sin(k^2)}{k!}"
    yield r"\det" + _matrix(10, "#")
    yield r"\det" + _matrix(5, r"\sqrt{#}")
    yield "1" * 1990
    yield "3." + "1" * 1900
    yield "0.(" + "1234567890" * 150 + ")"
    yield _joined("+", "1.#e-#", 150, 100)
    yield r"17\pm" + r"\pm".join(["1"] * 12)
    yield r"\log_{2}(3)" * 150
    yield _nested(r"\max(#,2)", "3", 150)
    yield r"\max(" + ",".join(rf"\sqrt{{{n}}}" for n in range(150)) + ")"
    yield _nested(r"\lfloor#+\pi\rfloor", "3", 90)
    yield _nested(r"(#)!", "3", 6)
    yield _joined("+", "#\\%", 300)
    yield "+".join(["9^{9^{9}}"] * 180)
    yield "i^{i^{i^{i}}}" + "+i" * 300
    yield _nested(r"(#+i)^{i}", "2", 100)
    yield r"\left(1+\frac{1}{10^{300}}\right)^{10^{300}}"
    yield r"\ln(10^{9999})-9999\ln(10)" + r"+\ln(10^{9999})-9999\ln(10)" * 40


def expressions() -> Iterator[str]:
    yield "(x+1)^{300}-(x-1)^{300}"
    yield "x^{300}+" + _joined("+", "#x^{#}", 180)
    yield _joined("", "(x+#)", 240)
    yield _joined("", "(x+a_{#})", 170)
    yield _joined("", r"(x^{60}+#)", 150)
    yield "(" + "+".join("abcdfghjkm") + ")^{40}"
    yield _nested("(#)^2+x", "x", 30)
    yield _nested("(#)^{x}", "x", 120)
    yield _nested("(#)^{x+1}+1", "x", 90)
    yield _nested("x^{#}", "x", 200)
    yield _nested(r"\frac{1}{x+#}", "x", 130)
    yield _nested(r"\frac{x+#}{1-#}", "x", 8)
    yield _nested(r"\sqrt{x+#}", "x", 120)
    yield _nested(r"\sin(x+#)", "x", 120)
    yield _nested(r"\left|x-#\right|", "x", 90)
    yield _joined("+", r"\frac{1}{x-#}", 130)
    yield _joined("+", r"\frac{1}{x^{#}-#}", 100)
    yield _joined("+", r"\left|x-#\right|", 110)
    yield _joined("+", r"\sqrt{x^2+#}", 120)
    yield _joined("+", r"\Gamma(x+#)", 150)
    yield _joined("+", r"\Gamma(#x)", 150)
    yield _joined("+", r"(#x)!", 200)
    yield _joined("+", r"\binom{x+#}{#}", 100)
    yield _joined("+", r"x^{#/7}", 200)
    yield _joined("+", r"e^{x^{#}}", 150)
    yield _joined("+", "f(#x)", 250)
    yield _joined("+", "f'(x)^{#}", 150)
    yield _sines(300)
    yield r"\sum_{k=1}^{400}\sum_{j=1}^{400}x^{kj}"
    yield r"\sum_{k=1}^{x}\sum_{j=1}^{k}kj"
    yield "+".join([r"\sum_{k=1}^{n}k^{9}"] * 60)
    yield r"\int_0^x\int_0^t\sin(s^9)dsdt"
    yield r"\int\frac{x^{17}+3}{x^{19}+x^{7}+1}dx"
    yield r"\int e^{x^2}\sin(x^3)dx"
    yield r"\lim_{h\to0}\frac{(x+h)^{50}-x^{50}}{h}"
    yield r"\lim_{h\to0}\frac{\sin(\cos(x+h))-\sin(\cos x)}{h}"
    yield r"\frac{d}{dx}(" + _joined("", "(x+#)", 150) + ")"
    yield r"\det" + _matrix(5, "x_{#}")
    yield r"\det" + _matrix(10, "a_{#}")
    yield _joined("+", "x_{#}", 250)
    yield _joined("", "x_{#}^{2}", 160)
    yield "(" + _joined("+", "x_{#}", 100) + ")^{60}"
    yield _joined(r"\cdot", r"\sin(\frac{x}{#})", 100)
    yield "(x+10^{1000})^{60}"
    yield _joined("", "(x+10^{900}+#)", 110)
    yield _joined("+", "10^{#}x^{#}", 130, 900)
    yield "x^{-300}+x^{300}+1"
    yield "2^{2^{2^{x}}}-3^{3^{3^{x}}}"
    yield r"\log(" * 60 + "x" + ")" * 60
    yield _joined("+", r"\log(x+#)", 150)
    yield _joined("+", r"\max(x,#)", 130)
    yield r"\begin{cases}" + r"\\".join(rf"x^{{{n}}}&x>{n}" for n in range(120)) + r"\end{cases}"
    yield "x^2+3x" + "+0x" * 400
    yield "x^2+3x" + "+1-1" * 400
    yield r"\frac{x^{60}-1}{x-1}-(" + _joined("+", "x^{#}", 60, 0) + ")"


def equations() -> Iterator[str]:
    yield _sines(200) + "=0.3"
    yield " or ".join([_sines(200) + "=0.3"] * 5)
    yield r"\cos x=0.1"
    yield " or ".join(f"x=\\arccos(0.1)+{n}\\pi" for n in range(23))
    yield "x=" + " or x=".join(rf"\sqrt{{{n}}}" for n in range(2, 120))
    yield _joined(" or ", "x^{#}=#", 120, 3)
    yield _joined(" or ", r"\sin(#x)=0.3", 80)
    yield _joined("", "(x-#)", 200) + "=0"
    yield _joined("", r"(x-\sqrt{#})", 110) + "=0"
    yield _joined(r"\cdot", r"\sin(x-#)", 110) + "=0"
    yield "x^{300}-x-1=0"
    yield "x^{60}+" + _joined("+", "#x^{#}", 55) + "=0"
    yield "x^{60}-" + "7" * 900 + "x+" + "3" * 900 + "=0"
    yield "(x^{20}-3x+1)^{3}=(x^{19}-5x-7)^{3}"
    yield _joined("+", r"\frac{1}{x-#}", 120) + "=1"
    yield _joined("+", r"\frac{1}{x^2-#}", 100) + "=1"
    yield _joined("+", r"\sqrt{x+#}", 120) + "=100"
    yield _joined("+", r"\left|x-#\right|", 110) + "=100"
    yield _joined("+", r"\left|x-#\right|^{1/3}", 90) + "=3"
    yield _joined("+", r"\Gamma(x+#)", 120) + "=1"
    yield r"x^{x^{x^{x}}}=\Gamma(x)^{\Gamma(x)}"
    yield _nested(r"\sin(x+#)", "x", 110) + "=0.1"
    yield _nested("(#)^{x}", "x", 100) + "=7"
    yield _nested(r"\sqrt{x+#}", "x", 100) + "=3"
    yield r"\int_0^{x}\sin(t^{9})dt=0.1"
    yield " or ".join([r"\int_0^{x}\sin(t^{9})dt=0.1"] * 20)
    yield r"\int_0^{100}\sin(t^9x)dt=y"
    yield r"\sum_{k=1}^{400}\sum_{j=1}^{400}\sin(kjx)=0.3"
    yield r"\prod_{k=1}^{400}\cos(kx+1)=0.1"
    yield r"\sum_{k=1}^{300}\sin(kxy)=0.3"
    yield _joined("+", "x_{#}", 200) + "=0"
    yield _joined("+", "x_{#}^{2}", 160) + "=1"
    yield _joined("+", r"\sin(#xy)", 120) + "=1"
    yield _joined("", "(y-#x)", 150) + "=0"
    yield "(x^2+y^2)^{30}=(x^2-y^2)^{29}"
    yield "x=2" + "=2" * 400
    yield "x=1+" + "1+" * 900 + "1"
    yield r"x\equiv 3\pmod{" + "9" * 400 + "}"
    yield r"x^{99}\equiv 7^{99999}\pmod{10^{400}+7}"
    yield r"\binom{x}{5}=\Gamma(x)^{2}"
    yield _joined(r"\text{ or }", r"x=e^{#}\sin(#)", 90)
    yield "x=" + r"\pm".join(["1"] * 30)
    yield "e^{" + _joined("+", "#x", 150) + "}=7"
    yield _joined("+", "#^{x}", 200) + "=1000"
    yield "f(x)=" + _joined("+", "f(#)", 200)
    yield r"\det" + _matrix(5, r"\sin(#x)") + "=0"
    yield r"x\in\{" + _joined(",", "#", 400) + r"\}"
    yield "(x-10^{1500})(x-10^{1500}-1)=0"
    yield r"\lim_{h\to0}\frac{\sin(xh)}{h}=y"


def sets() -> Iterator[str]:
    yield r"\{" + _joined(",", "#", 450) + r"\}"
    yield r"\{" + _joined(",", r"\sqrt{#}", 150) + r"\}"
    yield r"\{" + _joined(",", r"\sin#", 220) + r"\}"
    yield r"\{" + _joined(",", r"2^{#}", 200, 9_000) + r"\}"
    yield r"\{" + ",".join([r"\sqrt{2}", r"\frac{2}{\sqrt2}"] * 60) + r"\}"
    yield r"\{" + ",".join(_sines(400, str(n)) for n in range(1, 40)) + r"\}"
    yield _joined(r"\cup", "(#,#.5)", 180)
    yield _joined(r"\cup", r"[\sqrt{#},\sqrt{#.5})", 80)
    yield _joined(r"\cap", r"(-\sqrt{#},\sqrt{#})", 80)
    yield _joined(r"\setminus", r"\{#\}", 180)
    yield r"\mathbb{R}\setminus\{" + _joined(",", r"\sqrt{#}", 140) + r"\}"
    yield r"\{x\mid x^{60}-x-1>0\}"
    yield r"\{x\mid" + _joined("", "(x-#)", 200) + r">0\}"
    yield r"\{x\in\mathbb{Z}\mid -499<x<499\}"
    yield r"\{x\in\mathbb{Z}\mid x^{58}-7x^{31}<" + "7" * 300 + r"\}"
    yield r"\{x\mid" + _joined("+", r"\frac{1}{x-#}", 58) + r">0\}"
    yield r"\{x\mid \left|" + _nested(r"\left|x-#\right|", "x", 60) + r"\right|<3\}"
    yield r"\{2k+1\mid k\in\mathbb{Z}\}" + r"\cup\{2k\mid k\in\mathbb{Z}\}" * 40
    yield _joined(" or ", "x>#", 200)
    yield _joined(" or ", r"x<\sqrt{#}", 120)
    yield _joined(" and ", r"x\ne\sqrt{#}", 100)
    yield _joined(" or ", "x^{#}>#", 120)
    yield _joined(" or ", "#<x<#.5", 150)
    yield "x^{60}+" + _joined("+", "#x^{#}", 55) + ">0"
    yield _joined("", "(x-#)", 59) + ">0"
    yield _joined("", r"(x-10^{#})", 59, 100) + ">0"
    yield r"\frac{" + _joined("", "(x-#)", 50) + "}{" + _joined("", "(x-#.5)", 50) + "}>0"
    yield _sines(400) + ">0"
    yield _sines(400) + "<" + _sines(400, "y")
    yield "x<" * 300 + "1"
    yield _joined("+", "x_{#}", 200) + "<1"
    yield _joined(" and ", "x+#y<#", 120)
    yield _joined("+", r"\left|x-#\right|", 110) + "<100"
    yield "x>" + "+".join([r"\sqrt{2}"] * 200)
    yield "x>2^{" + "9" * 300 + "}"


def lists() -> Iterator[str]:
    yield _joined(", ", "#", 500)
    yield _joined(", ", r"\sqrt{#}", 170)
    yield "(" + _joined(",", "#", 450) + ")"
    yield "(" + ",".join([r"\sum_{k=1}^{400}\sum_{j=1}^{400}\sin(kj)"] * 2) + ")"
    yield "(7," + _nested(r"\sqrt{2+#}", "2", 120) + ")"
    yield "((7,11)," * 100
    yield _joined(", ", "(#,#)", 200)
    yield _joined("; ", "x=#, y=#", 130)
    yield _matrix(2, r"\Gamma(#.5)^{99}")
    yield _matrix(12, "#")
    yield _matrix(2, _sines(400, "#"))
    yield _matrix(2, r"\int_0^{100}\sin(#t^9)dt")
    yield _matrix(2, "(a_{#}+b)^{60}")
    yield "*".join([_matrix(2, "#")] * 30)
    yield _matrix(2, "#") + "^{99}"
    yield r"\begin{cases}" + r"\\".join([_sines(200), _sines(200) + "+y"]) + r"\end{cases}"
    yield r"\begin{cases}" + _joined(r"\\", "x+#y=#", 130) + r"\end{cases}"
    yield r"\begin{cases}" + _joined(r"\\", "x_{#}+x=#", 120) + r"\end{cases}"
    yield r"\begin{cases}(x+y)^{30}=1\\(x-y)^{29}=2\end{cases}"
    yield _joined(":", "#", 400)
    yield "7!!:" + _joined(":", "#!", 300)
    yield r"17\text{ cm}^{99}"
    yield r"17\text{ km}^{99}\text{/h}^{99}"
    yield "17 " + "m*" * 400 + "cm"
    yield "17 " + "kg m^99 s^-99 " * 60
    yield _sines(400, "") + r"\text{ cm}"
    yield r"\sum_{k=1}^{400}\sum_{j=1}^{400}\sin(kj)\text{ cm}"
    yield "2^{50000} cm"
    yield _joined(" cm + ", "#", 200) + " cm"
    yield "parallel " * 220
    yield "A" * 2000
    yield "A, B, " * 300
    yield "the answer is that it is not parallel because " * 40
    yield "二分之一加" * 300 + "一"
    yield "one hundred and " * 120 + "one"


def answers() -> Iterator[tuple[str, str]]:
    """(key, response): each kind of response with the key that gives it most to do."""
    for text in numbers():
        yield KEYS["number"], text
        yield KEYS["root"], text
    for text in expressions():
        yield KEYS["expression"], text
    for text in equations():
        yield KEYS["equation"], text
        yield KEYS["solution"], text
    yield from ((KEYS["curve"], text) for text in equations() if "y" in text)
    for text in sets():
        yield KEYS["interval"], text
        yield KEYS["set"], text
        if "<" in text or ">" in text:
            yield KEYS["half plane" if "y" in text else "inequality"], text
    for text in lists():
        for kind in ("list", "point", "matrix", "quantity", "ratio", "system", "word", "choice"):
            yield KEYS[kind], text


def as_keys() -> Iterator[tuple[str, str]]:
    """(key, response), where both are much work and hard to tell apart."""
    pairs = zip(expressions(), expressions(), strict=True)
    yield from ((text, f"({other})+0x") for text, other in pairs)
    yield from ((text, text.replace("=", "+0=", 1)) for text in equations())
    yield from ((text, f"{text}+10^{{-150}}") for text in numbers())
    yield from ((text, text.replace("1", "1.0", 1)) for text in [*sets(), *lists()])


def derivations() -> Iterator[list[str]]:
    """Lines of working."""
    for text in expressions():
        yield [text, f"({text})+0x", f"{text}+10^{{-90}}x"]
    for text in equations():
        yield [text, text.replace("=", "+0=", 1), "x=1"]
        yield ["x^2=4", text]
    for text in numbers():
        yield ["x^2=7", f"x={text}"]
        yield [f"{text}=17"]
    for text in sets():
        yield [text, text.replace("1", "1.0", 1), "x>1"]
    yield [_sines(200) + "=0.3"] * 30
    yield [r"f(x)=" + _nested(r"\sin(x+#)", "x", 60), *(f"f({n})=0.5" for n in range(30))]
    yield [rf"f(x)={_joined('', '(x+#)', 60)}", *["f'(x)=2x"] * 30]
    yield ["a=2", *(f"b_{n}=a^{n}+\\sum_{{k=1}}^{{400}}\\sin(ka)" for n in range(30))]
    yield ["x^{59}-3x+1=0", *(f"x^{{{n}}}+x=3" for n in range(2, 35))]
    yield [r"\int x^{59}e^{x}dx", *["x+C"] * 30]


def solutions() -> Iterator[list[str]]:
    """Steps of a model's solution."""
    for lines in derivations():
        yield ["We have $" + line + "$." for line in lines]
    yield [" ".join(f"${n}+{n}=\\sqrt{{{4 * n * n}}}$" for n in range(90))]
    yield ["So " + " and ".join(f"$x_{n}={n}$" for n in range(120)) + "."] * 10
    yield [f"$x^{{{n}}}+\\sin({n}x)=1$" for n in range(2, 60)]
    yield [r"\[" + "=".join(["(x+1)^{50}"] * 60) + r"\]"]
    yield ["the total is 5 and " * 200]
    yield [r"$3^{99999}\equiv 7\pmod{999999999}$ "] * 30

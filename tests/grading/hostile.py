"""Texts that break graders: they run code, hang, eat memory, or are taken for an answer."""

RUNNING = [
    "__import__('os').system('touch {marker}')", "open('{marker}','w')",
    "().__class__.__bases__[1].__subclasses__()", "exec('import os')", "eval('1+1')",
    "(lambda: open('{marker}', 'w'))()", "{{7*7}}", "${7*7}", "1;import os", "x.__class__",
    "sympify('open(\"{marker}\",\"w\")')", "Symbol('x').__init__.__globals__", "S('1')",
    "\\input{/etc/passwd}", "\\write18{touch {marker}}", "\\def\\x{\\x\\x}\\x",
    "\\newcommand{\\a}{\\a\\a}\\a", "\\csname x\\endcsname", "\\catcode`\\%=12", "\\href{j:}{x}",
    "<script>alert(1)</script>", "\\operatorname{eval}(1)", "\\mathrm{__import__}(os)", "^^M",
    "getattr(x, 'y')", "[c for c in ().__class__.__base__.__subclasses__()]", "f'{1}'", "0x10",
    "1_000", "\\begin{evil}1\\end{evil}", "breakpoint()", "input()", "quit()", "print(1)",
    "x if x else y", "x := 5", "*x", "**x", "@x", "`ls`", "$(ls)", "; rm -rf x", "%s%n", "{0=一",
]  # fmt: skip
GROWING = [
    "9^{9^{9^{9}}}", "9^9^9^9^9", "(9^9^9)!", "1000000!", "999999999!", "((((3!)!)!)!)!",
    "2^(2^(2^(2^(2^2))))", "10^{10^{10}}", "-9^{-9^{-9^9}}", "1e999999999", "1e-999999999",
    "1e4001", "0.1e-9999999", "9" * 1999, "0." + "9" * 1900, "(x+y+z+w)^{60}-1", "x^{x^{x^{x}}}",
    "(x+1)^{10^9}", "(1+x)^{1/10^9}", "e^{e^{e^{e^{e}}}}", "e^{-e^{e^{e^e}}}", "\\sin(10^{1000})",
    "\\sin(e^{100})", "\\ln(\\ln(\\ln(\\ln 2)))", "\\sqrt[10^9]{2}", "\\binom{10^{9}}{10^8}",
    "\\binom{-1}{10^{100}}", "\\sum_{k=1}^{10^{12}} k", "\\prod_{k=1}^{10^9} k",
    "\\sum_{k=1}^{400}\\sum_{j=1}^{400}\\sum_{i=1}^{400} kji", "\\gcd(10^{500},10^{400})",
    "\\int_0^{10^9} \\sin(x^{10}) dx", "\\int_0^1 x^{x} dx", "\\lim_{x\\to\\infty} x^{x^{x}}",
    "\\{x\\mid x^{60}-x-1>0\\}", "x^{10000}>1", "\\{x\\in\\mathbb{Z}\\mid -10^9<x<10^9\\}",
    "(x-a)^{6000}", "(x+1)^{200}-(x+2)^{200}", "亿" * 200, "万亿" * 30, "三" * 900, "1" + "亿" * 90,
    "((x+1)^{10^9})^{((x+1)^{10^9})}", "((x+1)^{10^{15}})^{((x+1)^{10^{15}})}",
    "\\sum_{k=1}^{k} k", "\\int_0^x x dx", "\\prod_{k=x}^{x+1} x", "5 km^99", "5 m^{999999999}",
    "2^{20000}", "x=2^{20000}", "x^2>2^{20000}", "(x-2^{20000})(x-1)e^x=0",
    "4^{4^{4^{4}}}-4^{4^{4^{4}}}", "\\Gamma(10^{30})", "(10^{10})!",
]  # fmt: skip
NESTING = [
    "(" * 900 + "1" + ")" * 900, "[" * 500, "{" * 1900, "\\sqrt{" * 200 + "2" + "}" * 200,
    "x^" * 300 + "x", "-" * 1900 + "1", "+" * 1000 + "1", "5" + "!" * 100, "sin" * 500 + "x",
    "sin " * 100 + "x", "\\frac" * 100, "\\frac{1}{" * 100, "|" * 999 + "x", "\\boxed{" * 300,
    "$" * 1900, "$$" * 500 + "1", "\\(" * 500, "1/" * 500 + "1", "x_{" * 100, "a_{a_{a_{a_{a}}}}",
    "f(" * 60 + "x" + ")" * 60, "\\begin{pmatrix}" * 50, "(1," * 100, "\\pm1" * 20, "\\pm " * 100,
    "2**" * 100 + "2", "2^-" * 10 + "2", "1/3" * 200, "'" * 500, "\\left(" * 300, "<think>" * 100,
    "\\begin{pmatrix}" + "1&" * 400 + "1\\end{pmatrix}",
    "\\text{" * 200, "f'" * 200 + "(x)",
]  # fmt: skip
LONG = [
    "1" * 100_000, "x" * 100_000, " " * 100_000, "\\frac{1}{2}+" * 9_000, "1,234," * 15_000,
    "The answer is " * 7_000, "\\boxed{1}" * 11_000, "\\boxed{" * 14_000, "####" * 25_000,
    "$1$ " * 25_000, "(1,2)\\cup" * 10_000, "\n" * 100_000, "答案是" * 30_000, "5 cm " * 20_000,
    "<think>" * 14_000, "</think>" * 12_000, "A, " * 30_000, "((" * 50_000, "\\(" * 50_000,
]  # fmt: skip
PATTERNS = [
    " " * 1900, "\t\n" * 900, "\\ " * 900, "1 " * 900, "," * 1000, ";" * 1000, "." * 1000,
    "1." * 500, "1,2" * 500, "aA" * 900, "and " * 300, "x=1 or " * 100 + "x=1", "x<" * 100 + "1",
    "x=y=" * 50 + "z", ",".join("1" * 300), "\\cup" * 100, "(1,2)\\cup" * 100 + "(3,4)",
    "1 km" * 100, "kg" * 100, "5 " + "m/" * 100 + "s", "%" * 200, "5" + "%" * 100, "°" * 100,
    "零点" * 100, "分之" * 100, "x" * 1990 + "=1", "(a+b)" * 200, "a^{b}" * 100, "12:99", "- - -",
    "answer:" * 250, "--" * 500 + "1", "1-" * 900, "_" * 900, "\\\\" * 900, "&" * 900, "~" * 900,
]  # fmt: skip
CHARACTERS = [
    "\0", "1\x00", "5\x07", "\ud800", "5\ud800", "a\u0301" * 300, "5\u0301", "\u202e5", "é" * 500,
    "\u200b" * 500, "х+1", "ⅹ", "㎏", "①", "Ａ" * 900, "∑", "∫" * 200, "∞" * 100, "\U0001f600",
    "\ufffe", "\x7f", "5\x1b[0m", "٥", "５\u0308", "𝟓𝟓", "\u2028", "\u00ad", "𝐱" * 100, "½" * 50,
]  # fmt: skip
BROKEN = [
    "", " ", "...", "--", "*", "/", "^", "=", "<", "(", "[", "{", "}", "]", ")", "\\", "\\\\",
    "\\{", "_", "&", "#", "~", "?", "1..2", "f(x", "x(", "sqrt", "sin", "ln(", "\\sqrt", "min()",
    "\\frac{1}", "\\frac{1}{", "\\left(", "\\right)", "\\text{", "\\end{pmatrix}", "\\sum", "\\int",
    "\\lim", "\\int x", "\\sum_{k} k", "\\begin{pmatrix}1&2\\\\3\\end{pmatrix}", "1 2", "!",
    "\\boxed{", "\\sqrt[]{2}", "\\log_", "x_", "x^", "|", "||", "1 +", "+ + +", "<>", "a<", "\\pm",
]  # fmt: skip
VALUELESS = [
    "0/0", "1/0", "0^{-1}", "\\ln 0", "\\tan(\\pi/2)", "1/(1-1)", "\\frac{0}{0}", "(-1)!",
    "\\infty-\\infty", "\\infty/\\infty", "0\\cdot\\infty", "\\Gamma(0)", "\\log_1 5", "\\log_0 5",
    "\\sqrt[0]{2}", "\\arcsin(10)-\\arcsin(10)+x/0", "nan", "NaN", "zoo", "\\int_0^1 1/x dx",
    "\\sum_{k=1}^{\\infty} 1/k", "\\lim_{x\\to0} 1/x", "\\int e^{x^2} dx", "0^0",
]  # fmt: skip
_LONG_SUM = r"\sum_{k=1}^{200}\sin(kx)=0.3"
# Much work for who compares them: (key, response).
BOMBS = [
    ("x=2", _LONG_SUM), ("x=2", " or ".join([_LONG_SUM] * 5)), (_LONG_SUM, "x=2"),
    ("x=2", r"\prod_{k=1}^{400}\cos(kx+1)=0.1"), ("x=2", r"\sum_{k=1}^{400}k^x=7"),
    ("x^2+y^2=1", r"\sum_{k=1}^{300}\sin(kxy)=0.3"), ("x>7", r"\sum_{k=1}^{400}\cos(kx)>0"),
    ("x<y", r"\sum_{k=1}^{400}\cos(kx)<\sum_{k=1}^{400}\sin(ky)"), ("x^2=2", r"\Gamma(x)^{x}=x!+1"),
    ("x^2+3x", r"\sum_{k=1}^{300}\sum_{j=1}^{300}\sin(kjx)"),
    (r"\{7,11\}", r"\int_0^{100}\sin(t^9 x)dt"),
    (r"\frac73", r"\int_0^{100}\sin(t^9)dt"),
    ("17", r"\int_0^1\int_0^1\int_0^1\cos(e^{xyz})dxdydz"),
    (r"\{7,11\}", r"\{" + ",".join(rf"\sum_{{k=1}}^{{400}}\sin({n}k)" for n in range(40)) + r"\}"),
    ("(7,11)", "(" + ",".join([r"\sum_{k=1}^{400}\sum_{j=1}^{400}\sin(kj)"] * 2) + ")"),
    (r"\begin{pmatrix}7&2\\3&11\end{pmatrix}",
     r"\begin{pmatrix}7&2\\3&\sum_{k=1}^{400}\sum_{j=1}^{400}\sin(kj)\end{pmatrix}"),
    (r"\begin{cases}x+y=1\\x-y=2\end{cases}",
     rf"\begin{{cases}}{_LONG_SUM}\\{_LONG_SUM}+y\end{{cases}}"),
    (r"17\text{ cm}", r"\sum_{k=1}^{400}\sum_{j=1}^{400}\sin(kj)\text{ cm}"),
    ("x=1 or x=2", "x=" + "+".join(rf"\sqrt{{{n}+\sin({n})}}" for n in range(60)) + r"\pm1" * 8),
    ("x=2", "+".join(rf"\left|x-{n}\right|^{{1/3}}" for n in range(60)) + "=3"),
    ("x^2=2", r"\sin(\sin(" * 20 + "x" + "))" * 20 + "=x^{x^{x}}"),
]  # fmt: skip
SHORT = [*RUNNING, *GROWING, *NESTING, *PATTERNS, *CHARACTERS, *BROKEN, *VALUELESS]

"""Parses sums, products, integrals, limits, matrices and systems of equations."""

from __future__ import annotations

from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.cursor import Cursor
from tutor.grading.parsing.tokens import Token
from tutor.grading.parsing.tree import BigOperator, Call, Matrix, Term, Unreadable, Value

BIG_OPERATORS = {r"\sum": "sum", r"\prod": "prod", r"\int": "int", r"\lim": "lim"}
_DETERMINANTS = {"vmatrix", "Vmatrix"}
_MATRICES = {"matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array", *_DETERMINANTS}


class BigOperatorReader(Cursor):
    def big_operator(self, command: str) -> Term:
        kind = BIG_OPERATORS[command]
        name, low, high = "", None, None
        while self.sees("_", "^"):
            if self.take().text == "^":
                high = self.braced()
            elif kind == "int":
                low = self.braced()
            else:
                name, low = self.bound_variable()
        if kind != "int" and not name:
            raise Unreadable(FeedbackCode.BREAKS_OFF)
        if kind == "int":
            body, name = self.integrand()
        else:
            body = self.term(self.product())
        return BigOperator(kind, body, name, low, high)  # type: ignore[arg-type]

    def bound_variable(self) -> tuple[str, Term]:
        """k=1 below a sum, x→0 below a limit."""
        self.expect("{")
        token = self.take()
        name = token.text.lstrip("\\")
        if token.kind not in ("name", "command") or not self.accept("=", "→"):
            raise self.failure()
        low = self.term(self.sum())
        self.expect("}")
        return name, low

    def integrand(self) -> tuple[Term, str]:
        for end in range(self.at, len(self.tokens)):
            token = self.tokens[end]
            following = self.tokens[end + 1] if end + 1 < len(self.tokens) else token
            if token.kind == "name" and len(token.text) == 2 and token.text[0] == "d":
                name, after = token.text[1], end + 1
            elif token.text == "d" and following.kind == "name":
                name, after = following.text, end + 2
            else:
                continue
            part = self.tokens[self.at : end] or [Token("num", "1")]
            self.at = after
            return self.term(self.sub_reader(part).whole()), name
        raise Unreadable(FeedbackCode.INTEGRAL_WITHOUT_DX)

    def environment(self) -> Value:
        self.expect("{")
        name = self.take().text.rstrip("*")
        self.accept("*")
        self.expect("}")
        if name == "array" and self.accept("{"):
            while not self.accept("}"):
                if self.take().kind == "end":
                    raise self.failure()
        if name not in _MATRICES and name != "cases":
            raise Unreadable(FeedbackCode.UNREAD_PIECE, text=name)
        rows = self.rows()
        if name == "cases":
            return self.system(rows)
        matrix = Matrix(tuple(tuple(row) for row in rows if row))
        if not matrix.rows or len({len(row) for row in matrix.rows}) != 1:
            raise Unreadable(FeedbackCode.RAGGED_MATRIX)
        return Call("det", (matrix,)) if name in _DETERMINANTS else matrix

    def system(self, rows: list[list[Value]]) -> Value:
        """Equations in rows behind one brace."""
        if any(len(row) > 1 for row in rows):
            raise Unreadable(FeedbackCode.CASES)
        return self.assembled([(",", row[0]) for row in rows if row])

    def rows(self) -> list[list[Value]]:
        """Up to the \\end that closes this environment."""
        rows: list[list[Value]] = [[]]
        start, depth = self.at, 0
        while True:
            token = self.next
            if token.kind == "end":
                raise self.failure()
            ends = token.text == r"\end" and depth == 0
            if depth == 0 and (token.text in ("&", r"\\") or ends):
                if cell := self.tokens[start : self.at]:
                    rows[-1].append(self.sub_reader(cell).whole())
                if token.text == r"\\":
                    rows.append([])
                start = self.at + 1
            depth += {r"\begin": 1, r"\end": -1}.get(token.text, 0)
            self.take()
            if ends:
                self.expect("{")
                self.take()
                self.expect("}")
                return rows

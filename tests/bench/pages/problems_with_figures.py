"""Two problems for Alice's class: one shows a figure, the answer to the other is drawn."""

from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Item
from tutor.courses.models import Section
from tutor.grading import read_key

PLOT = r"""At how many points do the graphs of \(f\) and \(g\) meet?

```figure
plot
x from -4 to 4
y from -5 to 5
f(x) = x^3 - 3*x
g(x) = x/2 + 1
shade between f and g from -1 to 0
```"""


def assigned() -> list[Item]:
    shown = make_problem("plot-shown", statement=PLOT)
    key = read_key({"kind": "equation", "value": "y = 2x - 1"})
    drawn = make_problem(
        "line-drawn", statement=r"Draw the line \(y = 2x - 1\).", key=key, drawing="line"
    )
    section = Section.objects.filter(enrollments__user__username="alice").first()
    assert section is not None
    return list(make_assignment(section, [shown, drawn]).problem_set.items.all())

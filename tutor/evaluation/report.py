"""Figures as tables: Markdown for people, CSV for programs, and each problem with its verdicts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from tutor.evaluation.comparing import Comparison
from tutor.evaluation.estimators import Estimate
from tutor.evaluation.figures import Asked, Figures
from tutor.evaluation.samples import Run, Sample

# What a spreadsheet would run as a formula, unless it is a number.
_RUN = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"\s*[+-]?\d+(\.\d+)?\s*")


def table(all_figures: Sequence[Figures]) -> str:
    """One row a run, in Markdown."""
    return markdown([_shown(figures) for figures in all_figures])


def table_csv(all_figures: Sequence[Figures]) -> str:
    """One row a run, every figure unrounded, with all that it depends on."""
    return as_csv([_raw(figures) for figures in all_figures])


def problems_csv(figures: Figures) -> str:
    return as_csv([_problem(one) for one in figures.asked])


def _shown(figures: Figures) -> dict[str, str]:
    run, between = figures.run, figures.between_runs
    deviation = f"{percent(between.deviation)} " if between.deviation is not None else ""
    return {
        "model": run.conditions.model,
        "parameters": count(run.parameters),
        "problems × samples × runs": f"{run.plan.problems} × {run.plan.samples} × {run.plan.runs}"
        + ("" if figures.is_whole else f", {len(figures.samples)} there"),
        "pass@1 (95 %)": estimate(figures.score),
        "between runs: sd (least to most)": f"{deviation}({percent(between.least)} to"
        f" {percent(between.most)})",
        "maj@k": _by_k(figures.majority_at),
        "pass@k": _by_k(figures.pass_at),
        "no answer": percent(figures.ends["answer not found"] / len(figures.samples)),
        "memory": "–" if figures.memory_mib is None else f"{figures.memory_mib / 1024:.1f} GiB",
        "streaming": "yes" if figures.streams else "no",
        "first token p50 / p95": " / ".join(seconds(figures.ttft_s(p)) for p in (0.5, 0.95)),
        "per token": seconds(figures.tpot_s(0.5)),
        "tokens/s": number(figures.tokens_per_s),
        "tokens per right answer": number(figures.tokens_per_right),
    }


def _by_k(by_k: Mapping[int, Estimate]) -> str:
    """That of the most samples."""
    if not by_k:
        return "–"
    k = max(by_k)
    return f"{percent(by_k[k].value)} (k = {k})"


def _raw(figures: Figures) -> dict[str, object]:
    run, score, between = figures.run, figures.score, figures.between_runs
    c = run.conditions
    row: dict[str, object] = {
        "model": c.model,
        "parameters": run.parameters,
        "problems": len(figures.asked),
        "samples": len(figures.samples),
        "wanted": run.plan.size,
        "runs": between.runs,
        "pass@1": score.value,
        "low": score.low,
        "high": score.high,
        "sd between runs": between.deviation,
        "least run": between.least,
        "most run": between.most,
    }
    row |= {f"pass@{k}": found.value for k, found in figures.pass_at.items()}
    row |= {f"maj@{k}": found.value for k, found in figures.majority_at.items()}
    row["agreement"] = figures.agreement
    row |= {name: n / len(figures.samples) for name, n in figures.ends.items()}
    row |= {f"steps {name}": figures.steps[name] for name in ("proved", "refuted", "unchecked")}
    return row | {
        "memory MiB": figures.memory_mib,
        "streaming": figures.streams,
        "first token p50 s": figures.ttft_s(0.5),
        "first token p95 s": figures.ttft_s(0.95),
        "per token p50 s": figures.tpot_s(0.5),
        "tokens/s": figures.tokens_per_s,
        "tokens": figures.tokens,
        "tokens per right answer": figures.tokens_per_right,
        "weights": c.weights,
        "engine": c.engine,
        "options": c.options,
        "recipe": c.recipe,
        "sampling": c.sampling,
        "grader": c.grader,
        "file": run.name,
        "data": c.data,
        "seed": c.seed,
    }


def _problem(one: Asked) -> dict[str, object]:
    problem = one.problem
    common = one.groups[0][0] if one.groups else None
    return {
        "problem": problem.code,
        "line": problem.line,
        "subject": problem.subject,
        "level": problem.level,
        "language": problem.language,
        "key": problem.key.value,
        "samples": len(one.samples),
        "right": one.right,
        "commonest answer": common.answer if common else "",
        "agreement": one.agreement,
        "verdicts": " ".join(sample.verdict or sample.outcome for sample in one.samples),
    }


def report(figures: Figures) -> str:
    """All of one run, in Markdown."""
    sections = [
        f"# {figures.run.conditions.model} on {figures.run.name}",
        *([] if figures.is_whole else [_unfinished(figures)]),
        table([figures]),
        "## Under which conditions",
        markdown(_conditions(figures.run)),
        "## More samples of one problem",
        markdown(_more_samples(figures)),
        "## How samples ended",
        markdown(_ends(figures)),
    ]
    if figures.parts:
        sections += ["## By kind of problem", markdown(_parts(figures))]
    sections += ["## Each problem", markdown([_listed(one) for one in figures.asked])]
    return "\n\n".join(sections) + "\n"


def _unfinished(figures: Figures) -> str:
    return (
        f"**Not finished: {len(figures.samples)} of {figures.run.plan.size} samples are there,"
        " and these figures are theirs.**"
    )


def _conditions(run: Run) -> list[dict[str, str]]:
    named = {name: str(getattr(run.conditions, name)) for name in run.conditions.__slots__}
    return [{"": name, "what": value or "–"} for name, value in named.items()]


def _more_samples(figures: Figures) -> list[dict[str, str]]:
    rows = [{"k": "1", "pass@k": estimate(figures.score), "maj@k": estimate(figures.score)}]
    for k, found in figures.pass_at.items():
        majority = estimate(figures.majority_at[k])
        rows.append({"k": str(k), "pass@k": estimate(found), "maj@k": majority})
    return rows


def _ends(figures: Figures) -> list[dict[str, str]]:
    n, steps = len(figures.samples), sum(figures.steps.values())
    rows = [(name, found, found / n) for name, found in figures.ends.items()]
    rows += [
        (f"steps {name}", figures.steps[name], figures.steps[name] / steps if steps else 0.0)
        for name in ("proved", "refuted", "unchecked")
    ]
    shown = [{"": name, "how many": str(found), "share": percent(p)} for name, found, p in rows]
    return [*shown, {"": "agreement", "how many": "", "share": percent(figures.agreement)}]


def _parts(figures: Figures) -> list[dict[str, str]]:
    return [
        {
            "": part.kind,
            "which": part.name,
            "problems": str(part.problems),
            "pass@1 (95 %)": estimate(part.share),
        }
        for part in figures.parts
    ]


def _listed(one: Asked) -> dict[str, str]:
    row = _problem(one)
    return {
        "problem": one.problem.code,
        "right": f"{one.right} of {len(one.samples)}",
        "key": _short(one.problem.key.value),
        "commonest answer": _short(str(row["commonest answer"])),
        "verdicts": str(row["verdicts"]),
    }


def compared(comparison: Comparison) -> str:
    """In Markdown."""
    score, pairs = comparison.score, len(comparison.pairs)
    is_clear = score.low > 0 or score.high < 0
    sections = [
        table([comparison.first, comparison.second]),
        f"Difference of the second to the first on {pairs} common problems: "
        f"{signed(score.value)} ({signed(score.low)} to {signed(score.high)} points),"
        f" p = {score.p:.2g} ({score.test})."
        + ("" if is_clear else " These samples do not tell the two apart."),
        f"Problems that it gets right more often: {len(comparison.better)}, less often:"
        f" {len(comparison.worse)}.",
    ]
    if comparison.left_out:
        sections.append(f"Left out, asked in only one of the runs: {comparison.left_out}.")
    if comparison.differences:
        sections.append("\n".join(f"- {difference}" for difference in comparison.differences))
    changed = [*comparison.better, *comparison.worse]
    if changed:
        sections.append(markdown([_change(*pair) for pair in changed]))
    return "\n\n".join(sections) + "\n"


def _change(one: Asked, other: Asked) -> dict[str, str]:
    return {
        "problem": one.problem.code,
        "key": _short(one.problem.key.value),
        "first": f"{one.right} of {len(one.samples)}",
        "second": f"{other.right} of {len(other.samples)}",
    }


def shown_problem(one: Asked) -> str:
    """A problem with all of its samples in full, as text."""
    problem = one.problem
    head = [f"{problem.code} (line {problem.line})", problem.statement]
    head += [*problem.choices, f"Key: {problem.key.value}"]
    return "\n\n".join([*head, *map(_shown_sample, one.samples)]) + "\n"


def _shown_sample(sample: Sample) -> str:
    judged = " ".join(filter(None, [sample.verdict, f"by {sample.rule}" if sample.rule else ""]))
    steps = ", ".join(f"{n} {name}" for name, n in sorted(sample.steps.items()))
    facts = [f"run {sample.run}, sample {sample.sample}", sample.outcome, judged]
    facts += [f"answer {sample.answer}" if sample.answer else "no answer"]
    facts += [f"{sample.tokens} tokens", f"steps: {steps}" if steps else "", sample.error]
    title = "── " + "; ".join(filter(None, facts))
    thought = [f"<think>\n{sample.reasoning.strip()}\n</think>"] if sample.reasoning.strip() else []
    return "\n\n".join([title, *thought, sample.text.strip()])


def markdown(rows: Sequence[Mapping[str, str]]) -> str:
    """A table; texts of models and problems stay within their cells."""
    names = list(rows[0])
    lines = [names, ["---"] * len(names), *([row[name] for name in names] for row in rows)]
    return "\n".join(f"| {' | '.join(map(_in_cell, line))} |" for line in lines)


def as_csv(rows: Sequence[Mapping[str, object]]) -> str:
    """Columns of all rows, in the order in which they first come."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_csv_cell(row.get(name)) for name in names] for row in rows)
    return file.getvalue()


def _in_cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _csv_cell(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    return f"'{value}" if _RUN.match(value) and not _NUMBER.fullmatch(value) else value


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def signed(share: float) -> str:
    return f"{100 * share:+.1f}"


def estimate(found: Estimate) -> str:
    return f"{percent(found.value)} ({100 * found.low:.1f} to {100 * found.high:.1f})"


def seconds(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{1000 * value:.0f} ms" if value < 1 else f"{value:.1f} s"


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def count(parameters: int | None) -> str:
    """135 M, 1.78 B."""
    if parameters is None:
        return "–"
    return f"{parameters / 1e9:.2f} B" if parameters >= 1e9 else f"{parameters / 1e6:.0f} M"

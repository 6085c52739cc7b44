"""Writes metrics as tables: Markdown for people, CSV for programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from tutor.evaluation.comparing import RunComparison
from tutor.evaluation.conditions import Conditions
from tutor.evaluation.estimators import Estimate
from tutor.evaluation.metrics import ProblemSamples
from tutor.evaluation.samples import SampleRecord
from tutor.evaluation.summary import ProblemSummary, Summary
from tutor.plurals import count_noun
from tutor.tools.second_pass import read_correction

STEP_VERDICTS = ("proved", "refuted", "unchecked")

# What a spreadsheet would run as a formula, unless it is a number.
_RUN = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"\s*[+-]?\d+(\.\d+)?\s*")


def table(summaries: Sequence[Summary]) -> str:
    """One row a run, in Markdown."""
    return markdown([_shown(summary) for summary in summaries])


def table_csv(summaries: Sequence[Summary]) -> str:
    """One row a run, every figure unrounded, with all that it depends on."""
    return as_csv([_raw(summary) for summary in summaries])


def problems_csv(rows: Sequence[ProblemSummary]) -> str:
    return as_csv([_problem(row) for row in rows])


def _shown(summary: Summary) -> dict[str, str]:
    plan, between, most = summary.plan, summary.between_runs, summary.most
    deviation = f"{percent(between.deviation)} " if between.deviation is not None else ""
    return {
        "model": summary.conditions.model,
        "parameters": count(summary.parameters),
        "problems × samples × runs": f"{plan.problems} × {plan.samples} × {plan.runs}"
        + ("" if summary.is_whole else f", {summary.samples} there"),
        "pass@1 (95 %)": estimate(summary.score),
        "between runs: sd (least to most)": f"{deviation}({percent(between.least)} to"
        f" {percent(between.most)})",
        "maj@k": _by_k(most.k, most.majority) if most else "–",
        "pass@k": _by_k(most.k, most.passed) if most else "–",
        "no answer": percent(summary.ends["answer not found"] / summary.samples),
        "memory": memory(summary.memory_mib),
        "streaming": "yes" if summary.streams else "no",
        "first token p50 / p95": f"{seconds(summary.ttft_p50_s)} / {seconds(summary.ttft_p95_s)}",
        "per token": seconds(summary.tpot_p50_s),
        "tokens/s": number(summary.tokens_per_s),
        "tokens per right answer": number(summary.tokens_per_right),
    }


def _by_k(k: int, share: Estimate | None) -> str:
    return "–" if share is None else f"{percent(share.value)} (k = {k})"


def _raw(summary: Summary) -> dict[str, object]:
    score, between = summary.score, summary.between_runs
    c = summary.conditions
    row: dict[str, object] = {
        "model": c.model,
        "parameters": summary.parameters,
        "problems": len(summary.problems),
        "samples": summary.samples,
        "wanted": summary.plan.size,
        "runs": between.runs,
        "pass@1": score.value,
        "low": score.low,
        "high": score.high,
        "sd between runs": between.deviation,
        "least run": between.least,
        "most run": between.most,
    }
    row |= {f"pass@{entry.k}": entry.passed.value for entry in summary.many}
    row |= {f"maj@{entry.k}": entry.majority and entry.majority.value for entry in summary.many}
    row["agreement"] = summary.agreement
    row |= {name: n / summary.samples for name, n in summary.ends.items()}
    row |= {f"steps {name}": summary.steps.get(name, 0) for name in STEP_VERDICTS}
    return row | {
        "memory MiB": summary.memory_mib,
        "streaming": summary.streams,
        "first token p50 s": summary.ttft_p50_s,
        "first token p95 s": summary.ttft_p95_s,
        "per token p50 s": summary.tpot_p50_s,
        "tokens/s": summary.tokens_per_s,
        "tokens": summary.tokens,
        "tokens per right answer": summary.tokens_per_right,
        "weights": c.weights,
        "engine": c.engine,
        "options": c.options,
        "recipe": c.recipe,
        "sampling": c.sampling,
        "grader": c.grader,
        "file": summary.file,
        "data": c.data,
        "seed": c.seed,
    }


def _problem(row: ProblemSummary) -> dict[str, object]:
    return {
        "problem": row.code,
        "line": row.line,
        "subject": row.subject,
        "level": row.level,
        "language": row.language,
        "key": row.key,
        "samples": row.samples,
        "right": row.right,
        "commonest answer": row.answer,
        "agreement": row.agreement,
        "verdicts": " ".join(row.verdicts),
    }


def report(summary: Summary) -> str:
    """All of one run, in Markdown."""
    sections = [
        f"# {summary.conditions.model} on {summary.file}",
        *([] if summary.is_whole else [_unfinished(summary)]),
        table([summary]),
        "## Under which conditions",
        markdown(_conditions(summary.conditions)),
        "## More samples of one problem",
        markdown(_more_samples(summary)),
        "## How samples ended",
        markdown(_ends(summary)),
    ]
    if summary.parts:
        sections += ["## By kind of problem", markdown(_parts(summary))]
    sections += ["## Each problem", markdown([_listed(row) for row in summary.problems])]
    return "\n\n".join(sections) + "\n"


def _unfinished(summary: Summary) -> str:
    return (
        f"**Not finished: {summary.samples} of {summary.plan.size} samples are there,"
        " and these figures are theirs.**"
    )


def _conditions(conditions: Conditions) -> list[dict[str, str]]:
    named = {name: str(getattr(conditions, name)) for name in conditions.__slots__}
    return [{"": name, "what": value or "–"} for name, value in named.items()]


def _more_samples(summary: Summary) -> list[dict[str, str]]:
    rows = [{"k": "1", "pass@k": estimate(summary.score), "maj@k": estimate(summary.score)}]
    for entry in summary.many:
        majority = estimate(entry.majority) if entry.majority else "–"
        rows.append({"k": str(entry.k), "pass@k": estimate(entry.passed), "maj@k": majority})
    return rows


def _ends(summary: Summary) -> list[dict[str, str]]:
    n, steps = summary.samples, sum(summary.steps.values())
    rows = [(name, n_ended, n_ended / n) for name, n_ended in summary.ends.items()]
    rows += [
        (f"steps {name}", n_steps, n_steps / steps if steps else 0.0)
        for name in STEP_VERDICTS
        for n_steps in [summary.steps.get(name, 0)]
    ]
    shown = [{"": name, "how many": str(n), "share": percent(p)} for name, n, p in rows]
    agreement = "–" if summary.agreement is None else percent(summary.agreement)
    return [*shown, {"": "agreement", "how many": "", "share": agreement}]


def _parts(summary: Summary) -> list[dict[str, str]]:
    return [
        {
            "": part.kind,
            "which": part.name,
            "problems": str(part.problems),
            "pass@1 (95 %)": estimate(part.share),
        }
        for part in summary.parts
    ]


def _listed(row: ProblemSummary) -> dict[str, str]:
    return {
        "problem": row.code,
        "right": f"{row.right} of {row.samples}",
        "key": _short(row.key),
        "commonest answer": _short(row.answer),
        "verdicts": " ".join(row.verdicts),
    }


def comparison_report(comparison: RunComparison) -> str:
    """In Markdown."""
    score, pairs = comparison.score, len(comparison.pairs)
    sections = [
        table([comparison.first, comparison.second]),
        f"Difference of the second to the first on {pairs} common problems: "
        f"{signed(score.value)} ({signed(score.low)} to {signed(score.high)} points),"
        f" p = {score.p:.2g} ({score.test})."
        + ("" if comparison.is_clear else " These samples do not tell the two apart."),
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


def _change(first: ProblemSummary, second: ProblemSummary) -> dict[str, str]:
    return {
        "problem": first.code,
        "key": _short(first.key),
        "first": f"{first.right} of {first.samples}",
        "second": f"{second.right} of {second.samples}",
    }


def problem_report(item: ProblemSamples) -> str:
    """A problem with all of its samples in full, as text."""
    problem = item.problem
    head = [f"{problem.code} (line {problem.line})", problem.statement]
    head += [*problem.choices, f"Key: {problem.key.value}"]
    return "\n\n".join([*head, *map(_sample_report, item.samples)]) + "\n"


def _sample_report(sample: SampleRecord) -> str:
    judged = " ".join(filter(None, [sample.verdict, f"by {sample.rule}" if sample.rule else ""]))
    steps = ", ".join(f"{n} {name}" for name, n in sorted(sample.steps.items()))
    facts = [f"run {sample.run}, sample {sample.sample}", sample.outcome, judged]
    facts += [f"answer {sample.answer}" if sample.answer else "no answer"]
    facts += [count_noun(sample.tokens, "token"), f"steps: {steps}" if steps else "", sample.error]
    title = "── " + "; ".join(filter(None, facts))
    thought = [f"<think>\n{sample.reasoning.strip()}\n</think>"] if sample.reasoning.strip() else []
    called = [f"Called {c['name']} {c['arguments']}: {c['result']}" for c in sample.calls]
    corrected = [_corrected(correction) for correction in sample.corrections]
    return "\n\n".join([title, *thought, *called, *corrected, sample.text.strip()])


def _corrected(fields: Mapping[str, Any]) -> str:
    correction = read_correction(fields)
    if correction is None:
        return "A correction that cannot be read."
    wrote = f", and Lemma's calculator wrote {correction.value}" if correction.value else ""
    return f"Step {correction.step + 1} was taken back from {correction.refuted} on{wrote}."


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
    return f"{100 * share:.1f}%"


def signed(share: float) -> str:
    return f"{100 * share:+.1f}"


def estimate(share: Estimate) -> str:
    return f"{percent(share.value)} ({100 * share.low:.1f} to {100 * share.high:.1f})"


def seconds(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{1000 * value:.0f} ms" if value < 1 else f"{value:.1f} s"


def memory(mib: int | None) -> str:
    return "–" if mib is None else f"{mib / 1024:.1f} GiB"


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def count(parameters: int | None) -> str:
    """135 M, 1.78 B."""
    if parameters is None:
        return "–"
    return f"{parameters / 1e9:.2f} B" if parameters >= 1e9 else f"{parameters / 1e6:.0f} M"

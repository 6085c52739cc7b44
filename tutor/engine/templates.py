"""The words around a problem in a prompt, by the kind of answer that is wanted.

Languages are named as Django names them. Everything is in the user's turn, since some models, such
as DeepSeek's R1, want no system message.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """texts: by language, at least "en", each with one `{problem}`.

    is_judged: whether the answer can be compared with a stored one; Lemma cannot check others.
    """

    name: str
    texts: Mapping[str, str]
    is_judged: bool = False


# In the words of DeepSeek's and Qwen's cards.
MATHEMATICS = Template(
    "mathematics",
    {
        "en": (
            "{problem}\n\nPlease reason step by step, and put your final answer within \\boxed{{}}."
        ),
        "zh-hans": "{problem}\n\n请通过逐步推理来解答问题，并把最终答案放置于\\boxed{{}}中。",
    },
    is_judged=True,
)
# Short, and after the problem: of several wordings the one that small models follow best.
STEPS = Template(
    "mathematics-steps",
    {
        "en": (
            "{problem}\n\n"
            "Explain each step. End with the final answer in this form: \\boxed{{answer}}"
        ),
        "zh-hans": "{problem}\n\n请解释每一步，最后用这种形式给出最终答案：\\boxed{{答案}}",
    },
    is_judged=True,
)
# For a model that was trained on statements alone: a sentence more would be one it does not know.
STATEMENT = Template("statement", {"en": "{problem}"}, is_judged=True)
CODE = Template(
    "code",
    {
        "en": (
            "{problem}\n\n"
            "Write a program that does this. Think of unusual input first. Then give the whole"
            " program in one block of code, and below it one example of its input and output."
        ),
        "zh-hans": (
            "{problem}\n\n"
            "请编写一个程序来完成这项任务。先考虑特殊的输入，然后在一个代码块中给出完整的程序，"
            "并在其后给出一组输入和输出的例子。"
        ),
    },
)
DECISION = Template(
    "decision",
    {
        "en": (
            "{problem}\n\n"
            "Name the options. For each, say what speaks for it, what speaks against it, and what"
            " it depends on. Then recommend one, and say what would change your mind."
        ),
        "zh-hans": (
            "{problem}\n\n"
            "请列出可行的方案，逐一说明其优点、缺点和前提条件。然后推荐其中一个，"
            "并说明什么情况会让你改变主意。"
        ),
    },
)
CONVERSATION = Template(
    "conversation",
    {
        "en": "{problem}\n\nAnswer briefly and in plain words. Say so where you do not know.",
        "zh-hans": "{problem}\n\n请用简短平实的话回答。不知道的地方请直说。",
    },
)
TEMPLATES = {
    template.name: template
    for template in (MATHEMATICS, STEPS, STATEMENT, CODE, DECISION, CONVERSATION)
}

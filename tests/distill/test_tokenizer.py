"""Digits single, words whole, and the very ids that transformers' own Qwen2 class gives."""

from itertools import islice

import pytest

from tutor.distill.lessons import FAMILIES, lessons
from tutor.distill.tokenizer import CLOSING, OPENING, chat_prompt, save_tokenizer, train_tokenizer
from tutor.engine.chat_tokenizer import ChatTokenizer
from tutor.engine.completion import Prompt

GOLDEN = "Solve \\(3x - 12 = \\frac{45}{6}\\)。求 f'(x)，don't\n\n**1.** café ½ ∛"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [
        text
        for family in FAMILIES
        for exercise, language, completion in islice(lessons(family, 9), 60)
        for text in (exercise.statements[language], completion)
    ]


@pytest.fixture(scope="module")
def tokenizer(texts):
    return train_tokenizer(texts)


def test_it_reads_any_text_and_writes_it_again(tokenizer):
    assert tokenizer.decode(tokenizer.encode(GOLDEN).ids) == GOLDEN


def test_digits_and_operators_stay_apart(tokenizer):
    assert tokenizer.encode("1234+x-(-56)=78").tokens == list("1234+x-(-56)=78")


def test_words_of_the_lessons_are_whole(tokenizer):
    for word in ("\\frac", "\\boxed", "\\times", "Answer", " Solve"):
        assert len(tokenizer.encode(word).ids) <= 2, word


def test_the_class_that_transformers_chooses_gives_the_same_ids(tokenizer, texts, tmp_path):
    from transformers import AutoTokenizer

    save_tokenizer(tokenizer, tmp_path)
    (tmp_path / "config.json").write_text('{"model_type": "qwen2"}')
    chosen = AutoTokenizer.from_pretrained(tmp_path)
    assert type(chosen).__name__.startswith("Qwen2Tokenizer")
    for text in (*texts, GOLDEN, chat_prompt(GOLDEN)):
        assert chosen.encode(text, add_special_tokens=False) == tokenizer.encode(text).ids


def test_the_engine_asks_as_it_was_trained(tokenizer, tmp_path):
    save_tokenizer(tokenizer, tmp_path)
    chat_tokenizer = ChatTokenizer(str(tmp_path))
    ids, thinking = chat_tokenizer.encode(Prompt("Solve.", forced=f"{OPENING}\n"))
    assert ids == tokenizer.encode(chat_prompt("Solve.")).ids
    assert thinking
    assert set(chat_tokenizer.tags.values()) == {OPENING, CLOSING}

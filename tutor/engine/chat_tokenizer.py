"""A model's own tokenizer: a prompt as token ids, and the ids of a completion as text."""

import re
from collections.abc import Iterable
from typing import Any

from tutor.engine.completion import ModelUnusable, Prompt
from tutor.engine.reasoning import CLOSING, OPENING, ReasoningSplitter

# Spaces, digits, formulas, line ends and Chinese: where a wrong tokenizer shows.
_GOLDEN = "Let f(x) = x³ − 3x² + 12.5,\n\n  \\(\\frac{-1234}{7}\\)\tdon't 求函数的最大值。"


class ChatTokenizer:
    """Raises ModelUnusable if the model cannot chat, or would be read wrongly."""

    def __init__(self, model: str) -> None:
        from transformers import PreTrainedTokenizerFast

        try:
            # The plain class takes tokenizer.json as it is. The automatic choice goes by the
            # kind of model and puts a pre-tokenizer of its own in place of the saved one: the
            # ids still decode to the same text, and the model silently gets much worse.
            self.hf: Any = PreTrainedTokenizerFast.from_pretrained(model)
        except (OSError, ValueError) as error:
            raise ModelUnusable(
                f"no tokenizer of {model} can be read, neither here nor from the model hub"
            ) from error
        if not self.hf.chat_template:
            raise ModelUnusable(f"{model} has no chat template: it was not made to be asked")
        added: dict[str, int] = self.hf.get_added_vocab()
        self.tags = {added[tag]: tag for tag in (OPENING, CLOSING) if tag in added}
        markers = sorted((token for token in added if token.strip()), key=len, reverse=True)
        self._marker = re.compile("|".join(map(re.escape, markers)))
        self._check(model)

    @property
    def has_thinking_tags(self) -> bool:
        return len(self.tags) == 2

    @property
    def eos_id(self) -> int | None:
        eos: int | None = self.hf.eos_token_id
        return eos

    def encode(self, prompt: Prompt) -> tuple[list[int], bool]:
        """Return the prompt's ids, and whether the completion begins with reasoning."""
        message = {"role": "user", "content": self._defuse(prompt.user)}
        text: str = self.hf.apply_chat_template(
            [message], tokenize=False, add_generation_prompt=True
        )
        if not text.endswith(prompt.forced):  # some templates force the same beginning
            text += prompt.forced
        # The problem's own markers were broken up, so all tags are the template's or in `forced`.
        return self._ids(text), text.rfind(OPENING) > text.rfind(CLOSING)

    def _defuse(self, text: str) -> str:
        """Break markers such as <|im_end|> up, so that a problem cannot speak as the tutor."""
        return self._marker.sub(lambda match: f"{match[0][0]} {match[0][1:]}", text)

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self.hf.encode(text, add_special_tokens=False)
        return ids

    def _check(self, model: str) -> None:
        if (decoded := self.hf.decode(self._ids(_GOLDEN))) != _GOLDEN:
            raise ModelUnusable(f"the tokenizer of {model} turns {_GOLDEN!r} into {decoded!r}")
        if len(self.tags) == 1:
            raise ModelUnusable(f"{model} has only one of the tokens {OPENING} and {CLOSING}")
        if self.has_thinking_tags:
            around = self._ids(f"{OPENING}\nso 7.{CLOSING}\n\n7")
            if [self.tags[id_] for id_ in around if id_ in self.tags] != [OPENING, CLOSING]:
                raise ModelUnusable(f"the tokenizer of {model} does not see its thinking tags")


class CompletionReader:
    """Turns the token ids of one completion, as they come, into reasoning and answer.

    vLLM's own detokenizer begins anew with every request: a continuation whose first token is
    the second half of a character would lose that character. This one reads on.
    """

    def __init__(
        self,
        tokenizer: ChatTokenizer,
        prompt_ids: list[int],
        stop_ids: frozenset[int],
        *,
        thinking: bool,
    ) -> None:
        from tokenizers.decoders import DecodeStream

        self._tokenizer = tokenizer.hf.backend_tokenizer
        self._tags = tokenizer.tags
        self._stop_ids = stop_ids
        self._splitter = ReasoningSplitter(thinking=thinking)
        self._stream = DecodeStream(ids=prompt_ids, skip_special_tokens=True)

    def read(self, token_ids: Iterable[int]) -> tuple[str, str]:
        """Return what is new of the reasoning and of the answer."""
        return self._splitter.feed("".join(map(self._text, token_ids)))

    def finish(self) -> tuple[str, str]:
        return self._splitter.finish()

    def _text(self, token_id: int) -> str:
        if token_id in self._stop_ids:
            return ""
        text = self._step(token_id)
        # Tags are recognised by id: where a tokenizer calls them special, their text is skipped.
        return text or self._tags.get(token_id, "")

    def _step(self, token_id: int) -> str:
        try:
            return self._stream.step(self._tokenizer, token_id) or ""
        except Exception as error:
            # Bytes that are no text can break the stream's own state
            # (vllm-project/vllm#17448); the library has no class for this error.
            if not str(error).startswith("Invalid prefix"):
                raise
            self._stream = type(self._stream)(skip_special_tokens=True)
            return self._stream.step(self._tokenizer, token_id) or ""

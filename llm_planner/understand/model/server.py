"""One question to a model server: an answer that is whole JSON within the time, or None. A server that fails is left alone for a while."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any

from llm_planner.understand.model.settings import ModelSettings

MOST_CHARACTERS = 8000
Message = dict[str, str]


class Server:
    """A model server with its circuit breaker. Reasoning is read apart and never used; only a finished answer counts."""

    def __init__(self, settings: ModelSettings, *, clock: Callable[[], float] = monotonic) -> None:
        self.settings, self._clock = settings, clock
        self._failures, self._rests_until = 0, 0.0
        self._client: Any = None

    @property
    def is_open(self) -> bool:
        """Whether it may be asked now."""
        return bool(self.settings.base_url) and self._clock() >= self._rests_until

    def answer(self, messages: Sequence[Message], schema: Mapping[str, Any], *, seconds: float) -> Any | None:
        """The parsed answer under a JSON schema; None where there is none in time, it is cut off, or it is no JSON."""
        if not self.is_open or seconds <= 0:
            return None
        found = self._asked(messages, schema, self._clock() + seconds, seconds)
        self._failures = 0 if found is not None else self._failures + 1
        if self._failures >= self.settings.max_failures:
            self._failures, self._rests_until = 0, self._clock() + self.settings.rest_s
        return found

    def _asked(
        self, messages: Sequence[Message], schema: Mapping[str, Any], until: float, seconds: float
    ) -> Any | None:
        import httpx2
        import openai

        try:
            stream = (
                self._opened()
                .with_options(timeout=seconds)
                .chat.completions.create(
                    model=self.settings.model,
                    messages=list(messages),
                    temperature=0.0,
                    max_tokens=self.settings.max_tokens,
                    stream=True,
                    response_format={
                        "type": "json_schema",
                        "json_schema": {"name": "reply", "schema": dict(schema), "strict": True},
                    },
                )
            )
            with stream:
                text = self._whole(stream, until)
            return None if text is None else json.loads(text)
        except (openai.OpenAIError, httpx2.HTTPError, ValueError):
            return None

    def _whole(self, stream: Any, until: float) -> str | None:
        """The content of a finished stream; where a server put the answer into the reasoning field, that."""
        content, reasoning, finish = "", "", None
        for chunk in stream:
            if self._clock() > until or len(content) + len(reasoning) > MOST_CHARACTERS:
                return None
            for choice in chunk.choices[:1]:
                content += choice.delta.content or ""
                reasoning += _reasoning(choice.delta)
                finish = choice.finish_reason or finish
        if finish != "stop":
            return None
        return content.strip() or reasoning.strip() or None

    def _opened(self) -> Any:
        if self._client is None:
            import httpx2
            import openai

            self._client = openai.OpenAI(
                base_url=self.settings.base_url,
                api_key=self.settings.api_key,
                max_retries=0,
                http_client=httpx2.Client(trust_env=False),
            )
        return self._client


def _reasoning(delta: Any) -> str:
    """What a server thinks aloud, under either of the names in use."""
    return str(getattr(delta, "reasoning", None) or getattr(delta, "reasoning_content", None) or "")

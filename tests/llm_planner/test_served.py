from __future__ import annotations

import json

import pytest
from openai import OpenAI

_SCHEMA = {
    "type": "object",
    "properties": {"machine": {"enum": ["CT1", "CT2"]}},
    "required": ["machine"],
    "additionalProperties": False,
}


@pytest.mark.model
def test_a_real_model_answers_in_the_schema(served_model: str) -> None:
    """Asked which scanner is down, a real model can name only scanners that exist."""
    client = OpenAI(base_url=served_model, api_key="none", max_retries=0)
    answer = client.chat.completions.create(
        model="small",
        messages=[{"role": "user", "content": "CT2 is down on Thursday from 14:00 to 17:00. Which machine is down?"}],
        response_format={"type": "json_schema", "json_schema": {"name": "answer", "schema": _SCHEMA}},
        max_tokens=40,
        temperature=0,
    )
    assert json.loads(answer.choices[0].message.content or "") == {"machine": "CT2"}

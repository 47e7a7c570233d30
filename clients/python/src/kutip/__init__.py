"""Kutip's client: who said what in news texts.

    with kutip.Client() as client:
        for said in client.annotate(text):
            print(said.speaker, "|", said.text)

Offsets count Unicode code points, as str does. `kutip.v1` holds the messages and stubs that are generated from the contract.
"""
from kutip._aio import AsyncClient
from kutip._answer import Answer, Said, TextMismatch
from kutip._batches import Outcome, Text
from kutip._client import Client
from kutip._errors import KutipError

__all__ = ["Answer", "AsyncClient", "Client", "KutipError", "Outcome", "Said", "Text", "TextMismatch"]

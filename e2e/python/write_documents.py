"""Reads plans of documents, one JSON value a line, and prints each as the official package writes it."""

import json
import re
import sys

from twilio.twiml.voice_response import VoiceResponse

RESERVED = {"from": "from_", "for": "for_", "break": "break_"}


def python_name(name):
    """sayAs, say-as, xml:lang: as arguments and methods are named in Python."""
    words = re.sub(r"[-:]", "_", re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name)).lower()
    return RESERVED.get(words, words)


def python_value(value):
    if isinstance(value, list):
        return " ".join(str(one) for one in value)
    return value


def add(parent, plan):
    arguments = {python_name(name): python_value(value) for name, value in plan["attributes"].items()}
    method = getattr(parent, python_name(plan["name"]))
    made = method(plan["text"], **arguments) if "text" in plan else method(**arguments)
    for child in plan["children"]:
        if isinstance(child, str):
            made.append(child)
        else:
            add(made, child)


for line in sys.stdin:
    response = VoiceResponse()
    for child in json.loads(line)["children"]:
        add(response, child)
    print(json.dumps(str(response)))

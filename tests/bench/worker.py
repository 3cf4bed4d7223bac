"""Answers one question inside Django: `python -m tests.bench.worker sends 20` prints what `sends.answer(20)` returns.

It finds the installation in the environment, as the console does.
"""

from __future__ import annotations

import importlib
import json
import os
import sys

import django


def main(question: str, number: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "scalev_console.settings"
    django.setup()
    # Only now: models can be imported once the apps are loaded.
    module = importlib.import_module(f"tests.bench.{question}")
    sys.stdout.write(json.dumps(module.answer(int(number))))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Static files under names that change with their content, and only those that a page may ask for."""

from __future__ import annotations

import functools

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = (
    r"""(?P<matched>import\s(?P<names>[^;"']*)\sfrom\s["'](?P<url>\./.*?)["'];)""",
    'import %(names)s from "%(url)s";',
)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, in which our scripts import each other by their changing names: no mix of two versions.

    Django's own switch for this reads every script, and stumbles over the comments of those that are not ours.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", (_IMPORT,)))

    @functools.cache  # noqa: B019  # one storage for as long as the process lives, and its manifest is read once
    def url(self, name: str | None, force: bool = False) -> str:
        return str(super().url(name, force))


class WhatPagesLoad(StaticFilesConfig):
    """django-htmx ships two versions of htmx and thirty extensions: compressing them all is most of a first start."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *(f"django_htmx/{name}" for name in ("django-htmx.js", "ext/*", "htmax-*", "htmx-2.js", "htmx-4.*")),
    ]

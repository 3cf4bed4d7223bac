"""Static files under names that change with their content."""

from __future__ import annotations

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

"""Static files under names that change with their content."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, in which a script imports another by its changing name, too: no mix of two versions."""

    support_js_module_import_aggregation = True

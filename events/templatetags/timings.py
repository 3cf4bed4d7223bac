"""Where the time of a call went."""

from __future__ import annotations

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.domain.exchange import Timings
from events.templatetags.console import duration

register = template.Library()


@register.simple_tag
def timing_rows(timings: Timings) -> SafeString:
    """Rows of table.timings: what each part of a call took, and where in the whole it lay."""
    parts = [
        ("dns", _("Look up"), timings.dns_ms),
        ("connect", _("Connect"), timings.connect_ms),
        ("tls", _("TLS"), timings.tls_ms),
        ("send", _("Send"), timings.send_ms),
        ("wait", _("Wait"), timings.first_byte_ms),
        ("receive", _("Receive"), timings.receive_ms),
    ]
    known = [(part, word, length) for part, word, length in parts if length is not None]
    whole = max(timings.total_ms or 0.0, sum(length for _part, _word, length in known)) or 1.0
    rows, start = [], 0.0
    for part, word, length in known:
        width = max(0.8, 100 * length / whole)
        rows.append((part, word, f"{min(100 * start / whole, 100 - width):.1f}", f"{width:.1f}", duration(length)))
        start += length
    return format_html_join(
        "",
        '<tr data-part="{}"><th scope="row">{}</th><td><svg aria-hidden="true">'
        '<rect x="{}%" width="{}%" height="100%" rx="1"/></svg></td><td>{}</td></tr>',
        rows,
    )

"""A request as a program: it sends exactly the same bytes once the reader has put the storefront key in."""

from __future__ import annotations

import base64
import textwrap

from events.domain.contract import KEY_HEADER
from events.domain.snippets.literals import python_text, script_text

KEY_PLACEHOLDER = "YOUR_STOREFRONT_KEY"
# As long as Scalev's answer may take before somebody would think it hangs.
_DEADLINE_S = 30


def fetch(url: str, body: bytes) -> str:
    """JavaScript for a browser's console or a module; it shows the status and the answer."""
    return textwrap.dedent(
        """\
        const key = '{key}';
        const response = await fetch({url}, {{
          method: 'POST',
          credentials: 'omit',
          headers: {{
            'Content-Type': 'application/json',
            '{header}': key,
          }},
          body: {body},
        }});
        console.log(response.status, await response.text());
        """
    ).format(key=KEY_PLACEHOLDER, url=script_text(url), header=KEY_HEADER, body=_script_body(body))


def python_requests(url: str, body: bytes) -> str:
    """Python with `requests`; it shows the status and the answer, and follows no redirect with the key."""
    return textwrap.dedent(
        """\
        import requests

        key = "{key}"
        body = {body}
        response = requests.post(
            {url},
            data=body,
            headers={{"Content-Type": "application/json", "{header}": key}},
            timeout={deadline},
            allow_redirects=False,
        )
        print(response.status_code, response.text)
        """
    ).format(
        key=KEY_PLACEHOLDER, url=python_text(url), header=KEY_HEADER, body=_python_body(body), deadline=_DEADLINE_S
    )


def _script_body(body: bytes) -> str:
    """Text, which goes out as UTF-8; what is none, as bytes."""
    try:
        return script_text(body.decode())
    except UnicodeDecodeError:
        packed = base64.b64encode(body).decode("ascii")
        return f"Uint8Array.from(atob('{packed}'), (sign) => sign.charCodeAt(0))"


def _python_body(body: bytes) -> str:
    try:
        return f"{python_text(body.decode())}.encode()"
    except UnicodeDecodeError:
        return repr(body)

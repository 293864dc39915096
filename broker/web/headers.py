"""What every answer carries: the content policy, and that nothing is kept or told to others.

It knows no page. The nonce of the content policy is made when a page first asks for it, so that a
request that is refused early still has a whole policy.
"""

import secrets

from flask import Flask, Response, g, request

from broker.web.guard import parts

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}
HSTS = "max-age=31536000; includeSubDomains"
FORGET = '"cache", "cookies", "storage"'
"""Clear-Site-Data of a sign-out and of the exit."""


def nonce() -> str:
    """Return the nonce of this answer, making it when it is first asked for."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    made: str = g.nonce
    return made


def install(app: Flask) -> None:
    """Put the headers on every answer, and offer the nonce to templates."""
    app.after_request(_add)
    app.jinja_env.globals["csp_nonce"] = nonce


def _add(response: Response) -> Response:
    response.headers.update(ALWAYS)
    response.headers["Content-Security-Policy"] = _policy()
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    if parts().settings.production:
        response.headers["Strict-Transport-Security"] = HSTS
    return response


def _policy() -> str:
    rules = dict(POLICY)
    if "nonce" in g:
        rules["script-src"] += f" 'nonce-{g.nonce}'"
    return "; ".join(f"{name} {value}" for name, value in rules.items())

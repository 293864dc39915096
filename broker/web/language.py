"""Which language a page speaks. Sentences are gettext ids everywhere; catalogues come later."""

from typing import Any

from flask import Flask, request
from flask_babel import Babel, get_locale, gettext

from broker.domain.errors import BrokerError
from broker.web.guard import parts


def install(app: Flask) -> None:
    """Choose the language of each request among those of the installation."""
    Babel(app, locale_selector=_chosen)
    app.context_processor(_of_page)


def _chosen() -> str:
    languages = parts().settings.languages
    return request.accept_languages.best_match(languages) or languages[0]


def _of_page() -> dict[str, Any]:
    locale = get_locale()
    return {
        "language": str(locale).replace("_", "-"),
        "direction": locale.text_direction if locale else "ltr",
    }


def say(sentence: str, **words: object) -> str:
    """Return a marked sentence in the reader's language."""
    said: str = gettext(sentence, **words)
    return said


def say_refusal(refusal: BrokerError) -> str:
    """Return a refusal's sentence in the reader's language (rule 11 of the house)."""
    return say(refusal.sentence, **refusal.words)

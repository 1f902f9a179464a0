"""Which language a caller of the API reads."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

PARAMETER = "lang"


class UnknownLanguage(Exception):
    """The address asks for a language the shop does not speak; `str()` of it is its code."""


def readers_language(request: HttpRequest) -> str:
    """
    Return the language to answer in: `?lang=` before `Accept-Language` before English.

    A language cookie is of no account here: caches could not tell the answers apart.

    Raises:
        UnknownLanguage: `?lang=` names none of ours.
    """
    asked = request.GET.get(PARAMETER)
    if asked is not None:
        if asked not in dict(settings.LANGUAGES):
            raise UnknownLanguage(asked)
        return asked
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE

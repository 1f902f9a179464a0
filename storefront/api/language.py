"""Which language a caller of the API reads."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

PARAMETER = "lang"


def readers_language(request: HttpRequest) -> str:
    """
    Return the language to answer in: `?lang=` before `Accept-Language` before English.

    A language cookie is of no account here: caches could not tell the answers apart.
    """
    asked = request.GET.get(PARAMETER)
    if asked in dict(settings.LANGUAGES):
        return asked
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def speaks(request: HttpRequest) -> bool:
    """Whether the shop speaks the language that the address asks for, if it asks for one."""
    return request.GET.get(PARAMETER) in {None, *dict(settings.LANGUAGES)}

"""The API's door: what holds for every answer, whatever is asked."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver
from django.utils import translation
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from storefront.api.errors import PROBLEM_JSON, problem, register
from storefront.api.language import PARAMETER, UnknownLanguage, readers_language
from storefront.api.schemas.problem import Problem

View = Callable[..., HttpResponse]
PUBLIC = "public, max-age=60"
PERSONAL = "private, no-store"
METHODS = {"get", "post", "put", "patch", "delete"}


class ShopAPI(NinjaAPI):
    """Ninja's API, each answer in the reader's language, each refusal a problem."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        register(self)

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """Return the addresses, each behind the door."""
        patterns, app, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = behind_door(pattern.callback)
        return patterns, app, namespace

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of what is done, without the module it is written in."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        """Return the description, with what holds for every answer: language and problems."""
        schema = super().get_openapi_schema(**where)
        reference = "#/components/schemas/{model}"
        own = Problem.model_json_schema(ref_template=reference)
        schema["components"]["schemas"] |= {**own.pop("$defs"), "Problem": own}
        for path in schema["paths"].values():
            for method in METHODS & path.keys():
                path[method].setdefault("parameters", []).append(_LANGUAGE)
                path[method]["responses"]["default"] = _PROBLEM
        return schema


_LANGUAGE = {
    "in": "query",
    "name": PARAMETER,
    "description": "Language of the answer; wins over Accept-Language.",
    "required": False,
    "schema": {"type": "string", "enum": ["en", "hi"]},
}
_PROBLEM = {
    "description": "A problem",
    "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def behind_door(view: View) -> View:
    """Answer in the reader's language; keep nothing in caches that the view did not allow."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            language = readers_language(request)
        except UnknownLanguage:
            with translation.override("en"):
                return _labelled(problem("unknown-language"), "en")
        with translation.override(language):
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseNotAllowed):
                allowed = response["Allow"]
                response = problem("method-not-allowed")
                response["Allow"] = allowed
        return _labelled(response, language)

    return door


def _labelled(response: HttpResponse, language: str) -> HttpResponse:
    response["Content-Language"] = language
    response.setdefault("Cache-Control", PERSONAL)
    return response


def public(view: View) -> View:
    """Let caches keep what is the same for everybody; Django adds the ETag."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response["Cache-Control"] = PUBLIC
        return response

    return kept

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
from storefront.api.language import PARAMETER, readers_language, speaks
from storefront.api.reading import Reader
from storefront.api.schemas.problem import Problem
from storefront.core.freshness import BRIEFLY

View = Callable[..., HttpResponse]
PERSONAL = "private, no-store"
METHODS = {"get", "post", "put", "patch", "delete"}


class ShopAPI(NinjaAPI):
    """Ninja's API, each answer in the reader's language, each refusal a problem."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parser=Reader(), **options)
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
        if not speaks(request):
            return refuse(request, "unknown-language")
        language, method = readers_language(request), request.method
        with translation.override(language):
            # Ninja knows no HEAD: it is a GET whose body the server leaves out.
            request.method = "GET" if method == "HEAD" else method
            response = view(request, *args, **kwargs)
            request.method = method
            if isinstance(response, HttpResponseNotAllowed):
                allowed = response["Allow"].replace("GET", "GET, HEAD")
                response = problem("method-not-allowed")
                response["Allow"] = allowed
        return _labelled(response, language)

    return door


def refuse(request: HttpRequest, code: str) -> HttpResponse:
    """Return a problem in the reader's language, without asking any view."""
    language = readers_language(request)
    with translation.override(language):
        return _labelled(problem(code), language)


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
            response["Cache-Control"] = BRIEFLY
        return response

    return kept

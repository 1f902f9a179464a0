"""The API's reference page: made here from its description, without scripts or other hosts."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from storefront.api.errors import KINDS

PAGE = Path(__file__).with_name("reference.html")
REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter, or a field of a schema."""

    name: str
    kind: str
    link: str
    is_needed: bool
    description: str


@dataclass(frozen=True, slots=True)
class Route:
    """A method at an address."""

    id: str
    method: str
    path: str
    tag: str
    description: str
    values: list[Value]
    takes: str
    gives: str
    status: str


class Reference(DocsBase):
    """The page at `/docs`."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Show every route and schema of the description."""
        schema = api.get_openapi_schema(path_params=kwargs)
        context = {
            "title": schema["info"]["title"],
            "description": schema["info"]["description"],
            "openapi_url": self.get_openapi_url(api, kwargs),
            "routes": routes(schema),
            "schemas": schemas(schema),
            "kinds": KINDS,
        }
        return HttpResponse(_template().render(context, request))


@cache
def _template() -> Any:
    return engines["django"].from_string(PAGE.read_text(encoding="utf-8"))


def routes(schema: dict[str, Any]) -> list[Route]:
    """Return every route of a description, in its order."""
    return [
        _route(path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def schemas(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every schema of a description with its fields, by name."""
    return [
        {
            "name": name,
            "description": each.get("description", ""),
            "choices": each.get("enum", []),
            "values": [
                _value(field, told, is_needed=field in each.get("required", []))
                for field, told in each.get("properties", {}).items()
            ],
        }
        for name, each in sorted(schema["components"]["schemas"].items())
    ]


def _route(path: str, method: str, operation: dict[str, Any]) -> Route:
    status, answer = next(iter(operation["responses"].items()))
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    given = answer.get("content", {}).get("application/json", {})
    return Route(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        tag=operation["tags"][0],
        description=operation.get("description", ""),
        values=[
            _value(each["name"], each["schema"] | each, is_needed=each["required"])
            for each in operation["parameters"]
        ],
        takes=_link(body.get("schema", {})),
        gives=_link(given.get("schema", {})),
        status=str(status),
    )


def _value(name: str, told: dict[str, Any], *, is_needed: bool) -> Value:
    told = told | told.get("schema", {})
    return Value(
        name=name,
        kind=_kind(told),
        link=_link(told),
        is_needed=is_needed,
        description=told.get("description", ""),
    )


def _kind(told: dict[str, Any]) -> str:
    """Return the type of a value in words: "list of string or null"."""
    if "$ref" in told:
        return str(told["$ref"]).removeprefix(REF)
    if "anyOf" in told:
        return " or ".join(dict.fromkeys(_kind(each) for each in told["anyOf"]))
    if "enum" in told:
        return " or ".join(map(str, told["enum"]))
    if told.get("type") == "array":
        return f"list of {_kind(told.get('items', {}))}"
    return str(told.get("const") or told.get("format") or told.get("type") or "any")


def _link(told: dict[str, Any]) -> str:
    """Return the name of the schema a value leads to, if it does."""
    choices = [told, told.get("items", {}), *told.get("anyOf", [])]
    return next((str(each["$ref"]).removeprefix(REF) for each in choices if "$ref" in each), "")

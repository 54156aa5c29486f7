"""The documentation of the API, made of its schema; what no operation answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from actionlines_web.api.interface import interface
from actionlines_web.api.problems import problem_response


@require_GET
def documentation(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and answers, as a page without scripts."""
    schema = interface.get_openapi_schema()
    operations = [
        _operation(path, method, details, schema["components"]["schemas"])
        for path, methods in schema["paths"].items()
        for method, details in methods.items()
    ]
    context = {"info": schema["info"], "operations": operations, "schemas": _schemas(schema)}
    return render(request, "api/documentation.html", context)


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """404 as a problem."""
    return problem_response(404, gettext("There is nothing at this address."))


def _operation(path: str, method: str, details: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    body = details.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return {
        "id": details["operationId"],
        "method": method.upper(),
        "path": path,
        "description": details.get("description", ""),
        "secured": bool(details.get("security")),
        "body": _type(body),
        "parameters": [
            {
                "name": item["name"],
                "place": item["in"],
                "required": item.get("required", False),
                "type": _type(item["schema"]),
                "description": item.get("description", "") or item["schema"].get("description", ""),
            }
            for item in details["parameters"]
        ],
        "answers": [
            {
                "status": status,
                "type": _type(next(iter(answer.get("content", {}).values()), {}).get("schema", {})),
            }
            for status, answer in details["responses"].items()
        ],
    }


def _schemas(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "description": found.get("description", ""),
            "fields": [
                {
                    "name": field,
                    "required": field in found.get("required", ()),
                    "type": _type(details),
                    "description": details.get("description", ""),
                }
                for field, details in found["properties"].items()
            ],
        }
        for name, found in schema["components"]["schemas"].items()
        if "properties" in found
    ]


def _type(schema: dict[str, Any]) -> str:
    """A schema in a few words: 'string', 'list of Entry', 'C1 | C2 | …'."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_type(choice) for choice in schema["anyOf"])
    if "enum" in schema:
        shown = [str(choice) for choice in schema["enum"]]
        return " | ".join(shown if len(shown) <= 20 else [*shown[:6], "…", shown[-1]])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    bounds = [str(schema[name]) for name in ("minimum", "maximum") if name in schema]
    return f"{schema.get('type', '')} {'–'.join(bounds)}".strip()

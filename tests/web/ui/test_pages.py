"""Whole pages and their parts, the languages, the error pages, the policy on content."""

import re

import pytest
from django.http import HttpRequest
from django.template.loader import get_template
from django.test import Client, RequestFactory

from actionlines_web.ui import pages

pytestmark = pytest.mark.django_db


def test_part_is_sent_to_htmx_only(client: Client) -> None:
    whole, part = client.get("/entries/"), client.get("/entries/", headers={"HX-Request": "true"})
    assert "<!doctype html>" in whole.text
    assert "<!doctype html>" not in part.text
    assert "HX-Request" in whole["Vary"]
    assert "HX-Request" in part["Vary"]


def test_going_back_gets_the_whole_page(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<!doctype html>" in client.get("/", headers=headers).text


@pytest.mark.parametrize("address", ["/", "/entries/", "/frameworks/", "/reports/", "/about/", "/sign-in/"])
def test_page_holds_nothing_the_policy_forbids(client: Client, address: str) -> None:
    text = client.get(address).text
    assert (
        re.findall(
            r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)(?![^>]*\stype=\"application/json\")", text
        )
        == []
    )


def test_page_offers_itself_in_the_six_languages(client: Client) -> None:
    text = client.get("/fr/entries/?line=C2").text
    offered = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', text)
    assert offered == [
        ("ar", "http://testserver/ar/entries/?line=C2"),
        ("zh-hans", "http://testserver/zh-hans/entries/?line=C2"),
        ("en", "http://testserver/entries/?line=C2"),
        ("fr", "http://testserver/fr/entries/?line=C2"),
        ("ru", "http://testserver/ru/entries/?line=C2"),
        ("es", "http://testserver/es/entries/?line=C2"),
    ]


def test_missing_page_says_so_in_the_language_of_its_address(client: Client) -> None:
    answer = client.get("/fr/nulle-part/")
    assert answer.status_code == 404
    assert "Il n’y a pas de page à cette adresse" in answer.text


def test_page_for_coordinators_names_the_role(client: Client, visitor: object) -> None:
    client.force_login(visitor)
    answer = client.get("/imports/")
    assert answer.status_code == 403
    assert "This page is for coordinators" in answer.text


def test_form_without_its_token_is_refused_with_a_page() -> None:
    answer = Client(enforce_csrf_checks=True).post("/demonstration/enter/")
    assert answer.status_code == 403
    assert "This form can no longer be used" in answer.text


def test_foreign_host_is_refused_with_a_page(client: Client) -> None:
    answer = client.get("/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "This request could not be understood" in answer.text


def test_fault_page_needs_neither_request_nor_database(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/")
    answer = pages.server_error(request)
    assert answer.status_code == 500
    assert answer.content.decode() == get_template("ui/500.html").render()

"""The one list of the peer's site: entries with their organisation and links, filtered and searched, a page at a time."""

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework import generics, serializers

from actionlines_web.stocktaking.models import Entry, EntryLink


class LinkSerializer(serializers.ModelSerializer):
    """A link."""

    class Meta:
        model = EntryLink
        fields = ("framework", "node", "basis", "probability")


class EntrySerializer(serializers.ModelSerializer):
    """An entry as a list shows it."""

    organisation = serializers.StringRelatedField()
    links = LinkSerializer(many=True)

    class Meta:
        model = Entry
        fields = (
            *("identifier", "title", "description", "language", "organisation", "stakeholder_type"),
            *("country", "region", "year", "status", "confirmed_on", "links"),
        )


class EntryFilter(django_filters.FilterSet):
    """The filters of our list, as django-filter writes them."""

    year_from = django_filters.NumberFilter(field_name="year", lookup_expr="gte")
    stakeholder = django_filters.CharFilter(field_name="stakeholder_type")
    line = django_filters.CharFilter(method="linked")
    goal = django_filters.CharFilter(method="linked")
    target = django_filters.CharFilter(method="linked")

    class Meta:
        model = Entry
        fields = ("region", "country", "status", "language")

    def linked(self, queryset: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """Entries linked to a node."""
        framework = "wsis" if name == "line" else "sdg"
        links = EntryLink.objects.filter(framework=framework, node=value, tier__lte=3)
        return queryset.filter(pk__in=links.values("entry_id"))


class Entries(generics.ListAPIView):
    """The list."""

    queryset = (
        Entry.objects.filter(archived_at=None)
        .select_related("organisation")
        .prefetch_related("links")
        .order_by("-year", "-id")
    )
    serializer_class = EntrySerializer
    filterset_class = EntryFilter
    search_fields = ("title", "description")


def health(_: HttpRequest) -> HttpResponse:
    """200."""
    return HttpResponse("ok")


urlpatterns = [path("health", health), path("entries/", Entries.as_view())]

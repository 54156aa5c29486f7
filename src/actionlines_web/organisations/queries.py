"""Reads of organisations."""

from actionlines_web.organisations.models import Organisation, StakeholderType


def stakeholder_labels() -> dict[str, str]:
    """Stakeholder type to its label in the reader's language."""
    return {value: str(label) for value, label in StakeholderType.choices}


def names_like(text: str, limit: int = 10) -> list[str]:
    """Names of organisations that contain `text`."""
    return list(
        Organisation.objects.filter(name__icontains=text)
        .order_by("name")
        .values_list("name", flat=True)[:limit]
    )

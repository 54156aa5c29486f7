"""What an entry is, how far it reaches, where it stands; how firm a link is, and what it says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What an entry is (the library's `STATUSES`)."""

    ENTRY = "entry", _("Entry")
    NOMINEE = "nominee", _("Nominee")
    CHAMPION = "champion", _("Champion")
    WINNER = "winner", _("Winner")
    OTHER = "other", _("Other")


class Coverage(models.TextChoices):
    """How far an entry reaches (the library's `COVERAGES`)."""

    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    INTERNATIONAL = "international", _("International")


class Stage(models.TextChoices):
    """Where the project stands (the library's `STAGES`)."""

    PLANNED = "planned", _("Planned")
    ONGOING = "ongoing", _("Ongoing")
    COMPLETED = "completed", _("Completed")


class Tier(models.IntegerChoices):
    """How firm a link is; a smaller number is firmer. Lists and the matrix show all up to a chosen tier."""

    DECLARED = 1, _("Declared by the owner")
    ACCEPTED = 2, _("Declared, or accepted by a reviewer")
    EVIDENCE = 3, _("Declared, accepted or found in the text")


# The links of an archived entry stand so much above their own tier: no list, count or matrix asks for links that weak,
# and none needs to look at the entry to leave them out.
ARCHIVED_TIER = 100


class Direction(models.TextChoices):
    """What the text says of a node (the library's `Direction`)."""

    ADVANCES = "advances", _("advances it")
    MENTIONS = "mentions", _("only mentions it")
    AGAINST = "works-against", _("works against it")


# A setback (a link that works against its node) stands so much above its own tier, for the same reason: it is kept and
# shown, and no contribution.
SETBACK_TIER = 10

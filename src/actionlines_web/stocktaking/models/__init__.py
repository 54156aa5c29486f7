"""The register: entries and what is on its way to become one, their links, the postings, staged files, replies."""

from actionlines_web.stocktaking.models.batch import ExportFile, ImportBatch
from actionlines_web.stocktaking.models.choices import (
    ARCHIVED_TIER,
    SETBACK_TIER,
    Coverage,
    Direction,
    Stage,
    Status,
    Tier,
)
from actionlines_web.stocktaking.models.entry import Entry, EntryContact, EntryTranslation, Revision
from actionlines_web.stocktaking.models.link import EntryLink, LinkDecision, ReviewedText
from actionlines_web.stocktaking.models.posting import PostingBlock
from actionlines_web.stocktaking.models.reply import OwnReply
from actionlines_web.stocktaking.models.submission import EntryAttachment, Submission, SubmissionStep

__all__ = [
    "ARCHIVED_TIER",
    "SETBACK_TIER",
    "Coverage",
    "Direction",
    "Entry",
    "EntryAttachment",
    "EntryContact",
    "EntryLink",
    "EntryTranslation",
    "ExportFile",
    "ImportBatch",
    "LinkDecision",
    "OwnReply",
    "PostingBlock",
    "ReviewedText",
    "Revision",
    "Stage",
    "Status",
    "Submission",
    "SubmissionStep",
    "Tier",
]

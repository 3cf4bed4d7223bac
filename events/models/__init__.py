"""What is kept: Django models, their querysets, encryption at rest and the search index.

Purpose: persistence, and the rules of what may be stored in which form.

May import: Django's database layer, `cryptography`, `events.domain`.
Must not import: anything of HTTP or HTML, `requests`, any room above.
"""

from events.models.audit import AuditEntry
from events.models.body import Body
from events.models.catalogue import CatalogueItem
from events.models.chore import Chore
from events.models.delivery import Delivery
from events.models.draft import Draft
from events.models.group import ErrorGroup, GroupChange, GroupStatus
from events.models.key import StorefrontKey
from events.models.mark import Note, Pin, Tag
from events.models.person import Invitation, Person
from events.models.preset import Preset
from events.models.proof import Proof
from events.models.retention import Retention
from events.models.run import Run
from events.models.saved_search import SavedSearch
from events.models.search import SearchDocument
from events.models.secret import ConsoleSecret
from events.models.store import Store
from events.models.tally import HourTally

__all__ = [
    "AuditEntry",
    "Body",
    "CatalogueItem",
    "Chore",
    "ConsoleSecret",
    "Delivery",
    "Draft",
    "ErrorGroup",
    "GroupChange",
    "GroupStatus",
    "HourTally",
    "Invitation",
    "Note",
    "Person",
    "Pin",
    "Preset",
    "Proof",
    "Retention",
    "Run",
    "SavedSearch",
    "SearchDocument",
    "Store",
    "StorefrontKey",
    "Tag",
]

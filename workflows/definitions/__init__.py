"""A folder of diagrams, tables and forms read into one Bundle with lxml; nothing of it is ever executed here."""

from workflows.definitions.bundle import Bundle, Movement
from workflows.definitions.errors import BundleRejected
from workflows.definitions.form import Form
from workflows.definitions.manifest import Lane, Message, RuleSet
from workflows.definitions.process import Element, Flow, Process
from workflows.definitions.read import checksum, files_in, load_bundle, load_files, shipped

__all__ = [
    "Bundle",
    "BundleRejected",
    "Element",
    "Flow",
    "Form",
    "Lane",
    "Message",
    "Movement",
    "Process",
    "RuleSet",
    "checksum",
    "files_in",
    "load_bundle",
    "load_files",
    "shipped",
]

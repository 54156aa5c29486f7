"""SDMX: data in CSV 1.0 and 2.x and in ML 2.1 and 3.0, read and written as they stream; structures too."""

from actionlines.formats.sdmx.csv_reading import is_sdmx_csv, read_sdmx_csv
from actionlines.formats.sdmx.csv_writing import sdmx_csv
from actionlines.formats.sdmx.message import Message
from actionlines.formats.sdmx.ml_reading import is_sdmx_ml, read_sdmx_ml
from actionlines.formats.sdmx.ml_writing import Header, sdmx_ml
from actionlines.formats.sdmx.statistics import statistics_records, statistics_structure
from actionlines.formats.sdmx.structure import (
    Component,
    Record,
    Reference,
    Structure,
    faults_of,
    reference_of,
    sdg_structure,
)
from actionlines.formats.sdmx.structure_reading import read_structures
from actionlines.formats.sdmx.structure_writing import structure_ml
from actionlines.formats.sdmx.table import is_sdmx, sdmx_grid

__all__ = [
    "Component",
    "Header",
    "Message",
    "Record",
    "Reference",
    "Structure",
    "faults_of",
    "is_sdmx",
    "is_sdmx_csv",
    "is_sdmx_ml",
    "read_sdmx_csv",
    "read_sdmx_ml",
    "read_structures",
    "reference_of",
    "sdg_structure",
    "sdmx_csv",
    "sdmx_grid",
    "sdmx_ml",
    "statistics_records",
    "statistics_structure",
    "structure_ml",
]

"""How uncertain an index is, and which of its choices is to blame."""

from actionlines.measurement.uncertainty.analysis import Sensitivity, sensitivity, uncertainty
from actionlines.measurement.uncertainty.evaluation import Failure
from actionlines.measurement.uncertainty.factor import (
    Alternative,
    Choice,
    Dirichlet,
    Errors,
    Factor,
    Imputation,
    Noise,
    Range,
    WeightSets,
)
from actionlines.measurement.uncertainty.indices import Indices
from actionlines.measurement.uncertainty.reading import read_factors
from actionlines.measurement.uncertainty.uncertain import Convergence, Uncertainty

__all__ = [
    "Alternative",
    "Choice",
    "Convergence",
    "Dirichlet",
    "Errors",
    "Factor",
    "Failure",
    "Imputation",
    "Indices",
    "Noise",
    "Range",
    "Sensitivity",
    "Uncertainty",
    "WeightSets",
    "read_factors",
    "sensitivity",
    "uncertainty",
]

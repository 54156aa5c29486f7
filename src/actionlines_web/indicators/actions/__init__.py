"""Writes to indicators."""

from actionlines_web.indicators.actions.observations import Stored, store_observations

__all__ = ["Stored", "store_observations"]

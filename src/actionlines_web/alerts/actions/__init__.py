"""Writes of saved searches."""

from actionlines_web.alerts.actions.saving import change_search, delete_search, erase_searches, save_search
from actionlines_web.alerts.actions.telling import send_alerts

__all__ = ["change_search", "delete_search", "erase_searches", "save_search", "send_alerts"]

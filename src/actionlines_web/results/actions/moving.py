"""What follows an organisation into another."""

from actionlines_web.results.models import Plan, Result


def move_results(leaving: int, staying: int) -> None:
    """In the caller's transaction: one organisation's plans, and the results it reports for, become another's."""
    Plan.objects.filter(organisation=leaving).update(organisation=staying)
    Result.objects.filter(organisation=leaving).update(organisation=staying)

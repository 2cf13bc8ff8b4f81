from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = "减负台账"

    def ready(self) -> None:
        from . import indicators  # noqa: F401 - importing declares the figures
        from .desk import secondment

        secondment.register()

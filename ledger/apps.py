from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = "减负台账"

    def ready(self) -> None:
        from jianfu.kernel import registry

        from . import receivers  # importing indicators declares the figures
        from .demo import city as city_demonstration
        from .demo import form as demonstration
        from .desk import city, form, register, secondment, year
        from .intake import target
        from .services.templates import load_templates

        registry.foundations.register("ledger_templates", load_templates)
        form.register()
        secondment.register()
        register.register()
        year.register()
        city.register()
        target.register()
        demonstration.register()
        city_demonstration.register()
        receivers.connect()

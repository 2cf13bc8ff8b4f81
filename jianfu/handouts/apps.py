from django.apps import AppConfig


class HandoutsConfig(AppConfig):
    name = "jianfu.handouts"
    verbose_name = "导出"

    def ready(self) -> None:
        from jianfu.kernel import registry

        from . import selectors

        registry.notices.register("handouts", selectors.notices)

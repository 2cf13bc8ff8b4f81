from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"
    verbose_name = "审批"

    def ready(self) -> None:
        from . import demo, desk, receivers

        desk.register()
        receivers.connect()
        demo.register()

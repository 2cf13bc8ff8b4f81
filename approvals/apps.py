from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"
    verbose_name = "审批"

    def ready(self) -> None:
        from . import demo, demo_lending, demo_plan, desk, plan_desk, receivers

        desk.register()
        plan_desk.register()
        receivers.connect()
        demo.register()
        demo_lending.register()
        demo_plan.register()

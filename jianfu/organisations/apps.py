from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class OrganisationsConfig(AppConfig):
    name = "jianfu.organisations"
    verbose_name = "单位与人员"

    def ready(self) -> None:
        from jianfu.kernel import policy, registry

        from . import demo, receivers, selectors, services

        policy.install_overrides(selectors.policy_value)
        for model in ("PolicyValue", "CalendarDay"):
            for signal in (post_save, post_delete):
                signal.connect(receivers.forget_cached, sender=self.get_model(model))
        registry.foundations.register("holidays", services.load_holidays)
        registry.demonstrations.register("organisations", (10, demo.load))

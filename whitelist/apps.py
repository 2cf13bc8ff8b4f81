from typing import Any

from django.apps import AppConfig


class WhitelistConfig(AppConfig):
    name = "whitelist"
    verbose_name = "白名单"

    def ready(self) -> None:
        from jianfu.kernel import registry

        from . import gate, receivers
        from .calendars import announced_today
        from .demo import activity as demonstrated_activities
        from .demo import release as demonstrated
        from .desk import activity, complaint, evaluation, monitoring, release, removal
        from .gate import announced
        from .selectors import taken_off

        share = registry.Desk(
            release.todo, release.todo_count, done=release.done, done_count=release.done_count
        )
        registry.desks.register("whitelist", share)
        registry.navigation.register("whitelist", _entry("whitelist:register", signed_in=True))
        registry.navigation.register("whitelist_public", _entry("whitelist:public_list", signed_in=False))
        for key, name in (("release", "Release"), ("entry", "Entry")):
            model: Any = self.get_model(name)
            label = str(model._meta.verbose_name)
            registry.historied.register(key, registry.Historied(model, label, model.objects.visible_to))
        registry.demonstrations.register("whitelist", (30, demonstrated.load))
        registry.demonstrations.register("whitelist_activities", (35, demonstrated_activities.load))
        registry.landings.register("today", _today())
        registry.navigation.register("today", _today())
        gate.visits.register("activities", announced_today)
        registry.taken_off.register("whitelist", taken_off)
        activity.register()
        removal.register()
        evaluation.register()
        monitoring.register()
        complaint.register()
        announced.register()
        receivers.connect()


def _today() -> Any:
    """今天进校: where a school's own account begins."""
    from jianfu.kernel.registry import NavEntry
    from jianfu.organisations.states import Role

    return NavEntry(
        "今天进校",
        "whitelist:today",
        5,
        lambda user: user.is_authenticated and user.has(Role.SCHOOL),
        phone=True,
    )


def _entry(url_name: str, *, signed_in: bool) -> Any:
    """People with an account find the register, everybody else the public list."""
    from jianfu.kernel.registry import NavEntry

    return NavEntry("白名单", url_name, 40, lambda user: user.is_authenticated is signed_in, phone=True)

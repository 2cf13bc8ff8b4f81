from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JianfuConfig(AppConfig):
    """The project itself: what gathers from all apps, and the demonstration command."""

    name = "jianfu"
    label = "house"
    verbose_name = "减负台账"

    def ready(self) -> None:
        """Figures and indicators are known before anybody asks for one, in whatever app they stand."""
        autodiscover_modules("figures", "indicators")
        from jianfu.kernel.registry import NavEntry, navigation

        navigation.register(
            "desk", NavEntry("工作台", "desk", 10, lambda user: user.is_authenticated, phone=True)
        )

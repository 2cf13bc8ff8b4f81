from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class JianfuConfig(AppConfig):
    """The project itself: what gathers from all apps, and the demonstration command."""

    name = "jianfu"
    label = "house"
    verbose_name = "减负台账"

    def ready(self) -> None:
        """Figures, indicators and words of the trail are known before they are asked for, in whatever app."""
        autodiscover_modules("figures", "indicators", "trail_words")
        from jianfu.kernel.registry import NavEntry, landings, navigation

        navigation.register(
            "desk", NavEntry("工作台", "desk", 10, lambda user: user.is_authenticated, phone=True)
        )
        # 三员 hold no other role (R-ORG-01): nothing would ever wait on their desk
        keepers = NavEntry("系统管理", "admin:index", 90, lambda user: user.is_staff)
        navigation.register("admin", keepers)
        landings.register("admin", keepers)
        # An app without models is told of no migration, so another one stands in.
        post_migrate.connect(tell_sqlite_its_tables, sender=apps.get_app_config("organisations"))


def tell_sqlite_its_tables(using: str, **_kwargs: Any) -> None:
    """With every start: SQLite chooses among indexes blindly until it was told what its tables hold.

    PostgreSQL finds out by itself. A hundred thousand rows of an index are enough, and take a second.
    """
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 100000")
            cursor.execute("ANALYZE")

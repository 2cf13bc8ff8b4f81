from django.apps import AppConfig


class JianfuConfig(AppConfig):
    """The project itself: what gathers from all apps, and the demonstration command."""

    name = "jianfu"
    label = "house"
    verbose_name = "减负台账"

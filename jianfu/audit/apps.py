from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "jianfu.audit"
    verbose_name = "审计"

    def ready(self) -> None:
        from jianfu.kernel import trail

        from . import receivers, services

        trail.install(services.record)
        receivers.connect()

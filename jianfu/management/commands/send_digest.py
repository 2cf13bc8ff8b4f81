"""manage.py send_digest: tell people by mail what waits for them; meant for a timer on working days.

What is due once a day is done first, also on a day off, and where no mail can be sent.
"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from smtplib import SMTPException
from typing import Any

from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError

from jianfu.digest import Letter, lacking, letter_for
from jianfu.kernel import dates, registry
from jianfu.organisations.selectors import reachable_accounts, work_calendar
from jianfu.organisations.services import claim_digest, release_digest


class Command(BaseCommand):
    help = "把每个人的待办发到登记的邮箱：每人每个工作日最多一封，节假日不发"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="只打印，不发送也不登记")

    def handle(self, *_args: Any, **options: Any) -> None:
        today, rehearsal = dates.today(), options["dry_run"]
        for duty in registry.daily:
            if done := duty(rehearsal):
                self.stdout.write(done)
        if not work_calendar().is_workday(today):
            self.stdout.write(f"{dates.chinese_date(today)}不是工作日，不发待办提醒")
            return
        missing = "" if rehearsal else lacking()
        if missing:
            self.stdout.write(missing)
            return
        letters = [letter for user in reachable_accounts() if (letter := letter_for(user, today))]
        if rehearsal:
            self._print(letters)
        else:
            self._send(letters, today)

    def _print(self, letters: list[Letter]) -> None:
        for letter in letters:
            self.stdout.write(f"收件：{letter.person.email}\n主题：{letter.subject}\n\n{letter.body}\n\n")
        self.stdout.write(f"共 {len(letters)} 封，没有发送")

    def _send(self, letters: list[Letter], today: date) -> None:
        """One connection for all; who could not be reached is tried again by the next run."""
        connection, sent, failed = get_connection(), 0, []
        for letter in letters:
            if not claim_digest(person=letter.person, day=today, matters=letter.matters):
                continue
            try:
                connection.send_messages([letter.as_mail()])
                sent += 1
            except (SMTPException, OSError) as problem:
                release_digest(person=letter.person, day=today)
                connection.close()
                failed.append(f"{letter.person.name}（{type(problem).__name__}）")
        connection.close()
        self.stdout.write(f"已发 {sent} 封待办提醒")
        if failed:
            raise CommandError(f"有 {len(failed)} 封没有发出，再次运行会补发：{'、'.join(failed)}")

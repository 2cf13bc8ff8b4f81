"""The main pages of the product, each with a person who works on it. Numbers are looked up, not guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from approvals.models import Application, Assignment
from jianfu.organisations.models import User
from ledger.models import LedgerRow, Secondment
from whitelist.models import Activity, Complaint, Entry, Release, Removal


@dataclass(frozen=True)
class Place:
    """``username`` empty: a visitor without an account. ``kind``: list, form, detail, grid, public, other."""

    name: str
    kind: str
    username: str
    path: str


def of(name: str, kind: str, username: str, url: str, *args: Any, query: str = "") -> Place:
    return Place(name, kind, username, reverse(url, args=args) + query)


def _desks() -> list[Place]:
    return [
        of("登录", "other", "", "sign_in"),
        of("工作台", "list", "limin", "desk"),
        of("已办", "list", "limin", "desk", query="?tab=done"),
        of("没有待办", "other", "yaoyuan", "desk"),
        of("修改密码", "form", "limin", "change_password"),
        Place("没有这一页", "other", "limin", "/approvals/999999/"),
    ]


def _application_form() -> list[Place]:
    draft = Application.objects.get(title="税法小课堂")
    handed_in = Application.objects.get(title="反电信网络诈骗宣传")
    parts = ("basis", "content", "scope", "conduct", "files")
    return [
        of("我的申请", "list", "maxiao", "approvals:application_mine"),
        of("申请各步", "form", "jinxin", "approvals:application_form", draft.pk),
        *(of(f"申请 {key}", "form", "jinxin", "approvals:application_part", draft.pk, key) for key in parts),
        of("核对", "form", "jinxin", "approvals:application_check", draft.pk),
        of("回执", "detail", "gaoxiang", "approvals:application_receipt", handed_in.pk),
    ]


def _applications() -> list[Place]:
    long = Application.objects.get(title__startswith="“5·12”")
    asked = Application.objects.get(title="反电信网络诈骗宣传")
    sheet = Assignment.objects.filter(application__state="submitted", opinion__isnull=True).first()
    expert = User.objects.get(person=sheet.expert).username
    return [
        of("申请列表", "list", "limin", "approvals:application_list", query="?tab=all"),
        of("没有找到", "other", "limin", "approvals:application_list", query="?q=没有这样的活动"),
        of("申请", "detail", "limin", "approvals:application_detail", long.pk),
        of("申请，办公室", "detail", "fengxiaodong", "approvals:application_detail", asked.pk),
        of("指派专家", "form", "fengxiaodong", "approvals:expert_choose", asked.pk),
        of("待论证", "list", expert, "approvals:opinion_list"),
        of("论证", "form", expert, "approvals:opinion_form", sheet.pk),
        of("修改历史", "detail", "limin", "history", "application", long.pk),
    ]


def _ledger() -> list[Place]:
    rows = {row.number: row for row in LedgerRow.objects.filter(ledger__year=2026)}
    return [
        of("各年台账", "list", "huanghaiyan", "ledger:ledger_list"),
        of("台账，填报", "grid", "chensiyu", "ledger:ledger_detail", 2026),
        of("台账，汇总", "grid", "huanghaiyan", "ledger:ledger_detail", 2026),
        of("一项任务，填报", "grid", "chensiyu", "ledger:row_detail", rows[10].pk),
        of("一项任务，审核", "detail", "huanghaiyan", "ledger:row_detail", rows[13].pk),
        of("打印预览", "detail", "huanghaiyan", "ledger:ledger_print", 2026),
        of("打开新一年", "form", "huanghaiyan", "ledger:ledger_open"),
    ]


def _secondments() -> list[Place]:
    first = Secondment.objects.order_by("pk").first()
    return [
        of("借用教师", "list", "zhengkun", "ledger:secondment_list"),
        of("登记借用", "form", "zhengkun", "ledger:secondment_add"),
        of("一条借用", "detail", "zhengkun", "ledger:secondment_detail", first.pk),
    ]


def _whitelist() -> list[Place]:
    release = Release.objects.filter(kind="campus").order_by("pk").last()
    return [
        of("白名单，内部", "list", "fengxiaodong", "whitelist:register"),
        of("历次公布", "list", "fengxiaodong", "whitelist:release_list"),
        of("准备公布", "form", "fengxiaodong", "whitelist:release_form"),
        of("一次公布", "detail", "fengxiaodong", "whitelist:release_detail", release.pk),
        of("白名单，公开", "public", "", "whitelist:public_district", "yunling"),
    ]


def _public() -> list[Place]:
    """Without an account; axe looks at these on a phone, too."""
    entry, release = (
        Entry.objects.order_by("pk").last(),
        Release.objects.public().filter(kind="campus").newest_first().first(),
    )
    unlisted = Application.objects.filter(state="approved").first()
    address = ("yunling", release.year, release.serial)
    return [
        of("白名单一项", "public", "", "whitelist:public_entry", "yunling", entry.number),
        of("白名单，筛选", "public", "", "whitelist:public_district", "yunling", query="?theme=safety"),
        of("白名单，没有找到", "public", "", "whitelist:public_district", "yunling", query="?q=没有"),
        of("一版白名单", "public", "", "whitelist:public_release", *address),
        of("督查清单", "public", "", "whitelist:inspection_latest", "yunling"),
        of("怎样反映问题", "public", "", "whitelist:how_to_report", "yunling"),
        of("进校核验", "public", "", "gate:ask"),
        of("核验，扫码", "public", "", "gate:answer", entry.verification_code),
        of("核验，按编号", "public", "", "gate:answer", entry.number),
        of("核验，没有公布", "public", "", "gate:answer", unlisted.verification_code),
        of("核验，查无此项", "public", "", "gate:answer", "BMD20269999"),
        of("免申报目录", "public", "", "whitelist:exempt_list", "yunling"),
        of("进校日历，公开", "public", "", "whitelist:public_calendar", "yunling"),
        of("公示", "public", "", "whitelist:public_posting", "yunling"),
    ]


def _following() -> list[Place]:
    """What follows a listing: plans, visits, evaluation, removal, signals."""
    plan, removal = Activity.objects.order_by("pk").first(), Removal.objects.order_by("pk").last()
    return [
        of("今天进校", "other", "wanjia", "whitelist:today"),
        of("不在名单内的人来了", "form", "wanjia", "whitelist:unlisted"),
        of("进校日历", "other", "fengxiaodong", "whitelist:calendar"),
        of("实施方案", "list", "limin", "whitelist:activity_list"),
        of("一份方案", "detail", "limin", "whitelist:activity_detail", plan.pk),
        of("移出建议", "list", "fengxiaodong", "whitelist:removal_list"),
        of("一项移出", "detail", "songguoqiang", "whitelist:removal_detail", removal.pk),
        of("绩效评估", "list", "fengxiaodong", "whitelist:evaluation_list"),
        of("监测点月报", "list", "fengxiaodong", "whitelist:monitoring_list"),
        of("监测线索", "list", "fengxiaodong", "whitelist:clue_list"),
    ]


def _complaints() -> list[Place]:
    checked = Complaint.objects.get(state="checking")
    return [
        of("反映问题", "public", "", "whitelist:complaint_form", "yunling"),
        of("查进度", "public", "", "whitelist:complaint_follow", "yunling"),
        of("处理结果公开", "public", "", "whitelist:complaint_results", "yunling"),
        of("投诉举报", "list", "renzhong", "whitelist:complaint_list"),
        of("登记来电来信", "form", "renzhong", "whitelist:complaint_enter"),
        of("一件投诉", "detail", "renzhong", "whitelist:complaint_detail", checked.pk),
        of("作出认定", "form", "renzhong", "whitelist:complaint_act", checked.pk, "find"),
        of("投诉统计", "list", "renzhong", "whitelist:complaint_statistics"),
    ]


SECTIONS: dict[str, Callable[[], list[Place]]] = {
    "desks": _desks,
    "complaints": _complaints,
    "applications": _applications,
    "application form": _application_form,
    "ledger": _ledger,
    "secondments": _secondments,
    "whitelist": _whitelist,
    "following": _following,
    "public": _public,
}

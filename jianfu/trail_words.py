"""What the events of the ground floor are called: accounts, master data, exports."""

from jianfu.kernel import trail_words
from jianfu.organisations.states import Role

ACTIONS = {
    "account.signed_in": "登录",
    "account.signed_out": "退出登录",
    "account.sign_in_failed": "登录没有成功",
    "account.password_changed": "修改密码",
    "request.refused": "没有权限，已拒绝",
    "master_data.added": "基础数据：增加",
    "master_data.changed": "基础数据：修改",
    "master_data.deleted": "基础数据：删除",
    "master_data.exported": "基础数据：导出",
    "organisations.add_person": "登记人员",
    "organisations.open_account": "开通账号",
    "organisations.grant_role": "给予角色",
    "organisations.open_district": "开通区县",
    "organisations.delegated": "办理代理",
    "organisations.delegation_ended": "结束代理",
    "handout.order": "要求导出",
}

trail_words.declare(ACTIONS, {"organisations.grant_role": Role, "organisations.delegated": Role})

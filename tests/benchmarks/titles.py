"""100,000 titles and contents as departments write them, and another unit's words for some of them.

Made of themes that the lexicon knows, by several of their names, and of some that it does not; so that what
finds the second title is not only a word of the list.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from .generator import words

KNOWN = (
    "消防安全 防火知识 火灾逃生|禁毒 毒品预防 拒毒防毒|反电信网络诈骗 防骗识骗 反诈|"
    "交通安全 文明出行 一盔一带|防溺水 水上安全|宪法 国家宪法日|垃圾分类 变废为宝|"
    "节约用水 惜水护水|近视防控 爱眼护眼|口腔健康 爱牙护齿|心理健康 情绪疏导|"
    "应急救护 心肺复苏|食品安全 舌尖上的安全|国防教育 军营体验|税法 税收知识|"
    "防震减灾 地震避险|生态环保 美丽中国|阅读推广 书香|非遗 传统技艺|"
    "劳动教育 劳模工匠|网络安全 个人信息保护|知识产权 版权保护|金融知识 人民币知识|"
    "红色故事 革命传统|森林防火 护林防灭火|气象科普 天气知识|档案 国际档案日|"
    "家庭教育 家长课堂|青春期健康 生理卫生|防校园欺凌 向霸凌说不|预防艾滋病 防艾抗艾|"
    "控烟 拒绝烟草|中医药文化 中草药|戏曲 京剧|民族团结 中华民族共同体|护苗 绿书签|"
    "节约粮食 光盘行动|国家安全 反间谍|反邪教 远离邪教|用电安全 电力安全"
)
# What no list foresees: a long tail, 400 subjects of two words each.
CRAFTS = words(
    "风筝 集邮 盆景 标本 蜂蜜 桥梁 古琴 魔方 摄影 拓片 船模 钟表 蚕桑 陶笛 铁艺 木作 藤编 沙画 马术 帆船"
)
MANNERS = words(
    "探秘 入门 工坊 漫谈 大讲坛 沙龙 微展 寻踪 趣谈 手记 鉴赏 修复 收藏 养护 拼装 图说 传习 小史 问答 会客厅"
)
OBJECTS = words(
    "外来学生 寄宿生 高年级 低年级 毕业班以外 住校生 村小 教学点 班队干部 社团骨干 新生 家校 走读生 随迁子女"
)
OCCASIONS = words(
    "开学首周 期中前后 放假前 午间 大课间 课后服务时段 班会时间 周五下午 "
    "学业考试后 校园开放日 三月下旬 四月上旬 春游前 秋收时节 雨季来临前 立冬前后 "
    "元旦前 五月中旬 十月下旬 十一月上旬"
)
FORMS = words(
    "宣讲 公开课 主题班会 体验活动 图片展 知识讲座 演练 情景剧 知识竞赛 流动展 微课 互动课堂 小课堂 巡讲"
)
TOWNS = words(
    "云岭 清河 长坝 白马 江口 双河 凤来 仙女 火炉 鸭江 平桥 羊角 巷口 土坎 "
    "桐梓 和顺 石桥 黄莺 沧沟 文复 土地坳 后坪 浩口 接龙 赵家 大洞河 庙垭 "
    "白云 芙蓉 涪滨 龙溪 乌江 柏林 三汇 太和 钱塘 草街 盐井 云门 铜溪 渭沱 "
    "双凤 狮滩 清平 燕窝 古楼 龙凤 二郎 隆兴 官渡 涞滩 肖家 大石 南津 合阳 "
    "钓鱼 小沔 香龙 双槐 三庙"
)
SAYS = (
    "由{unit}派员到校，用{n}个身边事例讲{theme}，学生分组答疑，讲完留下一份挂图。",
    "围绕{theme}安排现场讲解和动手环节，约{n}分钟，学校只出场地，不要求教师陪同。",
    "播放{theme}短片，随后由讲解员带学生完成{n}个小任务，材料由单位自备。",
    "以{town}本地的真实事情为例讲{theme}，配{n}块展板，供班级自行参观。",
)
UNITS = words("区讲师团 镇讲师队 社区骨干 退休教师协会 青年讲师 乡土能人 巡回小分队 行业协会")


@dataclass(frozen=True)
class Made:
    """A title with its content; ``theme`` is the label."""

    theme: int
    title: str
    content: str


@dataclass(frozen=True)
class Matter:
    """What the title is about, in parts; the same matter is worded in several ways."""

    theme: int
    town: str
    target: str
    occasion: str


NAMES = [group.split() for group in KNOWN.split("|")]
NAMES += [[craft + manner] for craft in CRAFTS for manner in MANNERS]
LISTED, RARE = KNOWN.count("|") + 1, 0.2  # a fifth of all titles is of the long tail


def matters(count: int, chance: random.Random) -> Iterator[Matter]:
    for _ in range(count):
        known = chance.random() >= RARE
        theme = chance.randrange(LISTED) if known else chance.randrange(LISTED, len(NAMES))
        yield Matter(theme, chance.choice(TOWNS), chance.choice(OBJECTS), chance.choice(OCCASIONS))


def worded(matter: Matter, chance: random.Random) -> Made:
    """As one unit would write it."""
    name, form = chance.choice(NAMES[matter.theme]), chance.choice(FORMS)
    title = chance.choice(
        (
            "{town}{target}{name}{form}（{occasion}）",
            "{occasion}{town}片区{target}{name}{form}",
            "走进{town}：{target}{name}进校园{form}（{occasion}）",
            "{name}{form}进{town}学校（{target}，{occasion}）",
        )
    )
    content = chance.choice(SAYS).format(
        unit=chance.choice(UNITS), theme=name, n=chance.randrange(3, 40), town=matter.town
    )
    parts = {"town": matter.town, "target": matter.target, "occasion": matter.occasion}
    return Made(matter.theme, title.format(name=name, form=form, **parts), content)

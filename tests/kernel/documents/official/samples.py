"""An official document with every part, and how to read both files back."""

import io
import re
import unicodedata
from datetime import date

from docx import Document
from pypdf import PdfReader

from jianfu.kernel.documents.official import Annex, Box, Form, OfficialDocument, Paragraph, Table, fact_lines

TITLE = "云岭区教育委员会关于同意开展“消防安全应急疏散演练”进校园活动的批复"
BODY = "同意你单位在全区小学开展消防安全应急疏散演练，每校1次，每次不超过40分钟。"
OPINION = "主题明确，组织可行，同意开展。"
FORM = Form(
    (
        *fact_lines([("申请编号", "JXY20260064"), ("申报单位", "区消防救援支队"), ("活动内容", BODY * 3)]),
        Box(title="专家论证意见", words=OPINION, signer="组长签字", sealed=False),
        Box(title="初审意见", words="同意。", day=date(2026, 7, 8)),
    )
)


def steps(count: int) -> Table:
    rows = tuple((f"第{place}步", "王建国", "2026年7月1日", "同意开展。") for place in range(count))
    return Table(("环节", "办理人", "办完", "意见"), rows, (1, 1, 2, 4), caption="办理过程")


def reply(**changed: object) -> OfficialDocument:
    given = {
        "title": TITLE,
        "issuer": "云岭区教育委员会文件",
        "number": "云教委复[2026]03号",
        "signer": "李敏",
        "recipient": "云岭区消防救援支队",
        "body": (
            Paragraph("同意开展的内容", 1),
            Paragraph(BODY),
            Paragraph("有关要求", 1),
            Paragraph("按批准的内容开展", 2),
            Paragraph("不扩大范围", 3),
            Paragraph("不增加频次", 3),
        ),
        "annexes": (Annex("活动方案"), Annex("专家论证意见表", (FORM, steps(40)))),
        "units": ("云岭区教育委员会",),
        "dated": date(2026, 7, 20),
        "copies": ("区委教育工作领导小组办公室", "各中小学校"),
        "printed_by": "云岭区教育委员会办公室",
        "printed_on": date(2026, 7, 21),
        "notes": ("本件由承办科室解释。",),
    }
    return OfficialDocument(**{**given, **changed})


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def pdf_pages(data: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]


def docx_text(data: bytes) -> str:
    """Everything a reader of the Word file sees, in order."""
    body = Document(io.BytesIO(data)).element.body
    return squeezed("".join(node.text or "" for node in body.iter() if node.tag.endswith("}t")))


# What both files must say, whatever their paper.
SAID = [
    "云岭区教育委员会文件",
    "云教委复〔2026〕3号",
    "签发人：李敏",
    "云岭区消防救援支队：",
    "一、同意开展的内容",
    BODY,
    "二、有关要求",
    "（一）按批准的内容开展",
    "1.不扩大范围",
    "2.不增加频次",
    "附件：1. 活动方案",
    "2. 专家论证意见表",
    "2026年7月20日",
    "本件由承办科室解释。",
    "附件2",
    "JXY20260064",
    BODY * 3,
    OPINION,
    "组长签字：",
    "（盖章）　　2026年7月8日",
    "办理过程",
    "第39步",
    "抄送：区委教育工作领导小组办公室，各中小学校。",
    "云岭区教育委员会办公室",
    "2026年7月21日印发",
]

"""At the city: choosing a package, and entering the key that a district told."""

from __future__ import annotations

from django.core.validators import validate_slug

from jianfu.kernel.fields import FileField, TextField
from jianfu.kernel.forms import Form


class PackageForm(Form):
    file = FileField(label="报送包", help_text="区县“材料”页生成的 .zip 文件，最大 20 MB，不要解开再压缩")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".zip"


class KeyForm(Form):
    code = TextField(
        label="区县代码",
        max_length=30,
        help_text="区县平台网址里的代码，例如 hechuan",
        validators=[validate_slug],
        error_messages={"invalid": "区县代码只用小写字母、数字和短横，例如 hechuan"},
    )
    name = TextField(label="区县名称", max_length=50)
    public_key = TextField(
        label="公钥",
        max_length=64,
        help_text="44 个字符。登记后显示指纹，请打电话与区县逐组核对",
    )

"""What the steps of a year register: where it was filed, and what came back."""

from __future__ import annotations

from jianfu.kernel.document_numbers import EXAMPLE, read_document_number
from jianfu.kernel.fields import ChineseDateField, TextField
from jianfu.kernel.forms import Form


class ReceiptForm(Form):
    receipt_number = TextField(
        label="回执文号", required=False, max_length=60, help_text="回执没有文号就留空"
    )
    received_on = ChineseDateField(label="回执日期", required=False, help_text="")
    received_by = TextField(label="接收人", required=False, max_length=50)

    def clean_receipt_number(self) -> str:
        return read_document_number(self.cleaned_data["receipt_number"]).text[:60]


class FilingForm(ReceiptForm):
    """报送备案; the receipt may be entered now or later."""

    body = TextField(label="备案机关", max_length=100)
    document_number = TextField(label="备案文号", max_length=60, help_text=f"例如 {EXAMPLE}")
    filed_on = ChineseDateField(label="报送日期", help_text="")
    field_order = ("body", "document_number", "filed_on", "receipt_number", "received_on", "received_by")

    def clean_document_number(self) -> str:
        return read_document_number(self.cleaned_data["document_number"]).text[:60]


# Step → the form of what it registers; the others ask for words at most.
STEP_FORMS = {"file_": FilingForm, "record": FilingForm}

import pytest
from django.core.exceptions import ValidationError

from approvals.forms.campus import BasisForm
from whitelist.forms.activity import PlanForm
from whitelist.forms.complaint import ReportForm


@pytest.mark.parametrize(
    ("form", "name"), [(BasisForm, "contact_phone"), (PlanForm, "contact_phone"), (ReportForm, "phone")]
)
def test_a_telephone_that_somebody_will_ring_has_its_digits(form, name):
    with pytest.raises(ValidationError, match="现在是 13 位"):
        form.base_fields[name].clean("1380013800012")

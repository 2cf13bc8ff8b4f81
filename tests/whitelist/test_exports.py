from io import BytesIO

from openpyxl import load_workbook

from jianfu.kernel import dates
from tests.whitelist.factories import filed, published
from whitelist import exports, listing


def workbook(world):
    shown = listing.current(world.district, dates.today())
    return exports.list_workbook(
        shown.title, shown.lines(shown.rows, first=1), made_on=shown.dated, author=world.district.name
    )


def test_nothing_in_it_is_run(world):
    published(world, filed(world, title="=HYPERLINK(1)", content="＋1", frequency="@x", grades="-1"))
    page = load_workbook(BytesIO(workbook(world))).active
    cells = [cell for row in page.iter_rows(min_row=3) for cell in row]
    assert [cell.data_type for cell in cells if cell.data_type == "f"] == []
    assert page["B3"].value == "=HYPERLINK(1)"
    assert page["B3"].quotePrefix


def test_the_same_list_gives_the_same_bytes(world):
    published(world, filed(world), filed(world))
    assert workbook(world) == workbook(world)


def test_an_empty_list_is_a_workbook_too(world):
    page = load_workbook(BytesIO(workbook(world))).active
    assert page.max_row == 2

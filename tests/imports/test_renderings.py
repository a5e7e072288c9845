import pytest

from tests.imports.renderings import phone, saved, tabbed, wide
from tests.imports.sample_windows import NAMES, sample_text, sample_window


@pytest.mark.parametrize("name", NAMES)
def test_the_forms_are_those_of_the_samples(name: str) -> None:
    shown = sample_window(name)
    assert wide(shown) == sample_text(name, "desktop.txt")
    assert phone(shown) == sample_text(name, "phone.txt")
    assert tabbed(shown) == sample_text(name, "tabbed.txt")
    assert saved(shown) == sample_text(name, "page.html")

"""The data files: every template can be filled, every field of research is drawn."""

import re
from importlib.resources import files

from bookwheel.demo.generate import _numbers
from bookwheel.demo.vocabulary import vocabulary


def test_every_file_is_used() -> None:
    folder = files("bookwheel.demo") / "data" / "fields"
    assert len(vocabulary().fields) == len([file for file in folder.iterdir() if file.name.endswith(".toml")])


def test_every_template_finds_its_words() -> None:
    always = set(_numbers(lambda: 12345, 2000))
    for field in vocabulary().fields:
        known = always | {name for slot in field.slots for name in (slot.name, slot.start)}
        for template in (*field.titles, *field.subtitles, *(t for _, group in field.sections for t in group)):
            assert set(re.findall(r"%\((\w+)\)s", template)) <= known, template
    for language in vocabulary().languages:
        known = always | {slot.name for slot in language.slots}
        for template in (*language.titles, *language.abstract):
            assert set(re.findall(r"%\((\w+)\)s", template)) <= known, template


def test_every_publisher_says_invented() -> None:
    words = vocabulary()
    assert all("invented" in name.lower() for name in (*words.common["publishers"], words.preprint_publisher))

"""What tests of inventories share."""

import json

import pytest

from cenguard.judging.inventories import gather
from tests.inventory.answers import CATALOGUE


@pytest.fixture
def gathered(tmp_path):
    """What some documents say together, given in files."""

    def gathered(*documents, **options):
        paths = []
        for index, document in enumerate(documents):
            path = tmp_path / f"{index}.json"
            path.write_text(document if isinstance(document, str) else json.dumps(document))
            paths.append(str(path))
        return gather(paths, CATALOGUE, **options)

    return gathered

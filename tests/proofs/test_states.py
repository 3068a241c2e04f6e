"""Every state of the page is sound: to assistive technology, at every width, to its own policy, and to the network."""

import pytest
from playwright.sync_api import Browser

from tests.proofs.scenes import BREAKING, SCENES, Scene
from tests.proofs.served import Served
from tests.proofs.stage import staged

pytestmark = pytest.mark.proof


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_every_state_is_sound(browser: Browser, served: Served, scene: Scene) -> None:
    with staged(browser, served) as stage:
        states = 0
        for state in scene(stage):
            stage.look(state)
            states += 1
        assert states > 0
        assert not stage.found, "\n".join(stage.faults)
        assert stage.strangers == []
        assert stage.complaints == []  # console errors and warnings, exceptions, breaches of the page's policy
        if scene not in BREAKING:
            assert stage.failed_loads == []

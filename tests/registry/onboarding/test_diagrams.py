from registry.onboarding import diagrams


def test_the_document_of_the_machines_is_fresh():
    assert diagrams.DOCUMENT.read_text("utf-8") == diagrams.render()

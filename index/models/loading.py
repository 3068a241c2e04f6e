"""Loading a model with transformers: without progress bars, and with errors of our tree."""

from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import ModelError
from index.models.model_folder import ModelFolder


@contextmanager
def loading(folder: ModelFolder, *, reports: bool = True) -> Iterator[None]:
    """Within it transformers draws no bars, and what goes wrong is a ModelError that names the folder.

    reports: whether transformers may log which weights the folder lacks or has beyond the model's.
    """
    # Imported here: they take seconds, and only who loads a model comes here.
    from safetensors import SafetensorError
    from transformers.utils import logging

    had_bar = logging.is_progress_bar_enabled()
    level = logging.get_verbosity()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    if not reports:
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        yield
    except (ImportError, OSError, RuntimeError, SafetensorError, ValueError) as error:
        raise ModelError(f"The {folder.kind} in {folder.path} cannot be loaded: {error}") from error
    finally:
        logging.set_verbosity(level)
        if had_bar:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]

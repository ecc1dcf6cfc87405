"""Settings to the parts of an assistant: the only place that knows every part."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rag.errors import SettingsError
from rag.library.library import DiskLibrary
from rag.models.close_reader import OnnxCloseReader
from rag.models.embedder import OnnxEmbedder
from rag.models.language.kept import kept_files, remembered
from rag.models.language.local import LocalLanguageModel
from rag.models.language.nearby import nearby_models, preferred
from rag.models.language.sizes import billions_of, prompt_tokens_of
from rag.models.reader import OnnxReader
from rag.models.verifier import OnnxVerifier
from rag.ports import CloseReader, Embedder, LanguageModel, Reader, Verifier
from rag.settings import Settings, own_data_folder


@dataclass(frozen=True, slots=True)
class Parts:
    """What an assistant is made of. Without a reader, a verifier or a language model it does with less."""

    library: DiskLibrary
    embedder: Embedder
    reader: Reader | None = None
    verifier: Verifier | None = None
    language_model: LanguageModel | None = None
    prompt_tokens: int | None = None
    """How long a prompt the language model is asked with; None for what its name tells."""
    told: str = ""
    """Which language model was found that nobody configured, for people to read."""
    close_reader: CloseReader | None = None


def wire(
    settings: Settings,
    *,
    create: bool = False,
    embedder: Embedder | None = None,
    language_model: LanguageModel | None = None,
    find_model: bool = False,
) -> Parts:
    """The parts that the settings ask for, but for those given.

    With `find_model`, where no language model is configured, the one that the person chose with `footnoted model use`
    writes, or one of a server on this machine; else nothing is looked for.

    Where a library must be there, a question is coming: readers and verifier open their weights meanwhile, else at the
    first question, which `ingest` never asks. Raises LibraryError where there is no library and `create` is false.
    """
    reader, close_reader = OnnxReader(), OnnxCloseReader()
    verifier = OnnxVerifier(close_reader=close_reader)
    if not create:
        opening = ThreadPoolExecutor(1, thread_name_prefix="opening")
        for model in (reader, close_reader, verifier):
            opening.submit(model.open)  # what fails here fails again, and is told, where the model is used
        opening.shutdown(wait=False)
    embedder = embedder or OnnxEmbedder()
    library = DiskLibrary(
        settings.library.expanduser(),
        embedder=embedder.name,
        dimension=embedder.dimension,
        chroma_url=settings.chroma_url,
        create=create,
    )
    found = Found(language_model) if language_model else language_model_of(settings, find=find_model)
    return Parts(
        library=library,
        embedder=embedder,
        reader=reader,
        close_reader=close_reader,
        verifier=verifier,
        language_model=found.model,
        prompt_tokens=found.prompt_tokens,
        told=found.told,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A language model, or that there is none, with what `Parts` tells of it."""

    model: LanguageModel | None = None
    prompt_tokens: int | None = None
    told: str = ""


def language_model_of(settings: Settings, *, find: bool = False) -> Found:
    """The language model that the settings name, else with `find` the one that was chosen or is found.

    Raises SettingsError where one is wanted for certain and there is none.
    """
    if settings.generative:
        if settings.model_file is not None:
            return _local(settings.model_file, settings)
        return Found(_endpoint(settings, settings.base_url, settings.model, key=settings.api_key))
    found = _chosen(settings) if find and settings.mode != "extractive" else None
    if found is None and settings.mode == "generative":
        raise SettingsError(
            "There is no language model. Start one on this machine, name one with --base-url or --model-file, or "
            "leave --mode generative out."
        )
    return found or Found()


def _chosen(settings: Settings) -> Found | None:
    """The model that the person chose with `footnoted model use`, else one of a server on this machine."""
    wanted = settings.model
    for file in kept_files(own_data_folder()):
        if wanted == file.stem:
            return _local(file, settings)
    choice = remembered(own_data_folder()) if wanted is None else None
    if choice and choice.file:
        return _local(Path(choice.file), settings)
    if choice and choice.base_url:
        model = _endpoint(settings, choice.base_url, choice.model)
        told = f"Answers by {choice.model} at {choice.base_url}, as you chose (`footnoted model use none` forgets it)."
        return Found(model, prompt_tokens_of(billions_of(choice.model or "")), told)
    one = preferred(nearby_models(), wanted) if settings.find_model else None
    if one is None:
        return None
    told = (
        f"Answers by {one.name} of {one.server} at {one.base_url}, found on this machine (--mode extractive: without)."
    )
    return Found(_endpoint(settings, one.base_url, one.name), prompt_tokens_of(one.billions), told)


def _local(file: Path, settings: Settings) -> Found:
    model = LocalLanguageModel(file, context_tokens=settings.context_tokens, timeout_seconds=settings.timeout_seconds)
    return Found(model, prompt_tokens_of(model.billions), f"Answers by {model.name}, in a process of this program's.")


def _endpoint(settings: Settings, base_url: str | None, model: str | None, key: str | None = None) -> LanguageModel:
    # openai takes most of a second to import, and most questions are asked without it.
    from rag.models.language.endpoint import OpenAiLanguageModel

    return OpenAiLanguageModel(base_url, key, model, settings.timeout_seconds)
